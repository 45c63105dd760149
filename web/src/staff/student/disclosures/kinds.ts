// What can be written down of a party outside, and what each basis asks for.
import type { DisclosureBasis } from '~/api/schema.ts';

/** Something was given; a copy is given by this program; somebody asked and was given nothing. */
export const kinds = ['copy', 'given', 'asked'] as const;
export type Kind = (typeof kinds)[number];

/** The commonest first. */
export const bases: readonly DisclosureBasis[] = [
  'OTHER_SCHOOL',
  'CONSENT',
  'EVALUATION',
  'STUDY',
  'CHILD_WELFARE',
  'COURT',
  'LEGAL_ACTION',
  'EMERGENCY',
  'JUVENILE_JUSTICE',
  'FINANCIAL_AID',
  'ACCREDITATION',
];

/** Whether the paper has to be named: the consent with its date, the agreement, the order. */
export const namesAPaper = (basis: DisclosureBasis): boolean =>
  basis === 'CONSENT' || basis === 'EVALUATION' || basis === 'STUDY' || basis === 'COURT';

/** The word of the route of copies: `otherSchool` for `OTHER_SCHOOL`. */
export const plainWord = (basis: DisclosureBasis): string =>
  basis.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
