interface Memory<Value> {
  value: Promise<Value>;
  at: number;
}

const mostKept = 1_000;

/** Keeps what is asked again and again for a short while; those who ask at once share one answer. A failure is not kept. */
export class Remembered<Value> {
  private readonly kept = new Map<string, Memory<Value>>();

  /** `now` in milliseconds, of a clock that only goes on. */
  constructor(
    private readonly freshMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.kept.get(key);
    if (known && this.now() - known.at < this.freshMs) {
      return known.value;
    }
    const value = read();
    if (this.kept.size >= mostKept) {
      this.kept.clear();
    }
    this.kept.set(key, { value, at: this.now() });
    value.catch(() => this.kept.delete(key));
    return value;
  }
}
