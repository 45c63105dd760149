// The server's refusal in the person's language; its own words where the catalogue has none.
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { UserError } from '~/api/useOperation.ts';

export function useUserError(): (error: UserError) => string {
  const intl = useIntl();
  return useCallback(
    error => {
      const field = error.field.at(-1) ?? '';
      const known = [`refusal.${error.code}.${field}`, `refusal.${error.code}`].find(
        id => id in intl.messages,
      );
      return known === undefined ? error.message : intl.formatMessage({ id: known });
    },
    [intl],
  );
}
