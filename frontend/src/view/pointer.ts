/**
 * Fingers, pen and mouse on the body: one pointer that lands on the skin paints, one that lands
 * beside it turns the body, two turn and zoom, the wheel zooms, the right button always turns.
 */
import type { Brush } from '../drawing/brush.ts';
import type { DrawingStore } from '../drawing/store.ts';
import type { BodyView, Hit } from './body-view.ts';

const TURN_PER_PIXEL = 0.008;
/** Dabs along one move; more would not be seen and would cost time. */
const MOST_DABS = 24;

type Gesture = 'paint' | 'turn' | 'two';

interface Point {
  x: number;
  y: number;
}

export class PointerInput {
  readonly #canvas: HTMLCanvasElement;
  readonly #view: BodyView;
  readonly #store: DrawingStore;
  readonly #brush: Brush;
  readonly #inPage: boolean;
  readonly #down = new Map<number, Point>();
  #gesture: Gesture | null = null;
  #last: Point = { x: 0, y: 0 };
  #onStroke: (milliseconds: number) => void = () => undefined;

  /** `inPage`: the wheel alone scrolls the page around the picture; with Ctrl it zooms. */
  constructor(
    canvas: HTMLCanvasElement,
    view: BodyView,
    store: DrawingStore,
    brush: Brush,
    inPage = false,
  ) {
    this.#inPage = inPage;
    this.#canvas = canvas;
    this.#view = view;
    this.#store = store;
    this.#brush = brush;
    canvas.addEventListener('pointerdown', this.#pressed);
    canvas.addEventListener('pointermove', this.#moved);
    canvas.addEventListener('pointerup', this.#released);
    canvas.addEventListener('pointercancel', this.#released);
    canvas.addEventListener('pointerleave', () => {
      if (!this.#gesture) this.#view.ring(null, 0);
    });
    canvas.addEventListener('wheel', this.#wheeled, { passive: false });
    canvas.addEventListener('contextmenu', (event) => {
      event.preventDefault();
    });
  }

  /** Tells how long the work of each move of a stroke took, the drawing of the picture aside. */
  onStroke(listener: (milliseconds: number) => void): void {
    this.#onStroke = listener;
  }

  get #radius(): number {
    return this.#store.brushRadiusCm.value / 100;
  }

  readonly #pressed = (event: PointerEvent): void => {
    const at = point(event);
    this.#canvas.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, at);
    if (this.#down.size === 2) {
      // A stroke that turns into a two-finger gesture was no stroke.
      if (this.#gesture === 'paint') this.#store.abandonStroke();
      this.#gesture = 'two';
      return;
    }
    if (this.#down.size > 2) return;
    const hit = this.#view.pick(at.x, at.y);
    const turns = event.button !== 0 || this.#store.tool.value === 'turn' || !hit;
    this.#gesture = turns ? 'turn' : 'paint';
    this.#last = at;
    if (this.#gesture === 'paint') {
      this.#store.beginStroke();
      this.#timed(() => {
        this.#stroke(at, at);
      });
    }
  };

  readonly #moved = (event: PointerEvent): void => {
    const at = point(event);
    const before = this.#down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') this.#hover(at);
      return;
    }
    if (this.#gesture === 'two') this.#pinch(event.pointerId, at);
    else if (this.#gesture === 'turn')
      this.#view.turn(-(at.x - before.x) * TURN_PER_PIXEL, (at.y - before.y) * TURN_PER_PIXEL);
    else if (this.#gesture === 'paint')
      this.#timed(() => {
        const through = event.getCoalescedEvents().map(point);
        for (const next of [...through.slice(0, -1), at]) {
          this.#stroke(this.#last, next);
          this.#last = next;
        }
      });
    this.#down.set(event.pointerId, at);
  };

  readonly #released = (event: PointerEvent): void => {
    this.#down.delete(event.pointerId);
    if (this.#gesture === 'paint') this.#store.endStroke();
    if (event.pointerType === 'touch') this.#view.ring(null, 0);
    // After two fingers the one that stays must not suddenly paint.
    this.#gesture = this.#down.size ? 'turn' : null;
  };

  readonly #wheeled = (event: WheelEvent): void => {
    if (this.#inPage && !event.ctrlKey) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    const at = point(event);
    this.#view.zoom(Math.exp(pixels * 0.0012), this.#view.pick(at.x, at.y));
    this.#hover(at);
  };

  #hover({ x, y }: Point): void {
    const painting = this.#store.tool.value !== 'turn';
    const hit = this.#view.pick(x, y);
    this.#view.ring(painting ? hit : null, this.#radius);
    this.#canvas.classList.toggle('is-over-body', painting && hit !== null);
  }

  #pinch(id: number, at: Point): void {
    const before = this.#down.get(id)!;
    const other = [...this.#down].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const spread = (p: Point): number => Math.hypot(p.x - other.x, p.y - other.y);
    const centre = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.#view.zoom(spread(before) / Math.max(spread(at), 1), this.#view.pick(centre.x, centre.y));
    this.#view.turn(
      (-(at.x - before.x) * TURN_PER_PIXEL) / 2,
      ((at.y - before.y) * TURN_PER_PIXEL) / 2,
    );
  }

  /** Dabs from one point of the screen to the next, close enough to leave no gap. */
  #stroke(from: Point, to: Point): void {
    const radius = this.#radius;
    const touched = new Set<number>();
    const end = this.#view.pick(to.x, to.y);
    const size = end ? this.#view.pixels(end, radius) : 12;
    const way = Math.hypot(to.x - from.x, to.y - from.y);
    const dabs = Math.min(MOST_DABS, Math.max(1, Math.ceil(way / (size * 0.5))));
    let last: Hit | null = null;
    for (let i = 1; i <= dabs; i++) {
      const share = i / dabs;
      const hit =
        i === dabs
          ? end
          : this.#view.pick(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
      if (!hit) continue;
      last = hit;
      this.#brush.cover(hit.face, hit.x, hit.y, hit.z, radius, (v) => touched.add(v));
    }
    this.#store.paint(touched);
    this.#view.ring(last, radius);
  }

  #timed(work: () => void): void {
    const start = performance.now();
    work();
    this.#onStroke(performance.now() - start);
  }
}

const point = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
