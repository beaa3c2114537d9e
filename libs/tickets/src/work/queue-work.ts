import { v7 as uuid } from 'uuid';
import type { Sql, Statement } from '#channels';
import type { WorkClass, WorkSize } from '../routing/work-class.js';
import { recordQueued, recordReranked, type QueuedReason, type RerankReason } from './record-work.js';

/** When the first step of queue `q` is due for work that waits since `since`; null where it has none. */
const firstStep = (since: string) => `${since} + (q.steps -> 0 ->> 'afterSecs')::int * interval '1 second'`;

/** The time between step `w.step` of queue `q` and the one before it. */
const stepGap = `((q.steps -> w.step::int ->> 'afterSecs')::int
  - case when w.step > 0 then coalesce((q.steps -> (w.step - 1) ->> 'afterSecs')::int, 0) else 0 end) * interval '1 second'`;

const rankOf = (boost: string) => `w.enqueued_at - ${boost} * interval '1 millisecond'`;

/** Parameters: work item, ticket, queue, class, weight, agent or null, since when it waits (null: now). */
const begin: Statement = {
  name: 'work-begin',
  text: `
insert into work_item (id, ticket_id, queue_id, class, weight, state, preferred_agent, skill_ids, skill_level, enqueued_at, rank_at, next_step_at)
select $1, t.id, q.id, $4, $5, 'queued', $6, q.skill_ids, q.skill_level, coalesce($7::timestamptz, now()),
       coalesce($7::timestamptz, now()) - b.boost_ms * interval '1 millisecond', ${firstStep('now()')}
from ticket t join queue q on q.id = $3 cross join lateral work_boost(q.id, t.conversation_id, t.priority, 0) b
where t.id = $2`,
};

export interface WorkWish {
  preferredAgent?: string | null;
  class?: WorkClass;
  weight?: number;
  /** null: nobody waits, for it is taken in the same transaction. */
  reason?: QueuedReason | null;
  by?: string | null;
  /** When the wait began that it goes on with; null: now. */
  since?: Date | null;
}

/**
 * A routing life for a ticket that has none: it was opened by hand, or its last one ended. It asks for what its queue asks for, and its
 * place in line has the head start of its ticket's priority and its person's tier.
 */
export async function openWork(
  sql: Sql,
  ticket: { id: string; queueId: string },
  { preferredAgent = null, class: of = 'async', weight = 5, reason = 'new', by = null, since = null }: WorkWish = {},
): Promise<string> {
  const id = uuid();
  await sql.query(begin, [id, ticket.id, ticket.queueId, of, weight, preferredAgent, since]);
  if (reason !== null) {
    await recordQueued(sql, id, { reason, by });
  }
  return id;
}

/**
 * Puts live work back in line, in the place it had. `exclude`: somebody who is passed over from now on, beside those before; null where
 * everybody is asked anew. A step that came due while somebody held it begins its time again.
 */
export async function requeueWork(
  sql: Sql,
  workId: string,
  { exclude, keeps, reason, by }: { exclude: string | null; keeps: boolean; reason: QueuedReason; by: string | null },
): Promise<void> {
  await sql.query(
    `update work_item w
     set state = 'queued',
         excluded_agents = case when $2::uuid is not null then array_append(w.excluded_agents, $2) when $3 then w.excluded_agents else '{}' end,
         next_step_at = case when w.state = 'assigned' then clock_timestamp() + ${stepGap} else w.next_step_at end
     from queue q where q.id = w.queue_id and w.id = $1`,
    [workId, exclude, keeps],
  );
  await forgetBroadcast(sql, workId);
  await recordQueued(sql, workId, { reason, by });
}

/** Puts live work in line in another queue: since when it waits stays, what the queue asks for and its steps begin anew. */
export async function moveWork(
  sql: Sql,
  workId: string,
  { queueId, reason, by }: { queueId: string; reason: QueuedReason; by: string | null },
): Promise<void> {
  await sql.query(
    `update work_item w
     set state = 'queued', queue_id = q.id, excluded_agents = '{}', skill_ids = q.skill_ids, skill_level = q.skill_level, ring = 1,
         also_queues = '{}', step = 0, next_step_at = ${firstStep('clock_timestamp()')}, rank_at = ${rankOf('b.boost_ms')}
     from queue q, ticket t, lateral work_boost(q.id, t.conversation_id, t.priority, (select o.overdue_ms from work_item o where o.id = $1)) b
     where w.id = $1 and q.id = $2 and t.id = w.ticket_id`,
    [workId, queueId],
  );
  await forgetBroadcast(sql, workId);
  await recordQueued(sql, workId, { reason, by });
}

/** Live work waits from now on, as work of another size, with all that its queue asks for and does. */
export async function startWaiting(
  sql: Sql,
  workId: string,
  size: WorkSize,
  preferredAgent: string | null,
): Promise<void> {
  await sql.query(
    `update work_item w
     set state = 'queued', class = $2, weight = $3, preferred_agent = coalesce($4, w.preferred_agent), excluded_agents = '{}',
         skill_ids = case when w.skill_ids = '{}' then q.skill_ids else w.skill_ids end, ring = 1, also_queues = '{}', step = 0,
         enqueued_at = clock_timestamp(), rank_at = clock_timestamp() - b.boost_ms * interval '1 millisecond',
         next_step_at = ${firstStep('clock_timestamp()')}
     from queue q, ticket t, lateral work_boost(q.id, t.conversation_id, t.priority, (select o.overdue_ms from work_item o where o.id = $1)) b
     where w.id = $1 and q.id = w.queue_id and t.id = w.ticket_id`,
    [workId, size.class, size.weight, preferredAgent],
  );
}

/** Nobody is asked any more, and everybody may be asked again. */
export async function forgetBroadcast(sql: Sql, workId: string): Promise<void> {
  await sql.query('delete from work_broadcast where work_item_id = $1', [workId]);
}

const rerank = (which: string) => `
update work_item w set rank_at = should.rank_at
from (select w.id, ${rankOf('b.boost_ms')} as rank_at
      from work_item w join ticket t on t.id = w.ticket_id
      cross join lateral work_boost(w.queue_id, t.conversation_id, t.priority, w.overdue_ms) b
      where w.state in ('queued', 'offered', 'assigned') and ${which}) should
where w.id = should.id and w.rank_at <> should.rank_at
returning w.id, w.state, w.queue_id as "queueId"`;

/** Work whose place in line moved. */
export interface Reranked {
  id: string;
  state: string;
  queueId: string;
}

/** Puts a ticket's live work where its priority and tier say, and `addMs` further ahead. The ticket's conversation must be locked. */
export async function rerankTicket(
  sql: Sql,
  ticketId: string,
  { reason, addMs = 0 }: { reason: RerankReason; addMs?: number },
): Promise<Reranked[]> {
  if (addMs > 0) {
    await sql.query(
      `update work_item set overdue_ms = overdue_ms + $2 where ticket_id = $1 and state in ('queued', 'offered', 'assigned')`,
      [ticketId, addMs],
    );
  }
  return recordAll(
    sql,
    await sql.query<Reranked & Record<string, unknown>>(rerank('w.ticket_id = $1'), [ticketId]),
    reason,
  );
}

/** The same for all live work of a person whose tier changed, by a conversation of theirs. Their conversations must be locked. */
export async function rerankPerson(sql: Sql, conversationId: string): Promise<Reranked[]> {
  const ofPerson = `t.conversation_id in (
    select c.id from conversation c join customer k on k.id = c.customer_id
    where coalesce(k.merged_into, k.id) = (select coalesce(mine.merged_into, mine.id) from customer mine
      join conversation here on here.customer_id = mine.id where here.id = $1))`;
  return recordAll(
    sql,
    await sql.query<Reranked & Record<string, unknown>>(rerank(ofPerson), [conversationId]),
    'tier',
  );
}

async function recordAll(sql: Sql, moved: Reranked[], reason: RerankReason): Promise<Reranked[]> {
  for (const { id } of moved.filter(({ state }) => state !== 'assigned')) {
    await recordReranked(sql, id, reason);
  }
  return moved;
}

/**
 * After a queue's head starts or steps changed: its waiting work stands where they say now, and its next step is due when they say. What
 * was decided before keeps its record; this is a change of the queue's settings, which has its own.
 */
export async function reorderQueue(sql: Sql, queueId: string): Promise<void> {
  await sql.query(rerank(`w.queue_id = $1 and w.state = 'queued'`), [queueId]);
  await sql.query(
    `update work_item w set next_step_at = w.enqueued_at + (q.steps -> w.step::int ->> 'afterSecs')::int * interval '1 second'
     from queue q where q.id = w.queue_id and w.queue_id = $1 and w.state in ('queued', 'offered')`,
    [queueId],
  );
}

/** When the next step of work is due that has just done one: as long after it as the queue says. */
export const nextStepAt = `clock_timestamp() + ${stepGap}`;
