/**
 * When a page locks. Times are those of a clock on the wall, so that a tablet which slept counts
 * its sleep. The server counts too; a page says that somebody is at work at most once a minute.
 */

export interface IdleState {
  /** When somebody last touched this page or another of the same session, in milliseconds. */
  readonly touchedAt: number;
  /** When the server last heard of this page. */
  readonly toldAt: number;
  readonly idleMs: number;
}

const TELL_EVERY_MS = 60_000;

export const begun = (now: number, idleSeconds: number): IdleState => ({
  touchedAt: now,
  toldAt: now,
  idleMs: idleSeconds * 1000,
});

export const touched = (state: IdleState, now: number): IdleState => ({
  ...state,
  touchedAt: Math.max(state.touchedAt, now),
});

export const told = (state: IdleState, now: number): IdleState => ({ ...state, toldAt: now });

/** True once nobody touched the page for as long as the clinic lets it stand open. */
export const isIdle = (state: IdleState, now: number): boolean =>
  now - state.touchedAt >= state.idleMs;

/** True when there was work since the server heard of it, and that was long enough ago. */
export const shouldTell = (state: IdleState, now: number): boolean =>
  state.touchedAt > state.toldAt && now - state.toldAt >= Math.min(TELL_EVERY_MS, state.idleMs / 2);

/** How long until the next look, in milliseconds. */
export const nextLook = (state: IdleState, now: number): number =>
  Math.max(250, Math.min(state.touchedAt + state.idleMs - now, 15_000));
