// A person who never chose a language on this phone gets the one of their account. English is also
// what an account says when nobody was asked, so then the phone's own languages are heard first.
import { useEffect, type ReactNode } from 'react';
import type { Session } from '~/core/face.ts';
import { useLanguage } from '~/i18n/Language.tsx';
import { chooseLocale, choseLocale } from '~/i18n/locale.ts';

type Account = NonNullable<Session['account']>;

export function PersonLanguage({ account, children }: { account: Account; children: ReactNode }) {
  const { setLocale } = useLanguage();
  useEffect(() => {
    const said = account.locale.startsWith('en') ? [] : [account.locale];
    if (!choseLocale()) setLocale(chooseLocale([...said, ...navigator.languages]));
  }, [account.locale, setLocale]);
  return children;
}
