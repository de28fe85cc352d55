/** Findings of the page and rows of the record: what was loaded, and what has changed since. */
import type { Side } from '../api/types.ts';
import type { Findings } from '../locate/findings.ts';

export interface FindingRow {
  readonly id: string;
  readonly version: number;
  readonly muscle: string;
  readonly side: string;
  readonly sign: string;
  readonly answer: string;
}

export interface Changed {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const NOT_EXAMINED = 'not examined';

export class SavedFindings {
  readonly #ids = new Map<string, string>();
  readonly #answers = new Map<string, string>();
  readonly #newId: () => string;

  constructor(rows: readonly FindingRow[], newId: () => string = () => crypto.randomUUID()) {
    this.#newId = newId;
    for (const row of rows) {
      this.#ids.set(keyOf(row), row.id);
      this.#answers.set(keyOf(row), row.answer);
    }
  }

  /** Enters what was stored. */
  static restore(
    findings: Findings,
    rows: readonly FindingRow[],
    names: Readonly<Record<string, string>>,
  ): void {
    for (const { muscle, side, sign, answer } of rows) {
      if (answer === NOT_EXAMINED) continue;
      const place = { muscle, side: side as Side, name: names[muscle] ?? muscle };
      findings.set(place, sign, answer === 'present');
    }
  }

  /** What differs from what was told last; from then on it counts as told. */
  changes(findings: Findings): Changed[] {
    const now = new Map<string, Readonly<Record<string, unknown>>>();
    for (const { muscle, side, signs } of findings.examined.value)
      for (const [sign, found] of signs) {
        const answer = found ? 'present' : 'absent';
        now.set(keyOf({ muscle, side, sign }), { muscle, side, sign, answer });
      }
    for (const [key, answer] of this.#answers)
      if (!now.has(key) && answer !== NOT_EXAMINED) {
        const [muscle, side, sign] = JSON.parse(key) as [string, string, string];
        now.set(key, { muscle, side, sign, answer: NOT_EXAMINED });
      }
    const changed: Changed[] = [];
    for (const [key, values] of now) {
      if (this.#answers.get(key) === values.answer) continue;
      const id = this.#ids.get(key) ?? this.#newId();
      this.#ids.set(key, id);
      this.#answers.set(key, String(values.answer));
      changed.push({ id, values });
    }
    return changed;
  }
}

const keyOf = ({ muscle, side, sign }: Pick<FindingRow, 'muscle' | 'side' | 'sign'>): string =>
  JSON.stringify([muscle, side, sign]);
