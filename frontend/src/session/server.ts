/** What the server says of the session. Every failure to reach it is `offline`, never a guess. */

export interface Session {
  user: string | null;
  locked: boolean;
  /** True while a patient holds the tablet. */
  handed?: boolean;
  idle_s?: number;
  csrf?: string;
}

export type Unlocked =
  { kind: 'unlocked'; csrf: string } | { kind: 'refused' | 'too-many' | 'ended' | 'offline' };

const JSON_ONLY = { Accept: 'application/json' };

/** The token that a form of this page carries; all forms carry the same one. */
export function csrfToken(): string {
  return document.querySelector<HTMLInputElement>('[name=csrfmiddlewaretoken]')?.value ?? '';
}

/** Put a new token into every form, so that what was typed before can still be sent. */
export function renewCsrf(token: string): void {
  document
    .querySelectorAll<HTMLInputElement>('[name=csrfmiddlewaretoken]')
    .forEach((input) => (input.value = token));
}

/** The session as the server has it; null when it does not answer. POST counts as being at work. */
export async function askSession(url: string, atWork = false): Promise<Session | null> {
  try {
    const answer = await fetch(url, {
      method: atWork ? 'POST' : 'GET',
      headers: atWork ? { ...JSON_ONLY, 'X-CSRFToken': csrfToken() } : JSON_ONLY,
      cache: 'no-store',
    });
    return answer.ok ? ((await answer.json()) as Session) : null;
  } catch {
    return null;
  }
}

/** Tell the server to lock; true when it heard. The page is covered whether or not it did. */
export async function tellLocked(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...JSON_ONLY, 'X-CSRFToken': csrfToken() },
      keepalive: true,
    });
    return answer.ok;
  } catch {
    return false; // the server counts for itself
  }
}

export async function tryUnlock(url: string, fields: Record<string, string>): Promise<Unlocked> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...JSON_ONLY, 'X-CSRFToken': csrfToken() },
      body: new URLSearchParams(fields),
    });
    if (answer.redirected || answer.status === 401) return { kind: 'ended' };
    if (answer.status === 429) return { kind: 'too-many' };
    if (answer.status === 403) return { kind: 'refused' };
    if (!answer.ok) return { kind: 'offline' };
    const { csrf } = (await answer.json()) as { csrf: string };
    return { kind: 'unlocked', csrf };
  } catch {
    return { kind: 'offline' };
  }
}
