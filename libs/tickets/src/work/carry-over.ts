import type { Sql } from '#channels';
import { changeTicket, type TicketChanged } from '../tickets/change-ticket.js';
import { holdTicket } from './hold.js';

/**
 * Takes a ticket over into another queue because its own is going away: that is nobody's decision about the ticket. Whoever holds it
 * keeps it; what waits goes on waiting in the other queue since when it began to. A closed ticket is read-only and stays: 'illegal'.
 */
export async function carryOver(
  sql: Sql,
  { ticketId, queueId, by }: { ticketId: string; queueId: string; by: string | null },
): Promise<TicketChanged> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.work?.state !== 'assigned') {
    return changeTicket(sql, { ticketId, version: ticket.version, queueId, by });
  }
  await sql.query(
    `update work_item w
     set queue_id = q.id, skill_ids = q.skill_ids, skill_level = q.skill_level, ring = 1, also_queues = '{}', step = 0, next_step_at = null,
         rank_at = w.enqueued_at - b.boost_ms * interval '1 millisecond'
     from queue q, ticket t, lateral work_boost(q.id, t.conversation_id, t.priority, (select o.overdue_ms from work_item o where o.id = $1)) b
     where w.id = $1 and q.id = $2 and t.id = w.ticket_id`,
    [ticket.work.id, queueId],
  );
  await sql.query('update ticket set queue_id = $2 where id = $1', [ticket.id, queueId]);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.changed', $1, $2, $3, jsonb_build_object('from', $4::text, 'to', $4::text))`,
    [ticket.conversationId, ticket.id, by, ticket.state],
  );
  return { outcome: 'changed', ticket, to: ticket.state, queued: null, freedAgent: null };
}
