/**
 * A course as it is typed: texts, so that nothing typed is lost or turned into something else. What
 * is empty was not assessed, which is never 0.
 */
import type { CourseJson } from '../api/types.ts';

export interface ScoreRow {
  readonly id: number;
  readonly day: string;
  readonly value: string;
}

export const COUNTS = ['needles', 'insertions', 'ltr'] as const;
export type Count = (typeof COUNTS)[number];

export interface SessionRow extends Readonly<Record<Count, string>> {
  readonly id: number;
  readonly day: string;
}

export interface Draft {
  readonly outcome: string;
  readonly region: string;
  readonly planned: string;
  readonly today: string;
  readonly scores: readonly ScoreRow[];
  readonly sessions: readonly SessionRow[];
  /** Fields of a file that the form has no place for; they go back out as they came. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export const BLANK: Draft = {
  outcome: 'nprs',
  region: '',
  planned: '',
  today: '',
  scores: [],
  sessions: [],
  extra: {},
};

/** What is wrong with a field; the server's own words come as `said`. */
export type Fault =
  'number' | 'whole' | 'missing' | { readonly said: string; readonly shown: boolean };

/** Faults by place: `planned`, or `score 3 value` with the row's id. */
export type Faults = ReadonlyMap<string, Fault>;

export interface Reading {
  readonly course: CourseJson;
  readonly faults: Faults;
  /** Row ids in the order in which the rows were sent. */
  readonly sent: { readonly scores: readonly number[]; readonly sessions: readonly number[] };
}

export const scorePlace = (id: number, field: 'day' | 'value'): string => `score ${id} ${field}`;
export const sessionPlace = (id: number, field: 'day' | Count): string => `session ${id} ${field}`;

/** The number that a text says, or undefined; a comma is as good as a point. */
export function numberOf(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace('−', '-');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

/** The course of a draft, and what of it cannot be read. Rows without any entry are left out. */
export function read(draft: Draft): Reading {
  const faults = new Map<string, Fault>();
  const needed = (place: string, text: string): number => {
    const found = numberOf(text);
    if (found === undefined) faults.set(place, text.trim() ? 'number' : 'missing');
    return found ?? 0;
  };
  const optional = (place: string, text: string, whole: boolean): number | null => {
    if (!text.trim()) return null;
    const found = numberOf(text);
    if (found === undefined) faults.set(place, 'number');
    else if (whole && !Number.isInteger(found)) faults.set(place, 'whole');
    return found ?? null;
  };
  const scores = draft.scores.filter(({ day, value }) => (day + value).trim());
  const sessions = draft.sessions.filter((row) =>
    [row.day, ...COUNTS.map((name) => row[name])].join('').trim(),
  );
  const planned = optional('planned', draft.planned, true);
  const today = optional('today', draft.today, false);
  const course: CourseJson = {
    schema: 'tautband.course/1',
    ...draft.extra,
    outcome: draft.outcome,
    ...(draft.region && { region: draft.region }),
    scores: scores.map(({ id, day, value }) => ({
      day: needed(scorePlace(id, 'day'), day),
      value: needed(scorePlace(id, 'value'), value),
    })),
    sessions: sessions.map((row) => ({
      day: needed(sessionPlace(row.id, 'day'), row.day),
      needles: optional(sessionPlace(row.id, 'needles'), row.needles, true),
      insertions: optional(sessionPlace(row.id, 'insertions'), row.insertions, true),
      ltr: optional(sessionPlace(row.id, 'ltr'), row.ltr, true),
    })),
    ...(planned !== null && { planned_sessions: planned }),
    ...(today !== null && { today }),
  };
  return {
    course,
    faults,
    sent: { scores: scores.map(({ id }) => id), sessions: sessions.map(({ id }) => id) },
  };
}

/** Where a field that the server refused is entered; undefined when the form has no such place. */
export function placeOf(field: string, { sent }: Reading): string | undefined {
  const row = /(?:^|\.)(scores|sessions)\[(\d+)\](?:\.(\w+))?$/.exec(field);
  if (row && !field.startsWith('outcomes[')) {
    const [, list, number, name] = row;
    const id = sent[list as 'scores' | 'sessions'][Number(number)];
    if (id === undefined) return undefined;
    if (list === 'scores') return scorePlace(id, name === 'day' ? 'day' : 'value');
    const count = COUNTS.find((one) => one === name);
    return sessionPlace(id, count ?? 'day');
  }
  if (field === 'planned_sessions') return 'planned';
  return ['today', 'outcome', 'region', 'scores'].find((one) => one === field);
}

/** A course file as a draft; undefined when it is not an object with a list of scores. */
export function fromCourse(told: unknown): Draft | undefined {
  if (!isObject(told)) return undefined;
  const { scores = [], sessions = [], outcome, region, planned_sessions, today, ...extra } = told;
  if (!Array.isArray(scores) || !Array.isArray(sessions)) return undefined;
  if (![...(scores as unknown[]), ...(sessions as unknown[])].every(isObject)) return undefined;
  let id = 0;
  const rows = (list: unknown[]): Record<string, unknown>[] => list as Record<string, unknown>[];
  return {
    outcome: shown(outcome),
    region: shown(region),
    planned: shown(planned_sessions),
    today: shown(today),
    scores: rows(scores).map((row) => ({ id: ++id, day: shown(row.day), value: shown(row.value) })),
    sessions: rows(sessions).map((row) => ({
      id: ++id,
      day: shown(row.day),
      needles: shown(row.needles),
      insertions: shown(row.insertions),
      ltr: shown(row.ltr),
    })),
    extra,
  };
}

/** Sets the score of a day, in place of the one that this day may have. */
export function withScore(draft: Draft, day: string, value: string): Draft {
  const at = numberOf(day);
  const same = draft.scores.find((row) => numberOf(row.day) === at);
  const scores = same
    ? draft.scores.map((row) => (row === same ? { ...row, value } : row))
    : [...draft.scores, { id: nextId(draft), day: day.trim(), value }].sort(
        (a, b) => (numberOf(a.day) ?? 0) - (numberOf(b.day) ?? 0),
      );
  return { ...draft, scores };
}

/** A further session, as far from the last as that was from the one before, or a week. */
export function withSession(draft: Draft): Draft {
  const days = draft.sessions.map(({ day }) => numberOf(day)).filter((day) => day !== undefined);
  const last = days.at(-1);
  const before = days.at(-2);
  const gap = last !== undefined && before !== undefined && last > before ? last - before : 7;
  const day = last === undefined ? 0 : last + gap;
  const row = { id: nextId(draft), day: String(day), needles: '', insertions: '', ltr: '' };
  return { ...draft, sessions: [...draft.sessions, row] };
}

/** The day after the last score: what one most likely types next. */
export function nextDay(draft: Draft): number {
  const days = draft.scores.map(({ day }) => numberOf(day)).filter((day) => day !== undefined);
  return days.length ? Math.floor(Math.max(...days)) + 1 : 0;
}

export function isBlank(draft: Draft): boolean {
  const { scores, sessions, planned, today, region } = draft;
  return !scores.length && !sessions.length && !(planned + today + region);
}

const nextId = ({ scores, sessions }: Draft): number =>
  Math.max(0, ...scores.map(({ id }) => id), ...sessions.map(({ id }) => id)) + 1;

const isObject = (told: unknown): told is Record<string, unknown> =>
  typeof told === 'object' && told !== null && !Array.isArray(told);

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
