/** The drawing and its overlays as vertex attributes for the picture card. */
import { BufferAttribute, DynamicDrawUsage, type BufferGeometry } from 'three';
import type { Surface } from '../body/surface.ts';
import { FREE, intensityOf, isPain, QUALITIES, type Marks } from '../drawing/marks.ts';

const INTENSITY_STEP = 24;
/** How much a vertex counts in its own blend; a triangle must still be seen after two of them. */
const OWN = 0.5;
/** What is blended: the intensities of five patterns, painted, asked and free. */
const CHANNELS = 7;
/** The pattern of each quality; where nobody said what it is like, the skin is plain as for ache. */
const PATTERN = QUALITIES.map((quality) =>
  quality === 'unspecified' ? QUALITIES.indexOf('ache') : QUALITIES.indexOf(quality),
);
const PAINTED = 5;
const PAINLESS = 6;

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
  readonly #once: Float32Array;
  readonly #attributes: Record<'pain' | 'more' | 'zone', BufferAttribute>;

  constructor(geometry: BufferGeometry, surface: Surface, marks: Marks) {
    this.#surface = surface;
    this.#marks = marks;
    this.#once = new Float32Array(surface.count * CHANNELS);
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

  /**
   * Takes over changed marks. Marks are blended twice with those around them, so that an edge on
   * a mesh of centimetres is drawn as a smooth line.
   */
  update(vertices: readonly number[] | 'all'): void {
    const all = vertices === 'all';
    const near = all ? [...this.#marks.keys()] : this.#around(vertices);
    for (const v of near) this.#blendMarks(v);
    for (const v of all ? near : this.#around(near)) this.#blendAgain(v);
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

  /** A vertex's own mark blended with its neighbours': five qualities, painted, free. */
  #blendMarks(v: number): void {
    const { start, adjacent } = this.#surface;
    const at = v * CHANNELS;
    this.#once.fill(0, at, at + CHANNELS);
    this.#take(at, this.#marks[v]!, OWN);
    const share = (1 - OWN) / Math.max(1, start[v + 1]! - start[v]!);
    for (let i = start[v]!; i < start[v + 1]!; i++)
      this.#take(at, this.#marks[adjacent[i]!]!, share);
  }

  #take(at: number, value: number, share: number): void {
    if (isPain(value)) {
      this.#once[at + PATTERN[value >> 4]!]! += intensityOf(value) * INTENSITY_STEP * share;
      this.#once[at + PAINTED]! += 255 * share;
    } else if (value === FREE) this.#once[at + PAINLESS]! += 255 * share;
  }

  /** The same blend once more, into what the picture card reads. */
  #blendAgain(v: number): void {
    const { start, adjacent } = this.#surface;
    const once = this.#once;
    const share = (1 - OWN) / Math.max(1, start[v + 1]! - start[v]!);
    for (let k = 0; k < CHANNELS; k++) {
      let sum = once[v * CHANNELS + k]! * OWN;
      for (let i = start[v]!; i < start[v + 1]!; i++)
        sum += once[adjacent[i]! * CHANNELS + k]! * share;
      if (k < 4) this.#pain[v * 4 + k] = sum;
      else this.#more[v * 4 + k - 4] = sum;
    }
  }

  #around(vertices: Iterable<number>): Set<number> {
    const { start, adjacent } = this.#surface;
    const reached = new Set(vertices);
    for (const v of vertices)
      for (let i = start[v]!; i < start[v + 1]!; i++) reached.add(adjacent[i]!);
    return reached;
  }
}
