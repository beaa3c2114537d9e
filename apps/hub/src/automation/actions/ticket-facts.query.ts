import type { Statement } from '#channels';
import type { TicketFacts } from '#tickets';

/**
 * The ticket as far as actions change it, and who its customer is. What other parts keep beside the ticket is read by name. Parameter: the ticket.
 */
export const ticketFacts: Statement = {
  name: 'action-ticket-facts',
  text: `
select t.conversation_id as "conversationId", t.state, to_jsonb(t) ->> 'state_name_id' as "stateName", t.priority, t.queue_id as "queueId",
       t.owner_id as "ownerId", t.tags, t.fields,
       case when t.snoozed_until is not null then jsonb_build_object('at', t.snoozed_until) end as snoozed,
       root.locale
from ticket t
join conversation c on c.id = t.conversation_id
join customer mine on mine.id = c.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
where t.id = $1`,
};

export type TicketFactsRow = Omit<TicketFacts, 'actorId' | 'followerIds'> & { conversationId: string; locale: string };

/** How the customer of a ticket wrote last: in the ticket, else anywhere in its conversation. Parameters: ticket, conversation. */
export const lastWay: Statement = {
  name: 'action-last-way',
  text: `
select m.conversation_id as "conversationId", m.channel_id as "channelId", m.identity_id as "identityId", m.thread_id as "threadId"
from (
  (select k.*, 0 as rank from message k where k.ticket_id = $1 and k.direction = 'in' and k.identity_id is not null order by k.at desc limit 1)
  union all
  (select k.*, 1 as rank from message k where k.conversation_id = $2 and k.direction = 'in' and k.identity_id is not null order by k.seq desc limit 1)) m
order by m.rank limit 1`,
};

export interface LastWay {
  conversationId: string;
  channelId: string;
  identityId: string;
  threadId: string | null;
}

/** A note that nobody of us wrote, or that a macro wrote for an agent. Parameters: id, conversation, ticket, author, author's id, body, search text, content. */
export const insertNote: Statement = {
  name: 'action-note',
  text: `
insert into message (id, conversation_id, ticket_id, ticket_reason, direction, author, author_id, kind, body, search_text, content)
values ($1, $2, $3, 'agent_chose', 'internal', $4, $5, 'note', $6, $7, $8) returning seq`,
};

/**
 * Hands what is to be told of a ticket to one webhook, whatever types it asked for. Parameters: delivery id, webhook, conversation, ticket,
 * actor, payload. No row: there is no such webhook, or it is off.
 */
export const callWebhook: Statement = {
  name: 'action-call-webhook',
  text: `
with hook as (select w.id from webhook w where w.id = $2 and w.enabled),
fact as (
  insert into event_log (type, conversation_id, subject_id, actor_id, payload)
  select 'ticket.called', $3, $4, $5, $6::jsonb || jsonb_build_object('webhook', hook.id) from hook returning *)
insert into webhook_delivery (id, webhook_id, position, type, conversation_id, subject_id, actor_id, payload, happened_at)
select $1, hook.id, f.position, f.type, f.conversation_id, f.subject_id, f.actor_id, f.payload, f.at from fact f, hook
returning id`,
};
