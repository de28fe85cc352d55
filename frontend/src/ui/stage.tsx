/** The body on its stage: the picture, which side is which, where to look from. */
import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import type { BodyKind } from '../body/shape.ts';
import { Brush } from '../drawing/brush.ts';
import { facing, VIEWS, type Stance, type ViewName } from '../view/rig.ts';
import type { Palette } from '../view/skin-material.ts';
import { Popover, Segmented, Slider, Notice } from './kit.tsx';
import type { Studio } from './studio.ts';

const stance = signal<Stance | null>(null);
const failed = signal(false);

interface StageProps {
  readonly studio: Studio;
  /** What lies over the picture, for instance a legend. */
  readonly children?: ComponentChildren;
}

/** The stage that one paints on. */
export function Stage({ studio, children }: StageProps): JSX.Element {
  return (
    <section class="stage" aria-label={t('stage-name')}>
      <Canvas studio={studio} label={t('stage-canvas')} keys={t('stage-keys')} />
      <SideLabels />
      <div class="stage__corner">
        <BuildMenu studio={studio} />
      </div>
      <ViewRail studio={studio} />
      {children}
      {failed.value && (
        <div class="stage__message">
          <Notice tone="error">{t('stage-no-webgl')}</Notice>
        </div>
      )}
      {!studio.view.value && !failed.value && <p class="stage__message">{t('stage-loading')}</p>}
    </section>
  );
}

interface CanvasProps {
  readonly studio: Studio;
  readonly label: string;
  readonly keys: string;
  /** Part of a page that scrolls: the wheel and a finger moved up or down are the page's. */
  readonly inPage?: boolean;
}

type DisplayProps = Omit<CanvasProps, 'inPage'> & StageProps;

/** The body to look at, as a part of a page that scrolls. */
export function Display({ children, ...canvas }: DisplayProps): JSX.Element {
  return (
    <section class="stage stage--in-page" aria-label={t('stage-name')}>
      <Canvas {...canvas} inPage />
      <SideLabels />
      <ViewRail studio={canvas.studio} />
      {children}
    </section>
  );
}

function Canvas({ studio, label, keys, inPage = false }: CanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => mount(canvas.current!, studio, inPage), [studio]);
  return (
    <canvas
      ref={canvas}
      class="stage__canvas"
      tabIndex={0}
      role="application"
      aria-label={label}
      aria-describedby="stage-keys"
      onKeyDown={(event) => {
        if (studio.view.value && steer(studio, event.key)) event.preventDefault();
      }}
    >
      <span id="stage-keys">{keys}</span>
    </canvas>
  );
}

function mount(canvas: HTMLCanvasElement, studio: Studio, inPage: boolean): () => void {
  const gone = new AbortController();
  const undo: (() => void)[] = [
    () => {
      gone.abort();
    },
  ];
  void (async () => {
    try {
      const { BodyView, PointerInput } = await import('../view/index.ts');
      if (gone.signal.aborted) return;
      const { store } = studio;
      const view = new BodyView(canvas, studio.body, studio.surface, store.marks);
      const input = new PointerInput(canvas, view, store, new Brush(studio.surface), inPage);
      input.onStroke((milliseconds) => {
        canvas.dispatchEvent(new CustomEvent('stroke-work', { detail: milliseconds }));
      });
      store.onTouch((vertices) => {
        view.marksChanged(vertices);
      });
      view.onMove((now) => (stance.value = now));
      undo.push(
        followTheme(() => {
          view.setPalette(palette());
        }),
      );
      view.setBuild(studio.build.value);
      studio.view.value = view;
      undo.push(() => {
        view.dispose();
      });
    } catch (error) {
      console.error(error);
      failed.value = true;
    }
  })();
  return () => {
    for (const step of undo) step();
  };
}

function steer(studio: Studio, key: string): boolean {
  const view = studio.view.value!;
  const step = 0.2;
  const moves: Partial<Record<string, () => void>> = {
    ArrowLeft: () => {
      view.turn(-step, 0);
    },
    ArrowRight: () => {
      view.turn(step, 0);
    },
    ArrowUp: () => {
      view.turn(0, step);
    },
    ArrowDown: () => {
      view.turn(0, -step);
    },
    '+': () => {
      view.zoom(0.85, null);
    },
    '-': () => {
      view.zoom(1.18, null);
    },
    '0': () => {
      view.snap('front');
    },
  };
  const move = moves[key];
  move?.();
  return move !== undefined;
}

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    skin: token('--body-skin'),
    shade: token('--body-shade'),
    rim: token('--body-rim'),
    ramp: [0, 1, 2, 3, 4].map((stop) => token(`--pain-stop-${stop}`)),
    zone: token('--zone'),
    unexplained: token('--unexplained'),
    dark: token('--is-dark') === '1',
  };
}

/** Calls `apply` now and whenever the page turns light or dark. */
function followTheme(apply: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const choice = document.querySelector('#theme');
  media.addEventListener('change', apply);
  choice?.addEventListener('change', apply);
  apply();
  return () => {
    media.removeEventListener('change', apply);
    choice?.removeEventListener('change', apply);
  };
}

/** "Patient's right" and "patient's left" stand where they are in the picture. */
function SideLabels(): JSX.Element {
  const yaw = stance.value?.yaw ?? 0;
  // Where the patient's left lies on the screen: 1 at the right edge, -1 at the left one.
  const across = Math.cos(yaw);
  const near = Math.sin(yaw) > 0 ? 'left' : 'right';
  const sideOn = Math.abs(across) < 0.35;
  const place = (side: 'left' | 'right'): string => {
    if (sideOn) return side === near ? 'centre' : 'away';
    return (side === 'left') === across > 0 ? 'at-right' : 'at-left';
  };
  return (
    <div class="sides">
      <span class="visually-hidden" role="status">
        {t(`stage-facing-${facing(yaw)}`)}
      </span>
      {(['right', 'left'] as const).map((side) => (
        <span key={side} class={`sides__label sides__label--${place(side)}`} aria-hidden="true">
          {t(`stage-patients-${side}`)}
        </span>
      ))}
    </div>
  );
}

function ViewRail({ studio }: { studio: Studio }): JSX.Element {
  const go = (view: ViewName): void => {
    studio.view.value?.snap(view);
  };
  const buttons = (close?: () => void): JSX.Element[] =>
    VIEWS.map((view) => (
      <button
        key={view}
        type="button"
        class="rail__button"
        onClick={() => {
          go(view);
          close?.();
        }}
      >
        {t(`view-${view}`)}
      </button>
    ));
  return (
    <>
      <div class="rail rail--open" role="group" aria-label={t('view-group')}>
        {buttons()}
      </div>
      <div class="rail rail--folded">
        <Popover name={t('view-group')} icon="eye" align="end">
          {(close) => <div class="rail__grid">{buttons(close)}</div>}
        </Popover>
      </div>
    </>
  );
}

function BuildMenu({ studio }: { studio: Studio }): JSX.Element {
  const { kind, weight, height } = studio.build.value;
  const change = (part: Partial<typeof studio.build.value>): void => {
    studio.build.value = { ...studio.build.value, ...part };
    studio.view.value?.setBuild(studio.build.value);
  };
  const axis = (name: 'weight' | 'height', value: number): JSX.Element => (
    <Slider
      label={t(`build-${name}`)}
      value={value}
      min={-1}
      max={1}
      step={0.1}
      text={t(`build-${name}-value`, { percent: Math.round(value * 100) })}
      ends={[t(`build-${name}-less`), t(`build-${name}-more`)]}
      onChange={(next) => {
        change({ [name]: next });
      }}
    />
  );
  return (
    <Popover name={t('build-title')} icon="body" label={t('build-title')}>
      {() => (
        <div class="stack">
          <Segmented<BodyKind>
            legend={t('build-kind')}
            showLegend
            value={kind}
            choices={(['neither', 'female', 'male'] as const).map((value) => ({
              value,
              label: t(`build-${value}`),
            }))}
            onChange={(next) => {
              change({ kind: next });
            }}
          />
          {axis('weight', weight)}
          {axis('height', height)}
        </div>
      )}
    </Popover>
  );
}
