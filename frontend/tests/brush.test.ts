import { describe, expect, it } from 'vitest';
import type { Surface } from '../src/body/surface.ts';
import { Brush } from '../src/drawing/brush.ts';
import { faceAt, flat, tube, twoSheets } from './mesh.ts';

function dab(surface: Surface, x: number, y: number, z: number, radius: number): Set<number> {
  const touched: number[] = [];
  new Brush(surface).cover(faceAt(surface, x, y, z), x, y, z, radius, (v) => touched.push(v));
  expect(new Set(touched).size).toBe(touched.length);
  return new Set(touched);
}

describe('Brush', () => {
  it.each([0.015, 0.03, 0.05])('covers a disc of radius %d m and nothing else', (radius) => {
    const surface = flat(31, 31);
    const touched = dab(surface, 0, 0.15, 0, radius);
    for (let v = 0; v < surface.count; v++) {
      const away = Math.hypot(surface.positions[v * 3]!, surface.positions[v * 3 + 1]! - 0.15);
      if (away < radius - 1e-6) expect(touched.has(v)).toBe(true);
      if (away > radius + 1e-6) expect(touched.has(v)).toBe(false);
    }
  });

  it('does not bleed into a neighbouring finger', () => {
    const surface = twoSheets(0.004);
    const touched = dab(surface, -0.012, 0.05, 0, 0.03);
    expect(touched.size).toBeGreaterThan(10);
    expect([...touched].every((v) => surface.half[v] === -1)).toBe(true);
  });

  it('leaves the far side of a finger clean', () => {
    const surface = tube(0.008, 16, 20, 0.005);
    const touched = dab(surface, 0, 0.05, 0.008, 0.02);
    const depths = [...touched].map((v) => surface.positions[v * 3 + 2]!);
    expect(Math.max(...depths)).toBeCloseTo(0.008);
    expect(Math.min(...depths)).toBeGreaterThan(-0.004);
  });

  it('marks the triangle it lies on even when it is smaller than the mesh', () => {
    const surface = flat(11, 11);
    expect(dab(surface, 0.001, 0.052, 0, 0.0005).size).toBe(3);
  });
});
