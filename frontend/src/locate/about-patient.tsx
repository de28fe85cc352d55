/** The presentation, and the patient's sex: asked for above the ranking, folded until wanted. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.ts';
import type { PresentationInShort, Sex } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import { useId } from '../ui/ids.ts';
import { Icon } from '../ui/icons.tsx';
import { Button, Segmented } from '../ui/kit.tsx';
import type { Studio } from '../ui/studio.ts';
import { ageOf, OLDEST, type Patient } from './patient.ts';

type Known = readonly PresentationInShort[] | 'asking' | 'failed' | null;
/** All presentations; asked for once, when somebody opens the form or has chosen one already. */
const known = signal<Known>(null);
const open = signal(false);

async function ask(): Promise<void> {
  known.value = 'asking';
  try {
    known.value = (await api.presentations()).presentations;
  } catch {
    known.value = 'failed';
  }
}

interface Props {
  readonly studio: Studio;
  readonly patient: Patient;
}

export function AboutPatient({ studio, patient }: Props): JSX.Element {
  const wanted = open.value || patient.presentation.value !== null;
  useEffect(() => {
    if (wanted && known.value === null) void ask();
  }, [wanted]);
  const panel = useId();
  return (
    <section class="about" aria-label={t('told-title')}>
      <button
        type="button"
        class="about__open"
        aria-expanded={open.value}
        aria-controls={panel}
        onClick={() => (open.value = !open.value)}
      >
        <span class="label">{t('told-title')}</span>
        <span class="about__told">{told(studio, patient)}</span>
        <Icon name="chevron" />
      </button>
      <div id={panel} class="about__form stack" hidden={!open.value}>
        {open.value && (
          <>
            <Chooser patient={patient} />
            <SexChoice studio={studio} />
            <AgeField patient={patient} />
          </>
        )}
      </div>
    </section>
  );
}

function told(studio: Studio, { presentation, age }: Patient): string {
  const list = known.value;
  const loaded = list === null || list === 'asking' || list === 'failed' ? [] : list;
  const chosen = loaded.find(({ id }) => id === presentation.value)?.name;
  const sex = sexOf(studio);
  const years = age.value === null ? undefined : t('age-told', { age: age.value });
  const parts = [chosen, sex ? t(`build-${sex}`) : undefined, years].filter(
    (part) => part !== undefined,
  );
  return parts.length ? parts.join(', ') : t('told-nothing');
}

function Chooser({ patient: { presentation } }: { patient: Patient }): JSX.Element {
  const id = useId();
  const list = known.value;
  if (list === 'failed')
    return (
      <p class="small">
        {t('presentation-failed')} <Button onClick={() => void ask()}>{t('error-again')}</Button>
      </p>
    );
  if (list === null || list === 'asking') return <p class="small muted">{t('ranking-waiting')}</p>;
  const areas = [...new Set(list.map(({ area }) => area))];
  return (
    <div class="about__field">
      <label class="label" for={id}>
        {t('presentation-label')}
      </label>
      <select
        id={id}
        class="select"
        value={presentation.value ?? ''}
        onChange={(event) => (presentation.value = event.currentTarget.value || null)}
      >
        <option value="">{t('presentation-none')}</option>
        {areas.map((area) => (
          <optgroup key={area} label={area}>
            {list
              .filter((one) => one.area === area)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {presentation.value && (
        <a class="about__link" href={`/atlas/presentations/${presentation.value}/`}>
          {t('presentation-page')}
        </a>
      )}
    </div>
  );
}

const SEXES = ['neither', 'female', 'male'] as const;

function SexChoice({ studio }: { studio: Studio }): JSX.Element {
  return (
    <Segmented
      legend={t('sex-legend')}
      showLegend
      value={studio.build.value.kind}
      choices={SEXES.map((value) => ({
        value,
        label: value === 'neither' ? t('sex-unsaid') : t(`build-${value}`),
      }))}
      onChange={(kind) => {
        studio.build.value = { ...studio.build.value, kind };
        studio.view.value?.setBuild(studio.build.value);
      }}
    />
  );
}

function AgeField({ patient: { age } }: { patient: Patient }): JSX.Element {
  const id = useId();
  return (
    <div class="about__field">
      <label class="label" for={id}>
        {t('age-label')}
      </label>
      <input
        id={id}
        class="select select--short"
        type="text"
        inputMode="numeric"
        maxLength={String(OLDEST).length}
        autoComplete="off"
        value={age.value ?? ''}
        onInput={(event) => (age.value = ageOf(event.currentTarget.value))}
      />
    </div>
  );
}

/** The sex that was said; the mannequin's shape follows it. */
export const sexOf = ({ build }: Studio): Sex | null =>
  build.value.kind === 'neither' ? null : build.value.kind;
