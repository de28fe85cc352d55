/** The drawing and its overlays as vertex attributes for the picture card. */
import { BufferAttribute, DynamicDrawUsage, type BufferGeometry } from 'three';
import type { Surface } from '../body/surface.ts';
import { FREE, intensityOf, isPain, type Marks } from '../drawing/marks.ts';

const INTENSITY_STEP = 24;

/** Which overlay a mask fills: attribute and channel. */
export type Overlay = 'unexplained' | 'main' | 'spill' | 'picked';
const CHANNEL: Record<Overlay, readonly ['more' | 'zone', number]> = {
  unexplained: ['more', 3],
  main: ['zone', 0],
  spill: ['zone', 1],
  picked: ['zone', 2],
};

export class PaintLayer {
  readonly #surface: Surface;
  readonly #marks: Marks;
  readonly #pain: Uint8Array;
  readonly #more: Uint8Array;
  readonly #zone: Uint8Array;
  readonly #attributes: Record<'pain' | 'more' | 'zone', BufferAttribute>;

  constructor(geometry: BufferGeometry, surface: Surface, marks: Marks) {
    this.#surface = surface;
    this.#marks = marks;
    const make = (name: string): [Uint8Array, BufferAttribute] => {
      const array = new Uint8Array(surface.count * 4);
      const attribute = new BufferAttribute(array, 4, true);
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute(name, attribute);
      return [array, attribute];
    };
    const [pain, painAttribute] = make('pain');
    const [more, moreAttribute] = make('more');
    const [zone, zoneAttribute] = make('zone');
    this.#pain = pain;
    this.#more = more;
    this.#zone = zone;
    this.#attributes = { pain: painAttribute, more: moreAttribute, zone: zoneAttribute };
    this.update('all');
  }

  /** Takes over changed marks; each also softens the edge at its neighbours. */
  update(vertices: readonly number[] | 'all'): void {
    if (vertices === 'all') for (let v = 0; v < this.#surface.count; v++) this.#smooth(v);
    else {
      const { start, adjacent } = this.#surface;
      const reached = new Set(vertices);
      for (const v of vertices)
        for (let i = start[v]!; i < start[v + 1]!; i++) reached.add(adjacent[i]!);
      for (const v of reached) this.#smooth(v);
    }
    this.#attributes.pain.needsUpdate = true;
    this.#attributes.more.needsUpdate = true;
  }

  /** Shows a mask of vertices, or clears it. */
  show(overlay: Overlay, vertices: Iterable<number>): void {
    const [name, channel] = CHANNEL[overlay];
    const array = name === 'more' ? this.#more : this.#zone;
    const mask = new Uint8Array(this.#surface.count);
    for (const v of vertices) mask[v] = 255;
    const { start, adjacent } = this.#surface;
    for (let v = 0; v < mask.length; v++) {
      let around = 0;
      for (let i = start[v]!; i < start[v + 1]!; i++) around += mask[adjacent[i]!]!;
      const degree = start[v + 1]! - start[v]!;
      array[v * 4 + channel] = (mask[v]! + (degree ? around / degree : mask[v]!)) / 2;
    }
    this.#attributes[name].needsUpdate = true;
  }

  /** Half of a vertex's own mark and half of its neighbours', so that edges are drawn smooth. */
  #smooth(v: number): void {
    const { start, adjacent } = this.#surface;
    const five = [0, 0, 0, 0, 0];
    let painted = 0;
    let free = 0;
    const take = (value: number, share: number): void => {
      if (isPain(value)) {
        five[value >> 4]! += intensityOf(value) * INTENSITY_STEP * share;
        painted += 255 * share;
      } else if (value === FREE) free += 255 * share;
    };
    take(this.#marks[v]!, 0.5);
    const degree = start[v + 1]! - start[v]!;
    for (let i = start[v]!; i < start[v + 1]!; i++) take(this.#marks[adjacent[i]!]!, 0.5 / degree);
    for (let k = 0; k < 4; k++) this.#pain[v * 4 + k] = five[k]!;
    this.#more[v * 4] = five[4]!;
    this.#more[v * 4 + 1] = painted;
    this.#more[v * 4 + 2] = free;
  }
}
