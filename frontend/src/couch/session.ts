/** One session at the couch: what was tapped here and on other devices, and what a tap does. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { byMuscle, inForce, merged, spread, standing, type MuscleCount } from './ledger.ts';
import type { Line } from './line.ts';
import type { Entry, Held, Loaded, Needle, Place, Reaction, Retest, Target } from './types.ts';
import { placeKey } from './types.ts';

export interface Done {
  readonly needles: number;
  readonly insertions: number;
  /** null where none was assessed, which is not 0. */
  readonly twitches: number | null;
  readonly familiar: '' | 'yes' | 'no';
  readonly retained: boolean;
}

/** What makes ids and times; tests give their own. */
export interface Source {
  id(): string;
  now(): Date;
}

const BROWSER: Source = {
  id: () => crypto.randomUUID(),
  now: () => new Date(),
};

export class Session {
  readonly #entries = signal<readonly Entry[]>([]);
  readonly #needles = signal<readonly Needle[]>([]);
  readonly #targets = signal<readonly Target[]>([]);
  readonly #retests = signal<readonly Retest[]>([]);
  readonly #reactions = signal<readonly Reaction[]>([]);
  readonly #last = signal<readonly Entry[]>([]);
  #version: number;

  /** The needle at hand: what the next one is, until somebody says otherwise. */
  readonly needle = signal<Omit<Needle, 'id'>>({ length_mm: null, gauge_mm: null });
  /** The trigger point that was tapped on the body; empty where none was. */
  readonly point = signal('');

  constructor(
    loaded: Pick<Loaded, 'held' | 'needle'>,
    private readonly line: Pick<Line, 'put'>,
    private readonly source: Source = BROWSER,
  ) {
    this.needle.value = loaded.needle;
    this.#version = loaded.held.version;
    this.take(loaded.held);
  }

  readonly targets: ReadonlySignal<readonly Target[]> = computed(() => this.#targets.value);
  readonly retests: ReadonlySignal<readonly Retest[]> = computed(() => this.#retests.value);
  readonly reactions: ReadonlySignal<readonly Reaction[]> = computed(() => this.#reactions.value);
  readonly counts: ReadonlySignal<ReadonlyMap<string, MuscleCount>> = computed(() =>
    byMuscle(this.#entries.value),
  );
  readonly standing: ReadonlySignal<readonly Entry[]> = computed(() =>
    standing(this.#entries.value),
  );
  /** What the last tap entered and can take back. */
  readonly canUndo: ReadonlySignal<boolean> = computed(() => {
    const here = new Set(inForce(this.#entries.value).map(({ id }) => id));
    return this.#last.value.some(({ id }) => here.has(id));
  });

  /** The version of the session as the server has it; closing names it. */
  get version(): number {
    return this.#version;
  }

  /** The server has stored something; true when somebody else stored something too. */
  stored(version: number, entries: number): boolean {
    const others = version > this.#version + entries;
    this.#version = Math.max(this.#version, version);
    return others;
  }

  /** Takes in what the server holds, beside what only this device has yet. */
  take(held: Held): void {
    this.#version = Math.max(this.#version, held.version);
    this.#entries.value = merged(this.#entries.value, held.entries);
    this.#needles.value = merged(this.#needles.value, held.needles);
    this.#retests.value = merged(this.#retests.value, held.retests);
    this.#reactions.value = merged(this.#reactions.value, held.reactions);
    for (const target of held.targets) this.addTarget(target);
  }

  addTarget(target: Target): void {
    const key = placeKey(target);
    if (this.#targets.value.some((one) => placeKey(one) === key)) return;
    this.#targets.value = [...this.#targets.value, target];
  }

  /** Shows what an earlier page put on the device and the server has not. */
  recall(needles: readonly Needle[], entries: readonly Entry[]): void {
    this.#needles.value = merged(this.#needles.value, needles);
    this.#entries.value = merged(this.#entries.value, entries);
  }

  recallRow(row: Retest | Reaction): void {
    if ('movement' in row) this.#retests.value = merged(this.#retests.value, [row]);
    else this.#reactions.value = merged(this.#reactions.value, [row]);
  }

  /** After a muscle: its needles with their insertions, the twitches and the pain that was known. */
  async done(place: Place, told: Done): Promise<void> {
    const at = this.#now();
    const needles: Needle[] = [];
    const entries: Entry[] = [];
    // A retained needle stands where it is: it went in once.
    const shares = told.retained
      ? Array.from({ length: told.needles }, () => 1)
      : spread(told.insertions, told.needles);
    for (const share of shares) {
      const needle = { id: this.source.id(), ...this.needle.value };
      needles.push(needle);
      for (let i = 0; i < share; i++)
        entries.push({
          id: this.source.id(),
          kind: 'insertion',
          at,
          needle: needle.id,
          ...spot(place),
          point: this.point.value,
          retained: told.retained,
        });
    }
    entries.push({
      id: this.source.id(),
      kind: 'twitches',
      at,
      ...spot(place),
      twitches: told.twitches,
      familiar_pain: told.familiar,
      ...(told.twitches ? { detected_by: 'seen' } : {}),
    });
    await this.#enter(needles, entries);
  }

  /** Live: one more passage through the skin, with the needle at hand or the one in use. */
  async insert(place: Place, retained = false): Promise<void> {
    const used = this.#inUse(place);
    const needle = used ?? { id: this.source.id(), ...this.needle.value };
    const entry: Entry = {
      id: this.source.id(),
      kind: 'insertion',
      at: this.#now(),
      needle: needle.id,
      ...spot(place),
      point: this.point.value,
      retained,
    };
    await this.#enter(used ? [] : [needle], [entry]);
  }

  /** Live: the muscle has twitched so often by now; the largest count stands. */
  async twitch(place: Place): Promise<void> {
    const before = this.counts.value.get(placeKey(place))?.twitches ?? 0;
    await this.#enter(
      [],
      [
        {
          id: this.source.id(),
          kind: 'twitches',
          at: this.#now(),
          ...spot(place),
          twitches: before + 1,
          detected_by: 'seen',
        },
      ],
    );
  }

  /** Takes out needles that stand. */
  async remove(which: readonly Entry[], bent = false): Promise<void> {
    const at = this.#now();
    const out = which.map(({ id }): Entry => ({
      id: this.source.id(),
      kind: 'removal',
      at,
      about: id,
      bent,
    }));
    await this.#enter([], out);
  }

  /** A needle that is not whole in the hand: broken, or not found; it accounts for its needle. */
  async incident(code: 'broken' | 'missing', which: readonly Entry[], told: string): Promise<void> {
    await this.#enter(
      [],
      [
        {
          id: this.source.id(),
          kind: 'incident',
          at: this.#now(),
          code,
          accounts_for: which.map(({ id }) => id),
          told,
        },
      ],
    );
  }

  /** Takes back what the last tap entered; it stays in the record as taken back. */
  async undo(why: string): Promise<void> {
    const at = this.#now();
    const here = new Set(inForce(this.#entries.value).map(({ id }) => id));
    const back = this.#last.value
      .filter(({ id }) => here.has(id))
      .map(({ id }): Entry => ({
        id: this.source.id(),
        kind: 'correction',
        at,
        about: id,
        told: why,
      }));
    await this.#enter([], back);
    this.#last.value = [];
  }

  async retest(told: Omit<Retest, 'id'>): Promise<void> {
    const row = { id: this.source.id(), ...told };
    await this.line.put({ to: 'retest', row });
    this.#retests.value = [...this.#retests.value, row];
  }

  async react(kind: string): Promise<void> {
    const row = { id: this.source.id(), kind, at: this.#now() };
    await this.line.put({ to: 'reaction', row });
    this.#reactions.value = [...this.#reactions.value, row];
  }

  /** The needle that already works in this muscle, and does not stand. */
  #inUse(place: Place): Needle | undefined {
    const here = inForce(this.#entries.value).findLast(
      (e) => e.kind === 'insertion' && e.muscle === place.muscle && e.side === place.side,
    );
    if (!here || here.retained) return undefined;
    return this.#needles.value.find(({ id }) => id === here.needle);
  }

  async #enter(needles: readonly Needle[], entries: readonly Entry[]): Promise<void> {
    // On the device first: what is shown is kept.
    await this.line.put({ to: 'enter', needles, entries });
    this.#needles.value = merged(this.#needles.value, needles);
    this.#entries.value = merged(this.#entries.value, entries);
    this.#last.value = entries;
  }

  #now(): string {
    return this.source.now().toISOString();
  }
}

const spot = ({ muscle, side }: Place): Place => ({ muscle, side });
