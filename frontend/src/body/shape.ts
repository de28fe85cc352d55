/** The patient's build: the same vertices moved, so that a drawing stays where it was painted. */

export type BodyKind = 'neither' | 'female' | 'male';

export interface Build {
  readonly kind: BodyKind;
  /** -1 light .. 1 heavy. */
  readonly weight: number;
  /** -1 short .. 1 tall. */
  readonly height: number;
}

export const NEUTRAL: Build = { kind: 'neither', weight: 0, height: 0 };

/** Weight of every morph target for a build; "neither" moves half-way along both. */
export function morphWeights(build: Build): Map<string, number> {
  const weights = new Map<string, number>();
  const kinds: [string, number][] =
    build.kind === 'neither'
      ? [
          ['female', 0.5],
          ['male', 0.5],
        ]
      : [[build.kind, 1]];
  for (const [kind, share] of kinds) {
    if (build.kind !== 'neither') weights.set(kind, share);
    const axis = (value: number, more: string, less: string): void => {
      if (value !== 0) weights.set(`${kind}_${value > 0 ? more : less}`, Math.abs(value) * share);
    };
    axis(build.weight, 'heavy', 'light');
    axis(build.height, 'tall', 'short');
  }
  return weights;
}

/** Writes the shaped positions into `out` and sets the soles on the floor again. */
export function applyBuild(
  base: Float32Array,
  morphs: ReadonlyMap<string, Float32Array>,
  build: Build,
  out: Float32Array,
): void {
  out.set(base);
  for (const [name, weight] of morphWeights(build)) {
    const morph = morphs.get(name);
    if (!morph) continue;
    for (let i = 0; i < out.length; i++) out[i]! += weight * morph[i]!;
  }
  let floor = Infinity;
  for (let i = 1; i < out.length; i += 3) floor = Math.min(floor, out[i]!);
  for (let i = 1; i < out.length; i += 3) out[i]! -= floor;
}
