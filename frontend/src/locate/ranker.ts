/**
 * Keeps a ranking of the newest drawing: at most one question under way; while it is, changes only
 * note that another is due, and that one is asked of the drawing as it then is.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { ApiError } from '../api/client.ts';
import type { Location } from '../api/types.ts';

export type Ranking =
  | { readonly status: 'empty' }
  | { readonly status: 'waiting'; readonly last?: Location }
  | { readonly status: 'ready'; readonly last: Location }
  | { readonly status: 'error'; readonly error: ApiError; readonly last?: Location };

type Answer = Extract<Ranking, { status: 'ready' | 'error' }>;

/** The newest answer so far, whatever has happened since. */
export function lastOf(state: Ranking): Location | undefined {
  return 'last' in state ? state.last : undefined;
}

export class Ranker {
  readonly #state = signal<Ranking>({ status: 'empty' });
  readonly #ask: () => Promise<Location>;
  readonly #pauseMs: number;
  #due = false;
  #busy = false;
  /** Counts how often the drawing was emptied: an answer about an earlier one is void. */
  #epoch = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask` ranks the drawing as it is at that moment. */
  constructor(ask: () => Promise<Location>, pauseMs = 120) {
    this.#ask = ask;
    this.#pauseMs = pauseMs;
  }

  get state(): ReadonlySignal<Ranking> {
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

  #take(outcome: Answer): void {
    this.#state.value =
      this.#due && outcome.status === 'ready' ? { status: 'waiting', last: outcome.last } : outcome;
  }

  async #outcome(): Promise<Answer> {
    try {
      return { status: 'ready', last: await this.#ask() };
    } catch (error) {
      const shown = error instanceof ApiError ? error : new ApiError('failed');
      return { status: 'error', error: shown, ...this.#last() };
    }
  }

  #last(): { last?: Location } {
    const last = lastOf(this.#state.peek());
    return last ? { last } : {};
  }
}
