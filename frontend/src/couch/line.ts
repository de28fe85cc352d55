/**
 * The way of taps to the server: onto the device first, then out in order, again as they were when
 * there was no answer, and off the device once the server has said that it has them.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { ApiError, spoken } from '../api/client.ts';
import { ClashError, SignedOutError } from '../visit/wire.ts';
import type { Entry, Needle, Reaction, Retest } from './types.ts';
import type { Kept } from './vault.ts';

export type Item =
  | {
      readonly to: 'enter';
      readonly needles: readonly Needle[];
      readonly entries: readonly Entry[];
    }
  | { readonly to: 'retest'; readonly row: Retest }
  | { readonly to: 'reaction'; readonly row: Reaction };

export interface Store {
  put(item: Item): Promise<IDBValidKey>;
  drop(key: IDBValidKey): Promise<void>;
  all(): Promise<readonly Kept<Item>[]>;
}

/** Answers the session's version where the ledger was written. */
export type Send = (item: Item) => Promise<number | null>;

export type Way = 'up' | 'down' | 'signed out' | 'refused';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

export class Line {
  readonly #waiting = signal<readonly Kept<Item>[]>([]);
  readonly #way = signal<Way>('up');
  readonly #fault = signal('');
  #busy: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(
    private readonly store: Store,
    private readonly send: Send,
    private readonly stored: (version: number | null) => void,
  ) {}

  readonly unsent: ReadonlySignal<number> = computed(() => this.#waiting.value.length);
  readonly way: ReadonlySignal<Way> = computed(() => this.#way.value);
  /** What the server said when it refused the first of those that wait. */
  readonly fault: ReadonlySignal<string> = computed(() => this.#fault.value);

  /** Takes up what an earlier page left; answers it, so that it is shown. */
  async resume(): Promise<readonly Item[]> {
    const left = await this.store.all();
    this.#waiting.value = [...left, ...this.#waiting.value];
    void this.flush();
    return left.map(({ item }) => item);
  }

  /** Resolves once it is on the device; it is sent as soon as it can be. */
  async put(item: Item): Promise<void> {
    const key = await this.store.put(item);
    this.#waiting.value = [...this.#waiting.value, { key, item }];
    void this.flush();
  }

  /** Sends what waits; true when nothing is left. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    do {
      this.#busy ??= this.#run().finally(() => (this.#busy = null));
      await this.#busy;
      // What came in while the last run was ending.
    } while (this.#waiting.value.length && this.#way.value === 'up');
    return this.#waiting.value.length === 0;
  }

  /** Gives up the one that the server refused. */
  async drop(): Promise<void> {
    const [first] = this.#waiting.value;
    if (!first) return;
    await this.#done(first);
    this.#fault.value = '';
    await this.flush();
  }

  async #run(): Promise<void> {
    for (;;) {
      const [first] = this.#waiting.value;
      if (!first) break;
      try {
        const version = await this.send(first.item);
        await this.#done(first);
        this.#way.value = 'up';
        this.#fault.value = '';
        this.#pauseMs = FIRST_PAUSE_MS;
        this.stored(version);
      } catch (error) {
        this.#stop(error);
        return;
      }
    }
  }

  async #done(kept: Kept<Item>): Promise<void> {
    await this.store.drop(kept.key);
    this.#waiting.value = this.#waiting.value.filter((one) => one !== kept);
  }

  #stop(error: unknown): void {
    if (error instanceof ClashError || (error instanceof ApiError && error.kind === 'refused')) {
      this.#way.value = 'refused';
      const clash = error instanceof ClashError ? error.clash.message : '';
      const detail = error instanceof ApiError && error.detail ? spoken(error.detail) : '';
      this.#fault.value = clash || detail || error.message;
      return;
    }
    this.#way.value = error instanceof SignedOutError ? 'signed out' : 'down';
    this.#timer = setTimeout(() => void this.flush(), this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }
}
