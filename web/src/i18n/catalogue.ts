// The text of the pages, split by area so that a phone never downloads the staff console's words.
// English is the source: its keys are the type of every message id.
import type common from '~/locales/en/common.json';
import type phone from '~/locales/en/phone.json';
import type staff from '~/locales/en/staff.json';
import type { Locale } from './locale.ts';

export type MessageId = keyof typeof common | keyof typeof staff | keyof typeof phone;
export type Area = 'common' | 'staff' | 'phone';
export type Catalogue = Record<string, string>;

const files = import.meta.glob<Catalogue>('../locales/*/*.json', { import: 'default' });

/** The words of the given areas in one language. */
export async function loadCatalogue(locale: Locale, areas: readonly Area[]): Promise<Catalogue> {
  const parts = await Promise.all(areas.map(area => load(locale, area)));
  return Object.assign({}, ...parts) as Catalogue;
}

async function load(locale: Locale, area: Area): Promise<Catalogue> {
  const file = files[`../locales/${locale}/${area}.json`];
  if (file === undefined) throw new Error(`no catalogue ${locale}/${area}`);
  return file();
}
