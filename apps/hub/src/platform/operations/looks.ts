import type { WorkerName } from '#contract';
import { Beat } from './beats.js';
import { SharedLook } from './shared-look.js';

/**
 * Looks at something again and again, each time after as long as the last look said. Whoever asks for one
 * sooner gets it sooner, and during one the next. `work` returns how long to rest, in milliseconds, and never rejects.
 */
export class Looks {
  private timer: NodeJS.Timeout | null = null;
  private readonly shared = new SharedLook(() => this.lookOnce());
  private stopped = true;
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
    await this.shared.settled();
  }

  wake(): void {
    if (!this.stopped) {
      void this.look();
    }
  }

  look(): Promise<void> {
    return this.shared.take();
  }

  private async lookOnce(): Promise<void> {
    const rest = await this.work();
    if (!this.stopped) {
      this.beat?.turn(rest);
    }
    this.lookIn(rest);
  }

  private lookIn(ms: number): void {
    if (!this.stopped) {
      clearTimeout(this.timer ?? undefined);
      this.timer = setTimeout(() => void this.look(), ms).unref();
    }
  }
}
