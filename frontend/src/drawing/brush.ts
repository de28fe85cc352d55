/**
 * Which vertices a dab of the brush covers: those within its radius that are also reached along
 * the skin, and that face the same way. So a finger does not bleed into the next one, nor the
 * inner thigh into the other, and the far side of a wrist stays clean.
 */
import type { Surface } from '../body/surface.ts';

/** A path along edges zigzags: how much longer than the straight line it may be. */
const DETOUR = 1.45;
/** Cosine between the dab's normal and a vertex's, below which the vertex faces away. */
const FACING = -0.2;

export class Brush {
  readonly #surface: Surface;
  /** Shortest path found so far, valid where stamp equals the current dab. */
  readonly #path: Float32Array;
  readonly #stamp: Uint32Array;
  #dab = 0;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#path = new Float32Array(surface.count);
    this.#stamp = new Uint32Array(surface.count);
  }

  /**
   * Calls `touch` once for each vertex under a dab at (x, y, z) on triangle `face`.
   * A dab smaller than the mesh still marks the triangle it lies on, so that no touch is lost.
   */
  cover(
    face: number,
    x: number,
    y: number,
    z: number,
    radius: number,
    touch: (vertex: number) => void,
  ): void {
    const { positions: p, normals: n, triangles, start, adjacent } = this.#surface;
    const dab = ++this.#dab;
    const corners = [0, 1, 2].map((k) => triangles[face * 3 + k]!);
    const distance = (v: number): number =>
      Math.hypot(p[v * 3]! - x, p[v * 3 + 1]! - y, p[v * 3 + 2]! - z);
    const nearest = corners.reduce((a, b) => (distance(b) < distance(a) ? b : a));
    const nx = n[nearest * 3]!;
    const ny = n[nearest * 3 + 1]!;
    const nz = n[nearest * 3 + 2]!;

    const queue: number[] = [];
    for (const v of corners) {
      this.#stamp[v] = dab;
      this.#path[v] = distance(v);
      queue.push(v);
    }
    const reached = new Set<number>(corners);
    // Paths are relaxed until they settle; a dab holds a few hundred vertices at the most.
    for (const v of queue) {
      if (distance(v) > radius) continue;
      if (v !== nearest && n[v * 3]! * nx + n[v * 3 + 1]! * ny + n[v * 3 + 2]! * nz < FACING)
        continue;
      reached.add(v);
      const soFar = this.#path[v]!;
      for (let i = start[v]!; i < start[v + 1]!; i++) {
        const w = adjacent[i]!;
        const step = Math.hypot(
          p[w * 3]! - p[v * 3]!,
          p[w * 3 + 1]! - p[v * 3 + 1]!,
          p[w * 3 + 2]! - p[v * 3 + 2]!,
        );
        const path = soFar + step;
        if (path > radius * DETOUR) continue;
        if (this.#stamp[w] === dab && this.#path[w]! <= path + 1e-6) continue;
        this.#stamp[w] = dab;
        this.#path[w] = path;
        queue.push(w);
      }
    }
    reached.forEach(touch);
  }
}
