import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { receiptKey, type InboundReceipt, type Statement } from '#channels';
import { failpoint } from '#failpoint';
import { Database, type Transaction } from '../database/database.js';
import { keepEvent } from '../intake/accept.query.js';
import { LiveFeed } from '../live/live-feed.service.js';

/** What gives way to what, in what a message shows of its delivery. */
const rank = `rank(state, n) as (values ('queued', 0), ('unconfirmed', 0), ('parked', 0), ('sent', 1), ('failed', 2), ('delivered', 3), ('read', 4))`;

/**
 * A receipt only ever raises what a message shows: a late "sent" does not take back "delivered", and "failed" gives way to a
 * later "delivered". The conversation is locked first, as everywhere.
 */
const raise: Statement = {
  name: 'receipt-raise',
  text: `
with told as materialized (
  select d.conversation_id, d.seq from delivery d
  where d.channel_id = $1 and d.provider_id = $2 order by d.created_at desc limit 1),
talk as materialized (
  select c.id, c.rev from conversation c where c.id = (select conversation_id from told) for no key update),
${rank},
raised as (
  update message m set delivery = $3
  from told, talk
  where m.conversation_id = told.conversation_id and m.seq = told.seq and talk.id = m.conversation_id
    and (select n from rank where state = m.delivery) < (select n from rank where state = $3)
  returning m.rev),
blamed as (
  update delivery d set error = $4
  from told where $3 = 'failed' and d.conversation_id = told.conversation_id and d.seq = told.seq and d.provider_id = $2)
select told.conversation_id, talk.rev as since, exists (select 1 from raised) as raised from told cross join talk`,
};

/** The same for a failure that is told of a message rather than of a provider's id. Parameters: conversation, seq, code, words, who did not get it. */
const fail: Statement = {
  name: 'receipt-fail',
  text: `
with ${rank},
raised as (
  update message m set delivery = 'failed'
  where m.conversation_id = $1 and m.seq = $2
    and (select n from rank where state = m.delivery) < (select n from rank where state = 'failed')
  returning m.rev),
blamed as (
  update delivery d set error_code = $3, error = $4, missed = array(select distinct one from unnest(coalesce(d.missed, '{}') || $5::text) one)
  where d.id = (select last.id from delivery last where last.conversation_id = $1 and last.seq = $2 order by last.created_at desc limit 1)
  returning d.id)
insert into event_log (type, conversation_id, subject_id, payload)
select 'delivery.failed', $1, blamed.id, jsonb_build_object('seq', $2::bigint, 'code', $3::text) from blamed where exists (select 1 from raised)`,
};

/** A failure of a message that somebody told, with their words. */
export interface ToldFailure {
  conversationId: string;
  seq: number;
  code: string;
  error: string;
  /** Who did not get it. */
  address: string;
}

/** Waits for a receipt that came before the send it confirms was written. */
const lookAgainMs = [500, 3_000, 15_000];

@Injectable()
export class Receipts implements OnApplicationShutdown {
  private readonly logger = new Logger(Receipts.name);
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
  ) {}

  onApplicationShutdown(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  /** Keeps a receipt once, by message and state, and shows it on its message. */
  async take(channelId: string, receipt: InboundReceipt): Promise<void> {
    const key = receiptKey(receipt.providerId, receipt.state);
    await this.database.query(keepEvent, [uuid(), channelId, key, 'accepted', Buffer.from(receipt.raw), receipt.error]);
    failpoint('receipt.after-keep');
    // Raised for a repeat too: raising only ever goes up, and a crash may have come between keeping and raising.
    if (!(await this.raise(channelId, receipt))) {
      this.lookAgain(channelId, receipt, 0);
    }
  }

  /** Shows a message as failed, in the words of whoever told. The caller holds the conversation's lock and tells what moved. */
  async fail(tx: Transaction, { conversationId, seq, code, error, address }: ToldFailure): Promise<void> {
    await tx.query(fail, [conversationId, seq, code, error, address]);
  }

  private async raise(channelId: string, receipt: InboundReceipt): Promise<boolean> {
    const [row] = await this.database.query<{ conversation_id: string; since: number; raised: boolean }>(raise, [
      channelId,
      receipt.providerId,
      receipt.state,
      receipt.error,
    ]);
    failpoint('receipt.after-raise');
    if (row?.raised) {
      await this.live.moved([{ conversation: row.conversation_id, since: row.since }]);
    }
    return row !== undefined;
  }

  /** The send may still be in flight here or on another node. The settling statement looks for kept receipts as well. */
  private lookAgain(channelId: string, receipt: InboundReceipt, round: number): void {
    const delay = lookAgainMs[round];
    if (delay === undefined) {
      this.logger.debug(`a receipt names no message of ours on channel ${channelId}`);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.raise(channelId, receipt).then(
        (found) => (found ? undefined : this.lookAgain(channelId, receipt, round + 1)),
        (error: unknown) => this.logger.warn(`a receipt could not be shown: ${String(error)}`),
      );
    }, delay);
    this.timers.add(timer);
  }
}
