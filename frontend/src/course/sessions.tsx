/** Entering sessions. An empty field was not assessed, which is never 0. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { Button } from '../ui/kit.tsx';
import { COUNTS, sessionPlace, withSession, type SessionRow } from './draft.ts';
import { Field } from './field.tsx';
import type { CourseStore } from './store.ts';

export function Sessions({ store }: { store: CourseStore }): JSX.Element {
  const { sessions } = store.draft.value;
  const faults = store.faults.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const edit = (id: number, part: Partial<SessionRow>): void => {
    store.change({ sessions: sessions.map((row) => (row.id === id ? { ...row, ...part } : row)) });
  };
  return (
    <section class="card stack" aria-labelledby="sessions">
      <h2 id="sessions" ref={heading} tabIndex={-1} class="section-title">
        {t('forecast-sessions')}
      </h2>
      <p class="small muted">{t('forecast-sessions-note')}</p>
      {sessions.length > 0 && (
        <ol class="session-rows">
          {sessions.map((row, i) => (
            <li key={row.id} class="session-row">
              <Field
                label={t('forecast-day')}
                value={row.day}
                place={sessionPlace(row.id, 'day')}
                faults={faults}
                onInput={(day) => {
                  edit(row.id, { day });
                }}
              />
              {COUNTS.map((name) => (
                <Field
                  key={name}
                  label={t(`forecast-${name}`)}
                  value={row[name]}
                  place={sessionPlace(row.id, name)}
                  faults={faults}
                  placeholder={t('forecast-not-assessed')}
                  onInput={(text) => {
                    edit(row.id, { [name]: text });
                  }}
                />
              ))}
              <Button
                icon="bin"
                kind="quiet"
                name={t('forecast-session-remove', { number: i + 1 })}
                onClick={() => {
                  store.change({ sessions: sessions.filter(({ id }) => id !== row.id) });
                  heading.current?.focus();
                }}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button
          icon="plus"
          onClick={() => {
            store.draft.value = withSession(store.draft.value);
          }}
        >
          {t('forecast-session-add')}
        </Button>
      </div>
      <div class="pair">
        <Field
          label={t('forecast-planned')}
          value={store.draft.value.planned}
          place="planned"
          faults={faults}
          hint={t('forecast-planned-hint')}
          onInput={(planned) => {
            store.change({ planned });
          }}
        />
        <Field
          label={t('forecast-today')}
          value={store.draft.value.today}
          place="today"
          faults={faults}
          hint={t('forecast-today-hint')}
          onInput={(today) => {
            store.change({ today });
          }}
        />
      </div>
    </section>
  );
}
