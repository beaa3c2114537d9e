import { Injectable } from '@nestjs/common';
import type { Snoozed, Woken } from '#tickets';
import type { WokenFrame } from '#contract';
import type { Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import type { Room } from '../live/audience.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { OfferTelling } from './offers/offer-telling.service.js';
import { TicketTelling } from './ticket-telling.service.js';

/** Tells that tickets went to sleep and woke: a line of the timeline, and a word to whoever has them. */
@Injectable()
export class SnoozeTelling {
  constructor(
    private readonly tickets: TicketTelling,
    private readonly offers: OfferTelling,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** `by` null: a rule. */
  async snoozed(
    tx: Transaction,
    { ticket, wakesAt, freedAgent }: Extract<Snoozed, { outcome: 'snoozed' }>,
    by: string | null,
  ): Promise<void> {
    await this.tickets.happened(tx, ticket, by, { name: 'ticket.snoozed', until: wakesAt?.toISOString() ?? null });
    if (ticket.work !== null && ticket.work.state !== 'assigned') {
      await this.offers.over(tx, ticket, null);
    }
    if (freedAgent !== null) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: freedAgent });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId: freedAgent });
    }
  }

  /** A ticket that somebody solved or moved was told so already: it has no line of its own. */
  async woken(tx: Transaction, { ticket, reason, queued }: Woken, by: string | null): Promise<void> {
    if (reason !== 'solved' && reason !== 'moved') {
      await this.tickets.happened(tx, ticket, by, { name: 'ticket.woken', reason });
    }
    if (queued !== null) {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: queued });
    }
    if (ticket.assignment) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: ticket.assignment.agentId });
    }
    if (reason === 'time') {
      const room: Room = ticket.ownerId === null ? `queue:${ticket.queueId}` : `agent:${ticket.ownerId}`;
      const frame = await frameOf(tx, ticket, reason);
      tx.afterCommit(() => this.live.toAgents([room], 'ticket.woken', frame));
    }
  }
}

async function frameOf(tx: Transaction, ticket: Woken['ticket'], reason: WokenFrame['reason']): Promise<WokenFrame> {
  const [row] = await tx.query<{ prefix: string }>('select prefix from ticket where id = $1', [ticket.id]);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    prefix: row?.prefix ?? '',
    conversation: ticket.parts.find(({ isRoot }) => isRoot)?.id ?? ticket.conversationId,
    reason,
  };
}
