import type { ReadonlySignal } from '@preact/signals';

/** Makes the surrounding effect or computation run again when one of these signals changes. */
export function dependOn(...signals: readonly ReadonlySignal<unknown>[]): void {
  signals.forEach((one) => one.value);
}
