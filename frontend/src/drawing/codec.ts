/** The drawing's file and wire form, schema tautband.drawing/1: exact there and back. */
import type { DrawingJson } from '../api/types.ts';
import { decodeRuns, encodeRuns } from './runs.ts';
import {
  FREE,
  isPain,
  intensityOf,
  mark,
  MAX_INTENSITY,
  QUALITIES,
  qualityOf,
  UNMARKED,
  type Marks,
} from './marks.ts';

export const SCHEMA = 'tautband.drawing/1';

/** What unmarked skin means: free of pain, or never asked about. */
export type Answers = DrawingJson['answers'];

export interface DecodedDrawing {
  marks: Marks;
  answers: Answers;
  /** Loosely named places: it hurts somewhere in each, not on each spot. */
  loose: readonly (readonly number[])[];
}

/** Why a file is not a drawing for this body; `code` picks the sentence shown. */
export class DrawingError extends Error {
  constructor(readonly code: 'not-json' | 'not-a-drawing' | 'other-body') {
    super(code);
  }
}

export function encodeDrawing(
  marks: Marks,
  body: string,
  answers: Answers,
  loose: DecodedDrawing['loose'] = [],
): DrawingJson {
  const groups = new Map<number, number[]>();
  const free: number[] = [];
  marks.forEach((value, vertex) => {
    if (value === FREE) free.push(vertex);
    else if (value !== UNMARKED) {
      const group = groups.get(value);
      if (group) group.push(vertex);
      else groups.set(value, [vertex]);
    }
  });
  const drawing: DrawingJson = {
    schema: SCHEMA,
    body,
    answers,
    marks: [...groups]
      .sort(([a], [b]) => a - b)
      .map(([value, vertices]) => ({
        intensity: intensityOf(value),
        quality: qualityOf(value),
        vertices: encodeRuns(vertices),
      })),
  };
  if (answers === 'named places only') {
    drawing.free = encodeRuns(free);
    if (loose.length) drawing.loose = loose.map(encodeRuns);
  }
  return drawing;
}

export function decodeDrawing(json: unknown, body: string, count: number): DecodedDrawing {
  if (!isDrawing(json)) throw new DrawingError('not-a-drawing');
  if (json.body !== body) throw new DrawingError('other-body');
  const marks = new Uint8Array(count);
  let loose: number[][];
  try {
    for (const vertex of decodeRuns(json.free ?? [], count)) marks[vertex] = FREE;
    for (const { intensity, quality, vertices } of json.marks)
      for (const vertex of decodeRuns(vertices, count)) {
        if (isPain(marks[vertex]!)) throw new DrawingError('not-a-drawing');
        marks[vertex] = mark(intensity, quality);
      }
    loose = (json.loose ?? []).map((runs) => [...decodeRuns(runs, count)]);
  } catch {
    throw new DrawingError('not-a-drawing');
  }
  return { marks, answers: json.answers, loose };
}

/** Reads the text of a drawing file. */
export function parseDrawing(text: string, body: string, count: number): DecodedDrawing {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new DrawingError('not-json');
  }
  return decodeDrawing(json, body, count);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');

function isDrawing(json: unknown): json is DrawingJson {
  return (
    isRecord(json) &&
    json.schema === SCHEMA &&
    typeof json.body === 'string' &&
    (json.answers === 'whole body' || json.answers === 'named places only') &&
    (json.free === undefined || isNumbers(json.free)) &&
    (json.loose === undefined || (Array.isArray(json.loose) && json.loose.every(isNumbers))) &&
    Array.isArray(json.marks) &&
    json.marks.every(
      (item) =>
        isRecord(item) &&
        QUALITIES.some((quality) => quality === item.quality) &&
        Number.isInteger(item.intensity) &&
        (item.intensity as number) >= 1 &&
        (item.intensity as number) <= MAX_INTENSITY &&
        isNumbers(item.vertices),
    )
  );
}
