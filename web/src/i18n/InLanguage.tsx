// A part of the page in another language, for somebody else to read: a sheet for a parent, say.
// In the page's own language where we do not speak theirs.
import { useEffect, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { loadCatalogue, type Area, type Catalogue } from './catalogue.ts';
import { chooseLocale, direction } from './locale.ts';

interface InLanguageProps {
  language: string | null;
  areas: readonly Area[];
  children: ReactNode;
}

export function InLanguage({ language, areas, children }: InLanguageProps) {
  const page = useIntl().locale;
  const locale = chooseLocale([language, page]);
  const [words, setWords] = useState<Catalogue | null>(null);

  useEffect(() => {
    let current = true;
    void loadCatalogue(locale, areas).then(loaded => current && setWords(loaded));
    return () => {
      current = false;
    };
  }, [locale, areas]);

  if (words === null) return null;
  return (
    <div lang={locale} dir={direction(locale)}>
      <IntlProvider locale={locale} messages={words} defaultLocale="en">
        {children}
      </IntlProvider>
    </div>
  );
}
