/** Short messages: read out to screen readers, and where asked shown for a moment. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';

const spoken = signal('');
const shown = signal('');
let hide: ReturnType<typeof setTimeout> | undefined;

/** Reads a message out. */
export function announce(message: string): void {
  // The same words twice in a row are only read again when the text differs.
  spoken.value = spoken.value === message ? `${message}\u00a0` : message;
}

/** Reads a message out and shows it for a few seconds. */
export function toast(message: string): void {
  announce(message);
  shown.value = message;
  clearTimeout(hide);
  hide = setTimeout(() => (shown.value = ''), 5000);
}

export function Announcer(): JSX.Element {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {spoken.value}
      </div>
      {shown.value && (
        <div class="toast" aria-hidden="true">
          {shown.value}
        </div>
      )}
    </>
  );
}
