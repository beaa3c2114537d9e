import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { changeTicket, endWork, holdTicket } from '#tickets';
import type { BotEffect, HandoffSummary } from '#bots';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import type { Transaction } from '../../database/database.js';
import { botFact, type SessionRow } from '../sessions/bot-session.query.js';
import { BotTickets } from './bot-tickets.service.js';
import { hubPriority } from './hub-priority.js';
import { wishesOfSession } from './bot-wishes.query.js';

type HandoffEffect = Extract<BotEffect, { kind: 'handoff' }>;

/** A line of the timeline: what the bot learned, for whoever goes on. Parameters: id, conversation, ticket, content. */
const summaryLine = `
insert into message (id, conversation_id, ticket_id, direction, author, kind, content)
values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', $4::jsonb))`;

/**
 * Gives a conversation to people: its ticket, the work that waits, what the bot learned and who speaks from now on are one transaction.
 */
@Injectable()
export class HandOver {
  constructor(
    private readonly tickets: BotTickets,
    private readonly telling: TicketTelling,
  ) {}

  /** @returns the ticket; null where the channel has no queue, so that it stands in no line. */
  async handOff(tx: Transaction, session: SessionRow, effect: HandoffEffect): Promise<string | null> {
    const { queue, skills, summary } = effect;
    const preferred = await this.tickets.agentFor(tx, effect.agent);
    const tags = await wishesOfSession(tx, session.id);
    const ticket = await this.ticketFor(tx, session, { queue, priority: effect.priority, tags });
    if (ticket) {
      const isOnLine = session.channel === 'voice';
      await this.tickets.queue(tx, ticket, { ...session, isOnLine }, { preferred, skills });
    }
    const ticketId = ticket?.id ?? null;
    await this.summarise(tx, session, ticketId, summary);
    await tx.query(
      `update bot_session set ticket_id = $2, handed_off_at = clock_timestamp(), reason = $3 where id = $1`,
      [session.id, ticketId, summary.reason],
    );
    const { versionId, conversationId } = session;
    const fact = { versionId, reason: summary.reason, node: effect.node, ticketId };
    await tx.query(botFact, ['bot.handed_over', conversationId, session.id, null, fact]);
    return ticketId;
  }

  /** The waiting work of a hand-off is taken back, unless somebody has it by now. The caller checks who speaks then. */
  async withdraw(tx: Transaction, ticketId: string, by: string | null): Promise<void> {
    const held = await holdTicket(tx, ticketId);
    if (!held || held.state === 'closed' || held.state === 'solved') {
      return;
    }
    await endWork(tx, held, 'snoozed');
    const changed = await changeTicket(tx, { ticketId, version: held.version, state: 'pending', by });
    if (changed.outcome === 'changed') {
      await this.telling.changed(tx, { ...changed.ticket, assignment: held.assignment }, { ...changed, by });
    }
  }

  /** What a bot opened and nobody waits for yet waits from now on. A matter that people had and that is settled is solved. */
  async release(tx: Transaction, session: SessionRow, outcome: string | null): Promise<void> {
    const held = session.ticketId === null ? null : await holdTicket(tx, session.ticketId);
    if (!held || held.work || held.state === 'closed' || held.state === 'solved') {
      return;
    }
    const wasTheirs = session.state.metAgent && outcome === 'resolved';
    if (!wasTheirs) {
      await this.tickets.queue(tx, held, session, { preferred: held.ownerId ?? session.takenBy });
      await tx.query(`update ticket set state = 'open' where id = $1 and state = 'pending'`, [held.id]);
      return;
    }
    const changed = await changeTicket(tx, { ticketId: held.id, version: held.version, state: 'solved', by: null });
    if (changed.outcome === 'changed') {
      await this.telling.changed(tx, changed.ticket, { ...changed, by: null });
    } else {
      await this.tickets.queue(tx, held, session, { preferred: held.ownerId });
    }
  }

  async summarise(
    tx: Transaction,
    session: SessionRow,
    ticketId: string | null,
    summary: HandoffSummary,
  ): Promise<void> {
    const event = { name: 'bot.summary', sessionId: session.id, versionId: session.versionId, ...summary };
    await tx.query(summaryLine, [uuid(), session.conversationId, ticketId, JSON.stringify(event)]);
  }

  /** The session's own ticket where nobody has it yet, made ready to wait; else a new one. Null: the channel has no queue. */
  async ticketFor(
    tx: Transaction,
    session: SessionRow,
    wish: { queue: string | null; priority: number | null; tags: string[]; subject?: string | null },
  ): Promise<{ id: string; queueId: string } | null> {
    const held = session.ticketId === null ? null : await holdTicket(tx, session.ticketId);
    const priority = hubPriority(wish.priority);
    if (!held || held.work || held.state === 'closed' || held.state === 'solved') {
      return this.tickets.open(tx, { ...session, ...wish, priority });
    }
    const queueId = wish.queue === null ? held.queueId : await this.tickets.queueFor(tx, session.channelId, wish.queue);
    await tx.query(
      `update ticket set queue_id = $2, priority = coalesce($3::smallint, priority), state = case when state = 'pending' then 'open' else state end
       where id = $1`,
      [held.id, queueId ?? held.queueId, priority],
    );
    return { id: held.id, queueId: queueId ?? held.queueId };
  }
}
