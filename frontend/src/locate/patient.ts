/** What is known of the patient beside drawing and findings; it moves where the chances start. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Side } from '../api/types.ts';

export const RESPONSES = ['better', 'same', 'worse'] as const;
export type Response = (typeof RESPONSES)[number];

interface Place {
  readonly muscle: string;
  readonly side: Side;
}

const key = ({ muscle, side }: Place): string => `${muscle} ${side}`;

export const OLDEST = 120;

/** An age as it was typed; null for what is none. */
export function ageOf(text: string): number | null {
  const years = /^\d{1,3}$/.test(text.trim()) ? Number(text) : NaN;
  return years <= OLDEST ? years : null;
}

export class Patient {
  /** Id of the presentation, or null when none was chosen. */
  readonly presentation: Signal<string | null> = signal(null);
  /** In whole years, or null when nobody said. */
  readonly age: Signal<number | null> = signal(null);
  /** Whether findings count whose weight nobody measured. */
  readonly countsAssumed: Signal<boolean> = signal(true);
  readonly #treated = signal<ReadonlyMap<string, Response>>(new Map());
  /** As the server reads them: "infraspinatus right: better". */
  readonly treated: ReadonlySignal<readonly string[]> = computed(() =>
    [...this.#treated.value].map(([place, response]) => `${place}: ${response}`),
  );

  /** What followed when a muscle was treated; null when it was not, or nobody said. */
  responseOf(place: Place): Response | null {
    return this.#treated.value.get(key(place)) ?? null;
  }

  setResponse(place: Place, response: Response | null): void {
    const all = new Map(this.#treated.value);
    if (response) all.set(key(place), response);
    else all.delete(key(place));
    this.#treated.value = all;
  }
}
