/**
 * Draws at random, and the same again from the same seed: the tickets of each agent in the order of what the seed makes of each id, so
 * that each is as likely as any other, whoever asks. It is done where the tickets are, however many there are. One of each agent comes
 * first, so that whoever stops half-way has looked at everybody.
 *
 * Parameters: first day, last day, zone, queues in reach (null: all), agents, queues, channels (empty: all), seed, how many of each agent,
 * how many at most.
 */
export const drawTickets = `
with bounds as (
  select ($1::date)::timestamp at time zone $3 as first, ($2::date + 1)::timestamp at time zone $3 as after),
frame as materialized (
  select t.id, t.owner_id, sha256(convert_to($8 || ':' || t.id, 'UTF8')) as lot
  from bounds, ticket t join conversation c on c.id = t.conversation_id and c.erased_at is null
  where t.solved_at >= bounds.first and t.solved_at < bounds.after and t.merged_into is null and t.spam_at is null and t.owner_id is not null
    and ($4::uuid[] is null or t.queue_id = any ($4))
    and (cardinality($5::uuid[]) = 0 or t.owner_id = any ($5))
    and (cardinality($6::uuid[]) = 0 or t.queue_id = any ($6))
    and (cardinality($7::uuid[]) = 0 or exists (select 1 from message m where m.ticket_id = t.id and m.channel_id = any ($7)))),
placed as (select *, row_number() over (partition by owner_id order by lot) as place from frame)
select id, owner_id as "agentId", (select count(*)::int from frame) as population
from placed where place <= $9 order by place, lot limit $10`;

const inReach = (ticket: string): string => `($1::uuid[] is null or ${ticket}.queue_id = any ($1))`;

/**
 * Of its tickets those count that are in a queue in reach now. Of how many it was drawn counts tickets of every queue of whoever drew it, and
 * the seed draws among them again: both are for those who have all queues in reach, and for whoever drew it. Parameters: queues in reach (null: all), who asks, the sample or null.
 */
export const sampleRows = `
select s.id, s.name, s.version, s.wish, case when whole.seen then s.seed end as seed, case when whole.seen then s.population end as population, s.made_by as "byId", a.name as "byName", s.made_at as at,
       seen.tickets, seen.reviewed
from quality_sample s join agent a on a.id = s.made_by
cross join lateral (select $1::uuid[] is null or s.made_by = $2 as seen) whole
cross join lateral (
  select count(*)::int as tickets, count(r.id)::int as reviewed
  from quality_sample_ticket q join ticket t on t.id = q.ticket_id
  left join quality_review r on r.sample_id = s.id and r.ticket_id = q.ticket_id and r.reopened_at is null
  where q.sample_id = s.id and ${inReach('t')}) seen
where (seen.tickets > 0 or s.made_by = $2) and ($3::uuid is null or s.id = $3)
order by s.id desc limit 100`;

/** Parameters: queues in reach (null: all), the sample, one ticket or null. */
export const sampleTickets = `
select t.id, t.number::int, t.prefix, t.subject, t.conversation_id as conversation, q.id as "queueId", q.name as "queueName",
       a.id as "agentId", a.name as "agentName", r.id as "reviewId", r.total::float8, r.failed
from quality_sample_ticket drawn join ticket t on t.id = drawn.ticket_id join queue q on q.id = t.queue_id
join agent a on a.id = drawn.agent_id
left join quality_review r on r.sample_id = drawn.sample_id and r.ticket_id = drawn.ticket_id and r.reopened_at is null
where drawn.sample_id = $2 and ${inReach('t')} and ($3::uuid is null or t.id = $3)
order by drawn.ordinal`;
