/**
 * Keeps a ranking of the newest drawing: at most one question under way; while it is, changes only
 * note that another is due, and that one is asked of the drawing as it then is.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { ApiError } from '../api/client.ts';
import type { Location } from '../api/types.ts';

export type Ranking<Told = Location> =
  | { readonly status: 'empty' }
  | { readonly status: 'waiting'; readonly last?: Told }
  | { readonly status: 'ready'; readonly last: Told }
  | { readonly status: 'error'; readonly error: ApiError; readonly last?: Told };

type Answer<Told> = Extract<Ranking<Told>, { status: 'ready' | 'error' }>;

/** The newest answer so far, whatever has happened since. */
export function lastOf<Told>(state: Ranking<Told>): Told | undefined {
  return 'last' in state ? state.last : undefined;
}

/** `Told` is what the server answers: the ranking, or what to examine next. */
export class Ranker<Told = Location> {
  readonly #state = signal<Ranking<Told>>({ status: 'empty' });
  readonly #ask: () => Promise<Told>;
  readonly #pauseMs: number;
  #due = false;
  #busy = false;
  /** Counts how often the drawing was emptied: an answer about an earlier one is void. */
  #epoch = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask` ranks the drawing as it is at that moment. */
  constructor(ask: () => Promise<Told>, pauseMs = 120) {
    this.#ask = ask;
    this.#pauseMs = pauseMs;
  }

  get state(): ReadonlySignal<Ranking<Told>> {
    return this.#state;
  }

  /**
   * The drawing changed; an empty one has no ranking and nothing is asked. Safe to call in an effect:
   * it does not make the effect depend on the ranking, which would ask again at each answer.
   */
  changed(hasPain: boolean): void {
    this.#due = hasPain;
    if (!hasPain) {
      this.#epoch++;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#state.value = { status: 'empty' };
      return;
    }
    if (this.#state.peek().status !== 'waiting')
      this.#state.value = { status: 'waiting', ...this.#last() };
    if (this.#busy || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    }, this.#pauseMs);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#due) {
      this.#due = false;
      const epoch = this.#epoch;
      const outcome = await this.#outcome();
      if (epoch === this.#epoch) this.#take(outcome);
    }
    this.#busy = false;
  }

  #take(outcome: Answer<Told>): void {
    this.#state.value =
      this.#due && outcome.status === 'ready' ? { status: 'waiting', last: outcome.last } : outcome;
  }

  async #outcome(): Promise<Answer<Told>> {
    try {
      return { status: 'ready', last: await this.#ask() };
    } catch (error) {
      const shown = error instanceof ApiError ? error : new ApiError('failed');
      return { status: 'error', error: shown, ...this.#last() };
    }
  }

  #last(): { last?: Told } {
    const last = lastOf(this.#state.peek());
    return last ? { last } : {};
  }
}
