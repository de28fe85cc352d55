/** Sorted vertex numbers as runs [gap, length, gap, length, ...]; a gap counts from the last end. */

export function encodeRuns(sorted: ArrayLike<number>): number[] {
  const runs: number[] = [];
  let end = 0;
  for (let i = 0; i < sorted.length;) {
    const first = sorted[i]!;
    let next = first + 1;
    i++;
    while (i < sorted.length && sorted[i] === next) {
      next++;
      i++;
    }
    runs.push(first - end, next - first);
    end = next;
  }
  return runs;
}

/** The vertex numbers of runs; throws a RangeError when they leave a body of `count` vertices. */
export function decodeRuns(runs: readonly number[], count: number): number[] {
  if (runs.length % 2) throw new RangeError('runs must come in pairs');
  const out: number[] = [];
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const gap = runs[i]!;
    const length = runs[i + 1]!;
    const whole = Number.isInteger(gap) && Number.isInteger(length) && gap >= 0 && length > 0;
    if (!whole || at + gap + length > count) throw new RangeError('runs leave the body');
    at += gap;
    for (const end = at + length; at < end; at++) out.push(at);
  }
  return out;
}
