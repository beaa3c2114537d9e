import type { Statement } from '#channels';

/** What a survey `s` is meant for, of a ticket `t`: its queue, its tags, its fields. */
const isMeantFor = `(
    s.queue_ids = '{}' or t.queue_id = any (s.queue_ids)
    or exists (select 1 from queue was where was.moved_to = t.queue_id and was.id = any (s.queue_ids)))
    and (s.tags = '{}' or exists (
      select 1 from unnest(s.tags) w(name) left join tag g on g.name = w.name left join tag now on now.key = g.moved_to
      where coalesce(now.name, w.name) = any (t.tags)))
    and (s.field_key is null or t.fields -> s.field_key ?| s.field_values)`;

/** The first of some surveys that is meant for a ticket. One that looks after a low score is not asked about itself. Parameter: ticket. */
const surveyOf = (name: string, which: string): Statement => ({
  name,
  text: `
select s.id from ticket t join survey s on s.enabled and ${which} and ${isMeantFor}
where t.id = $1 and not exists (select 1 from survey_ask a where a.follow_up_id = t.id)
order by s.position, s.created_at, s.id limit 1`,
});

/** The survey that callers of a ticket are asked by, at the end of a call. */
export const surveyOfCalls = surveyOf('survey-of-calls', `s.ask_on = 'call'`);

/** The survey by which somebody is asked in writing how a talk with a bot was. */
export const surveyOfTalks = surveyOf('survey-of-talks', `s.kind = 'csat' and s.ask_on <> 'call'`);

/** Whether the person of a conversation may be asked now how a talk with a bot was, or a call with one. Parameters: conversation, on a call. */
export const asksAboutTalks: Statement = {
  name: 'survey-asks-about-talks',
  text: `
select 1 from survey s
join conversation c on c.id = $1 join customer k on k.id = c.customer_id
where s.enabled and s.kind = 'csat' and (s.ask_on = 'call') = $2
  and not (s.cool_down_days > 0 and exists (
    select 1 from survey_ask o
    where o.customer_id in (select g.id from customer g where coalesce(g.merged_into, g.id) = coalesce(k.merged_into, k.id))
      and o.asked_at > clock_timestamp() - make_interval(days => s.cool_down_days)))
limit 1`,
};

/**
 * Tickets that were solved lately and are not asked about yet, each with the first survey that is meant for its queue, its tags and its fields. A ticket that looks
 * after a low score is not asked about itself, nor one that was solved before it came from another product; a queue that took another one over is asked about for both. Parameters: how far to look back in minutes, how many.
 */
export const listUnasked: Statement = {
  name: 'survey-unasked',
  text: `
select t.id as "ticketId", s.id as "surveyId"
from ticket t
cross join lateral (
  select s.* from survey s
  where s.enabled and s.ask_on = 'solved' and t.solved_at >= s.enabled_at and ${isMeantFor}
  order by s.position, s.created_at, s.id limit 1) s
where t.solved_at > clock_timestamp() - $1 * interval '1 minute' and t.state in ('solved', 'closed') and t.merged_into is null
  and not exists (select 1 from survey_ask a where a.ticket_id = t.id and a.cycle = t.cycle)
  and not exists (select 1 from survey_ask a where a.follow_up_id = t.id)
  and not exists (select 1 from history_brought b where b.target = t.id and b.kind = 'ticket' and t.solved_at < b.brought_at)
order by t.solved_at limit $2`,
};

export interface Unasked {
  ticketId: string;
  surveyId: string;
}

/** Plans questions; one that is planned, or taken up again meanwhile, is left alone. Parameter: ids, tickets and surveys as JSON. */
export const planAsks: Statement = {
  name: 'survey-plan',
  text: `
insert into survey_ask (id, survey_id, kind, state, ticket_id, cycle, queue_id, agent_id, customer_id, due_at)
select p.id, s.id, s.kind, 'due', t.id, t.cycle, t.queue_id, t.owner_id, c.customer_id,
       t.solved_at + s.delay_minutes * interval '1 minute'
from jsonb_to_recordset($1::jsonb) as p(id uuid, "ticketId" uuid, "surveyId" uuid)
join ticket t on t.id = p."ticketId" and t.solved_at is not null
join conversation c on c.id = t.conversation_id
join survey s on s.id = p."surveyId"
on conflict do nothing`,
};

/** Whether a planned question still stands: the ticket was not taken up again since. One that does not is ended when its time comes. */
export const planStands = "(t.cycle = a.cycle and t.state in ('solved', 'closed'))";

/** Those whose time has come, the longest due first. Parameter: how many. */
export const listDueAsks: Statement = {
  name: 'survey-due',
  text: `
select id, ticket_id as "ticketId" from survey_ask where state = 'due' and due_at <= clock_timestamp() order by due_at, id limit $1`,
};

export interface DueAsk {
  id: string;
  ticketId: string;
}

/** One under the lock of its person's conversations, while it is still due. No row: another node asked, or it was cancelled. */
export const holdDue: Statement = {
  name: 'survey-hold-due',
  text: `
select a.survey_id as "surveyId", ${planStands} as stands
from survey_ask a join ticket t on t.id = a.ticket_id
where a.id = $1 and a.state = 'due' for update of a`,
};

/** One that could not be asked lets the others go first. Parameter: row. */
export const postponeDue: Statement = {
  name: 'survey-postpone',
  text: `update survey_ask set due_at = clock_timestamp() + interval '5 minutes' where id = $1 and state = 'due'`,
};

/** Nobody answered in time. */
export const expireAsks: Statement = {
  name: 'survey-expire',
  text: `update survey_ask set state = 'expired' where state = 'asked' and expires_at <= clock_timestamp()`,
};

/** Whether anything is to be planned or asked, and when the next one is due, in milliseconds from now. */
export const surveysAhead: Statement = {
  name: 'survey-ahead',
  text: `
select exists (select 1 from survey where enabled and ask_on = 'solved') as planning,
       (select extract(epoch from min(due_at) - clock_timestamp())::float8 * 1000 from survey_ask where state = 'due') as "dueInMs"`,
};

export interface Ahead {
  planning: boolean;
  dueInMs: number | null;
}
