// The name by which the server knows one of our documents: the hash of its text. Asking by name
// saves sending the text and reading it.

const ids = new Map<string, Promise<string>>();

/** `null` where the browser hashes nothing, as on an insecure page: the text is sent then. */
export async function documentId(text: string): Promise<string | null> {
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle === undefined) return null;
  const known = ids.get(text) ?? hash(subtle, text);
  ids.set(text, known);
  return known;
}

async function hash(subtle: SubtleCrypto, text: string): Promise<string> {
  const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256:${Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
