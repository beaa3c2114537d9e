import type { Statement } from '#channels';
import { isServing } from '#tickets';
import { openHands } from '../steering/steering.query.js';

const metrics = ['first_response', 'next_response', 'resolution'];
const shownTickets = 5;

/** How many of each metric, none left out. `counts` is a relation of metric and n. */
const byMetric = (counts: string): string => `(
  select jsonb_object_agg(m.name, coalesce((select sum(c.n)::int from ${counts} c where c.metric = m.name), 0))
  from unnest('{${metrics.join(',')}}'::text[]) m(name))`;

const inScope = (queue: string): string => `($1::uuid[] is null or ${queue} = any ($1))`;

/** How many in each hour of today. `counts` is a relation of hour and n. */
const byHour = (counts: string): string => `(
  select jsonb_agg(coalesce((select c.n from ${counts} c where c.hour = h.hour), 0) order by h.hour) from generate_series(0, 23) h(hour))`;

const hourOf = (at: string): string => `extract(hour from ${at} at time zone today.tz)::int`;

/** A call that somebody tried out of the settings is no caller. */
const isReal = `(b.channel is distinct from 'voice' or not exists (
  select 1 from message m where m.conversation_id = b.conversation_id and m.seq = b.first_seq and m.content -> 'flags' ? 'simulated'))`;

/** What is told of today, by rows of its own: no counter that could drift. */
const ofToday = `
clock as materialized (select clock_timestamp() as now),
today as materialized (
  select now, tz, (now at time zone tz)::date as day, date_trunc('day', now at time zone tz) at time zone tz as since
  from clock, lateral (select coalesce((select value ->> 'timeZone' from setting where key = 'company'), 'UTC') as tz) company),
opened as materialized (
  select t.id, t.queue_id, t.opened_at from ticket t, today
  where t.opened_at >= today.since and t.merged_into is null and t.spam_at is null and ${inScope('t.queue_id')}),
arrivals as materialized (select ${hourOf('o.opened_at')} as hour, count(*)::int as n from opened o, today group by 1),
solutions as materialized (
  select ${hourOf('t.solved_at')} as hour, count(*)::int as n from ticket t, today
  where t.solved_at >= today.since and t.merged_into is null and t.spam_at is null and ${inScope('t.queue_id')} group by 1),
replies as materialized (
  select count(r.at)::int as n, percentile_cont(0.5) within group (order by extract(epoch from r.at - o.opened_at)) as seconds
  from opened o cross join lateral (
    select min(m.at) as at from message m where m.ticket_id = o.id and m.author = 'agent' and m.direction = 'out') r
  where r.at is not null),
talks as materialized (
  select count(*)::int as n, count(*) filter (where e.solved)::int as solved
  from (
    select id, outcome = 'resolved' and status = 'ended' and handed_off_at is null and ticket_id is null as solved
    from bot_session, today where ended_at >= today.since and handed_off_at is null
    union all select id, false from bot_session, today where handed_off_at >= today.since) e
  join bot_session b on b.id = e.id
  left join ticket t on t.id = b.ticket_id left join channel c on c.id = b.channel_id
  where ${inScope('coalesce(t.queue_id, c.queue_id)')} and ${isReal}),
settled as materialized (
  select t.queue_id, s.metric, s.breached_at is not null as broken, count(*)::int as n
  from sla_clock s join ticket t on t.id = s.ticket_id, today
  where (s.state = 'met' or s.breached_at is not null) and coalesce(s.breached_at, s.ended_at) >= today.since and ${inScope('t.queue_id')}
  group by 1, 2, 3),
broken as materialized (select * from settled where settled.broken)`;

/** What stands open: as much as there is live work, however much there was. */
const ofNow = `
live as materialized (
  select w.id, w.queue_id, w.ticket_id, w.state, w.enqueued_at from work_item w
  where w.state in ('queued', 'offered', 'assigned') and ${inScope('w.queue_id')}),
work as materialized (
  select queue_id, count(*) filter (where state <> 'assigned')::int as waiting, min(enqueued_at) filter (where state <> 'assigned') as since,
         count(*) filter (where state = 'assigned')::int as held
  from live group by queue_id),
risks as materialized (
  select t.queue_id, s.metric, count(*)::int as n from sla_clock s join ticket t on t.id = s.ticket_id
  where s.state = 'running' and s.wake_at is not null and s.warned_at is not null and s.breached_at is null and ${inScope('t.queue_id')}
  group by 1, 2),
here as materialized (
  select p.agent_id, min(p.since) as since from agent_presence p, clock where p.lease_until > clock.now group by 1),
holding as materialized (
  select a.agent_id, l.ticket_id, row_number() over (partition by a.agent_id order by a.accepted_at desc, a.id) as place,
         count(*) over (partition by a.agent_id)::int as n
  from live l join assignment a on a.work_item_id = l.id and a.state = 'accepted' where l.state = 'assigned'),
shown as materialized (
  select h.agent_id, max(h.n) as n, jsonb_agg(jsonb_build_object(
      'id', t.id, 'number', t.number, 'prefix', t.prefix, 'conversation', top.id) order by h.place) as tickets
  from holding h join ticket t on t.id = h.ticket_id
  join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id
  join conversation top on top.customer_id = coalesce(k.merged_into, k.id)
  where h.place <= ${String(shownTickets)} group by 1),
agents as materialized (
  select a.id, a.name, case when here.agent_id is null then 'offline' else a.status end as status,
         case when here.agent_id is null then a.left_at else greatest(a.status_since, here.since) end as since,
         a.used_units, a.cap_units, member.queue_ids, shown.n as held, shown.tickets,
         (select max(s.last_seen_at) from session s where s.agent_id = a.id and s.revoked_at is null) as seen
  from agent a
  left join here on here.agent_id = a.id
  left join shown on shown.agent_id = a.id
  cross join lateral (
    select coalesce(array_agg(m.queue_id order by m.queue_id), '{}') as queue_ids from queue_member m
    where m.agent_id = a.id and ${inScope('m.queue_id')}) member
  where a.disabled_at is null and (member.queue_ids <> '{}' or shown.n > 0)),
lines as materialized (
  select p.phase, count(*)::int as n from phone_call p join channel c on c.id = p.channel_id left join ticket t on t.id = p.ticket_id
  where p.ended_at is null and p.direction = 'in' and p.phase <> 'over' and ${inScope('coalesce(t.queue_id, c.queue_id)')} group by 1),
queues as materialized (
  select q.id, q.name, ${isServing('q')} as is_open, work.waiting, work.since, work.held,
         (select count(*)::int from agents a where a.status = 'online' and q.id = any (a.queue_ids)) as staffed,
         (select sum(r.n)::int from risks r where r.queue_id = q.id) as at_risk,
         (select sum(b.n)::int from broken b where b.queue_id = q.id) as broken,
         (select coalesce(sum(s.n) filter (where not s.broken), 0)::int from settled s
          where s.queue_id = q.id and s.metric = 'first_response') as in_time,
         (select coalesce(sum(s.n), 0)::int from settled s where s.queue_id = q.id and s.metric = 'first_response') as answered
  from queue q left join work on work.queue_id = q.id where q.retired_at is null and ${inScope('q.id')})`;

const queueRows = `(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', q.id, 'name', q.name, 'isOpen', q.is_open, 'waiting', coalesce(q.waiting, 0), 'waitingSince', q.since,
    'inProgress', coalesce(q.held, 0), 'staffed', q.staffed, 'atRisk', coalesce(q.at_risk, 0), 'broken', coalesce(q.broken, 0),
    'answered', jsonb_build_object('inTime', q.in_time, 'of', q.answered)) order by q.name, q.id), '[]') from queues q)`;

const agentRows = `(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', a.id, 'name', a.name, 'status', a.status, 'since', a.since, 'load', jsonb_build_object('used', a.used_units, 'of', a.cap_units),
    'held', coalesce(a.held, 0), 'tickets', coalesce(a.tickets, '[]'), 'lastActiveAt', a.seen, 'queueIds', to_jsonb(a.queue_ids))
    order by a.name, a.id), '[]') from agents a)`;

const limits = `(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', t.id, 'queueId', t.queue_id, 'measure', t.measure, 'limit', t.at_limit, 'forSeconds', t.for_secs) order by t.measure, t.id), '[]')
  from board_threshold t where ${inScope('t.queue_id')})`;

/** What is told of an alert `b`. */
export const alertColumns = `'id', b.id, 'queueId', b.queue_id, 'queueName', (select q.name from queue q where q.id = b.queue_id),
    'measure', b.measure, 'limit', b.at_limit, 'value', b.value, 'raisedAt', b.raised_at, 'endedAt', b.ended_at`;

const alerts = `(
  select coalesce(jsonb_agg(jsonb_build_object(${alertColumns}) order by b.raised_at, b.id), '[]')
  from board_alert b where b.ended_at is null and ${inScope('b.queue_id')})`;

/**
 * The whole board as of one snapshot, so that its numbers fit together. Parameter: the queues that its reader watches; null: all.
 */
export const readBoard: Statement = {
  name: 'board-read',
  text: `
with ${ofToday}, ${ofNow}
select jsonb_build_object(
  'at', today.now, 'zone', today.tz, 'day', today.day,
  'waiting', (select coalesce(sum(waiting), 0)::int from work), 'waitingSince', (select min(since) from work),
  'atRisk', ${byMetric('risks')}, 'broken', ${byMetric('broken')},
  'agentsBy', (select jsonb_object_agg(s.name, (select count(*)::int from agents a where a.status = s.name))
               from unnest('{online,busy,away,offline}'::text[]) s(name)),
  'bots', (select jsonb_build_object('solved', solved, 'of', n) from talks),
  'firstReply', (select jsonb_build_object('seconds', seconds, 'of', n) from replies),
  'hours', jsonb_build_object('arrived', ${byHour('arrivals')}, 'solved', ${byHour('solutions')}),
  'calls', (select jsonb_build_object('onLine', coalesce(sum(n), 0)::int, 'waiting', coalesce(sum(n) filter (where phase = 'waiting'), 0)::int,
      'ringing', coalesce(sum(n) filter (where phase = 'ringing'), 0)::int, 'talking', coalesce(sum(n) filter (where phase in ('talking', 'handing')), 0)::int)
    from lines),
  'queues', ${queueRows}, 'agents', ${agentRows}, 'thresholds', ${limits}, 'alerts', ${alerts}, 'hands', ${openHands}) as board
from today`,
};
