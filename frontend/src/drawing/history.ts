/** Undo and redo: each step keeps only the bytes it changed. */
import type { Marks } from './marks.ts';

interface Step {
  readonly vertices: Uint32Array;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const MAX_STEPS = 200;

export class History {
  #done: Step[] = [];
  #undone: Step[] = [];
  /** First value of each vertex touched by the step in progress. */
  #open = new Map<number, number>();

  constructor(readonly marks: Marks) {}

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Sets one vertex as part of the step in progress; true when it changed. */
  set(vertex: number, value: number): boolean {
    const before = this.marks[vertex]!;
    if (before === value) return false;
    if (!this.#open.has(vertex)) this.#open.set(vertex, before);
    this.marks[vertex] = value;
    return true;
  }

  /** Ends the step in progress; a step that changed nothing leaves no trace. */
  commit(): boolean {
    const changed = [...this.#open].filter(([vertex, before]) => this.marks[vertex] !== before);
    this.#open.clear();
    if (!changed.length) return false;
    const vertices = Uint32Array.from(changed, ([vertex]) => vertex);
    this.#done.push({
      vertices,
      before: Uint8Array.from(changed, ([, before]) => before),
      after: Uint8Array.from(vertices, (vertex) => this.marks[vertex]!),
    });
    if (this.#done.length > MAX_STEPS) this.#done.shift();
    this.#undone = [];
    return true;
  }

  /** Takes back the step in progress; true when it had changed something. */
  rollback(): boolean {
    const changed = this.#open.size > 0;
    this.#open.forEach((before, vertex) => (this.marks[vertex] = before));
    this.#open.clear();
    return changed;
  }

  undo(): boolean {
    this.commit();
    const step = this.#done.pop();
    if (!step) return false;
    this.#write(step.vertices, step.before);
    this.#undone.push(step);
    return true;
  }

  redo(): boolean {
    if (this.#open.size) this.commit();
    const step = this.#undone.pop();
    if (!step) return false;
    this.#write(step.vertices, step.after);
    this.#done.push(step);
    return true;
  }

  #write(vertices: Uint32Array, values: Uint8Array): void {
    vertices.forEach((vertex, i) => (this.marks[vertex] = values[i]!));
  }
}
