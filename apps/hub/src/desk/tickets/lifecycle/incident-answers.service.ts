import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { IncidentAnswerView, RelatedTicketView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { ApiError, conflict, notFound } from '../../../platform/errors/api-error.js';
import { MessageWriter } from '../../messages/message-writer.service.js';
import { TicketAccess } from '../ticket-access.service.js';
import type { IncidentAnswerDto } from './lifecycle.dto.js';
import { RelatedTickets } from './related-tickets.service.js';

/** A child that has not got the answer yet, with the way by which its customer wrote last. */
interface WaitingChild {
  ticket: string;
  message: string;
  conversation: string;
  channel: string | null;
  identity: string | null;
  thread: string | null;
  subject: string;
}

const openChildren = `
select id from ticket where parent_id = $1 and state not in ('solved', 'closed') order by number limit 500`;

const waitingChildren = `
select c.ticket_id as ticket, c.message_id as message, t.conversation_id as conversation, t.subject, way.channel_id as channel,
       way.identity_id as identity, way.thread_id as thread
from incident_answer_child c join ticket t on t.id = c.ticket_id
left join lateral (
  select m.channel_id, m.identity_id, m.thread_id from message m
  where m.ticket_id = t.id and m.direction <> 'internal' and m.kind in ('text', 'form') and m.identity_id is not null
  order by m.direction = 'in' desc, m.at desc, m.id desc limit 1) way on true
where c.answer_id = $1 and c.state = 'waiting' order by t.number`;

interface AnswerRow {
  id: string;
  at: Date;
  body: string;
  by: string;
  actor_id: string;
  ticket_id: string;
  children: { ticket: string; state: 'waiting' | 'written' | 'refused'; code: string | null }[];
}

const answerRows = `
select i.id, i.at, i.body, i.actor_id, i.ticket_id, coalesce(a.name, '') as by,
       (select coalesce(jsonb_agg(jsonb_build_object('ticket', c.ticket_id, 'state', c.state, 'code', c.code) order by c.ticket_id), '[]')
        from incident_answer_child c where c.answer_id = i.id) as children
from incident_answer i left join agent a on a.id = i.actor_id`;

/**
 * One answer to all children of a ticket. Each gets it as a message of its own, by the way its customer wrote last, through the same door
 * as any other reply. Who gets it and under which id is written down first, so whoever sends the same order again goes on with those who
 * have not got it, and nobody gets it twice.
 */
@Injectable()
export class IncidentAnswers {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly related: RelatedTickets,
    private readonly writer: MessageWriter,
  ) {}

  async list(actor: Actor, ticketId: string): Promise<IncidentAnswerView[]> {
    await this.access.check(this.database, actor, ticketId);
    const rows = await this.database.query<AnswerRow & Record<string, unknown>>(
      `${answerRows} where i.ticket_id = $1 order by i.at desc limit 50`,
      [ticketId],
    );
    return Promise.all(rows.map((row) => this.present(actor, row)));
  }

  async write(actor: Actor, ticketId: string, answer: IncidentAnswerDto): Promise<IncidentAnswerView> {
    await this.database.transaction((tx) => this.begin(tx, actor, ticketId, answer));
    const { body } = await this.find(answer.id);
    const waiting = await this.database.query<WaitingChild & Record<string, unknown>>(waitingChildren, [answer.id]);
    for (const child of waiting) {
      const refused = await this.answer(actor, child, body);
      await this.database.query(
        `update incident_answer_child set state = $3, code = $4 where answer_id = $1 and ticket_id = $2`,
        [answer.id, child.ticket, refused === null ? 'written' : 'refused', refused],
      );
    }
    return this.present(actor, await this.find(answer.id));
  }

  private async begin(tx: Transaction, actor: Actor, ticketId: string, { id, body }: IncidentAnswerDto): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    const [known] = await tx.query<{ actor_id: string; ticket_id: string }>(
      'select actor_id, ticket_id from incident_answer where id = $1',
      [id],
    );
    if (known) {
      if (known.actor_id !== actor.id || known.ticket_id !== ticketId) {
        throw conflict('id_taken', 'This answer id is in use.', 'id');
      }
      return;
    }
    const children = (await tx.query<{ id: string }>(openChildren, [ticketId])).map((row) => row.id);
    const mine = await this.access.keepReadable(tx, actor, children);
    if (mine.length === 0) {
      throw conflict('no_children', 'None of its children is open and yours to answer.');
    }
    const begun = await tx.query(
      'insert into incident_answer (id, ticket_id, actor_id, body) values ($1, $2, $3, $4) on conflict do nothing returning 1',
      [id, ticketId, actor.id, storableText(body)],
    );
    if (begun.length === 0) {
      // The same order came twice at once, and the other one has written down by now who gets it.
      return this.begin(tx, actor, ticketId, { id, body });
    }
    await tx.query(
      `insert into incident_answer_child (answer_id, ticket_id, message_id)
       select $1, c.ticket, c.message from jsonb_to_recordset($2::jsonb) as c(ticket uuid, message uuid)`,
      [id, JSON.stringify(mine.map((ticket) => ({ ticket, message: uuid() })))],
    );
    const details = { answer: id, children: mine.length };
    await recordAct(tx, { actorId: actor.id, action: 'ticket.children_answered', subject: ticketId, details });
  }

  /** @returns the code of the refusal; null where it is on its way. */
  private async answer(actor: Actor, child: WaitingChild, body: string): Promise<string | null> {
    if (child.channel === null || child.identity === null) {
      return 'no_way';
    }
    try {
      const message = {
        id: child.message,
        kind: 'text' as const,
        body,
        channelId: child.channel,
        identityId: child.identity,
        ...(child.thread === null ? { subject: child.subject } : { threadId: child.thread }),
        ticketId: child.ticket,
      };
      await this.writer.write(actor, child.conversation, message, { takesWork: false });
      return null;
    } catch (error) {
      if (error instanceof ApiError) {
        return error.code;
      }
      throw error;
    }
  }

  private async find(id: string): Promise<AnswerRow> {
    const [row] = await this.database.query<AnswerRow & Record<string, unknown>>(`${answerRows} where i.id = $1`, [id]);
    if (!row) {
      throw notFound('This answer');
    }
    return row;
  }

  private async present(actor: Actor, row: AnswerRow): Promise<IncidentAnswerView> {
    const refused = row.children.filter(({ state }) => state === 'refused');
    const shown = await this.related.show(
      this.database,
      actor,
      refused.map(({ ticket }) => ticket),
    );
    return {
      id: row.id,
      at: row.at.toISOString(),
      body: row.body,
      by: row.by,
      written: row.children.filter(({ state }) => state === 'written').length,
      waiting: row.children.filter(({ state }) => state === 'waiting').length,
      refused: refused.map(({ ticket, code }) => ({
        ticket: shown.get(ticket) as RelatedTicketView,
        code: code ?? 'refused',
      })),
    };
  }
}
