import { effect, signal } from '@preact/signals';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api/client.ts';
import type { Location } from '../src/api/types.ts';
import { Ranker } from '../src/locate/ranker.ts';

const answer = (bound: number): Location => ({
  schema: 'tautband.locate/1',
  versions: { body: 'b', atlas: 'a', model: 'm', tautband: 't' },
  understood: [],
  not_understood: [],
  red_flags: [],
  questions: [],
  widespread: null,
  candidates: [],
  other_causes: [],
  unexplained: [],
  bound,
  setting: { presentation: null, sex: null, age: null, treated: [], assumed_findings: true },
});

interface Asked {
  resolve: (location: Location) => void;
  reject: (error: unknown) => void;
}

let asked: Asked[];
let ranker: Ranker;
const settle = () => vi.advanceTimersByTimeAsync(0);
const pause = () => vi.advanceTimersByTimeAsync(100);

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  ranker = new Ranker(
    () => new Promise<Location>((resolve, reject) => asked.push({ resolve, reject })),
    100,
  );
});

describe('Ranker', () => {
  it('asks once for a change that an effect tells it of', async () => {
    const told = signal(0);
    const stop = effect(() => {
      ranker.changed(told.value >= 0);
    });
    await pause();
    asked[0]!.resolve(answer(0.1));
    await settle();
    await pause();
    expect(asked).toHaveLength(1);
    told.value++;
    await pause();
    expect(asked).toHaveLength(2);
    stop();
  });

  it('waits for a pause and asks once for many changes', async () => {
    for (let i = 0; i < 20; i++) ranker.changed(true);
    expect(asked).toHaveLength(0);
    await pause();
    expect(asked).toHaveLength(1);
    asked[0]!.resolve(answer(1));
    await settle();
    expect(ranker.state.value).toMatchObject({ status: 'ready', last: { bound: 1 } });
  });

  it('has one question under way at the most and then asks about the newest drawing', async () => {
    ranker.changed(true);
    await pause();
    for (let i = 0; i < 5; i++) {
      ranker.changed(true);
      await pause();
    }
    expect(asked).toHaveLength(1);
    asked[0]!.resolve(answer(1));
    await settle();
    expect(asked).toHaveLength(2);
    expect(ranker.state.value).toMatchObject({ status: 'waiting', last: { bound: 1 } });
    asked[1]!.resolve(answer(2));
    await settle();
    expect(ranker.state.value).toMatchObject({ status: 'ready', last: { bound: 2 } });
    await pause();
    expect(asked).toHaveLength(2);
  });

  it('shows nothing about a drawing that was erased meanwhile', async () => {
    ranker.changed(true);
    await pause();
    ranker.changed(false);
    asked[0]!.resolve(answer(1));
    await settle();
    expect(ranker.state.value).toEqual({ status: 'empty' });
  });

  it('shows nothing of the old drawing when a new one was begun meanwhile', async () => {
    ranker.changed(true);
    await pause();
    ranker.changed(false);
    ranker.changed(true);
    asked[0]!.resolve(answer(1));
    await settle();
    expect(ranker.state.value).toEqual({ status: 'waiting' });
    asked[1]!.resolve(answer(2));
    await settle();
    expect(ranker.state.value).toMatchObject({ status: 'ready', last: { bound: 2 } });
  });

  it('keeps the last ranking beside an error, and recovers', async () => {
    ranker.changed(true);
    await pause();
    asked[0]!.resolve(answer(1));
    await settle();
    ranker.changed(true);
    await pause();
    asked[1]!.reject(new ApiError('offline'));
    await settle();
    expect(ranker.state.value).toMatchObject({
      status: 'error',
      error: { kind: 'offline' },
      last: { bound: 1 },
    });
    ranker.changed(true);
    await pause();
    asked[2]!.resolve(answer(3));
    await settle();
    expect(ranker.state.value).toMatchObject({ status: 'ready', last: { bound: 3 } });
  });
});
