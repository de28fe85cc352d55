/** Passkeys on the pages of an account; without a script these pages work by password and code. */
import {
  createPasskey,
  getPasskey,
  passkeysPossible,
  type CreationOptions,
  type RequestOptions,
} from './session/passkey.ts';

interface PageData {
  request_options?: RequestOptions;
  creation_options?: CreationOptions;
}

const form = document.querySelector<HTMLFormElement>('form#passkey');
const button = form?.querySelector<HTMLButtonElement>('[data-passkey]');

async function pageData(form: HTMLFormElement): Promise<PageData> {
  const inPage = document.querySelector('#passkey-data');
  if (inPage?.textContent) return JSON.parse(inPage.textContent) as PageData;
  const answer = await fetch(form.dataset.options!, {
    headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
  });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()) as PageData;
}

async function answerOf(form: HTMLFormElement): Promise<string> {
  const data = await pageData(form);
  if (data.creation_options) return createPasskey(data.creation_options);
  return getPasskey(data.request_options!);
}

if (form && button)
  if (passkeysPossible()) {
    form.hidden = false;
    const failed = form.querySelector<HTMLElement>('[data-failed]')!;
    const ask = async (): Promise<void> => {
      failed.hidden = true;
      try {
        form.querySelector<HTMLInputElement>('[name=credential]')!.value = await answerOf(form);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    };
    button.addEventListener('click', () => void ask());
  } else {
    button.hidden = button.dataset.passkey === 'create';
    const impossible = form.querySelector<HTMLElement>('[data-impossible]');
    if (impossible) impossible.hidden = false;
  }
