/** The assessment: the clinician's page on a patient of the record, each tap saved as it is made. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { DrawingJson, Examination, Location, Sex } from '../api/types.ts';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import { run as clinician, type Parts } from '../clinician.tsx';
import { toast } from '../ui/announce.tsx';
import type { KeptMeasure } from './instruments.tsx';
import { MeasuredPane, Sheets, type Own } from './measured-pane.tsx';
import { OwnFindings, type Named } from './own-findings.tsx';
import { Outbox, type Message, type Stored } from './outbox.ts';
import { Pending } from './pending.ts';
import { SavedFindings, type FindingRow } from './saved-findings.ts';
import { Clashes, SavedState } from './saved-state.tsx';
import { loadDrawing, saveDrawing } from './save-drawing.ts';
import { sendAgain } from './send-again.ts';
import './texts.ts';
import { post } from './wire.ts';

interface Row extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly version: number;
}

/** What the server wrote into the page. */
interface Loaded {
  readonly assessment: Own & { readonly version: number; readonly drawing: DrawingJson | null };
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly names: Readonly<Record<string, string>>;
  readonly sex: Sex | null;
  readonly age: number | null;
  readonly presentation: string | null;
  readonly muscles: readonly Named[];
  readonly save: string;
  readonly rank: string;
  readonly examine: string;
}

/** Every ranking that is shown is stored: it is asked for when the hand rests. */
const RANK_PAUSE_MS = 600;

/** Whether the ranking waits for the clinician's own findings; as it was left in this tab. */
const VEIL = 'tautband-own-first';
const veiled = signal(sessionStorage.getItem(VEIL) === 'yes');
effect(() => {
  sessionStorage.setItem(VEIL, veiled.value ? 'yes' : 'no');
});

export async function run(root: HTMLElement, json: string): Promise<void> {
  const loaded = JSON.parse(json) as Loaded;
  const outbox = new Outbox((message: Message) => post<Stored>(loaded.save, message));
  outbox.know(loaded.assessment.id, loaded.assessment.version);
  for (const row of Object.values(loaded.rows).flat()) outbox.know(row.id, row.version);
  showState(outbox);
  const pending = new Pending();
  sendAgain(outbox, pending);
  for (const id of ['#finish', '#hand-over'])
    leaveWhenSaved(id, outbox, pending, loaded.assessment.id);
  const sheets = new Sheets(outbox, pending, loaded.rows);
  await clinician(root, {
    locate: (question) =>
      post<Location>(loaded.rank, { ...question, ...(veiled.peek() && { withheld: true }) }),
    examine: (question) => post<Examination>(loaded.examine, question),
    pauseMs: RANK_PAUSE_MS,
    veiled,
    veil: ({ findings }) => (
      <OwnFindings findings={findings} muscles={loaded.muscles} veiled={veiled} />
    ),
    begin: (parts) => {
      restore(parts, loaded);
      saveFindings(parts, loaded, outbox);
      saveDrawing(parts.studio, loaded.assessment.id, outbox, pending);
    },
    pane: () => ({
      id: 'measured',
      label: t('visit-pane-measured'),
      content: (
        <MeasuredPane
          outbox={outbox}
          sheets={sheets}
          own={loaded.assessment}
          measures={(loaded.rows.measure ?? []) as unknown as KeptMeasure[]}
        />
      ),
    }),
  });
}

function restore({ studio, findings, patient }: Parts, loaded: Loaded): void {
  patient.age.value = loaded.age;
  patient.presentation.value = loaded.presentation;
  if (loaded.sex) {
    studio.build.value = { ...studio.build.value, kind: loaded.sex };
    studio.view.value?.setBuild(studio.build.value);
  }
  SavedFindings.restore(findings, findingRows(loaded), loaded.names);
  loadDrawing(studio, loaded.assessment.drawing);
}

const findingRows = ({ rows }: Loaded): readonly FindingRow[] =>
  (rows.finding ?? []) as unknown as FindingRow[];

function saveFindings({ findings }: Parts, loaded: Loaded, outbox: Outbox): void {
  const saved = new SavedFindings(findingRows(loaded));
  effect(() => {
    dependOn(findings.examined);
    for (const { id, values } of saved.changes(findings)) outbox.put('finding', id, values);
  });
}

function showState(outbox: Outbox): void {
  const state = document.querySelector('#saved');
  if (state) render(<SavedState outbox={outbox} />, state);
  const clashes = document.querySelector('#conflict');
  if (clashes) render(<Clashes outbox={outbox} />, clashes);
}

/** The draft ends, or goes into the patient's hands, only when all that was entered is stored. */
function leaveWhenSaved(id: string, outbox: Outbox, pending: Pending, assessment: string): void {
  const form = document.querySelector<HTMLFormElement>(id);
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    pending.flush();
    void outbox.flushed().then((all) => {
      if (!all) {
        toast(t('visit-unsent', { count: outbox.unsent.value }));
        return;
      }
      const version = form.querySelector<HTMLInputElement>('input[name=version]');
      if (version) version.value = String(outbox.version(assessment));
      form.submit();
    });
  });
}
