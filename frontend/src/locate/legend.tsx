/** What the overlays on the body mean, while there are any. */
import type { JSX } from 'preact';
import { t } from '../base/l10n.ts';
import type { Highlighter } from './highlighter.ts';
import { lastOf, type Ranker } from './ranker.ts';

interface Props {
  readonly ranker: Ranker;
  readonly highlighter: Highlighter;
}

export function Legend({ ranker, highlighter }: Props): JSX.Element | null {
  const name = highlighter.name.value;
  const rest = lastOf(ranker.state.value)?.unexplained ?? [];
  if (!name && !rest.length) return null;
  return (
    <div class="legend">
      {name && (
        <>
          <span class="legend__name">{name}</span>
          <Row text={t('legend-point')} kind="point">
            <circle cx="12" cy="7" r="4" />
          </Row>
          <Row text={t('legend-main')} kind="zone">
            <path d="M1 1h22v12H1zM5 13 13 1M12 13 20 1" />
          </Row>
          <Row text={t('legend-spill')} kind="zone">
            <path d="M1 1h22v12H1z" stroke-dasharray="4 3" />
            <path d="M7 5h.01M13 5h.01M18 5h.01M10 9h.01M16 9h.01" stroke-linecap="round" />
          </Row>
        </>
      )}
      {rest.length > 0 && (
        <Row text={t('legend-rest')} kind="rest">
          <path d="M1.5 1.5h21v11h-21z" />
        </Row>
      )}
    </div>
  );
}

interface RowProps {
  readonly text: string;
  readonly kind: 'point' | 'zone' | 'rest';
  readonly children: JSX.Element | JSX.Element[];
}

function Row({ text, kind, children }: RowProps): JSX.Element {
  return (
    <span class="legend__row">
      <svg class={`legend__key legend__key--${kind}`} viewBox="0 0 24 14" aria-hidden="true">
        {children}
      </svg>
      {text}
    </span>
  );
}
