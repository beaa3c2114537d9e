import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { CallbackWay } from '#tickets';
import type { Transaction } from '../database/database.js';
import { AutomaticMessages } from '../delivery/automatic-messages.service.js';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { cancelChoice } from './callback-choices.js';
import {
  acceptOffer,
  claimNumber,
  endCallback,
  insertOffer,
  insertRequest,
  lockTalkOf,
  markAsked,
} from './callbacks.query.js';
import { agreedWords, cancelledWords, languageOf } from './notice-words.js';

/** Who asks to be called back, and for which work. `customerId` is the root of their group. */
export interface CallbackAsker {
  workId: string;
  conversationId: string;
  customerId: string;
  channelId: string;
  identityId: string;
}

/** How they want to be reached. `rev`: that of their conversation when it was locked. */
export interface CallbackRequest {
  way: CallbackWay;
  address: string;
  rev: number;
}

/** The conversation of a callback under lock. */
interface Talk {
  id: string;
  rev: number;
  ticketId: string;
  identityId: string | null;
  channelId: string | null;
  way: CallbackWay | null;
  address: string;
  locale: string;
}

type Ended = 'done' | 'cancelled';

/** Why one ended: the customer took it back, did not want it, an agent or a supervisor said so, or they were talked to on the phone. */
export type EndReason = 'customer' | 'declined' | 'agent' | 'supervisor' | 'talked';

interface Ending {
  as: Ended;
  reason: EndReason;
  by: string | null;
  from: ('offered' | 'requested' | 'due')[];
}

/**
 * Those who keep their place without waiting at the screen. The work stays in its queue as it is, so its place is the one that they had;
 * what is kept here is how they want to be reached when it is their turn.
 */
@Injectable()
export class Callbacks {
  constructor(
    private readonly messages: AutomaticMessages,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** They were asked, by the message of ours at `seq`. */
  async offer(tx: Transaction, asker: CallbackAsker & { id: string }, seq: number): Promise<void> {
    const { id, workId, channelId, identityId, conversationId, customerId } = asker;
    await tx.query(insertOffer, [id, workId, channelId, identityId, conversationId, customerId, seq]);
  }

  /**
   * Asked for by themselves; asked again it is the same one, another way. The conversation must be locked.
   * @returns null where they do not wait any more.
   */
  async request(tx: Transaction, asker: CallbackAsker, { way, address, rev }: CallbackRequest): Promise<string | null> {
    const { workId, conversationId, customerId, channelId, identityId } = asker;
    const values = [uuid(), workId, conversationId, customerId, channelId, identityId, way, address];
    const [made] = await tx.query<{ id: string; ticketId: string }>(insertRequest, values);
    if (!made) {
      return null;
    }
    if (address !== '') {
      await tx.query(claimNumber, [uuid(), conversationId, address]);
    }
    await this.tell(tx, { ...made, conversationId, by: null }, { name: 'callback.requested', way, address });
    this.live.movedBy(tx, [{ id: conversationId, rev }]);
    return made.id;
  }

  /** What was offered is chosen. `phone`: the number that they are known by. Nothing happens where it is too late. */
  async accept(tx: Transaction, callbackId: string, way: CallbackWay, phone: string | null): Promise<void> {
    const talk = await this.lock(tx, callbackId);
    const address = way === 'same' ? '' : (phone ?? '');
    const [taken] = await tx.query<{ id: string; ticketId: string }>(acceptOffer, [callbackId, way, address]);
    if (!talk || !taken) {
      return;
    }
    await this.tell(tx, { ...taken, conversationId: talk.id, by: null }, { name: 'callback.requested', way, address });
    this.live.movedBy(tx, [{ id: talk.id, rev: talk.rev }]);
    const language = languageOf(talk.locale);
    const asked = await this.say(tx, talk, agreedWords(way, address, language), cancelChoice(callbackId, language));
    await tx.query(markAsked, [callbackId, asked]);
  }

  /** @returns whether it was open. A customer who took it back where we can write is told that it was heard. */
  async end(tx: Transaction, callbackId: string, { as, reason, by, from }: Ending): Promise<boolean> {
    const talk = await this.lock(tx, callbackId);
    const ended = await tx.query(endCallback, [callbackId, as, by, reason, from]);
    if (!talk || ended.length === 0) {
      return false;
    }
    this.live.movedBy(tx, [{ id: talk.id, rev: talk.rev }]);
    if (talk.way !== null) {
      const { way, address, ticketId } = talk;
      await this.tell(
        tx,
        { id: callbackId, ticketId, conversationId: talk.id, by },
        { name: `callback.${as}`, way, address },
      );
      if (reason === 'customer') {
        await this.say(tx, talk, cancelledWords(languageOf(talk.locale)));
      }
    }
    return true;
  }

  private async lock(tx: Transaction, callbackId: string): Promise<Talk | null> {
    const [talk] = await tx.query<Talk & Record<string, unknown>>(lockTalkOf, [callbackId]);
    return talk ?? null;
  }

  /** @returns where our message is; null where none was written. Visitors of a chat see it without one. */
  private async say(
    tx: Transaction,
    { id, ticketId, channelId, identityId }: Talk,
    body: string,
    choice?: ReturnType<typeof cancelChoice>,
  ): Promise<number | null> {
    if (channelId === null || identityId === null) {
      return null;
    }
    const written = await this.messages.write(tx, {
      conversationId: id,
      channelId,
      identityId,
      threadId: null,
      ticketId,
      body,
      ...(choice && { choices: [choice] }),
    });
    return 'seq' in written ? written.seq : null;
  }

  /** A line of the timeline, and a fact for whoever explains or counts. */
  private async tell(
    tx: Transaction,
    { id, ticketId, conversationId, by }: { id: string; ticketId: string; conversationId: string; by: string | null },
    event: { name: string; way: CallbackWay; address: string },
  ): Promise<void> {
    await tx.query(
      `insert into message (id, conversation_id, ticket_id, direction, author, author_id, kind, content)
       values ($1, $2, $3, 'internal', $4, $5, 'event', jsonb_build_object('event', $6::jsonb))`,
      [
        uuid(),
        conversationId,
        ticketId,
        by === null ? 'system' : 'agent',
        by,
        JSON.stringify({ ...event, callbackId: id }),
      ],
    );
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('work.callback', $1, $2, $3, $4)`,
      [conversationId, ticketId, by, { callbackId: id, state: event.name.slice('callback.'.length), way: event.way }],
    );
    this.bus.emitAfterCommit(tx, 'callback.changed', { conversation: conversationId });
  }
}
