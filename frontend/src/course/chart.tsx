/** The course drawn: scores, what was fitted, and the two futures; and the same as a table. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CourseJson, Forecast } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { atWeeks, band, line, linear, roundTicks, weekTicks } from './scales.ts';

const HEIGHT = 300;
const MARGIN = { left: 34, right: 12, top: 10, bottom: 44 };
const SESSION_AT = HEIGHT - MARGIN.bottom;

interface Props {
  readonly course: CourseJson;
  readonly forecast: Forecast;
}

export function Chart({ course, forecast }: Props): JSX.Element {
  const { frame, width } = useWidth();
  const { fitted, if_continued, if_stopped } = forecast.curve;
  const origin = forecast.first_session ?? fitted[0]?.day ?? 0;
  const sessions = course.sessions ?? [];
  const all = [...fitted, ...if_continued].map(({ day }) => day);
  const days = [
    Math.min(...all, ...course.scores.map(({ day }) => day), ...sessions.map(({ day }) => day)),
    Math.max(...all, forecast.today),
  ] as const;
  const [low, high] = scoreSpan(course, forecast);
  const x = linear(days, [MARGIN.left + 6, width - MARGIN.right]);
  const y = linear([low, high], [HEIGHT - MARGIN.bottom - 8, MARGIN.top + 6]);
  const now = x(forecast.today);
  return (
    <figure class="chart">
      <Keys stops={if_stopped.length > 0} />
      <div ref={frame} class="chart__frame">
        <svg
          class="chart__svg"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={t('forecast-chart', { outcome: forecast.outcome })}
        >
          {roundTicks(low, high, 6).map((value) => (
            <g key={value}>
              <line class="chart__grid" x1={MARGIN.left} x2={width} y1={y(value)} y2={y(value)} />
              <text class="chart__label" x={MARGIN.left - 6} y={y(value) + 4} text-anchor="end">
                {value}
              </text>
            </g>
          ))}
          {weekTicks(days, origin, Math.max(3, Math.floor(width / 56))).map(({ week, day }) => (
            <text
              key={week}
              class="chart__label"
              x={x(day)}
              y={HEIGHT - MARGIN.bottom + 22}
              text-anchor="middle"
            >
              {week}
            </text>
          ))}
          <text class="chart__label" x={width - 2} y={HEIGHT - 4} text-anchor="end">
            {t(forecast.first_session === null ? 'forecast-axis-record' : 'forecast-axis')}
          </text>
          <path class="chart__band" d={band(fitted, x, y)} />
          <path class="chart__band chart__band--on" d={band(if_continued, x, y)} />
          <path class="chart__line chart__line--stop" d={line(if_stopped, x, y)} />
          <path class="chart__line chart__line--on" d={line(if_continued, x, y)} />
          <path class="chart__line" d={line(fitted, x, y)} />
          <line class="chart__now" x1={now} x2={now} y1={MARGIN.top} y2={SESSION_AT} />
          {course.scores.map((score, i) => (
            <circle key={i} class="chart__score" cx={x(score.day)} cy={y(score.value)} r="3.5" />
          ))}
          <line class="chart__base" x1={MARGIN.left} x2={width} y1={SESSION_AT} y2={SESSION_AT} />
          {sessions.map((session, i) => (
            <path
              key={i}
              class="chart__session"
              d={`M${x(session.day).toFixed(1)} ${SESSION_AT - 9}l5 9h-10z`}
            />
          ))}
        </svg>
      </div>
      <details>
        <summary>{t('forecast-table')}</summary>
        <Table origin={origin} {...{ course, forecast }} />
      </details>
    </figure>
  );
}

/** Long scales are cut to what is in sight, so that a course does not lie flat at the bottom. */
export function scoreSpan(course: CourseJson, forecast: Forecast): [number, number] {
  const [low, high] = forecast.range;
  if (high - low <= 10) return [low, high];
  const seen = [
    ...course.scores.map(({ value }) => value),
    ...Object.values(forecast.curve).flatMap((curve) => curve.flatMap((p) => [p.low, p.high])),
  ];
  const pad = (Math.max(...seen) - Math.min(...seen)) * 0.08 || 1;
  return [Math.max(low, Math.min(...seen) - pad), Math.min(high, Math.max(...seen) + pad)];
}

function Keys({ stops }: { stops: boolean }): JSX.Element {
  return (
    <ul class="chart__keys" aria-hidden="true">
      <Key text={t('forecast-key-score')}>
        <circle class="chart__score" cx="12" cy="8" r="3.5" />
      </Key>
      <Key text={t('forecast-key-fitted')}>
        <path class="chart__band" d="M0 2H24V14H0Z" />
        <path class="chart__line" d="M0 8H24" />
      </Key>
      {stops && (
        <>
          <Key text={t('forecast-key-on')}>
            <path class="chart__band chart__band--on" d="M0 2H24V14H0Z" />
            <path class="chart__line chart__line--on" d="M0 8H24" />
          </Key>
          <Key text={t('forecast-key-stop')}>
            <path class="chart__line chart__line--stop" d="M0 8H24" />
          </Key>
        </>
      )}
      <Key text={t('forecast-key-session')}>
        <path class="chart__session" d="M12 3l5 9h-10z" />
      </Key>
    </ul>
  );
}

function Key({ text, children }: { text: string; children: JSX.Element | JSX.Element[] }) {
  return (
    <li>
      <svg width="24" height="16" viewBox="0 0 24 16">
        {children}
      </svg>
      {text}
    </li>
  );
}

/** Scores need no repeating here: they stand in the form. */
function Table({ origin, forecast }: Props & { origin: number }): JSX.Element {
  const { fitted, if_continued, if_stopped } = forecast.curve;
  const stop = new Map(atWeeks(if_stopped, origin).map(({ week, point }) => [week, point]));
  const span = (p: { low: number; middle: number; high: number } | undefined): string =>
    p ? t('forecast-span', { low: p.low, middle: p.middle, high: p.high }) : '';
  const past = atWeeks(fitted, origin);
  const last = past.at(-1)?.week ?? -Infinity;
  return (
    <div class="table-wide" tabIndex={0} role="region" aria-label={t('forecast-table')}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{t('forecast-col-week')}</th>
            <th scope="col">{t('forecast-col-on')}</th>
            <th scope="col">{t('forecast-col-stop')}</th>
          </tr>
        </thead>
        <tbody>
          {past.map(({ week, point }) => (
            <tr key={week}>
              <th scope="row">{week}</th>
              <td colSpan={2}>{span(point)}</td>
            </tr>
          ))}
          {atWeeks(if_continued, origin)
            .filter(({ week }) => week > last)
            .map(({ week, point }) => (
              <tr key={week}>
                <th scope="row">{week}</th>
                <td>{span(point)}</td>
                <td>{span(stop.get(week))}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p class="small muted">{t('forecast-table-note')}</p>
    </div>
  );
}

/** The drawing is as wide as its place, so that its letters keep their size. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => {
      setWidth(Math.max(240, Math.floor(element.clientWidth)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { frame, width };
}
