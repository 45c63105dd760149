// Numbers as people read them: at most one decimal.
import { useMemo } from 'react';
import { useIntl } from 'react-intl';

export function useNumbers(): (value: number) => string {
  const { locale } = useIntl();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    return (value: number) => format.format(value);
  }, [locale]);
}
