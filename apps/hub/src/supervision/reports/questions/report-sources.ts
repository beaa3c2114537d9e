import type { SourceName } from './report-catalogue.js';

/**
 * Rows that can be counted, all of one shape: kind, at, amount, value, ticket_id, conversation_id, channel_id, queue_id, agent_id, tags,
 * subject_id, and ref, which with the kind is a name of the row. Parameters everywhere: from, to (not included), kinds.
 */
export const sources: Record<SourceName, string> = {
  facts: `
select f.kind, f.at, f.amount, f.value, f.ticket_id, t.conversation_id, coalesce(f.channel_id, t.channel_id) as channel_id, t.queue_id,
       f.agent_id, t.tags, null::uuid as subject_id, f.id::text as ref
from report_fact f join report_ticket t on t.ticket_id = f.ticket_id
where f.kind = any ($3::text[]) and f.at >= $1 and f.at < $2`,

  // What is open stands with whoever has it now, however often it changed hands. From the beginning of time: that is what is left of it.
  standing: `
select f.kind, f.at, f.amount, f.value, f.ticket_id, t.conversation_id, t.channel_id, t.queue_id, t.owner_id as agent_id, t.tags,
       null::uuid as subject_id, f.id::text as ref
from report_fact f join report_ticket t on t.ticket_id = f.ticket_id
where f.kind = any ($3::text[]) and f.at >= $1 and f.at < $2`,

  promises: `
select c.metric || case when c.breached_at is null then ':kept' else ':broken' end as kind, coalesce(c.breached_at, c.ended_at) as at,
       1 as amount, c.consumed_ms / 1000.0::float8 as value, c.ticket_id, t.conversation_id, t.channel_id, t.queue_id, t.owner_id as agent_id,
       t.tags, null::uuid as subject_id, c.id::text as ref
from sla_clock c join report_ticket t on t.ticket_id = c.ticket_id
where (c.state = 'met' or c.breached_at is not null)
  and coalesce(c.breached_at, c.ended_at) >= $1 and coalesce(c.breached_at, c.ended_at) < $2
  and c.metric || case when c.breached_at is null then ':kept' else ':broken' end = any ($3::text[])`,

  surveys: `
select a.kind || ':asked' as kind, a.asked_at as at, 1 as amount, null::float8 as value, a.ticket_id, t.conversation_id, a.channel_id, a.queue_id,
       a.agent_id, t.tags, a.survey_id as subject_id, a.id::text as ref
from survey_ask a join report_ticket t on t.ticket_id = a.ticket_id
where a.asked_at >= $1 and a.asked_at < $2 and a.kind || ':asked' = any ($3::text[])
union all
select a.kind || ':answered' as kind, a.answered_at as at, 1 as amount, a.score::float8 as value, a.ticket_id, t.conversation_id, a.channel_id, a.queue_id,
       a.agent_id, t.tags, a.survey_id as subject_id, a.id::text as ref
from survey_ask a join report_ticket t on t.ticket_id = a.ticket_id
where a.answered_at >= $1 and a.answered_at < $2 and a.kind || ':answered' = any ($3::text[])`,

  talks: `
select e.kind, e.at, 1 as amount, null::float8 as value, b.ticket_id, b.conversation_id, b.channel_id,
       coalesce(t.queue_id, c.queue_id) as queue_id, null::uuid as agent_id, coalesce(t.tags, '{}') as tags, v.script_id as subject_id,
       b.id::text as ref
from (
  select id, 'begun' as kind, started_at as at from bot_session where started_at >= $1 and started_at < $2
  union all select id, 'bot_solved', ended_at from bot_session
    where ended_at >= $1 and ended_at < $2 and status = 'ended' and outcome = 'resolved' and handed_off_at is null and ticket_id is null
  union all select id, 'failed', ended_at from bot_session
    where ended_at >= $1 and ended_at < $2 and status = 'failed' and handed_off_at is null
  union all select id, 'handed_over', handed_off_at from bot_session where handed_off_at >= $1 and handed_off_at < $2) e
join bot_session b on b.id = e.id
join script_version v on v.id = b.version_id
left join report_ticket t on t.ticket_id = b.ticket_id
left join channel c on c.id = b.channel_id
where e.kind = any ($3::text[]) and (b.channel is distinct from 'voice' or not exists (
  select 1 from message m where m.conversation_id = b.conversation_id and m.seq = b.first_seq and m.content -> 'flags' ? 'simulated'))`,

  runs: `
select e.kind, r.event_at as at, 1 as amount, null::float8 as value, r.target_id as ticket_id, t.conversation_id, t.channel_id, t.queue_id,
       t.owner_id as agent_id, t.tags, r.rule_id as subject_id, r.id::text as ref
from rule_run r join report_ticket t on t.ticket_id = r.target_id
cross join lateral (
  select 'ran' as kind union all select 'acted' where r.state = 'done' union all select 'refused' where r.state = 'refused') e
where r.event_at >= $1 and r.event_at < $2 and e.kind = any ($3::text[])`,

  told: `
with told as materialized (
  select p.*, o.answer_days, o.purpose, coalesce(o.queue_id, c.queue_id) as queue_id
  from outreach_person p join outreach o on o.id = p.outreach_id left join channel c on c.id = p.channel_id
  where p.sent_at >= $1 and p.sent_at < $2 and p.state in ('sending', 'sent', 'unconfirmed')
  union all
  select p.*, o.answer_days, o.purpose, coalesce(o.queue_id, c.queue_id)
  from outreach_person p join outreach o on o.id = p.outreach_id left join channel c on c.id = p.channel_id
  where p.state = 'failed' and p.decided_at >= $1 and p.decided_at < $2)
select e.kind, coalesce(e.at, p.sent_at) as at, 1 as amount, null::float8 as value, null::uuid as ticket_id, c.id as conversation_id,
       p.channel_id, p.queue_id, null::uuid as agent_id, '{}'::text[] as tags, p.outreach_id as subject_id,
       p.outreach_id || '~' || p.person_id || '~' || p.round as ref
from told p join conversation c on c.customer_id = p.person_id
cross join lateral (
  select 'failed' as kind, p.decided_at as at where p.state = 'failed'
  union all select 'sent', null where p.state <> 'failed'
  union all select 'answered', null where 'answered' = any ($3::text[]) and p.state <> 'failed' and exists (
    select 1 from customer g join conversation d on d.customer_id = g.id join message m on m.conversation_id = d.id
    where coalesce(g.merged_into, g.id) = p.person_id and m.direction = 'in'
      and m.at > p.sent_at and m.at <= p.sent_at + make_interval(days => p.answer_days))
  union all select 'opted_out', null where 'opted_out' = any ($3::text[]) and p.state <> 'failed' and (
    exists (select 1 from customer_consent s
            where s.customer_id = p.person_id and s.outreach_id = p.outreach_id and s.state = 'withdrawn' and s.at >= p.sent_at)
    or exists (select 1 from mail_unsubscribe u where u.list = 'outreach ' || p.purpose and u.address = p.address and u.at >= p.sent_at)
    or exists (select 1 from opt_out o where o.channel_id = p.channel_id and o.address = p.address and o.ended_at is null and o.since >= p.sent_at))) e
where e.kind = any ($3::text[])`,
};

/** Facts by themselves: finding the tickets that they happened to takes as long as reading them. */
const factsAlone = `
select f.kind, f.at, f.amount, f.value, f.ticket_id, null::uuid as conversation_id, null::uuid as channel_id, null::uuid as queue_id, f.agent_id,
       null::text[] as tags, null::uuid as subject_id, null::text as ref
from report_fact f where f.kind = any ($3::text[]) and f.at >= $1 and f.at < $2`;

/** `isOfTickets`: whether anything of a fact's ticket is asked for. A ticket that is not counted has no facts. */
export function sourceOf(source: SourceName, isOfTickets: boolean): string {
  return !isOfTickets && (source === 'facts' || source === 'standing') ? factsAlone : sources[source];
}
