/** The drawing that is being made, what is in hand to make it with, and who wants to know. */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Surface } from '../body/surface.ts';
import type { Answers, DecodedDrawing } from './codec.ts';
import { History } from './history.ts';
import { isPain, mark, UNMARKED, type Marks, type Quality } from './marks.ts';

export type Tool = 'paint' | 'erase' | 'turn';

export class DrawingStore {
  readonly tool: Signal<Tool> = signal('paint');
  readonly intensity: Signal<number> = signal(5);
  readonly quality: Signal<Quality> = signal('ache');
  readonly brushRadiusCm: Signal<number> = signal(2);
  readonly answers: Signal<Answers> = signal('whole body');

  readonly #surface: Surface;
  readonly #history: History;
  readonly #revision = signal(0);
  readonly #canUndo = signal(false);
  readonly #canRedo = signal(false);
  #touched: ((vertices: readonly number[] | 'all') => void)[] = [];

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#history = new History(new Uint8Array(surface.count));
  }

  get marks(): Marks {
    return this.#history.marks;
  }

  /** Counts finished changes (a stroke in progress included, as it goes). */
  get revision(): ReadonlySignal<number> {
    return this.#revision;
  }

  get canUndo(): ReadonlySignal<boolean> {
    return this.#canUndo;
  }

  get canRedo(): ReadonlySignal<boolean> {
    return this.#canRedo;
  }

  get isEmpty(): boolean {
    return !this.marks.some((value) => value !== UNMARKED);
  }

  get hasPain(): boolean {
    return this.marks.some(isPain);
  }

  /** Tells `listener` which vertices changed, at once, so that the picture can follow. */
  onTouch(listener: (vertices: readonly number[] | 'all') => void): void {
    this.#touched.push(listener);
  }

  /** What the tool in hand leaves on the skin. */
  get ink(): number {
    return this.tool.value === 'erase' ? UNMARKED : mark(this.intensity.value, this.quality.value);
  }

  /** A stroke by hand begins: who paints on a bare body answers for the whole of it. */
  beginStroke(): void {
    if (this.isEmpty) this.answers.value = 'whole body';
  }

  paint(vertices: Iterable<number>): void {
    const changed = this.#write(vertices, this.ink);
    if (changed.length) this.#notify(changed);
  }

  endStroke(): void {
    if (this.#history.commit()) this.#changed();
  }

  /** Takes back a stroke that has not ended, as if it had not begun. */
  abandonStroke(): void {
    if (!this.#history.rollback()) return;
    this.#notify('all');
  }

  /** Marks named places in one step; on a bare body only these places count as answered. */
  fill(vertices: Iterable<number>, value: number): void {
    if (this.isEmpty) this.answers.value = 'named places only';
    this.#step(this.#write(vertices, value));
  }

  /**
   * Adds another drawing to this one in one step; where both have pain, the new one counts.
   * `instead` takes back the last step first, as part of this one.
   */
  add(drawing: DecodedDrawing, instead = false): void {
    const again = instead && this.#history.undo();
    if (this.isEmpty) this.answers.value = drawing.answers;
    const changed: number[] = [];
    drawing.marks.forEach((value, vertex) => {
      if (value !== UNMARKED && this.#history.set(vertex, value)) changed.push(vertex);
    });
    if (again) this.#history.commit();
    if (again) this.#rewritten();
    else this.#step(changed);
  }

  /** Replaces everything in one step. */
  load(drawing: DecodedDrawing): void {
    const changed: number[] = [];
    drawing.marks.forEach((value, vertex) => {
      if (this.#history.set(vertex, value)) changed.push(vertex);
    });
    this.answers.value = drawing.answers;
    this.#step(changed);
  }

  clear(): void {
    this.#step(this.#write(this.marks.keys(), UNMARKED));
  }

  /** Copies each mark to the other side of the body where nothing is marked yet. */
  copyToOtherSide(): void {
    const mirror = this.#surface.mirror();
    const before = this.marks.slice();
    const changed: number[] = [];
    before.forEach((value, vertex) => {
      if (value !== UNMARKED) return;
      const other = before[mirror[vertex]!]!;
      if (other !== UNMARKED && this.#history.set(vertex, other)) changed.push(vertex);
    });
    this.#step(changed);
  }

  undo(): void {
    if (this.#history.undo()) this.#rewritten();
  }

  redo(): void {
    if (this.#history.redo()) this.#rewritten();
  }

  #write(vertices: Iterable<number>, value: number): number[] {
    const changed: number[] = [];
    for (const vertex of vertices) if (this.#history.set(vertex, value)) changed.push(vertex);
    return changed;
  }

  #step(changed: readonly number[]): void {
    if (!this.#history.commit()) return;
    this.#notify(changed);
    this.#changed();
  }

  #rewritten(): void {
    this.#notify('all');
    this.#changed();
  }

  #notify(vertices: readonly number[] | 'all'): void {
    for (const listener of this.#touched) listener(vertices);
  }

  #changed(): void {
    batch(() => {
      this.#revision.value++;
      this.#canUndo.value = this.#history.canUndo;
      this.#canRedo.value = this.#history.canRedo;
    });
  }
}
