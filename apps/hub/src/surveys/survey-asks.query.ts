import type { ChannelKind, Statement } from '#channels';
import type { SurveyKind, TwoTexts } from '#tickets';
import { lockPeople } from '../database/lock-people.js';

/** Locks every conversation of the person whose ticket it is, by id, as all writers do. Parameter: ticket. */
export const lockPersonOf: Statement = {
  name: 'survey-lock-person',
  text: lockPeople(`= (
    select coalesce(k.merged_into, k.id) from ticket t join conversation here on here.id = t.conversation_id
    join customer k on k.id = here.customer_id where t.id = $1)`),
};

/** A ticket and what it is asked with, all that decides whether it is asked about now. */
export interface AskFacts {
  ticketId: string;
  cycle: number;
  queueId: string;
  ownerId: string | null;
  customerId: string;
  locale: string;
  /** Nothing is asked about what was marked as spam, or merged into another ticket. */
  isOut: boolean;
  surveyId: string;
  kind: SurveyKind;
  enabled: boolean;
  question: Partial<TwoTexts>;
  /** The row of this cycle, where there is one. */
  askId: string | null;
  askState: string | null;
  /** The person was asked something too lately. */
  isCooling: boolean;
}

/** Read under the lock of the person's conversations. Parameters: ticket, survey. */
export const askFacts: Statement = {
  name: 'survey-ask-facts',
  text: `
select t.id as "ticketId", t.cycle, t.queue_id as "queueId", t.owner_id as "ownerId", k.id as "customerId", root.locale,
       t.merged_into is not null or t.spam_at is not null as "isOut",
       s.id as "surveyId", s.kind, s.enabled, s.question, a.id as "askId", a.state as "askState",
       s.cool_down_days > 0 and exists (
         select 1 from survey_ask o
         where o.customer_id in (select g.id from customer g where g.id = root.id or g.merged_into = root.id) and o.asked_at > clock_timestamp() - make_interval(days => s.cool_down_days)) as "isCooling"
from ticket t
join conversation c on c.id = t.conversation_id
join customer k on k.id = c.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id)
join survey s on s.id = $2
left join survey_ask a on a.ticket_id = t.id and a.cycle = t.cycle
where t.id = $1`,
};

/** A way that the person wrote by, the latest first. */
export interface AskWay {
  conversationId: string;
  channelId: string;
  channelKind: ChannelKind;
  identityId: string;
  address: string;
  threadId: string | null;
}

/** How far back ways are looked for, in messages of each conversation. */
const waysBack = 200;

/**
 * The ways by which a person wrote lately, the last one first. A chat whose visitor is away counts after all others: nobody may come back
 * to it. Mail that nobody wrote is no way. Parameter: the person's conversations.
 */
export const listWays: Statement = {
  name: 'survey-ways',
  text: `
with lately as (
  select m.* from unnest($1::uuid[]) own(id) cross join lateral (
    select m.conversation_id, m.channel_id, m.identity_id, m.thread_id, m.at, m.seq
    from message m
    where m.conversation_id = own.id and m.direction = 'in' and m.kind <> 'call' and m.channel_id is not null and m.identity_id is not null
      and not coalesce(m.content -> 'flags' ?| array['automatic', 'bounce', 'complaint', 'out_of_office', 'newsletter', 'forged', 'spam'], false)
    order by m.seq desc limit ${String(waysBack)}) m),
way as (
  select distinct on (l.channel_id, l.identity_id) l.* from lately l order by l.channel_id, l.identity_id, l.at desc)
select w.conversation_id as "conversationId", w.channel_id as "channelId", ch.kind as "channelKind", w.identity_id as "identityId",
       i.address, w.thread_id as "threadId"
from way w
join channel ch on ch.id = w.channel_id
join identity i on i.id = w.identity_id
where ch.kind <> 'phone' and i.retired_at is null
order by ch.kind = 'web' and w.at < clock_timestamp() - interval '24 hours'
         and not exists (select 1 from visitor_presence p where p.identity_id = i.id and p.lease_until > clock_timestamp()),
         w.at desc`,
};

/**
 * Writes that a question was asked. Parameters: id, survey, ticket, who asked, conversation, channel, identity, seq, hash of the links'
 * secret. No row: this cycle was asked about meanwhile. One that was planned meanwhile takes the id over: buttons and links have it.
 */
export const writeAsked: Statement = {
  name: 'survey-asked',
  text: `
insert into survey_ask (id, survey_id, kind, state, ticket_id, cycle, queue_id, agent_id, customer_id, asked_by,
                        conversation_id, channel_id, identity_id, asked_seq, token_hash, asked_at, expires_at)
select $1, s.id, s.kind, 'asked', t.id, t.cycle, t.queue_id, t.owner_id, c.customer_id, $4,
       $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp() + make_interval(hours => s.expiry_hours)
from ticket t join conversation c on c.id = t.conversation_id join survey s on s.id = $2
where t.id = $3
on conflict (ticket_id, cycle) do update
set id = excluded.id, survey_id = excluded.survey_id, kind = excluded.kind, state = 'asked', why = '', asked_by = excluded.asked_by, queue_id = excluded.queue_id,
    agent_id = excluded.agent_id, customer_id = excluded.customer_id, conversation_id = excluded.conversation_id, channel_id = excluded.channel_id,
    identity_id = excluded.identity_id, asked_seq = excluded.asked_seq, token_hash = excluded.token_hash, asked_at = excluded.asked_at,
    expires_at = excluded.expires_at
where survey_ask.state in ('due', 'skipped')
returning id`,
};

/** What was to be asked is not. Parameters: row, state, why. */
export const endDue: Statement = {
  name: 'survey-end-due',
  text: `update survey_ask set state = $2, why = $3 where id = $1 and state = 'due'`,
};

/** A fact of a question, about its ticket. Parameters: type, conversation, ticket, actor, payload. */
export const logSurvey: Statement = {
  name: 'survey-log',
  text: `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, $5)`,
};
