import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { openWork, spellTags, workSizeOf, type WorkSize } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import {
  adoptMessages,
  findAgent,
  findQueue,
  insertTicket,
  isLineOpen,
  isTriedAlone,
  joinTicketLate,
  liveTicketOf,
  queueOfAnswer,
  setSkills,
  titleOfMessage,
  type LiveTicket,
} from './bot-tickets.query.js';

/** A ticket that a bot, or its absence, makes necessary. */
export interface TicketWish {
  conversationId: string;
  channelId: string;
  /** The message that it begins with. */
  firstSeq: number;
  /** By id or name; null or unknown: that of the outreach which is answered, or of the channel. */
  queue?: string | null;
  subject?: string | null;
  priority?: number | null;
  tags?: readonly string[];
  /** Its customer waits on the line for a voice, unless they have hung up meanwhile. */
  isOnLine?: boolean;
}

/** A caller who waits takes all of an agent. */
const voiceWork: WorkSize = { class: 'voice', weight: 100 };

/** Where waiting work is put, beside what its queue says. */
export interface WaitWish {
  preferred?: string | null;
  skills?: readonly string[];
}

/**
 * Opens the tickets of conversations that a bot holds or has given up. Written under the lock of the person, as all of theirs. What a
 * bot opens waits for nobody until the bot has ended: while work waits the queue speaks, and no bot.
 */
@Injectable()
export class BotTickets {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly bus: EventBus,
  ) {}

  /** @returns null where no queue is known: the channel has none, or nobody is to hear of it. */
  async open(tx: Transaction, wish: TicketWish): Promise<{ id: string; number: number; queueId: string } | null> {
    const queueId = await this.queueOf(tx, wish);
    if (queueId === null) {
      return null;
    }
    const { conversationId, firstSeq, subject = null, priority = null, tags = [] } = wish;
    const title = subject ?? (await this.titleAt(tx, conversationId, firstSeq));
    const kept = tags.length > 0 ? await spellTags(tx, tags) : [];
    const id = uuid();
    const values = [id, conversationId, queueId, title.slice(0, 200).toWellFormed(), priority, kept];
    const [made] = await tx.query<{ number: number }>(insertTicket, values);
    await tx.query(`insert into event_log (type, conversation_id, subject_id) values ('ticket.opened', $1, $2)`, [
      conversationId,
      id,
    ]);
    return { id, number: made?.number ?? 0, queueId };
  }

  /** From here on it waits for an agent. The messages of what led to it, from `firstSeq` on, are its own. */
  async queue(
    tx: Transaction,
    ticket: { id: string; queueId: string },
    {
      conversationId,
      channelId,
      firstSeq,
      isOnLine = false,
    }: Pick<TicketWish, 'conversationId' | 'channelId' | 'firstSeq' | 'isOnLine'>,
    { preferred = null, skills = [] }: WaitWish = {},
  ): Promise<string> {
    await tx.query(adoptMessages, [conversationId, firstSeq, ticket.id, true]);
    const isVoice = isOnLine && (await tx.query(isLineOpen, [conversationId, firstSeq])).length > 0;
    const size = isVoice ? voiceWork : workSizeOf(this.channels.find(channelId)?.kind ?? 'email');
    const workId = await openWork(tx, ticket, { ...size, preferredAgent: preferred });
    if (skills.length > 0) {
      await tx.query(setSkills, [workId, skills]);
    }
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    return workId;
  }

  /** What was to wait for a bot waits for an agent. @returns the ticket, null where the channel has no queue. */
  async openOrdinary(tx: Transaction, wish: TicketWish, preferred: string | null): Promise<string | null> {
    const ticket = await this.open(tx, wish);
    if (ticket) {
      await this.queue(tx, ticket, wish, { preferred });
    }
    return ticket?.id ?? null;
  }

  /** The ticket that a message joins although nobody thought so when it came; null where there is none. */
  async liveTicket(tx: Transaction, conversations: readonly string[]): Promise<LiveTicket | null> {
    const [ticket] = await tx.query<LiveTicket & Record<string, unknown>>(liveTicketOf, [conversations]);
    return ticket ?? null;
  }

  /** Gives a message to a ticket that is open; where nobody has that, it waits for an agent from now on. */
  async join(
    tx: Transaction,
    ticket: LiveTicket,
    { conversationId, channelId, seq }: { conversationId: string; channelId: string; seq: number },
  ): Promise<void> {
    await tx.query(adoptMessages, [conversationId, seq, ticket.id, false]);
    await tx.query(joinTicketLate, [ticket.id]);
    if (!ticket.isAtWork) {
      await this.queue(tx, ticket, { conversationId, channelId, firstSeq: seq }, { preferred: ticket.ownerId });
    }
  }

  async queueFor(tx: Transaction, channelId: string, named: string | null): Promise<string | null> {
    const [found] = named === null ? [] : await tx.query<{ id: string }>(findQueue, [named]);
    return found?.id ?? this.channels.find(channelId)?.queueId ?? null;
  }

  /** The queue that a script names; else what answers something that was told to many goes where such answers go. */
  private async queueOf(tx: Transaction, wish: TicketWish): Promise<string | null> {
    const { conversationId, channelId, firstSeq, queue = null } = wish;
    if (await this.isTriedAlone(tx, wish)) {
      return null;
    }
    const named = queue === null ? [] : await tx.query<{ id: string }>(findQueue, [queue]);
    const answers =
      named.length > 0 ? [] : await tx.query<{ id: string | null }>(queueOfAnswer, [conversationId, firstSeq]);
    return named[0]?.id ?? answers[0]?.id ?? this.queueFor(tx, channelId, null);
  }

  private async isTriedAlone(
    tx: Transaction,
    { conversationId, channelId, firstSeq }: Pick<TicketWish, 'conversationId' | 'channelId' | 'firstSeq'>,
  ): Promise<boolean> {
    return (
      this.channels.find(channelId)?.kind === 'phone' &&
      (await tx.query(isTriedAlone, [conversationId, firstSeq])).length > 0
    );
  }

  async agentFor(tx: Transaction, named: string | null): Promise<string | null> {
    const [found] = named === null ? [] : await tx.query<{ id: string }>(findAgent, [named]);
    return found?.id ?? null;
  }

  /** The first words of what somebody wants, until an agent writes a better title. */
  private async titleAt(tx: Transaction, conversationId: string, seq: number): Promise<string> {
    const [message] = await tx.query<{ subject: string; body: string }>(titleOfMessage, [conversationId, seq]);
    const line = (message?.subject || message?.body || '').trim().split('\n', 1)[0] ?? '';
    return line.length > 80 ? `${line.slice(0, 79).toWellFormed()}…` : line;
  }
}
