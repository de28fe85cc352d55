/** Where days and scores stand in the drawing, in pixels. */
import type { CurvePoint } from '../api/types.ts';

export type Scale = (value: number) => number;

/** Straight from one span to another. */
export function linear(from: readonly [number, number], to: readonly [number, number]): Scale {
  const width = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / width) * (to[1] - to[0]);
}

/** Round values within a span, at most `most` of them, in steps of 1, 2 or 5 times a power of 10. */
export function roundTicks(low: number, high: number, most: number): number[] {
  const least = (high - low) / Math.max(1, most - 1);
  const power = 10 ** Math.floor(Math.log10(least || 1));
  const step = ([1, 2, 5, 10].find((n) => n * power >= least - 1e-9) ?? 10) * power;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9; n++)
    ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

/** Weeks since `origin` that fall into the days shown, thinned to at most `most`. */
export function weekTicks(
  days: readonly [number, number],
  origin: number,
  most: number,
): { week: number; day: number }[] {
  const first = Math.ceil((days[0] - origin) / 7 - 1e-9);
  const last = Math.floor((days[1] - origin) / 7 + 1e-9);
  const step = [1, 2, 4, 8, 13, 26, 52].find((n) => (last - first) / n < most) ?? 104;
  const ticks = [];
  for (let n = Math.ceil(first / step); n * step <= last; n++)
    ticks.push({ week: n * step, day: origin + n * step * 7 });
  return ticks;
}

type Point = readonly [number, number];
const told = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The middle of a curve as a path. */
export function line(curve: readonly CurvePoint[], x: Scale, y: Scale): string {
  return curve.map((p, i) => `${i ? 'L' : 'M'}${told([x(p.day), y(p.middle)])}`).join('');
}

/** A curve's interval as a closed path: along its low end and back along its high end. */
export function band(curve: readonly CurvePoint[], x: Scale, y: Scale): string {
  if (!curve.length) return '';
  const low = curve.map((p) => told([x(p.day), y(p.low)]));
  const high = [...curve].reverse().map((p) => told([x(p.day), y(p.high)]));
  return `M${[...low, ...high].join('L')}Z`;
}

/** The points of a curve nearest to whole weeks since `origin`, for a table. */
export function atWeeks(
  curve: readonly CurvePoint[],
  origin: number,
): { week: number; point: CurvePoint }[] {
  const found = new Map<number, CurvePoint>();
  for (const point of curve) {
    const week = Math.round((point.day - origin) / 7);
    const off = (p: CurvePoint): number => Math.abs(p.day - origin - week * 7);
    const last = found.get(week);
    if (off(point) < 0.75 && (!last || off(point) < off(last))) found.set(week, point);
  }
  return [...found].map(([week, point]) => ({ week, point }));
}
