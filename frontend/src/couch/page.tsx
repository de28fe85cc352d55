/** The couch page: choose a muscle, treat it, say what was done; then out, test again, finish. */
import { signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { ApiError, spoken } from '../api/client.ts';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import { Button, Notice, Segmented } from '../ui/kit.tsx';
import { ClashError, post } from '../visit/wire.ts';
import { Choose } from './choose.tsx';
import { Line, type Item, type Store } from './line.ts';
import { MusclePanel, type Mode } from './muscle.tsx';
import { Reactions, Retesting, Standing } from './rest.tsx';
import { Session } from './session.ts';
import './texts.ts';
import { placeKey, type Held, type Loaded, type Target } from './types.ts';
import { Vault } from './vault.ts';

const LOOK_MS = 30_000;
const MODE = 'tautband-couch-mode';

export async function run(root: HTMLElement, json: string): Promise<void> {
  const loaded = JSON.parse(json) as Loaded;
  const store: Store = await Vault.of<Item>(loaded.session, loaded.key);
  const line = new Line(
    store,
    (item) => send(loaded, item),
    (version) => {
      if (version !== null && session.stored(version, sentEntries)) void look();
    },
  );
  let sentEntries = 0;
  const send = async (where: Loaded, item: Item): Promise<number | null> => {
    if (item.to !== 'enter') {
      await post(where.urls[item.to], item.row);
      return null;
    }
    const { needles, entries } = item;
    const answer = await post<{ version: number }>(where.urls.enter, { needles, entries });
    sentEntries = entries.length;
    return answer.version;
  };
  const session = new Session(loaded, line);
  const look = async (): Promise<void> => {
    try {
      const answer = await fetch(loaded.urls.now, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const held = (await answer.json()) as Held;
      session.take(held);
      if (held.state === 'closed' && !line.unsent.peek()) location.assign(loaded.urls.done);
    } catch {
      return; // without a line there is nothing to see
    }
  };
  for (const item of await line.resume())
    if (item.to === 'enter') session.recall(item.needles, item.entries);
    else session.recallRow(item.row);
  window.addEventListener('online', () => void line.flush());
  window.addEventListener('tautband:opened', () => void line.flush());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') void look();
  }, LOOK_MS);
  root.replaceChildren();
  render(<Couch session={session} line={line} loaded={loaded} look={look} />, root);
}

const stored = (): Mode => (sessionStorage.getItem(MODE) === 'live' ? 'live' : 'after');
const mode = signal<Mode>(stored());
const chosen = signal<Target | null>(null);
const fault = signal('');
const noTest = signal(false);

interface Props {
  readonly session: Session;
  readonly line: Line;
  readonly loaded: Loaded;
  readonly look: () => Promise<void>;
}

function Couch({ session, line, loaded, look }: Props): JSX.Element {
  dependOn(session.targets, session.counts, session.standing, session.needle, session.point);
  const target = chosen.value;
  return (
    <div class="couch">
      <Top session={session} line={line} />
      {fault.value && (
        <div id="couch-fault">
          <Notice tone="error">
            <p lang="en">{fault.value}</p>
          </Notice>
        </div>
      )}
      <Segmented<Mode>
        legend={t('couch-mode')}
        value={mode.value}
        choices={[
          { value: 'after', label: t('couch-mode-after') },
          { value: 'live', label: t('couch-mode-live') },
        ]}
        onChange={(value) => {
          mode.value = value;
          sessionStorage.setItem(MODE, value);
        }}
      />
      {target && (
        <MusclePanel
          session={session}
          target={target}
          mode={mode.value}
          before={loaded.last.find((one) => placeKey(one) === placeKey(target))}
          onDone={() => {
            chosen.value = null;
          }}
        />
      )}
      <Choose
        session={session}
        loaded={loaded}
        chosen={target && placeKey(target)}
        onChoose={(one) => {
          chosen.value = one;
          document.querySelector('.couch')?.scrollIntoView();
        }}
      />
      <Standing session={session} />
      <Retesting session={session} sign={loaded.sign} skipped={noTest} />
      <Reactions session={session} kinds={loaded.kinds} />
      <div class="visit__foot">
        {session.canUndo.value && (
          <Button onClick={() => void session.undo(t('couch-undo-why'))}>{t('couch-undo')}</Button>
        )}
        <Button kind="primary" onClick={() => void finish({ session, line, loaded, look })}>
          {t('couch-finish')}
        </Button>
      </div>
    </div>
  );
}

/** Whether all is saved, and how many needles are in: always in sight. */
function Top({ session, line }: Pick<Props, 'session' | 'line'>): JSX.Element {
  dependOn(line.unsent, line.way, line.fault);
  const count = line.unsent.value;
  const inside = session.standing.value.length;
  const words = !count
    ? t('couch-saved')
    : line.way.value === 'down'
      ? t('couch-offline', { count })
      : line.way.value === 'signed out'
        ? t('couch-signed-out', { count })
        : line.way.value === 'refused'
          ? t('couch-refused', { count })
          : t('couch-saving');
  return (
    <div class="couch__top">
      <p class={`couch__saved${count ? ' couch__saved--waiting' : ''}`} role="status" id="saved">
        {words}
      </p>
      <p class={`couch__in${inside ? ' couch__in--some' : ''}`} role="status" id="needles-in">
        {t('couch-needles-in', { count: inside })}
      </p>
      {line.way.value === 'refused' && (
        <div class="couch__refused">
          <p lang="en">{line.fault.value}</p>
          <Button onClick={() => void line.drop()}>{t('couch-give-up')}</Button>
        </div>
      )}
    </div>
  );
}

/** The first thing that is still missing: where it is, and what is said there. */
function missing(session: Session, loaded: Loaded): { id: string; words: string } | null {
  if (session.standing.value.length)
    return {
      id: 'standing',
      words: t('couch-missing-out', { count: session.standing.value.length }),
    };
  if (loaded.sign && !noTest.value && !session.retests.value.some((one) => one.when === 'after'))
    return { id: 'retest', words: t('couch-missing-test') };
  if (!session.reactions.value.length)
    return { id: 'reaction', words: t('couch-missing-reaction') };
  return null;
}

async function finish({ session, line, loaded, look }: Props): Promise<void> {
  const gap = missing(session, loaded);
  if (gap) {
    fault.value = gap.words;
    const place = document.getElementById(gap.id);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
    return;
  }
  fault.value = '';
  if (!(await line.flush())) {
    fault.value = t('couch-finish-unsent');
    return;
  }
  try {
    await post(loaded.urls.finish, { version: session.version });
    location.assign(loaded.urls.done);
  } catch (error) {
    if (error instanceof ClashError) {
      fault.value = [error.clash.message, ...error.clash.changes].join(' ');
      await look();
    } else if (error instanceof ApiError && error.detail) fault.value = spoken(error.detail);
    else fault.value = t('couch-needs-line');
  }
}
