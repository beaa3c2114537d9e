import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { TicketView } from '#contract';
import { assign, changeTicket, missingForSolving, openWork, spellTags, type TicketChange } from '#tickets';
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
    await this.database.transaction((tx) => this.changeIn(tx, actor, ticketId, change));
    return this.view(ticketId);
  }

  /** As part of a larger decision: where this is refused, the whole of it is. */
  async changeIn(tx: Transaction, actor: Actor, ticketId: string, change: ChangeTicketDto): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    if (change.queueId !== undefined) {
      await this.checkQueue(tx, change.queueId);
    }
    await this.checkFields(tx, ticketId, change);
    const tags = change.tags && (await spellTags(tx, change.tags));
    const result = await changeTicket(tx, { ...toChange(change), ...(tags && { tags }), ticketId, by: actor.id });
    switch (result.outcome) {
      case 'changed':
        await this.telling.changed(tx, result.ticket, { ...result, by: actor.id });
        return;
      case 'stale':
        throw conflict('stale', 'Somebody changed this ticket meanwhile. Look again.', 'version');
      case 'illegal':
        throw conflict('illegal_transition', `A ticket does not go from ${result.from} to ${result.to}.`, 'state');
      case 'children_open':
        throw conflict(
          'children_open',
          `Solve its children first: ${result.numbers.map((number) => `#${String(number)}`).join(', ')}.`,
          'state',
        );
      case 'unknown_name':
        throw invalid('stateNameId', 'There is no such name of this state.');
      case 'absent':
        throw notFound('This ticket');
    }
  }

  async assign(actor: Actor, ticketId: string, wish: AssignTicketDto): Promise<TicketView> {
    await this.database.transaction((tx) => this.assignIn(tx, actor, ticketId, wish));
    return this.view(ticketId);
  }

  /** As part of a larger decision: where this is refused, the whole of it is. */
  async assignIn(
    tx: Transaction,
    actor: Actor,
    ticketId: string,
    { agentId, expected }: AssignTicketDto,
  ): Promise<void> {
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
  }

  async open(actor: Actor, conversationId: string, ticket: NewTicketDto): Promise<TicketView> {
    const id = await this.people.run(actor, conversationId, (tx, person) =>
      this.openIn(tx, actor, person.conversationId, ticket),
    );
    return this.view(id);
  }

  /** As part of a larger decision, by somebody who may read the person. @returns the ticket's id */
  async openIn(
    tx: Transaction,
    actor: Actor,
    conversationId: string,
    { subject, queueId }: NewTicketDto,
  ): Promise<string> {
    const id = uuid();
    await this.checkQueue(tx, queueId);
    await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
      id,
      conversationId,
      queueId,
      storableText(subject),
    ]);
    await openWork(tx, { id, queueId });
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id) values ('ticket.opened', $1, $2, $3)`,
      [conversationId, id, actor.id],
    );
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    return id;
  }

  private async checkFields(tx: Transaction, ticketId: string, change: ChangeTicketDto): Promise<void> {
    const { queueId } = change;
    if (!(await solves(tx, change))) {
      return;
    }
    const [missing] = await missingForSolving(tx, { id: ticketId, ...(queueId !== undefined && { queueId }) });
    if (missing) {
      const name = missing.name.en ?? missing.name.fa ?? missing.key;
      throw invalid(`fields.${missing.key}`, `Fill in “${name}” before this is solved.`, 'field_missing');
    }
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

/** Whether it solves a ticket, by its state or by a name that brings this state along. */
async function solves(tx: Transaction, { state, stateNameId }: ChangeTicketDto): Promise<boolean> {
  if (state === 'solved' || stateNameId === undefined || stateNameId === null) {
    return state === 'solved';
  }
  const named = await tx.query(`select 1 from ticket_state_name where id = $1 and state = 'solved'`, [stateNameId]);
  return named.length > 0;
}

function toChange(dto: ChangeTicketDto): Omit<TicketChange, 'ticketId' | 'by'> {
  return {
    version: dto.version,
    ...(dto.state !== undefined && { state: dto.state }),
    ...(dto.stateNameId !== undefined && { stateNameId: dto.stateNameId }),
    ...(dto.priority !== undefined && { priority: dto.priority }),
    ...(dto.subject !== undefined && { subject: storableText(dto.subject) }),
    ...(dto.queueId !== undefined && { queueId: dto.queueId }),
  };
}
