/** Finds body regions by any of the names that clinicians and patients use. */
import type { Region } from '../api/types.ts';

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly plain: string;
  /** Every region of this id: one for each side. */
  readonly regions: readonly Region[];
}

interface Entry {
  readonly place: Place;
  /** Each name as its words. */
  readonly names: readonly (readonly string[])[];
}

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Words that place nothing by themselves. */
const IDLE = new Set(['the', 'of', 'a', 'my', 'in', 'on', 'at', 'left', 'right', 'side']);

export class RegionSearch {
  readonly #entries: Entry[];

  constructor(regions: readonly Region[]) {
    const byId = new Map<string, Region[]>();
    for (const region of regions) {
      const list = byId.get(region.id);
      if (list) list.push(region);
      else byId.set(region.id, [region]);
    }
    this.#entries = [...byId].map(([id, sides]) => {
      const first = sides[0]!;
      return {
        place: { id, name: first.name, plain: first.plain, regions: sides },
        names: [first.name, first.plain, ...first.synonyms].map(words),
      };
    });
  }

  /** Places whose names hold every word of the query, best first. */
  find(query: string, limit = 8): Place[] {
    const asked = words(query).filter((word) => !IDLE.has(word));
    if (!asked.length) return [];
    return this.#entries
      .map((entry) => ({ entry, score: score(asked, entry) }))
      .filter(({ score: found }) => found > 0)
      .sort((a, b) => b.score - a.score || a.entry.place.plain.localeCompare(b.entry.place.plain))
      .slice(0, limit)
      .map(({ entry }) => entry.place);
  }
}

function score(asked: readonly string[], entry: Entry): number {
  return Math.max(...entry.names.map((name) => nameScore(asked, name)));
}

/** Whole words count more than beginnings, and a name that says little else more than a long one. */
function nameScore(asked: readonly string[], name: readonly string[]): number {
  let sum = 0;
  for (const word of asked) {
    if (name.includes(word)) sum += 2;
    else if (name.some((own) => own.startsWith(word))) sum += 1;
    else return 0;
  }
  return sum / (asked.length + 0.2 * name.filter((word) => !IDLE.has(word)).length);
}
