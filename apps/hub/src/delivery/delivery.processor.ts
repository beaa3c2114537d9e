import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import {
  ChannelError,
  decideOutcome,
  interrupted,
  settleDelivery,
  type ChannelAdapter,
  type ClaimedDelivery,
  otherIdsOf,
  type OutboundMessage,
  type Sent,
  type Settlement,
} from '#channels';
import { failpoint } from '#failpoint';
import { Database, isAway } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { composeOutbound } from './compose-outbound.js';
import { outboundMessage, type OutboundRow } from './outbound.query.js';
import { learnMailIds } from './thread-ids.query.js';
import { ThreadTokens } from './thread-tokens.service.js';

/** What a delivery meant for its channel: how long the whole of it should rest, for its account or its rate. */
export interface Delivered {
  restMs: number;
}

/** An account that refuses us may be put right at any time; this is how often we look, unless its settings change first. */
const reconnectMs = 30_000;
const settleAgainMs = 500;
const suppressedWords = {
  bounce:
    'Nothing is sent to this address: an earlier message came back because it is not there. Lift the block to try again.',
  complaint: 'Nothing is sent to this address: its owner complained about an earlier message.',
};

/** Sends one claimed delivery once and writes how it ended. */
@Injectable()
export class DeliveryProcessor {
  private readonly logger = new Logger(DeliveryProcessor.name);

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly channels: ChannelDirectory,
    private readonly storage: FileStorage,
    private readonly tokens: ThreadTokens,
    private readonly metrics: Metrics,
  ) {}

  /**
   * `signal` ends the wait for a database that is away; what is not settled then is in doubt for the next worker. Until then the word of
   * the provider is not thrown away: it is written as soon as there is something to write it to.
   */
  async deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Delivered> {
    const { settlement, restMs } = await this.attempt(delivery);
    failpoint('delivery.before-settle');
    const since = await this.settle(delivery, settlement, signal);
    failpoint('delivery.after-settle');
    if (since !== null) {
      this.count(delivery, settlement);
      await this.live.moved([{ conversation: delivery.conversationId, since }]);
    }
    return { restMs };
  }

  private async settle(delivery: ClaimedDelivery, how: Settlement, signal: AbortSignal): Promise<number | null> {
    for (;;) {
      try {
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

  private async attempt(delivery: ClaimedDelivery): Promise<{ settlement: Settlement; restMs: number }> {
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
  ): Promise<{ settlement: Settlement; restMs: number }> {
    const prepared = await this.prepare(delivery, channel).catch((error: unknown) => notPrepared(error));
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
      return { settlement, restMs: 0 };
    } catch (error) {
      return this.afterFailure(error, delivery, channel);
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

  private async prepare(delivery: ClaimedDelivery, { account }: OpenChannel): Promise<OutboundMessage> {
    const [row] = await this.database.query<OutboundRow>(outboundMessage, [delivery.conversationId, delivery.seq]);
    if (!row || row.redacted) {
      throw new ChannelError('withdrawn', 'The message was withdrawn before it left.', { retry: 'never' });
    }
    if (row.reachable === 'opted_out' || row.reachable === 'blocked') {
      throw new ChannelError(row.reachable, 'The customer does not accept messages here.', { retry: 'never' });
    }
    if (row.suppressed !== null) {
      throw new ChannelError('suppressed', suppressedWords[row.suppressed], { retry: 'never' });
    }
    const { fromName = '' } = account.settings as { fromName?: string };
    const outlet = {
      address: delivery.address,
      threadToken: delivery.threadId === null ? null : this.tokens.tokenFor(delivery.threadId),
      accountName: fromName,
      instance: this.tokens.instance,
    };
    return composeOutbound(withoutSilent(row), outlet, this.storage);
  }

  private afterFailure(
    error: unknown,
    delivery: ClaimedDelivery,
    channel: OpenChannel,
  ): { settlement: Settlement; restMs: number } {
    const known =
      error instanceof ChannelError
        ? error
        : new ChannelError('unexpected', 'Sending failed in an unexpected way.', {
            retry: 'soon',
            doubtful: true,
            cause: error,
          });
    if (!(error instanceof ChannelError)) {
      this.logger.error(`an adapter threw what is not a ChannelError: ${String(error)}`);
    }
    const settlement = decideOutcome(known, delivery.attempt, channel.adapter.capabilities.idempotency, Math.random());
    return { settlement, restMs: known.retry === 'after-reconnect' ? reconnectMs : (known.retryAfterMs ?? 0) };
  }
}

/** A copy goes to nobody whose server or who themselves said that nothing more should come. */
function withoutSilent(row: OutboundRow): OutboundRow {
  const heard = (addresses: string[] = []) => addresses.filter((address) => !row.silent.includes(address));
  const { cc, bcc, ...content } = row.content;
  return { ...row, content: { ...content, ...(cc && { cc: heard(cc) }), ...(bcc && { bcc: heard(bcc) }) } };
}

function notPrepared(error: unknown): Settlement {
  return error instanceof ChannelError
    ? { state: 'failed', code: error.code, error: error.message }
    : { state: 'queued', code: 'not_prepared', error: 'The message could not be read yet.', delayMs: settleAgainMs };
}
