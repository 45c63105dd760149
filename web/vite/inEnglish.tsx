// For tests: the page's words in English, from the real catalogues.
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import common from '../src/locales/en/common.json';
import phone from '../src/locales/en/phone.json';
import staff from '../src/locales/en/staff.json';

const english = (words: Record<string, string>) =>
  function Words({ children }: { children: ReactNode }) {
    return (
      <IntlProvider locale="en" messages={{ ...common, ...words }}>
        {children}
      </IntlProvider>
    );
  };

export const InEnglish = english(staff);
export const PhoneInEnglish = english(phone);
