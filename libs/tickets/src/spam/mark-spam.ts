import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { changeTicket, type TicketChanged } from '../tickets/change-ticket.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { openWork } from '../work/queue-work.js';

export interface SpamWish {
  ticketId: string;
  /** The agent who says so. */
  by: string;
}

export type SpamMarked =
  /** `ticket` is as it was before. */
  | { outcome: 'marked'; ticket: HeldTicket }
  | { outcome: 'unmarked'; ticket: HeldTicket; queued: string }
  /** It is marked already, or was not. */
  | { outcome: 'same' }
  /** A closed ticket that is no spam is read-only. */
  | { outcome: 'closed' }
  | Extract<TicketChanged, { outcome: 'children_open' }>
  | { outcome: 'absent' };

/** Closes a ticket as spam, solved on the way, since no other leads there. The mark comes first: who hears that it is solved sees it. */
export async function markSpam(sql: Sql, { ticketId, by }: SpamWish): Promise<SpamMarked> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.state === 'closed') {
    return { outcome: (await isSpam(sql, ticketId)) ? 'same' : 'closed' };
  }
  await sql.query('update ticket set spam_at = clock_timestamp() where id = $1', [ticketId]);
  const solved = ticket.state === 'solved' ? null : await moveTo(sql, ticketId, 'solved', by);
  if (solved?.outcome === 'children_open') {
    await sql.query('update ticket set spam_at = null where id = $1', [ticketId]);
    return solved;
  }
  await moveTo(sql, ticketId, 'closed', by);
  await record(sql, ticket, by, true);
  return { outcome: 'marked', ticket };
}

/** Takes the mark back: the ticket is open again, and its work waits for whoever had it. */
export async function unmarkSpam(sql: Sql, { ticketId, by }: SpamWish): Promise<SpamMarked> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (!(await isSpam(sql, ticketId))) {
    return { outcome: 'same' };
  }
  const journal = uuid();
  await sql.query(
    `insert into merge_journal (id, kind, before, actor_id)
     select $1, 'ticket_reopen', jsonb_build_object(t.id, jsonb_build_object('state', t.state, 'merged_into', t.merged_into)), $3
     from ticket t where t.id = $2`,
    [journal, ticketId, by],
  );
  await sql.query(`select set_config('peyk.journal', $1, true)`, [journal]);
  const [reopened] = await sql.query<{ queue: string }>(
    `update ticket t
     set state = 'open', spam_at = null, owner_id = null, solved_at = null, closed_at = null, reopen_until = null,
         queue_id = coalesce((select q.moved_to from queue q where q.id = t.queue_id), t.queue_id)
     where t.id = $1 returning t.queue_id as queue`,
    [ticketId],
  );
  const queueId = reopened?.queue ?? ticket.queueId;
  await sql.query(`select set_config('peyk.journal', '', true)`);
  await openWork(sql, { id: ticketId, queueId }, { preferredAgent: ticket.ownerId, reason: 'reopened', by });
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values
       ('ticket.changed', $1, $2, $3, jsonb_build_object('from', $4::text, 'to', 'open')),
       ('ticket.reopened', $1, $2, $3, jsonb_build_object('why', 'not_spam'))`,
    [ticket.conversationId, ticketId, by, ticket.state],
  );
  await record(sql, ticket, by, false);
  return { outcome: 'unmarked', ticket, queued: queueId };
}

async function isSpam(sql: Sql, ticketId: string): Promise<boolean> {
  return (await sql.query('select 1 from ticket where id = $1 and spam_at is not null', [ticketId])).length > 0;
}

/** The row is locked, so the version that is read is the one that it has. */
async function moveTo(sql: Sql, ticketId: string, state: 'solved' | 'closed', by: string): Promise<TicketChanged> {
  const [row] = await sql.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
  return changeTicket(sql, { ticketId, version: row?.version ?? 0, state, by });
}

async function record(sql: Sql, ticket: HeldTicket, by: string, spam: boolean): Promise<void> {
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.spam', $1, $2, $3, jsonb_build_object('spam', $4::boolean))`,
    [ticket.conversationId, ticket.id, by, spam],
  );
}
