/** What the examination found at each muscle; it goes with the drawing when that is ranked. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Side } from '../api/types.ts';

export interface Place {
  readonly muscle: string;
  readonly side: Side;
  /** The muscle's name, kept because the ranking may no longer list it. */
  readonly name: string;
}

/** A muscle that was examined; `signs` says of each sign whether it was found. */
export interface Examined extends Place {
  readonly signs: ReadonlyMap<string, boolean>;
}

const key = ({ muscle, side }: Pick<Place, 'muscle' | 'side'>): string => `${muscle} ${side}`;

export class Findings {
  readonly #examined = signal<ReadonlyMap<string, Examined>>(new Map());
  /** Muscles in the order in which they were examined. */
  readonly examined: ReadonlySignal<readonly Examined[]> = computed(() => [
    ...this.#examined.value.values(),
  ]);
  /** As the server reads them: "infraspinatus right: familiar pain", "...: no taut band". */
  readonly statements: ReadonlySignal<readonly string[]> = computed(() =>
    this.examined.value.flatMap((at) =>
      [...at.signs].map(([sign, found]) => `${key(at)}: ${found ? '' : 'no '}${sign}`),
    ),
  );

  /** True, false, or null for a sign that was not examined. */
  of(place: Pick<Place, 'muscle' | 'side'>, sign: string): boolean | null {
    return this.#examined.value.get(key(place))?.signs.get(sign) ?? null;
  }

  at(place: Pick<Place, 'muscle' | 'side'>): Examined | undefined {
    return this.#examined.value.get(key(place));
  }

  set(place: Place, sign: string, found: boolean | null): void {
    const signs = new Map(this.at(place)?.signs);
    if (found === null) signs.delete(sign);
    else signs.set(sign, found);
    const { muscle, side, name } = place;
    this.#change((all) => {
      if (signs.size) all.set(key(place), { muscle, side, name, signs });
      else all.delete(key(place));
    });
  }

  remove(place: Pick<Place, 'muscle' | 'side'>): void {
    this.#change((all) => all.delete(key(place)));
  }

  clear(): void {
    this.#examined.value = new Map();
  }

  #change(change: (all: Map<string, Examined>) => void): void {
    const all = new Map(this.#examined.value);
    change(all);
    this.#examined.value = all;
  }
}

/** Signs of one kind, for a sentence. */
export function signsOf({ signs }: Examined, found: boolean): string {
  return [...signs].flatMap(([sign, was]) => (was === found ? [sign] : [])).join(', ');
}
