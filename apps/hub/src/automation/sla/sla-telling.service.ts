import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { changeTicket, rerankTicket, type Escalation, type PinnedTerms, type Rung, type ToldRung } from '#tickets';
import type { SlaFrame } from '#contract';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { TicketTelling } from '../ticket-telling.service.js';
import type { PromisedTicket } from './sla-book.service.js';

const factOf: Record<Rung['kind'], string> = {
  warning: 'sla.warned',
  breach: 'sla.breached',
  escalation: 'sla.escalated',
};

/** Tells of promises: a fact for rules, webhooks and reports, a line of the timeline where one was broken, and a word to those concerned. */
@Injectable()
export class SlaTelling {
  constructor(
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly tickets: TicketTelling,
  ) {}

  async tell(
    tx: Transaction,
    ticket: PromisedTicket,
    { clock, rung }: ToldRung,
    { terms }: PinnedTerms,
  ): Promise<void> {
    const { metric, cycle, id: clockId } = clock;
    const type = factOf[rung.kind];
    await tx.query(`insert into event_log (type, conversation_id, subject_id, payload) values ($1, $2, $3, $4)`, [
      type,
      ticket.conversationId,
      ticket.id,
      { metric, cycle, clockId, step: rung.index },
    ]);
    if (rung.kind !== 'warning') {
      await tx.query(
        `insert into message (id, conversation_id, ticket_id, direction, author, kind, content)
         values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', $4::jsonb))`,
        [uuid(), ticket.conversationId, ticket.id, { name: type, number: ticket.number, metric, step: rung.index }],
      );
    }
    const escalation = rung.kind === 'escalation' ? (terms.escalations[rung.index] ?? null) : null;
    if (escalation) {
      await this.escalate(tx, ticket, escalation);
    }
    this.say(tx, ticket, { clock, rung }, escalation?.notify ?? []);
  }

  /** Moves the work ahead in its queue, or to another queue. */
  private async escalate(tx: Transaction, ticket: PromisedTicket, { boostMs, queueId }: Escalation): Promise<void> {
    if (boostMs > 0) {
      await rerankTicket(tx, ticket.id, { reason: 'escalation', addMs: boostMs });
    }
    if (queueId === null || queueId === ticket.queueId) {
      return;
    }
    const [now] = await tx.query<{ version: number }>('select version from ticket where id = $1', [ticket.id]);
    const result = await changeTicket(tx, { ticketId: ticket.id, version: now?.version ?? 0, queueId, by: null });
    if (result.outcome === 'changed') {
      await this.tickets.changed(tx, result.ticket, { ...result, to: ticket.state, by: null });
    }
  }

  private say(tx: Transaction, ticket: PromisedTicket, { clock, rung }: ToldRung, notify: readonly string[]): void {
    const frame: SlaFrame = {
      ticketId: ticket.id,
      number: ticket.number,
      prefix: ticket.prefix,
      conversation: ticket.rootId,
      metric: clock.metric,
      kind: rung.kind,
      dueAt: clock.dueAt === null || clock.dueAt === Infinity ? null : new Date(clock.dueAt).toISOString(),
    };
    const agents = [ticket.ownerId, ...notify].filter((id) => id !== null).map((id) => `agent:${id}` as const);
    const rooms = rung.kind === 'warning' ? agents : [...agents, 'overseers' as const];
    tx.afterCommit(() => this.live.toAgents(rooms, 'ticket.sla', frame));
    if (rung.kind === 'escalation') {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    }
  }
}
