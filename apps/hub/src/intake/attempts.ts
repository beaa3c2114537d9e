import { StorageAway } from '../database/is-away.js';

interface Attempt {
  /** When it is given up by itself, as performance.now() tells it. */
  until: number;
  giveUp: () => void;
}

/**
 * Work that waits for the database, which may be frozen rather than gone: nothing fails then, and nothing is ever answered. Given up, it
 * fails as if the database were away; what it does all the same when the database wakes is done, so it must bear being repeated.
 */
export class Attempts {
  private readonly open = new Set<Attempt>();

  /** Fails with StorageAway when the work is given up first. */
  run<T>(work: () => Promise<T>, patienceMs = Infinity): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const attempt: Attempt = {
        until: performance.now() + patienceMs,
        giveUp: () => reject(new StorageAway(new Error('The database does not answer.'))),
      };
      this.open.add(attempt);
      work()
        .then(resolve, reject)
        .finally(() => this.open.delete(attempt));
    });
  }

  /** Gives up what has lasted for longer than its patience, or everything: the oldest first, so that it keeps its order. */
  giveUp(which: 'late' | 'all'): void {
    const now = performance.now();
    for (const attempt of this.open) {
      if (which === 'all' || attempt.until < now) {
        this.open.delete(attempt);
        attempt.giveUp();
      }
    }
  }
}
