/** The course on the page, and its forecast. Kept in this tab alone, until it is closed. */
import { computed, effect, signal } from '@preact/signals';
import { api, spoken } from '../api/client.ts';
import type { CourseJson, Forecast } from '../api/types.ts';
import { Ranker } from '../locate/ranker.ts';
import {
  BLANK,
  fromCourse,
  isBlank,
  placeOf,
  read,
  type Draft,
  type Fault,
  type Faults,
  type Reading,
} from './draft.ts';

const KEY = 'tautband.course';
const PAUSE_MS = 250;

export class CourseStore {
  readonly draft = signal<Draft>(kept());
  readonly reading = computed(() => read(this.draft.value));
  /** The newest reading without a fault, and the one that the newest answer is about. */
  #sound = this.reading.peek();
  readonly #asked = signal<Reading>(this.#sound);
  readonly #asker = new Ranker<Forecast>(() => {
    this.#asked.value = this.#sound;
    return api.forecast(this.#sound.course);
  }, PAUSE_MS);
  readonly state = this.#asker.state;

  /** What cannot be read here, else what the server refused, each at its place. */
  readonly faults = computed<Faults>(() => {
    const { faults } = this.reading.value;
    const state = this.state.value;
    if (faults.size || state.status !== 'error' || !state.error.detail) return faults;
    const place = placeOf(state.error.detail.field, this.#asked.value);
    const fault: Fault = { said: spoken(state.error.detail), shown: place !== undefined };
    return new Map([[place ?? 'elsewhere', fault]]);
  });

  constructor() {
    effect(() => {
      const draft = this.draft.value;
      if (isBlank(draft)) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify(draft));
    });
    effect(() => {
      const { course, faults } = this.reading.value;
      if (!faults.size) this.#sound = this.reading.value;
      if (!course.scores.length) this.#asker.changed(false);
      else if (!faults.size) this.#asker.changed(true);
    });
  }

  /** The course that was last asked about. */
  get judged(): CourseJson {
    return this.#asked.value.course;
  }

  change(part: Partial<Draft>): void {
    this.draft.value = { ...this.draft.value, ...part };
  }

  again(): void {
    this.#asker.changed(true);
  }

  clear(): void {
    this.draft.value = BLANK;
  }

  /** Takes a course file; false when it is none, and then nothing is changed. */
  open(text: string): boolean {
    const draft = parsed(text);
    if (draft) this.draft.value = draft;
    return draft !== undefined;
  }
}

function parsed(text: string): Draft | undefined {
  try {
    return fromCourse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What this tab kept; anything else in its place is as good as nothing. */
function kept(): Draft {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Draft | null;
    if (found && Array.isArray(found.scores) && Array.isArray(found.sessions))
      return { ...BLANK, ...found };
  } catch {
    sessionStorage.removeItem(KEY);
  }
  return BLANK;
}
