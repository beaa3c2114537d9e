import { Injectable } from '@nestjs/common';
import { Database, isAway } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { claimPushes, dropSubscription, endPush, putOffPush, type ClaimedPush } from './push-due.query.js';
import { PushPayloads } from './push-payloads.service.js';
import { PushSender, type PushOutcome } from './push-sender.service.js';

/** Longer than a try may take. */
const leaseMs = 30_000;
/** Services that give no answer leave room for the others: the makers of browsers run four. */
const most = { atOnce: 50, atHost: 10 };
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
  private turn: Promise<void> | null = null;
  private again = false;
  /** What is on its way, with the host that it goes to. */
  private readonly inFlight = new Map<Promise<void>, string>();

  constructor(
    private readonly database: Database,
    private readonly payloads: PushPayloads,
    private readonly sender: PushSender,
    private readonly log: Log,
  ) {}

  /** Begins with whoever is due now, as far as there is room; as one is done, the next is begun. */
  look(): void {
    if (this.isStopped || this.turn) {
      this.again = true;
      return;
    }
    this.again = false;
    this.turn = this.begin()
      .catch((error: unknown) => this.note(error))
      .finally(() => {
        this.turn = null;
        if (this.again) {
          this.look();
        }
      });
  }

  /** Resolves once nobody is due and nothing is on its way. */
  async settled(): Promise<void> {
    while (this.turn || this.inFlight.size > 0) {
      await (this.turn ?? Promise.race(this.inFlight.keys()));
    }
  }

  /** What is on its way is ended, and nothing more is begun. */
  stop(): Promise<void> {
    this.isStopped = true;
    return this.settled();
  }

  private note(error: unknown): void {
    if (isAway(error)) {
      this.log.debug('Pushes wait for the database.', { reason: String(error) });
    } else {
      this.log.error('A look at who is to be woken failed.', error);
    }
  }

  private async begin(): Promise<void> {
    const room = most.atOnce - this.inFlight.size;
    if (room <= 0) {
      return;
    }
    const hosts = Map.groupBy(this.inFlight.values(), (host) => host);
    const claimed = await this.database.query<ClaimedPush & Record<string, unknown>>(claimPushes, [
      leaseMs,
      room,
      most.atHost,
      [...hosts.keys()],
      [...hosts.values()].map(({ length }) => length),
    ]);
    for (const one of claimed) {
      const work = this.wake(one)
        .catch((error: unknown) => this.log.error('A push waits for its lease.', error, { notice: one.notice_id }))
        .finally(() => {
          this.inFlight.delete(work);
          this.look();
        });
      this.inFlight.set(work, one.host);
    }
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
