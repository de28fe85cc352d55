import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api/client.ts';
import { Outbox, type Message, type Stored } from '../src/visit/outbox.ts';
import { ClashError } from '../src/visit/wire.ts';

/** A server that stores what it gets, and fails when told to. */
class Server {
  readonly got: Message[] = [];
  readonly versions = new Map<string, number>();
  faults: Error[] = [];

  send = (message: Message): Promise<Stored> => {
    this.got.push(message);
    const fault = this.faults.shift();
    if (fault) return Promise.reject(fault);
    const version = message.version + 1;
    this.versions.set(message.id, version);
    return Promise.resolve({ id: message.id, version });
  };
}

const problem = {
  field: 'x',
  problem: 'is wrong',
  expected: 'right',
  suggestions: [],
  message: 'x',
};

describe('Outbox', () => {
  it('sends one row after another, each on the version that it has', async () => {
    const server = new Server();
    const outbox = new Outbox(server.send);
    outbox.put('finding', 'a', { answer: 'present' });
    outbox.put('finding', 'b', { answer: 'absent' });
    await outbox.flushed();
    outbox.put('finding', 'a', { answer: 'absent' });
    expect(await outbox.flushed()).toBe(true);
    expect(server.got.map(({ id, version }) => [id, version])).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 1],
    ]);
    expect(outbox.unsent.value).toBe(0);
  });

  it('sends what got no answer as soon as the connection is back', async () => {
    vi.useFakeTimers();
    const server = new Server();
    server.faults = [new ApiError('offline'), new ApiError('offline')];
    const outbox = new Outbox(server.send);
    outbox.put('sign', 'a', { pain: 4 });
    await vi.advanceTimersByTimeAsync(1500);
    expect(outbox.line.value).toBe('down');
    outbox.retry();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
    expect(outbox.line.value).toBe('up');
    expect(outbox.unsent.value).toBe(0);
    expect(server.got).toHaveLength(3);
  });

  it('sends a message without an answer again as it was, and what came since after it', async () => {
    vi.useFakeTimers();
    const server = new Server();
    server.faults = [new ApiError('offline')];
    const outbox = new Outbox(server.send);
    outbox.put('sign', 'a', { pain: 4 });
    await vi.advanceTimersByTimeAsync(10);
    expect(outbox.line.value).toBe('down');
    outbox.put('sign', 'a', { pain: 5 });
    expect(outbox.unsent.value).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(server.got.map(({ version, values }) => [version, values])).toEqual([
      [0, { pain: 4 }],
      [0, { pain: 4 }],
      [1, { pain: 5 }],
    ]);
    expect(outbox.line.value).toBe('up');
    expect(outbox.unsent.value).toBe(0);
  });

  it('keeps what clashes until somebody decides, and then lays it over theirs', async () => {
    const server = new Server();
    const clash = { ...problem, changes: ['told is other'], version: 3 };
    server.faults = [new ClashError(clash)];
    const outbox = new Outbox(server.send);
    outbox.put('assessment', 'a', { told: 'mine' });
    expect(await outbox.flushed()).toBe(false);
    expect(outbox.parked.value.get('a')?.clash?.changes).toEqual(['told is other']);
    outbox.keepMine('a');
    expect(await outbox.flushed()).toBe(true);
    expect(server.got.at(-1)).toMatchObject({ version: 3, values: { told: 'mine' } });
  });

  it('keeps what is refused, and sends it again once it was mended', async () => {
    const server = new Server();
    server.faults = [new ApiError('refused', problem)];
    const outbox = new Outbox(server.send);
    outbox.put('sign', 'a', { movement: 'reach', pain: 40 });
    expect(await outbox.flushed()).toBe(false);
    expect(outbox.parked.value.get('a')?.fault).toContain('Is wrong');
    outbox.put('sign', 'a', { pain: 4 });
    expect(await outbox.flushed()).toBe(true);
    expect(server.got.at(-1)?.values).toEqual({ movement: 'reach', pain: 4 });
  });
});
