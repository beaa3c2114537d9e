import type { Statement } from '#channels';

/** A ticket of a person that is not solved, with the agent whose it is. */
export interface LiveTicket {
  id: string;
  conversationId: string;
  queueId: string;
  ownerId: string | null;
  /** An agent has it, or it waits for one. */
  isAtWork: boolean;
}

/** Parameters: id, conversation, queue, subject, priority or null, tags. */
export const insertTicket: Statement = {
  name: 'bot-insert-ticket',
  text: `
insert into ticket (id, conversation_id, queue_id, subject, priority, tags, waiting_since)
values ($1, $2, $3, $4, coalesce($5::smallint, 2), $6, clock_timestamp())
returning number`,
};

/** What was told to many and a message answers, the last of it. Of a message `m`. */
const answered = `
from identity i join outreach_person p on p.channel_id = m.channel_id and p.address = i.address and p.sent_at is not null
join outreach o on o.id = p.outreach_id left join queue q on q.id = o.queue_id
where i.id = m.identity_id and p.sent_at <= m.at and p.sent_at > m.at - make_interval(days => o.answer_days)
order by p.sent_at desc limit 1`;

/** The queue where answers to it go; null: to that of the channel. Parameters: conversation, seq. */
export const queueOfAnswer: Statement = {
  name: 'bot-queue-of-answer',
  text: `
select (select coalesce(q.moved_to, q.id) ${answered}) as id
from message m where m.conversation_id = $1 and m.seq = $2 and m.direction = 'in'`,
};

/**
 * What was said from a message on and is of no ticket belongs to this one. Parameters: conversation, seq, ticket, whether it is a new one.
 */
export const adoptMessages: Statement = {
  name: 'bot-adopt-messages',
  text: `
update message m set ticket_id = $3, ticket_reason = case when m.direction = 'in' then
  case when $4 and exists (select 1 ${answered}) then 'answers_outreach' else 'new_ticket' end end
where m.conversation_id = $1 and m.seq >= $2 and m.ticket_id is null and m.direction <> 'internal'`,
};

/** Parameter: conversations of a person. */
export const liveTicketOf: Statement = {
  name: 'bot-live-ticket',
  text: `
select t.id, t.conversation_id as "conversationId", t.queue_id as "queueId", t.owner_id as "ownerId",
       exists (select 1 from work_item w where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')) as "isAtWork"
from ticket t
where t.conversation_id = any ($1::uuid[]) and t.state not in ('solved', 'closed')
order by "isAtWork" desc, t.last_message_at desc limit 1`,
};

/** A message came to it. What waited for the customer, or slept, is at work again. */
export const joinTicketLate: Statement = {
  name: 'bot-join-ticket',
  text: `
update ticket set last_message_at = clock_timestamp(), waiting_since = coalesce(waiting_since, clock_timestamp()), snoozed_until = null,
  state = case when state = 'pending' then 'open' else state end
where id = $1`,
};

/** The call that something began with has not ended. Parameters: conversation, seq of its message. */
export const isLineOpen: Statement = {
  name: 'bot-line-open',
  text: `select 1 from phone_call where conversation_id = $1 and seq = $2 and ended_at is null`,
};

/** Somebody of ours tries a line out and wants nobody to hear of it. Parameters: conversation, seq of the message that it began with. */
export const isTriedAlone: Statement = {
  name: 'bot-tried-alone',
  text: `
select 1 from message where conversation_id = $1 and seq = $2 and kind = 'call' and starts_with(external_id, 'call try ')`,
};

export const findQueue: Statement = {
  name: 'bot-find-queue',
  text: `select id from queue where (id::text = $1 or name = $1) and retired_at is null order by id::text = $1 desc limit 1`,
};

export const findAgent: Statement = {
  name: 'bot-find-agent',
  text: `select id from agent where (id::text = $1 or lower(email) = lower($1) or name = $1) and disabled_at is null order by id limit 1`,
};

/** Skills by id or name, beside those that the queue asks for. Parameters: work item, skills. */
export const setSkills: Statement = {
  name: 'bot-work-skills',
  text: `
update work_item w set skill_ids = array(
  select distinct one from unnest(w.skill_ids || array(select s.id from skill s where s.id::text = any ($2::text[]) or s.name = any ($2))) one)
where w.id = $1`,
};

export const titleOfMessage: Statement = {
  name: 'bot-title',
  text: `select coalesce(content ->> 'subject', '') as subject, body from message where conversation_id = $1 and seq = $2`,
};

/** The agent who wrote last to a person, within a day. Parameter: their conversations. */
export const lastAgent: Statement = {
  name: 'bot-last-agent',
  text: `
select last.author_id as id from conversation own cross join lateral (
  select m.author_id, m.at from message m
  where m.conversation_id = own.id and m.seq > own.last_seq - 300 and m.author = 'agent' and m.direction = 'out' and m.at > clock_timestamp() - interval '1 day'
  order by m.seq desc limit 1) last
where own.id = any ($1::uuid[])
order by last.at desc limit 1`,
};
