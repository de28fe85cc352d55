/** Where the camera stands: it circles a point of the body, looking at it. Pure arithmetic. */

export interface Stance {
  /** Point looked at, metres. */
  readonly target: readonly [number, number, number];
  /** Radians; 0 looks at the front, a quarter turn at the patient's left side. */
  readonly yaw: number;
  /** Radians, positive looks from above. */
  readonly pitch: number;
  /** Metres from the target. */
  readonly distance: number;
}

export type ViewName =
  'front' | 'back' | 'left' | 'right' | 'head' | 'hand-left' | 'hand-right' | 'feet';

export const VIEWS: readonly ViewName[] = [
  'front',
  'back',
  'right',
  'left',
  'head',
  'hand-right',
  'hand-left',
  'feet',
];

/** Vertical field of view, radians: long enough a lens that limbs keep their proportions. */
export const FIELD = (24 * Math.PI) / 180;
export const NEAREST_M = 0.35;
const MAX_PITCH = 1.35;

type Point = readonly [number, number, number];

interface Box {
  readonly min: Point;
  readonly max: Point;
}

/** The stance from which `view` fills a picture of the given width : height. */
export function stanceOf(view: ViewName, positions: Float32Array, aspect: number): Stance {
  const all = box(positions, () => true);
  const height = all.max[1] - all.min[1];
  const part = (keep: (x: number, y: number) => boolean): Box => box(positions, keep);
  switch (view) {
    case 'front':
      return frame(all, 0, 0.04, aspect);
    case 'back':
      return frame(all, Math.PI, 0.04, aspect);
    case 'left':
      return frame(all, Math.PI / 2, 0.04, aspect);
    case 'right':
      return frame(all, -Math.PI / 2, 0.04, aspect);
    case 'head':
      return frame(
        part((_, y) => y > all.min[1] + 0.84 * height),
        0.25,
        0.05,
        aspect,
      );
    case 'hand-left':
      return frame(
        part((x) => x > 0.78 * all.max[0]),
        0.5,
        0.15,
        aspect,
      );
    case 'hand-right':
      return frame(
        part((x) => x < 0.78 * all.min[0]),
        -0.5,
        0.15,
        aspect,
      );
    case 'feet':
      return frame(
        part((_, y) => y < all.min[1] + 0.1 * height),
        0.35,
        0.75,
        aspect,
      );
  }
}

/** Room around what is framed, metres: enough to see which part of the body it is. */
const AROUND_M = 0.09;

/** The stance from which `vertices` fill the picture, in eighths of a turn towards `front`. */
export function stanceAround(
  vertices: readonly number[],
  front: readonly number[],
  { positions, normals }: { readonly positions: Float32Array; readonly normals: Float32Array },
  aspect: number,
): Stance {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const v of vertices)
    for (let k = 0; k < 3; k++) {
      min[k] = Math.min(min[k]!, positions[v * 3 + k]! - AROUND_M);
      max[k] = Math.max(max[k]!, positions[v * 3 + k]! + AROUND_M);
    }
  const towards = (k: number): number => front.reduce((sum, v) => sum + normals[v * 3 + k]!, 0);
  const [x, y, z] = [towards(0), towards(1), towards(2)];
  const flat = Math.hypot(x, z);
  const eighth = Math.PI / 4;
  const yaw = Math.round(Math.atan2(x, z) / eighth) * eighth;
  // Soles are seen from below; everything else from its height.
  const pitch = y < -2 * flat ? -MAX_PITCH : y > 2 * flat ? 0.75 : 0.04;
  return frame({ min, max }, yaw, pitch, aspect);
}

/** Steps back from a box until it fits, with a margin. */
function frame(b: Box, yaw: number, pitch: number, aspect: number): Stance {
  const size = [0, 1, 2].map((k) => b.max[k]! - b.min[k]!) as [number, number, number];
  const wide = Math.abs(Math.cos(yaw)) * size[0] + Math.abs(Math.sin(yaw)) * size[2];
  const deep = Math.abs(Math.sin(yaw)) * size[0] + Math.abs(Math.cos(yaw)) * size[2];
  const tall = Math.cos(pitch) * size[1] + Math.abs(Math.sin(pitch)) * deep;
  const half = Math.tan(FIELD / 2);
  const distance = Math.max(tall / 2 / half, wide / 2 / (half * aspect)) * 1.06 + deep / 2;
  return {
    target: [0, 1, 2].map((k) => (b.min[k]! + b.max[k]!) / 2) as [number, number, number],
    yaw,
    pitch,
    distance: Math.max(distance, NEAREST_M),
  };
}

function box(p: Float32Array, keep: (x: number, y: number) => boolean): Box {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < p.length; i += 3) {
    if (!keep(p[i]!, p[i + 1]!)) continue;
    for (let k = 0; k < 3; k++) {
      min[k] = Math.min(min[k]!, p[i + k]!);
      max[k] = Math.max(max[k]!, p[i + k]!);
    }
  }
  return { min, max };
}

export function eye({ target, yaw, pitch, distance }: Stance): [number, number, number] {
  return [
    target[0] + distance * Math.sin(yaw) * Math.cos(pitch),
    target[1] + distance * Math.sin(pitch),
    target[2] + distance * Math.cos(yaw) * Math.cos(pitch),
  ];
}

export function turned(stance: Stance, yaw: number, pitch: number): Stance {
  return {
    ...stance,
    yaw: stance.yaw + yaw,
    pitch: Math.min(MAX_PITCH, Math.max(-MAX_PITCH, stance.pitch + pitch)),
  };
}

/**
 * Nearer (factor < 1) toward `focus`, a point that keeps its place on the screen;
 * farther (factor > 1) drifts back to the whole-body stance `home`.
 */
export function zoomed(stance: Stance, factor: number, focus: Point | null, home: Stance): Stance {
  const distance = Math.min(home.distance * 1.15, Math.max(NEAREST_M, stance.distance * factor));
  const ratio = distance / stance.distance;
  const pull = (from: Point, to: Point, share: number): [number, number, number] => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
  if (ratio < 1)
    return {
      ...stance,
      distance,
      target: focus ? pull(stance.target, focus, 1 - ratio) : stance.target,
    };
  const left = Math.max(home.distance - stance.distance, 1e-6);
  const share = Math.min(1, Math.max(0, (distance - stance.distance) / left));
  return { ...stance, distance, target: pull(stance.target, home.target, share) };
}

/** Between two stances, the shorter way round; `share` 0..1. */
export function between(from: Stance, to: Stance, share: number): Stance {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  const turn = Math.PI * 2;
  let yaw = (to.yaw - from.yaw) % turn;
  if (yaw > Math.PI) yaw -= turn;
  if (yaw < -Math.PI) yaw += turn;
  return {
    target: [0, 1, 2].map((k) => mix(from.target[k]!, to.target[k]!)) as [number, number, number],
    yaw: from.yaw + yaw * share,
    pitch: mix(from.pitch, to.pitch),
    distance: from.distance * Math.pow(to.distance / from.distance, share),
  };
}

/** Which side of the patient is seen, for words. */
export function facing(yaw: number): 'front' | 'back' | 'left' | 'right' {
  const quarter = Math.round(yaw / (Math.PI / 2));
  return (['front', 'left', 'back', 'right'] as const)[((quarter % 4) + 4) % 4]!;
}
