// Which languages the pages speak, and which one a person gets before choosing.
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words, as the chooser shows it. */
export const localeNames: Record<Locale, string> = { en: 'English', es: 'Español' };

const rightToLeft = new Set(['ar', 'fa', 'he', 'ps', 'ur']);

export function direction(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The first of the wished languages that we speak, else English. */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const found = locales.find(locale => locale === wish?.split('-')[0]?.toLowerCase());
    if (found !== undefined) return found;
  }
  return 'en';
}

const key = 'aimline.locale';

export function rememberedLocale(): Locale {
  return chooseLocale([read(), ...navigator.languages]);
}

/** Whether somebody chose a language on this device. */
export function choseLocale(): boolean {
  return read() !== null;
}

export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(key, locale);
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
