import type { Sql } from '#channels';

/** Mail that nobody wrote, or that nobody needs to answer: it opens no wait. */
const quiet = `coalesce(m.content -> 'flags' ?| '{out_of_office,newsletter,bounce,complaint,blocked}', false)`;

/** What is no ticket of its own any more, or never was one. */
const counts = `t.merged_into is null and t.spam_at is null`;

/** Tickets as reports cut them. `some`: which, as a condition on `t`. */
const ticketsOf = (some: string): string => `
select t.id as ticket_id, t.conversation_id,
       (select m.channel_id from message m where m.ticket_id = t.id and m.channel_id is not null order by m.at, m.id limit 1) as channel_id,
       t.queue_id, t.owner_id, t.tags
from ticket t where ${some} and ${counts}`;

/**
 * Everything that is counted of tickets, from the rows that it follows from. This is the one definition: the hub keeps facts by it, and a
 * recount compares with it.
 *
 * said: customers' words that want an answer, and what answers them: our written words, or somebody taking a call. A turn ends with an
 * answer; its wait began with the first words in it. The first answer is counted from the opening, for until a bot hands over nobody
 * waits for us; where words came along from an older ticket, from those.
 */
const factsOf = (some: string): string => `
with mine as materialized (select t.id, t.opened_at, t.owner_id from ticket t where ${some} and ${counts}),
spoken as materialized (
  select m.ticket_id, m.at, m.id, m.direction, m.author, m.author_id, m.channel_id, ${quiet} as quiet
  from mine join message m on m.ticket_id = mine.id where m.direction <> 'internal' and m.kind <> 'event'),
held as materialized (
  select w.ticket_id, w.class, a.id, a.agent_id, a.accepted_at, a.ended_at
  from mine join work_item w on w.ticket_id = mine.id join assignment a on a.work_item_id = w.id where a.accepted_at is not null),
said as (
  select ticket_id, at, id, author = 'agent' as ours, author_id as agent_id, channel_id
  from spoken where author = 'agent' or (author = 'customer' and not quiet)
  union all select ticket_id, accepted_at, id, true, agent_id, null from held where class = 'voice'),
turned as (
  select s.*, count(*) filter (where ours) over (
    partition by ticket_id order by at, id rows between unbounded preceding and 1 preceding) as turn from said s),
waited as (
  select ticket_id, turn, min(at) filter (where not ours) as since, min(at) filter (where ours) as answered_at,
         (array_agg(agent_id) filter (where ours))[1] as agent_id, (array_agg(channel_id) filter (where ours))[1] as channel_id
  from turned group by ticket_id, turn),
counted as (
  select ticket_id, case when direction = 'in' then 'received' when author = 'agent' then 'sent' else 'told' end as kind,
         date_bin('15 minutes', at, timestamptz '2000-01-01 00:00Z') as at, channel_id,
         case when author = 'agent' then author_id end as agent_id
  from spoken)
select id as ticket_id, 'opened' as kind, opened_at as at, 1 as amount, null::float8 as value, null::uuid as channel_id, owner_id as agent_id
from mine
union all
select w.ticket_id, case w.turn when 0 then 'first_reply' else 'next_reply' end, w.answered_at, 1,
       extract(epoch from w.answered_at - case when w.turn = 0 and mine.opened_at <= w.answered_at then mine.opened_at else w.since end)::float8,
       w.channel_id, w.agent_id
from waited w join mine on mine.id = w.ticket_id where w.since is not null and w.answered_at is not null
union all
select u.ticket_id, u.kind, u.at, 1,
       case u.kind when 'solved' then greatest(0, extract(epoch from u.at - mine.opened_at)::float8) end, null, u.by_id
from mine join ticket_turn u on u.ticket_id = mine.id
union all
select ticket_id, 'taken', accepted_at, 1, null, null, agent_id from held
union all
select ticket_id, 'handled', ended_at, 1, greatest(0, extract(epoch from ended_at - accepted_at)::float8), null, agent_id
from held where ended_at is not null and class <> 'async'
union all
select ticket_id, kind, at, count(*)::int, null, channel_id, agent_id from counted group by ticket_id, kind, at, channel_id, agent_id`;

const ticketColumns = 'ticket_id, conversation_id, channel_id, queue_id, owner_id, tags';
const factColumns = 'ticket_id, kind, at, amount, value, channel_id, agent_id';
const some = 't.id = any ($1::uuid[])';

/** By what a fact is known again: it happens to a ticket at an instant, by a way and somebody. */
const factKey = 'ticket_id, kind, at, channel_id, agent_id';

/**
 * One statement, so that tickets and facts follow from the rows of one instant: a ticket that leaves the spam in between would have facts
 * and not be there. What is as it was is not touched. Parameter: tickets.
 */
const refresh = `
with fresh_tickets as materialized (${ticketsOf(some)}),
fresh as materialized (select distinct on (${factKey}) ${factColumns} from (${factsOf(some)}) f order by ${factKey}, amount, value),
gone_tickets as (
  delete from report_ticket r
  where r.ticket_id = any ($1::uuid[]) and not exists (select 1 from fresh_tickets f where f.ticket_id = r.ticket_id)),
gone as (
  delete from report_fact r
  where r.ticket_id = any ($1::uuid[]) and not exists (
    select 1 from fresh f where (${of('f', factKey)}) is not distinct from (${of('r', factKey)}))),
kept_tickets as (
  insert into report_ticket (${ticketColumns}) select ${ticketColumns} from fresh_tickets
  on conflict (ticket_id) do update
  set conversation_id = excluded.conversation_id, channel_id = excluded.channel_id, queue_id = excluded.queue_id,
      owner_id = excluded.owner_id, tags = excluded.tags
  where (${of('report_ticket', ticketColumns)}) is distinct from (${of('excluded', ticketColumns)}))
insert into report_fact (${factColumns}) select ${factColumns} from fresh
on conflict on constraint report_fact_once do update set amount = excluded.amount, value = excluded.value
where (report_fact.amount, report_fact.value) is distinct from (excluded.amount, excluded.value)`;

/** Makes the facts of tickets follow from the rows as they are now. The reader's cursor must be held: two who do it at once undo each other. */
export async function refreshFacts(sql: Sql, ticketIds: readonly string[]): Promise<void> {
  await sql.query(refresh, [ticketIds]);
}

/** The tickets that facts of the log are about: by themselves, by their messages, or on the other side of a merge or move. Parameter: ids. */
export const ticketsNamed = `
select t.id from ticket t where t.id = any ($1::uuid[])
union select m.ticket_id from message m where m.id = any ($1::uuid[]) and m.ticket_id is not null
union select a.ticket_id from work_item a where a.id = any ($1::uuid[])`;

/** Where what is stored and what the rows say differ. */
export interface Difference {
  ticket_id: string;
  kind: string;
  at: Date;
  side: 'stored' | 'recounted';
}

/** All rows against all facts, in one snapshot. Kind "ticket" stands for how a ticket is cut. Parameter: how many at most. */
export const recount = `
with raw_tickets as materialized (${ticketsOf('true')}), raw_facts as materialized (${factsOf('true')}),
differences as (
  (select ticket_id, 'ticket' as kind, null::timestamptz as at, 'stored' as side from (
    select ${ticketColumns} from report_ticket except select ${ticketColumns} from raw_tickets) a)
  union all
  (select ticket_id, 'ticket', null, 'recounted' from (
    select ${ticketColumns} from raw_tickets except select ${ticketColumns} from report_ticket) b)
  union all
  (select ticket_id, kind, at, 'stored' from (
    select ${factColumns} from report_fact except all select ${factColumns} from raw_facts) c)
  union all
  (select ticket_id, kind, at, 'recounted' from (
    select ${factColumns} from raw_facts except all select ${factColumns} from report_fact) d))
select * from differences order by ticket_id, kind, at, side limit $1`;

function of(table: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
}
