const repeatMs = 2_000;
const restMs = 5_000;

/** The page's clock and timers. */
export interface Timers {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export const pageTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Says that the visitor writes: at most once in 2 s, and that they stopped after 5 s of rest or when told. */
export class TypingSignal {
  private toldAt: number | null = null;
  private cancelRest: () => void = () => undefined;

  constructor(
    private readonly tell: (on: boolean) => void,
    private readonly timers: Timers = pageTimers,
  ) {}

  keystroke(): void {
    const now = this.timers.now();
    if (this.toldAt === null || now - this.toldAt >= repeatMs) {
      this.toldAt = now;
      this.tell(true);
    }
    this.cancelRest();
    this.cancelRest = this.timers.after(restMs, () => this.stop());
  }

  stop(): void {
    this.cancelRest();
    if (this.toldAt !== null) {
      this.toldAt = null;
      this.tell(false);
    }
  }
}
