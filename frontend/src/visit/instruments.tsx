/** An outcome measure typed item by item and scored by the server; kept when one says so. */
import { computed, effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { api } from '../api/client.ts';
import type { Instrument, Scored, ScoreQuestion } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { readAnswers } from '../course/items.ts';
import { Field } from '../course/field.tsx';
import { lastOf, Ranker } from '../locate/ranker.ts';
import { announce } from '../ui/announce.tsx';
import { useId } from '../ui/ids.ts';
import { Button } from '../ui/kit.tsx';
import type { Outbox } from './outbox.ts';

export interface KeptMeasure {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly value: number | null;
  readonly unit: string;
  readonly taken_at: string;
}

const PAUSE_MS = 250;

class Scoring {
  readonly instruments = signal<readonly Instrument[] | 'failed' | null>(null);
  readonly chosen = signal<string>('');
  readonly answers = signal<readonly string[]>([]);
  readonly about = signal('');
  /** Kept on this page since it was opened, newest first. */
  readonly added = signal<readonly KeptMeasure[]>([]);
  #question: ScoreQuestion | undefined;
  readonly #asker = new Ranker<Scored>(() => api.score(this.#question!), PAUSE_MS);
  readonly state = this.#asker.state;

  readonly one = computed(() => {
    const all = this.instruments.value;
    return Array.isArray(all)
      ? (all as readonly Instrument[]).find((i) => i.id === this.chosen.value)
      : undefined;
  });
  readonly reading = computed(() => {
    const one = this.one.value;
    const sheet = { answers: this.answers.value, before: '', region: '', repeats: '' };
    return one ? readAnswers(one, sheet) : undefined;
  });

  constructor() {
    effect(() => {
      const reading = this.reading.value;
      if (!reading?.any) this.#asker.changed(false);
      else if (!reading.faults.size) {
        this.#question = reading.question;
        this.#asker.changed(true);
      }
    });
  }

  async load(): Promise<void> {
    try {
      this.instruments.value = (await api.instruments()).instruments;
    } catch {
      this.instruments.value = 'failed';
    }
  }

  choose(id: string): void {
    this.chosen.value = id;
    this.answers.value = [];
  }

  keep(outbox: Outbox): void {
    const [one, reading, scored] = [this.one.value, this.reading.value, lastOf(this.state.value)];
    if (!one || !reading?.any || reading.faults.size) return;
    const id = crypto.randomUUID();
    const about = this.about.value.trim();
    outbox.put('measure', id, {
      instrument: one.id,
      items: reading.question.answers,
      about,
      told_by: 'patient',
    });
    const row = {
      id,
      name: one.short,
      about,
      value: scored?.score ?? null,
      unit: one.unit,
      taken_at: new Date().toISOString(),
    };
    this.added.value = [row, ...this.added.value];
    this.answers.value = [];
    this.about.value = '';
  }
}

interface Props {
  readonly outbox: Outbox;
  readonly kept: readonly KeptMeasure[];
}

export function Instruments({ outbox, kept }: Props): JSX.Element {
  const scoring = useMemo(() => new Scoring(), []);
  const id = useId();
  useEffect(() => void scoring.load(), [scoring]);
  const list = scoring.instruments.value;
  const one = scoring.one.value;
  return (
    <fieldset class="measured">
      <legend class="section-title">{t('visit-measure')}</legend>
      {list === 'failed' && (
        <p class="small">
          <Button onClick={() => void scoring.load()}>{t('visit-try-again')}</Button>
        </p>
      )}
      <div class="field">
        <label class="label" for={id}>
          {t('visit-measure-choose')}
        </label>
        <select
          id={id}
          class="input"
          value={scoring.chosen.value}
          onChange={(event) => {
            scoring.choose(event.currentTarget.value);
          }}
        >
          <option value="">{t('visit-choose')}</option>
          {Array.isArray(list) &&
            (list as readonly Instrument[]).map((i) => (
              <option key={i.id} value={i.id} lang="en">
                {i.short === i.name ? i.name : `${i.short}: ${i.name}`}
              </option>
            ))}
        </select>
      </div>
      {one && <Sheet {...{ scoring, one, outbox }} />}
      <Kept rows={[...scoring.added.value, ...kept]} />
    </fieldset>
  );
}

interface SheetProps {
  readonly scoring: Scoring;
  readonly one: Instrument;
  readonly outbox: Outbox;
}

function Sheet({ scoring, one, outbox }: SheetProps): JSX.Element {
  const reading = scoring.reading.value;
  const scored = lastOf(scoring.state.value);
  const answers = scoring.answers.value;
  const about = useId();
  return (
    <>
      <p class="small muted" lang="en">
        {one.about}
      </p>
      <div class="items" role="group" aria-label={t('visit-measure-items')}>
        {Array.from({ length: one.items.count }, (_, i) => (
          <Field
            key={i}
            label={t('visit-measure-item', { number: i + 1 })}
            value={answers[i] ?? ''}
            place={`item ${i}`}
            faults={reading?.faults ?? new Map()}
            onInput={(text) => {
              const next = Array.from({ length: one.items.count }, (_, n) => answers[n] ?? '');
              next[i] = text;
              scoring.answers.value = next;
            }}
          />
        ))}
      </div>
      <div class="field">
        <label class="label" for={about}>
          {t('visit-measure-about')}
        </label>
        <input
          id={about}
          class="input"
          maxLength={60}
          autocomplete="off"
          value={scoring.about.value}
          onInput={(event) => (scoring.about.value = event.currentTarget.value)}
        />
      </div>
      {scoring.state.value.status === 'error' && (
        <p class="fault" role="alert" lang="en">
          {scoring.state.value.error.message}
        </p>
      )}
      {reading?.any && scored && (
        <p class="measured__score" role="status">
          {scored.score === null
            ? t('visit-measure-none')
            : t('visit-measure-score', { value: scored.score, unit: scored.unit })}
        </p>
      )}
      <Button
        kind="primary"
        disabled={
          !reading?.any || reading.faults.size > 0 || scoring.state.value.status !== 'ready'
        }
        onClick={() => {
          scoring.keep(outbox);
          announce(t('visit-measures-kept'));
        }}
      >
        {t('visit-measure-keep')}
      </Button>
    </>
  );
}

function Kept({ rows }: { rows: readonly KeptMeasure[] }): JSX.Element | null {
  if (!rows.length) return null;
  return (
    <ul class="verdicts" aria-label={t('visit-measures-kept')} translate={false}>
      {rows.map((row) => (
        <li key={row.id}>
          <span>
            {row.name} {row.about && <span class="small muted">{row.about}</span>}
          </span>
          <span>
            {row.value ?? '–'} <span class="small muted">{row.taken_at.slice(0, 10)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
