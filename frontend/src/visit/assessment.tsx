/** The assessment: the clinician's page on a patient of the record, each tap saved as it is made. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { DrawingJson, Examination, Location, Sex } from '../api/types.ts';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import { run as clinician, type Parts } from '../clinician.tsx';
import { decodeDrawing } from '../drawing/codec.ts';
import { toast } from '../ui/announce.tsx';
import type { KeptMeasure } from './instruments.tsx';
import { MeasuredPane, Sheets, type Own } from './measured-pane.tsx';
import { Outbox, type Message, type Stored } from './outbox.ts';
import { Pending } from './pending.ts';
import { SavedFindings, type FindingRow } from './saved-findings.ts';
import { Clashes, SavedState } from './saved-state.tsx';
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
  readonly save: string;
  readonly rank: string;
  readonly examine: string;
}

/** Every ranking that is shown is stored: it is asked for when the hand rests. */
const RANK_PAUSE_MS = 600;
const DRAWING_PAUSE_MS = 700;

export async function run(root: HTMLElement, json: string): Promise<void> {
  const loaded = JSON.parse(json) as Loaded;
  const outbox = new Outbox((message: Message) => post<Stored>(loaded.save, message));
  outbox.know(loaded.assessment.id, loaded.assessment.version);
  for (const row of Object.values(loaded.rows).flat()) outbox.know(row.id, row.version);
  showState(outbox);
  const pending = new Pending();
  sendAgain(outbox, pending);
  finishWhenSaved(outbox, pending, loaded.assessment.id);
  const sheets = new Sheets(outbox, pending, loaded.rows);
  await clinician(root, {
    locate: (question) => post<Location>(loaded.rank, question),
    examine: (question) => post<Examination>(loaded.examine, question),
    pauseMs: RANK_PAUSE_MS,
    begin: (parts) => {
      restore(parts, loaded);
      saveFindings(parts, loaded, outbox);
      saveDrawing(parts, loaded, outbox, pending);
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
  const { drawing } = loaded.assessment;
  if (!drawing) return;
  try {
    studio.store.load(decodeDrawing(drawing, studio.info.version, studio.surface.count));
  } catch {
    toast(t('file-other-body'));
  }
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

/** A drawing is saved when the hand rests; what was loaded is not sent back. */
function saveDrawing({ studio }: Parts, loaded: Loaded, outbox: Outbox, pending: Pending): void {
  const { store } = studio;
  const now = (): DrawingJson | null => (store.isEmpty ? null : studio.drawing());
  let last = JSON.stringify(now());
  effect(() => {
    dependOn(store.revision, store.answers);
    pending.later('drawing', DRAWING_PAUSE_MS, () => {
      const drawing = now();
      const text = JSON.stringify(drawing);
      if (text === last) return;
      last = text;
      outbox.put('assessment', loaded.assessment.id, { drawing });
    });
  });
}

function showState(outbox: Outbox): void {
  const state = document.querySelector('#saved');
  if (state) render(<SavedState outbox={outbox} />, state);
  const clashes = document.querySelector('#conflict');
  if (clashes) render(<Clashes outbox={outbox} />, clashes);
}

function sendAgain(outbox: Outbox, pending: Pending): void {
  const retry = (): void => {
    outbox.retry();
  };
  window.addEventListener('online', retry);
  window.addEventListener('focus', retry);
  window.addEventListener('beforeunload', (event) => {
    pending.flush();
    if (outbox.unsent.peek()) event.preventDefault();
  });
}

/** The draft ends only when everything that was entered is stored. */
function finishWhenSaved(outbox: Outbox, pending: Pending, assessment: string): void {
  const form = document.querySelector<HTMLFormElement>('#finish');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    pending.flush();
    void outbox.flushed().then((all) => {
      const version = form.querySelector<HTMLInputElement>('input[name=version]');
      if (!all || !version) {
        toast(t('visit-unsent', { count: outbox.unsent.value }));
        return;
      }
      version.value = String(outbox.version(assessment));
      form.submit();
    });
  });
}
