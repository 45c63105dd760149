// Who signs in to the sample district, and the words of the catalogues that people read.

import { readFileSync } from 'node:fs';

export const ROSA = { name: 'Rosa Delgado Ruiz', login: 'parent', password: 'morning garden kite' };
export const MARTIN = {
  name: 'Martín Álvarez Soto',
  login: 'parent2',
  password: 'blue bicycle bell',
  locale: 'es',
};
export const SAMIRA = {
  name: 'Samira Haddad',
  login: 'provider',
  password: 'yellow river lantern',
};
export const DANIEL = { name: 'Daniel Okafor', login: 'provider2', password: 'paper crane pocket' };
export const RUTH = { name: 'Ruth Begay', login: 'director', password: 'quiet maple window' };
export const PRIYA = { name: 'Priya Raman', login: 'manager', password: 'seven copper kettles' };
export const CARLOS = { name: 'Carlos Medina', login: 'office', password: 'green paper folder' };
export const TOM = { name: 'Tom Lindqvist', login: 'teacher', password: 'winter apple basket' };

/** Their child: Rosa's and Martín's, on the caseloads of Samira and Daniel. */
export const LUZ = 'Luz Álvarez Delgado';

const catalogues = new Map();

/** All messages of a part of the pages in a language, with those that both parts share. */
export function catalogue(part, locale) {
  const key = `${locale}/${part}`;
  if (!catalogues.has(key))
    catalogues.set(key, { ...read(locale, 'common'), ...read(locale, part) });
  return catalogues.get(key);
}

function read(locale, part) {
  return JSON.parse(
    readFileSync(new URL(`../../web/src/locales/${locale}/${part}.json`, import.meta.url), 'utf8'),
  );
}

/** What a page says in a language; `values` fill the plain places of the message. */
export function says(part, locale, id, values = {}) {
  const message = catalogue(part, locale)[id];
  if (message === undefined) throw new Error(`no message is called ${id}`);
  return message.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
