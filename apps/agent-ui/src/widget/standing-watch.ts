import type { QueuePositionFrame, VisitorStanding } from '#contract';
import { pageTimers, type Timers } from './typing-signal.js';

/** How often it is asked how things stand: while something is waited for, while nothing is, and after something happened. */
const everyMs = { waiting: 10_000, resting: 45_000, soon: 400 };

/** What a watch needs of the chat. */
export interface StandingSource {
  /** Somebody looks and the hub can be asked. */
  mayAsk(): boolean;
  /** Something is to change soon: an agent to come, an answer, a receipt. */
  isWaiting(): boolean;
  /** Null when no answer came. */
  ask(): Promise<VisitorStanding | null>;
  tell(standing: VisitorStanding): void;
}

/** Follows how things stand for as long as somebody looks; what nobody sees is not asked for. */
export class StandingWatch {
  private cancel: () => void = () => undefined;

  constructor(
    private readonly source: StandingSource,
    private readonly timers: Timers = pageTimers,
  ) {}

  /** Something happened that may have changed it. Several things at once are one question. */
  soon(): void {
    this.later(everyMs.soon);
  }

  /** The hub says that the place in line has changed. Where more than that has, it is asked for. */
  move(standing: VisitorStanding | null, { position, waitMinutes, isMore, isOpen }: QueuePositionFrame): void {
    if (standing?.queue && position && isOpen) {
      this.source.tell({ ...standing, queue: { place: position, minutes: waitMinutes, isMore } });
    } else {
      this.soon();
    }
  }

  async now(): Promise<void> {
    this.stop();
    if (!this.source.mayAsk()) {
      return;
    }
    const standing = await this.source.ask();
    if (standing) {
      this.source.tell(standing);
    }
    this.later(this.source.isWaiting() ? everyMs.waiting : everyMs.resting);
  }

  stop(): void {
    this.cancel();
  }

  private later(ms: number): void {
    this.cancel();
    this.cancel = this.timers.after(ms, () => void this.now());
  }
}
