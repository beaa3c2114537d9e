import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { claimPushes, dropSubscription, endPush, putOffPush, type ClaimedPush } from './push-due.query.js';
import { PushPayloads } from './push-payloads.service.js';
import { PushSender, type PushOutcome } from './push-sender.service.js';

/** Longer than a try may take. */
const leaseMs = 30_000;
const atOnce = 20;
/** Pauses between tries; with the first they make four. A word that comes much later is none. */
const pauses = [5_000, 30_000, 120_000];
const longestAskedMs = 10 * 60_000;

/**
 * Wakes browsers: takes rows that are due, outside of any transaction that does something else, and posts each once however many nodes there
 * are. A try whose process died is taken up when its lease ends; the push service lets the second take the first's place, by its topic.
 */
@Injectable()
export class PushRelay {
  private isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly payloads: PushPayloads,
    private readonly sender: PushSender,
    private readonly log: Log,
  ) {}

  /** Wakes everybody who is due now, unless it is stopped meanwhile. */
  async run(): Promise<void> {
    while (!this.isStopped) {
      const claimed = await this.database.query<ClaimedPush & Record<string, unknown>>(claimPushes, [leaseMs, atOnce]);
      await Promise.all(claimed.map((one) => this.wakeSafely(one)));
      if (claimed.length < atOnce) {
        return;
      }
    }
  }

  /** What is on its way is ended, and nothing more is begun. */
  stop(): void {
    this.isStopped = true;
  }

  private async wakeSafely(claimed: ClaimedPush): Promise<void> {
    await this.wake(claimed).catch((error: unknown) =>
      this.log.error('A push waits for its lease.', error, { notice: claimed.notice_id }),
    );
  }

  private async wake(claimed: ClaimedPush): Promise<void> {
    // What broke this process or threw each time would come back for ever.
    if (claimed.tries > pauses.length + 1) {
      await this.database.query(endPush, [claimed.notice_id, claimed.subscription_id]);
      return;
    }
    if (claimed.is_left) {
      await this.database.query(dropSubscription, [claimed.subscription_id]);
      return;
    }
    const push = claimed.is_told ? null : await this.payloads.compose(claimed);
    const outcome: PushOutcome = push ? await this.sender.send(claimed, push) : { how: 'refused' };
    await this.settle(claimed, outcome);
  }

  private async settle({ notice_id: notice, subscription_id: id, tries }: ClaimedPush, outcome: PushOutcome) {
    if (outcome.how === 'gone') {
      await this.database.query(dropSubscription, [id]);
      return;
    }
    const planned = outcome.how === 'later' ? pauses[tries - 1] : undefined;
    if (outcome.how === 'later' && planned !== undefined) {
      const pause = Math.max(planned, Math.min(outcome.pauseMs ?? 0, longestAskedMs));
      await this.database.query(putOffPush, [notice, id, pause]);
      return;
    }
    await this.database.query(endPush, [notice, id]);
  }
}
