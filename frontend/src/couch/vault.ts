/**
 * What waits on this device: taps that the server has not confirmed, sealed with the key that the
 * page got for this person and session. The key is not kept here, so nobody else can open them.
 */
import type { IDBPDatabase } from 'idb';
import { openWaiting, STORE } from './waiting.ts';

interface Sealed {
  readonly session: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export interface Kept<Item> {
  readonly key: IDBValidKey;
  readonly item: Item;
}

/** The part of the store that belongs to one session and one person. */
export class Vault<Item> {
  private constructor(
    private readonly open: IDBPDatabase,
    private readonly session: string,
    private readonly key: CryptoKey,
  ) {}

  static async of<Item>(session: string, key: string): Promise<Vault<Item>> {
    const raw = Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0));
    const sealing = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
    return new Vault<Item>(await openWaiting(), session, sealing);
  }

  /** Resolves once it is on the device. */
  async put(item: Item): Promise<IDBValidKey> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(item));
    const data = await crypto.subtle.encrypt(this.sealed(iv), this.key, text);
    const row: Sealed = { session: this.session, iv, data };
    return this.open.add(STORE, row);
  }

  async drop(key: IDBValidKey): Promise<void> {
    await this.open.delete(STORE, key);
  }

  /** What waits, in the order in which it was tapped; what another person sealed is left alone. */
  async all(): Promise<readonly Kept<Item>[]> {
    const found: Kept<Item>[] = [];
    const [keys, rows] = await Promise.all([
      this.open.getAllKeys(STORE),
      this.open.getAll(STORE) as Promise<Sealed[]>,
    ]);
    for (const [place, row] of rows.entries()) {
      if (row.session !== this.session) continue;
      try {
        const data = await crypto.subtle.decrypt(this.sealed(row.iv), this.key, row.data);
        found.push({ key: keys[place]!, item: JSON.parse(new TextDecoder().decode(data)) as Item });
      } catch {
        continue;
      }
    }
    return found;
  }

  /** The session is bound in, so that a row cannot be passed off as another session's. */
  private sealed(iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(this.session) };
  }
}
