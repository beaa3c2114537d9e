import type { BulkAct, BulkRunView } from '#contract';
import type { Standing } from './standing.js';

/** A row of `bulk_run` with how far it is. */
export interface RunRow {
  id: string;
  agent_id: string;
  act: BulkAct;
  state: BulkRunView['state'];
  total: number;
  done: number;
  nothing: number;
  refused: number;
  skipped: number;
  undone: number;
  left: number;
  undo_ms: number | null;
}

/** A ticket of a run that is due, for the act itself or to be taken back. */
export interface ItemRow {
  position: number;
  ticket_id: string;
  tries: number;
  was: Standing | null;
  became: Standing | null;
}

/** For how long an act can be taken back, and for how long it is kept after that. */
export const undoMinutes = 10;
const keptHours = 24;

/** Counted by one walk over the run's items; there are some thousands at most. */
const shownRun = `
select r.id, r.agent_id, r.act, r.state, r.total, n.*,
       case when r.state in ('running', 'done') then nullif(greatest(0, extract(epoch from
         coalesce(r.finished_at, clock_timestamp()) + interval '${String(undoMinutes)} minutes' - clock_timestamp()) * 1000), 0)::float8 end as undo_ms
from bulk_run r
cross join lateral (
  select count(*) filter (where i.outcome = 'done')::int as done, count(*) filter (where i.outcome = 'nothing')::int as nothing,
         count(*) filter (where i.outcome = 'refused')::int as refused, count(*) filter (where i.outcome = 'skipped')::int as skipped,
         count(*) filter (where i.undo = 'undone')::int as undone, count(*) filter (where i.undo = 'left')::int as "left"
  from bulk_item i where i.run_id = r.id) n`;

/** Parameter: the run. */
export const oneRun = `${shownRun} where r.id = $1`;

/** Those that are at work, or can be taken back. Parameter: the agent. */
export const runsOf = `${shownRun}
where r.agent_id = $1
  and (r.state in ('running', 'undoing') or r.finished_at > clock_timestamp() - interval '${String(undoMinutes)} minutes')
order by r.asked_at desc limit 20`;

/** How many of an agent are at work. */
export const countLive = `select count(*)::int as live from bulk_run where agent_id = $1 and state in ('running', 'undoing')`;

/** Parameters: id, agent, act, total. No row: it was asked for already. */
export const insertRun = `
insert into bulk_run (id, agent_id, act, total) values ($1, $2, $3, $4) on conflict (id) do nothing returning id`;

/** Those of the named tickets that are there, each once, in the order given. Parameters: run, tickets. */
export const insertItems = `
insert into bulk_item (run_id, position, ticket_id)
select $1, row_number() over (order by min(n.at)), t.id
from unnest($2::uuid[]) with ordinality n(id, at) join ticket t on t.id = n.id group by t.id`;

/** How many of those named are there. */
export const countTickets = 'select count(*)::int as total from ticket where id = any ($1::uuid[])';

/** The run whose turn it is, for so many milliseconds. */
export const claimRun = `
update bulk_run set claimed_until = clock_timestamp() + $1 * interval '1 millisecond', turn_at = clock_timestamp()
where id = (
  select id from bulk_run
  where state in ('running', 'undoing') and turn_at <= clock_timestamp() and (claimed_until is null or claimed_until < clock_timestamp())
  order by turn_at limit 1 for update skip locked)
returning id, agent_id, act, state`;

/** The next tickets of a run that is at work. Parameters: run, how many. */
export const nextItems = `
select position, ticket_id, tries, was, became from bulk_item
where run_id = $1 and (outcome is null or undo = 'due') order by position limit $2`;

/** Its turn is over; the next one comes in so many milliseconds. Parameters: run, milliseconds. */
export const endTurn = `
update bulk_run set claimed_until = null, turn_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1`;

/**
 * Ends a run that has nothing left to do. Parameters: run, the state it was claimed in: one that is being taken back since then has just
 * got new rows to work at, which a statement that waited for its row would not see. No row: it goes on.
 */
export const endRun = `
update bulk_run r
set state = case r.state when 'running' then 'done' else 'undone' end, claimed_until = null, finished_at = coalesce(r.finished_at, clock_timestamp())
where r.id = $1 and r.state = $2 and r.state in ('running', 'undoing')
  and not exists (select 1 from bulk_item i where i.run_id = r.id and (i.outcome is null or i.undo = 'due'))
returning id`;

/** The ticket's own end, in the transaction of its change. Parameters: run, position, outcome, code, problem, was, became. No row: it has one. */
export const endItem = `
update bulk_item set outcome = $3, code = $4, problem = $5, was = $6, became = $7
where run_id = $1 and position = $2 and outcome is null returning position`;

/** Parameters: run, position, 'undone' or 'left', code, problem. No row: it is taken back, or left. */
export const endUndo = `
update bulk_item set undo = $3, code = $4, problem = $5 where run_id = $1 and position = $2 and undo = 'due' returning position`;

/** Parameters: run, position. */
export const countTry = 'update bulk_item set tries = tries + 1 where run_id = $1 and position = $2';

/** Begins to take a run back. Parameters: run, agent. No row: it is not theirs, is taken back already, or its time is over. */
export const beginUndo = `
update bulk_run
set state = 'undoing', finished_at = coalesce(finished_at, clock_timestamp()), turn_at = clock_timestamp()
where id = $1 and agent_id = $2 and state in ('running', 'done')
  and coalesce(finished_at, clock_timestamp()) > clock_timestamp() - interval '${String(undoMinutes)} minutes'
returning id`;

/** What it had not come to, it does not come to any more. */
export const skipItems = `update bulk_item set outcome = 'skipped' where run_id = $1 and outcome is null`;
export const dueToUndo = `update bulk_item set undo = 'due' where run_id = $1 and outcome = 'done'`;

/** When the next turn is, in milliseconds from now; null: nothing is at work. */
export const nextTurn = `
select (extract(epoch from min(greatest(turn_at, coalesce(claimed_until, turn_at))) - clock_timestamp()) * 1000)::float8 as ms
from bulk_run where state in ('running', 'undoing')`;

export const dropOld = `
delete from bulk_run where id in (
  select id from bulk_run where state in ('done', 'undone') and asked_at < clock_timestamp() - interval '${String(keptHours)} hours' limit 20)`;

/** The first hundred that did not go as wished. Parameter: the run. */
export const problemsOf = `
select i.ticket_id, i.code, i.problem as detail, i.undo, t.number, t.prefix, root.id as customer_id, root.name, top.id as conversation
from bulk_item i
join ticket t on t.id = i.ticket_id
join conversation c on c.id = t.conversation_id join customer own on own.id = c.customer_id
join customer root on root.id = coalesce(own.merged_into, own.id) join conversation top on top.customer_id = root.id
where i.run_id = $1 and i.code is not null order by i.position limit 100`;

export interface ProblemRow {
  ticket_id: string;
  code: string;
  detail: string;
  undo: 'left' | null;
  number: number;
  prefix: string;
  customer_id: string;
  name: string;
  conversation: string;
}

/** A ticket as it stands. Parameters: ticket, conversation rows of its person, agent. */
export const standingOf = `
select t.state, t.state_name_id as "stateNameId", t.queue_id as "queueId", t.owner_id as "ownerId", t.priority, t.tags,
       case when t.snoozed_until = 'infinity' then 'reply'
            else to_char(t.snoozed_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as snoozed,
       t.spam_at is not null as "isSpam",
       coalesce((select to_jsonb(w.excluded_agents) from work_item w
                 where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')), '[]') as excluded,
       coalesce((select jsonb_object_agg(p.id, coalesce(r.seq, 0)) from unnest($2::uuid[]) p(id)
                 left join read_cursor r on r.agent_id = $3 and r.conversation_id = p.id), '{}') as read
from ticket t where t.id = $1`;

/** Who had declined it has declined it still. Parameters: ticket, agents. */
export const excludeAgents = `
update work_item set excluded_agents = $2::uuid[] where ticket_id = $1 and state = 'queued' and excluded_agents <> $2::uuid[]`;

/** Everything is read. Parameters: agent, conversation rows. */
export const markRead = `
insert into read_cursor as r (agent_id, conversation_id, seq)
select $1, c.id, c.last_seq from conversation c where c.id = any ($2::uuid[]) order by c.id
on conflict (agent_id, conversation_id) do update set seq = excluded.seq where r.seq < excluded.seq
returning r.conversation_id as conversation, r.seq`;

/** The customer's latest message is news again. No row: it is news, or they wrote nothing. Parameters: agent, conversation rows. */
export const markUnread = `
insert into read_cursor as r (agent_id, conversation_id, seq)
select $1, latest.conversation_id, latest.seq - 1
from (
  select m.conversation_id, m.seq from unnest($2::uuid[]) p(id) cross join lateral (
    select m.conversation_id, m.seq, m.at from message m
    where m.conversation_id = p.id and m.direction = 'in' order by m.seq desc limit 1) m
  order by m.at desc limit 1) latest
on conflict (agent_id, conversation_id) do update set seq = excluded.seq where r.seq > excluded.seq
returning r.conversation_id as conversation, r.seq`;

/** Parameters: agent, conversation row, seq. */
export const setCursor = 'update read_cursor set seq = $3 where agent_id = $1 and conversation_id = $2';
