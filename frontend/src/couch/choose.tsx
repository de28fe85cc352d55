/** Which muscle next: those of the session, those that plan and last session point to, any other. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError, spoken } from '../api/client.ts';
import { t } from '../base/l10n.ts';
import { Button, Dialog, Segmented } from '../ui/kit.tsx';
import { post } from '../visit/wire.ts';
import type { MuscleCount } from './ledger.ts';
import type { Session } from './session.ts';
import { placeKey, type Judged, type Loaded, type Place, type Side, type Target } from './types.ts';

type Answer =
  | { readonly state: 'added'; readonly target: Target }
  | { readonly state: 'reason' | 'stopped'; readonly judged: Judged };

interface Props {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly chosen: string | null;
  readonly onChoose: (target: Target) => void;
}

export function Choose({ session, loaded, chosen, onChoose }: Props): JSX.Element {
  const [open, setOpen] = useState<Judged | null>(null);
  const [fault, setFault] = useState('');
  const [isFinal, setFinal] = useState(false);
  const counts = session.counts.value;
  const added = session.targets.value;
  const here = new Set(added.map(placeKey));
  const ahead = loaded.ahead.filter((one) => !here.has(placeKey(one)));

  const ask = async (place: Place, reason = ''): Promise<void> => {
    setFault('');
    try {
      const { muscle, side } = place;
      const told = { id: crypto.randomUUID(), muscle, side, reason };
      const answer = await post<Answer>(loaded.urls.target, told);
      if (answer.state === 'added') {
        session.addTarget(answer.target);
        setOpen(null);
        onChoose(answer.target);
      } else {
        setFinal(answer.state === 'stopped');
        setOpen(answer.judged);
      }
    } catch (error) {
      const detail = error instanceof ApiError ? error.detail : undefined;
      setFault(detail ? spoken(detail) : t('couch-needs-line'));
    }
  };

  return (
    <section class="card choose" aria-labelledby="choose-title">
      <h2 id="choose-title" class="section-title">
        {t('couch-muscles')}
      </h2>
      <ul class="choose__list">
        {added.map((target) => (
          <li key={placeKey(target)}>
            <button
              type="button"
              class="choose__muscle"
              aria-pressed={placeKey(target) === chosen}
              onClick={() => {
                onChoose(target);
              }}
            >
              <span>
                <span lang="la">{target.name}</span>{' '}
                <span class="side-tag">{t(`side-${target.side}`)}</span>
              </span>
              <Count count={counts.get(placeKey(target))} />
            </button>
          </li>
        ))}
        {ahead.map((one) => (
          <li key={placeKey(one)}>
            <button
              type="button"
              class="choose__muscle choose__muscle--ahead"
              onClick={() => void ask(one)}
            >
              <span>
                <span lang="la">{one.name}</span>{' '}
                <span class="side-tag">{t(`side-${one.side}`)}</span>
              </span>
              <span class="choose__add">{t('couch-add')}</span>
            </button>
          </li>
        ))}
      </ul>
      <Another loaded={loaded} onAsk={ask} />
      {fault && (
        <p class="notice notice--error" role="alert">
          {fault}
        </p>
      )}
      {open && (
        <Reason
          judged={open}
          isFinal={isFinal}
          onGive={(reason) => ask(open, reason)}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </section>
  );
}

function Count({ count }: { count: MuscleCount | undefined }): JSX.Element {
  if (!count) return <span class="choose__count muted">{t('couch-not-yet')}</span>;
  const twitches =
    count.twitches === null
      ? t('couch-twitches-not-assessed')
      : t('couch-twitches-count', { count: count.twitches });
  return (
    <span class="choose__count">
      {t('couch-insertions-count', { count: count.insertions })}, {twitches}
    </span>
  );
}

function Another({
  loaded,
  onAsk,
}: {
  loaded: Loaded;
  onAsk: (place: Place) => Promise<void>;
}): JSX.Element {
  const [name, setName] = useState('');
  const [side, setSide] = useState<Side>('right');
  const muscle = loaded.muscles.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  return (
    <details class="another">
      <summary>{t('couch-another')}</summary>
      <label class="label" for="another-name">
        {t('couch-another-name')}
      </label>
      <input
        class="input"
        id="another-name"
        list="muscles"
        autocomplete="off"
        value={name}
        onInput={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <datalist id="muscles">
        {loaded.muscles.map((one) => (
          <option key={one.id} value={one.name} />
        ))}
      </datalist>
      <Segmented<Side>
        legend={t('couch-side')}
        value={side}
        choices={(['left', 'right'] as const).map((one) => ({
          value: one,
          label: t(`side-${one}`),
        }))}
        onChange={setSide}
      />
      <Button
        disabled={!muscle}
        onClick={() => {
          if (muscle) void onAsk({ muscle: muscle.id, side });
        }}
      >
        {t('couch-add')}
      </Button>
    </details>
  );
}

/** What stands against a muscle, and the written reason that it takes to go on, where one may. */
function Reason({
  judged,
  isFinal,
  onGive,
  onClose,
}: {
  judged: Judged;
  isFinal: boolean;
  onGive: (reason: string) => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const [reason, setReason] = useState('');
  const whys = judged.stop ? [judged.stop] : judged.asks;
  return (
    <Dialog title={judged.name} onClose={onClose}>
      <p class={judged.stop ? 'limits__stop' : ''}>
        {t(isFinal ? 'couch-final' : judged.stop ? 'couch-stopped' : 'couch-asks')}
      </p>
      <ul class="plain-list" lang="en">
        {whys.map((why) => (
          <li key={why}>{why}</li>
        ))}
      </ul>
      {!isFinal && (
        <>
          <label class="label" for="reason">
            {t(judged.stop ? 'couch-override' : 'couch-answer')}
          </label>
          <textarea
            class="input input--lines"
            id="reason"
            rows={3}
            value={reason}
            onInput={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Button
            kind="primary"
            disabled={reason.trim().length < LEAST_REASON}
            onClick={() => void onGive(reason)}
          >
            {t(judged.stop ? 'couch-override-do' : 'couch-answer-do')}
          </Button>
        </>
      )}
    </Dialog>
  );
}

/** As the server asks for. */
const LEAST_REASON = 10;
