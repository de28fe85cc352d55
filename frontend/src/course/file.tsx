/** The course as a file: out as JSON, and in again by paste or from the disk. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from '../ui/ids.ts';
import { t } from '../base/l10n.ts';
import { toast } from '../ui/announce.tsx';
import { Button } from '../ui/kit.tsx';
import type { CourseStore } from './store.ts';

const LARGEST_BYTES = 1_000_000;

export function CourseFile({ store }: { store: CourseStore }): JSX.Element {
  const pasted = useSignal('');
  const fault = useSignal('');
  const id = useId();
  const open = (text: string): void => {
    fault.value = store.open(text) ? '' : t('forecast-file-fault');
    if (!fault.value) {
      pasted.value = '';
      toast(t('forecast-file-read'));
    }
  };
  const sound = store.reading.value.course.scores.length > 0 && !store.reading.value.faults.size;
  return (
    <details class="card">
      <summary>{t('forecast-file')}</summary>
      <div class="stack">
        <p class="small muted">{t('forecast-file-note')}</p>
        <div>
          <Button
            disabled={!sound}
            onClick={() => {
              void copy(JSON.stringify(store.reading.value.course, null, 2));
            }}
          >
            {t('forecast-file-copy')}
          </Button>
        </div>
        <label class="label" for={id}>
          {t('forecast-file-paste')}
        </label>
        <textarea
          id={id}
          class="input file__text"
          rows={4}
          spellcheck={false}
          value={pasted.value}
          aria-invalid={fault.value ? 'true' : undefined}
          aria-describedby={fault.value ? `${id}-fault` : undefined}
          onInput={(event) => {
            pasted.value = event.currentTarget.value;
          }}
        />
        {fault.value && (
          <span id={`${id}-fault`} class="fault" role="alert">
            {fault.value}
          </span>
        )}
        <div class="course__actions">
          <Button
            disabled={!pasted.value.trim()}
            onClick={() => {
              open(pasted.value);
            }}
          >
            {t('forecast-file-take')}
          </Button>
          <label class="button button--plain file__open">
            <input
              type="file"
              class="visually-hidden"
              accept=".json,application/json"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file && file.size <= LARGEST_BYTES) void file.text().then(open);
                else if (file) fault.value = t('forecast-file-large');
                event.currentTarget.value = '';
              }}
            />
            {t('forecast-file-open')}
          </label>
        </div>
      </div>
    </details>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('forecast-file-copied'));
  } catch {
    toast(t('forecast-file-not-copied'));
  }
}
