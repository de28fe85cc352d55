/** Where taps wait on this device until the server has them; what they say is sealed by `vault`. */
import { openDB, type IDBPDatabase } from 'idb';

const NAME = 'tautband-couch';
export const STORE = 'waiting';

export const openWaiting = (): Promise<IDBPDatabase> =>
  openDB(NAME, 1, {
    upgrade(made) {
      made.createObjectStore(STORE, { autoIncrement: true });
    },
  });

/** How many wait, whoever made them. */
export async function countWaiting(): Promise<number> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === NAME)) return 0;
  const open = await openWaiting();
  try {
    return await open.count(STORE);
  } finally {
    open.close();
  }
}
