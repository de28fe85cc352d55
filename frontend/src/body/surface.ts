/** The body's surface as painting sees it: who neighbours whom, what mirrors what, where it is. */
import type { BodyFile } from './glb.ts';

export interface Surface {
  readonly count: number;
  /** Current shape, metres; replaced in place when the shape changes. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
  /** Number of each vertex's region, the same on both sides. */
  readonly region: Uint16Array;
  /** How many numbers there are; the region table has all left ones first, then the right ones. */
  readonly regionCount: number;
  /** 1 on the patient's left, -1 on the right, 0 on the midline, which belongs to both. */
  readonly half: Int8Array;
  /** Neighbours of vertex v: adjacent[start[v]] .. adjacent[start[v + 1] - 1]. */
  readonly start: Uint32Array;
  readonly adjacent: Uint32Array;
  /** For each vertex the one on the other side of the body; worked out when first asked for. */
  readonly mirror: () => Uint32Array;
  /** Share of the skin that each vertex stands for, cm2 on the neutral shape. */
  readonly area: Float32Array;
}

/** Nearer to the plane of symmetry than this is on it. */
const MIDLINE_M = 1e-5;

export function makeSurface(body: Pick<BodyFile, 'positions' | 'triangles' | 'region'>): Surface {
  const count = body.positions.length / 3;
  const positions = body.positions.slice();
  const normals = new Float32Array(positions.length);
  computeNormals(positions, body.triangles, normals);
  return {
    count,
    positions,
    normals,
    triangles: body.triangles,
    region: body.region,
    regionCount: body.region.reduce((most, number) => Math.max(most, number), -1) + 1,
    half: Int8Array.from({ length: count }, (_, v) => half(body.positions[v * 3]!)),
    ...neighbours(count, body.triangles),
    mirror: once(() => mirrorMap(body.positions)),
    area: vertexAreas(body.positions, body.triangles),
  };
}

const half = (x: number): number => (Math.abs(x) < MIDLINE_M ? 0 : Math.sign(x));

/** Vertices of a region by its index in the region table; those on the midline are in both. */
export function regionVertices(
  { region, regionCount, half: side, count }: Surface,
  index: number,
): number[] {
  const number = index % regionCount;
  const sign = index < regionCount ? 1 : -1;
  const out: number[] = [];
  for (let v = 0; v < count; v++) if (region[v] === number && side[v]! * sign >= 0) out.push(v);
  return out;
}

/** Area-weighted vertex normals, written into `out`. */
export function computeNormals(p: Float32Array, tri: Uint32Array, out: Float32Array): void {
  out.fill(0);
  for (let t = 0; t < tri.length; t += 3) {
    const a = tri[t]! * 3;
    const b = tri[t + 1]! * 3;
    const c = tri[t + 2]! * 3;
    const ux = p[b]! - p[a]!;
    const uy = p[b + 1]! - p[a + 1]!;
    const uz = p[b + 2]! - p[a + 2]!;
    const vx = p[c]! - p[a]!;
    const vy = p[c + 1]! - p[a + 1]!;
    const vz = p[c + 2]! - p[a + 2]!;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (const i of [a, b, c]) {
      out[i]! += nx;
      out[i + 1]! += ny;
      out[i + 2]! += nz;
    }
  }
  for (let i = 0; i < out.length; i += 3) {
    const length = Math.hypot(out[i]!, out[i + 1]!, out[i + 2]!) || 1;
    out[i]! /= length;
    out[i + 1]! /= length;
    out[i + 2]! /= length;
  }
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function neighbours(
  count: number,
  triangles: Uint32Array,
): { start: Uint32Array; adjacent: Uint32Array } {
  const lists: Set<number>[] = Array.from({ length: count }, () => new Set<number>());
  for (let t = 0; t < triangles.length; t += 3) {
    const corner = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    for (const a of corner) for (const b of corner) if (a !== b) lists[a]!.add(b);
  }
  const start = new Uint32Array(count + 1);
  lists.forEach((list, v) => (start[v + 1] = start[v]! + list.size));
  const adjacent = new Uint32Array(start[count]!);
  lists.forEach((list, v) => {
    adjacent.set([...list], start[v]);
  });
  return { start, adjacent };
}

const CELL_M = 0.02;

/** For each vertex the one nearest to its reflection in the plane x = 0. */
function mirrorMap(p: Float32Array): Uint32Array {
  const key = (x: number, y: number, z: number): string => `${x},${y},${z}`;
  const cell = (value: number): number => Math.floor(value / CELL_M);
  const grid = new Map<string, number[]>();
  const count = p.length / 3;
  for (let v = 0; v < count; v++) {
    const k = key(cell(p[v * 3]!), cell(p[v * 3 + 1]!), cell(p[v * 3 + 2]!));
    const bucket = grid.get(k);
    if (bucket) bucket.push(v);
    else grid.set(k, [v]);
  }
  const out = new Uint32Array(count);
  for (let v = 0; v < count; v++) {
    const x = -p[v * 3]!;
    const y = p[v * 3 + 1]!;
    const z = p[v * 3 + 2]!;
    let best = v;
    let bestDistance = Infinity;
    for (let i = cell(x) - 1; i <= cell(x) + 1; i++)
      for (let j = cell(y) - 1; j <= cell(y) + 1; j++)
        for (let k = cell(z) - 1; k <= cell(z) + 1; k++)
          for (const w of grid.get(key(i, j, k)) ?? []) {
            const d = Math.hypot(p[w * 3]! - x, p[w * 3 + 1]! - y, p[w * 3 + 2]! - z);
            if (d < bestDistance) {
              bestDistance = d;
              best = w;
            }
          }
    out[v] = best;
  }
  return out;
}

function vertexAreas(p: Float32Array, triangles: Uint32Array): Float32Array {
  const out = new Float32Array(p.length / 3);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    const u = [0, 1, 2].map((k) => p[b * 3 + k]! - p[a * 3 + k]!) as [number, number, number];
    const v = [0, 1, 2].map((k) => p[c * 3 + k]! - p[a * 3 + k]!) as [number, number, number];
    const cross = Math.hypot(
      u[1] * v[2] - u[2] * v[1],
      u[2] * v[0] - u[0] * v[2],
      u[0] * v[1] - u[1] * v[0],
    );
    for (const w of [a, b, c]) out[w]! += ((cross / 2) * 1e4) / 3;
  }
  return out;
}
