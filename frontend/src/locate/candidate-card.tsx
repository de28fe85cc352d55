/** One muscle of the ranking: how likely, why, what speaks against it, what lies near it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Candidate, Prior, Side } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Icon } from '../ui/icons.tsx';
import { Bar, Segmented } from '../ui/kit.tsx';
import { sideName, type Studio } from '../ui/studio.ts';
import { signsOf, type Findings } from './findings.ts';
import { FindingsForm } from './findings-form.tsx';
import type { Highlighter } from './highlighter.ts';
import { keepInSight } from './keep-in-sight.ts';
import { RESPONSES, type Patient, type Response } from './patient.ts';
import { QuickSigns } from './quick-signs.tsx';
import { chance, percent } from './ranking-panel.tsx';
import { useId } from '../ui/ids.ts';

const NAMED = 3;

interface Props {
  readonly candidate: Candidate;
  /** How far off its probability may be. */
  readonly bound: number;
  readonly studio: Studio;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
  readonly patient: Patient;
}

export function CandidateCard(props: Props): JSX.Element {
  const { candidate, bound, highlighter, findings, patient } = props;
  const [open, setOpen] = useState(false);
  const [examining, setExamining] = useState(false);
  const signs = useId();
  const details = useId();
  const { muscle, side, name, synonyms, probability, explains, against, prior } = candidate;
  const alone = candidate.from_drawing;
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
          {name} {side !== 'midline' && <span class="side-tag">{sideName(side)}</span>}
        </span>
        <span class="candidate__number">{chance(probability, bound)}</span>
        <Bar share={probability} {...(alone === null ? {} : { before: alone })} />
        <span class="visually-hidden">{t('candidate-show')}</span>
      </button>
      {alone !== null && (
        <p class="candidate__alone">
          {t('candidate-from-drawing', { chance: chance(alone, bound) })}
        </p>
      )}
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
      <div class="candidate__doors">
        <Door label={t('candidate-why')} name={name} panel={details} open={open} set={setOpen} />
        <Door
          label={t('candidate-examine')}
          name={name}
          panel={signs}
          open={examining}
          set={setExamining}
        />
      </div>
      <div id={signs} class="candidate__signs" hidden={!examining}>
        {examining && <QuickSigns findings={findings} place={{ muscle, side, name }} />}
      </div>
      <div id={details} class="candidate__details stack" hidden={!open}>
        {open && (
          <>
            {synonyms.length > 0 && (
              <p class="small muted">{t('candidate-synonyms', { names: synonyms.join(', ') })}</p>
            )}
            <FindingsForm findings={findings} place={{ muscle, side, name }} />
            <Treated patient={patient} place={target} />
            <Details candidate={candidate} />
            <PriorReasons prior={prior} />
            <a class="about__link" href={`/atlas/${muscle}/?side=${side}`}>
              {t('candidate-record')}
            </a>
          </>
        )}
      </div>
    </li>
  );
}

interface DoorProps {
  readonly label: string;
  readonly name: string;
  readonly panel: string;
  readonly open: boolean;
  readonly set: (open: boolean) => void;
}

/** Opens and closes a part of the card. */
function Door({ label, name, panel, open, set }: DoorProps): JSX.Element {
  return (
    <button
      type="button"
      class="disclosure"
      aria-expanded={open}
      aria-controls={panel}
      onClick={() => {
        set(!open);
      }}
    >
      <Icon name="chevron" />
      {label}
      <span class="visually-hidden">{name}</span>
    </button>
  );
}

interface TreatedProps {
  readonly patient: Patient;
  readonly place: { readonly muscle: string; readonly side: Side };
}

function Treated({ patient, place }: TreatedProps): JSX.Element {
  return (
    <Segmented<Response | 'open'>
      legend={t('treated-legend')}
      showLegend
      value={patient.responseOf(place) ?? 'open'}
      choices={([...RESPONSES, 'open'] as const).map((value) => ({
        value,
        label: t(`treated-${value}`),
      }))}
      onChange={(value) => {
        keepInSight();
        patient.setResponse(place, value === 'open' ? null : value);
      }}
    />
  );
}

/** Where the chance starts before the drawing, and what that rests on. */
function PriorReasons({ prior: { value, why } }: { prior: Prior }): JSX.Element {
  return (
    <>
      <h3 class="label">{t('prior-title', { percent: percent(value) })}</h3>
      <ul class="plain-list">
        {why.map(({ text, factor, source, confidence }) => (
          <li key={text}>
            {text} {factor !== null && t('prior-factor', { factor: Number(factor.toPrecision(2)) })}{' '}
            <span class="small muted">
              {source ? t('source-with-confidence', { source, confidence }) : `(${confidence})`}
            </span>
          </li>
        ))}
      </ul>
    </>
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
