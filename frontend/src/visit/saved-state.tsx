/** Whether everything is stored, always in sight; and what waits for a decision, in words. */
import type { JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { Button, Notice } from '../ui/kit.tsx';
import type { Outbox } from './outbox.ts';

export function SavedState({ outbox }: { outbox: Outbox }): JSX.Element {
  const count = outbox.unsent.value;
  const line = outbox.line.value;
  if (!count) return <span class="saved__dot saved__dot--good">{t('visit-saved')}</span>;
  if (line === 'down') return <span class="saved__dot saved__dot--bad">{t('visit-offline')}</span>;
  if (line === 'signed out')
    return <span class="saved__dot saved__dot--bad">{t('visit-signed-out')}</span>;
  if (outbox.parked.value.size)
    return <span class="saved__dot saved__dot--bad">{t('visit-unsent', { count })}</span>;
  return <span class="saved__dot">{t('visit-saving')}</span>;
}

/** Each row that somebody else changed first, or that the server refused outside of a field. */
export function Clashes({ outbox }: { outbox: Outbox }): JSX.Element | null {
  const parked = [...outbox.parked.value.values()];
  if (!parked.length) return null;
  return (
    <Notice tone="error">
      {parked.map(({ entry, clash, fault }) =>
        clash ? (
          <div key={entry.id} class="stack">
            <p>{t('visit-clash')}</p>
            <ul class="plain-list" lang="en">
              {(clash.changes.length ? clash.changes : [clash.message]).map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
            <div class="visit__actions">
              {clash.version !== undefined && (
                <Button
                  kind="primary"
                  onClick={() => {
                    outbox.keepMine(entry.id);
                  }}
                >
                  {t('visit-keep-mine')}
                </Button>
              )}
              <Button
                onClick={() => {
                  outbox.drop(entry.id);
                  location.reload();
                }}
              >
                {t('visit-take-theirs')}
              </Button>
            </div>
          </div>
        ) : (
          <p key={entry.id}>
            {t('visit-refused')} <span lang="en">{fault}</span>
          </p>
        ),
      )}
    </Notice>
  );
}
