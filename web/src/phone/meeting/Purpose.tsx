// What a meeting is for, in everyday words where we have them, else as the school wrote it.
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';

const known: Record<string, MessageId> = {
  annual: 'purpose.annual',
  initial: 'purpose.initial',
  reevaluation: 'purpose.reevaluation',
  amendment: 'purpose.amendment',
};

export function Purpose({ purpose }: { purpose: string }) {
  const id = known[purpose];
  return id === undefined ? <bdi>{purpose}</bdi> : <T id={id} />;
}
