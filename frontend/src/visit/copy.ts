/** A button that copies the text of a field, and says beside itself whether it did. */
export function offer(button: HTMLButtonElement): void {
  const field = document.getElementById(button.dataset.copy ?? '');
  const said = document.querySelector<HTMLElement>('[data-copy-said]');
  if (!(field instanceof HTMLTextAreaElement) || !said) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    void copy(field.value).then((done) => {
      said.textContent = (done ? button.dataset.copied : button.dataset.failed) ?? '';
    });
  });
}

/** A browser without a clipboard, or one that is not allowed to use it, copies nothing. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
