/** From a spot on the skin to the trigger point that lies nearest to it. */

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The nearest of some points, each at a vertex; undefined where there is none. */
export function nearest<Point extends { readonly vertex: number }>(
  spot: Spot,
  points: readonly Point[],
  positions: Float32Array,
): Point | undefined {
  let best: Point | undefined;
  let least = Infinity;
  for (const point of points) {
    const at = 3 * point.vertex;
    const away = Math.hypot(
      positions[at]! - spot.x,
      positions[at + 1]! - spot.y,
      positions[at + 2]! - spot.z,
    );
    if (away < least) [best, least] = [point, away];
  }
  return best;
}
