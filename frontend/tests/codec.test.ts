import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDrawing, DrawingError, encodeDrawing, parseDrawing } from '../src/drawing/codec.ts';
import { FREE, mark, QUALITIES, UNMARKED } from '../src/drawing/marks.ts';
import { decodeRuns, encodeRuns } from '../src/drawing/runs.ts';

const COUNT = 60;
const value = fc.oneof(
  fc.constant(UNMARKED),
  fc.constant(FREE),
  fc
    .tuple(fc.integer({ min: 1, max: 10 }), fc.constantFrom(...QUALITIES))
    .map(([i, q]) => mark(i, q)),
);
const marks = fc
  .array(value, { minLength: COUNT, maxLength: COUNT })
  .map((values) => Uint8Array.from(values));

describe('runs', () => {
  it.each([
    [[], []],
    [[0], [0, 1]],
    [
      [3, 4, 5],
      [3, 3],
    ],
    [
      [0, 1, 5, 6, 9],
      [0, 2, 3, 2, 2, 1],
    ],
  ])('codes %j as %j', (vertices, runs) => {
    expect(encodeRuns(vertices)).toEqual(runs);
    expect(decodeRuns(runs, 10)).toEqual(vertices);
  });

  it('brings any set of vertices back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 999 })), (vertices) => {
        const sorted = [...vertices].sort((a, b) => a - b);
        expect(decodeRuns(encodeRuns(sorted), 1000)).toEqual(sorted);
      }),
    );
  });

  it.each([[[1]], [[0, 0]], [[-1, 2]], [[0.5, 1]], [[8, 3]]])('refuses %j', (runs) => {
    expect(() => decodeRuns(runs, 10)).toThrow(RangeError);
  });
});

describe('a drawing as JSON', () => {
  it('comes back exactly when named places only were asked', () => {
    fc.assert(
      fc.property(marks, (drawing) => {
        const json = JSON.stringify(encodeDrawing(drawing, 'b1', 'named places only'));
        expect(parseDrawing(json, 'b1', COUNT)).toEqual({
          marks: drawing,
          answers: 'named places only',
          loose: [],
        });
      }),
    );
  });

  it('needs no free places when the whole body was asked', () => {
    fc.assert(
      fc.property(marks, (drawing) => {
        const json = encodeDrawing(drawing, 'b1', 'whole body');
        expect(json.free).toBeUndefined();
        const back = decodeDrawing(json, 'b1', COUNT).marks;
        expect(back).toEqual(drawing.map((byte) => (byte === FREE ? UNMARKED : byte)));
      }),
    );
  });

  it('is small for a typical drawing', () => {
    const drawing = new Uint8Array(18_410);
    for (let v = 2000; v < 3800; v += 9) drawing.fill(mark(6, 'ache'), v, v + 7);
    expect(JSON.stringify(encodeDrawing(drawing, 'b1', 'whole body')).length).toBeLessThan(10_000);
  });

  const good = encodeDrawing(new Uint8Array(COUNT).fill(mark(3, 'numb'), 4, 9), 'b1', 'whole body');
  it.each([
    ['text that is no JSON', '{', 'not-json'],
    ['another kind of file', '{"schema":"x"}', 'not-a-drawing'],
    ['an array', '[]', 'not-a-drawing'],
    [
      'an intensity of 11',
      JSON.stringify(good).replace('"intensity":3', '"intensity":11'),
      'not-a-drawing',
    ],
    ['an unknown quality', JSON.stringify(good).replace('numb', 'itchy'), 'not-a-drawing'],
    ['vertices off the body', JSON.stringify(good).replace('[4,5]', '[58,5]'), 'not-a-drawing'],
    ['another body', JSON.stringify(good).replace('b1', 'b0'), 'other-body'],
    [
      'a vertex marked twice',
      JSON.stringify({ ...good, marks: [...good.marks, ...good.marks] }),
      'not-a-drawing',
    ],
  ])('refuses %s', (_, text, code) => {
    expect(() => parseDrawing(text, 'b1', COUNT)).toThrow(new DrawingError(code as 'not-json'));
  });

  it('keeps loosely named places, and only where places were named', () => {
    const marks = new Uint8Array(COUNT);
    for (const vertex of [3, 4, 5]) marks[vertex] = mark(5, 'unspecified');
    const json = encodeDrawing(marks, 'b1', 'named places only', [[3, 4, 5]]);
    expect(decodeDrawing(json, 'b1', COUNT).loose).toEqual([[3, 4, 5]]);
    expect(encodeDrawing(marks, 'b1', 'whole body', [[3, 4, 5]]).loose).toBeUndefined();
    expect(() => decodeDrawing({ ...json, loose: [[COUNT, 2]] }, 'b1', COUNT)).toThrow(
      DrawingError,
    );
  });
});
