import type { Statement } from '#channels';
import type { SurveyKind, TwoTexts } from '#tickets';

/** How long somebody may change their mind. Behind it an answer stays, and so does the comment's chance on a mail's page. */
export const secondThoughtMinutes = 15;

/** How long after an answer the next words in a chat are its comment. */
export const commentMinutes = 15;

const mayStill = `(a.state = 'asked' and a.expires_at > clock_timestamp()
  or a.state = 'answered' and a.answered_at > clock_timestamp() - interval '${String(secondThoughtMinutes)} minutes')`;

/** Somebody of us has written to them since, or asked them something else: a bare number may be meant for that. */
const askedElse = (column: string): string => `exists (
  select 1 from message o where o.conversation_id = a.conversation_id and o.seq > a.${column} and o.direction = 'out'
    and (o.author <> 'system' or o.content ? 'choices'))`;

/**
 * The question that a bare number answers: the last that was asked on this channel of whoever has this address. No row: none waits, or
 * the event was stored before. Parameters: channel, kind of address, address, the event's id.
 */
export const findAsked: Statement = {
  name: 'survey-find-asked',
  text: `
select a.id, a.kind from survey_ask a join identity i on i.id = a.identity_id
where a.channel_id = $1 and i.kind = $2 and i.address = $3 and i.retired_at is null and a.asked_at is not null and ${mayStill}
  and not ${askedElse('asked_seq')}
  and not exists (select 1 from inbound_event e where e.channel_id = $1 and e.external_id = $4)
order by a.asked_at desc limit 1`,
};

/** The question that was put to a caller at the end of their call. Parameters: their identity, conversation, seq of the call's message. */
export const findAskedOnCall: Statement = {
  name: 'survey-asked-on-call',
  text: `
select id from survey_ask where identity_id = $1 and conversation_id = $2 and asked_seq = $3 and asked_at is not null
order by asked_at desc limit 1`,
};

/**
 * Keeps a score. Whoever may change their mind may say the same again, which changes nothing. Parameters: question, score, channel, kind
 * of address, address (null: a link's, which proves itself), the event's id. No row: the question is closed, or somebody else's, or has no
 * such score, or the event was stored before: what comes twice may be older than what is kept.
 */
export const keepScore: Statement = {
  name: 'survey-keep-score',
  text: `
update survey_ask a
set score = $2::int, state = 'answered', answered_at = coalesce(a.answered_at, clock_timestamp()),
    told_at = case when a.score is distinct from $2::int then null else a.told_at end
where a.id = $1 and ${mayStill}
  and $2::int between case a.kind when 'nps' then 0 else 1 end and case a.kind when 'csat' then 5 when 'nps' then 10 else 7 end
  and ($5::text is null or a.channel_id = $3 and exists (
    select 1 from identity i where i.id = a.identity_id and i.kind = $4 and i.address = $5 and i.retired_at is null))
  and ($6::text is null or not exists (select 1 from inbound_event e where e.channel_id = $3 and e.external_id = $6))
returning a.id`,
};

/**
 * Keeps the words behind a score and logs them. `isHeard`: nobody need be woken for them, because the score was not low or somebody looks
 * after it already. No row: nobody waits for words here. Parameters: channel, kind of address, address, words, the event's id.
 */
export const keepChatComment: Statement = {
  name: 'survey-keep-comment',
  text: `
with kept as (
  update survey_ask a set comment = $4, commented_at = clock_timestamp(), comment_until = null
  from identity i, survey s, ticket t
  where i.id = a.identity_id and a.channel_id = $1 and i.kind = $2 and i.address = $3 and i.retired_at is null
    and s.id = a.survey_id and t.id = a.ticket_id and a.comment_until > clock_timestamp() and not ${askedElse('asked_seq')}
    and not exists (select 1 from inbound_event e where e.channel_id = $1 and e.external_id = $5)
  returning a.*, t.conversation_id as ticket_conversation, s.low_score),
logged as (
  insert into event_log (type, conversation_id, subject_id, payload)
  select 'survey.commented', k.ticket_conversation, k.ticket_id,
         jsonb_build_object('surveyId', k.survey_id, 'askId', k.id, 'kind', k.kind, 'score', k.score, 'comment', k.comment)
  from kept k)
select id, coalesce(score > low_score, true) or follow_up_id is not null as "isHeard" from kept`,
};

/** The words that come with a score on a mail's page. Parameters: question, words. */
export const keepPageComment: Statement = {
  name: 'survey-keep-page-comment',
  text: `
update survey_ask a set comment = $2, commented_at = clock_timestamp(), told_at = case when a.comment <> $2 then null else a.told_at end
where a.id = $1 and a.state = 'answered' and $2 <> ''
  and a.answered_at > clock_timestamp() - interval '${String(secondThoughtMinutes)} minutes'`,
};

/** Whether anybody's next words may be a comment. */
export const areCommentsAwaited: Statement = {
  name: 'survey-comments-awaited',
  text: `select exists (select 1 from survey_ask where comment_until > clock_timestamp()) as comments`,
};

/** Answers that the timeline does not tell yet; those of this moment are being told. */
export const listUntold: Statement = {
  name: 'survey-untold',
  text: `
select id from survey_ask
where answered_at is not null and told_at is null and answered_at < clock_timestamp() - interval '10 seconds' order by answered_at limit $1`,
};

/** Locks the conversations in which a question was asked and whose ticket it is about, by id, as writers do. Parameter: question. */
export const lockTalkOfAsk: Statement = {
  name: 'survey-lock-talk',
  text: `
select c.id, c.rev from survey_ask a join ticket t on t.id = a.ticket_id join conversation c on c.id in (a.conversation_id, t.conversation_id)
where a.id = $1 order by c.id for no key update of c`,
};

/** An answer that is to be told, with what follows from it. */
export interface UntoldAnswer {
  id: string;
  surveyId: string;
  kind: SurveyKind;
  score: number;
  /** The score that the timeline told before; null where this is the first. */
  toldScore: number | null;
  comment: string;
  lowScore: number | null;
  followUpQueueId: string | null;
  followUpId: string | null;
  thanks: Partial<TwoTexts>;
  commentPrompt: Partial<TwoTexts>;
  ticketId: string;
  ticketNumber: number;
  ticketConversationId: string;
  conversationId: string;
  channelId: string;
  channelKind: string;
  identityId: string;
  locale: string;
}

/** Under the conversation's lock. No row: it was told meanwhile. */
export const holdUntold: Statement = {
  name: 'survey-hold-untold',
  text: `
select a.id, a.survey_id as "surveyId", a.kind, a.score, a.told_score as "toldScore", a.comment, s.low_score as "lowScore",
       s.follow_up_queue_id as "followUpQueueId", a.follow_up_id as "followUpId", s.thanks, s.comment_prompt as "commentPrompt",
       t.id as "ticketId", t.number as "ticketNumber", t.conversation_id as "ticketConversationId",
       a.conversation_id as "conversationId", a.channel_id as "channelId", ch.kind as "channelKind", a.identity_id as "identityId", root.locale
from survey_ask a
join survey s on s.id = a.survey_id
join ticket t on t.id = a.ticket_id
join channel ch on ch.id = a.channel_id
join customer k on k.id = a.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id)
where a.id = $1 and a.answered_at is not null and a.told_at is null
for update of a`,
};

/** Parameters: question, score, minutes for a comment; null: none is awaited. */
export const markAnswerTold: Statement = {
  name: 'survey-answer-told',
  text: `
update survey_ask set told_at = clock_timestamp(), told_score = $2,
       comment_until = case when $3::int is null then comment_until else clock_timestamp() + make_interval(mins => $3::int) end
where id = $1`,
};

/** A line of the timeline. Parameters: id, conversation, ticket, the event. */
export const surveyLine: Statement = {
  name: 'survey-line',
  text: `
insert into message (id, conversation_id, ticket_id, direction, author, kind, content)
values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', $4::jsonb))`,
};

/**
 * Puts the message that brought an answer to the ticket that it is about, which it changes nothing of: whoever may not read the ticket
 * does not read what was thought of it. Under the conversation's lock. Parameters: question, channel, the event's id.
 */
export const placeAnswer: Statement = {
  name: 'survey-place-answer',
  text: `
update message m set ticket_id = t.id, ticket_reason = 'reference'
from survey_ask a join ticket t on t.id = a.ticket_id
where a.id = $1 and m.conversation_id = a.conversation_id and t.conversation_id = a.conversation_id and m.channel_id = $2
  and m.external_id = $3 and m.ticket_id is null`,
};

/** Whether a chosen score still counted when it was chosen, and the language to say it in. Parameters: question, score. */
export const choiceStands: Statement = {
  name: 'survey-choice-stands',
  text: `
select a.state = 'answered' and a.score = $2 as stands, root.locale
from survey_ask a join customer k on k.id = a.customer_id join customer root on root.id = coalesce(k.merged_into, k.id)
where a.id = $1`,
};

/** Opens the ticket that looks after a low score, behind the one that it is about. No row: the queue is gone. Parameters: id, conversation, queue, title, ticket. */
export const openFollowUp: Statement = {
  name: 'survey-open-follow-up',
  text: `
insert into ticket (id, conversation_id, queue_id, subject, priority, follows_id, follows_as)
select $1, $2, q.id, $4, 3, $5, 'follow_up' from queue q where q.id = $3
returning queue_id as "queueId"`,
};

/** Parameters: question, ticket. */
export const keepFollowUp: Statement = {
  name: 'survey-keep-follow-up',
  text: 'update survey_ask set follow_up_id = $2 where id = $1 and follow_up_id is null returning id',
};

/** A question as its mail's page has it, by the hash of the link's secret. Parameters: question, hash. */
export const openQuestion: Statement = {
  name: 'survey-page',
  text: `
select a.id, a.kind, a.state, a.score, a.comment, s.question, s.thanks, s.comment_prompt as "commentPrompt", root.locale, ${mayStill} as "isOpen"
from survey_ask a
join survey s on s.id = a.survey_id
join customer k on k.id = a.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id)
where a.id = $1 and a.token_hash = $2`,
};

export interface OpenQuestion {
  id: string;
  kind: SurveyKind;
  state: string;
  score: number | null;
  comment: string;
  question: Partial<TwoTexts>;
  thanks: Partial<TwoTexts>;
  commentPrompt: Partial<TwoTexts>;
  locale: string;
  /** An answer still counts, the first or another one. */
  isOpen: boolean;
}
