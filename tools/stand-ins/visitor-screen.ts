import type { VisitorEvents, VisitorMessage } from '#contract';

export type Frame = Parameters<VisitorEvents['messages']>[0];

/** Something that arrived, in the order of arrival. `repeat` is a message that was there already, at no later rev. */
export interface Arrived {
  how: 'frame' | 'catch-up';
  what: 'new' | 'changed' | 'repeat';
  message: VisitorMessage;
}

/** A fault that a visitor would see. */
export interface ScreenFault {
  kind: 'shown twice' | 'place taken' | 'out of order' | 'stored twice' | 'came back';
  text: string;
}

/**
 * What a visitor's screen shows, and a judge of it. It follows the contract of the frames to the letter and writes down what
 * a correct hub never does: one message at two places, two at one place, a place filled after a later one, one message of the
 * visitor's stored twice, or an older state over a newer one.
 */
export class VisitorScreen {
  rev = 0;
  /** By seq. */
  messages: VisitorMessage[] = [];
  /** Everything that was let onto the screen, repeats included. */
  readonly arrived: Arrived[] = [];
  readonly faults: ScreenFault[] = [];
  /** Frames beyond a gap and frames that told nothing new. */
  readonly dropped = { ahead: 0, old: 0 };
  private newest = 0;
  private readonly places = new Map<string, number>();

  /** Nothing newer was heard of than what is shown. */
  get isLevel(): boolean {
    return this.newest <= this.rev;
  }

  framed({ since, rev, messages }: Frame): void {
    this.newest = Math.max(this.newest, rev);
    if (rev <= this.rev) {
      this.dropped.old += 1;
    } else if (since > this.rev) {
      this.dropped.ahead += 1;
    } else {
      messages.forEach((message) => this.show('frame', message));
      this.rev = rev;
    }
  }

  caughtUp({ rev, messages }: { rev: number; messages: VisitorMessage[] }): void {
    messages.forEach((message) => this.show('catch-up', message));
    this.rev = Math.max(this.rev, rev);
    this.newest = Math.max(this.newest, rev);
  }

  /** The hub said where a message of the visitor's is. */
  stored(id: string, seq: number): void {
    const before = this.places.get(id);
    if (before !== undefined && before !== seq) {
      this.fault('stored twice', `${id} at ${String(before)} and at ${String(seq)}`);
    }
    this.places.set(id, seq);
  }

  /** The messages in one line each, for the text of a failure. */
  toString(): string {
    return this.messages.map(({ seq, from, body }) => `${String(seq)} ${from}: ${body}`).join(' | ') || 'nothing';
  }

  private show(how: Arrived['how'], message: VisitorMessage): void {
    const known = this.messages.find(({ seq }) => seq === message.seq);
    if (known) {
      this.showAgain(how, known, message);
      return;
    }
    const twin = this.messages.find(({ id }) => id === message.id);
    if (twin) {
      this.fault('shown twice', `${message.id} at ${String(twin.seq)} and at ${String(message.seq)}`);
    }
    if ((this.messages.at(-1)?.seq ?? 0) > message.seq) {
      this.fault('out of order', `${String(message.seq)} after ${String(this.messages.at(-1)?.seq)}`);
    }
    this.arrived.push({ how, what: 'new', message });
    this.messages = [...this.messages, message].toSorted((a, b) => a.seq - b.seq);
  }

  private showAgain(how: Arrived['how'], known: VisitorMessage, message: VisitorMessage): void {
    if (known.id !== message.id) {
      this.fault('place taken', `${known.id} and ${message.id} at ${String(message.seq)}`);
    }
    // An answer to catch-up may be overtaken by a frame; a frame that continues what is shown may not be older than it.
    if (how === 'frame' && message.rev < known.rev) {
      this.fault('came back', `${String(message.seq)} at rev ${String(message.rev)} after ${String(known.rev)}`);
    }
    const isNews = message.rev > known.rev;
    this.arrived.push({ how, what: isNews ? 'changed' : 'repeat', message });
    if (isNews) {
      this.messages = this.messages.map((one) => (one.seq === message.seq ? message : one));
    }
  }

  private fault(kind: ScreenFault['kind'], text: string): void {
    this.faults.push({ kind, text });
  }
}
