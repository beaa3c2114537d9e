import { Injectable } from '@nestjs/common';
import { Log, type LogFields } from '../platform/operations/log.js';

const pauseMs = 60_000;
/** Beyond as many different ones in a minute only their number is told. */
const mostKept = 1_000;

/** What was refused and to whom, for whoever watches the log; each kind of it at most once a minute, so that nobody floods it. */
@Injectable()
export class SecurityLog {
  private noted = new Set<string>();
  private since = 0;
  private left = 0;

  constructor(private readonly log: Log) {}

  note(message: string, fields: LogFields): void {
    this.log.warn(message, { ...fields, security: true });
  }

  /** Runs `look` unless the same was looked at within the minute. */
  async noteOnce(key: string, look: () => void | Promise<void>): Promise<void> {
    if (this.isNew(key)) {
      await look();
    }
  }

  private isNew(key: string): boolean {
    const now = performance.now();
    if (now - this.since > pauseMs) {
      this.beginAnew(now);
    }
    if (this.noted.has(key)) {
      return false;
    }
    if (this.noted.size >= mostKept) {
      this.left += 1;
      return false;
    }
    this.noted.add(key);
    return true;
  }

  private beginAnew(now: number): void {
    if (this.left > 0) {
      this.note('More was refused than is told one by one.', { count: this.left });
    }
    this.noted = new Set();
    this.since = now;
    this.left = 0;
  }
}
