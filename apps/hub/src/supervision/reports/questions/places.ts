import { unavailable } from '../../../platform/errors/api-error.js';

const retryAfterSeconds = 5;

/** As many places as there are; who finds none waits for one, first come first served. */
export class Places {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Resolves with what gives the place back. Who waits longer than `patienceMs` is refused; null: nobody. */
  async take(patienceMs: number | null): Promise<() => void> {
    if (this.taken < this.most) {
      this.taken += 1;
    } else {
      await this.wait(patienceMs);
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

  private wait(patienceMs: number | null): Promise<void> {
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
