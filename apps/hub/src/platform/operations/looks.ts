import type { WorkerName } from '#contract';
import { Beat } from './beats.js';

/**
 * Looks at something again and again, each time after as long as the last look said. Calls during a look share it, and whoever asks for one
 * sooner gets it sooner: after one that is under way there is another, for it may have passed what they mean. `work` returns how long to rest, in milliseconds, and never rejects.
 */
export class Looks {
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private stopped = true;
  private isAsked = false;
  private beat: Beat | null = null;

  constructor(
    private readonly work: () => Promise<number>,
    private readonly worker?: WorkerName,
  ) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  /** The first look comes in so many milliseconds. */
  start(ms: number): void {
    this.stopped = false;
    this.beat = this.worker ? new Beat(this.worker, ms) : null;
    this.lookIn(ms);
  }

  /** Resolves once a look that is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.beat?.end();
    clearTimeout(this.timer ?? undefined);
    await this.looking;
  }

  wake(): void {
    this.isAsked = true;
    this.lookIn(0);
  }

  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    this.isAsked = false;
    const rest = await this.work();
    if (!this.stopped) {
      this.beat?.turn(rest);
    }
    this.lookIn(this.isAsked ? 0 : rest);
  }

  private lookIn(ms: number): void {
    if (!this.stopped) {
      clearTimeout(this.timer ?? undefined);
      this.timer = setTimeout(() => void this.look(), ms).unref();
    }
  }
}
