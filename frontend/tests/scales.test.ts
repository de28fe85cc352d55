import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atWeeks, band, line, linear, roundTicks, weekTicks } from '../src/course/scales.ts';

const identity = (value: number): number => value;
const point = (day: number, middle: number) => ({ day, low: middle - 1, middle, high: middle + 1 });

describe('linear', () => {
  it('takes the ends to the ends, also where the picture runs downwards', () => {
    const y = linear([0, 10], [300, 20]);
    expect([y(0), y(5), y(10)]).toEqual([300, 160, 20]);
  });

  it('stays finite where a span has no width', () => {
    expect(linear([3, 3], [0, 100])(3)).toBe(0);
  });
});

describe('roundTicks', () => {
  it.each([
    [0, 10, 6, [0, 2, 4, 6, 8, 10]],
    [36, 78, 6, [40, 50, 60, 70]],
    [-7, 7, 6, [-5, 0, 5]],
    [0, 2500, 6, [0, 500, 1000, 1500, 2000, 2500]],
  ])('%d to %d, at most %d', (low, high, most, expected) => {
    expect(roundTicks(low, high, most)).toEqual(expected);
  });

  it('lies within the span and is never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, width, most) => {
          const ticks = roundTicks(low, low + width, most);
          expect(ticks.length).toBeLessThanOrEqual(most);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - 1e-6 * Math.max(1, Math.abs(low)));
            expect(tick).toBeLessThanOrEqual(low + width + 1e-6 * Math.max(1, Math.abs(low)));
          }
        },
      ),
    );
  });
});

describe('weekTicks', () => {
  it('counts from the first session and goes before it', () => {
    expect(weekTicks([-14, 28], 0, 10).map(({ week }) => week)).toEqual([-2, -1, 0, 1, 2, 3, 4]);
    expect(weekTicks([-14, 28], 3, 10)[0]).toEqual({ week: -2, day: -11 });
  });

  it('is thinned with week 0 kept', () => {
    expect(weekTicks([-14, 84], 0, 8).map(({ week }) => week)).toEqual([-2, 0, 2, 4, 6, 8, 10, 12]);
  });
});

describe('paths', () => {
  const curve = [point(0, 6), point(7, 5)];

  it('a line goes through the middles', () => {
    expect(line(curve, identity, identity)).toBe('M0.0 6.0L7.0 5.0');
    expect(line([], identity, identity)).toBe('');
  });

  it('a band goes out along the low end and back along the high one', () => {
    expect(band(curve, identity, identity)).toBe('M0.0 5.0L7.0 4.0L7.0 6.0L0.0 7.0Z');
    expect(band([], identity, identity)).toBe('');
  });
});

describe('atWeeks', () => {
  it('takes the nearest point of each whole week', () => {
    const days = [0, 0.3, 5, 6.8, 7.1, 13.4];
    const found = atWeeks(
      days.map((day) => point(day, 5)),
      0,
    );
    expect(found.map(({ week, point: { day } }) => [week, day])).toEqual([
      [0, 0],
      [1, 7.1],
      [2, 13.4],
    ]);
  });
});
