// Gives a page its language: text, direction, and what React Aria reads aloud. Nothing is shown
// before the words are there; a change of language keeps the old words until the new ones are.
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'react-intl';
import { loadCatalogue, type Area, type Catalogue } from './catalogue.ts';
import { direction, rememberedLocale, rememberLocale, type Locale } from './locale.ts';

interface Choice {
  locale: Locale;
  setLocale: (locale: Locale) => void;
}

const LanguageContext = createContext<Choice | null>(null);

export function Language({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const [wanted, setWanted] = useState(rememberedLocale);
  const [shown, setShown] = useState<{ locale: Locale; words: Catalogue } | null>(null);

  useEffect(() => {
    let current = true;
    void loadCatalogue(wanted, areas).then(words => {
      if (!current) return;
      document.documentElement.lang = wanted;
      document.documentElement.dir = direction(wanted);
      setShown({ locale: wanted, words });
    });
    return () => {
      current = false;
    };
  }, [wanted, areas]);

  const setLocale = (locale: Locale) => {
    rememberLocale(locale);
    setWanted(locale);
  };

  if (shown === null) return null;
  return (
    <LanguageContext value={{ locale: shown.locale, setLocale }}>
      <IntlProvider locale={shown.locale} messages={shown.words} defaultLocale="en">
        <I18nProvider locale={shown.locale}>{children}</I18nProvider>
      </IntlProvider>
    </LanguageContext>
  );
}

export function useLanguage(): Choice {
  const choice = useContext(LanguageContext);
  if (choice === null) throw new Error('useLanguage outside Language');
  return choice;
}
