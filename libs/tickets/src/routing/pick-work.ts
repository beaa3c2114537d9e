import type { Sql, Statement } from '#channels';
import type { WorkClass } from './work-class.js';
import { hasPhone, hasSkills, isQuiet, isServing, isThere, serves, stickySecs, unitsBeside } from './eligibility.js';

/** The next match of a queue: the first item in line that somebody can have, and who can, best first. */
export interface PickedWork {
  workId: string;
  ticketId: string;
  queueId: string;
  class: WorkClass;
  strategy: 'longest_idle' | 'least_loaded' | 'round_robin' | 'broadcast';
  /** How long somebody has to say yes; null: nobody is asked. A call always rings. */
  acceptSecs: number | null;
  /** Everybody who can have it now, best first. */
  agentIds: string[];
  why: 'sticky' | 'skill' | 'longest_idle' | 'least_loaded' | 'round_robin' | 'broadcast';
  candidates: Candidate[];
  waitedMs: number;
  /** Items before it in line, counted up to a thousand: nobody who is free can have those. */
  ahead: number;
  /** The agent it was kept for, who was there and had no room until its time for that was over. */
  keptFor: string | null;
}

/** Somebody who could have it, as they were compared. One of idleMs, load and sinceMs is there. */
export interface Candidate {
  agentId: string;
  /** Sum of their levels in the skills that are asked for. */
  skill: number;
  idleMs?: number | null;
  load?: number;
  sinceMs?: number | null;
  isSticky: boolean;
}

const ms = (from: string) =>
  `case when isfinite(${from}) then floor(extract(epoch from clock_timestamp() - ${from}) * 1000)::float8 end`;
const waiting = (item: string, queue: string) => `${item}.queue_id = ${queue} and ${item}.state = 'queued'`;
const itemColumns = `w.id, w.rank_at, w.queue_id, w.demand, w.class, w.weight, w.ring, w.skill_ids, w.skill_level, w.also_queues`;

/**
 * The next match of one queue as a subquery. Waiting work is looked at by its demand (class, weight, ring, skills), of which a queue has a
 * few dozen however long it is, in the order of the first item of each; the search ends where no later one could come before what was
 * found. So it does not matter how many wait, nor how many of them nobody can take. `queue` and `agent` are SQL, with names of their own;
 * with `agent` only that agent is considered.
 */
export function pickIn(queue: string, agent: string | null = null): string {
  return `
with recursive ${lineOf(queue)}${roomFor(queue, agent)}${demands}${search}${answer}`;
}

/** The queue while it serves, the sizes that wait in it, and other queues whose members were called in. Each is a walk along an index. */
const lineOf = (queue: string) => `
line as materialized (
  select own.id, own.strategy, own.accept_secs, own.sticky_secs from queue own where own.id = ${queue} and ${isServing('own')}),
size as (
  select first.* from line cross join lateral (
    select w.queue_id, w.class, w.weight from work_item w where ${waiting('w', 'line.id')} order by w.class, w.weight limit 1) first
  union all
  select next.* from size s cross join lateral (
    select w.queue_id, w.class, w.weight from work_item w
    where ${waiting('w', 's.queue_id')} and (w.class, w.weight) > (s.class, s.weight) order by w.class, w.weight limit 1) next),
called as (
  select first.* from line cross join lateral (
    select w.queue_id, w.also_queues from work_item w
    where ${waiting('w', 'line.id')} and w.also_queues <> '{}' order by w.also_queues limit 1) first
  union all
  select next.* from called c cross join lateral (
    select w.queue_id, w.also_queues from work_item w
    where ${waiting('w', 'c.queue_id')} and w.also_queues <> '{}' and w.also_queues > c.also_queues order by w.also_queues limit 1) next),
`;

/** Who works now and has room for something of these sizes. What costs the most is asked of those who passed the rest. */
const roomFor = (queue: string, agent: string | null) => `
open as materialized (select c.id from calendar c where calendar_open(c.id, clock_timestamp())),
roomy as materialized (
  select a.id, s.class, s.weight
  from (select distinct m.agent_id from queue_member m
        where ${agent === null ? '' : `m.agent_id = ${agent} and`} (m.queue_id = ${queue} or m.queue_id in (select unnest(c.also_queues) from called c))) mine
  join agent a on a.id = mine.agent_id
  join size s on ${unitsBeside('a', 's.class')} + s.weight <= a.cap_units and ${hasPhone('a', 's.class')}
  left join agent_capacity own on own.agent_id = a.id and own.class = s.class
  where a.status = 'online' and coalesce(own.used, 0) < coalesce(own.cap, class_cap(s.class))
    and (not exists (select 1 from line where line.strategy = 'broadcast') or coalesce(own.used, 0) + (
      select count(*) from work_broadcast b where b.agent_id = a.id and b.declined_at is null) < coalesce(own.cap, class_cap(s.class)))),
room as materialized (
  select there.*, r.class, r.weight
  from roomy r cross join lateral (
    select a.id, a.used_units, a.cap_units, a.idle_since, a.last_assigned_at from agent a
    where a.id = r.id and ${isThere('a', 'a.calendar_id in (select o.id from open o)')} and ${isQuiet('a', 'r.class')} offset 0) there),
`;

/** The first item of each demand that there is room for. */
const demands = `
demand as (
  select first.* from line cross join (select distinct r.class, r.weight from room r) s cross join lateral (
    select ${itemColumns} from work_item w where ${waiting('w', 'line.id')} and w.class = s.class and w.weight = s.weight
    order by w.demand, w.rank_at, w.id limit 1) first
  union all
  select next.* from demand d cross join lateral (
    select ${itemColumns} from work_item w
    where ${waiting('w', 'd.queue_id')} and w.class = d.class and w.weight = d.weight and w.demand > d.demand
    order by w.demand, w.rank_at, w.id limit 1) next),
`;

/** Agents with all skills of demand `d`, found from its skills; the level in each counts. */
const skilled = `
select s.agent_id from agent_skill s where s.skill_id = any (d.skill_ids) and s.level >= d.skill_level
group by s.agent_id having count(*) = cardinality(d.skill_ids)`;

const isBetter = 'found.id is not null and (k.item is null or (found.rank_at, found.id) < (k.rank_at, k.item))';

/** One step of the search per demand: who can meet it, and the first of its items that one of them can have. */
const search = `
ordered as materialized (
  select d.*, row_number() over (order by d.rank_at, d.id) as place from demand d),
walk as (
  select 0::bigint as place, null::uuid as item, null::timestamptz as rank_at, '{}'::uuid[] as agents
  union all
  select d.place, case when ${isBetter} then found.id else k.item end, case when ${isBetter} then found.rank_at else k.rank_at end,
         case when ${isBetter} then can.agents else k.agents end
  from walk k join ordered d on d.place = k.place + 1
  cross join line
  cross join lateral (select array(
    select r.id from room r
    where r.class = d.class and r.weight = d.weight and ${serves('r', 'd')}
      and (d.skill_ids = '{}' or r.id = any (array(${skilled})))) as agents offset 0) can
  left join lateral (
    select w.id, w.rank_at from work_item w cross join lateral (select ${isKept('w', 'line')} as is_kept offset 0) k2
    where cardinality(can.agents) > 0 and ${waiting('w', 'd.queue_id')} and w.class = d.class and w.weight = d.weight
      and w.demand = d.demand and exists (
      select 1 from unnest(can.agents) f(id)
      where f.id <> all (w.excluded_agents) and (f.id = w.preferred_agent or not k2.is_kept) and ${isUnasked('line', 'w.id', 'f.id')})
    order by w.rank_at, w.id limit 1) found on true
  where k.item is null or (d.rank_at, d.id) < (k.rank_at, k.item)),
item as materialized (
  select w.id, w.ticket_id, w.class, w.weight, w.skill_ids, w.enqueued_at, w.rank_at, w.preferred_agent, w.excluded_agents, best.agents
  from (select k.item, k.agents from walk k where k.item is not null order by k.place desc limit 1) best
  join work_item w on w.id = best.item),
able as (
  select r.*, r.id is not distinct from i.preferred_agent as is_sticky, coalesce((
    select sum(s.level) from agent_skill s where s.agent_id = r.id and s.skill_id = any (i.skill_ids)), 0)::int as skill
  from item i cross join line join room r on r.class = i.class and r.weight = i.weight
  where r.id = any (i.agents) and r.id <> all (i.excluded_agents) and ${isUnasked('line', 'i.id', 'r.id')}),
candidate as materialized (
  select f.*, row_number() over (order by line.strategy <> 'broadcast' and f.is_sticky desc, f.skill desc,
           case when line.strategy in ('longest_idle', 'broadcast') then f.idle_since end nulls last,
           case when line.strategy = 'least_loaded' then f.used_units::float8 / f.cap_units end nulls last,
           f.last_assigned_at, f.id) as place
  from able f cross join line)
`;
/** How long a phone rings, in seconds: where the queue does not say it, and at most, for nobody lets a caller wait for a queue of mail. */
const ring = { usual: 20, most: 60 };

/** The choice and what it was made by. */
const answer = `
select i.id as "workId", i.ticket_id as "ticketId", line.id as "queueId", i.class, line.strategy,
       case when i.class = 'voice' then least(coalesce(line.accept_secs, ${ring.usual}), ${ring.most}) else line.accept_secs end as "acceptSecs",
       i.rank_at, best."agentIds", best.candidates,
       case when line.strategy <> 'broadcast' and best.is_sticky then 'sticky'
            when line.strategy <> 'broadcast' and best.is_most_skilled then 'skill' else line.strategy end as why,
       ${ms('i.enqueued_at')} as "waitedMs",
       (select count(*) from (select 1 from work_item o where ${waiting('o', 'line.id')} and (o.rank_at, o.id) < (i.rank_at, i.id) limit 1000) before) as ahead,
       case when line.strategy <> 'broadcast' and not best.is_sticky and ${stickySecs('line', 'i')} > 0 then (
         select a.id from agent a join work_item w on w.id = i.id
         where a.id = i.preferred_agent and ${isThere('a')} and a.id <> all (i.excluded_agents) and ${serves('a', 'w')} and ${hasSkills('a.id', 'w')}) end as "keptFor"
from item i cross join line cross join lateral (
  select array_agg(c.id order by c.place) as "agentIds",
         bool_or(c.is_sticky) filter (where c.place = 1) as is_sticky,
         count(*) > 1 and max(c.skill) filter (where c.place = 1) > coalesce(max(c.skill) filter (where c.place > 1), 0) as is_most_skilled,
         jsonb_agg(jsonb_build_object('agentId', c.id, 'skill', c.skill, 'isSticky', c.is_sticky) || case line.strategy
             when 'least_loaded' then jsonb_build_object('load', c.used_units::float8 / c.cap_units)
             when 'round_robin' then jsonb_build_object('sinceMs', ${ms('c.last_assigned_at')})
             else jsonb_build_object('idleMs', ${ms('c.idle_since')}) end order by c.place) filter (where c.place <= 5) as candidates
  from candidate c) best`;

/** Where everybody is asked, the agent was not asked about this item yet. */
function isUnasked(queue: string, itemId: string, agentId: string): string {
  return `(${queue}.strategy <> 'broadcast'
    or not exists (select 1 from work_broadcast b where b.work_item_id = ${itemId} and b.agent_id = ${agentId}))`;
}

/** It waits for the agent it prefers, who is there and may only have no room. Where everybody is asked nothing is kept. */
function isKept(item: string, queue: string): string {
  return `${queue}.strategy <> 'broadcast' and ${item}.preferred_agent is not null
      and clock_timestamp() < ${item}.enqueued_at + ${stickySecs(queue, item)} * interval '1 second'
      and ${item}.preferred_agent <> all (${item}.excluded_agents)
      and exists (select 1 from agent a where a.id = ${item}.preferred_agent and ${isThere('a')} and ${serves('a', item)})
      and ${hasSkills(`${item}.preferred_agent`, item)}`;
}

/**
 * For the rest of a transaction its named statements are planned once per connection. PostgreSQL would plan the match anew each time once
 * tables have grown since its first runs, and planning takes several times as long as the answer.
 */
const planOnce = `set_config('plan_cache_mode', 'force_generic_plan', true)`;

const pick: Statement = { name: 'routing-pick', text: pickIn('$1::uuid') };

/**
 * Queues with work for one agent: their own and those that called theirs in, the one with the first item in line first. Whoever is full,
 * as most are who were just given something, is known to be before any queue is looked at.
 * Parameters: the agent, queues to leave out.
 */
const pickFor: Statement = {
  name: 'routing-pick-for',
  text: `
select mine.id as queue_id
from (select m.queue_id as id from queue_member m where m.agent_id = $1
      union select w.queue_id from work_item w
      where w.state = 'queued' and w.also_queues <> '{}'
        and w.also_queues && array(select m.queue_id from queue_member m where m.agent_id = $1)) mine
cross join lateral (${pickIn('mine.id', '$1::uuid')}) next
where mine.id <> all ($2::uuid[]) and (
  select a.status = 'online' and (a.used_units < a.cap_units or a.phone_address is not null and ${isQuiet('a', `'voice'`)}) from agent a where a.id = $1)
order by next.rank_at, next."workId"
limit 1`,
};

/** Takes the turn of matching in a queue, until the transaction ends. */
export async function lockQueue(sql: Sql, queueId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('route ' || $1, 0)), ${planOnce}`, [queueId]);
}

/** What the queue's next match is; null when nobody who is free can have anything that waits. */
export async function pickWork(sql: Sql, queueId: string): Promise<PickedWork | null> {
  const [picked] = await sql.query<PickedWork & Record<string, unknown>>(pick, [queueId]);
  return picked ?? null;
}

/**
 * The queue that has the first item in line which this agent can have; null when there is none. `except`: queues to leave out. To be asked
 * in a transaction.
 */
export async function findWorkFor(sql: Sql, agentId: string, except: readonly string[] = []): Promise<string | null> {
  await sql.query(`select ${planOnce}`);
  const [row] = await sql.query<{ queue_id: string }>(pickFor, [agentId, except]);
  return row?.queue_id ?? null;
}
