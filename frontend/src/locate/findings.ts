/** What the examination found at each muscle; it goes with the drawing when that is ranked. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Side } from '../api/types.ts';

/** What a finger finds, in the order in which it is looked for, in the server's words. */
export const PALPATED = [
  'taut band',
  'tender spot',
  'tender spot in band',
  'familiar pain',
] as const;
const [BAND, SPOT, IN_BAND] = PALPATED;
const OUTSIDE_BAND = 'tender spot outside band';
/** The one answer of a clinical test; its opposite is "negative". */
export const TEST_POSITIVE = 'positive';

/** One tap on: found, then not found, then not examined. */
export const next = (found: boolean | null): boolean | null =>
  found === null ? true : found ? false : null;

/**
 * What a finding says about others at the same muscle, so that no contradiction can be entered: a
 * spot in the band is a spot and a band; without spot or band there is none in it.
 */
function implied(sign: string, found: boolean): readonly (readonly [string, boolean | null])[] {
  if (sign === IN_BAND && found)
    return [
      [BAND, true],
      [SPOT, true],
      [OUTSIDE_BAND, null],
    ];
  if (sign === OUTSIDE_BAND && found)
    return [
      [SPOT, true],
      [IN_BAND, null],
    ];
  if (sign === SPOT && !found)
    return [
      [IN_BAND, null],
      [OUTSIDE_BAND, null],
    ];
  return sign === BAND && !found ? [[IN_BAND, null]] : [];
}

const said = (sign: string, found: boolean): string => {
  if (sign === TEST_POSITIVE) return found ? 'positive' : 'negative';
  return `${found ? '' : 'no '}${sign}`;
};

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
      [...at.signs].map(([sign, found]) => `${key(at)}: ${said(sign, found)}`),
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
    const write = (one: string, value: boolean | null): void => {
      if (value === null) signs.delete(one);
      else signs.set(one, value);
    };
    write(sign, found);
    if (found !== null) for (const [other, value] of implied(sign, found)) write(other, value);
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
