/** Locks the screen of somebody who is signed in when nobody touches it; see `session/lock.ts`. */
import { countWaiting } from './couch/waiting.ts';
import { LOCK_EVENT, OPEN_EVENT } from './session/fetch.ts';
import { begun, isIdle, nextLook, shouldTell, told, touched } from './session/idle.ts';
import { Lock } from './session/lock.ts';
import { askSession, tellLocked } from './session/server.ts';

type Word =
  | { kind: 'touched'; at: number }
  | { kind: 'locked' | 'handed' }
  | { kind: 'opened'; csrf: string };

const FRESH_MS = 30_000;
const dialog = document.querySelector<HTMLDialogElement>('#lock');

if (dialog) begin(dialog);

function begin(dialog: HTMLDialogElement): void {
  const { session, lock: lockUrl, leave, user, idle } = dialog.dataset as Record<string, string>;
  const isPatients = dialog.hasAttribute('data-handed');
  let isFree = false;
  const others = new BroadcastChannel('tautband-session');
  const say = (word: Word): void => {
    others.postMessage(word);
  };
  let state = begun(Date.now(), Number(idle));

  const opened = (csrf: string): void => {
    state = begun(Date.now(), state.idleMs / 1000);
    say({ kind: 'opened', csrf });
    window.dispatchEvent(new Event(OPEN_EVENT));
  };
  const lock = new Lock(dialog, opened);

  // What the server does not know to be locked, it would say is open: until it has heard of the
  // lock, its word opens nothing.
  let isKnown = false;
  let covers = 0;

  const cover = (byServer: boolean): void => {
    if (lock.isOn) return;
    isKnown = byServer;
    covers += 1;
    lock.cover();
    if (!byServer) {
      say({ kind: 'locked' });
      void makeKnown();
    }
  };

  const makeKnown = async (): Promise<void> => {
    isKnown = (await tellLocked(lockUrl!)) || isKnown;
  };

  /** Look at what the server thinks, after being away or before something is sent. */
  const compare = async (atWork = false): Promise<boolean> => {
    if (lock.isOn && !isKnown) {
      await makeKnown();
      return false;
    }
    const asked = covers;
    const found = await askSession(session!, atWork);
    // The lock fell while the answer was on its way: what it says is older than the lock.
    if (!found || asked !== covers) return !lock.isOn;
    if (found.user !== user) {
      isKnown = true;
      lock.end();
    } else if (found.locked || (found.handed && !isPatients)) cover(true);
    else {
      state = told(state, Date.now());
      if (found.idle_s) state = { ...state, idleMs: found.idle_s * 1000 };
      const was = lock.isOn;
      lock.uncover(found.csrf!);
      if (was) opened(found.csrf!);
      // It was taken back in another window.
      else if (isPatients && !found.handed) window.dispatchEvent(new Event(OPEN_EVENT));
    }
    return !lock.isOn;
  };

  const look = (): void => {
    const now = Date.now();
    if (!lock.isOn) {
      if (isIdle(state, now)) cover(false);
      else if (shouldTell(state, now)) {
        state = told(state, now);
        void compare(true);
      }
    }
    window.setTimeout(look, nextLook(state, Date.now()));
  };

  let lastSaid = 0;
  const touch = (): void => {
    const now = Date.now();
    // A touch that comes too late must not open what should have been locked.
    if (lock.isOn || isIdle(state, now)) return;
    state = touched(state, now);
    if (now - lastSaid > 1000) {
      lastSaid = now;
      say({ kind: 'touched', at: now });
    }
  };
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'])
    window.addEventListener(kind, touch, { passive: true, capture: true });

  others.addEventListener('message', (event: MessageEvent<Word>) => {
    const word = event.data;
    if (word.kind === 'touched') state = touched(state, word.at);
    else if (word.kind === 'locked') cover(false);
    else void compare();
  });

  const back = (wasKept = false): void => {
    if (document.visibilityState !== 'visible') return;
    if (!lock.isOn && isIdle(state, Date.now())) cover(false);
    else if (wasKept || lock.isOn || Date.now() - state.toldAt > FRESH_MS) void compare();
  };
  document.addEventListener('visibilitychange', () => {
    back();
  });
  // A page that Back brings up as it was knows nothing of what happened since.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) back(true);
  });
  window.addEventListener('focus', () => {
    back();
  });
  window.addEventListener(LOCK_EVENT, () => {
    cover(true);
  });

  // A form that is sent after a while asks first: a refusal would take what was typed with it.
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.closest('#lock') || form.method !== 'post') return;
    if (Date.now() - state.toldAt < FRESH_MS) return;
    event.preventDefault();
    const by = event.submitter;
    void compare(true).then((open) => {
      if (open) form.requestSubmit(by);
    });
  });

  // Signing out would leave entries of a session on a device that nobody opens again.
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const where = event.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    if (where !== leave || isFree) return;
    event.preventDefault();
    const by = event.submitter;
    void countWaiting().then((count) => {
      if (count) window.alert(dialog.dataset.unsent);
      else {
        isFree = true;
        form.requestSubmit(by);
      }
    });
  });

  document.querySelector('[data-lock-now]')?.addEventListener('click', (event) => {
    event.preventDefault();
    cover(false);
  });

  if (dialog.dataset.locked === 'yes') cover(true);
  else if (isPatients) say({ kind: 'handed' });
  look();
}
