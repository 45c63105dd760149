// The keys of the copies on this phone, one record an account, so that nobody's going takes another's
// along. A copy's key is 32 random bytes and is stored wrapped only: by a key of WebCrypto that was
// made in this browser for this account and that no script can take out of it.

import type { Id } from './face.ts';

const DATABASE = 'aimline-keys';
const STORE = 'account';
const BYTES = 32;

/** A key as it is stored. */
interface Wrapped {
  iv: Uint8Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What is stored of one account. */
interface Kept {
  account: Id;
  device: CryptoKey;
  /** By their number; there are two while the copy is written anew. */
  wrapped: Record<number, Wrapped>;
}

/** Which key is wanted, as the core says it. */
export interface Wanted {
  account: Id;
  key: number;
  /** Something lies under it, so no other key will do. */
  made: boolean;
}

export class Keyring {
  #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(): Promise<Keyring> {
    return new Keyring(await opened());
  }

  /** The key in the clear, made and stored first if it may be; nothing if it is gone. */
  async take({ account, key, made }: Wanted): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const kept = await this.#find(account);
    const wrapped = kept?.wrapped[key];
    const bare = kept && wrapped && (await unwrap(kept, key, wrapped).catch(() => undefined));
    return bare ?? (made ? undefined : this.#make(account, key));
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

  async #make(account: Id, key: number): Promise<Uint8Array<ArrayBuffer>> {
    const bare = crypto.getRandomValues(new Uint8Array(BYTES));
    const algorithm = { name: 'AES-GCM', length: 256 };
    const device = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    const wrapped = await wrap({ account, device }, key, bare);
    const kept: Kept = { account, device, wrapped: { [key]: wrapped } };
    await this.#do('readwrite', keys => keys.put(kept));
    return bare;
  }

  async #find(account: Id): Promise<Kept | undefined> {
    return (await this.#do('readonly', keys => keys.get(account))) as Kept | undefined;
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

/** A wrapped key says whose it is and which: put in another's place it opens nothing. */
function sealing(account: Id, key: number, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${account}/${key}`) };
}

async function wrap(
  { account, device }: Pick<Kept, 'account' | 'device'>,
  key: number,
  bare: Uint8Array<ArrayBuffer>,
): Promise<Wrapped> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(sealing(account, key, iv), device, bare);
  return { iv, bytes: new Uint8Array(bytes) };
}

async function unwrap(
  { account, device }: Pick<Kept, 'account' | 'device'>,
  key: number,
  { iv, bytes }: Wrapped,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt(sealing(account, key, iv), device, bytes));
}
