/** Review of a record: a verdict at each statement, and the panel that hands the file over. */
import { signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { Announcer, announce, toast } from '../ui/announce.tsx';
import { Button, Segmented } from '../ui/kit.tsx';
import { ReviewStore, WORDS, type Lack, type Place, type Word } from './review-store.ts';
import { useId } from '../ui/ids.ts';

const LONGEST_NOTE = 4000;
const LONGEST_NAME = 120;

/** Opens the review on a page of the atlas. */
export function openReview(record: HTMLElement, panel: HTMLElement): void {
  const { record: id, version } = record.dataset as { record: string; version: string };
  const today = new Date().toISOString().slice(0, 10);
  const store = new ReviewStore(sessionStorage, today);
  for (const row of record.querySelectorAll<HTMLElement>('[data-field]')) {
    const { field, hash } = row.dataset as { field: string; hash: string };
    const slot = document.createElement('div');
    slot.className = 'verdict';
    row.append(slot);
    render(<Verdict store={store} place={{ record: id, field, hash }} />, slot);
  }
  render(<Panel store={store} version={version} />, panel);
  panel.scrollIntoView({ block: 'nearest' });
}

type Choice = Word | 'open';

function Verdict({ store, place }: { store: ReviewStore; place: Place }): JSX.Element {
  const note = useId();
  const given = store.of(place);
  return (
    <>
      <Segmented<Choice>
        legend={t('review-legend')}
        value={given?.verdict ?? 'open'}
        choices={([...WORDS, 'open'] as const).map((word) => ({
          value: word,
          label: t(`review-${word}`),
        }))}
        onChange={(word) => {
          store.judge(place, word === 'open' ? null : word, given?.note);
        }}
      />
      {given && given.verdict !== 'agree' && (
        <label class="verdict__note" for={note}>
          <span class="label">{t('review-note')}</span>
          <textarea
            id={note}
            rows={2}
            maxLength={LONGEST_NOTE}
            value={given.note}
            onInput={(event) => {
              store.judge(place, given.verdict, event.currentTarget.value);
            }}
          />
        </label>
      )}
    </>
  );
}

const lacking = signal<readonly Lack[]>([]);

function Panel({ store, version }: { store: ReviewStore; version: string }): JSX.Element {
  const { name, qualification, date } = store.reviewer.value;
  const counts = store.counts.value;
  const download = (): void => {
    lacking.value = store.lacks();
    if (lacking.value.length) {
      announce(lacking.value.map((lack) => t(`review-needs-${lack}`)).join(' '));
      return;
    }
    save(store.file(version), t('review-file'));
    store.clear();
    toast(t('review-downloaded'));
  };
  return (
    <form
      class="review stack"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <h3>{t('review-title')}</h3>
      <p class="small">{t('review-how')}</p>
      <div class="review__who">
        <Field
          label={t('review-name')}
          value={name}
          onInput={(value) => {
            store.sign({ name: value });
          }}
        />
        <Field
          label={t('review-qualification')}
          value={qualification}
          onInput={(value) => {
            store.sign({ qualification: value });
          }}
        />
        <Field
          label={t('review-date')}
          value={date}
          type="date"
          onInput={(value) => {
            store.sign({ date: value });
          }}
        />
      </div>
      <p role="status">{t('review-count', { ...counts })}</p>
      {lacking.value.length > 0 && (
        <ul class="review__lacks">
          {lacking.value.map((lack) => (
            <li key={lack}>{t(`review-needs-${lack}`)}</li>
          ))}
        </ul>
      )}
      <div class="review__end">
        <Button kind="primary" icon="download" onClick={download}>
          {t('review-download')}
        </Button>
        <Button
          icon="bin"
          disabled={!store.begun}
          onClick={() => {
            store.clear();
            toast(t('review-discarded'));
          }}
        >
          {t('review-discard')}
        </Button>
      </div>
      <Announcer />
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'date';
  readonly onInput: (value: string) => void;
}

function Field({ label, value, type = 'text', onInput }: FieldProps): JSX.Element {
  const id = useId();
  const shared = {
    id,
    value,
    onInput: (event: { currentTarget: HTMLInputElement }) => {
      onInput(event.currentTarget.value);
    },
  };
  return (
    <label class="review__field" for={id}>
      <span class="label">{label}</span>
      {type === 'date' ? (
        <input type="date" {...shared} />
      ) : (
        <input type="text" maxLength={LONGEST_NAME} autoComplete="off" {...shared} />
      )}
    </label>
  );
}

function save(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
