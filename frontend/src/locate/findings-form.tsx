/** Entering what the examination found at a muscle, and taking it back. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { announce } from '../ui/announce.tsx';
import { Button, Segmented } from '../ui/kit.tsx';
import { sideName } from '../ui/studio.ts';
import { signsOf, type Examined, type Findings, type Place } from './findings.ts';
import { keepInSight } from './keep-in-sight.ts';
import { askSigns, known } from './known-signs.ts';

type Choice = 'yes' | 'no' | 'open';
const CHOICES: readonly Choice[] = ['yes', 'no', 'open'];
const FOUND: Record<Choice, boolean | null> = { yes: true, no: false, open: null };
const choiceOf = (found: boolean | null): Choice =>
  found === null ? 'open' : found ? 'yes' : 'no';

interface FormProps {
  readonly findings: Findings;
  readonly place: Place;
}

/** One row a sign: found, not found, not examined. */
export function FindingsForm({ findings, place }: FormProps): JSX.Element {
  useEffect(() => {
    if (known.value === null) void askSigns();
  }, []);
  const list = known.value;
  return (
    <section class="examine" aria-label={t('examine-title')}>
      <h3 class="label">
        {t('examine-title')} <span class="label__hint">{t('examine-hint')}</span>
      </h3>
      {list === 'failed' && (
        <p class="small">
          {t('examine-failed')} <Button onClick={() => void askSigns()}>{t('error-again')}</Button>
        </p>
      )}
      {typeof list === 'object' &&
        list?.signs.map((sign) => (
          <Segmented<Choice>
            key={sign}
            legend={sign}
            showLegend
            variant="sign"
            value={choiceOf(findings.of(place, sign))}
            choices={CHOICES.map((value) => ({
              value,
              label: value === 'open' ? '–' : t(`examine-${value}`),
              ...(value === 'open' ? { name: t('examine-open') } : {}),
            }))}
            onChange={(value) => {
              keepInSight();
              findings.set(place, sign, FOUND[value]);
            }}
          />
        ))}
    </section>
  );
}

/** What was found at one muscle, in a line or two. */
function FoundLines({ examined }: { examined: Examined }): JSX.Element {
  const found = signsOf(examined, true);
  const not = signsOf(examined, false);
  return (
    <>
      {found && <span>{t('examine-found', { signs: found })}</span>}
      {not && <span>{t('examine-not-found', { signs: not })}</span>}
    </>
  );
}

/** Every finding that counts, whatever the ranking lists; here each can be taken back. */
export function FindingsSummary({ findings }: { findings: Findings }): JSX.Element | null {
  const all = findings.examined.value;
  if (!all.length) return null;
  return (
    <section class="found" aria-label={t('findings-title')}>
      <header class="found__head">
        <h2 class="section-title">{t('findings-title')}</h2>
        <button
          type="button"
          class="disclosure"
          onClick={() => {
            findings.clear();
            announce(t('findings-removed-all'));
          }}
        >
          {t('findings-remove-all')}
        </button>
      </header>
      <ul class="found__list">
        {all.map((examined) => {
          const named = { name: examined.name, side: sideName(examined.side) };
          return (
            <li key={`${examined.muscle}:${examined.side}`} class="found__row">
              <p>
                <strong>{t('findings-line', named)}</strong>
                <FoundLines examined={examined} />
              </p>
              <Button
                icon="close"
                kind="quiet"
                name={t('findings-remove', named)}
                onClick={() => {
                  findings.remove(examined);
                  announce(t('findings-removed', named));
                }}
              />
            </li>
          );
        })}
      </ul>
      <p class="small muted">{t('findings-note')}</p>
    </section>
  );
}
