/*
 * A list is looked at without being sent away from the page: the file stays chosen, so that the
 * same form can take it over.  Without script the file is chosen once more.
 */
import { ownHtml } from '../base/own-html.ts';

/** Show what the server makes of the chosen file below the form's fields. */
export function previewInPlace(form: HTMLFormElement, shown: HTMLElement): void {
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.name === 'confirm') return;
    event.preventDefault();
    void look(form, shown);
  });
  // What was shown belongs to the file and the order that were chosen then.
  form.addEventListener('change', (event) => {
    if (event.target instanceof Element && !shown.contains(event.target)) shown.replaceChildren();
  });
}

async function look(form: HTMLFormElement, shown: HTMLElement): Promise<void> {
  const body = new FormData(form);
  body.set('part', 'preview');
  body.delete('batch');
  body.delete('twin');
  shown.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.action, { method: 'POST', body });
    const text = await answer.text();
    const ours = answer.headers.get('content-type')?.startsWith('text/html') && !answer.redirected;
    if (ours && (answer.ok || answer.status === 400)) shown.innerHTML = ownHtml(text);
    else form.submit();
  } catch {
    form.submit(); // the browser says what is wrong
  } finally {
    shown.removeAttribute('aria-busy');
  }
}
