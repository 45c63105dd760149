// Chooses the language of the page; each language is named in its own words.
import { Languages } from 'lucide-react';
import { localeNames, locales } from '~/i18n/locale.ts';
import { useLanguage } from '~/i18n/Language.tsx';
import { useText } from '~/i18n/useText.ts';
import { Choice } from './Choice.tsx';

export function LanguageSelect() {
  const { locale, setLocale } = useLanguage();
  const say = useText();
  return (
    <Choice
      icon={<Languages aria-hidden="true" size={18} />}
      label={say('language.label')}
      value={locale}
      onChange={setLocale}
      options={locales.map(value => ({ value, text: localeNames[value], lang: value }))}
    />
  );
}
