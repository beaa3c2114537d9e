import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { MessageView, TicketChangeView } from '#contract';
import { moveMessages, openWork } from '#tickets';
import { isWithheld, type ReadablePerson } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import type { Transaction } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../../platform/errors/api-error.js';
import { restriction, restrictionTables } from '../../message-rows.query.js';
import { PersonWork } from '../../person-work.service.js';
import { MessageReader } from '../../messages/message-reader.service.js';
import { LifecycleLines } from './lifecycle-lines.service.js';
import type { MovesDto, SplitDto } from './lifecycle.dto.js';
import { RelatedTickets, wouldOpen, type PlacedTicket } from './related-tickets.service.js';
import { TicketChanges } from './ticket-changes.service.js';
import { keepsSecret } from './ticket-merges.service.js';

interface MovedRow {
  id: string;
  kind: string;
  body: string;
  subject: string | null;
  ticket_id: string | null;
  restricted: boolean;
  queue_id: string | null;
}

/** Which of a person's messages, each by its conversation row and its place there. */
interface Places {
  part: string;
  seq: number;
}

/** Messages that belong to another ticket than they joined: to one that is there, or to a new one. */
@Injectable()
export class MessageMoves {
  constructor(
    private readonly people: PersonWork,
    private readonly related: RelatedTickets,
    private readonly lines: LifecycleLines,
    private readonly changes: TicketChanges,
    private readonly bus: EventBus,
    private readonly messages: MessageReader,
  ) {}

  async move(actor: Actor, conversationId: string, { messages, ticketId }: MovesDto): Promise<TicketChangeView> {
    const journalId = await this.people.run(actor, conversationId, async (tx, person) => {
      const rows = await this.read(tx, person, messages);
      const into = await this.target(tx, actor, person, ticketId);
      return this.give(tx, actor, rows, into, 'message_move');
    });
    return this.changes.get(actor, journalId);
  }

  /** The same for one message, which may be there already. */
  async moveOne(
    actor: Actor,
    conversationId: string,
    { part, seq, ticketId }: Places & { ticketId: string },
  ): Promise<MessageView> {
    const id = await this.people.run(actor, conversationId, async (tx, person) => {
      const rows = await this.read(tx, person, [{ part, seq }]);
      const [row] = rows as [MovedRow];
      const into = await this.target(tx, actor, person, ticketId);
      if (row.ticket_id !== into.id) {
        await this.give(tx, actor, rows, into, 'message_move');
      }
      return row.id;
    });
    return this.messages.get(id);
  }

  /** A new ticket of what is in the middle of another one. It waits in the same queue unless another one is named. */
  async split(actor: Actor, conversationId: string, wish: SplitDto): Promise<TicketChangeView> {
    const journalId = await this.people.run(actor, conversationId, async (tx, person) => {
      const rows = await this.read(tx, person, wish.messages);
      const originId = rows.find(({ ticket_id: id }) => id !== null)?.ticket_id ?? null;
      const origin = originId === null ? null : ((await this.related.place(tx, [originId])).get(originId) ?? null);
      const into = await this.open(tx, person, origin, {
        subject: wish.subject ?? titleOf(rows),
        queueId: wish.queueId ?? origin?.queueId,
      });
      return this.give(tx, actor, rows, into, 'ticket_split');
    });
    return this.changes.get(actor, journalId);
  }

  private async read(tx: Transaction, person: ReadablePerson, messages: readonly Places[]): Promise<MovedRow[]> {
    const rows = await tx.query<MovedRow & Record<string, unknown>>(
      `select m.id, m.kind, m.body, m.content ->> 'subject' as subject, m.ticket_id, ${restriction}
       from jsonb_to_recordset($1::jsonb) as want(part uuid, seq bigint)
       join message m on m.conversation_id = want.part and m.seq = want.seq ${restrictionTables}
       where want.part = any ($2::uuid[]) order by m.at, m.id`,
      [JSON.stringify(messages), person.parts.map(({ id }) => id)],
    );
    const wanted = new Set(messages.map(({ part, seq }) => `${part} ${String(seq)}`));
    if (rows.length !== wanted.size || rows.some((row) => isWithheld(row, person))) {
      throw notFound('This message');
    }
    if (rows.some(({ kind }) => kind === 'event')) {
      throw invalid('messages', 'A line about what happened stays where it happened.');
    }
    return rows;
  }

  private async target(tx: Transaction, actor: Actor, person: ReadablePerson, id: string): Promise<PlacedTicket> {
    await this.related.check(tx, actor, id);
    const ticket = (await this.related.place(tx, [id])).get(id);
    if (!ticket || ticket.conversation !== person.conversationId) {
      throw notFound('This message or ticket');
    }
    return ticket;
  }

  private async open(
    tx: Transaction,
    person: ReadablePerson,
    origin: PlacedTicket | null,
    { subject, queueId: queue }: { subject: string; queueId: string | undefined },
  ): Promise<PlacedTicket> {
    if (queue === undefined) {
      throw invalid('queueId', 'Name the queue of the new ticket.');
    }
    const found = await tx.query('select 1 from queue where id = $1 and retired_at is null', [queue]);
    if (found.length === 0) {
      throw invalid('queueId', 'There is no such queue.');
    }
    const id = uuid();
    const row = origin?.row ?? person.conversationId;
    await tx.query(
      `insert into ticket (id, conversation_id, queue_id, subject, priority, follows_id, follows_as)
       values ($1, $2, $3, $4, coalesce((select priority from ticket where id = $5), 2), $5, case when $5::uuid is not null then 'split' end)`,
      [id, row, queue, storableText(subject), origin?.id ?? null],
    );
    await openWork(tx, { id, queueId: queue });
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: queue });
    return (await this.related.place(tx, [id])).get(id) as PlacedTicket;
  }

  private async give(
    tx: Transaction,
    actor: Actor,
    rows: MovedRow[],
    into: PlacedTicket,
    kind: 'message_move' | 'ticket_split',
  ): Promise<string> {
    if (rows.some(({ restricted, queue_id: queueId }) => wouldOpen({ restricted, queueId }, into))) {
      throw keepsSecret();
    }
    if (kind === 'ticket_split') {
      await tx.query(
        `insert into event_log (type, conversation_id, subject_id, actor_id) values ('ticket.opened', $1, $2, $3)`,
        [into.row, into.id, actor.id],
      );
    }
    const messageIds = rows.map(({ id }) => id);
    const result = await moveMessages(tx, { messageIds, into: into.id, kind, by: actor.id });
    if (result.outcome !== 'moved') {
      throw refusal(result.outcome);
    }
    const [origin] = result.from.length === 1 ? [...(await this.related.place(tx, result.from)).values()] : [];
    await this.lines.write(tx, into, {
      name: kind === 'ticket_split' ? 'ticket.split' : 'message.moved',
      number: into.number,
      other: origin?.number ?? null,
      count: result.messageIds.length,
      by: actor.id,
    });
    await recordAct(tx, {
      actorId: actor.id,
      action: kind === 'ticket_split' ? 'ticket.split' : 'message.moved',
      subject: into.id,
      details: { from: result.from, journal: result.journalId, messages: result.messageIds },
    });
    return result.journalId;
  }
}

function refusal(outcome: 'nothing' | 'finished' | 'absent'): Error {
  switch (outcome) {
    case 'nothing':
      return conflict('nothing_to_move', 'These messages are in this ticket already.', 'ticketId');
    case 'finished':
      return conflict('finished', 'This ticket is closed and takes nothing in any more.', 'ticketId');
    case 'absent':
      return notFound('This message or ticket');
  }
}

/** The first words of what goes into a new ticket, until somebody writes a better title. */
function titleOf(rows: readonly MovedRow[]): string {
  const line =
    rows.map(({ subject, body }) => (subject || body).trim().split('\n', 1)[0] ?? '').find((text) => text !== '') ?? '';
  return line.length > 80 ? `${line.slice(0, 79).toWellFormed()}…` : line;
}
