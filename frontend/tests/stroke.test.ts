import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BufferAttribute, BufferGeometry, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { expect, it } from 'vitest';
import { parseBody } from '../src/body/glb.ts';
import { makeSurface } from '../src/body/surface.ts';
import { Brush } from '../src/drawing/brush.ts';
import { DrawingStore } from '../src/drawing/store.ts';
import { PaintLayer } from '../src/view/paint-layer.ts';

const BUDGET_MS = 8;
/** As many dabs as one move of the pointer may leave, with the widest brush. */
const DABS = 24;
const WIDEST_M = 0.06;

it('does the work of a move event well within a frame, on the shipped body', () => {
  const folder = fileURLToPath(new URL('../../src/tautband/clinic/static/body/', import.meta.url));
  const name = readdirSync(folder).find((file) => file.endsWith('.glb'))!;
  const surface = makeSurface(parseBody(new Uint8Array(readFileSync(folder + name)).buffer));
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
  geometry.setIndex(new BufferAttribute(surface.triangles, 1));
  const tree = new MeshBVH(geometry, { indirect: true });
  const store = new DrawingStore(surface);
  const layer = new PaintLayer(geometry, surface, store.marks);
  store.onTouch((vertices) => {
    layer.update(vertices);
  });
  const brush = new Brush(surface);

  const times: number[] = [];
  for (let move = 0; move < 60; move++) {
    store.intensity.value = 1 + (move % 10);
    const start = performance.now();
    const touched = new Set<number>();
    for (let dab = 0; dab < DABS; dab++) {
      const ray = new Ray(
        new Vector3(-0.1 + 0.2 * (dab / DABS), 0.45 - 0.008 * move, 3),
        new Vector3(0, 0, -1),
      );
      const hit = tree.raycastFirst(ray);
      if (typeof hit?.faceIndex !== 'number') continue;
      const { x, y, z } = hit.point;
      brush.cover(hit.faceIndex, x, y, z, WIDEST_M, (v) => touched.add(v));
    }
    store.paint(touched);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  expect(store.hasPain).toBe(true);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(BUDGET_MS);
});
