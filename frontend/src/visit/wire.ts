/** JSON to the signed-in pages: with the page's token, and with what the server says was wrong. */
import { ApiError } from '../api/client.ts';
import type { Problem } from '../api/types.ts';

export interface Clash extends Problem {
  /** What somebody else changed, in words. */
  readonly changes: readonly string[];
  readonly version?: number;
}

/** Somebody else was first; nothing of this was stored. */
export class ClashError extends Error {
  constructor(readonly clash: Clash) {
    super(clash.message);
  }
}

/** Signed out, or the screen is locked: what was sent is kept and sent again. */
export class SignedOutError extends Error {}

/** Read anew each time: unlocking renews it in the page. */
export const token = (): string =>
  document.querySelector<HTMLInputElement>('input[name=csrfmiddlewaretoken]')?.value ?? '';

/** Rejects with ApiError, ClashError or SignedOutError. */
export async function post<Told>(url: string, body: unknown): Promise<Told> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token() },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError('offline');
  }
  // A page that asks to sign in answers where JSON was asked for.
  const json = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
  if (response.ok && json) return (await response.json()) as Told;
  if (response.redirected || response.status === 423 || response.status === 403)
    throw new SignedOutError();
  if (response.status >= 500 || !json) throw new ApiError('failed');
  const problem = (await response.json()) as Problem & Partial<Clash>;
  if (response.status === 409) throw new ClashError({ ...problem, changes: problem.changes ?? [] });
  throw new ApiError('refused', problem);
}
