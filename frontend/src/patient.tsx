/** The patient's page: the drawing alone, with large and few controls. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from './base/l10n.ts';
import { Announcer } from './ui/announce.tsx';
import { Dock } from './ui/dock.tsx';
import { saveFile } from './ui/drawing-menu.tsx';
import { Button, Dialog } from './ui/kit.tsx';
import { PaintedList } from './ui/painted-list.tsx';
import { RegionPicker } from './ui/region-picker.tsx';
import { Sheet, type Pane } from './ui/sheet.tsx';
import { Stage } from './ui/stage.tsx';
import { startPage } from './ui/start.tsx';
import type { Studio } from './ui/studio.ts';
import { WordsBox } from './ui/words-box.tsx';

export async function run(root: HTMLElement): Promise<void> {
  await startPage(root, (studio) => <Patient studio={studio} />);
}

const pane = signal<Pane>('places');
const done = signal(false);

function Patient({ studio }: { studio: Studio }): JSX.Element {
  const finish = (
    <Button
      kind="primary"
      disabled={studio.painted.value.length === 0}
      onClick={() => (done.value = true)}
    >
      {t('patient-done')}
    </Button>
  );
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
        foot={finish}
      />
      {done.value && (
        <Dialog title={t('patient-done-title')} onClose={() => (done.value = false)}>
          <p>{t('patient-done-text')}</p>
          <PaintedList studio={studio} />
          <Button
            icon="download"
            kind="primary"
            onClick={() => {
              saveFile(studio);
            }}
          >
            {t('menu-save')}
          </Button>
        </Dialog>
      )}
      <Announcer />
    </div>
  );
}
