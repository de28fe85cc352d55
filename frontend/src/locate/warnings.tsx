/** What comes before any ranking, what to ask before needling, and pain that is everywhere. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Location, RedFlag } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/kit.tsx';
import { lastOf, type Ranker } from './ranker.ts';

/** Red flags stand before everything else, the questions included; the most urgent first. */
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
          <Flag key={flag.id} flag={flag} />
        ))}
      </ul>
    </section>
  );
}

function Flag({ flag }: { flag: RedFlag }): JSX.Element {
  return (
    <li class={`flags__item flags__item--${flag.urgency}`}>
      <p class="flags__urgency">{t(`urgency-${flag.urgency}`)}</p>
      <h3>{flag.title}</h3>
      <p class="flags__do">{flag.do}</p>
      <p>{flag.say}</p>
      {flag.ask.length > 0 && <Asked questions={flag.ask} />}
      <details>
        <summary>{t('why')}</summary>
        <p>{flag.why}</p>
        <p class="small muted">{t('source', { source: flag.source })}</p>
      </details>
    </li>
  );
}

function Asked({ questions }: { questions: readonly string[] }): JSX.Element {
  return (
    <>
      <p class="label">{t('flags-ask')}</p>
      <ul class="flags__ask">
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
    </>
  );
}

/** What a drawing cannot tell and must be asked before needling there. */
export function Questions({ location }: { location: Location }): JSX.Element | null {
  const { questions } = location;
  if (!questions.length) return null;
  return (
    <section class="rest" aria-label={t('questions-title')}>
      <h2 class="section-title">{t('questions-title')}</h2>
      {questions.map((flag) => (
        <details key={flag.id} class="question">
          <summary>{flag.title}</summary>
          <p>{flag.say}</p>
          {flag.ask.length > 0 && <Asked questions={flag.ask} />}
          <p class="flags__do">{flag.do}</p>
          <p class="small muted">{t('source', { source: flag.source })}</p>
        </details>
      ))}
    </section>
  );
}

/** Pain over much of the body: said in place of a list of forty muscles. */
export function WidespreadNote({ location }: { location: Location }): JSX.Element | null {
  const found = location.widespread;
  if (!found) return null;
  const { regions, areas } = found;
  return (
    <Notice tone="info">
      <h2 class="section-title">{t('widespread-title')}</h2>
      <p>{found.text}</p>
      <details>
        <summary>{t('why')}</summary>
        <p>{found.why}</p>
        <p class="small muted">{t('widespread-counted', { regions, areas })}</p>
        <p class="small muted">{t('source', { source: found.source })}</p>
      </details>
    </Notice>
  );
}
