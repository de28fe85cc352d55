/** What a session comes to: it follows from the set of its entries, in whatever order they came. */
import type { Counted, Entry, Side } from './types.ts';
import { placeKey } from './types.ts';

/** The entries that no correction took back; corrections themselves are not among them. */
export function inForce(entries: readonly Entry[]): readonly Entry[] {
  const taken = new Set(entries.filter((e) => e.kind === 'correction').map((e) => e.about));
  return entries.filter((e) => e.kind !== 'correction' && !taken.has(e.id));
}

/** Needles that stay in the skin: retained, not taken out, and no incident accounts for them. */
export function standing(entries: readonly Entry[]): readonly Entry[] {
  const good = inForce(entries);
  const out = new Set(good.filter((e) => e.kind === 'removal').map((e) => e.about));
  const lost = new Set(good.flatMap((e) => (e.kind === 'incident' ? (e.accounts_for ?? []) : [])));
  return good.filter(
    (e) => e.kind === 'insertion' && e.retained && !out.has(e.id) && !lost.has(e.id),
  );
}

export interface MuscleCount extends Counted {
  readonly familiar: '' | 'yes' | 'no';
}

/**
 * Needles, insertions and twitches by muscle. A count for the whole muscle stands instead of the
 * sum over its insertions; of several the largest: the server's ledger counts the same way.
 */
export function byMuscle(entries: readonly Entry[]): ReadonlyMap<string, MuscleCount> {
  const rows = new Map<string, { place: Place; needles: Set<string>; all: Entry[] }>();
  for (const entry of inForce(entries)) {
    if (!entry.muscle || !entry.side) continue;
    const place = { muscle: entry.muscle, side: entry.side };
    const row = rows.get(placeKey(place)) ?? { place, needles: new Set(), all: [] };
    row.all.push(entry);
    if (entry.kind === 'insertion' && entry.needle) row.needles.add(entry.needle);
    rows.set(placeKey(place), row);
  }
  return new Map([...rows].map(([key, row]) => [key, counted(row)]));
}

interface Place {
  readonly muscle: string;
  readonly side: Side;
}

function counted({
  place,
  needles,
  all,
}: {
  place: Place;
  needles: ReadonlySet<string>;
  all: readonly Entry[];
}): MuscleCount {
  const insertions = all.filter((e) => e.kind === 'insertion');
  const assessed = (some: readonly Entry[]): number[] =>
    some.map((e) => e.twitches).filter((n): n is number => n !== null && n !== undefined);
  const whole = assessed(all.filter((e) => e.kind === 'twitches'));
  const single = assessed(insertions);
  const told = all.map((e) => e.familiar_pain ?? '').filter(Boolean);
  return {
    ...place,
    needles: needles.size,
    insertions: insertions.length,
    twitches: whole.length
      ? Math.max(...whole)
      : single.length
        ? single.reduce((sum, n) => sum + n, 0)
        : null,
    familiar: told.at(-1) ?? '',
  };
}

/** So many insertions over so many needles, as evenly as it goes; each needle has at least one. */
export function spread(insertions: number, needles: number): readonly number[] {
  const count = Math.max(1, needles);
  const total = Math.max(insertions, count);
  return Array.from({ length: count }, (_, i) => Math.floor((total + count - 1 - i) / count));
}

/** Everything of two states of one session: what either tablet entered. */
export function merged<Row extends { readonly id: string }>(
  mine: readonly Row[],
  theirs: readonly Row[],
): readonly Row[] {
  return [...new Map([...theirs, ...mine].map((row) => [row.id, row])).values()];
}
