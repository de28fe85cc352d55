import { describe, expect, it } from 'vitest';
import { regionVertices } from '../src/body/surface.ts';
import { FREE, mark, UNMARKED } from '../src/drawing/marks.ts';
import { DrawingStore } from '../src/drawing/store.ts';
import { grouped, paintedRegions } from '../src/drawing/summary.ts';
import { flat } from './mesh.ts';

const make = () => {
  const surface = flat(10, 4);
  return { surface, store: new DrawingStore(surface) };
};

function stroke(store: DrawingStore, vertices: number[]): void {
  store.beginStroke();
  store.paint(vertices);
  store.endStroke();
}

describe('DrawingStore', () => {
  it('paints with what is in hand, and one stroke is one step back', () => {
    const { store } = make();
    store.intensity.value = 7;
    store.quality.value = 'burning';
    store.beginStroke();
    store.paint([1, 2]);
    store.paint([2, 3]);
    store.endStroke();
    expect([...store.marks.slice(0, 5)]).toEqual([
      0,
      ...Array<number>(3).fill(mark(7, 'burning')),
      0,
    ]);
    store.undo();
    expect(store.isEmpty).toBe(true);
    store.redo();
    expect(store.marks[2]).toBe(mark(7, 'burning'));
  });

  it('erases, and says "no pain" with intensity 0', () => {
    const { store } = make();
    stroke(store, [1, 2]);
    store.intensity.value = 0;
    stroke(store, [1]);
    store.tool.value = 'erase';
    stroke(store, [2]);
    expect([...store.marks.slice(1, 3)]).toEqual([FREE, UNMARKED]);
    expect(store.hasPain).toBe(false);
  });

  it('lets a mended sentence take the place of the one before, as one step back', () => {
    const { surface, store } = make();
    const said = (vertex: number) => {
      const marks = new Uint8Array(surface.count);
      marks[vertex] = mark(5, 'unspecified');
      return { marks, answers: 'named places only' as const };
    };
    stroke(store, [9]);
    store.add(said(1));
    store.add(said(2), true);
    expect([store.marks[1], store.marks[2], store.marks[9]]).toEqual([
      UNMARKED,
      mark(5, 'unspecified'),
      mark(5, 'ache'),
    ]);
    store.undo();
    expect([store.marks[2], store.marks[9]]).toEqual([UNMARKED, mark(5, 'ache')]);
  });

  it('asks the whole body when painted by hand, named places when filled by name', () => {
    const { store } = make();
    store.fill([4], mark(3, 'ache'));
    expect(store.answers.value).toBe('named places only');
    store.clear();
    stroke(store, [5]);
    expect(store.answers.value).toBe('whole body');
    store.fill([4], mark(3, 'ache'));
    expect(store.answers.value).toBe('whole body');
  });

  it('copies to the other side without overwriting it', () => {
    const { store, surface } = make();
    const mirror = surface.mirror();
    stroke(store, [0, 1]);
    store.intensity.value = 9;
    stroke(store, [mirror[1]!]);
    store.copyToOtherSide();
    expect(mirror[0]).toBe(9);
    expect(store.marks[mirror[0]!]).toBe(mark(5, 'ache'));
    expect(store.marks[mirror[1]!]).toBe(mark(9, 'ache'));
    expect(store.marks[1]).toBe(mark(5, 'ache'));
  });

  it('tells which vertices changed', () => {
    const { store } = make();
    const told: unknown[] = [];
    store.onTouch((vertices) => told.push(vertices));
    stroke(store, [3, 4]);
    stroke(store, [4, 5]);
    store.undo();
    expect(told).toEqual([[3, 4], [5], 'all']);
  });

  it('forgets a stroke that turned out to be a gesture', () => {
    const { store } = make();
    store.beginStroke();
    store.paint([1, 2]);
    store.abandonStroke();
    store.endStroke();
    expect(store.isEmpty).toBe(true);
    expect(store.canUndo.value).toBe(false);
  });
});

describe('paintedRegions', () => {
  it('lists regions by painted skin, with the mark that covers most', () => {
    const { store, surface } = make();
    const left = regionVertices(surface, 0);
    store.fill(left.slice(0, 12), mark(4, 'numb'));
    store.fill(left.slice(0, 3), mark(8, 'sharp'));
    const [row, ...others] = paintedRegions(surface, store.marks);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ region: 0, value: mark(4, 'numb') });
    expect(row!.share).toBeGreaterThan(0.5);
  });

  it('does not take the midline of one side for the other side', () => {
    const surface = flat(11, 4);
    const store = new DrawingStore(surface);
    const [left, right] = [regionVertices(surface, 0), regionVertices(surface, 1)];
    expect(left.filter((v) => right.includes(v))).toHaveLength(4);
    store.fill(left, mark(4, 'ache'));
    expect(paintedRegions(surface, store.marks).map((row) => row.region)).toEqual([0]);
    store.clear();
    store.fill(
      left.filter((v) => right.includes(v)),
      mark(4, 'ache'),
    );
    expect(paintedRegions(surface, store.marks).map((row) => row.region)).toEqual([0, 1]);
  });

  it('shows both sides as one line when they are marked alike', () => {
    const row = (region: number, value: number) => ({ region, value, share: 0.5 });
    expect(grouped([row(3, 5), row(1, 5), row(13, 5), row(11, 6)], 10)).toEqual([
      { regions: [3, 13], value: 5 },
      { regions: [1], value: 5 },
      { regions: [11], value: 6 },
    ]);
  });

  it('keeps the only region even when little of it is painted', () => {
    const { store, surface } = make();
    store.fill([0], mark(4, 'ache'));
    expect(paintedRegions(surface, store.marks)).toHaveLength(1);
  });
});
