/** Item answers by number, their score, and what a change is worth. No item's wording is shown. */
import { computed, effect, signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { api, ApiError, spoken } from '../api/client.ts';
import type { Instrument, Scored, ScoreQuestion, WeighedChange } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { lastOf, Ranker } from '../locate/ranker.ts';
import { Announcer } from '../ui/announce.tsx';
import { useId } from '../ui/ids.ts';
import { Notice } from '../ui/kit.tsx';
import { type Fault, type Faults } from './draft.ts';
import { Field } from './field.tsx';
import { readAnswers, type Sheet } from './items.ts';

const PAUSE_MS = 200;

export async function run(root: HTMLElement): Promise<void> {
  root.textContent = '';
  try {
    const { instruments } = await api.instruments();
    render(<Measures instruments={instruments} sheet={new ScoreSheet(instruments)} />, root);
  } catch (error) {
    const kind = error instanceof ApiError ? error.kind : 'failed';
    render(
      <Notice tone="error">
        <p>{t(`forecast-error-${kind}`)}</p>
      </Notice>,
      root,
    );
  }
}

/** What is typed, and its score. */
class ScoreSheet {
  readonly instrument = signal<Instrument>(undefined as never);
  readonly sheet = signal<Sheet>({ answers: [], before: '', region: '', repeats: '' });
  readonly reading = computed(() => readAnswers(this.instrument.value, this.sheet.value));
  #sound: ScoreQuestion | undefined;
  readonly #asker = new Ranker<Scored>(() => api.score(this.#sound!), PAUSE_MS);
  readonly state = this.#asker.state;

  constructor(instruments: readonly Instrument[]) {
    this.instrument.value = instruments.find(({ id }) => id === 'peg') ?? instruments[0]!;
    effect(() => {
      const { question, faults, any } = this.reading.value;
      if (!any) this.#asker.changed(false);
      else if (!faults.size) {
        this.#sound = question;
        this.#asker.changed(true);
      }
    });
  }

  readonly faults = computed<Faults>(() => {
    const { faults } = this.reading.value;
    const state = this.state.value;
    if (faults.size || state.status !== 'error' || !state.error.detail) return faults;
    const { detail } = state.error;
    const item = / item (\d+)$/.exec(detail.field);
    const place = item ? `item ${Number(item[1]) - 1}` : detail.field;
    const fault: Fault = { said: spoken(detail), shown: true };
    const known = item ?? ['before', 'repeats'].includes(place);
    return new Map([[known ? place : 'elsewhere', fault]]);
  });

  choose(instrument: Instrument): void {
    this.instrument.value = instrument;
    this.sheet.value = { ...this.sheet.value, answers: [], before: '', repeats: '' };
  }

  change(part: Partial<Sheet>): void {
    this.sheet.value = { ...this.sheet.value, ...part };
  }
}

interface Props {
  readonly instruments: readonly Instrument[];
  readonly sheet: ScoreSheet;
}

function Measures({ instruments, sheet }: Props): JSX.Element {
  return (
    <div class="course__panes">
      <form
        class="course__form stack"
        aria-label={t('measures-form')}
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <section class="card stack">
          <Choose {...{ instruments, sheet }} />
          <Answers sheet={sheet} />
        </section>
        <section class="card stack" aria-labelledby="change">
          <h2 id="change" class="section-title">
            {t('measures-compare')}
          </h2>
          <Compare {...{ instruments, sheet }} />
        </section>
      </form>
      <Result sheet={sheet} />
      <Announcer />
    </div>
  );
}

function Choose({ instruments, sheet }: Props): JSX.Element {
  const id = useId();
  const one = sheet.instrument.value;
  return (
    <>
      <div class="field">
        <label class="label" for={id}>
          {t('forecast-instrument')}
        </label>
        <select
          id={id}
          class="input"
          lang="en"
          value={one.id}
          onChange={(event) => {
            const chosen = instruments.find((i) => i.id === event.currentTarget.value);
            if (chosen) sheet.choose(chosen);
          }}
        >
          {instruments.map((i) => (
            <option key={i.id} value={i.id}>
              {i.short === i.name ? i.name : `${i.short}: ${i.name}`}
            </option>
          ))}
        </select>
      </div>
      <p class="small" lang="en">
        {one.about}
      </p>
      <p class="small muted" lang="en">
        {one.licence.text}
      </p>
    </>
  );
}

function Answers({ sheet }: { sheet: ScoreSheet }): JSX.Element {
  const { items } = sheet.instrument.value;
  const { answers } = sheet.sheet.value;
  const allowed = items.allowed.length ? items.allowed.join(', ') : '';
  return (
    <fieldset class="stack">
      <legend class="label">
        {allowed
          ? t('measures-items-of', { count: items.count, allowed })
          : t('measures-items', { count: items.count, low: items.low, high: items.high })}
      </legend>
      <div class="items">
        {Array.from({ length: items.count }, (_, i) => (
          <Field
            key={i}
            label={items.names[i] ?? t('measures-item', { number: i + 1 })}
            value={answers[i] ?? ''}
            place={`item ${i}`}
            faults={sheet.faults.value}
            onInput={(text) => {
              const next = Array.from({ length: items.count }, (_, n) => answers[n] ?? '');
              next[i] = text;
              sheet.change({ answers: next });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Compare({ instruments, sheet }: Props): JSX.Element {
  const id = useId();
  const { before, region, repeats } = sheet.sheet.value;
  const regions = [...new Set(instruments.flatMap((one) => one.regions))].filter(
    (one) => one !== 'any',
  );
  const faults = sheet.faults.value;
  return (
    <>
      <div class="pair">
        <Field
          label={t('measures-before')}
          value={before}
          place="before"
          faults={faults}
          onInput={(text) => {
            sheet.change({ before: text });
          }}
        />
        <div class="field">
          <label class="label" for={id}>
            {t('forecast-region')}
          </label>
          <select
            id={id}
            class="input"
            value={region}
            onChange={(event) => {
              sheet.change({ region: event.currentTarget.value });
            }}
          >
            <option value="">{t('forecast-region-none')}</option>
            {regions.map((one) => (
              <option key={one} value={one} lang="en">
                {one}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Field
        label={t('measures-repeats')}
        value={repeats}
        place="repeats"
        faults={faults}
        hint={t('measures-repeats-hint')}
        onInput={(text) => {
          sheet.change({ repeats: text });
        }}
      />
    </>
  );
}

function Result({ sheet }: { sheet: ScoreSheet }): JSX.Element {
  const state = sheet.state.value;
  const last = lastOf(state);
  const stale = state.status !== 'ready' || sheet.faults.value.size > 0;
  const elsewhere = sheet.faults.value.get('elsewhere');
  return (
    <section class="course__result stack" aria-label={t('measures-result')} aria-live="polite">
      {state.status === 'empty' && (
        <div class="empty">
          <h2>{t('measures-empty-title')}</h2>
          <p>{t('measures-empty')}</p>
        </div>
      )}
      {state.status === 'error' && !(state.error.detail && !elsewhere) && (
        <Notice tone="error">
          <p lang={state.error.detail ? 'en' : undefined}>
            {state.error.detail?.message ?? t(`forecast-error-${state.error.kind}`)}
          </p>
        </Notice>
      )}
      {last && (
        <div class={`answer ${stale ? 'answer--stale' : ''}`}>
          <Total scored={last} instrument={sheet.instrument.value} />
          {last.change && <Change change={last.change} />}
        </div>
      )}
    </section>
  );
}

function Total({ scored, instrument }: { scored: Scored; instrument: Instrument }): JSX.Element {
  const [low, high] = scored.range;
  return (
    <div class="outcome">
      <p class="label" lang="en">
        {scored.name}
      </p>
      {scored.score === null ? (
        <>
          <h2>{t('measures-none')}</h2>
          <p lang="en">{scored.why_none}</p>
        </>
      ) : (
        <>
          <h2>
            {scored.score.toFixed(instrument.digits)} <span lang="en">{scored.unit}</span>
          </h2>
          <p>{t(`measures-range-${scored.better}`, { low, high })}</p>
        </>
      )}
      {scored.missing > 0 && (
        <p>
          {t('measures-missing', { count: scored.missing })}{' '}
          <span lang="en">{instrument.missing.text}</span>
        </p>
      )}
      {scored.caution && (
        <p class="small" lang="en">
          {scored.caution}
        </p>
      )}
    </div>
  );
}

/** Important and real stand side by side and are never merged into one answer. */
function Change({ change }: { change: WeighedChange }): JSX.Element {
  const way = change.points_better > 0 ? 'better' : change.points_better < 0 ? 'worse' : 'same';
  const points = Number(Math.abs(change.points_better).toPrecision(3));
  return (
    <section class="stack" aria-labelledby="weighed">
      <h2 id="weighed" class="section-title">
        {t(`measures-change-${way}`, { points })}
      </h2>
      <div class="weighed">
        <div class="card stack">
          <h3>{t('measures-important')}</h3>
          <ul class="thresholds">
            {change.important.map((one, i) => (
              <li key={i} class={one.nearest ? 'threshold threshold--near' : 'threshold'}>
                <strong>{t(`measures-reached-${one.reached}`)}</strong>
                <span>
                  {t(`measures-kind-${one.kind}`, {
                    points: [...new Set(one.points.map((p) => Number(p.toPrecision(3))))].join('–'),
                  })}
                </span>
                <span class="small muted" lang="en">
                  {one.population} ({one.confidence})
                </span>
                {one.nearest && <span class="chip chip--good">{t('measures-nearest')}</span>}
              </li>
            ))}
          </ul>
          {change.important.length === 0 && <p>{t('measures-no-figure')}</p>}
        </div>
        <div class="card stack">
          <h3>{t('measures-real')}</h3>
          {change.real.stands_out !== null && (
            <strong>
              {t(change.real.stands_out ? 'measures-stands-out' : 'measures-not-out')}
            </strong>
          )}
          <p lang="en">{change.real.text}</p>
        </div>
      </div>
    </section>
  );
}
