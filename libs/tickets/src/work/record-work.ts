import type { Sql, Statement } from '#channels';

/** What was decided about a ticket's work, and about whom it was given to. Explain reads these facts and nothing else. */
export type WorkFact =
  | 'work.offered'
  | 'work.accepted'
  | 'work.declined'
  | 'work.expired'
  | 'work.revoked'
  | 'work.abandoned'
  | 'work.step'
  | 'work.sticky_waited'
  | 'work.reranked'
  | 'agent.away';

/** Why work waits, or waits again. */
export type QueuedReason =
  | 'new'
  | 'message'
  | 'reopened'
  | 'released'
  | 'declined'
  | 'expired'
  | 'agent_lost'
  | 'moved'
  | 'overflow'
  | 'callback'
  | 'woken'
  | 'call';

/** Why a place in line moved without anything else. */
export type RerankReason = 'priority' | 'tier' | 'step' | 'escalation' | 'queue';

interface RecordedTicket {
  id: string;
  conversationId: string;
}

const workFact: Statement = {
  name: 'work-fact',
  text: `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, $5)`,
};

/** Writes a fact about a ticket's work. `by` null is the hub. */
export async function recordWork(
  sql: Sql,
  { id, conversationId }: RecordedTicket,
  fact: { type: WorkFact; by?: string | null; payload: Record<string, unknown> },
): Promise<void> {
  await sql.query(workFact, [fact.type, conversationId, id, fact.by ?? null, JSON.stringify(fact.payload)]);
}

const boost = `
jsonb_build_object('boostMs', (extract(epoch from w.enqueued_at - w.rank_at) * 1000)::int,
  'parts', jsonb_build_object('priority', b.priority_ms, 'tier', b.tier_ms, 'overdue', b.overdue_ms))`;

const ofWork = `
from work_item w join ticket t on t.id = w.ticket_id cross join lateral work_boost(w.queue_id, t.conversation_id, t.priority, w.overdue_ms) b
where w.id = $1`;

/** Parameters: work item, reason, who. */
const queuedFact: Statement = {
  name: 'work-queued-fact',
  text: `
insert into event_log (type, conversation_id, subject_id, actor_id, payload)
select 'work.queued', t.conversation_id, t.id, $3, ${boost} || jsonb_build_object('reason', $2::text, 'queueId', w.queue_id,
  'class', w.class, 'weight', w.weight, 'skillIds', to_jsonb(w.skill_ids), 'skillLevel', w.skill_level, 'preferredAgent', w.preferred_agent)
${ofWork}`,
};

/** Writes that work waits from now on, and what its place in line is made of, as its row says. */
export async function recordQueued(
  sql: Sql,
  workId: string,
  { reason, by = null }: { reason: QueuedReason; by?: string | null },
): Promise<void> {
  await sql.query(queuedFact, [workId, reason, by]);
}

/** Writes that the place in line of waiting work moved. */
export async function recordReranked(sql: Sql, workId: string, reason: RerankReason): Promise<void> {
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, payload)
     select 'work.reranked', t.conversation_id, t.id, ${boost} || jsonb_build_object('reason', $2::text) ${ofWork}`,
    [workId, reason],
  );
}
