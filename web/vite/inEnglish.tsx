// For tests: the page's words in English, from the real catalogues.
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import common from '../src/locales/en/common.json';
import staff from '../src/locales/en/staff.json';

export function InEnglish({ children }: { children: ReactNode }) {
  return (
    <IntlProvider locale="en" messages={{ ...common, ...staff }}>
      {children}
    </IntlProvider>
  );
}
