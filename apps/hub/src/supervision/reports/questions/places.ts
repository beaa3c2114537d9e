import { unavailable } from '../../../platform/errors/api-error.js';

const retryAfterSeconds = 5;

/** As many places as there are; who finds none waits for one, first come first served. */
export class Places {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  /** Whoever waits longer than `patienceMs` is refused; null: nobody. */
  constructor(
    private readonly most: number,
    private readonly patienceMs: number | null,
  ) {}

  /** Resolves with what gives the place back. */
  async take(): Promise<() => void> {
    if (this.taken < this.most) {
      this.taken += 1;
    } else {
      await this.wait();
    }
    return () => this.leave();
  }

  /** A place is handed over taken, so that nobody who comes meanwhile slips in. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.taken -= 1;
    }
  }

  private wait(): Promise<void> {
    const { patienceMs } = this;
    return new Promise((resolve, reject) => {
      const called = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer =
        patienceMs === null
          ? undefined
          : setTimeout(() => {
              this.waiting.splice(this.waiting.indexOf(called), 1);
              reject(unavailable('busy', 'Other reports are being counted. Try again in a moment.', retryAfterSeconds));
            }, patienceMs);
      this.waiting.push(called);
    });
  }
}
