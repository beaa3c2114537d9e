import type { Log } from './log.js';

/** What has been opened so far, to be closed in the reverse order. */
export class Closers {
  private readonly closers: (() => Promise<void>)[] = [];

  constructor(private readonly log: Log) {}

  add(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  /** Closes each once, one after another. What does not close is logged and keeps nothing else open. */
  async closeAll(): Promise<void> {
    for (const closer of this.closers.splice(0).reverse()) {
      await closer().catch((error: unknown) => this.log.error('Something did not close.', error));
    }
  }
}
