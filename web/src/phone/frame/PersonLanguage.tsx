// A person who never chose a language on this phone gets the one of their account.
import { useEffect, type ReactNode } from 'react';
import type { Session } from '~/core/face.ts';
import { useLanguage } from '~/i18n/Language.tsx';
import { chooseLocale, choseLocale } from '~/i18n/locale.ts';

type Account = NonNullable<Session['account']>;

export function PersonLanguage({ account, children }: { account: Account; children: ReactNode }) {
  const { setLocale } = useLanguage();
  useEffect(() => {
    if (!choseLocale()) setLocale(chooseLocale([account.locale]));
  }, [account.locale, setLocale]);
  return children;
}
