import { Injectable } from '@nestjs/common';
import {
  ChannelError,
  refusalOfDestination,
  smsFactsOf,
  type ClaimedDelivery,
  type InboundMessage,
  type OutboundMessage,
  type SmsSettings,
  type Sql,
} from '#channels';
import { Database } from '../database/database.js';
import { conflict } from '../platform/errors/api-error.js';
import { Housekeeping } from '../platform/operations/housekeeping.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { countSend, keepLine, permitFacts } from './send-permits.query.js';

/** A limit that was reached, and for how long: words for the agent whose message it stopped. */
const reached = {
  recipient: 'So many messages went to this number already that the channel’s limit is reached. Try again later.',
  account: 'The channel has sent as many messages as it may for now. An administrator can raise its limit.',
};

const optedOut = 'The customer asked for no more messages from this channel. They come back by sending START.';

/**
 * The last look before an SMS leaves, whenever it was written: whether its customer still wants to hear from the account, whether the
 * account may write to that number, and whether it has not written too much already.
 */
@Injectable()
export class SendPermits {
  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('counts of messages', () =>
      database.query(`delete from send_count where hour < clock_timestamp() - interval '2 days'`),
    );
  }

  /** @returns the message as it may leave. Throws ChannelError, in words for its agent, when it may not. */
  async grant(delivery: ClaimedDelivery, channel: OpenChannel, message: OutboundMessage): Promise<OutboundMessage> {
    if (channel.kind !== 'sms') {
      return message;
    }
    const { limits } = channel.account.settings as SmsSettings;
    const refusal = refusalOfDestination(delivery.address, limits);
    if (refusal !== null) {
      throw refused(refusal.code, refusal.message);
    }
    const [facts] = await this.database.query<{ opted_out: boolean; line: string | null }>(permitFacts, [
      channel.id,
      delivery.address,
      message.id,
    ]);
    if (facts?.opted_out) {
      throw refused('opted_out', optedOut);
    }
    await this.count(channel.id, delivery.address, limits);
    return facts?.line ? Object.assign({}, message, { line: facts.line }) : message;
  }

  /** The same before anything is written, for an agent to read. Throws conflict. */
  async refuseWriting(sql: Sql, channel: OpenChannel, address: string): Promise<void> {
    if (channel.kind !== 'sms') {
      return;
    }
    const refusal = refusalOfDestination(address, (channel.account.settings as SmsSettings).limits);
    if (refusal !== null) {
      throw conflict(refusal.code, refusal.message, 'identityId');
    }
    const [facts] = await sql.query<{ opted_out: boolean }>(permitFacts, [channel.id, address, null]);
    if (facts?.opted_out) {
      throw conflict('opted_out', optedOut, 'identityId');
    }
  }

  /** Which of an account's numbers a customer wrote to: the answer leaves from that one. */
  async noteLine(channelId: string, event: InboundMessage): Promise<void> {
    const line = smsFactsOf(event)?.line ?? null;
    if (line !== null) {
      await this.database.query(keepLine, [channelId, event.from.address, line]);
    }
  }

  private async count(channelId: string, address: string, limits: SmsSettings['limits']): Promise<void> {
    const { recipientPerHour, recipientPerDay, perHour, perDay } = limits;
    if (!(await this.hasRoom(channelId, address, recipientPerHour, recipientPerDay))) {
      throw refused('recipient_limit', reached.recipient);
    }
    if ((perHour ?? perDay) !== undefined && !(await this.hasRoom(channelId, '', perHour, perDay))) {
      throw refused('account_limit', reached.account);
    }
  }

  private async hasRoom(channelId: string, address: string, perHour?: number, perDay?: number): Promise<boolean> {
    const rows = await this.database.query(countSend, [channelId, address, perHour ?? null, perDay ?? null]);
    return rows.length > 0;
  }
}

function refused(code: string, message: string): ChannelError {
  return new ChannelError(code, message, { retry: 'never' });
}
