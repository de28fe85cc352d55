/** A button that copies a note as it is kept now, and says beside itself whether it did. */
import { signedFetch } from '../session/fetch.ts';

export function offer(button: HTMLButtonElement): void {
  const address = button.dataset.copy;
  const said = document.querySelector<HTMLElement>('[data-copy-said]');
  if (!said || !address) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    void copy(address).then((done) => {
      said.textContent = (done ? button.dataset.copied : button.dataset.failed) ?? '';
    });
  });
}

/**
 * The clipboard is given a promise, because some browsers allow it only while the tap lasts.  A
 * browser without a clipboard, or one that is not allowed to use it, copies nothing.
 */
async function copy(address: string): Promise<boolean> {
  try {
    const text = { 'text/plain': plain(address) };
    await navigator.clipboard.write([new ClipboardItem(text)]);
    return true;
  } catch {
    return false;
  }
}

async function plain(address: string): Promise<Blob> {
  const answer = await signedFetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return new Blob([await answer.text()], { type: 'text/plain' });
}
