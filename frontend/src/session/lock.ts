/**
 * Covers the page and waits for its owner. The page below stays as it is: nothing is reloaded, so
 * nothing that was typed is lost; while covered it can be neither seen, read out, nor operated.
 */
import { getPasskey, passkeysPossible, type RequestOptions } from './passkey.ts';
import { renewCsrf, tryUnlock, type Unlocked } from './server.ts';

export class Lock {
  private readonly form: HTMLFormElement;
  private readonly password: HTMLInputElement;
  private readonly title = document.title;
  private back: Element | null = null;
  private scroll = 0;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly opened: (csrf: string) => void,
  ) {
    this.form = dialog.querySelector('form')!;
    this.password = dialog.querySelector<HTMLInputElement>('input[type=password]')!;
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
    });
    // A second press of Escape closes a dialog whatever its listeners say.
    dialog.addEventListener('close', () => {
      if (this.isOn) dialog.showModal();
    });
    this.form.addEventListener('submit', (event) => {
      if (event.submitter?.hasAttribute('data-leave')) return;
      event.preventDefault();
      void this.byPassword();
    });
    const passkey = dialog.querySelector<HTMLButtonElement>('[data-passkey-unlock]')!;
    passkey.hidden = !passkeysPossible();
    passkey.addEventListener('click', () => void this.byPasskey());
  }

  get isOn(): boolean {
    return document.documentElement.classList.contains('locked');
  }

  cover(): void {
    if (this.isOn) return;
    this.back = document.activeElement;
    this.scroll = window.scrollY;
    document.documentElement.classList.add('locked');
    for (const element of document.body.children)
      if (element !== this.dialog) (element as HTMLElement).inert = true;
    document.title = this.dialog.dataset.title ?? '';
    this.password.value = '';
    this.show('locked');
    this.fault(null);
    this.dialog.showModal();
    this.password.focus();
  }

  uncover(csrf: string): void {
    renewCsrf(csrf);
    if (!this.isOn) return;
    document.documentElement.classList.remove('locked');
    for (const element of document.body.children) (element as HTMLElement).inert = false;
    document.title = this.title;
    this.password.value = '';
    this.dialog.close();
    if (this.back instanceof HTMLElement) this.back.focus({ preventScroll: true });
    window.scrollTo(0, this.scroll);
  }

  /** The session is over: the way on is to sign in elsewhere, and come back. */
  end(): void {
    this.cover();
    this.show('ended');
  }

  private async byPassword(): Promise<void> {
    await this.attempt({ password: this.password.value });
  }

  private async byPasskey(): Promise<void> {
    try {
      const answer = await fetch(this.dialog.dataset.options!, {
        headers: { Accept: 'application/json' },
      });
      const data = (await answer.json()) as { request_options: RequestOptions };
      await this.attempt({ credential: await getPasskey(data.request_options) });
    } catch {
      this.fault('passkey');
    }
  }

  private async attempt(fields: Record<string, string>): Promise<void> {
    this.fault(null);
    const answer: Unlocked = await tryUnlock(this.form.action, fields);
    if (answer.kind === 'unlocked') {
      this.uncover(answer.csrf);
      this.opened(answer.csrf);
    } else if (answer.kind === 'ended') this.end();
    else {
      this.fault('credential' in fields && answer.kind === 'refused' ? 'passkey' : answer.kind);
      this.password.select();
    }
  }

  private fault(kind: string | null): void {
    this.dialog.querySelectorAll<HTMLElement>('[data-fault]').forEach((element) => {
      element.hidden = element.dataset.fault !== kind;
    });
  }

  private show(part: 'locked' | 'ended'): void {
    this.dialog.querySelectorAll<HTMLElement>('[data-part]').forEach((element) => {
      const passkey = element.hasAttribute('data-passkey-unlock');
      element.hidden = element.dataset.part !== part || (passkey && !passkeysPossible());
    });
  }
}
