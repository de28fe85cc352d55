/** What is painted, in words: the marked regions of a drawing. */
import type { Surface } from '../body/surface.ts';
import { UNMARKED, type Marks } from './marks.ts';

export interface PaintedRegion {
  /** Index in the region table. */
  readonly region: number;
  /** Share of the region's skin that is marked, 0..1. */
  readonly share: number;
  /** The mark that covers most of the region's marked skin. */
  readonly value: number;
}

/** Regions shown as one line: one, or the same one on both sides when they are marked alike. */
export interface PaintedGroup {
  readonly regions: readonly number[];
  readonly value: number;
}

export function grouped(rows: readonly PaintedRegion[], regionCount: number): PaintedGroup[] {
  const groups = new Map<string, { regions: number[]; value: number }>();
  for (const { region, value } of rows) {
    const key = `${region % regionCount}:${value}`;
    const group = groups.get(key);
    if (group) group.regions.push(region);
    else groups.set(key, { regions: [region], value });
  }
  return [...groups.values()];
}

/** Below this share a region only catches the brush's edge and is not worth a line. */
const LEAST_SHARE = 0.08;

interface Tally {
  /** cm2 of the region beside the midline and, halved, on it. */
  beside: number;
  middle: number;
  paintedBeside: number;
  paintedMiddle: number;
  readonly values: Map<number, number>;
}

export function paintedRegions(surface: Surface, marks: Marks): PaintedRegion[] {
  const tallies = tally(surface, marks);
  const own = ({ paintedBeside, beside }: Tally): number => (beside ? paintedBeside / beside : 0);
  const share = (one: Tally): number =>
    (one.paintedBeside + one.paintedMiddle) / (one.beside + one.middle || 1);
  const rows = tallies
    .map((one, region) => ({ one, region, painted: one.paintedBeside + one.paintedMiddle }))
    .filter(({ painted }) => painted > 0)
    .sort((a, b) => b.painted - a.painted);
  // The midline is part of both sides: it alone does not make the other side painted.
  const kept = rows.filter(({ one, region }) => {
    const other = tallies[(region + surface.regionCount) % tallies.length]!;
    return own(one) >= LEAST_SHARE || (own(other) < LEAST_SHARE && share(one) >= LEAST_SHARE);
  });
  return (kept.length ? kept : rows.slice(0, 1)).map(({ one, region }) => {
    const [value] = [...one.values].reduce((a, b) => (b[1] > a[1] ? b : a));
    return { region, share: share(one), value };
  });
}

/** Areas by region of the table. */
function tally({ count, region, regionCount, half, area }: Surface, marks: Marks): Tally[] {
  const tallies = Array.from({ length: regionCount * 2 }, (): Tally => ({
    beside: 0,
    middle: 0,
    paintedBeside: 0,
    paintedMiddle: 0,
    values: new Map(),
  }));
  const add = (index: number, value: number, cm2: number, middle: boolean): void => {
    const one = tallies[index]!;
    one[middle ? 'middle' : 'beside'] += cm2;
    if (value === UNMARKED) return;
    one[middle ? 'paintedMiddle' : 'paintedBeside'] += cm2;
    one.values.set(value, (one.values.get(value) ?? 0) + cm2);
  };
  for (let v = 0; v < count; v++) {
    const side = half[v]!;
    const cm2 = side ? area[v]! : area[v]! / 2;
    if (side >= 0) add(region[v]!, marks[v]!, cm2, side === 0);
    if (side <= 0) add(region[v]! + regionCount, marks[v]!, cm2, side === 0);
  }
  return tallies;
}
