/** What to examine next: how, what either answer would change, and when to stop and why. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Examination, Proposal } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Icon } from '../ui/icons.tsx';
import { useId } from '../ui/ids.ts';
import { Button } from '../ui/kit.tsx';
import { sideName } from '../ui/studio.ts';
import { PALPATED, TEST_POSITIVE, type Findings } from './findings.ts';
import type { Highlighter } from './highlighter.ts';
import { QuickSigns } from './quick-signs.tsx';
import { lastOf, type Ranker } from './ranker.ts';
import { chance } from './ranking-panel.tsx';

export type Examiner = Ranker<Examination>;

interface Props {
  readonly examiner: Examiner;
  readonly findings: Findings;
  readonly highlighter: Highlighter;
}

const keyOf = ({ id, side }: Proposal): string => `${id} ${side}`;

/** What one is examining: it stays until one asks for the next, whatever its findings change. */
const inHand = signal<Proposal | null>(null);
/** Folded at first, so that the ranking stays in sight; as one left it from then on. */
const open = signal(false);

export function NextStep({ examiner, findings, highlighter }: Props): JSX.Element | null {
  const state = examiner.state.value;
  const last = lastOf(state);
  const empty = state.status === 'empty';
  const panel = useId();
  useEffect(() => {
    if (empty) inHand.value = null;
  }, [empty]);
  if (empty || !last) return null;
  const shown = inHand.value ?? last.next[0];
  const others = last.next.filter((one) => !shown || keyOf(one) !== keyOf(shown));
  return (
    <section class="next" aria-label={t('next-title')} aria-busy={state.status === 'waiting'}>
      <h2 class="next__title">
        {shown ? (
          <button
            type="button"
            class="next__open"
            aria-expanded={open.value}
            aria-controls={panel}
            onClick={() => (open.value = !open.value)}
          >
            <Icon name="hand" />
            <span>
              <span class="label">{t('next-title')}</span>
              <span class="next__name">
                {shown.name}{' '}
                {shown.side !== 'midline' && <span class="side-tag">{sideName(shown.side)}</span>}
              </span>
            </span>
            <Icon name="chevron" />
          </button>
        ) : (
          <span class="next__stopped">
            <Icon name="hand" />
            {t('next-stop-title')}
          </span>
        )}
      </h2>
      <div id={panel} class="next__step" hidden={!shown || !open.value}>
        {shown && open.value && (
          <Step
            key={keyOf(shown)}
            step={shown}
            bound={last.bound}
            findings={findings}
            highlighter={highlighter}
          />
        )}
      </div>
      {last.stop && <p class="next__stop">{last.stop}</p>}
      {open.value && inHand.value && (
        <Button
          onClick={() => {
            inHand.value = null;
          }}
        >
          {t('next-done')}
        </Button>
      )}
      {open.value && others.length > 0 && (
        <details class="next__others">
          <summary>{t('next-others', { count: others.length })}</summary>
          <ul>
            {others.map((one) => (
              <li key={keyOf(one)}>
                <button type="button" class="next__other" onClick={() => (inHand.value = one)}>
                  <span>
                    {one.name}{' '}
                    {one.side !== 'midline' && <span class="side-tag">{sideName(one.side)}</span>}
                  </span>
                  <span class="small muted">{minutes(one)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="small muted">{last.plan}</p>
    </section>
  );
}

const minutes = ({ minutes: long }: Proposal): string => t('next-minutes', { minutes: long });

interface StepProps extends Pick<Props, 'findings' | 'highlighter'> {
  readonly step: Proposal;
  readonly bound: number;
}

function Step({ step, bound, findings, highlighter }: StepProps): JSX.Element {
  const place = { muscle: step.id, side: step.side, name: step.name };
  const muscle = step.kind !== 'test';
  return (
    <div
      class="next__body"
      // A tap on any answer takes the step in hand.
      onClickCapture={(event) => {
        if ((event.target as Element).closest('.quick, .next__answers')) inHand.value = step;
      }}
    >
      {muscle && (
        <button
          type="button"
          class="disclosure"
          aria-pressed={highlighter.isPinned(place)}
          onClick={() => {
            highlighter.pin(highlighter.isPinned(place) ? null : place);
          }}
        >
          <Icon name="eye" />
          {t('candidate-show')}
        </button>
      )}
      {step.how && <p>{step.how}</p>}
      {step.position && <p class="small muted">{step.position}</p>}
      {muscle ? (
        <QuickSigns findings={findings} place={place} signs={signsOf(step)} />
      ) : (
        <TestAnswers findings={findings} place={place} />
      )}
      <p class="label">{t(muscle ? 'next-would' : 'next-would-test')}</p>
      <dl class="outcomes">
        <Outcome words={step.present} share={step.if_present} bound={bound} />
        <Outcome words={step.absent} share={step.if_absent} bound={bound} />
      </dl>
      <p class="small muted">
        {[
          minutes(step),
          step.burden_why,
          step.changes_plan === true && t('next-changes'),
          step.changes_plan === false && t('next-changes-not'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {step.accuracy && (
        <details>
          <summary>{t('next-accuracy')}</summary>
          <p class="small">{step.accuracy}</p>
          <p class="small muted">{t('source', { source: step.source })}</p>
        </details>
      )}
    </div>
  );
}

/** Palpation offers what a finger finds; a movement only its own signs. */
const signsOf = ({ kind, signs }: Proposal): readonly string[] =>
  kind === 'palpation' ? PALPATED : signs;

function TestAnswers({ findings, place }: Parameters<typeof QuickSigns>[0]): JSX.Element {
  const found = findings.of(place, TEST_POSITIVE);
  return (
    <div class="next__answers" role="group" aria-label={t('next-answer', { name: place.name })}>
      {([true, false] as const).map((answer) => (
        <button
          key={String(answer)}
          type="button"
          class={`quick__sign quick__sign--${found !== answer ? 'open' : answer ? 'found' : 'absent'}`}
          aria-pressed={found === answer}
          onClick={() => {
            findings.set(place, TEST_POSITIVE, found === answer ? null : answer);
          }}
        >
          <Icon name={answer ? 'check' : 'close'} />
          {t(answer ? 'next-positive' : 'next-negative')}
        </button>
      ))}
    </div>
  );
}

interface OutcomeProps {
  readonly words: string;
  readonly share: number;
  readonly bound: number;
}

function Outcome({ words, share, bound }: OutcomeProps): JSX.Element {
  return (
    <div class="outcome">
      <dt>{words}</dt>
      <dd>{chance(share, bound)}</dd>
    </div>
  );
}
