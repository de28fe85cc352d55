/** The clinician's page: the drawing, and beside it what would explain it. */
import { computed, effect, signal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { api } from './api/client.ts';
import type { Examination, Location, Question } from './api/types.ts';
import { dependOn } from './base/depend.ts';
import { t } from './base/l10n.ts';
import type { Answers } from './drawing/codec.ts';
import { grouped } from './drawing/summary.ts';
import { AboutPatient, sexOf } from './locate/about-patient.tsx';
import { begin } from './locate/begin.ts';
import { Findings } from './locate/findings.ts';
import { Highlighter } from './locate/highlighter.ts';
import { Legend } from './locate/legend.tsx';
import { NextStep, type Examiner } from './locate/next-step.tsx';
import { Patient } from './locate/patient.ts';
import { lastOf, Ranker } from './locate/ranker.ts';
import { RankingPanel } from './locate/ranking-panel.tsx';
import { Warnings } from './locate/warnings.tsx';
import { Announcer } from './ui/announce.tsx';
import { Dock } from './ui/dock.tsx';
import { Button, Segmented } from './ui/kit.tsx';
import { PaintedList } from './ui/painted-list.tsx';
import { RegionPicker } from './ui/region-picker.tsx';
import { Sheet, type Pane, type PaneAlert } from './ui/sheet.tsx';
import { Stage } from './ui/stage.tsx';
import { startPage } from './ui/start.tsx';
import type { Studio } from './ui/studio.ts';
import { WordsBox } from './ui/words-box.tsx';

/** What a page hands to whoever sets it up. */
export interface Parts {
  readonly studio: Studio;
  readonly findings: Findings;
  readonly patient: Patient;
}

interface ExtraPane {
  readonly id: Pane;
  readonly label: string;
  readonly content: ComponentChildren;
}

/** Where the page's answers come from, what it starts with, and what it has besides. */
export interface Setting {
  readonly locate: (question: Question) => Promise<Location>;
  readonly examine: (question: Question) => Promise<Examination>;
  /** How long a drawing rests before it is ranked; while one paints, when not given. */
  readonly pauseMs?: number;
  readonly begin: (parts: Parts) => void | Promise<void>;
  readonly pane?: (parts: Parts) => ExtraPane;
  /** While it is true `locate` withholds the ranking, and `veil` stands where it would. */
  readonly veiled?: Signal<boolean>;
  readonly veil?: (parts: Parts) => ComponentChildren;
}

/** The open page: nothing is stored, the address may say what to begin with. */
const OPEN: Setting = {
  locate: (question) => api.locate(question),
  examine: (question) => api.examine(question),
  begin: ({ studio, patient }) => begin(studio, patient),
};

export async function run(root: HTMLElement, setting: Setting = OPEN): Promise<void> {
  await startPage(root, (studio) => {
    const findings = new Findings();
    const patient = new Patient();
    const question = (): Question => ({
      drawing: studio.drawing(),
      presentation: patient.presentation.value,
      sex: sexOf(studio),
      age: patient.age.value,
      treated: [...patient.treated.value],
      findings: [...findings.statements.value],
      without_assumed_findings: !patient.countsAssumed.value,
    });
    const ranker = new Ranker(() => setting.locate(question()), setting.pauseMs);
    const examiner: Examiner = new Ranker(() => setting.examine(question()), EXAMINE_PAUSE_MS);
    rankWhilePainting(studio, ranker, findings, patient, setting.veiled);
    examineWhatWasRanked(ranker, examiner, setting.veiled);
    outlineUnexplained(studio, ranker);
    const highlighter = new Highlighter(studio);
    const parts = { studio, findings, patient };
    void setting.begin(parts);
    const extra = setting.pane?.(parts);
    const { veiled, veil } = setting;
    const more = {
      ...(extra && { extra }),
      ...(veiled && veil && { veiled, veil: () => veil(parts) }),
    };
    return <Clinician {...{ ...parts, ranker, examiner, highlighter }} {...more} />;
  });
}

/** The ranking is what one waits for; what to examine next may come a moment later. */
const EXAMINE_PAUSE_MS = 300;

interface Props {
  readonly studio: Studio;
  readonly ranker: Ranker;
  readonly examiner: Examiner;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
  readonly patient: Patient;
  readonly extra?: ExtraPane;
  readonly veiled?: Signal<boolean>;
  readonly veil?: () => ComponentChildren;
}

const pane = signal<Pane>('ranking');

function Clinician(props: Props): JSX.Element {
  const { studio, ranker, examiner, highlighter, findings, patient, extra } = props;
  return (
    <div class="studio studio--clinician">
      <Stage studio={studio}>
        <Legend ranker={ranker} highlighter={highlighter} />
      </Stage>
      <Sheet
        pane={pane}
        panes={[
          {
            id: 'ranking',
            label: t('pane-ranking'),
            content: (
              <>
                <Warnings ranker={ranker} />
                <WordsBox studio={studio} />
                <AboutPatient {...{ studio, patient }} />
                {props.veiled?.value ? (
                  props.veil?.()
                ) : (
                  <>
                    {props.veiled && <Veil veiled={props.veiled} />}
                    <NextStep {...{ examiner, findings, highlighter }} />
                    <RankingPanel {...{ studio, ranker, highlighter, findings, patient }} />
                  </>
                )}
              </>
            ),
          },
          {
            id: 'places',
            label: t('pane-places', {
              count: grouped(studio.painted.value, studio.surface.regionCount).length,
            }),
            content: (
              <>
                <RegionPicker studio={studio} />
                <PaintedList studio={studio} />
                <AnswersChoice studio={studio} />
              </>
            ),
          },
          ...(extra ? [extra] : []),
        ]}
        dock={<Dock studio={studio} />}
        alert={warning(ranker)}
      />
      <Announcer />
    </div>
  );
}

function Veil({ veiled }: { veiled: Signal<boolean> }): JSX.Element {
  return <Button onClick={() => (veiled.value = true)}>{t('handed-veil')}</Button>;
}

/** The first warning, for when the ranking's pane is not the one in sight. */
function warning(ranker: Ranker): PaneAlert | undefined {
  const [flag] = lastOf(ranker.state.value)?.red_flags ?? [];
  return flag && { pane: 'ranking', text: t('flags-alert', { title: flag.title }) };
}

/** What bare skin means is the clinician's to say: it changes what speaks against a muscle. */
function AnswersChoice({ studio: { store } }: { studio: Studio }): JSX.Element {
  return (
    <Segmented<Answers>
      legend={t('answers-legend')}
      showLegend
      value={store.answers.value}
      choices={[
        { value: 'whole body', label: t('answers-whole') },
        { value: 'named places only', label: t('answers-named') },
      ]}
      onChange={(value) => (store.answers.value = value)}
    />
  );
}

function rankWhilePainting(
  studio: Studio,
  ranker: Ranker,
  findings: Findings,
  patient: Patient,
  veiled?: Signal<boolean>,
): void {
  const { store } = studio;
  // Weight and height change the picture alone.
  const sex = computed(() => sexOf(studio));
  const changed = (): void => {
    ranker.changed(store.hasPain);
  };
  store.onTouch(changed);
  let wasVeiled = veiled?.peek();
  effect(() => {
    const { presentation, age, treated, countsAssumed } = patient;
    if (veiled && veiled.value !== wasVeiled) {
      wasVeiled = veiled.value;
      ranker.changed(false); // what was answered before is void
    }
    dependOn(store.answers, sex, findings.statements, presentation, age, treated, countsAssumed);
    changed();
  });
}

function examineWhatWasRanked(ranker: Ranker, examiner: Examiner, veiled?: Signal<boolean>): void {
  effect(() => {
    const { status } = ranker.state.value;
    if (veiled?.value || status === 'empty') examiner.changed(false);
    else if (status === 'ready') examiner.changed(true);
  });
}

function outlineUnexplained(studio: Studio, ranker: Ranker): void {
  effect(() => {
    const rest = lastOf(ranker.state.value)?.unexplained ?? [];
    studio.view.value?.show(
      'unexplained',
      rest.flatMap(({ region, side }) => studio.named(region, side)),
    );
  });
}
