import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import example from '../src/course/example.json?raw';
import {
  BLANK,
  fromCourse,
  isBlank,
  nextDay,
  numberOf,
  placeOf,
  read,
  scorePlace,
  sessionPlace,
  withScore,
  withSession,
  type Draft,
} from '../src/course/draft.ts';
import { readAnswers } from '../src/course/items.ts';
import type { Instrument } from '../src/api/types.ts';

const score = (id: number, day: string, value: string) => ({ id, day, value });
const session = (id: number, day: string, ltr = '') => ({
  id,
  day,
  needles: '',
  insertions: '',
  ltr,
});
const draft = (part: Partial<Draft>): Draft => ({ ...BLANK, ...part });

describe('numberOf', () => {
  it.each([
    ['3', 3],
    [' -14 ', -14],
    ['−2', -2],
    ['6,5', 6.5],
    ['.5', 0.5],
    ['', undefined],
    ['six', undefined],
    ['1e9', undefined],
    ['Infinity', undefined],
    ['5 6', undefined],
  ])('%j is %j', (text, expected) => {
    expect(numberOf(text)).toBe(expected);
  });
});

describe('a draft read', () => {
  it('keeps what was not assessed as null, never as 0', () => {
    const { course, faults } = read(draft({ sessions: [session(1, '0'), session(2, '7', '0')] }));
    expect(faults.size).toBe(0);
    expect(course.sessions).toEqual([
      { day: 0, needles: null, insertions: null, ltr: null },
      { day: 7, needles: null, insertions: null, ltr: 0 },
    ]);
  });

  it('tells each fault at its place, and leaves rows without any entry out', () => {
    const { course, faults, sent } = read(
      draft({
        scores: [score(1, '', ''), score(2, '0', 'six'), score(3, '', '4')],
        sessions: [session(4, '0', '1.5')],
        planned: 'many',
      }),
    );
    expect(course.scores).toHaveLength(2);
    expect(sent.scores).toEqual([2, 3]);
    expect([...faults]).toEqual([
      ['planned', 'number'],
      [scorePlace(2, 'value'), 'number'],
      [scorePlace(3, 'day'), 'missing'],
      [sessionPlace(4, 'ltr'), 'whole'],
    ]);
  });

  it('finds the row that the server refused, also behind the name of the outcome', () => {
    const reading = read(
      draft({ scores: [score(1, '', ''), score(2, '0', '11')], sessions: [session(9, '0')] }),
    );
    expect(placeOf('scores[0].value', reading)).toBe(scorePlace(2, 'value'));
    expect(placeOf('NPRS.scores[0].day', reading)).toBe(scorePlace(2, 'day'));
    expect(placeOf('sessions[0].ltr', reading)).toBe(sessionPlace(9, 'ltr'));
    expect(placeOf('planned_sessions', reading)).toBe('planned');
    expect(placeOf('outcomes[0].scores[0].value', reading)).toBeUndefined();
    expect(placeOf('scores[7].value', reading)).toBeUndefined();
    expect(placeOf('baseline_days', reading)).toBeUndefined();
  });
});

describe('entering', () => {
  it('offers the day after the last and replaces the score of a day', () => {
    let now = BLANK;
    expect(nextDay(now)).toBe(0);
    now = withScore(now, '0', '6');
    now = withScore(now, '-3', '7');
    now = withScore(now, '0', '5');
    expect(now.scores.map(({ day, value }) => [day, value])).toEqual([
      ['-3', '7'],
      ['0', '5'],
    ]);
    expect(nextDay(now)).toBe(1);
    expect(isBlank(now)).toBe(false);
  });

  it('sets a further session as far on as the last two lie apart', () => {
    let now = withSession(withSession(BLANK));
    expect(now.sessions.map(({ day }) => day)).toEqual(['0', '7']);
    now = withSession(draft({ sessions: [session(1, '0'), session(2, '4')] }));
    expect(now.sessions.at(-1)?.day).toBe('8');
    expect(now.sessions.at(-1)?.ltr).toBe('');
  });
});

describe('a course file', () => {
  it('comes back as it went in', () => {
    const told = JSON.parse(example) as Record<string, unknown>;
    expect(read(fromCourse(told)!).course).toEqual(told);
  });

  it('keeps fields that the form has no place for', () => {
    const told = {
      schema: 'tautband.course/1',
      outcome: 'steps a day',
      range: [0, 20000],
      better: 'higher',
      scores: [{ day: 0, value: 4000 }],
      sessions: [],
    };
    expect(read(fromCourse(told)!).course).toEqual(told);
  });

  it('shows what is no number where it can be put right', () => {
    const made = fromCourse({ outcome: 'nprs', scores: [{ day: 'Monday', value: true }] })!;
    expect([...read(made).faults.values()]).toEqual(['number', 'number']);
    expect(made.scores[0]).toMatchObject({ day: 'Monday', value: 'true' });
  });

  it.each([[null], [[]], ['text'], [{ scores: 'six' }], [{ scores: [3] }], [{ sessions: {} }]])(
    '%j is none',
    (told) => {
      expect(fromCourse(told)).toBeUndefined();
    },
  );

  it('never throws and never turns an empty field into 0', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (told) => {
        const made = fromCourse(told);
        if (made) expect(read(made).course).toBeDefined();
      }),
    );
  });
});

describe('answers of a measure', () => {
  const instrument = (count: number, least: number | null = null): Instrument =>
    ({ id: 'peg', items: { count, least_count: least, low: 0, high: 10 } }) as Instrument;
  const sheet = { answers: [] as string[], before: '', region: '', repeats: '' };

  it('sends null for what was not answered', () => {
    const { question, any } = readAnswers(instrument(3), { ...sheet, answers: ['4', '', '6'] });
    expect(question.answers).toEqual([4, null, 6]);
    expect(any).toBe(true);
    expect(readAnswers(instrument(3), sheet).any).toBe(false);
  });

  it('leaves off items that need not be asked', () => {
    const { question } = readAnswers(instrument(5, 1), { ...sheet, answers: ['4', '', '6', ''] });
    expect(question.answers).toEqual([4, null, 6]);
  });

  it('reads repeats apart, and tells what is no number', () => {
    const told = { ...sheet, answers: ['x'], repeats: '7 7,5;8' };
    const { question, faults } = readAnswers(instrument(1), told);
    expect(question.repeats).toEqual([7, 7.5, 8]);
    expect([...faults]).toEqual([['item 0', 'number']]);
  });
});
