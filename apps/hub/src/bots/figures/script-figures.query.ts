/** What counts as a customer's own doing. */
const spoken = `('text', 'choice', 'digits', 'file')`;
/** How soon somebody who comes back had not been helped. */
const soon = `interval '72 hours'`;

/** People were needed for a ticket: one that a script settled by itself, or that only keeps what a customer thought of a talk, is nobody's work. */
const isWork = (ticket: string): string => `exists (select 1 from work_item w where w.ticket_id = ${ticket})`;

/**
 * One row per session of script $1 since $2, calls that somebody of ours tried left out, with what became of it:
 * engaged: the customer did anything after it began · calm: it ended as resolved, no person was needed, and nothing was opened for one ·
 * again: the person had a further talk or ticket within 72 hours, or answered a survey with a low score.
 */
export const sessions = `
with begun as materialized (
  select b.id, b.version_id, v.version, b.channel, b.status, b.node, b.turn, b.outcome, b.reason, b.started_at, b.ended_at, b.handed_off_at,
    b.ticket_id, b.conversation_id
  from script_version v join bot_session b on b.version_id = v.id
  where v.script_id = $1 and b.started_at >= $2
    and (b.channel is distinct from 'voice' or not exists (
      select 1 from message m where m.conversation_id = b.conversation_id and m.seq = b.first_seq and m.content -> 'flags' ? 'simulated'))),
turned as materialized (
  select t.session_id, t.turn, t.event, t.node, t.option, t.missed, t.nodes
  from begun b join bot_turn t on t.session_id = b.id),
calm as materialized (
  select b.id, b.conversation_id, b.ended_at, coalesce(k.merged_into, k.id) as root
  from begun b join conversation c on c.id = b.conversation_id join customer k on k.id = c.customer_id
  where b.status = 'ended' and b.outcome = 'resolved' and b.handed_off_at is null and not ${isWork('b.ticket_id')}),
spoke as materialized (select distinct session_id from turned where event in ${spoken}),
theirs as materialized (
  select calm.id, calm.ended_at, c.id as conversation_id from calm join conversation c on c.customer_id = calm.root
  union all
  select calm.id, calm.ended_at, c.id from calm join customer g on g.merged_into = calm.root join conversation c on c.customer_id = g.id),
again as materialized (
  select b.id from theirs b where exists (
    select 1 from bot_session n where n.conversation_id = b.conversation_id and n.started_at > b.ended_at
      and n.started_at <= b.ended_at + ${soon} and (n.turn > 1 or n.handed_off_at is not null))
  union
  select b.id from theirs b where exists (
    select 1 from ticket t where t.conversation_id = b.conversation_id and t.opened_at > b.ended_at and t.opened_at <= b.ended_at + ${soon} and ${isWork('t.id')})
  union
  select calm.id from calm where exists (
    select 1 from survey_ask a join survey s on s.id = a.survey_id
    where a.customer_id = calm.root and a.asked_at > calm.ended_at and a.asked_at <= calm.ended_at + ${soon}
      and a.score <= coalesce(s.low_score, case s.kind when 'nps' then 6 else 2 end)))`;

const flags = `
select b.*, spoke.session_id is not null as engaged, calm.id is not null and again.id is null as contained, again.id is not null as falsely,
  b.outcome = 'abandoned' and b.handed_off_at is null as dropped
from begun b left join spoke on spoke.session_id = b.id left join calm on calm.id = b.id left join again on again.id = b.id`;

const counts = `count(*)::int as started, count(*) filter (where contained)::int as contained,
  count(*) filter (where handed_off_at is not null)::int as "handedOff"`;

/** One row: the whole, and the parts by version, channel, reason and node, as JSON. */
export const scriptFigures = `${sessions},
judged as materialized (${flags}),
visited as (select entered as node, count(*)::int as visits from turned t, unnest(t.nodes) entered group by entered),
left_at as (select node, count(*)::int as dropped from judged where dropped and node is not null group by node),
missed as (select node, count(*)::int as misses from turned where missed and node is not null group by node),
chosen as (
  select node, jsonb_agg(jsonb_build_object('option', option, 'count', n) order by n desc, option) as options
  from (select node, option, count(*)::int as n from turned where option is not null and node is not null group by node, option) o group by node),
nodes as (
  select node, coalesce(v.visits, 0) as visits, coalesce(l.dropped, 0) as dropped, coalesce(m.misses, 0) as misses, coalesce(c.options, '[]') as options
  from visited v full join left_at l using (node) full join missed m using (node) full join chosen c using (node))
select ${counts},
  count(*) filter (where engaged)::int as engaged,
  count(*) filter (where falsely)::int as "falselyContained",
  count(*) filter (where dropped)::int as dropped,
  count(*) filter (where status = 'failed')::int as failed,
  percentile_cont(0.5) within group (order by turn) as "medianTurns",
  round((percentile_cont(0.5) within group (order by extract(epoch from handed_off_at - started_at)) filter (where handed_off_at is not null))::numeric)::int
    as "medianSecondsToPerson",
  (select avg(missed::int)::float8 from turned where event in ('text', 'digits')) as "missRate",
  coalesce((select jsonb_agg(jsonb_build_object('reason', reason, 'count', n) order by n desc, reason)
    from (select coalesce(reason, '') as reason, count(*)::int as n from judged where handed_off_at is not null group by 1) r), '[]') as "handoffReasons",
  coalesce((select jsonb_agg(to_jsonb(v) order by v.version desc) from (
    select version, version_id as "versionId", ${counts}, count(*) filter (where dropped)::int as dropped from judged group by version, version_id) v), '[]') as versions,
  coalesce((select jsonb_agg(to_jsonb(c) order by c.started desc) from (
    select channel, ${counts} from judged where channel is not null group by channel) c), '[]') as channels,
  coalesce((select jsonb_agg(to_jsonb(n) order by n.visits desc, n.node) from nodes n), '[]') as nodes
from judged`;

/** The latest talks of script $1, for a replay. */
export const latestSessions = `
select b.id, b.conversation_id as conversation, v.version, coalesce(b.channel, '') as channel, b.started_at as "startedAt", b.turn as turns,
  b.status, b.outcome, b.node
from script_version v join bot_session b on b.version_id = v.id
where v.script_id = $1 order by b.started_at desc limit 50`;
