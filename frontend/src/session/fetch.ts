/** For scripts of the clinic's pages: a request that waits while the screen is locked. */
import { csrfToken } from './server.ts';

const LOCKED = 423;

/** Sent when the server says that the session is locked; the page covers itself. */
export const LOCK_EVENT = 'tautband:locked';
/** Sent when the page is open again, with forms that carry a new token. */
export const OPEN_EVENT = 'tautband:opened';

/**
 * `fetch` with the token of the session. When the session is locked, it waits until it is unlocked
 * and sends the same once more, so the caller never loses what it was about to store.
 */
export async function signedFetch(url: string, init: RequestInit = {}): Promise<Response> {
  const send = (): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
    headers.set('X-CSRFToken', csrfToken());
    return fetch(url, { ...init, headers });
  };
  const answer = await send();
  if (answer.status !== LOCKED) return answer;
  const opened = new Promise((resolve) => {
    window.addEventListener(OPEN_EVENT, resolve, { once: true });
  });
  window.dispatchEvent(new Event(LOCK_EVENT));
  await opened;
  return send();
}
