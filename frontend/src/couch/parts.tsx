/** What the couch page is made of: steppers, a target's limits, clocks. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import type { Caps, Entry } from './types.ts';

interface StepperProps {
  readonly label: string;
  readonly value: number | null;
  readonly least?: number;
  readonly onChange: (value: number | null) => void;
  /** Said where nothing was counted; such a stepper goes below its least to nothing. */
  readonly unset?: string;
}

const MOST = 99;

/** A number that two large buttons change. */
export function Stepper({ label, value, least = 0, onChange, unset }: StepperProps): JSX.Element {
  const down = (): void => {
    if (value === null) return;
    if (value > least) onChange(value - 1);
    else if (unset !== undefined) onChange(null);
  };
  const atEnd = value === null || (value <= least && unset === undefined);
  return (
    <div class="stepper" role="group" aria-label={label}>
      <span class="stepper__label">{label}</span>
      <button
        type="button"
        class="stepper__button"
        aria-label={t('couch-less', { what: label })}
        aria-disabled={atEnd ? 'true' : undefined}
        onClick={down}
      >
        −
      </button>
      <output class={`stepper__value${value === null ? ' stepper__value--unset' : ''}`}>
        {value ?? unset}
      </output>
      <button
        type="button"
        class="stepper__button"
        aria-label={t('couch-more', { what: label })}
        onClick={() => {
          onChange(value === null ? least : Math.min(MOST, value + 1));
        }}
      >
        +
      </button>
    </div>
  );
}

/** How long a needle may be and how deep it may go, and what lies there. */
export function Limits({ caps, needleMm }: { caps: Caps; needleMm: number | null }): JSX.Element {
  const tooLong = isTooLong(caps, needleMm);
  return (
    <div class="limits">
      {caps.length_mm !== null && (
        <p class={tooLong ? 'limits__stop' : ''} role={tooLong ? 'alert' : undefined}>
          {t(tooLong ? 'couch-too-long' : 'couch-length-cap', {
            cap: caps.length_mm,
            needle: needleMm ?? 0,
          })}
        </p>
      )}
      {caps.depth_mm !== null && <p>{t('couch-depth-cap', { cap: caps.depth_mm })}</p>}
      {caps.smallest_published_mm !== null && (
        <p>{t('couch-smallest', { depth: caps.smallest_published_mm })}</p>
      )}
      {caps.risks.length > 0 && (
        <p lang="en">
          <span class="limits__label">{t('couch-at-risk')}</span> {caps.risks.join('; ')}
        </p>
      )}
      {caps.position && <p lang="en">{caps.position}</p>}
      {caps.direction && <p lang="en">{caps.direction}</p>}
    </div>
  );
}

export const isTooLong = (caps: Caps, needleMm: number | null): boolean =>
  caps.length_mm !== null && needleMm !== null && needleMm > caps.length_mm;

const TICK_MS = 5000;
const MINUTE_MS = 60_000;

/** Minutes since a needle went in. */
export function Clock({ since }: { since: Entry }): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const minutes = Math.max(0, Math.floor((now - Date.parse(since.at)) / MINUTE_MS));
  return <span class="clock">{t('couch-minutes', { minutes })}</span>;
}
