/**
 * Keeps a draft of a note while it is typed, so that a dead tab loses no words.
 *
 * One request at a time, each on the version that the last one answered; whoever signs meanwhile
 * waits for it.  What is refused stays on the page, and the form's own button tells why.
 */
import { signedFetch } from '../session/fetch.ts';

const PAUSE_MS = 2000;

export function keepTyped(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>('#note-saved');
  const version = form.elements.namedItem('version');
  const address = form.dataset.noteSave;
  if (!said || !address || !(version instanceof HTMLInputElement)) return;
  // What came back with something wrong is stored nowhere yet.
  let typed = document.querySelector('.note [role=alert]') !== null;
  let timer: number | undefined;
  let sending: Promise<void> | undefined;

  const tell = (how: 'kept' | 'keeping' | 'failed'): void => {
    said.textContent = said.dataset[how] ?? '';
  };
  const send = async (): Promise<void> => {
    typed = false;
    tell('keeping');
    const answer = await post(address, form).catch(() => undefined);
    sending = undefined;
    if (answer === undefined) {
      typed = true;
      tell('failed');
      return;
    }
    version.value = String(answer);
    tell('kept');
    keepSoon();
  };
  const keep = (): void => {
    if (typed && !sending) sending = send();
  };
  const keepSoon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE_MS);
  };

  form.addEventListener('input', () => {
    typed = true;
    keepSoon();
  });
  window.addEventListener('online', keep);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keep();
  });
  form.addEventListener('submit', (event) => {
    window.clearTimeout(timer);
    if (!sending) {
      typed = false;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    void sending.then(() => {
      form.requestSubmit(button);
    });
  });
  window.addEventListener('beforeunload', (event) => {
    if (typed || sending) event.preventDefault();
  });
}

/** The note's new version; undefined when it was not kept. */
async function post(address: string, form: HTMLFormElement): Promise<number | undefined> {
  const told = new FormData(form);
  const own: Record<string, string> = {};
  for (const [name, value] of told)
    if (name.startsWith('own-') && typeof value === 'string') own[name.slice(4)] = value;
  const body = {
    own,
    left: told.getAll('left'),
    code: told.get('code') ?? '',
    version: Number(told.get('version')),
  };
  const answer = await signedFetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) return undefined;
  const kept = (await answer.json()) as { version?: unknown };
  return typeof kept.version === 'number' ? kept.version : undefined;
}
