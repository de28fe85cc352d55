/** Item answers as they are typed, and as the server takes them: an empty one is null, never 0. */
import type { Instrument, ScoreQuestion } from '../api/types.ts';
import { numberOf, type Fault, type Faults } from './draft.ts';

export interface Sheet {
  readonly answers: readonly string[];
  readonly before: string;
  readonly region: string;
  /** Numbers with spaces or semicolons between. */
  readonly repeats: string;
}

export interface SheetReading {
  readonly question: ScoreQuestion;
  readonly faults: Faults;
  /** Whether there is any answer at all. */
  readonly any: boolean;
}

export function readAnswers({ id, items }: Instrument, sheet: Sheet): SheetReading {
  const faults = new Map<string, Fault>();
  const optional = (place: string, text: string): number | null => {
    if (!text.trim()) return null;
    const found = numberOf(text);
    if (found === undefined) faults.set(place, 'number');
    return found ?? null;
  };
  const answers = Array.from({ length: items.count }, (_, i) =>
    optional(`item ${i}`, sheet.answers[i] ?? ''),
  );
  const any = sheet.answers.some((text) => text.trim());
  // Where fewer items will do, those left empty at the end were not asked.
  const least = items.least_count ?? items.count;
  while (answers.length > least && answers.at(-1) === null) answers.pop();
  const repeats = sheet.repeats.split(/[\s;]+/).filter(Boolean);
  return {
    question: {
      instrument: id,
      answers,
      before: optional('before', sheet.before),
      region: sheet.region,
      repeats: repeats.map((text) => optional('repeats', text) ?? 0),
    },
    faults,
    any,
  };
}
