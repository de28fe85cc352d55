/** The page of one course: typed on the left, judged on the right, stored nowhere. */
import { signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { api } from '../api/client.ts';
import type { Instrument } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { lastOf } from '../locate/ranker.ts';
import { Announcer } from '../ui/announce.tsx';
import { Icon } from '../ui/icons.tsx';
import { useId } from '../ui/ids.ts';
import { Button, Notice } from '../ui/kit.tsx';
import { Answer, verdictTitle } from './answer.tsx';
import { isBlank } from './draft.ts';
import { FaultText } from './field.tsx';
import { CourseFile } from './file.tsx';
import { Scores } from './scores.tsx';
import { Sessions } from './sessions.tsx';
import { CourseStore } from './store.ts';

const instruments = signal<readonly Instrument[]>([]);

export async function run(root: HTMLElement): Promise<void> {
  const store = new CourseStore();
  root.textContent = '';
  render(<CoursePage store={store} />, root);
  try {
    ({ instruments: instruments.value } = await api.instruments());
  } catch {
    // The choice of outcomes stays at pain, which needs no list.
  }
}

function CoursePage({ store }: { store: CourseStore }): JSX.Element {
  const { outcome } = store.draft.value;
  const instrument = instruments.value.find(({ id }) => id === outcome);
  const changeable = !isBlank(store.draft.value);
  return (
    <div class="course__panes">
      <form
        class="course__form stack"
        aria-label={t('forecast-form')}
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <div class="course__actions">
          <Button onClick={() => void loadExample(store)}>{t('forecast-example')}</Button>
          <Button
            icon="bin"
            kind="quiet"
            disabled={!changeable}
            onClick={() => {
              store.clear();
            }}
          >
            {t('forecast-clear')}
          </Button>
        </div>
        <Outcome store={store} />
        <Scores {...{ store, instrument }} />
        <Sessions store={store} />
        <CourseFile store={store} />
        <Peek store={store} />
      </form>
      <Result store={store} />
      <Announcer />
    </div>
  );
}

async function loadExample(store: CourseStore): Promise<void> {
  const { default: example } = await import('./example.json?raw');
  store.open(example);
}

function Outcome({ store }: { store: CourseStore }): JSX.Element {
  const { outcome, region, extra } = store.draft.value;
  const faults = store.faults.value;
  const ids = [useId(), useId()] as const;
  const listed = instruments.value;
  const regions = [...new Set(listed.flatMap((one) => one.regions))].filter((r) => r !== 'any');
  const own = Object.keys(extra).filter((key) => !['schema', 'synthetic', 'note'].includes(key));
  return (
    <section class="card stack" aria-labelledby="outcome">
      <h2 id="outcome" class="section-title">
        {t('forecast-outcome')}
      </h2>
      <div class="field">
        <label class="label" for={ids[0]}>
          {t('forecast-instrument')}
        </label>
        <select
          id={ids[0]}
          class="input"
          lang="en"
          value={outcome}
          onChange={(event) => {
            store.change({ outcome: event.currentTarget.value });
          }}
        >
          {!listed.some(({ id }) => id === outcome) && (
            <option value={outcome}>{outcome.toUpperCase()}</option>
          )}
          {listed.map((one) => (
            <option key={one.id} value={one.id}>
              {one.short === one.name ? one.name : `${one.short}: ${one.name}`}
            </option>
          ))}
        </select>
        <FaultText fault={faults.get('outcome')} />
      </div>
      <div class="field">
        <label class="label" for={ids[1]}>
          {t('forecast-region')}
        </label>
        <select
          id={ids[1]}
          class="input"
          value={region}
          onChange={(event) => {
            store.change({ region: event.currentTarget.value });
          }}
        >
          <option value="">{t('forecast-region-none')}</option>
          {region && !regions.includes(region) && (
            <option value={region} lang="en">
              {region}
            </option>
          )}
          {regions.map((one) => (
            <option key={one} value={one} lang="en">
              {one}
            </option>
          ))}
        </select>
        <FaultText fault={faults.get('region')} />
      </div>
      {own.length > 0 && (
        <p class="small muted">{t('forecast-extra', { fields: own.join(', ') })}</p>
      )}
    </section>
  );
}

function Peek({ store }: { store: CourseStore }): JSX.Element | null {
  const state = store.state.value;
  const last = lastOf(state);
  if (!last) return null;
  const held = store.faults.value.size > 0;
  return (
    <a class="course__peek" href="#result">
      {held ? t('forecast-held-short') : verdictTitle(last)}
      <Icon name="chevron" />
    </a>
  );
}

function Result({ store }: { store: CourseStore }): JSX.Element {
  const state = store.state.value;
  const faults = store.faults.value;
  const last = lastOf(state);
  const stale = state.status !== 'ready' || faults.size > 0;
  const elsewhere = faults.get('elsewhere');
  return (
    <section
      id="result"
      tabIndex={-1}
      class="course__result stack"
      aria-label={t('forecast-result')}
      aria-busy={state.status === 'waiting'}
    >
      <span class="visually-hidden" role="status">
        {state.status === 'ready' && !stale && verdictTitle(state.last)}
      </span>
      {state.status === 'empty' && (
        <div class="empty">
          <h2>{t('forecast-empty-title')}</h2>
          <p>{t('forecast-empty')}</p>
        </div>
      )}
      {state.status === 'waiting' && !last && <p class="muted">{t('forecast-waiting')}</p>}
      {faults.size > 0 && (
        <Notice tone="error">
          <p>{t('forecast-held')}</p>
          <FaultText fault={elsewhere} />
        </Notice>
      )}
      {state.status === 'error' && !state.error.detail && (
        <Notice tone="error">
          <p>{t(`forecast-error-${state.error.kind}`)}</p>
          <Button
            onClick={() => {
              store.again();
            }}
          >
            {t('error-again')}
          </Button>
        </Notice>
      )}
      {last && (
        <div class={`answer ${stale ? 'answer--stale' : ''}`}>
          <Answer course={store.judged} forecast={last} />
        </div>
      )}
    </section>
  );
}
