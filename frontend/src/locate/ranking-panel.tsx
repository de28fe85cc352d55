/** What would explain the drawing: warnings first, then trigger points, other causes, the rest. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Location, OtherCause, RegionShare } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Icon } from '../ui/icons.tsx';
import { Bar, Button, Notice } from '../ui/kit.tsx';
import { sideName, type Studio } from '../ui/studio.ts';
import { CandidateCard } from './candidate-card.tsx';
import type { Findings } from './findings.ts';
import { FindingsSummary } from './findings-form.tsx';
import type { Highlighter } from './highlighter.ts';
import { bringBack } from './keep-in-sight.ts';
import { lastOf, type Ranker } from './ranker.ts';

interface Props {
  readonly studio: Studio;
  readonly ranker: Ranker;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
}

export function RankingPanel({ studio, ranker, highlighter, findings }: Props): JSX.Element {
  const state = ranker.state.value;
  const last = lastOf(state);
  useLayoutEffect(() => {
    bringBack(state.status !== 'waiting');
  });
  return (
    <section
      class="ranking stack"
      aria-label={t('ranking-title')}
      aria-busy={state.status === 'waiting'}
    >
      <span class="visually-hidden" role="status">
        {state.status === 'ready' && summary(state.last)}
      </span>
      <FindingsSummary findings={findings} />
      {state.status === 'empty' && (
        <div class="empty">
          <h2>{t('ranking-empty-title')}</h2>
          <p>{t('ranking-empty')}</p>
        </div>
      )}
      {state.status === 'waiting' && !last && <p class="muted">{t('ranking-waiting')}</p>}
      {state.status === 'error' && (
        <Notice tone="error">
          <p>{state.error.detail?.message ?? t(`error-${state.error.kind}`)}</p>
          <Button
            onClick={() => {
              ranker.changed(true);
            }}
          >
            {t('error-again')}
          </Button>
        </Notice>
      )}
      {last && (
        <div class={`stack ${state.status === 'ready' ? '' : 'is-stale'}`}>
          <WideBound bound={last.bound} />
          <Leading location={last} />
          <Candidates
            location={last}
            studio={studio}
            highlighter={highlighter}
            findings={findings}
          />
          <OtherCauses causes={last.other_causes} bound={last.bound} />
          <Unexplained rest={last.unexplained} />
          <SmallPrint location={last} examined={findings.examined.value.length > 0} />
        </div>
      )}
    </section>
  );
}

function summary(location: Location): string {
  const first = leadingCauses(location)[0] ?? location.candidates[0];
  if (!first) return t('ranking-none');
  return t('ranking-said', { ...told(first), flags: location.red_flags.length });
}

/** A share of one as percent for a sentence; what is neither 0 nor 1 never reads as if it were. */
export function percent(share: number): string {
  const told = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  if (share > 0 && share < 0.01) return `<${told.format(1)}`;
  if (share > 0.99 && share < 1) return `>${told.format(99)}`;
  return told.format(share * 100);
}

/** A bound in percentage points, rounded up to one significant digit: never less than it is. */
export function rounded(bound: number): string {
  const points = bound * 100;
  const digit = 10 ** Math.floor(Math.log10(points));
  const up = Math.max(0.01, Math.ceil(points / digit - 1e-9) * digit);
  return new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(up);
}

/** Red flags stand before everything else, the questions included. */
export function Warnings({ ranker }: { ranker: Ranker }): JSX.Element | null {
  const flags = lastOf(ranker.state.value)?.red_flags ?? [];
  const panel = useRef<HTMLElement>(null);
  // A new warning is never left above what one happens to be reading.
  const ids = flags.map((flag) => flag.id).join();
  useEffect(() => {
    panel.current?.closest('.sheet__pane')?.scrollTo({ top: 0 });
  }, [ids]);
  if (!flags.length) return null;
  return (
    <section ref={panel} class="flags" aria-label={t('flags-title')}>
      <h2 class="flags__title">
        <Icon name="warning" />
        {t('flags-title')}
      </h2>
      <ul>
        {flags.map((flag) => (
          <li key={flag.id} class="flags__item">
            <h3>{flag.title}</h3>
            <p>{flag.say}</p>
            <details>
              <summary>{t('why')}</summary>
              <p>{flag.why}</p>
              <p class="small muted">{t('source', { source: flag.source })}</p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

const OTHERS = 'other-causes';

/** Above this the ranking may be read wrongly without a word about it. */
const WIDE_BOUND = 0.05;
/** From here on a bound says nothing that one would not know without it. */
const NO_BOUND = 0.5;

function WideBound({ bound }: { bound: number }): JSX.Element | null {
  if (bound <= WIDE_BOUND) return null;
  return (
    <Notice tone="info">
      <p>{bound < NO_BOUND ? t('ranking-wide', { percent: rounded(bound) }) : t('ranking-open')}</p>
    </Notice>
  );
}

/** How far to trust the figures, and what made them. */
function SmallPrint({ location, examined }: { location: Location; examined: boolean }) {
  const { bound, versions } = location;
  return (
    <footer class="small-print">
      <p>{exactness(bound)}</p>
      {examined && <p>{t('findings-assumed')}</p>}
      <p>{t('ranking-versions', { ...versions })}</p>
    </footer>
  );
}

/** So many candidates are read at a glance; the rest comes on demand. */
const FIRST = 6;

function exactness(bound: number): string {
  if (bound === 0) return t('ranking-exact');
  if (bound >= NO_BOUND) return t('ranking-bound-open');
  return t('ranking-bound', { percent: rounded(bound) });
}

/** A probability as the page shows it; one with a wide bound is never shown as if it were sure. */
export function chance(probability: number, bound: number): string {
  return t(bound > WIDE_BOUND ? 'percent-rough' : 'percent', { percent: percent(probability) });
}

interface CandidatesProps extends Omit<Props, 'ranker'> {
  readonly location: Location;
}

function Candidates({ location, studio, highlighter, findings }: CandidatesProps): JSX.Element {
  const [all, setAll] = useState(false);
  // What was examined stays in sight, however unlikely it has become.
  const { candidates } = location;
  const shown = candidates.filter((one, i) => all || i < FIRST || findings.at(one));
  return (
    <section class="stack" aria-label={t('ranking-candidates')}>
      <h2 class="section-title">{t('ranking-candidates')}</h2>
      {location.candidates.length === 0 && <p class="muted">{t('ranking-none')}</p>}
      <ol class="candidates">
        {shown.map((candidate) => (
          <CandidateCard
            key={`${candidate.muscle}:${candidate.side}`}
            candidate={candidate}
            bound={location.bound}
            studio={studio}
            highlighter={highlighter}
            findings={findings}
          />
        ))}
      </ol>
      {(all || shown.length < candidates.length) && (
        <button
          type="button"
          class="disclosure"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          <Icon name="chevron" />
          {all
            ? t('ranking-fewer')
            : t('ranking-more', { count: candidates.length - shown.length })}
        </button>
      )}
    </section>
  );
}

/** Says at the top when something that is not muscle explains the pain better. */
function Leading({ location }: { location: Location }): JSX.Element | null {
  const causes = leadingCauses(location);
  const { bound } = location;
  if (!causes.length) return null;
  return (
    <section class="leading" aria-label={t('other-leads')}>
      <h2 class="label">{t('other-leads')}</h2>
      <ul>
        {causes.map((cause) => (
          <li key={`${cause.id}:${cause.side}`} class="leading__cause">
            <span>{nameAndSide(cause)}</span>
            <span class="other__number">{chance(cause.probability, bound)}</span>
          </li>
        ))}
      </ul>
      <a class="small" href={`#${OTHERS}`}>
        {t('other-leads-more')}
      </a>
    </section>
  );
}

const MOST_LEADING = 3;

function leadingCauses({ candidates, other_causes }: Location): OtherCause[] {
  const best = candidates[0]?.probability ?? 0;
  const [first] = other_causes;
  if (!first) return [];
  // One far behind the first is no news up here.
  const least = Math.max(best, first.probability / 2);
  return other_causes.filter(({ probability }) => probability > least).slice(0, MOST_LEADING);
}

const nameAndSide = ({ name, side }: Pick<OtherCause, 'name' | 'side'>): string =>
  side === 'midline' ? name : t('region-with-side', { name, side: sideName(side) });

const told = ({ name, side, probability }: Pick<OtherCause, 'name' | 'side' | 'probability'>) => ({
  name,
  side: sideName(side),
  percent: percent(probability),
});

interface OtherCausesProps {
  readonly causes: readonly OtherCause[];
  readonly bound: number;
}

function OtherCauses({ causes, bound }: OtherCausesProps): JSX.Element | null {
  if (!causes.length) return null;
  return (
    <section id={OTHERS} class="stack" tabIndex={-1} aria-label={t('other-title')}>
      <h2 class="section-title">{t('other-title')}</h2>
      <ul class="others">
        {causes.map((cause) => (
          <li key={`${cause.id}:${cause.side}`} class="other">
            <span class="other__name">
              {cause.name}
              <span class="small muted">
                {' '}
                {cause.kind}
                {cause.side !== 'midline' && `, ${sideName(cause.side)}`}
              </span>
            </span>
            <span class="other__number">{chance(cause.probability, bound)}</span>
            <Bar share={cause.probability} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unexplained({ rest }: { rest: readonly RegionShare[] }): JSX.Element | null {
  if (!rest.length) return null;
  return (
    <section class="rest" aria-label={t('rest-title')}>
      <h2 class="section-title">{t('rest-title')}</h2>
      <p class="small">{t('rest-note')}</p>
      <ul class="chips">
        {rest.map(({ region, side, name }) => (
          <li key={`${region}:${side}`} class="chip chip--rest">
            {t('region-with-side', { name, side: sideName(side) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
