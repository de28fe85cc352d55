/**
 * An expert's verdicts while they are made: kept in this tab across pages of the atlas, sent
 * nowhere, and handed over as the file that `tautband atlas review add` merges.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { KEY } from './review-key.ts';

export const SCHEMA = 'tautband.review/1';

export const WORDS = ['agree', 'change', 'reject'] as const;
export type Word = (typeof WORDS)[number];

/** A statement: where it stands, and the hash of what it says there. */
export interface Place {
  readonly record: string;
  readonly field: string;
  readonly hash: string;
}

export interface Judgement extends Place {
  readonly verdict: Word;
  readonly note: string;
}

export interface Reviewer {
  readonly name: string;
  readonly qualification: string;
  readonly date: string;
}

/** What a review still lacks before it can be handed over. */
export type Lack = 'name' | 'date' | 'verdict' | 'note';

interface Kept {
  readonly reviewer: Reviewer;
  readonly judgements: readonly Judgement[];
}

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const key = ({ record, field }: Pick<Place, 'record' | 'field'>): string => `${record} ${field}`;

export class ReviewStore {
  readonly #storage: Storage;
  readonly #today: string;
  readonly #reviewer;
  readonly #judgements = signal<ReadonlyMap<string, Judgement>>(new Map());
  readonly counts: ReadonlySignal<{ readonly fields: number; readonly records: number }> = computed(
    () => {
      const all = [...this.#judgements.value.values()];
      return { fields: all.length, records: new Set(all.map(({ record }) => record)).size };
    },
  );

  /** `today` as YYYY-MM-DD. */
  constructor(storage: Storage, today: string) {
    this.#storage = storage;
    this.#today = today;
    const kept = read(storage);
    this.#reviewer = signal<Reviewer>(
      kept?.reviewer ?? { name: '', qualification: '', date: today },
    );
    if (kept) this.#judgements.value = new Map(kept.judgements.map((one) => [key(one), one]));
  }

  get reviewer(): ReadonlySignal<Reviewer> {
    return this.#reviewer;
  }

  /** True when something was entered that a closed tab would lose. */
  get begun(): boolean {
    return this.#judgements.value.size > 0;
  }

  /** The verdict on a statement, unless it says something else by now. */
  of(place: Place): Judgement | undefined {
    const found = this.#judgements.value.get(key(place));
    return found?.hash === place.hash ? found : undefined;
  }

  judge(place: Place, verdict: Word | null, note = ''): void {
    const all = new Map(this.#judgements.value);
    const { record, field, hash } = place;
    if (verdict) all.set(key(place), { record, field, hash, verdict, note });
    else all.delete(key(place));
    this.#judgements.value = all;
    this.#keep();
  }

  sign(reviewer: Partial<Reviewer>): void {
    this.#reviewer.value = { ...this.#reviewer.value, ...reviewer };
    this.#keep();
  }

  clear(): void {
    this.#judgements.value = new Map();
    this.#storage.removeItem(KEY);
  }

  lacks(): Lack[] {
    const { name, date } = this.#reviewer.value;
    const all = [...this.#judgements.value.values()];
    const missing: Record<Lack, boolean> = {
      name: !name.trim(),
      date: !/^\d{4}-\d{2}-\d{2}$/.test(date) || date > this.#today,
      verdict: all.length === 0,
      note: all.some(({ verdict, note }) => verdict !== 'agree' && !note.trim()),
    };
    return (Object.keys(missing) as Lack[]).filter((lack) => missing[lack]);
  }

  /** The file, by schema `tautband.review/1`. */
  file(atlasVersion: string): string {
    const { name, qualification, date } = this.#reviewer.value;
    const review = {
      schema: SCHEMA,
      atlas_version: atlasVersion,
      reviewer: name.trim(),
      qualification: qualification.trim(),
      date,
      verdicts: [...this.#judgements.value.values()].map((one) => ({
        record: one.record,
        field: one.field,
        verdict: one.verdict,
        note: one.note.trim(),
        text_hash: one.hash,
      })),
    };
    return `${JSON.stringify(review, null, 2)}\n`;
  }

  #keep(): void {
    const kept: Kept = {
      reviewer: this.#reviewer.value,
      judgements: [...this.#judgements.value.values()],
    };
    this.#storage.setItem(KEY, JSON.stringify(kept));
  }
}

/** What this tab kept; nothing when it is not ours to read. */
function read(storage: Storage): Kept | undefined {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    if (!kept?.reviewer || !Array.isArray(kept.judgements)) return undefined;
    return kept as Kept;
  } catch {
    return undefined;
  }
}
