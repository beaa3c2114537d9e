/** Tickets that one reads at once. */
export const mostListed = 500;

/** Parameters: agent. */
const live = `t.owner_id = $1 and t.state in ('new', 'open', 'pending', 'on_hold')`;
/** Parameters: agent, queues; null: all. */
const within = '($2::uuid[] is null or t.queue_id = any ($2))';

/** All that an agent has in some queues, the longest open first. Parameters: agent, queues. */
export const heldTickets = `select t.id from ticket t where ${live} and ${within} order by t.opened_at, t.id`;

/** The same for people. */
export const readWork = `
select count(*) filter (where ${within})::int as count, count(*) filter (where not ${within})::int as elsewhere,
       coalesce((
         select jsonb_agg(jsonb_build_object('id', l.id, 'number', l.number, 'prefix', l.prefix, 'conversation', l.conversation) order by l.opened_at, l.id)
         from (
           select t.id, t.number, t.prefix, t.opened_at, top.id as conversation
           from ticket t join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id
           join conversation top on top.customer_id = coalesce(k.merged_into, k.id)
           where ${live} and ${within} order by t.opened_at, t.id limit ${String(mostListed)}) l), '[]') as tickets
from ticket t where ${live}`;

/** An agent who works in some queues, or has work there. Parameters: agent, queues. */
export const agentWithin = `
select a.status, exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp()) as present
from agent a
where a.id = $1 and a.disabled_at is null and ($2::uuid[] is null
  or exists (select 1 from queue_member m where m.agent_id = a.id and m.queue_id = any ($2))
  or exists (select 1 from ticket t where ${live} and ${within}))`;

/** Parameters: agent, status, who set it, what they said. */
export const setStatus = `
update agent set status = $2, status_reason = 'supervisor', status_by = $3, status_words = $4, missed_offers = 0,
       idle_since = case when $2 = 'online' and status <> 'online' and used_units = 0 then clock_timestamp() else idle_since end
where id = $1`;
