// The name of a language in the page's language: `es` is Spanish. As written if it is no code.
import { useCallback, useMemo } from 'react';
import { useIntl } from 'react-intl';

export function useLanguageName(): (code: string) => string {
  const { locale } = useIntl();
  const names = useMemo(
    () => new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }),
    [locale],
  );
  return useCallback(
    code => {
      try {
        return names.of(code) ?? code;
      } catch {
        return code;
      }
    },
    [names],
  );
}
