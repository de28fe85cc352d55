/**
 * What a finger finds at a muscle, one tap a sign: once it was found, twice it was not, three times
 * it was not examined after all. What was not examined is never taken as absent.
 */
import type { JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { announce } from '../ui/announce.tsx';
import { Icon } from '../ui/icons.tsx';
import { PALPATED, next, type Findings, type Place } from './findings.ts';
import { keepInSight } from './keep-in-sight.ts';

interface Props {
  readonly findings: Findings;
  readonly place: Place;
  /** The signs to offer; those that palpation shows when not given. */
  readonly signs?: readonly string[];
}

type State = 'found' | 'absent' | 'open';
const stateOf = (found: boolean | null): State =>
  found === null ? 'open' : found ? 'found' : 'absent';

export function QuickSigns({ findings, place, signs = PALPATED }: Props): JSX.Element {
  const tap = (sign: string): void => {
    keepInSight();
    const found = next(findings.of(place, sign));
    findings.set(place, sign, found);
    announce(t(`quick-said-${stateOf(found)}`, { sign }));
  };
  const nothing = PALPATED.every((sign) => findings.of(place, sign) === false);
  return (
    <div class="quick" role="group" aria-label={t('quick-title', { name: place.name })}>
      {signs.map((sign) => {
        const state = stateOf(findings.of(place, sign));
        return (
          <button
            key={sign}
            type="button"
            class={`quick__sign quick__sign--${state}`}
            onClick={() => {
              tap(sign);
            }}
          >
            <Icon name={state === 'found' ? 'check' : state === 'absent' ? 'close' : 'plus'} />
            <span>{sign}</span>
            <span class="visually-hidden">{t(`quick-${state}`)}</span>
          </button>
        );
      })}
      <button
        type="button"
        class={`quick__sign quick__sign--${nothing ? 'absent' : 'open'}`}
        aria-pressed={nothing}
        onClick={() => {
          keepInSight();
          for (const sign of PALPATED) findings.set(place, sign, nothing ? null : false);
          announce(t('quick-said-nothing'));
        }}
      >
        <Icon name="close" />
        {t('quick-nothing')}
      </button>
    </div>
  );
}
