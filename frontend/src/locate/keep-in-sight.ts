/**
 * Keeps what one works on under the finger while the list around it is sorted anew: notes where the
 * focused control stands before, scrolls its pane by as much as it moved, and gives back the focus
 * that an element loses when it is moved in the document.
 */

interface Kept {
  readonly control: HTMLElement;
  readonly top: number;
}

let kept: Kept | null = null;

/** To be called when the control in use starts a change. */
export function keepInSight(): void {
  const control = document.activeElement;
  if (!(control instanceof HTMLElement)) return;
  kept = { control, top: control.getBoundingClientRect().top };
}

/** To be called after each change of the list, before it is painted; `settled` when it was the last. */
export function bringBack(settled: boolean): void {
  if (!kept) return;
  const { control, top } = kept;
  const pane = control.closest<HTMLElement>('.sheet__pane');
  const elsewhere = document.activeElement !== control && document.activeElement !== document.body;
  if (!pane || !control.isConnected || elsewhere) {
    kept = null;
    return;
  }
  pane.scrollTop += control.getBoundingClientRect().top - top;
  if (document.activeElement !== control) control.focus({ preventScroll: true });
  if (settled) kept = null;
}
