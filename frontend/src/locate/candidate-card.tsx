/** One muscle of the ranking: how likely, why, what speaks against it, what lies near it. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Candidate } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Icon } from '../ui/icons.tsx';
import { Bar } from '../ui/kit.tsx';
import { sideName, type Studio } from '../ui/studio.ts';
import { signsOf, type Findings } from './findings.ts';
import { FindingsForm } from './findings-form.tsx';
import type { Highlighter } from './highlighter.ts';
import { percent } from './ranking-panel.tsx';

const NAMED = 3;

interface Props {
  readonly candidate: Candidate;
  readonly studio: Studio;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
}

export function CandidateCard({ candidate, highlighter, findings }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const details = useId();
  const { muscle, side, name, synonyms, probability, explains, against } = candidate;
  const target = { muscle, side };
  const shown = highlighter.isShown(target);
  const pinned = highlighter.isPinned(target);
  const examined = findings.at(target);
  const found = examined ? signsOf(examined, true) : '';
  const names = explains.slice(0, NAMED).map((region) => region.name.toLowerCase());
  return (
    <li
      class={`candidate${shown ? ' is-shown' : ''}`}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') highlighter.preview(target);
      }}
      onPointerLeave={() => {
        highlighter.preview(null);
      }}
    >
      <button
        type="button"
        class="candidate__main"
        aria-pressed={pinned}
        onFocus={() => {
          highlighter.preview(target);
        }}
        onBlur={() => {
          highlighter.preview(null);
        }}
        onClick={() => {
          highlighter.pin(pinned ? null : target);
        }}
      >
        <span class="candidate__name">
          {name}
          {side !== 'midline' && <span class="side-tag">{sideName(side)}</span>}
        </span>
        <span class="candidate__number">{t('percent', { percent: percent(probability) })}</span>
        <Bar share={probability} />
        <span class="visually-hidden">{t('candidate-show')}</span>
      </button>
      {names.length > 0 && (
        <p class="candidate__line">
          <Icon name="check" />
          <span>
            {t('candidate-explains', { names: names.join(', ') })}
            {explains.length > NAMED && (
              <> {t('candidate-and-more', { count: explains.length - NAMED })}</>
            )}
          </span>
        </p>
      )}
      {against[0] && (
        <p class="candidate__line candidate__line--against">
          <Icon name="close" />
          <span>
            {against[0].name
              ? t('candidate-against', { name: against[0].name.toLowerCase(), why: against[0].why })
              : t('candidate-against-finding', { why: against[0].why })}
          </span>
        </p>
      )}
      {found && (
        <p class="candidate__line candidate__line--found">
          <Icon name="hand" />
          <span>{t('examine-found', { signs: found })}</span>
        </p>
      )}
      <button
        type="button"
        class="disclosure"
        aria-expanded={open}
        aria-controls={details}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name="chevron" />
        {t('candidate-why')}
        <span class="visually-hidden">{name}</span>
      </button>
      <div id={details} class="candidate__details stack" hidden={!open}>
        {open && (
          <>
            {synonyms.length > 0 && (
              <p class="small muted">{t('candidate-synonyms', { names: synonyms.join(', ') })}</p>
            )}
            <FindingsForm findings={findings} place={{ muscle, side, name }} />
            <Details candidate={candidate} />
          </>
        )}
      </div>
    </li>
  );
}

function Details({ candidate: { explains, against, at_risk } }: { candidate: Candidate }) {
  return (
    <>
      <h3 class="label">{t('candidate-explains-title')}</h3>
      <ul class="shares">
        {explains.map(({ region, side, name, share }) => (
          <li key={`${region}:${side}`}>
            <span>{t('region-with-side', { name, side: sideName(side) })}</span>
            <span class="shares__number">{t('percent', { percent: percent(share) })}</span>
            <Bar share={share} />
          </li>
        ))}
      </ul>
      {against.length > 0 && (
        <>
          <h3 class="label">{t('candidate-against-title')}</h3>
          <ul class="plain-list">
            {against.map(({ region, side, name, why }) => (
              <li key={`${region}:${side}:${why}`}>
                {name && side
                  ? t('candidate-against-line', { name, side: sideName(side), why })
                  : why}
              </li>
            ))}
          </ul>
        </>
      )}
      {at_risk.length > 0 && (
        <details class="at-risk">
          <summary>{t('candidate-at-risk', { count: at_risk.length })}</summary>
          <ul class="plain-list">
            {at_risk.map(({ structure, note, source, confidence }) => (
              <li key={structure}>
                <strong>{structure}</strong> {note}{' '}
                <span class="small muted">
                  {t('source-with-confidence', { source, confidence })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
