import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { TicketView } from '#contract';
import { assign, changeTicket, openWork, type TicketChange } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { PersonWork } from '../person-work.service.js';
import { presentTicket, type TicketRow } from '../ticket.presenter.js';
import { TicketAccess } from './ticket-access.service.js';
import type { AssignTicketDto, ChangeTicketDto, NewTicketDto } from './tickets.dto.js';

/** What agents do to tickets. Whoever may read the person may work on their tickets. */
@Injectable()
export class TicketService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly telling: TicketTelling,
    private readonly people: PersonWork,
    private readonly bus: EventBus,
  ) {}

  async change(actor: Actor, ticketId: string, change: ChangeTicketDto): Promise<TicketView> {
    await this.database.transaction(async (tx) => {
      await this.access.check(tx, actor, ticketId);
      if (change.queueId !== undefined) {
        await this.checkQueue(tx, change.queueId);
      }
      const result = await changeTicket(tx, { ...toChange(change), ticketId, by: actor.id });
      switch (result.outcome) {
        case 'changed':
          await this.telling.changed(tx, result.ticket, {
            ...result,
            to: change.state ?? result.ticket.state,
            by: actor.id,
          });
          return;
        case 'stale':
          throw conflict('stale', 'Somebody changed this ticket meanwhile. Look again.', 'version');
        case 'illegal':
          throw conflict('illegal_transition', `A ticket does not go from ${result.from} to ${result.to}.`, 'state');
        case 'absent':
          throw notFound('This ticket');
      }
    });
    return this.view(ticketId);
  }

  async assign(actor: Actor, ticketId: string, { agentId, expected }: AssignTicketDto): Promise<TicketView> {
    await this.database.transaction(async (tx) => {
      await this.access.check(tx, actor, ticketId);
      const result = await assign(tx, {
        ticketId,
        agentId,
        expectedOwnerId: expected,
        by: actor.id,
        withinCapacity: false,
        endReason: agentId === null ? 'released' : 'transferred',
      });
      switch (result.outcome) {
        case 'assigned':
          if (result.ticket.ownerId !== agentId) {
            await this.telling.assigned(tx, result.ticket, agentId, actor.id);
          }
          return;
        case 'already_taken':
          throw conflict('already_taken', `Already taken by ${await this.nameOf(tx, result.ownerId)}.`, 'expected');
        case 'full':
          throw invalid('agentId', 'This agent cannot take tickets.');
        case 'finished':
          throw conflict('finished', 'This ticket is solved. Reopen it first.');
        case 'absent':
          throw notFound('This ticket');
      }
    });
    return this.view(ticketId);
  }

  async open(actor: Actor, conversationId: string, { subject, queueId }: NewTicketDto): Promise<TicketView> {
    const id = uuid();
    await this.people.run(actor, conversationId, async (tx, person) => {
      await this.checkQueue(tx, queueId);
      await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
        id,
        person.conversationId,
        queueId,
        storableText(subject),
      ]);
      await openWork(tx, { id, queueId });
      await tx.query(
        `insert into event_log (type, conversation_id, subject_id, actor_id) values ('ticket.opened', $1, $2, $3)`,
        [person.conversationId, id, actor.id],
      );
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    });
    return this.view(id);
  }

  private async checkQueue(tx: Transaction, queueId: string): Promise<void> {
    if ((await tx.query('select 1 from queue where id = $1', [queueId])).length === 0) {
      throw invalid('queueId', 'There is no such queue.');
    }
  }

  private async nameOf(tx: Transaction, agentId: string | null): Promise<string> {
    const [row] = await tx.query<{ name: string }>('select name from agent where id = $1', [agentId]);
    return row?.name ?? 'nobody';
  }

  private async view(ticketId: string): Promise<TicketView> {
    const [row] = await this.database.query<TicketRow>('select * from ticket where id = $1', [ticketId]);
    return presentTicket(row as TicketRow);
  }
}

function toChange(dto: ChangeTicketDto): Omit<TicketChange, 'ticketId' | 'by'> {
  return {
    version: dto.version,
    ...(dto.state !== undefined && { state: dto.state }),
    ...(dto.priority !== undefined && { priority: dto.priority }),
    ...(dto.subject !== undefined && { subject: storableText(dto.subject) }),
    ...(dto.tags !== undefined && { tags: dto.tags.map(storableText) }),
    ...(dto.queueId !== undefined && { queueId: dto.queueId }),
  };
}
