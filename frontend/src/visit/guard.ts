/** Asks before a page is left on which something was typed that is stored nowhere yet. */
export function guard(form: HTMLFormElement): void {
  let touched = form.querySelector('[role=alert]') !== null;
  form.addEventListener('input', () => (touched = true));
  form.addEventListener('submit', () => (touched = false));
  window.addEventListener('beforeunload', (event) => {
    if (touched) event.preventDefault();
  });
}
