/*
 * The list follows what is typed.  A name is sent in the body of a request, never in an address,
 * which browsers and servers write down.  Without script the form works by its button.
 */
import { ownHtml } from '../base/own-html.ts';

/** Milliseconds of silence after which a name is looked up. */
const PAUSE = 160;

/** Keep the list at what the field says; `/` leads to the field, arrows and Enter through it. */
export function findAsOneTypes(form: HTMLFormElement, found: HTMLElement): void {
  const field = form.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) return;
  let timer = 0;
  let asked = 0;
  let shown = field.value.trim();

  const look = async (): Promise<void> => {
    window.clearTimeout(timer);
    const words = field.value.trim();
    if (words === shown) return;
    const turn = (asked += 1);
    const body = new FormData(form);
    body.set('part', 'list');
    try {
      const answer = await fetch(form.action, { method: 'POST', body });
      const text = await answer.text();
      // A later question has overtaken this one, or somebody else has to sign in first.
      if (turn !== asked || !answer.ok || answer.redirected) return;
      found.innerHTML = ownHtml(text);
      shown = words;
    } catch {
      // No connection: the button still sends the form, and the browser says what is wrong.
    }
  };

  field.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void look().then(() => rows(found)[0]?.focus());
  });
  document.addEventListener('keydown', (event) => {
    const next = step(event, field, rows(found));
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next === field) field.select();
  });
}

function rows(found: HTMLElement): HTMLElement[] {
  return [...found.querySelectorAll<HTMLElement>('[data-row]')];
}

/** Where a key leads from where the focus is: the field, a row, or nowhere. */
export function step(
  event: Pick<KeyboardEvent, 'key' | 'target' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  field: HTMLInputElement,
  list: HTMLElement[],
): HTMLElement | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const at = list.indexOf(event.target as HTMLElement);
  const elsewhere = at < 0 && event.target !== field;
  if (event.key === '/' && event.target !== field && !isTypedInto(event.target)) return field;
  if (elsewhere) return undefined;
  if (event.key === 'ArrowDown') return list[at + 1];
  if (event.key === 'ArrowUp') return at > 0 ? list[at - 1] : at === 0 ? field : undefined;
  return undefined;
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  );
}
