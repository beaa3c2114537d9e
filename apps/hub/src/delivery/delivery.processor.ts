import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import {
  ChannelError,
  interrupted,
  settleDelivery,
  type ChannelAdapter,
  type ClaimedDelivery,
  otherIdsOf,
  type PartlySent,
  type Sent,
  type Settlement,
} from '#channels';
import { failpoint } from '#failpoint';
import { Database, isAway } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { FailedSends, type Attempted } from './failed-sends.service.js';
import { OutboundDrafts } from './outbound-drafts.service.js';
import { learnMailIds } from './thread-ids.query.js';

/** What a delivery meant for its channel: how long the whole of it should rest, for its account or its rate. */
export interface Delivered {
  restMs: number;
  /** How many messages it became at the provider. */
  parts: number;
}

const settleAgainMs = 500;
/** Sends one claimed delivery once and writes how it ended. */
@Injectable()
export class DeliveryProcessor {
  private readonly logger = new Logger(DeliveryProcessor.name);

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly channels: ChannelDirectory,
    private readonly metrics: Metrics,
    private readonly drafts: OutboundDrafts,
    private readonly failures: FailedSends,
  ) {}

  /**
   * `signal` ends the wait for a database that is away; what is not settled then is in doubt for the next worker. Until then the word of
   * the provider is not thrown away: it is written as soon as there is something to write it to.
   */
  async deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Delivered> {
    const { settlement, restMs, missed = null, left = null, parts = 1 } = await this.attempt(delivery);
    failpoint('delivery.before-settle');
    const since = await this.settle(delivery, settlement, { missed, left }, signal);
    failpoint('delivery.after-settle');
    if (since !== null) {
      this.count(delivery, settlement);
      await this.live.moved([{ conversation: delivery.conversationId, since }]);
    }
    return { restMs, parts };
  }

  private async settle(
    delivery: ClaimedDelivery,
    how: Settlement,
    { missed, left }: { missed: string[] | null; left: PartlySent | null },
    signal: AbortSignal,
  ): Promise<number | null> {
    for (;;) {
      try {
        await this.noteMissed(delivery, missed);
        await this.noteLeft(delivery, left);
        return await settleDelivery(this.database, delivery, how);
      } catch (error) {
        if (!isAway(error) || signal.aborted) {
          throw error;
        }
      }
      await sleep(settleAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private count({ channelId }: ClaimedDelivery, { state }: Settlement): void {
    const channel = this.channels.find(channelId)?.kind ?? 'gone';
    this.metrics.deliveries.inc({ channel, outcome: state === 'queued' ? 'retried' : state });
  }

  private async attempt(delivery: ClaimedDelivery): Promise<Attempted> {
    const channel = this.channels.find(delivery.channelId);
    if (!channel?.adapter.send) {
      return {
        settlement: { state: 'failed', code: 'channel_gone', error: 'The channel can no longer send.' },
        restMs: 0,
      };
    }
    if (!channel.enabled) {
      return { settlement: { state: 'parked', code: 'channel_off', error: 'The channel is switched off.' }, restMs: 0 };
    }
    if (delivery.inDoubt && channel.adapter.capabilities.idempotency === 'none') {
      return {
        settlement: { state: 'unconfirmed', code: interrupted, error: 'The hub stopped while this was being sent.' },
        restMs: 0,
      };
    }
    return this.hand(delivery, channel, channel.adapter.send.bind(channel.adapter));
  }

  /** Only what the adapter says of the send can be doubtful: a message that could not be prepared has not left. */
  private async hand(
    delivery: ClaimedDelivery,
    channel: OpenChannel,
    send: NonNullable<ChannelAdapter['send']>,
  ): Promise<Attempted> {
    const prepared = await this.drafts.prepare(delivery, channel).catch((error: unknown) => notPrepared(error));
    if ('state' in prepared) {
      return { settlement: prepared, restMs: 0 };
    }
    failpoint('delivery.before-send');
    try {
      const sent = await send(prepared, channel.account);
      failpoint('delivery.after-send');
      await this.learnIds(delivery, sent);
      const settlement: Settlement = {
        state: 'sent',
        providerId: sent.providerId,
        delivered: sent.state === 'delivered',
      };
      return { settlement, restMs: 0, parts: sent.parts ?? 1 };
    } catch (error) {
      return this.failures.after(error, delivery, channel);
    }
  }

  /** A server that gave the mail an id of its own will see it answered under that one. Not knowing it must not send the mail again. */
  private async learnIds({ threadId }: ClaimedDelivery, sent: Sent): Promise<void> {
    const ids = otherIdsOf(sent);
    if (threadId !== null && ids.length > 0) {
      await learnMailIds(this.database, threadId, ids).catch((error: unknown) =>
        this.logger.warn(`an id that a server gave a mail was not kept: ${String(error)}`),
      );
    }
  }

  /** Before anybody may try again: a further try is for those only who were turned away. */
  private async noteMissed({ id, attempt }: ClaimedDelivery, missed: string[] | null): Promise<void> {
    if (missed !== null) {
      await this.database.query('update delivery set only_to = $3 where id = $1 and attempts = $2', [
        id,
        attempt,
        missed,
      ]);
    }
  }

  /** The next try goes on behind what is out. */
  private async noteLeft({ id, attempt }: ClaimedDelivery, left: PartlySent | null): Promise<void> {
    if (left !== null) {
      await this.database.query(
        'update delivery set sent_parts = $3, provider_id = coalesce(provider_id, $4) where id = $1 and attempts = $2',
        [id, attempt, left.parts, left.providerId],
      );
    }
  }
}

function notPrepared(error: unknown): Settlement {
  return error instanceof ChannelError
    ? { state: 'failed', code: error.code, error: error.message }
    : { state: 'queued', code: 'not_prepared', error: 'The message could not be read yet.', delayMs: settleAgainMs };
}
