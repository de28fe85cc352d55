/** What would explain the drawing: warnings first, then trigger points, other causes, the rest. */
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
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
import type { Patient } from './patient.ts';
import { lastOf, type Ranker } from './ranker.ts';
import { Questions, WidespreadNote } from './warnings.tsx';

interface Props {
  readonly studio: Studio;
  readonly ranker: Ranker;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
  readonly patient: Patient;
}

export function RankingPanel({
  studio,
  ranker,
  highlighter,
  findings,
  patient,
}: Props): JSX.Element {
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
          <WidespreadNote location={last} />
          <WideBound bound={last.bound} />
          <Leading location={last} />
          <Candidates
            location={last}
            studio={studio}
            highlighter={highlighter}
            findings={findings}
            patient={patient}
          />
          <OtherCauses causes={last.other_causes} bound={last.bound} />
          <Unexplained rest={last.unexplained} />
          <Questions location={last} />
          <SmallPrint
            location={last}
            examined={findings.examined.value.length > 0}
            patient={patient}
          />
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
interface SmallPrintProps {
  readonly location: Location;
  readonly examined: boolean;
  readonly patient: Patient;
}

function SmallPrint({ location, examined, patient: { countsAssumed } }: SmallPrintProps) {
  const { bound, versions } = location;
  return (
    <footer class="small-print">
      <p>{exactness(bound)}</p>
      {examined && (
        <>
          <p>{t('findings-assumed')}</p>
          <label class="check">
            <input
              type="checkbox"
              checked={!countsAssumed.value}
              onChange={(event) => (countsAssumed.value = !event.currentTarget.checked)}
            />
            {t('findings-without-assumed')}
          </label>
        </>
      )}
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

function Candidates({
  location,
  studio,
  highlighter,
  findings,
  patient,
}: CandidatesProps): JSX.Element {
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
            patient={patient}
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
