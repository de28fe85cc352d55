/** Shows a muscle's trigger points and referral zone on the body: while pointed at, or pinned. */
import { computed, effect, signal } from '@preact/signals';
import { api } from '../api/client.ts';
import type { Muscle, Side } from '../api/types.ts';
import { decodeRuns } from '../drawing/runs.ts';
import type { Studio } from '../ui/studio.ts';

export interface Target {
  readonly muscle: string;
  readonly side: Side;
}

const key = ({ muscle, side }: Target): string => `${muscle}:${side}`;

export class Highlighter {
  readonly #studio: Studio;
  readonly #pinned = signal<Target | null>(null);
  readonly #pointed = signal<Target | null>(null);
  readonly #target = computed(() => this.#pointed.value ?? this.#pinned.value);
  readonly #known = new Map<string, Promise<Muscle>>();
  readonly name = signal('');

  constructor(studio: Studio) {
    this.#studio = studio;
    effect(() => {
      const target = this.#target.value;
      if (studio.view.value) void this.#show(target);
    });
  }

  isShown(target: Target): boolean {
    return this.#target.value !== null && key(this.#target.value) === key(target);
  }

  isPinned(target: Target): boolean {
    return this.#pinned.value !== null && key(this.#pinned.value) === key(target);
  }

  preview(target: Target | null): void {
    this.#pointed.value = target;
  }

  pin(target: Target | null): void {
    this.#pinned.value = target;
    if (!target) this.#pointed.value = null;
  }

  async #show(target: Target | null): Promise<void> {
    const view = this.#studio.view.value;
    if (!view) return;
    if (!target) {
      this.#clear();
      return;
    }
    let muscle: Muscle;
    try {
      muscle = await this.#fetch(target);
    } catch {
      // The ranking already says when the server is away; a missing picture needs no second word.
      if (this.isShown(target)) this.#clear();
      return;
    }
    if (!this.isShown(target)) return;
    const { count } = this.#studio.surface;
    view.show('main', decodeRuns(muscle.zones.main, count));
    view.show('spill', decodeRuns(muscle.zones.spill, count));
    const points = muscle.trigger_points.map((point) => point.vertex);
    view.showPoints(points);
    if (this.isPinned(target)) view.face(points);
    this.name.value = muscle.name;
  }

  #clear(): void {
    const view = this.#studio.view.value;
    view?.show('main', []);
    view?.show('spill', []);
    view?.showPoints([]);
    this.name.value = '';
  }

  #fetch(target: Target): Promise<Muscle> {
    const id = key(target);
    const known = this.#known.get(id);
    if (known) return known;
    const asked = api.muscle(target.muscle, target.side);
    this.#known.set(id, asked);
    asked.catch(() => this.#known.delete(id));
    return asked;
  }
}
