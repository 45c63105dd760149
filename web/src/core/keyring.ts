// The keys of the copies on this phone, one record an account, so that nobody's going takes another's
// along. A copy's key is 32 random bytes and is stored wrapped only: by a key of WebCrypto that was
// made in this browser for this account and that no script can take out of it; and, inside that, by
// one made of the person's PIN, where they chose one. Without the first nobody can even guess.

import type { Id } from './face.ts';

const DATABASE = 'aimline-keys';
const STORE = 'account';
const BYTES = 32;

/** How often PBKDF2 goes round (OWASP, 2023): some half a second on a phone. */
const ROUNDS = 600_000;

/** What a wrong PIN costs, in seconds: after the first, the second, … and each one more. */
const WAITS = [0, 0, 30, 60, 300, 900, 3_600];

/** Minutes without a touch after which a copy with a PIN locks, until its owner says otherwise. */
const IDLE = 5;

type Bytes = Uint8Array<ArrayBuffer>;

/** Something encrypted. */
interface Sealed {
  iv: Bytes;
  bytes: Bytes;
}

/** A key as it is stored. */
interface Wrapped extends Sealed {
  /** How the PIN becomes a key: it is wrapped by that first. */
  pin?: { salt: Bytes; rounds: number; iv: Bytes };
}

/** What is stored of one account. */
interface Kept {
  account: Id;
  device: CryptoKey;
  /** By their number; there are two while the copy is written anew. */
  wrapped: Record<number, Wrapped>;
  /** Wrong PINs in a row; counted before it is known whether one is wrong. */
  tries: number;
  /** The last of them, and until when there is no other; epoch ms. */
  triedAt: number;
  until: number;
  idle: number;
}

/** Which key is wanted, as the core says it. */
export interface Wanted {
  account: Id;
  key: number;
  /** Something lies under it, so no other key will do. */
  made: boolean;
}

/** How a copy is guarded. `until`: no PIN is looked at before. */
export interface Guard {
  pin: boolean;
  until: number;
  idle: number;
}

export class Keyring {
  #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(): Promise<Keyring> {
    return new Keyring(await opened());
  }

  /** The key in the clear, made and stored first if it may be; nothing if it is gone, or if it takes
      a PIN. */
  async take({ account, key, made }: Wanted): Promise<Bytes | undefined> {
    const kept = await this.#find(account);
    const wrapped = kept?.wrapped[key];
    if (wrapped?.pin !== undefined) return undefined;
    const bare = kept && wrapped && (await unwrap(kept, key).catch(() => undefined));
    return bare ?? (made ? undefined : this.#make(account, key));
  }

  async guard(account: Id, key: number): Promise<Guard> {
    const kept = await this.#find(account);
    const pin = kept?.wrapped[key]?.pin !== undefined;
    return { pin, until: kept?.until ?? 0, idle: kept?.idle ?? IDLE };
  }

  /** The key in the clear, if this is the PIN and no wait is over it. That it was tried is on the disk
      before it is judged. */
  async tryPin(
    account: Id,
    key: number,
    pin: string,
    now = Date.now(),
  ): Promise<Bytes | undefined> {
    const kept = await this.#find(account);
    if (kept === undefined) return undefined;
    // A clock that was set back makes no wait shorter.
    if (now < kept.triedAt) await this.#put(waiting(kept, now, kept.until - kept.triedAt));
    if (now < Math.max(kept.until, kept.triedAt)) return undefined;
    const tries = kept.tries + 1;
    const wait = WAITS[Math.min(tries, WAITS.length) - 1] ?? 0;
    await this.#put(waiting({ ...kept, tries }, now, wait * 1_000));
    const bare = await unwrap(kept, key, pin).catch(() => undefined);
    if (bare !== undefined) await this.#put({ ...kept, tries: 0, triedAt: 0, until: 0 });
    return bare;
  }

  /** Makes and stores the account's next key, under a PIN or under none. The one before it stays until
      `settle`: the copy is not written anew yet. */
  async makeNext(account: Id, key: number, pin: string | undefined): Promise<Bytes> {
    const kept = await this.#find(account);
    if (kept === undefined) throw new Error('no key to follow');
    const bare = crypto.getRandomValues(new Uint8Array(BYTES));
    const wrapped = { ...kept.wrapped, [key]: await wrap(kept, key, bare, pin) };
    await this.#put({ ...kept, wrapped });
    return bare;
  }

  /** The copy lies under this key: others open nothing any more. */
  async settle(account: Id, key: number): Promise<void> {
    const kept = await this.#find(account);
    const wrapped = kept?.wrapped[key];
    if (kept === undefined || wrapped === undefined || Object.keys(kept.wrapped).length === 1)
      return;
    await this.#put({ ...kept, wrapped: { [key]: wrapped } });
  }

  async idleAfter(account: Id, minutes: number): Promise<void> {
    const kept = await this.#find(account);
    if (kept !== undefined) await this.#put({ ...kept, idle: minutes });
  }

  async forget(account: Id): Promise<void> {
    await this.#do('readwrite', keys => keys.delete(account));
  }

  /** Forgets the keys of copies that are gone: the page ended before it could. */
  async keepOnly(accounts: Id[]): Promise<void> {
    const known = await this.#do('readonly', keys => keys.getAllKeys());
    for (const account of known as Id[])
      if (!accounts.includes(account)) await this.forget(account);
  }

  async #make(account: Id, key: number): Promise<Bytes> {
    const bare = crypto.getRandomValues(new Uint8Array(BYTES));
    const algorithm = { name: 'AES-GCM', length: 256 };
    const device = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    const wrapped = await wrap({ account, device }, key, bare);
    const tried = { tries: 0, triedAt: 0, until: 0 };
    await this.#put({ account, device, wrapped: { [key]: wrapped }, ...tried, idle: IDLE });
    return bare;
  }

  async #find(account: Id): Promise<Kept | undefined> {
    return (await this.#do('readonly', keys => keys.get(account))) as Kept | undefined;
  }

  async #put(kept: Kept): Promise<void> {
    await this.#do('readwrite', keys => keys.put(kept));
  }

  /** One transaction; what it wrote is on the disk when this resolves. */
  #do<Value>(
    mode: IDBTransactionMode,
    work: (keys: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(STORE, mode, { durability: 'strict' });
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('not stored'));
    });
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'account' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('no key store'));
  });
}

function waiting(kept: Kept, now: number, wait: number): Kept {
  kept.triedAt = now;
  kept.until = now + wait;
  return kept;
}

type Owned = Pick<Kept, 'account' | 'device'>;

/** A wrapped key says whose it is and which: put in another's place it opens nothing. */
function sealing({ account }: Owned, key: number, iv: Bytes): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${account}/${key}`) };
}

async function wrap(owned: Owned, key: number, bare: Bytes, pin?: string): Promise<Wrapped> {
  const iv = random(12);
  if (pin === undefined)
    return { iv, bytes: await encrypt(sealing(owned, key, iv), owned.device, bare) };
  const stretched = { salt: random(16), rounds: ROUNDS, iv: random(12) };
  const inner = await encrypt(sealing(owned, key, stretched.iv), await ofPin(pin, stretched), bare);
  return { iv, bytes: await encrypt(sealing(owned, key, iv), owned.device, inner), pin: stretched };
}

/** Rejects where it was wrapped otherwise. */
async function unwrap(kept: Kept, key: number, pin?: string): Promise<Bytes> {
  const wrapped = kept.wrapped[key];
  if (wrapped === undefined) throw new Error('no such key');
  const outer = await decrypt(sealing(kept, key, wrapped.iv), kept.device, wrapped.bytes);
  if (wrapped.pin === undefined || pin === undefined) return outer;
  return decrypt(sealing(kept, key, wrapped.pin.iv), await ofPin(pin, wrapped.pin), outer);
}

async function ofPin(
  pin: string,
  { salt, rounds }: { salt: Bytes; rounds: number },
): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin.normalize('NFKC'));
  const raw = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const made = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(stretching, raw, made, false, ['encrypt', 'decrypt']);
}

const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));

async function encrypt(sealing: AesGcmParams, by: CryptoKey, bare: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(sealing, by, bare));
}

async function decrypt(sealing: AesGcmParams, by: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(sealing, by, bytes));
}
