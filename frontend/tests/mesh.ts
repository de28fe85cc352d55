/** Small surfaces for tests. */
import { makeSurface, type Surface } from '../src/body/surface.ts';

/** A flat sheet of columns x rows vertices in the plane z = depth, so many metres apart. */
function sheet(columns: number, rows: number, step: number, depth: number, x0: number) {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) positions.push(x0 + i * step, j * step, depth);
  for (let j = 0; j + 1 < rows; j++)
    for (let i = 0; i + 1 < columns; i++) {
      const a = j * columns + i;
      triangles.push(a, a + 1, a + columns, a + 1, a + columns + 1, a + columns);
    }
  return { positions, triangles };
}

export function flat(columns: number, rows: number, step = 0.01): Surface {
  const { positions, triangles } = sheet(columns, rows, step, 0, -((columns - 1) * step) / 2);
  return surfaceOf(positions, triangles);
}

/** Two sheets, a small gap apart, that are nowhere joined: two fingers side by side. */
export function twoSheets(gap: number): Surface {
  const a = sheet(11, 11, 0.01, 0, -0.1 - gap / 2);
  const b = sheet(11, 11, 0.01, 0, gap / 2);
  const shift = a.positions.length / 3;
  return surfaceOf(
    [...a.positions, ...b.positions],
    [...a.triangles, ...b.triangles.map((v) => v + shift)],
  );
}

/** A closed tube round the y axis: a finger. */
export function tube(radius: number, around: number, rings: number, step: number): Surface {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (let j = 0; j < rings; j++)
    for (let i = 0; i < around; i++) {
      const angle = (i / around) * 2 * Math.PI;
      positions.push(radius * Math.sin(angle), j * step, radius * Math.cos(angle));
    }
  for (let j = 0; j + 1 < rings; j++)
    for (let i = 0; i < around; i++) {
      const a = j * around + i;
      const b = j * around + ((i + 1) % around);
      triangles.push(a, b, a + around, b, b + around, a + around);
    }
  return surfaceOf(positions, triangles);
}

function surfaceOf(positions: readonly number[], triangles: readonly number[]): Surface {
  return makeSurface({
    positions: Float32Array.from(positions),
    triangles: Uint32Array.from(triangles),
    region: new Uint16Array(positions.length / 3),
  });
}

/** The face whose first corner is the vertex nearest to a point. */
export function faceAt(surface: Surface, x: number, y: number, z: number): number {
  let best = 0;
  let least = Infinity;
  for (let f = 0; f < surface.triangles.length / 3; f++) {
    const v = surface.triangles[f * 3]! * 3;
    const p = surface.positions;
    const d = Math.hypot(p[v]! - x, p[v + 1]! - y, p[v + 2]! - z);
    if (d < least) {
      least = d;
      best = f;
    }
  }
  return best;
}
