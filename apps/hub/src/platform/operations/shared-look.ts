/**
 * A look of which one is under way at a time. Whoever asks for one during another gets the next, together with all others who do: the
 * one that is under way may have passed what they mean.
 */
export class SharedLook<T = void> {
  private current: Promise<T> | null = null;
  private next: Promise<T> | null = null;

  constructor(private readonly work: () => Promise<T>) {}

  /** Resolves with what a look found that began after this was called. */
  take(): Promise<T> {
    if (this.current === null && this.next === null) {
      return this.begin();
    }
    this.next ??= this.afterThis();
    return this.next;
  }

  /** Resolves once none is under way or asked for. Never rejects. */
  async settled(): Promise<void> {
    for (let last = this.next ?? this.current; last !== null; last = this.next ?? this.current) {
      await last.catch(() => undefined);
    }
  }

  private begin(): Promise<T> {
    this.current = this.work().finally(() => (this.current = null));
    return this.current;
  }

  private async afterThis(): Promise<T> {
    await this.current?.catch(() => undefined);
    this.next = null;
    return this.begin();
  }
}
