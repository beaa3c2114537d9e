import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, smsFactsOf, wordsOfConsent, type Address, type InboundMessage, type SmsSettings } from '#channels';
import { recordAct } from '../auth/record-act.js';
import { Database, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import {
  answerWord,
  beginOptOut,
  endOptOut,
  hasLiveTicket,
  hasUntold,
  markEndTold,
  markTold,
  stopBots,
  talkOf,
  tellOptOut,
  untold,
  wasHeard,
  type TalkRow,
  type UntoldRow,
} from './opt-outs.query.js';
import { Outgoing } from './outgoing.service.js';

/** What a message asked for by one word. `quiet`: nobody need be woken for it. */
export interface HeardWish {
  quiet: boolean;
}

interface Place {
  channelId: string;
  talk: TalkRow;
  address: Address;
}

/**
 * Who wants to hear no more from which account. The wish is written before the message that brings it is stored, so that a crash
 * between the two brings both again; the timeline tells it, and it is answered, once.
 */
@Injectable()
export class OptOuts {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly outgoing: Outgoing,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** Before a message is stored. @returns null for one that says nothing of it. */
  async hear(channelId: string, event: InboundMessage): Promise<HeardWish | null> {
    const consent = smsFactsOf(event)?.consent ?? null;
    if (consent === null || event.from.kind !== 'phone') {
      return null;
    }
    const { kind, address } = event.from;
    if (event.externalId !== null && (await this.database.query(wasHeard, [channelId, event.externalId])).length > 0) {
      return { quiet: true };
    }
    await this.write(channelId, event, consent);
    if (consent === 'start' && !(await this.isUntold(channelId, event.from))) {
      // Nothing had ended: a plain word of somebody who gets our messages anyway.
      return null;
    }
    const isAwaited = (await this.database.query(hasLiveTicket, [kind, address])).length > 0;
    return { quiet: !isAwaited };
  }

  /** A provider refused to send because the customer had told it to stop. */
  async learn(channelId: string, address: string): Promise<void> {
    await this.database.query(beginOptOut, [uuid(), channelId, 'phone', address, 'provider', '']);
    await this.tell(channelId, { kind: 'phone', address });
  }

  private async write(channelId: string, { from, text }: InboundMessage, consent: 'stop' | 'start'): Promise<void> {
    const said = text.trim().slice(0, 200);
    await (consent === 'stop'
      ? this.database.query(beginOptOut, [uuid(), channelId, from.kind, from.address, 'customer', said])
      : this.database.query(endOptOut, [channelId, from.kind, from.address, said]));
  }

  /** Behind the message that brought it: tells the timeline what it does not tell yet, and answers it. */
  async tell(channelId: string, { kind, address }: Address): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [talk] = await tx.query<TalkRow>(talkOf, [kind, address]);
      if (!talk) {
        return;
      }
      const rows = await tx.query<UntoldRow>(untold, [channelId, kind, address]);
      for (const row of rows) {
        await this.tellOne(tx, row, { channelId, talk, address: { kind, address } });
      }
      if (rows.length > 0) {
        this.live.movedBy(tx, [{ id: talk.id, rev: talk.rev }]);
        this.bus.emitAfterCommit(tx, 'address.changed', { kind, address });
        await recordAct(tx, {
          actorId: null,
          action: 'consent.changed',
          subject: talk.identity_id,
          details: { channelId },
        });
      }
    });
  }

  /** A crash may have come between the wish and its message. */
  private async isUntold(channelId: string, { kind, address }: Address): Promise<boolean> {
    return (await this.database.query(hasUntold, [channelId, kind, address])).length > 0;
  }

  private async tellOne(tx: Transaction, row: UntoldRow, place: Place): Promise<void> {
    const { begins, ends } = row;
    if (begins) {
      await this.line(tx, place, 'opted_out', { by: row.source, word: row.said });
      // Whoever came back in the meantime is answered for that only.
      const answer =
        ends || row.source === 'provider' ? null : await this.answer(tx, place, { word: 'stop', said: row.said });
      await tx.query(markTold, [row.id, answer]);
      await this.tellBots(tx, row.id, place);
    }
    if (ends) {
      await this.line(tx, place, 'opted_in', { word: row.ended_said ?? '' });
      await this.answer(tx, place, { word: 'start', said: row.ended_said ?? '' });
      await tx.query(markEndTold, [row.id]);
    }
  }

  /** A bot that talks there is told: whoever wants to hear nothing does not wait for its next word. */
  private async tellBots(tx: Transaction, wishId: string, { talk, channelId }: Place): Promise<void> {
    await tx.query(stopBots, [talk.id, channelId, wishId]);
    this.bus.emitAfterCommit(tx, 'bot.asked', {});
  }

  private async line(tx: Transaction, { talk, channelId }: Place, name: string, more: object): Promise<void> {
    const channel = this.channels.nameOf(channelId)?.name ?? '';
    await tx.query(tellOptOut, [
      uuid(),
      talk.id,
      talk.identity_id,
      JSON.stringify({ name: `customer.${name}`, channelId, channel, ...more }),
    ]);
  }

  /** @returns our message, which may leave although nothing else may; null where somebody else answers, or nobody. */
  private async answer(
    tx: Transaction,
    { talk, channelId, address }: Place,
    { word, said }: { word: 'stop' | 'start'; said: string },
  ): Promise<string | null> {
    const channel = this.channels.find(channelId);
    const settings = channel?.kind === 'sms' && channel.enabled ? (channel.account.settings as SmsSettings) : null;
    const body = settings && wordsOfConsent(settings, word, { said, locale: talk.locale, name: channel?.name ?? '' });
    if (!body) {
      return null;
    }
    const id = uuid();
    const [stored] = await tx.query<{ seq: number }>(answerWord, [
      id,
      talk.id,
      channelId,
      talk.identity_id,
      body,
      matchKey(body),
    ]);
    await this.outgoing.enqueue(tx, {
      conversationId: talk.id,
      seq: (stored as { seq: number }).seq,
      channelId,
      threadId: null,
      address: address.address,
      mailId: null,
    });
    return id;
  }
}
