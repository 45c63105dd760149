// A related service by its everyday name.
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';

const known: Record<string, MessageId> = {
  speech: 'service.speech',
  occupational: 'service.occupational',
  physical: 'service.physical',
  counseling: 'service.counseling',
  specialized: 'service.specialized',
};

export function Service({ service }: { service: string }) {
  const id = known[service];
  return id === undefined ? service : <T id={id} />;
}
