import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../src/drawing/history.ts';

const COUNT = 12;
const step = fc.array(fc.tuple(fc.nat({ max: COUNT - 1 }), fc.nat({ max: 5 })), { maxLength: 8 });

function play(history: History, steps: readonly (readonly [number, number][])[]): Uint8Array[] {
  const states = [history.marks.slice()];
  for (const changes of steps) {
    for (const [vertex, value] of changes) history.set(vertex, value);
    if (history.commit()) states.push(history.marks.slice());
  }
  return states;
}

describe('History', () => {
  it('goes back through every state and forward again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const history = new History(new Uint8Array(COUNT));
        const states = play(history, steps);
        for (const state of states.slice(0, -1).reverse()) {
          expect(history.undo()).toBe(true);
          expect(history.marks).toEqual(state);
        }
        expect(history.undo()).toBe(false);
        for (const state of states.slice(1)) {
          expect(history.redo()).toBe(true);
          expect(history.marks).toEqual(state);
        }
        expect(history.canRedo).toBe(false);
      }),
    );
  });

  it('forgets what was undone once something new is done', () => {
    const history = new History(new Uint8Array(COUNT));
    play(history, [[[0, 1]], [[1, 2]]]);
    history.undo();
    play(history, [[[2, 3]]]);
    expect(history.redo()).toBe(false);
    expect([...history.marks.slice(0, 3)]).toEqual([1, 0, 3]);
  });

  it('leaves no trace of a step that changed nothing in the end', () => {
    const history = new History(new Uint8Array(COUNT));
    history.set(3, 5);
    history.set(3, 0);
    expect(history.commit()).toBe(false);
    expect(history.canUndo).toBe(false);
  });

  it('takes back a step in progress', () => {
    const history = new History(new Uint8Array(COUNT));
    play(history, [[[0, 1]]]);
    history.set(0, 4);
    history.set(5, 4);
    expect(history.rollback()).toBe(true);
    expect([...history.marks.slice(0, 6)]).toEqual([1, 0, 0, 0, 0, 0]);
    expect(history.commit()).toBe(false);
  });
});
