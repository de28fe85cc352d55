/** What the address asks for when the page opens: a muscle's zone painted, a presentation chosen. */
import { api } from '../api/client.ts';
import { UNMARKED } from '../drawing/marks.ts';
import { decodeRuns } from '../drawing/runs.ts';
import { mark } from '../drawing/marks.ts';
import type { Studio } from '../ui/studio.ts';
import type { Patient } from './patient.ts';

const INTENSITY = 5;

/** Rejects never: what cannot be found leaves the page as it would be without. */
export async function begin(studio: Studio, patient: Patient): Promise<void> {
  const asked = new URLSearchParams(location.search);
  patient.presentation.value = asked.get('presentation');
  const zone = asked.get('zone');
  if (!zone) return;
  try {
    const muscle = await api.muscle(zone, asked.get('side') === 'left' ? 'left' : 'right');
    const { count } = studio.surface;
    const marks = new Uint8Array(count).fill(UNMARKED);
    const main = decodeRuns(muscle.zones.main, count);
    for (const vertex of main) marks[vertex] = mark(INTENSITY, 'ache');
    studio.store.add({ marks, answers: 'whole body', loose: [] }, false);
    studio.view.value?.face(main);
  } catch (error) {
    console.warn(error);
  }
}
