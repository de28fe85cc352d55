import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun, isIdle, nextLook, shouldTell, told, touched } from '../src/session/idle.ts';

const MINUTE = 60_000;
const start = begun(1_000_000, 15 * 60);
const after = (minutes: number): number => 1_000_000 + minutes * MINUTE;

describe('a page that nobody touches', () => {
  it.each([
    [0, false],
    [14.9, false],
    [15, true],
    [600, true],
  ])('after %d minutes is idle: %s', (minutes, expected) => {
    expect(isIdle(start, after(minutes))).toBe(expected);
  });

  it('counts from the last touch, here or in another window', () => {
    const state = touched(start, after(10));
    expect(isIdle(state, after(24))).toBe(false);
    expect(isIdle(state, after(25))).toBe(true);
  });

  it('is not made younger by a late message of another window', () => {
    const state = touched(touched(start, after(10)), after(3));
    expect(isIdle(state, after(24))).toBe(false);
  });
});

describe('what the server hears', () => {
  it('is nothing when nobody was at work', () => {
    expect(shouldTell(start, after(14))).toBe(false);
  });

  it('is work, at most once a minute', () => {
    const state = touched(start, after(0.5));
    expect(shouldTell(state, after(0.6))).toBe(false);
    expect(shouldTell(state, after(1))).toBe(true);
    expect(shouldTell(told(state, after(1)), after(2))).toBe(false);
  });

  it('comes before a clinic with a short time would lock', () => {
    const short = touched(begun(0, 60), 20_000);
    expect(shouldTell(short, 30_000)).toBe(true);
  });
});

it('the next look is never later than the moment at which the page becomes idle, nor at once', () => {
  const ms = fc.integer({ min: 0, max: 4_000_000 });
  fc.assert(
    fc.property(ms, ms, fc.integer({ min: 60, max: 3600 }), (touch, pass, idle) => {
      const state = touched(begun(0, idle), touch);
      const now = touch + pass;
      const wait = nextLook(state, now);
      expect(wait).toBeGreaterThanOrEqual(250);
      if (!isIdle(state, now))
        expect(now + wait).toBeLessThanOrEqual(Math.max(state.touchedAt + state.idleMs, now + 250));
    }),
  );
});
