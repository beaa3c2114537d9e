/** Runs work by key, one after the other for each key. Calls during a run make it run once more, for they may know of newer facts. */
export class Turns {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();

  constructor(private readonly failed: (key: string, error: unknown) => void) {}

  run(key: string, work: () => Promise<void>): void {
    if (this.running.has(key)) {
      this.again.add(key);
      return;
    }
    const run = work()
      .catch((error: unknown) => this.failed(key, error))
      .finally(() => {
        this.running.delete(key);
        if (this.again.delete(key)) {
          this.run(key, work);
        }
      });
    this.running.set(key, run);
  }

  isRunning(key: string): boolean {
    return this.running.has(key);
  }

  /** Resolves once nothing of this moment runs any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }
}
