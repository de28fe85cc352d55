/**
 * What stands beside the body: panes under tabs, and the dock. On a wide screen the dock lies under
 * the body and a side panel shows one pane; on a phone all of them share a sheet at the bottom,
 * where the dock is one more tab.
 */
import { signal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { Icon } from './icons.tsx';

export type Pane = 'dock' | 'ranking' | 'places' | 'measured';

export interface PaneAlert {
  readonly pane: Pane;
  readonly text: string;
}

interface SheetProps {
  readonly pane: Signal<Pane>;
  readonly panes: readonly {
    readonly id: Pane;
    readonly label: string;
    readonly content: ComponentChildren;
  }[];
  readonly dock: ComponentChildren;
  readonly foot?: ComponentChildren;
  /** What must be seen even while the pane that says it is hidden. */
  readonly alert?: PaneAlert | undefined;
}

const phone = matchMedia('(max-width: 760px), (max-height: 520px)');
const narrow = signal(phone.matches);
phone.addEventListener('change', () => (narrow.value = phone.matches));

const tall = signal(false);
/** On a phone the dock comes first; a wide screen shows it all the time. */
const dockInFront = signal(true);

export function Sheet({ pane, panes, dock, foot, alert }: SheetProps): JSX.Element {
  const open = (id: Pane): void => {
    dockInFront.value = id === 'dock';
    if (id !== 'dock') pane.value = id;
  };
  const inSight = (id: Pane): boolean =>
    narrow.value && dockInFront.value ? id === 'dock' : pane.value === id;
  const tab = (id: Pane, label: string, extra = ''): JSX.Element => {
    return (
      <button
        key={id}
        type="button"
        class={`tab ${extra}`}
        aria-pressed={inSight(id)}
        onClick={() => {
          open(id);
        }}
      >
        {label}
      </button>
    );
  };
  return (
    <div
      class={`sheet${dockInFront.value ? ' sheet--dock' : ''}${tall.value ? ' sheet--tall' : ''}`}
    >
      {narrow.value && dockInFront.value && alert && <Alert alert={alert} open={open} />}
      <div class="sheet__bar">
        <div class="tabs" role="group" aria-label={t('pane-group')}>
          {tab('dock', t('pane-dock'), 'tab--dock')}
          {panes.map(({ id, label }) => tab(id, label, panes.length === 1 ? 'tab--only' : ''))}
        </div>
        <button
          type="button"
          class="button button--quiet button--icon sheet__grow"
          aria-expanded={tall.value}
          aria-label={t('pane-taller')}
          title={t('pane-taller')}
          onClick={() => (tall.value = !tall.value)}
        >
          <Icon name="chevron" />
        </button>
      </div>
      <div class="sheet__dock">{dock}</div>
      {panes.map(({ id, content }) => (
        <div key={id} class={`sheet__pane stack${pane.value === id ? '' : ' is-hidden'}`}>
          {alert && id !== alert.pane && <Alert alert={alert} open={open} />}
          {content}
        </div>
      ))}
      {foot && <div class="sheet__foot">{foot}</div>}
    </div>
  );
}

function Alert({ alert, open }: { alert: PaneAlert; open: (pane: Pane) => void }): JSX.Element {
  return (
    <button
      type="button"
      class="sheet__alert"
      onClick={() => {
        open(alert.pane);
      }}
    >
      <Icon name="warning" />
      {alert.text}
    </button>
  );
}
