import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/database.js';
import { lastAgent } from '../effects/bot-tickets.query.js';
import { BotTickets } from '../effects/bot-tickets.service.js';
import { BotBeginnings, type Begun } from './bot-beginnings.service.js';
import { BotEndings } from './bot-endings.service.js';
import { heardMessage, oneSession, type EventRow, type HeardMessage, type SessionRow } from './bot-session.query.js';
import type { LockedTalk } from './lock-talk.js';

/** Sees to messages that were to wait for a bot while none speaks: a script begins, or they are work of people. */
@Injectable()
export class UnheldMessages {
  constructor(
    private readonly beginnings: BotBeginnings,
    private readonly tickets: BotTickets,
    private readonly endings: BotEndings,
  ) {}

  /**
   * People who have the matter, or wrote to the customer within a day, get the message; else a script begins, and where none does it is
   * the ordinary ticket. @returns what began.
   */
  async place(tx: Transaction, talk: LockedTalk, message: HeardMessage): Promise<Begun | null> {
    const conversations = talk.parts.map(({ id }) => id);
    const isNobodys = talk.parts.every(({ holder }) => holder === 'none');
    if (message.isLine && isNobodys) {
      // Callers say themselves what it is about, whatever rests of theirs. Without a script their line goes on by its settings.
      return this.beginnings.begin(tx, talk, message);
    }
    const ticket = await this.tickets.liveTicket(tx, conversations);
    if (ticket) {
      await this.tickets.join(tx, ticket, message);
      return null;
    }
    const [agent] = await tx.query<{ id: string | null }>(lastAgent, [conversations]);
    const begun = agent || !isNobodys ? null : await this.beginnings.begin(tx, talk, message);
    if (!begun) {
      await this.openOrdinary(tx, message, agent?.id ?? null);
    }
    return begun;
  }

  async openOrdinary(tx: Transaction, message: HeardMessage, preferred: string | null = null): Promise<void> {
    const { conversationId, channelId, seq, isLine } = message;
    await this.tickets.openOrdinary(tx, { conversationId, channelId, firstSeq: seq, isOnLine: isLine }, preferred);
  }

  /** What no bot could answer, however often it tried. */
  async giveToPeople(
    tx: Transaction,
    { talk, speaker }: { talk: LockedTalk; speaker: SessionRow | null },
    { conversationId, seq, kind, sessionId }: EventRow,
  ): Promise<void> {
    const given = kind === 'resume' && sessionId !== null ? await givenBack(tx, sessionId) : null;
    const session = speaker ?? given;
    if (session) {
      await this.endings.giveUp(tx, { talk, session }, { reason: 'broken', isAsked: true });
      return;
    }
    const [message] = await tx.query<HeardMessage & Record<string, unknown>>(heardMessage, [conversationId, seq]);
    if (!message || message.ticketId !== null) {
      return;
    }
    await this.giveMessage(tx, talk, message);
    await this.endings.tellFailed(tx, conversationId, seq);
  }

  /** A message becomes work of people: of the ticket that is open, else of one of its own. */
  async giveMessage(tx: Transaction, talk: LockedTalk, message: HeardMessage): Promise<void> {
    const conversations = talk.parts.map(({ id }) => id);
    const ticket = await this.tickets.liveTicket(tx, conversations);
    await (ticket ? this.tickets.join(tx, ticket, message) : this.openOrdinary(tx, message));
  }
}

/** A session that people gave back and that could not go on: its ticket waits for the customer, and nobody else would take it up. */
async function givenBack(tx: Transaction, sessionId: string): Promise<SessionRow | null> {
  const [session] = await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]);
  return session?.status === 'handed_off' ? session : null;
}
