/** What is painted, in words: the marked regions of a drawing. */
import type { Surface } from '../body/surface.ts';
import { FREE, isPain, type Marks } from './marks.ts';

export interface PaintedRegion {
  /** Index in the region table. */
  readonly region: number;
  /** Share of the region's skin that is marked, 0..1. */
  readonly share: number;
  /** The mark that covers most of the region's marked skin. */
  readonly value: number;
}

/** Below this share a region only catches the brush's edge and is not worth a line. */
const LEAST_SHARE = 0.08;

export function paintedRegions(surface: Surface, marks: Marks): PaintedRegion[] {
  const area = new Map<number, number>();
  const painted = new Map<number, Map<number, number>>();
  for (let v = 0; v < surface.count; v++) {
    const region = surface.region[v]!;
    const cm2 = surface.area[v]!;
    area.set(region, (area.get(region) ?? 0) + cm2);
    const value = marks[v]!;
    if (!isPain(value) && value !== FREE) continue;
    const values = painted.get(region) ?? new Map<number, number>();
    values.set(value, (values.get(value) ?? 0) + cm2);
    painted.set(region, values);
  }
  const rows = [...painted].map(([region, values]) => {
    const total = [...values.values()].reduce((a, b) => a + b, 0);
    const [value] = [...values].reduce((a, b) => (b[1] > a[1] ? b : a));
    return { region, share: total / area.get(region)!, value, total };
  });
  const most = rows.reduce((a, b) => Math.max(a, b.share), 0);
  return rows
    .filter((row) => row.share >= Math.min(LEAST_SHARE, most))
    .sort((a, b) => b.total - a.total)
    .map(({ region, share, value }) => ({ region, share, value }));
}
