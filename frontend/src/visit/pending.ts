/** What was typed a moment ago and goes out when the hand rests, or at once when asked to. */
export class Pending {
  readonly #waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; save: () => void }>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Runs `save` once nothing more comes under this key for a while. */
  later(key: string, pauseMs: number, save: () => void): void {
    clearTimeout(this.#waiting.get(key)?.timer);
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      save();
    }, pauseMs);
    this.#waiting.set(key, { timer, save });
  }

  flush(): void {
    for (const [key, { timer, save }] of [...this.#waiting]) {
      clearTimeout(timer);
      this.#waiting.delete(key);
      save();
    }
  }
}
