/** Ids for labels and groups that are unique on the page, also where it holds several roots. */
import { useState } from 'preact/hooks';

let last = 0;

/** An id that stays the same as long as the component does. */
export function useId(): string {
  const [id] = useState(() => `id-${++last}`);
  return id;
}
