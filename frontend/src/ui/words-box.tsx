/** Pain in the patient's own words, painted on the body. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { api, ApiError, spoken } from '../api/client.ts';
import type { Understood } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { decodeDrawing } from '../drawing/codec.ts';
import { isPain } from '../drawing/marks.ts';
import { announce } from './announce.tsx';
import { Notice } from './kit.tsx';
import type { Studio } from './studio.ts';
import { useId } from './ids.ts';

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'asking' }
  | {
      readonly step: 'done';
      readonly understood: readonly Understood[];
      readonly not: readonly string[];
    }
  | { readonly step: 'failed'; readonly message: string; readonly suggestions: readonly string[] };

// Outlives the component: nothing typed is lost when another tab of the panel is opened.
const text = signal('');
const state = signal<State>({ step: 'idle' });

export function WordsBox({ studio }: { studio: Studio }): JSX.Element {
  const id = useId();
  const now = state.value;
  const submit = (): void => {
    if (now.step !== 'asking') void paintWords(studio);
  };
  return (
    <form
      class="words stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="label" for={id}>
        {t('words-label')}
      </label>
      <div class={`words__field${now.step === 'failed' ? ' is-invalid' : ''}`}>
        <textarea
          id={id}
          rows={2}
          maxLength={2000}
          placeholder={t('words-example')}
          value={text.value}
          aria-invalid={now.step === 'failed'}
          aria-describedby={`${id}-answer`}
          onInput={(event) => (text.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault();
              submit();
            }
          }}
        />
        <button type="submit" class="button button--plain" aria-disabled={now.step === 'asking'}>
          {now.step === 'asking' ? t('words-asking') : t('words-paint')}
        </button>
      </div>
      <div id={`${id}-answer`}>
        <Answer state={now} />
      </div>
    </form>
  );
}

function Answer({ state: now }: { state: State }): JSX.Element | null {
  if (now.step === 'failed')
    return (
      <Notice tone="error">
        <p>{now.message}</p>
        {now.suggestions.length > 0 && (
          <p>{t('words-suggestions', { names: now.suggestions.join(', ') })}</p>
        )}
      </Notice>
    );
  if (now.step !== 'done') return null;
  return (
    <div class="words__answer">
      <ul class="chips" aria-label={t('words-understood')}>
        {now.understood.map(({ text: said, meaning }) => (
          <li key={`${said}|${meaning}`} class="chip chip--good">
            <q>{said}</q> {meaning}
          </li>
        ))}
      </ul>
      {now.not.length > 0 && (
        <p class="small">
          {t('words-not-understood')}{' '}
          {now.not.map((word) => (
            <q key={word} class="chip chip--open">
              {word}
            </q>
          ))}
        </p>
      )}
    </div>
  );
}

/** The drawing's revision when a sentence was painted last; -1 when that changed nothing. */
let paintedAt = -1;

async function paintWords({ store, surface, info, view }: Studio): Promise<void> {
  const said = text.value.trim();
  if (!said) {
    state.value = { step: 'failed', message: t('words-empty'), suggestions: [] };
    return;
  }
  state.value = { step: 'asking' };
  try {
    const answer = await api.words(said);
    const drawing = decodeDrawing(answer.drawing, info.version, surface.count);
    // Who mends a sentence means the mended one, not both; unless something was drawn since.
    const before = store.revision.value;
    store.add(drawing, before === paintedAt);
    paintedAt = store.revision.value > before ? store.revision.value : -1;
    view.value?.face([...drawing.marks.keys()].filter((v) => isPain(drawing.marks[v]!)));
    state.value = { step: 'done', understood: answer.understood, not: answer.not_understood };
    announce(t('words-painted', { count: answer.understood.length }));
  } catch (error) {
    const detail = error instanceof ApiError ? error.detail : undefined;
    const kind = error instanceof ApiError ? error.kind : 'failed';
    state.value = {
      step: 'failed',
      message: detail ? spoken(detail) : t(`error-${kind}`),
      suggestions: detail?.suggestions ?? [],
    };
  }
}
