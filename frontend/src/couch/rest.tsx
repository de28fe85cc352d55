/** Needles that stay in, the sign tested again, and how the patient took it. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { Button, Dialog } from '../ui/kit.tsx';
import { Clock } from './parts.tsx';
import type { Session } from './session.ts';
import { placeKey, type Entry, type Loaded } from './types.ts';

/** Each needle that stands, with its clock; out one by one or all at once. */
export function Standing({ session }: { session: Session }): JSX.Element | null {
  const [broken, setBroken] = useState<Entry | null>(null);
  const inside = session.standing.value;
  if (!inside.length) return null;
  const names = new Map(session.targets.value.map((one) => [placeKey(one), one.name]));
  const name = ({ muscle, side }: Entry): string =>
    muscle && side ? (names.get(`${muscle}:${side}`) ?? muscle) : '';
  return (
    <section class="card" id="standing" aria-labelledby="standing-title">
      <h2 id="standing-title" class="section-title">
        {t('couch-standing')}
      </h2>
      <ul class="verdicts">
        {inside.map((one) => (
          <li key={one.id}>
            <span>
              <span lang="la">{name(one)}</span>{' '}
              <span class="side-tag">{t(`side-${one.side ?? ''}`)}</span> <Clock since={one} />
            </span>
            <span class="row">
              <Button onClick={() => void session.remove([one])}>{t('couch-out')}</Button>
              <Button
                kind="quiet"
                onClick={() => {
                  setBroken(one);
                }}
              >
                {t('couch-not-whole')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Button kind="primary" onClick={() => void session.remove(inside)}>
        {t('couch-all-out', { count: inside.length })}
      </Button>
      {broken && (
        <NotWhole
          session={session}
          entry={broken}
          onClose={() => {
            setBroken(null);
          }}
        />
      )}
    </section>
  );
}

function NotWhole({
  session,
  entry,
  onClose,
}: {
  session: Session;
  entry: Entry;
  onClose: () => void;
}): JSX.Element {
  const [told, setTold] = useState('');
  const note = (code: 'broken' | 'missing'): void => {
    void session.incident(code, [entry], told).then(onClose);
  };
  return (
    <Dialog title={t('couch-not-whole')} onClose={onClose}>
      <p>{t('couch-not-whole-first')}</p>
      <label class="label" for="incident-told">
        {t('couch-incident-told')}
      </label>
      <textarea
        class="input input--lines"
        id="incident-told"
        rows={2}
        value={told}
        onInput={(event) => {
          setTold(event.currentTarget.value);
        }}
      />
      <div class="row">
        <Button
          onClick={() => {
            void session.remove([entry], true).then(onClose);
          }}
        >
          {t('couch-bent')}
        </Button>
        <Button
          onClick={() => {
            note('broken');
          }}
        >
          {t('couch-broken')}
        </Button>
        <Button
          onClick={() => {
            note('missing');
          }}
        >
          {t('couch-lost')}
        </Button>
      </div>
    </Dialog>
  );
}

/** The comparable sign, before and after the needles. */
export function Retesting({
  session,
  sign,
  skipped,
}: {
  session: Session;
  sign: Loaded['sign'];
  skipped: Signal<boolean>;
}): JSX.Element | null {
  if (!sign) return null;
  const last = session.retests.value.at(-1);
  return (
    <section class="card" id="retest" aria-labelledby="retest-title">
      <h2 id="retest-title" class="section-title">
        {t('couch-retest')}
      </h2>
      <p translate={false}>{sign.movement}</p>
      <p class="small muted">
        {t('couch-sign-before', {
          degrees: sign.degrees ?? '–',
          pain: sign.pain ?? '–',
        })}
      </p>
      {last?.when === 'after' ? (
        <p class="couch__result">
          {t('couch-sign-after', { degrees: last.degrees ?? '–', pain: last.pain ?? '–' })}
        </p>
      ) : (
        <TestAgain session={session} movement={sign.movement} />
      )}
      {last?.when !== 'after' && (
        <Button
          kind="quiet"
          onClick={() => {
            skipped.value = !skipped.value;
          }}
        >
          {t(skipped.value ? 'couch-no-test-noted' : 'couch-no-test')}
        </Button>
      )}
    </section>
  );
}

function TestAgain({ session, movement }: { session: Session; movement: string }): JSX.Element {
  const [degrees, setDegrees] = useState('');
  const [pain, setPain] = useState<number | null>(null);
  const angle = degrees.trim() === '' ? null : Number(degrees.replace(',', '.'));
  const isGood = (angle !== null && Number.isFinite(angle)) || (angle === null && pain !== null);
  return (
    <>
      <div class="scale" role="group" aria-label={t('couch-pain-now')}>
        <span class="label">{t('couch-pain-now')}</span>
        <div class="scale__row">
          {Array.from({ length: 11 }, (_, value) => (
            <button
              key={value}
              type="button"
              class="scale__step"
              aria-pressed={pain === value}
              onClick={() => {
                setPain(pain === value ? null : value);
              }}
            >
              {value}
            </button>
          ))}
        </div>
      </div>
      <label class="label" for="retest-degrees">
        {t('couch-degrees')}
      </label>
      <input
        class="input input--short"
        id="retest-degrees"
        inputMode="decimal"
        autocomplete="off"
        value={degrees}
        onInput={(event) => {
          setDegrees(event.currentTarget.value);
        }}
      />
      <Button
        disabled={!isGood}
        onClick={() => {
          if (isGood) void session.retest({ movement, when: 'after', degrees: angle, pain });
        }}
      >
        {t('couch-retest-keep')}
      </Button>
    </>
  );
}

/** One tap opens the kinds, the second records one; none is an answer too. */
export function Reactions({
  session,
  kinds,
}: {
  session: Session;
  kinds: Loaded['kinds'];
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const had = session.reactions.value;
  const names = new Map(kinds.map(({ id, name }) => [id, name]));
  const record = (kind: string): void => {
    void session.react(kind).then(() => {
      setOpen(false);
    });
  };
  return (
    <section class="card" id="reaction" aria-labelledby="reaction-title">
      <h2 id="reaction-title" class="section-title">
        {t('couch-reaction')}
      </h2>
      {had.length > 0 && (
        <ul class="chips">
          {had.map(({ id, kind }) => (
            <li key={id} class="chip" lang={kind === 'none' ? undefined : 'en'}>
              {kind === 'none' ? t('couch-no-reaction') : (names.get(kind) ?? kind)}
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        {!had.length && (
          <Button
            onClick={() => {
              record('none');
            }}
          >
            {t('couch-no-reaction')}
          </Button>
        )}
        <Button
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('couch-a-reaction')}
        </Button>
      </div>
      {open && (
        <div class="kinds" lang="en">
          {kinds.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="tap"
              onClick={() => {
                record(id);
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
