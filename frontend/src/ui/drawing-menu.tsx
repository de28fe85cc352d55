/** What is done with the drawing as a whole: the other side, a file, a new start. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import { DrawingError, parseDrawing } from '../drawing/codec.ts';
import { toast } from './announce.tsx';
import { Button, Popover } from './kit.tsx';
import type { Studio } from './studio.ts';

interface Props {
  readonly studio: Studio;
  /** Whether drawings are saved to and opened from the device; not in a patient's hands. */
  readonly files?: boolean;
}

export function DrawingMenu({ studio, files = true }: Props): JSX.Element {
  const file = useRef<HTMLInputElement>(null);
  const { store } = studio;
  dependOn(store.revision);
  const empty = store.isEmpty;
  return (
    <>
      <Popover name={t('menu-name')} icon="more" align="end" direction="up">
        {(close) => {
          const item = (run: () => void) => () => {
            close();
            run();
          };
          return (
            <div class="menu">
              <Button
                kind="quiet"
                icon="mirror"
                disabled={empty}
                onClick={item(() => {
                  store.copyToOtherSide();
                  toast(t('said-mirrored'));
                })}
              >
                {t('menu-mirror')}
              </Button>
              {files && (
                <>
                  <Button
                    kind="quiet"
                    icon="download"
                    disabled={empty}
                    onClick={item(() => {
                      saveFile(studio);
                    })}
                  >
                    {t('menu-save')}
                  </Button>
                  <Button kind="quiet" icon="upload" onClick={item(() => file.current?.click())}>
                    {t('menu-open')}
                  </Button>
                </>
              )}
              <Button
                kind="quiet"
                icon="bin"
                disabled={empty}
                onClick={item(() => {
                  store.clear();
                  toast(t('said-cleared'));
                })}
              >
                {t('menu-clear')}
              </Button>
            </div>
          );
        }}
      </Popover>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={t('menu-open')}
        onChange={(event) => {
          const input = event.currentTarget;
          const chosen = input.files?.[0];
          if (chosen) void openFile(studio, chosen).then(() => (input.value = ''));
        }}
      />
    </>
  );
}

/** Hands the drawing over as a file; the page itself keeps nothing. */
export function saveFile(studio: Studio): void {
  if (studio.store.isEmpty) return;
  const blob = new Blob([JSON.stringify(studio.drawing())], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = t('file-name');
  link.click();
  URL.revokeObjectURL(link.href);
  toast(t('said-saved'));
}

async function openFile({ info, surface, store }: Studio, file: File): Promise<void> {
  try {
    store.load(parseDrawing(await file.text(), info.version, surface.count));
    toast(t('said-opened'));
  } catch (error) {
    if (!(error instanceof DrawingError)) throw error;
    toast(t(`file-${error.code}`));
  }
}
