/** The body of a record's page in 3D: turn it, look at the zones; nothing is painted here. */
import { effect, signal, type Signal } from '@preact/signals';
import { render } from 'preact';
import { api } from '../api/client.ts';
import type { Muscle } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { decodeRuns } from '../drawing/runs.ts';
import { Display } from '../ui/stage.tsx';
import { loadStudio, type Studio } from '../ui/studio.ts';
import '../styles/studio.css';

type OneSide = 'left' | 'right';

/** Puts the body over the picture, which stays where there is no 3D. */
export async function showBody(
  record: HTMLElement,
  figure: HTMLElement,
  stage: HTMLElement,
): Promise<void> {
  if (!document.createElement('canvas').getContext('webgl2')) return;
  const { record: id, name } = record.dataset as { record: string; name: string };
  const side = signal<OneSide>(record.dataset.side === 'left' ? 'left' : 'right');
  const [studio, first] = await Promise.all([loadStudio(), api.muscle(id, side.value)]);
  studio.store.tool.value = 'turn';
  const known = new Map<OneSide, Muscle>([[side.value, first]]);
  effect(() => {
    const [wanted, view] = [side.value, studio.view.value];
    if (!view) return;
    void (async () => {
      const muscle = known.get(wanted) ?? (await api.muscle(id, wanted));
      known.set(wanted, muscle);
      if (side.peek() !== wanted) return;
      showMuscle(studio, muscle);
      figure.classList.add('is-live');
    })();
  });
  render(
    <Display studio={studio} label={t('atlas-canvas', { name })} keys={t('atlas-canvas-keys')}>
      <div class="turns" role="group" aria-label={t('atlas-turn')}>
        {(['zone', 'points'] as const).map((part) => (
          <button
            key={part}
            type="button"
            class="rail__button"
            onClick={() => {
              const muscle = known.get(side.value);
              if (muscle) turnTo(studio, muscle, part);
            }}
          >
            {t(`atlas-turn-${part}`)}
          </button>
        ))}
      </div>
    </Display>,
    stage,
  );
  switchInPlace(record, side);
}

function showMuscle(studio: Studio, muscle: Muscle): void {
  const { surface, view } = studio;
  view.value!.show('main', decodeRuns(muscle.zones.main, surface.count));
  view.value!.show('spill', decodeRuns(muscle.zones.spill, surface.count));
  view.value!.showPoints(points(muscle));
  turnTo(studio, muscle, 'zone');
}

const points = ({ trigger_points }: Muscle): number[] =>
  trigger_points.map((point) => point.vertex);

/** Turns so that the zone or the trigger points are in front; both stay in the picture. */
function turnTo({ surface, view }: Studio, muscle: Muscle, part: 'zone' | 'points'): void {
  const main = decodeRuns(muscle.zones.main, surface.count);
  const front = part === 'zone' || !points(muscle).length ? main : points(muscle);
  view.value?.frame([...main, ...points(muscle)], front);
}

/** Left and right without loading the page anew; its address, links and picture follow. */
function switchInPlace(record: HTMLElement, side: Signal<OneSide>): void {
  const links = [...record.querySelectorAll<HTMLAnchorElement>('.switch a[data-side]')];
  for (const link of links)
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const [from, to] = [side.value, link.dataset.side as OneSide];
      if (from === to) return;
      side.value = to;
      history.replaceState(null, '', link.href);
      for (const one of links) {
        if (one === link) one.setAttribute('aria-current', 'true');
        else one.removeAttribute('aria-current');
      }
      const locate = record.querySelector<HTMLAnchorElement>('#locate');
      if (locate) locate.href = locate.href.replace(`side=${from}`, `side=${to}`);
      for (const field of record.querySelectorAll<HTMLInputElement>('input[name=side]'))
        field.value = to;
      const picture = record.querySelector<HTMLImageElement>('#figure img');
      if (picture) picture.src = picture.src.replace(`/${from}-`, `/${to}-`);
    });
}
