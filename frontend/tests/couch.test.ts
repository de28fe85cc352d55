import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ApiError } from '../src/api/client.ts';
import { byMuscle, merged, spread, standing } from '../src/couch/ledger.ts';
import { Line, type Item, type Store } from '../src/couch/line.ts';
import { Session } from '../src/couch/session.ts';
import { nearest } from '../src/couch/snap.ts';
import type { Entry, Held, Place } from '../src/couch/types.ts';
import type { Kept } from '../src/couch/vault.ts';

const PLACE: Place = { muscle: 'infraspinatus', side: 'right' };
const EMPTY: Held = {
  version: 1,
  state: 'open',
  targets: [],
  needles: [],
  entries: [],
  retests: [],
  reactions: [],
};

/** A device whose store outlives its pages. */
class Device implements Store {
  readonly rows = new Map<number, Item>();
  #next = 0;
  put(item: Item): Promise<IDBValidKey> {
    this.rows.set(++this.#next, item);
    return Promise.resolve(this.#next);
  }
  drop(key: IDBValidKey): Promise<void> {
    this.rows.delete(key as number);
    return Promise.resolve();
  }
  all(): Promise<readonly Kept<Item>[]> {
    return Promise.resolve([...this.rows].map(([key, item]) => ({ key, item })));
  }
}

/** A server that stores each id once, and fails when told to: before or after it has stored. */
class Server {
  readonly rows = new Map<string, Entry>();
  faults: ('before' | 'after' | null)[] = [];
  send = (item: Item): Promise<number | null> => {
    const fault = this.faults.shift();
    if (fault === 'before') return Promise.reject(new ApiError('offline'));
    if (item.to === 'enter') for (const entry of item.entries) this.rows.set(entry.id, entry);
    if (fault === 'after') return Promise.reject(new ApiError('offline'));
    return Promise.resolve(1 + this.rows.size);
  };
}

let made = 0;
const source = { id: () => `id-${++made}`, now: () => new Date('2026-11-26T09:30:00Z') };

const NEEDLE = { length_mm: 40, gauge_mm: 0.3 };

function page(device: Device, server: Server): { line: Line; session: Session } {
  const line = new Line(device, server.send, () => undefined);
  return { line, session: new Session({ held: EMPTY, needle: NEEDLE }, line, source) };
}

const count = (session: Session) => session.counts.value.get('infraspinatus:right');

describe('the ledger', () => {
  it('spreads insertions over needles, each with at least one', () => {
    expect(spread(5, 2)).toEqual([3, 2]);
    expect(spread(1, 3)).toEqual([1, 1, 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (n, k) => {
        const parts = spread(n, k);
        expect(parts).toHaveLength(k);
        expect(parts.reduce((a, b) => a + b)).toBe(Math.max(n, k));
        expect(Math.min(...parts)).toBeGreaterThan(0);
      }),
    );
  });

  it('keeps "not assessed" apart from none, and a count for the muscle above its insertions', () => {
    const base = { at: '', ...PLACE } as const;
    const one: Entry = { id: 'a', kind: 'insertion', needle: 'n', ...base };
    expect(byMuscle([one]).get('infraspinatus:right')?.twitches).toBeNull();
    const none: Entry = { id: 'b', kind: 'twitches', twitches: 0, ...base };
    expect(byMuscle([one, none]).get('infraspinatus:right')?.twitches).toBe(0);
    const two: Entry = { id: 'c', kind: 'insertion', needle: 'n', twitches: 2, ...base };
    expect(byMuscle([one, two]).get('infraspinatus:right')?.twitches).toBe(2);
    const three: Entry = { id: 'd', kind: 'twitches', twitches: 3, ...base };
    expect(byMuscle([one, two, three]).get('infraspinatus:right')?.twitches).toBe(3);
  });

  it('comes to the same in whatever order its entries arrive', async () => {
    const { session } = page(new Device(), new Server());
    await session.done(PLACE, {
      needles: 2,
      insertions: 2,
      twitches: null,
      familiar: 'yes',
      retained: true,
    });
    await session.remove(session.standing.value.slice(0, 1));
    const entries = [...new Map([...session.standing.value].map((e) => [e.id, e])).values()];
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (some) => {
        expect(standing(some)).toHaveLength(1);
      }),
    );
  });

  it('has what either of two tablets entered', () => {
    expect(merged([{ id: 'a' }], [{ id: 'b' }, { id: 'a' }]).map(({ id }) => id)).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('a tap on the body', () => {
  it('takes the nearest trigger point', () => {
    const positions = new Float32Array([0, 0, 0, 1, 0, 0, 0, 2, 0]);
    const points = [{ vertex: 1 }, { vertex: 2 }];
    expect(nearest({ x: 0.1, y: 1.4, z: 0 }, points, positions)).toBe(points[1]);
    expect(nearest({ x: 0, y: 0, z: 0 }, points, positions)).toBe(points[0]);
    const none: typeof points = [];
    expect(nearest({ x: 0, y: 0, z: 0 }, none, positions)).toBeUndefined();
  });

  it('goes with the insertions that follow', async () => {
    const server = new Server();
    const { session } = page(new Device(), server);
    session.point.value = 'infraspinatus_1';
    await session.insert(PLACE);
    await new Promise((done) => {
      setTimeout(done);
    });
    expect([...server.rows.values()].map((one) => one.point)).toEqual(['infraspinatus_1']);
  });
});

describe('a session', () => {
  it('counts what was done to a muscle, and takes it back', async () => {
    const { session } = page(new Device(), new Server());
    const told = {
      needles: 2,
      insertions: 5,
      twitches: 3,
      familiar: 'yes',
      retained: false,
    } as const;
    await session.done(PLACE, told);
    expect(count(session)).toMatchObject({ needles: 2, insertions: 5, twitches: 3 });
    expect(session.standing.value).toHaveLength(0);
    await session.undo('mistaken');
    expect(count(session)).toBeUndefined();
    expect(session.canUndo.value).toBe(false);
  });

  it('goes on with one needle while live, and counts twitches up', async () => {
    const { session } = page(new Device(), new Server());
    for (let i = 0; i < 4; i++) await session.insert(PLACE);
    for (let i = 0; i < 3; i++) await session.twitch(PLACE);
    expect(count(session)).toMatchObject({ needles: 1, insertions: 4, twitches: 3 });
  });

  it('knows which needles stand until they are out or accounted for', async () => {
    const { session } = page(new Device(), new Server());
    await session.insert(PLACE, true);
    await session.insert(PLACE, true);
    expect(session.standing.value).toHaveLength(2);
    expect(count(session)?.needles).toBe(2);
    await session.remove(session.standing.value.slice(0, 1));
    await session.incident('broken', session.standing.value, 'the tip');
    expect(session.standing.value).toHaveLength(0);
  });

  it('tells when somebody else stored something too', () => {
    const { session } = page(new Device(), new Server());
    expect(session.stored(3, 2)).toBe(false);
    expect(session.stored(5, 1)).toBe(true);
  });
});

describe('the line', () => {
  it('loses and doubles nothing, whenever the network or the page goes', async () => {
    const faults = fc.array(fc.constantFrom('before', 'after', null), { maxLength: 8 });
    const deaths = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(faults, deaths, async (broken, dies) => {
        const [device, server] = [new Device(), new Server()];
        server.faults = [...broken];
        let now = page(device, server);
        for (const dead of dies) {
          await now.session.insert(PLACE);
          if (dead) {
            now = page(device, server); // reloaded: what waits is taken up
            for (const item of await now.line.resume())
              if (item.to === 'enter') now.session.recall(item.needles, item.entries);
          }
        }
        server.faults = [];
        // A send may be on its way while the network comes back; the next one gets through.
        expect((await now.line.flush()) || (await now.line.flush())).toBe(true);
        expect(server.rows.size).toBe(dies.length);
        expect(device.rows.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what the server refuses until a person gives it up, and then goes on', async () => {
    const problem = {
      field: 'x',
      problem: 'is wrong',
      expected: '',
      suggestions: [],
      message: 'x',
    };
    const device = new Device();
    let refuse = true;
    const line = new Line(
      device,
      () => (refuse ? Promise.reject(new ApiError('refused', problem)) : Promise.resolve(2)),
      () => undefined,
    );
    await line.put({ to: 'enter', needles: [], entries: [] });
    await line.put({ to: 'enter', needles: [], entries: [] });
    expect(await line.flush()).toBe(false);
    expect([line.way.value, line.unsent.value]).toEqual(['refused', 2]);
    refuse = false;
    await line.drop();
    expect([line.way.value, line.unsent.value, device.rows.size]).toEqual(['up', 0, 0]);
  });
});
