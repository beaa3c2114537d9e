import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { Log } from '../platform/operations/log.js';
import { FanOut } from './fan-out.service.js';
import { claimFacts, dropOwnerless, settleFact, skipFact, type ClaimedFact } from './webhook-outbox.query.js';
import { WebhookPayload } from './webhook-payload.service.js';
import { pauseAfterTry } from './webhook-retries.js';
import { WebhookSender, type WebhookAnswer } from './webhook-sender.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

const pollMs = 1_000;
const maxInFlight = 16;
/** Longer than a try may take, with what is read before it. */
const leaseMs = 30_000;
const drainMs = 16_000;
const gone = 410;
/** Answers by which a receiver asks for quiet as a whole, not only about this delivery. */
const wantsRest = new Set([429, 503]);

/**
 * Moves webhooks: turns facts into deliveries, takes what is due and posts it. Rows with a due time on the database's clock, as for
 * messages: a job queue would keep no order, and could lose the row that a crash left between it and us. A try whose worker died is
 * taken up when its lease ends and comes again under the same webhook-id.
 */
@Injectable()
export class WebhookRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly inFlight = new Set<Promise<void>>();
  private rounds: Rounds | null = null;
  private turn: Promise<void> | null = null;
  private again = false;
  private isStopped = true;

  constructor(
    private readonly database: Database,
    private readonly fanOut: FanOut,
    private readonly payload: WebhookPayload,
    private readonly sender: WebhookSender,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.isStopped = false;
      this.rounds = startRounds(pollMs, () => (this.wake(), this.turn ?? undefined), 'webhooks');
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.rounds?.stop();
    await this.turn;
    const late = new AbortController();
    const patience = sleep(drainMs, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.inFlight), patience]);
    late.abort();
  }

  /** Looks now: something was queued, or there is room again. */
  wake(): void {
    if (this.isStopped || this.turn) {
      this.again = true;
      return;
    }
    this.again = false;
    this.turn = this.look()
      .catch((error: unknown) => this.log.debug('Webhooks wait for the next look.', { reason: String(error) }))
      .finally(() => {
        this.turn = null;
        if (this.again) {
          this.wake();
        }
      });
  }

  private async look(): Promise<void> {
    await this.fanOut.run();
    const room = maxInFlight - this.inFlight.size;
    if (room <= 0) {
      return;
    }
    for (const fact of await claimFacts(this.database, leaseMs, room)) {
      const work = this.tell(fact)
        .catch((error: unknown) => this.log.error('A webhook waits for its lease.', error, { delivery: fact.id }))
        .finally(() => {
          this.inFlight.delete(work);
          this.wake();
        });
      this.inFlight.add(work);
    }
  }

  private async tell(fact: ClaimedFact): Promise<void> {
    const owner = await this.payload.ownerOf(fact);
    if (!owner) {
      await dropOwnerless(this.database, fact);
      return;
    }
    const body = await this.payload.compose(owner, fact);
    if (!body) {
      await skipFact(this.database, fact);
      return;
    }
    failpoint('webhook.before-post');
    const { webhook_id: webhookId, url, secret, former_secret: formerSecret, id } = fact;
    const answer = await this.sender.post({ webhookId, url, secret, formerSecret, id, body });
    failpoint('webhook.after-post');
    await this.settle(fact, answer);
  }

  private async settle(fact: ClaimedFact, answer: WebhookAnswer): Promise<void> {
    const { isTaken, status } = answer;
    const off = await settleFact(this.database, fact, {
      ...answer,
      attemptId: uuid(),
      isGone: status === gone,
      pauseMs: isTaken ? null : pauseAfterTry(fact.tries, answer.retryAfterMs, Math.random()),
      restMs: status !== null && wantsRest.has(status) ? (answer.retryAfterMs ?? 0) : 0,
    });
    if (off !== null) {
      this.log.warn('A webhook is off: nothing went well for days, or its address is gone.', { webhook: off });
    }
  }
}
