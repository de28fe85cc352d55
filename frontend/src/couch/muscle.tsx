/** One muscle under the hand: recorded after it was treated, or live while it is. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { Button, Segmented } from '../ui/kit.tsx';
import { isTooLong, Limits, Stepper } from './parts.tsx';
import type { Session } from './session.ts';
import { placeKey, type Counted, type Target } from './types.ts';

export type Mode = 'after' | 'live';
type Familiar = '' | 'yes' | 'no';

interface Props {
  readonly session: Session;
  readonly target: Target;
  readonly mode: Mode;
  /** What was done to it last time, as a first proposal. */
  readonly before: Counted | undefined;
  readonly onDone: () => void;
}

export function MusclePanel({ session, target, mode, before, onDone }: Props): JSX.Element {
  const needleMm = session.needle.value.length_mm;
  const stop = isTooLong(target.caps, needleMm);
  return (
    <section class="card muscle" aria-labelledby="muscle-title">
      <h2 id="muscle-title" class="muscle__name">
        <span lang="la">{target.name}</span>{' '}
        <span class="side-tag">{t(`side-${target.side}`)}</span>
      </h2>
      <Limits caps={target.caps} needleMm={needleMm} />
      {target.is_override && <p class="muscle__override">{t('couch-overridden')}</p>}
      <NeedleAtHand session={session} />
      <OnTheBody key={placeKey(target)} session={session} target={target} />
      {mode === 'after' ? (
        <After key={placeKey(target)} {...{ session, target, before, stop, onDone }} />
      ) : (
        <Live {...{ session, target, stop, onDone }} />
      )}
    </section>
  );
}

/** The body is loaded only when it is asked for. */
function OnTheBody({ session, target }: Pick<Props, 'session' | 'target'>): JSX.Element {
  const [open, setOpen] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const point = session.point.value;
  useEffect(() => {
    session.point.value = '';
  }, [session, target]);
  useEffect(() => {
    if (!open || !stage.current) return;
    const place = stage.current;
    void import('./body.tsx').then(({ showBody }) =>
      showBody(place, target, (id) => (session.point.value = id)),
    );
  }, [open, session, target]);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(!open);
        }}
      >
        {point ? t('couch-point', { point: point.replace(/_/g, ' ') }) : t('couch-where')}
      </Button>
      {open && <div class="muscle__body" ref={stage} />}
    </>
  );
}

/** Length and thickness of the next needle. */
function NeedleAtHand({ session }: { session: Session }): JSX.Element {
  const { length_mm, gauge_mm } = session.needle.value;
  const field = (name: 'length_mm' | 'gauge_mm', value: number | null): JSX.Element => (
    <label class="pair__field">
      <span class="label">{t(`couch-${name === 'length_mm' ? 'length' : 'gauge'}`)}</span>
      <input
        class="input"
        inputMode="decimal"
        autocomplete="off"
        value={value ?? ''}
        onChange={(event) => {
          const typed = event.currentTarget.value.trim().replace(',', '.');
          const number = typed === '' ? null : Number(typed);
          if (number !== null && !(number > 0)) {
            event.currentTarget.value = String(value ?? '');
            return;
          }
          session.needle.value = { ...session.needle.value, [name]: number };
        }}
      />
    </label>
  );
  return (
    <div class="pair">
      {field('length_mm', length_mm)}
      {field('gauge_mm', gauge_mm)}
    </div>
  );
}

function After({
  session,
  target,
  before,
  stop,
  onDone,
}: Omit<Props, 'mode'> & { stop: boolean }): JSX.Element {
  const [needles, setNeedles] = useState(Math.max(1, before?.needles ?? 1));
  const [insertions, setInsertions] = useState(Math.max(1, before?.insertions ?? 1));
  const [twitches, setTwitches] = useState<number | null>(null);
  const [familiar, setFamiliar] = useState<Familiar>('');
  const [retained, setRetained] = useState(false);
  return (
    <>
      <div class="steppers">
        <Stepper
          label={t('couch-needles')}
          value={needles}
          least={1}
          onChange={(value) => {
            const count = value ?? 1;
            setNeedles(count);
            setInsertions(Math.max(insertions, count));
          }}
        />
        {!retained && (
          <Stepper
            label={t('couch-insertions')}
            value={insertions}
            least={needles}
            onChange={(value) => {
              setInsertions(value ?? needles);
            }}
          />
        )}
        <Stepper
          label={t('couch-twitches')}
          value={twitches}
          unset={t('couch-not-assessed')}
          onChange={setTwitches}
        />
      </div>
      <Segmented<Familiar>
        legend={t('couch-familiar')}
        showLegend
        value={familiar}
        choices={[
          { value: 'yes', label: t('couch-yes') },
          { value: 'no', label: t('couch-no') },
          { value: '', label: t('couch-not-asked') },
        ]}
        onChange={setFamiliar}
      />
      <Segmented<'out' | 'in'>
        legend={t('couch-stays')}
        showLegend
        value={retained ? 'in' : 'out'}
        choices={[
          { value: 'out', label: t('couch-is-out') },
          { value: 'in', label: t('couch-is-in') },
        ]}
        onChange={(value) => {
          setRetained(value === 'in');
        }}
      />
      <Button
        kind="primary"
        disabled={stop}
        onClick={() => {
          void session
            .done(target, { needles, insertions, twitches, familiar, retained })
            .then(onDone);
        }}
      >
        {t('couch-done')}
      </Button>
    </>
  );
}

/** Keys that pedals of the keyboard kind send; a key that is held counts once. */
const INSERTS = new Set(['PageDown', ' ', 'ArrowRight']);
const TWITCHES = new Set(['PageUp', 'ArrowUp', 't']);

function Live({
  session,
  target,
  stop,
  onDone,
}: Omit<Props, 'mode' | 'before'> & { stop: boolean }): JSX.Element {
  const count = session.counts.value.get(placeKey(target));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = (event.target as HTMLElement).closest('input, textarea, select, button, a');
      if (event.repeat || typing || stop) return;
      if (INSERTS.has(event.key)) void session.insert(target);
      else if (TWITCHES.has(event.key)) void session.twitch(target);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [session, target, stop]);
  return (
    <>
      <div class="live">
        <button
          type="button"
          class="live__button live__button--needle"
          aria-disabled={stop ? 'true' : undefined}
          onClick={() => {
            if (!stop) void session.insert(target);
          }}
        >
          <strong>{count?.insertions ?? 0}</strong>
          {t('couch-one-insertion')}
        </button>
        <button type="button" class="live__button" onClick={() => void session.twitch(target)}>
          <strong>{count?.twitches ?? '–'}</strong>
          {t('couch-one-twitch')}
        </button>
      </div>
      <p class="small muted">{t('couch-pedal')}</p>
      <div class="row">
        <Button
          disabled={stop}
          onClick={() => {
            if (!stop) void session.insert(target, true);
          }}
        >
          {t('couch-leave-in')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {t('couch-done')}
        </Button>
      </div>
    </>
  );
}
