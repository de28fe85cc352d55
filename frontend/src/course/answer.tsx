/** The forecast in words, drawn, and as sentences for its two readers. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { CourseJson, Forecast } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Segmented } from '../ui/kit.tsx';
import { Chart } from './chart.tsx';

interface Props {
  readonly course: CourseJson;
  readonly forecast: Forecast;
}

export function Answer({ course, forecast }: Props): JSX.Element {
  return (
    <>
      <div class={`outcome outcome--${forecast.verdict}`}>
        {forecast.synthetic && <span class="chip chip--open">{t('forecast-synthetic')}</span>}
        <h2>{verdictTitle(forecast)}</h2>
        <p lang="en">{sentence(forecast.why)}</p>
        <p class="outcome__review">{review(forecast)}</p>
      </div>
      <Chart {...{ course, forecast }} />
      <Chances forecast={forecast} />
      <Prior forecast={forecast} />
      <Said forecast={forecast} />
      <p class="small muted" translate={false}>
        {Object.entries(forecast.versions)
          .map(([what, version]) => (version.startsWith(what) ? version : `${what} ${version}`))
          .join(' · ')}
      </p>
    </>
  );
}

export const verdictTitle = ({ verdict }: Forecast): string =>
  t(`forecast-verdict-${verdict.replaceAll('_', '-')}`);

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

function review({ review: due }: Forecast): string {
  if (due.stalled) return t('forecast-review-stalled');
  if (due.kind === 'now') return t('forecast-review-now');
  if (due.kind === 'none' || due.session === null) return t('forecast-review-none');
  const day = due.day === null ? '' : Math.round(due.day);
  const kind = due.kind === 'half course' ? 'half' : 'full';
  return t(`forecast-review-${kind}`, { session: due.session, day });
}

const MOST_ROWS = 4;

function Chances({ forecast }: { forecast: Forecast }): JSX.Element {
  const { now, if_continued, if_stopped } = forecast.p_important_change;
  const { points } = forecast.important_change;
  const stop = new Map(if_stopped.map((one) => [one.week, one]));
  const shown = spread(if_continued, MOST_ROWS);
  return (
    <section class="stack" aria-labelledby="chances">
      <h2 id="chances" class="section-title">
        {t('forecast-chances')}
      </h2>
      <p class="small muted">
        {t('forecast-important', { points: Number(points.toPrecision(2)) })}{' '}
        <span lang="en">({forecast.important_change.from})</span>
      </p>
      <table class="chances">
        <thead>
          <tr>
            <th scope="col">{t('forecast-col-by')}</th>
            <th scope="col">{t('forecast-col-on')}</th>
            <th scope="col">{t('forecast-col-stop')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('forecast-now')}</th>
            <td colSpan={2}>
              <InTen {...now} />
            </td>
          </tr>
          {shown.map((one) => (
            <tr key={one.week}>
              <th scope="row">{t('forecast-week', { week: one.week })}</th>
              <td>
                <InTen {...one} />
              </td>
              <td>
                <InTen {...(stop.get(one.week) ?? one)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** At most `most` of a list, first and last among them, evenly spread. */
export function spread<One>(list: readonly One[], most: number): One[] {
  if (list.length <= most) return [...list];
  const at = (i: number): number => Math.round((i * (list.length - 1)) / (most - 1));
  return Array.from({ length: most }, (_, i) => list[at(i)]!);
}

/** A chance as ten dots and in words: no finer than it is known. */
function InTen({ p, said }: { p: number; said: string }): JSX.Element {
  const filled = Math.round(p * 10);
  return (
    <span class="in-ten">
      <svg class="in-ten__dots" viewBox="0 0 100 10" aria-hidden="true">
        {Array.from({ length: 10 }, (_, i) => (
          <circle
            key={i}
            class={i < filled ? 'dot dot--in' : 'dot'}
            cx={5 + 10 * i}
            cy="5"
            r="3.6"
          />
        ))}
      </svg>
      <span lang="en">{said}</span>
    </span>
  );
}

function Prior({ forecast }: { forecast: Forecast }): JSX.Element {
  const own = forecast.prior_share;
  return (
    <section class="stack" aria-labelledby="prior">
      <h2 id="prior" class="section-title">
        {t('forecast-prior')}
      </h2>
      <p class="chance-line">
        {t('forecast-benefit')} <InTen {...forecast.p_benefit} />
      </p>
      <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share__own" width="100" height="6" />
        <rect class="share__prior" width={100 * own} height="6" />
      </svg>
      <p class="share__ends small">
        <span>{t('forecast-prior-trials', { tenths: Math.round(own * 10) })}</span>
        <span>{t('forecast-prior-own')}</span>
      </p>
    </section>
  );
}

function Said({ forecast }: { forecast: Forecast }): JSX.Element {
  const reader = useSignal<'clinician' | 'patient'>('clinician');
  // The first sentence for the clinician is the verdict, which stands above.
  const { clinician, patient } = forecast.sentences;
  const said = reader.value === 'clinician' ? clinician.slice(1) : patient;
  return (
    <section class="stack" aria-labelledby="said">
      <h2 id="said" class="section-title">
        {t('forecast-said')}
      </h2>
      <Segmented
        legend={t('forecast-said')}
        value={reader.value}
        choices={[
          { value: 'clinician', label: t('forecast-for-clinician') },
          { value: 'patient', label: t('forecast-for-patient') },
        ]}
        onChange={(value) => {
          reader.value = value;
        }}
      />
      <ul class={`sentences sentences--${reader.value}`} lang="en">
        {said.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}
