/** The body under the hand: tap where the needle went, and the nearest trigger point is taken. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { api } from '../api/client.ts';
import type { Muscle } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { decodeRuns } from '../drawing/runs.ts';
import { Display } from '../ui/stage.tsx';
import { loadStudio, type Studio } from '../ui/studio.ts';
import '../styles/studio.css';
import { nearest } from './snap.ts';
import type { Place } from './types.ts';

const SLOP_PX = 8; // a finger that moves further turns the body

/** Shows the muscle's trigger points and tells which one was tapped. */
export async function showBody(
  stage: HTMLElement,
  place: Place,
  onPoint: (point: string) => void,
): Promise<void> {
  const [studio, muscle] = await Promise.all([loadStudio(), api.muscle(place.muscle, place.side)]);
  studio.store.tool.value = 'turn';
  effect(() => {
    if (studio.view.value) show(studio, muscle);
  });
  render(
    <Display studio={studio} label={t('couch-body')} keys={t('couch-body-keys')}>
      {null}
    </Display>,
    stage,
  );
  let down: PointerEvent | null = null;
  stage.addEventListener('pointerdown', (event) => (down = event), true);
  stage.addEventListener(
    'pointerup',
    (event) => {
      const canvas = stage.querySelector('canvas');
      const moved = down
        ? Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY)
        : SLOP_PX;
      if (event.target !== canvas || !canvas || moved >= SLOP_PX) return;
      const box = canvas.getBoundingClientRect();
      const hit = studio.view.value?.pick(event.clientX - box.left, event.clientY - box.top);
      const point = hit && nearest(hit, muscle.trigger_points, studio.surface.positions);
      if (point) onPoint(point.id);
    },
    true,
  );
}

function show({ surface, view }: Studio, muscle: Muscle): void {
  const points = muscle.trigger_points.map(({ vertex }) => vertex);
  const main = decodeRuns(muscle.zones.main, surface.count);
  view.value!.showPoints(points);
  view.value!.frame(points.length ? points : main, points.length ? points : main);
}
