import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Statement } from '#channels';
import type { HeldTicket } from '#tickets';
import type { Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import type { Leaving } from '../live/audience.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { OfferTelling } from './offers/offer-telling.service.js';

const eventLine: Statement = {
  name: 'ticket-line',
  text: `
insert into message (id, conversation_id, ticket_id, direction, author, author_id, kind, content)
values ($1, $2, $3, 'internal', $4, $5, 'event', jsonb_build_object('event', $6::jsonb))`,
};

/** Writes what happened to a ticket as a line of the timeline, and tells those who may know. */
@Injectable()
export class TicketTelling {
  constructor(
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly offers: OfferTelling,
  ) {}

  /** A ticket changed hands. `by` null is the router. */
  async assigned(tx: Transaction, ticket: HeldTicket, agentId: string | null, by: string | null): Promise<void> {
    await this.line(tx, ticket, by, {
      name: agentId === null ? 'ticket.released' : 'ticket.assigned',
      number: ticket.number,
      agentId,
      from: ticket.ownerId,
    });
    this.live.movedBy(tx, ticket.parts, leavingOf(ticket));
    const frame = {
      ticketId: ticket.id,
      number: ticket.number,
      prefix: ticket.prefix,
      conversation: ticket.parts.find(({ isRoot }) => isRoot)?.id ?? ticket.conversationId,
      agentId,
      by: by ?? 'router',
    };
    const concerned = [ticket.ownerId, agentId].filter((id) => id !== null).map((id) => `agent:${id}` as const);
    tx.afterCommit(() => this.live.toAgents([...concerned, 'overseers'], 'ticket.assigned', frame));
    if (agentId === null) {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    }
    await this.offers.over(tx, ticket, agentId);
    if (agentId !== null) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId });
    }
    this.freed(tx, ticket);
  }

  /** A ticket's state or queue changed; `queued` names the queue it now waits in, if it does. */
  async changed(
    tx: Transaction,
    ticket: HeldTicket,
    change: { to: string; by: string | null; queued: string | null; freedAgent: string | null },
  ): Promise<void> {
    if (change.to !== ticket.state) {
      await this.line(tx, ticket, change.by, {
        name: 'ticket.state',
        number: ticket.number,
        from: ticket.state,
        to: change.to,
      });
    }
    this.live.movedBy(tx, ticket.parts, leavingOf(ticket));
    if (change.queued !== null) {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: change.queued });
    }
    if (change.queued !== null || change.to === 'solved') {
      await this.offers.over(tx, ticket, null);
    }
    if (change.to !== ticket.state && ticket.assignment) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: ticket.assignment.agentId });
    }
    if (change.freedAgent !== null) {
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId: change.freedAgent });
    }
  }

  /** Something happened to a ticket that is neither a change of hands nor of state: a line of its timeline, with whatever it names. */
  async happened(
    tx: Transaction,
    ticket: HeldTicket,
    by: string | null,
    event: Record<string, unknown> & { name: string },
  ): Promise<void> {
    await this.line(tx, ticket, by, { ...event, number: ticket.number });
    this.live.movedBy(tx, ticket.parts);
  }

  /** A ticket's work ended because the ticket went into another one. Whoever had it, or was asked for it, hears. */
  async ended(tx: Transaction, ticket: HeldTicket): Promise<void> {
    this.live.movedBy(tx, ticket.parts, leavingOf(ticket));
    await this.offers.over(tx, ticket, null);
    if (ticket.assignment) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: ticket.assignment.agentId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId: ticket.assignment.agentId });
    }
  }

  /** Nobody took a ticket for so long that its queue wants those who oversee to know. */
  waitsLong(tx: Transaction, ticket: HeldTicket, queueId: string): void {
    const conversation = ticket.parts.find(({ isRoot }) => isRoot)?.id ?? ticket.conversationId;
    const frame = { ticketId: ticket.id, number: ticket.number, prefix: ticket.prefix, conversation, queueId };
    tx.afterCommit(() => this.live.toAgents(['overseers'], 'ticket.waiting', frame));
  }

  /** Whoever had it, or was asked for it, may have room for other work. */
  private freed(tx: Transaction, { ownerId, assignment }: HeldTicket): void {
    for (const agentId of new Set([ownerId, assignment?.agentId ?? null])) {
      if (agentId !== null) {
        this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
      }
    }
  }

  private async line(
    tx: Transaction,
    ticket: HeldTicket,
    by: string | null,
    event: Record<string, unknown>,
  ): Promise<void> {
    const author = by === null ? 'system' : 'agent';
    await tx.query(eventLine, [uuid(), ticket.conversationId, ticket.id, author, by, JSON.stringify(event)]);
  }
}

/** Who worked on the ticket before: a held ticket is as it was when it was locked. */
function leavingOf({ id, queueId, ownerId }: HeldTicket): Leaving {
  return { ticketId: id, queueId, ownerId };
}
