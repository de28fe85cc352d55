/** The clinician's page: the drawing, and beside it what would explain it. */
import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { api } from './api/client.ts';
import { dependOn } from './base/depend.ts';
import { t } from './base/l10n.ts';
import type { Answers } from './drawing/codec.ts';
import { grouped } from './drawing/summary.ts';
import { Findings } from './locate/findings.ts';
import { Highlighter } from './locate/highlighter.ts';
import { Legend } from './locate/legend.tsx';
import { lastOf, Ranker } from './locate/ranker.ts';
import { RankingPanel, Warnings } from './locate/ranking-panel.tsx';
import { Announcer } from './ui/announce.tsx';
import { Dock } from './ui/dock.tsx';
import { Segmented } from './ui/kit.tsx';
import { PaintedList } from './ui/painted-list.tsx';
import { RegionPicker } from './ui/region-picker.tsx';
import { Sheet, type Pane, type PaneAlert } from './ui/sheet.tsx';
import { Stage } from './ui/stage.tsx';
import { startPage } from './ui/start.tsx';
import type { Studio } from './ui/studio.ts';
import { WordsBox } from './ui/words-box.tsx';

export async function run(root: HTMLElement): Promise<void> {
  await startPage(root, (studio) => {
    const findings = new Findings();
    const ranker = new Ranker(() =>
      api.locate(studio.drawing(), sexOf(studio), findings.statements.value),
    );
    rankWhilePainting(studio, ranker, findings);
    outlineUnexplained(studio, ranker);
    const highlighter = new Highlighter(studio);
    return <Clinician {...{ studio, ranker, highlighter, findings }} />;
  });
}

interface Props {
  readonly studio: Studio;
  readonly ranker: Ranker;
  readonly highlighter: Highlighter;
  readonly findings: Findings;
}

const pane = signal<Pane>('ranking');

function Clinician({ studio, ranker, highlighter, findings }: Props): JSX.Element {
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
                <RankingPanel {...{ studio, ranker, highlighter, findings }} />
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
        ]}
        dock={<Dock studio={studio} />}
        alert={warning(ranker)}
      />
      <Announcer />
    </div>
  );
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

const sexOf = ({ build }: Studio): 'female' | 'male' | null =>
  build.value.kind === 'neither' ? null : build.value.kind;

function rankWhilePainting(studio: Studio, ranker: Ranker, findings: Findings): void {
  const { store } = studio;
  const changed = (): void => {
    ranker.changed(store.hasPain);
  };
  store.onTouch(changed);
  effect(() => {
    dependOn(store.answers, studio.build, findings.statements);
    changed();
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
