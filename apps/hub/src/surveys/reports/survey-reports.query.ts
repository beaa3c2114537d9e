import type { Statement } from '#channels';
import type { SurveyKind } from '#tickets';
import { planStands } from '../survey-plans.query.js';

/** What was asked and answered, by group. `groupId` null: nobody's. */
export interface CountsRow {
  groupId: string | null;
  name: string;
  asked: number;
  /** How many gave each score. */
  counts: Record<string, number>;
}

const asked = `
  a.asked_at is not null and a.kind = $1 and a.asked_at >= $2 and a.asked_at < $3 and ($4::uuid is null or a.survey_id = $4)
  and ($5::uuid is null or a.queue_id = $5) and ($6::uuid is null or a.agent_id = $6)`;

/** Parameters: kind, from, to, survey, queue, agent (null: any). */
const countsBy = (column: 'queue_id' | 'agent_id', table: 'queue' | 'agent'): string => `
with asked as (select a.${column} as grp, a.score from survey_ask a where ${asked}),
scored as (select grp, score, count(*)::int as n from asked where score is not null group by grp, score)
select g.grp as "groupId", coalesce(o.name, '') as name, g.n as asked,
       coalesce((select jsonb_object_agg(s.score::text, s.n) from scored s where s.grp is not distinct from g.grp), '{}') as counts
from (select grp, count(*)::int as n from asked group by grp) g left join ${table} o on o.id = g.grp`;

export const countsByQueue: Statement = { name: 'survey-counts-queue', text: countsBy('queue_id', 'queue') };
export const countsByAgent: Statement = { name: 'survey-counts-agent', text: countsBy('agent_id', 'agent') };

export interface AnswerRow {
  id: string;
  surveyName: string;
  kind: SurveyKind;
  score: number;
  lowScore: number | null;
  comment: string;
  answeredAt: Date;
  cursorAt: string;
  ticketId: string;
  ticketNumber: number;
  ticketPrefix: string;
  conversation: string;
  customerName: string;
  agentName: string;
}

/** Answers, the latest first. Parameters: kind (null: any), only low ones, before (instant and id), how many. */
export const listAnswers: Statement = {
  name: 'survey-answers-list',
  text: `
select a.id, s.name as "surveyName", a.kind, a.score, s.low_score as "lowScore", a.comment, a.answered_at as "answeredAt",
       a.answered_at::text as "cursorAt", t.id as "ticketId", t.number as "ticketNumber", t.prefix as "ticketPrefix", top.id as conversation, root.name as "customerName",
       coalesce(g.name, '') as "agentName"
from survey_ask a
join survey s on s.id = a.survey_id
join ticket t on t.id = a.ticket_id
join conversation here on here.id = t.conversation_id
join customer k on k.id = here.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id)
join conversation top on top.customer_id = root.id
left join agent g on g.id = a.agent_id
where a.answered_at is not null and ($1::text is null or a.kind = $1) and (not $2::boolean or a.score <= s.low_score)
  and ($3::timestamptz is null or (a.answered_at, a.id) < ($3::timestamptz, $4::uuid))
order by a.answered_at desc, a.id desc limit $5`,
};

export interface TicketSurveyRow {
  id: string;
  surveyId: string;
  surveyName: string;
  kind: SurveyKind;
  state: 'due' | 'asked' | 'answered' | 'expired' | 'skipped' | 'cancelled';
  why: '' | 'cool_down' | 'no_way' | 'off' | 'opted_out' | 'reopened';
  dueAt: Date | null;
  askedAt: Date | null;
  answeredAt: Date | null;
  score: number | null;
  lowScore: number | null;
  comment: string;
  ticketId: string;
  ticketNumber: number;
  ticketPrefix: string;
  followUp: { id: string; number: number; prefix: string } | null;
}

/** What was asked about a ticket, and the low score that it looks after, the latest first. Parameter: ticket. */
export const listOfTicket: Statement = {
  name: 'survey-of-ticket',
  text: `
select a.id, a.survey_id as "surveyId", s.name as "surveyName", a.kind,
       case when a.state = 'asked' and a.expires_at <= clock_timestamp() then 'expired'
            when a.state = 'due' and not ${planStands} then 'cancelled' else a.state end as state,
       case when a.state = 'due' and not ${planStands} then 'reopened' else a.why end as why,
       a.due_at as "dueAt", a.asked_at as "askedAt", a.answered_at as "answeredAt", a.score, s.low_score as "lowScore", a.comment,
       t.id as "ticketId", t.number as "ticketNumber", t.prefix as "ticketPrefix",
       case when f.id is not null then jsonb_build_object('id', f.id, 'number', f.number, 'prefix', f.prefix) end as "followUp"
from survey_ask a
join survey s on s.id = a.survey_id
join ticket t on t.id = a.ticket_id
left join ticket f on f.id = a.follow_up_id
where a.ticket_id = $1 or a.follow_up_id = $1
order by a.cycle desc, a.id limit 50`,
};
