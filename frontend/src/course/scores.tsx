/** Entering scores: a day, then one press; the next day is offered. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Instrument } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/kit.tsx';
import { nextDay, numberOf, scorePlace, withScore, type Faults, type ScoreRow } from './draft.ts';
import { FaultText, Field } from './field.tsx';
import type { CourseStore } from './store.ts';

const NONE: Faults = new Map();
const SHADED = ['nprs', 'soreness'];

interface Props {
  readonly store: CourseStore;
  readonly instrument: Instrument | undefined;
}

export function Scores({ store, instrument }: Props): JSX.Element {
  const draft = store.draft.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const typed = useSignal<string | undefined>(undefined);
  const day = typed.value ?? String(nextDay(draft));
  const set = (value: string): void => {
    store.draft.value = withScore(draft, day, value);
    announce(t('forecast-score-set', { day, value }));
    typed.value = undefined;
  };
  const at = numberOf(day);
  const given = draft.scores.find((row) => numberOf(row.day) === at)?.value;
  return (
    <section class="card stack" aria-labelledby="scores">
      <h2 id="scores" ref={heading} tabIndex={-1} class="section-title">
        {t('forecast-scores')}
      </h2>
      <p class="small muted">{t('forecast-scores-note')}</p>
      <DayStepper
        day={day}
        onChange={(text) => {
          typed.value = text;
        }}
      />
      {at === undefined ? (
        <p class="fault">{t('forecast-fault-number')}</p>
      ) : isTenPoint(instrument) ? (
        <TenButtons {...{ day, given, set }} shaded={SHADED.includes(instrument?.id ?? 'nprs')} />
      ) : (
        <OneValue {...{ instrument, set }} />
      )}
      <FaultText fault={store.faults.value.get('scores')} />
      {draft.scores.length > 0 && (
        <AllScores
          store={store}
          onRemoved={() => {
            heading.current?.focus();
          }}
        />
      )}
    </section>
  );
}

const isTenPoint = (instrument: Instrument | undefined): boolean =>
  !instrument || (instrument.range[0] === 0 && instrument.range[1] === 10);

function DayStepper({ day, onChange }: { day: string; onChange: (text: string) => void }) {
  const step = (by: number): void => {
    onChange(String((numberOf(day) ?? 0) + by));
  };
  return (
    <div class="stepper">
      <Button
        name={t('forecast-day-before')}
        onClick={() => {
          step(-1);
        }}
      >
        <span aria-hidden="true">−</span>
      </Button>
      <Field label={t('forecast-day')} value={day} place="day" faults={NONE} onInput={onChange} />
      <Button
        name={t('forecast-day-after')}
        onClick={() => {
          step(1);
        }}
      >
        <span aria-hidden="true">+</span>
      </Button>
    </div>
  );
}

interface TenProps {
  readonly day: string;
  readonly given: string | undefined;
  readonly shaded: boolean;
  readonly set: (value: string) => void;
}

function TenButtons({ day, given, shaded, set }: TenProps): JSX.Element {
  return (
    <div class="tens" role="group" aria-label={t('forecast-value-of', { day })}>
      {Array.from({ length: 11 }, (_, n) => (
        <button
          key={n}
          type="button"
          class={`ten ${shaded ? `pain-${n}` : ''}`}
          aria-pressed={given === String(n)}
          onClick={() => {
            set(String(n));
          }}
        >
          {n}
        </button>
      ))}
    </div>
  );
}

function OneValue({ instrument, set }: Pick<Props, 'instrument'> & Pick<TenProps, 'set'>) {
  const value = useSignal('');
  const [low, high] = instrument?.range ?? [0, 10];
  return (
    <form
      class="one-value"
      onSubmit={(event) => {
        event.preventDefault();
        if (!value.value.trim()) return;
        set(value.value.trim());
        value.value = '';
      }}
    >
      <Field
        label={t('forecast-value-range', { low, high })}
        value={value.value}
        place="value"
        faults={NONE}
        onInput={(text) => {
          value.value = text;
        }}
      />
      <button type="submit" class="button button--primary">
        {t('forecast-add')}
      </button>
    </form>
  );
}

function AllScores({ store, onRemoved }: { store: CourseStore; onRemoved: () => void }) {
  const { scores } = store.draft.value;
  const faults = store.faults.value;
  const wrong = [...faults.keys()].some((place) => place.startsWith('score '));
  // A fault opens the list; putting it right does not close it under one's fingers.
  const open = useSignal(false);
  useEffect(() => {
    if (wrong) open.value = true;
  }, [wrong, open]);
  const edit = (id: number, part: Partial<ScoreRow>): void => {
    store.change({ scores: scores.map((row) => (row.id === id ? { ...row, ...part } : row)) });
  };
  return (
    <details
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>{t('forecast-scores-all', { count: scores.length })}</summary>
      <ul class="score-rows">
        {scores.map((row) => (
          <li key={row.id} class="score-row">
            <Field
              label={t('forecast-day')}
              value={row.day}
              place={scorePlace(row.id, 'day')}
              faults={faults}
              onInput={(day) => {
                edit(row.id, { day });
              }}
            />
            <Field
              label={t('forecast-value')}
              value={row.value}
              place={scorePlace(row.id, 'value')}
              faults={faults}
              onInput={(value) => {
                edit(row.id, { value });
              }}
            />
            <Button
              icon="bin"
              kind="quiet"
              name={t('forecast-score-remove', { day: row.day })}
              onClick={() => {
                store.change({ scores: scores.filter(({ id }) => id !== row.id) });
                onRemoved();
              }}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
