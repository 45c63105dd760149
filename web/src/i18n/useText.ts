// Text from the catalogue as a string, for labels and announcements; <T> for everything else.
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { MessageId } from './catalogue.ts';

type Plain = Record<string, string | number | boolean | Date | null | undefined>;
export type Say = (id: MessageId, values?: Plain) => string;

export function useText(): Say {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
