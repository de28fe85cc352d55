/** What is in hand: tool, how strong, what it feels like, how wide a brush; and steps back. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { NAMED_QUALITIES, type Quality } from '../drawing/marks.ts';
import type { Tool } from '../drawing/store.ts';
import { announce } from './announce.tsx';
import { DrawingMenu } from './drawing-menu.tsx';
import { Icon, QualitySwatch } from './icons.tsx';
import { Button, Segmented, Slider } from './kit.tsx';
import type { Studio } from './studio.ts';

const INTENSITIES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const TOOLS = [
  ['paint', 'brush'],
  ['erase', 'eraser'],
  ['turn', 'turn'],
] as const;

interface Props {
  readonly studio: Studio;
  readonly files?: boolean;
}

export function Dock({ studio, files = true }: Props): JSX.Element {
  const { store } = studio;
  useEffect(() => listenForKeys(studio), [studio]);
  return (
    <div class="dock" role="group" aria-label={t('dock-name')}>
      <div class="dock__row">
        <IntensityRow
          value={store.intensity.value}
          onChange={(value) => {
            store.intensity.value = value;
            store.tool.value = 'paint';
          }}
        />
        <Slider
          label={t('dock-brush')}
          value={store.brushRadiusCm.value}
          min={0.5}
          max={6}
          step={0.5}
          text={t('dock-brush-value', { cm: store.brushRadiusCm.value * 2 })}
          onChange={(value) => (store.brushRadiusCm.value = value)}
        />
      </div>
      <div class="dock__row">
        <QualityRow
          value={store.quality.value}
          onChange={(value) => {
            store.quality.value = value;
            store.tool.value = 'paint';
          }}
        />
        <Segmented<Tool>
          legend={t('dock-tool')}
          variant="tools"
          value={store.tool.value}
          choices={TOOLS.map(([value, icon]) => ({
            value,
            label: t(`tool-${value}`),
            picture: <Icon name={icon} />,
          }))}
          onChange={(value) => (store.tool.value = value)}
        />
        <span class="dock__steps">
          <Button
            icon="undo"
            name={t('dock-undo')}
            disabled={!store.canUndo.value}
            onClick={() => {
              undo(studio);
            }}
          />
          <Button
            icon="redo"
            name={t('dock-redo')}
            disabled={!store.canRedo.value}
            onClick={() => {
              redo(studio);
            }}
          />
          <DrawingMenu studio={studio} files={files} />
        </span>
      </div>
    </div>
  );
}

interface Row<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function IntensityRow({ value, onChange }: Row<number>): JSX.Element {
  return (
    <Segmented<number>
      legend={t('intensity-legend')}
      hint={t('intensity-hint')}
      showLegend
      variant="strength"
      value={value}
      choices={INTENSITIES.map((step) => ({
        value: step,
        label: String(step),
        className: `pain-${step}`,
      }))}
      onChange={onChange}
    />
  );
}

export function QualityRow({ value, onChange }: Row<Quality>): JSX.Element {
  return (
    <Segmented<Quality>
      legend={t('quality-legend')}
      showLegend
      variant="quality"
      value={value}
      choices={NAMED_QUALITIES.map((quality) => ({
        value: quality,
        label: t(`quality-${quality}`),
        picture: <QualitySwatch quality={quality} />,
      }))}
      onChange={onChange}
    />
  );
}

function undo({ store }: Studio): void {
  if (!store.canUndo.value) return;
  store.undo();
  announce(t('said-undone'));
}

function redo({ store }: Studio): void {
  if (!store.canRedo.value) return;
  store.redo();
  announce(t('said-redone'));
}

/** A text field with text in it takes back its own typing. */
const hasOwnUndo = (target: EventTarget | null): boolean =>
  (target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === 'text')) &&
  target.value !== '';

/** Ctrl+Z and Ctrl+Y (or Shift+Ctrl+Z) everywhere but in a text field, which has its own. */
function listenForKeys(studio: Studio): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (hasOwnUndo(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) redo(studio);
    else if (key === 'z') undo(studio);
    else return;
    event.preventDefault();
  };
  document.addEventListener('keydown', pressed);
  return () => {
    document.removeEventListener('keydown', pressed);
  };
}
