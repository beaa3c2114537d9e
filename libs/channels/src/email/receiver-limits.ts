import type { SMTPServerSession } from 'smtp-server';

/** How many connections each address holds now. A refused one counts until it is closed, like any other. */
export class Visitors {
  private readonly open = new Map<string, number>();
  private readonly counted = new WeakSet<SMTPServerSession>();

  constructor(private readonly limit: number) {}

  enter(session: SMTPServerSession): boolean {
    const now = (this.open.get(session.remoteAddress) ?? 0) + 1;
    this.open.set(session.remoteAddress, now);
    this.counted.add(session);
    return now <= this.limit;
  }

  leave(session: SMTPServerSession): void {
    const left = (this.open.get(session.remoteAddress) ?? 0) - 1;
    if (!this.counted.delete(session)) {
      return;
    }
    if (left > 0) {
      this.open.set(session.remoteAddress, left);
    } else {
      this.open.delete(session.remoteAddress);
    }
  }
}

const minuteMs = 60_000;

/** How many mails each address has begun in this minute. Who is refused has lost nothing: a mail server comes again later. */
export class MailRate {
  private counts = new Map<string, number>();
  private minute = -1;

  constructor(
    private readonly limit: number,
    private readonly now: () => number,
  ) {}

  admits(address: string): boolean {
    const minute = Math.floor(this.now() / minuteMs);
    if (minute !== this.minute) {
      this.minute = minute;
      this.counts = new Map();
    }
    const count = (this.counts.get(address) ?? 0) + 1;
    this.counts.set(address, count);
    return count <= this.limit;
  }
}

/** How many bytes of mails are in memory over all connections. */
export class BytesInFlight {
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /** Takes room for some bytes more; false when there is none. */
  take(more: number): boolean {
    if (this.bytes + more > this.limit) {
      return false;
    }
    this.bytes += more;
    return true;
  }

  give(back: number): void {
    this.bytes -= back;
  }
}
