/**
 * What was entered and is not stored yet: one message a row, sent in order and one at a time.
 *
 * A message that got no answer is sent again as it was, so that the server stores it once; what was
 * entered meanwhile follows as the next. Nothing is dropped: what the server refuses, or what
 * somebody else changed first, waits here until a person has decided.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { ApiError, spoken } from '../api/client.ts';
import { ClashError, SignedOutError, type Clash } from './wire.ts';

export type Values = Readonly<Record<string, unknown>>;

export interface Message {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly values: Values;
}

export interface Stored {
  readonly id: string;
  readonly version: number;
}

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly values: Values;
}

export interface Parked {
  readonly entry: Entry;
  /** What is wrong with it; or, with `clash`, what somebody else did first. */
  readonly fault?: string;
  readonly clash?: Clash;
}

export type Line = 'up' | 'down' | 'signed out';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

export class Outbox {
  readonly #send: (message: Message) => Promise<Stored>;
  readonly #versions = new Map<string, number>();
  readonly #waiting = signal<readonly Entry[]>([]);
  readonly #parked = signal<ReadonlyMap<string, Parked>>(new Map());
  readonly #line = signal<Line>('up');
  readonly #sending = signal<Entry | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #settled: (() => void)[] = [];

  constructor(send: (message: Message) => Promise<Stored>) {
    this.#send = send;
  }

  readonly parked: ReadonlySignal<ReadonlyMap<string, Parked>> = computed(() => this.#parked.value);
  readonly line: ReadonlySignal<Line> = computed(() => this.#line.value);
  /** How many rows are not stored as they stand on the page. */
  readonly unsent: ReadonlySignal<number> = computed(() => {
    const ids = [...this.#waiting.value.map(({ id }) => id), ...this.#parked.value.keys()];
    if (this.#sending.value) ids.push(this.#sending.value.id);
    return new Set(ids).size;
  });

  /** The version of a row as it is stored, 0 for one that is not. */
  version(id: string): number {
    return this.#versions.get(id) ?? 0;
  }

  /** Tells the version of a row that the page was loaded with. */
  know(id: string, version: number): void {
    this.#versions.set(id, version);
  }

  /** Notes values of a row; later ones count over earlier ones that wait. */
  put(kind: string, id: string, values: Values): void {
    const parked = this.#parked.value.get(id);
    if (parked) this.#unpark(id);
    const before = this.#waiting.value.find((one) => one.id === id)?.values ?? {};
    const entry = { kind, id, values: { ...parked?.entry.values, ...before, ...values } };
    const others = this.#waiting.value.filter((one) => one.id !== id);
    this.#waiting.value = [...others, entry];
    void this.#run();
  }

  /** What was entered here counts, over what somebody else changed; they keep their version. */
  keepMine(id: string): void {
    const parked = this.#parked.value.get(id);
    if (!parked) return;
    if (parked.clash?.version !== undefined) this.know(id, parked.clash.version);
    this.put(parked.entry.kind, id, {});
  }

  /** What was entered here is given up. */
  drop(id: string): void {
    this.#unpark(id);
    this.#settle();
  }

  /** Sends at once what waits, as when the connection is back. */
  retry(): void {
    const held = this.#timer === undefined ? null : this.#sending.value;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void (held ? this.#resend(held) : this.#run());
  }

  /** True once all is stored; false as soon as something waits for a decision. */
  async flushed(): Promise<boolean> {
    this.retry();
    while (this.#waiting.value.length || this.#sending.value) {
      await new Promise<void>((done) => this.#settled.push(done));
      if (this.#line.value !== 'up') return false;
    }
    return this.#parked.value.size === 0;
  }

  async #run(): Promise<void> {
    if (this.#sending.value || this.#timer !== undefined) return;
    for (;;) {
      const [entry, ...rest] = this.#waiting.value;
      if (!entry) break;
      this.#waiting.value = rest;
      this.#sending.value = entry;
      const done = await this.#deliver(entry);
      if (!done) {
        this.#again(entry);
        break;
      }
      this.#sending.value = null;
    }
    this.#settle();
  }

  /** False when it has to be sent again as it is. */
  async #deliver(entry: Entry): Promise<boolean> {
    try {
      const stored = await this.#send({ ...entry, version: this.version(entry.id) });
      this.know(entry.id, stored.version);
    } catch (error) {
      if (error instanceof ClashError) this.#park({ entry, clash: error.clash });
      else if (error instanceof ApiError && error.kind === 'refused')
        this.#park({ entry, fault: error.detail ? spoken(error.detail) : error.message });
      else {
        this.#line.value = error instanceof SignedOutError ? 'signed out' : 'down';
        return false;
      }
    }
    this.#line.value = 'up';
    this.#pauseMs = FIRST_PAUSE_MS;
    return true;
  }

  #again(entry: Entry): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#resend(entry);
    }, this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  async #resend(entry: Entry): Promise<void> {
    if (await this.#deliver(entry)) {
      this.#sending.value = null;
      void this.#run();
    } else this.#again(entry);
    this.#settle();
  }

  #park(parked: Parked): void {
    // What was entered since counts over what could not be stored.
    const newer = this.#waiting.value.find((one) => one.id === parked.entry.id);
    const entry = { ...parked.entry, values: { ...parked.entry.values, ...newer?.values } };
    this.#waiting.value = this.#waiting.value.filter((one) => one !== newer);
    if (newer && !parked.clash) {
      this.#waiting.value = [...this.#waiting.value, entry];
      return;
    }
    this.#parked.value = new Map(this.#parked.value).set(entry.id, { ...parked, entry });
  }

  #unpark(id: string): void {
    const parked = new Map(this.#parked.value);
    parked.delete(id);
    this.#parked.value = parked;
  }

  #settle(): void {
    const settled = this.#settled;
    this.#settled = [];
    for (const done of settled) done();
  }
}
