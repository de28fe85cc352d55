/** A drawing is saved when the hand rests; what was loaded is not sent back. */
import { effect } from '@preact/signals';
import type { DrawingJson } from '../api/types.ts';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import { decodeDrawing } from '../drawing/codec.ts';
import { toast } from '../ui/announce.tsx';
import type { Studio } from '../ui/studio.ts';
import type { Outbox } from './outbox.ts';
import type { Pending } from './pending.ts';

const DRAWING_PAUSE_MS = 700;

export function saveDrawing(
  studio: Studio,
  assessment: string,
  outbox: Outbox,
  pending: Pending,
): void {
  const { store } = studio;
  const now = (): DrawingJson | null => (store.isEmpty ? null : studio.drawing());
  let last = JSON.stringify(now());
  effect(() => {
    dependOn(store.revision, store.answers);
    pending.later('drawing', DRAWING_PAUSE_MS, () => {
      const drawing = now();
      const text = JSON.stringify(drawing);
      if (text === last) return;
      last = text;
      outbox.put('assessment', assessment, { drawing });
    });
  });
}

/** Shows a stored drawing; one of another version of the body is said to be so. */
export function loadDrawing(studio: Studio, drawing: DrawingJson | null): void {
  if (!drawing) return;
  try {
    studio.store.load(decodeDrawing(drawing, studio.info.version, studio.surface.count));
  } catch {
    toast(t('file-other-body'));
  }
}
