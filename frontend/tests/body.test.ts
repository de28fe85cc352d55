import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../src/body/glb.ts';
import { applyBuild, morphWeights, NEUTRAL } from '../src/body/shape.ts';
import { makeSurface } from '../src/body/surface.ts';
import { Brush } from '../src/drawing/brush.ts';
import { between, eye, facing, stanceOf, turned, zoomed } from '../src/view/rig.ts';

const folder = fileURLToPath(new URL('../../src/tautband/clinic/static/body/', import.meta.url));
const name = readdirSync(folder).find((file) => file.endsWith('.glb'))!;
const body = parseBody(new Uint8Array(readFileSync(folder + name)).buffer);
const surface = makeSurface(body);

describe('the shipped body', () => {
  it('stands upright in metres, facing forward, its left at positive x', () => {
    const height = (index: number): number[] => {
      const axis = Array.from({ length: surface.count }, (_, v) => body.positions[v * 3 + index]!);
      return [axis.reduce((a, b) => Math.min(a, b)), axis.reduce((a, b) => Math.max(a, b))];
    };
    const [low, high] = height(1);
    expect(high! - low!).toBeGreaterThan(1.5);
    expect(high! - low!).toBeLessThan(2);
    const [right, left] = height(0);
    expect(left! + right!).toBeCloseTo(0, 2);
  });

  it('has a mirror that goes there and back for nearly every vertex', () => {
    const mirror = surface.mirror();
    let back = 0;
    mirror.forEach((other, v) => {
      if (mirror[other] === v) back++;
    });
    expect(back / surface.count).toBeGreaterThan(0.99);
  });

  it('keeps the soles on the floor in every build', () => {
    const out = new Float32Array(body.positions.length);
    for (const kind of ['neither', 'female', 'male'] as const)
      for (const weight of [-1, 1]) {
        applyBuild(body.positions, body.morphs, { kind, weight, height: 0.5 }, out);
        let floor = Infinity;
        for (let i = 1; i < out.length; i += 3) floor = Math.min(floor, out[i]!);
        expect(floor).toBeCloseTo(0, 5);
      }
  });

  it('is not painted through: a broad dab on one thigh leaves the other clean', () => {
    const inner = [...surface.region.keys()].filter((v) => {
      const [x, y] = [surface.positions[v * 3]!, surface.positions[v * 3 + 1]!];
      return x > 0.005 && x < 0.05 && y > -0.2 && y < -0.14 && surface.normals[v * 3]! < -0.7;
    });
    expect(inner.length).toBeGreaterThan(3);
    const brush = new Brush(surface);
    const v = inner[0]!;
    const face = Math.floor(surface.triangles.indexOf(v) / 3);
    const [x, y, z] = [0, 1, 2].map((k) => surface.positions[v * 3 + k]!) as [
      number,
      number,
      number,
    ];
    const touched: number[] = [];
    brush.cover(face, x, y, z, 0.05, (w) => touched.push(w));
    expect(touched.length).toBeGreaterThan(20);
    expect(touched.filter((w) => surface.positions[w * 3]! < -0.01)).toEqual([]);
  });
});

describe('morphWeights', () => {
  it.each([
    [NEUTRAL, {}],
    [{ kind: 'female', weight: 0, height: 0 }, { female: 1 }],
    [
      { kind: 'male', weight: 0.5, height: -1 },
      { male: 1, male_heavy: 0.5, male_short: 1 },
    ],
    [
      { kind: 'neither', weight: -1, height: 0 },
      { female_light: 0.5, male_light: 0.5 },
    ],
  ] as const)('of %j is %j', (build, expected) => {
    expect(Object.fromEntries(morphWeights(build))).toEqual(expected);
  });
});

describe('the camera', () => {
  const front = stanceOf('front', body.positions, 1);

  it('stands before the front and beside the left', () => {
    expect(eye(front)[2]).toBeGreaterThan(2);
    expect(eye(stanceOf('left', body.positions, 1))[0]).toBeGreaterThan(2);
  });

  it.each([
    [0, 'front'],
    [Math.PI / 2, 'left'],
    [Math.PI, 'back'],
    [-Math.PI / 2, 'right'],
    [7 * Math.PI, 'back'],
  ])('at %d radians sees the %s', (yaw, side) => {
    expect(facing(yaw)).toBe(side);
  });

  it('turns the shorter way round', () => {
    const from = { ...front, yaw: 3 };
    expect(between(from, { ...front, yaw: -3 }, 0.5).yaw).toBeCloseTo(Math.PI);
  });

  it('does not tip over', () => {
    expect(turned(front, 0, 9).pitch).toBeLessThan(Math.PI / 2);
  });

  it('comes back to the whole body when zoomed all the way out', () => {
    let stance = front;
    for (let i = 0; i < 20; i++) stance = zoomed(stance, 0.8, [0.2, 0.5, 0.1], front);
    expect(stance.distance).toBeLessThan(0.4);
    for (let i = 0; i < 40; i++) stance = zoomed(stance, 1.25, null, front);
    stance.target.forEach((value, k) => {
      expect(value).toBeCloseTo(front.target[k]!, 3);
    });
  });
});
