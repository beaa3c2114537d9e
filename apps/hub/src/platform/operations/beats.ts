import type { WorkerName } from '#contract';

/** The workers of this process. There is one hub in a process, so nobody hands them around. */
const beating = new Set<Beat>();

/**
 * When a worker last finished what it does. One that hangs in the middle, or whose timer died, does not get there, and becomes silent
 * for everybody to see (Heartbeats).
 */
export class Beat {
  private turnedAt = performance.now();

  constructor(
    readonly worker: WorkerName,
    private everyMs: number,
  ) {
    beating.add(this);
  }

  /** It has done its turn; the next is due in so many milliseconds. */
  turn(everyMs = this.everyMs): void {
    this.everyMs = everyMs;
    this.turnedAt = performance.now();
  }

  /** It stops on purpose. */
  end(): void {
    beating.delete(this);
  }

  get now(): BeatNow {
    return { worker: this.worker, everyMs: Math.round(this.everyMs), agoMs: performance.now() - this.turnedAt };
  }
}

export interface BeatNow {
  worker: WorkerName;
  everyMs: number;
  agoMs: number;
}

/** Each worker once: of two of a name the one that was silent for longer. */
export function listBeats(): BeatNow[] {
  const slowest = new Map<WorkerName, BeatNow>();
  for (const { now } of beating) {
    if (now.agoMs >= (slowest.get(now.worker)?.agoMs ?? 0)) {
      slowest.set(now.worker, now);
    }
  }
  return [...slowest.values()];
}
