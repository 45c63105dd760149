// Which ways in the server knows, beside a login and a password. Asked once for a page.

/** An agency's own sign-in. */
export interface IssuerOffer {
  agency: string;
  name: string;
}

export interface Ways {
  /** Where passkeys work: `https://school.example`. */
  passkeys: string | null;
  issuers: IssuerOffer[];
}

let known: Promise<Ways | null> | undefined;

/** `null` when nobody could be asked: then it is worth asking again. */
export function waysIn(): Promise<Ways | null> {
  known ??= ask().catch(() => {
    known = undefined;
    return null;
  });
  return known;
}

async function ask(): Promise<Ways> {
  const response = await fetch('/auth/ways', { cache: 'no-store' });
  // Whoever is told to come again later has not been told that there is no such way.
  if (!response.ok) throw new Error(`/auth/ways: ${String(response.status)}`);
  const { passkeys, issuers } = (await response.json()) as Partial<Ways>;
  return { passkeys: passkeys ?? null, issuers: issuers ?? [] };
}
