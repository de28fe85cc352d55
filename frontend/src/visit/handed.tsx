/** The patient's drawing on the clinic's tablet: large, few controls, saved as it is painted. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DrawingJson, Sex } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { LOCK_EVENT, OPEN_EVENT, signedFetch } from '../session/fetch.ts';
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
const waits = signal(false);

export async function run(root: HTMLElement, json: string): Promise<void> {
  const loaded = JSON.parse(json) as Loaded;
  const outbox = new Outbox((message: Message) => post<Stored>(loaded.save, message));
  outbox.know(loaded.id, loaded.version);
  const pending = new Pending();
  // Whoever unlocks has taken the tablet back.
  window.addEventListener(OPEN_EVENT, () => {
    location.replace(loaded.back);
  });
  window.addEventListener('online', () => {
    outbox.retry();
  });
  const give = async (): Promise<void> => {
    pending.flush();
    waits.value = !(await outbox.flushed());
    if (waits.value) return;
    await signedFetch(loaded.lock, { method: 'POST' });
    window.dispatchEvent(new Event(LOCK_EVENT));
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
        dock={<Dock studio={studio} />}
        foot={
          <Button kind="primary" onClick={() => (done.value = true)}>
            {t('handed-done')}
          </Button>
        }
      />
      {done.value && (
        <Dialog title={t('handed-done-title')} onClose={() => (done.value = false)}>
          <p>{t(waits.value ? 'handed-unsaved' : 'handed-done-text')}</p>
          <div class="row">
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
