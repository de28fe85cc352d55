/** The patient's drawing on the clinic's tablet: large, few controls, saved as it is painted. */
import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DrawingJson, Sex } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { LOCK_EVENT, OPEN_EVENT } from '../session/fetch.ts';
import { tellLocked } from '../session/server.ts';
import { Announcer } from '../ui/announce.tsx';
import { Dock } from '../ui/dock.tsx';
import { Button, Dialog } from '../ui/kit.tsx';
import { PaintedList } from '../ui/painted-list.tsx';
import { RegionPicker } from '../ui/region-picker.tsx';
import { Sheet, type Pane } from '../ui/sheet.tsx';
import { Stage } from '../ui/stage.tsx';
import { startPage } from '../ui/start.tsx';
import type { Studio } from '../ui/studio.ts';
import { WordsBox } from '../ui/words-box.tsx';
import './handed-texts.ts';
import { Outbox, type Message, type Stored } from './outbox.ts';
import { Pending } from './pending.ts';
import { loadDrawing, saveDrawing } from './save-drawing.ts';
import { sendAgain } from './send-again.ts';
import { post } from './wire.ts';

interface Loaded {
  readonly id: string;
  readonly version: number;
  readonly drawing: DrawingJson | null;
  readonly sex: Sex | null;
  readonly save: string;
  readonly lock: string;
  readonly back: string;
}

const pane = signal<Pane>('places');
const done = signal(false);
const DONE = 'handed-done-text';
const WAITS = 'handed-unsaved';
const REFUSED = 'handed-refused';
const said = signal(DONE);

export async function run(root: HTMLElement, json: string): Promise<void> {
  const loaded = JSON.parse(json) as Loaded;
  const outbox = new Outbox((message: Message) => post<Stored>(loaded.save, message));
  outbox.know(loaded.id, loaded.version);
  const pending = new Pending();
  sendAgain(outbox, pending);
  patientsDrawingCounts(loaded.id, outbox);
  // Whoever unlocks has taken the tablet back; what was painted under the lock goes first.
  window.addEventListener(OPEN_EVENT, () => {
    pending.flush();
    void outbox.flushed().then(() => {
      location.replace(loaded.back);
    });
  });
  const give = async (): Promise<void> => {
    const wasRefused = said.value === REFUSED;
    pending.flush();
    const isSaved = await outbox.flushed();
    if (isSaved) said.value = DONE;
    else said.value = outbox.parked.value.size ? REFUSED : WAITS;
    // What the server refuses stays refused: told of it once, they hand it back all the same.
    if (!isSaved && !(wasRefused && said.value === REFUSED)) return;
    if (await tellLocked(loaded.lock)) window.dispatchEvent(new Event(LOCK_EVENT));
    else said.value = WAITS;
  };
  await startPage(root, (studio) => {
    if (loaded.sex) {
      studio.build.value = { ...studio.build.value, kind: loaded.sex };
      studio.view.value?.setBuild(studio.build.value);
    }
    loadDrawing(studio, loaded.drawing);
    saveDrawing(studio, loaded.id, outbox, pending);
    return <Handed studio={studio} give={give} />;
  });
}

/** A patient cannot decide between two versions: theirs counts, the other stays in the history. */
function patientsDrawingCounts(id: string, outbox: Outbox): void {
  effect(() => {
    if (outbox.parked.value.get(id)?.clash?.version === undefined) return;
    queueMicrotask(() => {
      outbox.keepMine(id);
    });
  });
}

function Handed({ studio, give }: { studio: Studio; give: () => Promise<void> }): JSX.Element {
  return (
    <div class="studio studio--patient">
      <Stage studio={studio} />
      <Sheet
        pane={pane}
        panes={[
          {
            id: 'places',
            label: t('pane-words'),
            content: (
              <>
                <div class="patient-intro">
                  <h2>{t('patient-title')}</h2>
                  <p>{t('patient-how')}</p>
                </div>
                <WordsBox studio={studio} />
                <RegionPicker studio={studio} />
                <PaintedList studio={studio} />
              </>
            ),
          },
        ]}
        dock={<Dock studio={studio} files={false} />}
        foot={
          <Button kind="primary" onClick={() => (done.value = true)}>
            {t('handed-done')}
          </Button>
        }
      />
      {done.value && (
        <Dialog title={t('handed-done-title')} onClose={() => (done.value = false)}>
          <p role="status">{t(said.value)}</p>
          <div class="handed__choice">
            <Button onClick={() => (done.value = false)}>{t('handed-paint-on')}</Button>
            <Button kind="primary" onClick={() => void give()}>
              {t('handed-give')}
            </Button>
          </div>
        </Dialog>
      )}
      <Announcer />
    </div>
  );
}
