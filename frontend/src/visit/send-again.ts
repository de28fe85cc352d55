/** What waits on a page is sent as soon as it can be, and asked about before it would be lost. */
import type { Outbox } from './outbox.ts';
import type { Pending } from './pending.ts';

export function sendAgain(outbox: Outbox, pending: Pending): void {
  const retry = (): void => {
    outbox.retry();
  };
  window.addEventListener('online', retry);
  window.addEventListener('focus', retry);
  window.addEventListener('beforeunload', (event) => {
    pending.flush();
    if (outbox.unsent.peek()) event.preventDefault();
  });
}
