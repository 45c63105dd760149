// The name of something that data knows by a code: a unit, a service, a relation. As written where
// the catalogue does not know the code, since agencies have words of their own.
import { useCallback } from 'react';
import { useIntl } from 'react-intl';

type Family = 'area' | 'did' | 'flag' | 'relation' | 'rostered' | 'service' | 'source' | 'unit';

export function useNamed(family: Family): (code: string) => string {
  const intl = useIntl();
  return useCallback(
    code => {
      const id = `${family}.${code}`;
      return id in intl.messages ? intl.formatMessage({ id }) : code;
    },
    [intl, family],
  );
}
