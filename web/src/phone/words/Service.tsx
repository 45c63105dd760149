// A related service by its everyday name.
import { useCallback } from 'react';
import type { MessageId } from '~/i18n/catalogue.ts';
import { useText } from '~/i18n/useText.ts';

const known: Record<string, MessageId> = {
  speech: 'service.speech',
  occupational: 'service.occupational',
  physical: 'service.physical',
  counseling: 'service.counseling',
  specialized: 'service.specialized',
};

export function useServiceName(): (service: string) => string {
  const say = useText();
  return useCallback(service => (known[service] ? say(known[service]) : service), [say]);
}

export function Service({ service }: { service: string }) {
  return useServiceName()(service);
}
