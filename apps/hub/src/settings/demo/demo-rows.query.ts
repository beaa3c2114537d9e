/** Customers of the demonstration with their conversations: tagged, or known only by what passed over its channels. */
export const demoCustomers = `
select k.id, c.id as conversation
from customer k join conversation c on c.customer_id = k.id
where k.demo or (
  c.id in (select m.conversation_id from message m join channel h on h.id = m.channel_id where h.demo)
  and not exists (select 1 from message m join channel h on h.id = m.channel_id where m.conversation_id = c.id and not h.demo))`;

/**
 * Customers who were met a moment ago and whose first message never came in: their channel was gone by then. A real stranger whose
 * message is just being stored may be among them, and is met again.
 */
export const unheardCustomers = `
select k.id from customer k join conversation c on c.customer_id = k.id
where k.created_at > clock_timestamp() - interval '1 minute' and c.rev = 0 and k.merged_into is null
  and exists (select 1 from identity i where i.customer_id = k.id and i.last_seen_at is not null)
  and not exists (select 1 from customer other where other.merged_into = k.id)
for update skip locked`;

/**
 * One customer whose pointer joins the demonstration ($1: its customers) with somebody real, whichever side they are on.
 * Undoing that merge may uncover an earlier one, so it is asked again.
 */
export const mixedMerge = `
select k.id from customer k
where k.merged_into is not null and (k.id = any ($1::uuid[])) <> (k.merged_into = any ($1::uuid[]))
order by k.id limit 1`;

/** The conversations of everybody whom $1 are joined with, locked in the order that every writer keeps. */
export const lockConversations = `
select c.id, c.rev from conversation c join customer k on k.id = c.customer_id
where coalesce(k.merged_into, k.id) in (select coalesce(d.merged_into, d.id) from customer d where d.id = any ($1::uuid[]))
order by c.id for update of c`;

const ticketIds = 'select id from ticket where conversation_id = any ($1::uuid[])';
const sessionIds = 'select id from bot_session where conversation_id = any ($1::uuid[])';
const identityIds = 'select id from identity where customer_id = any ($1::uuid[])';

const inConversation = 'conversation_id = any ($1::uuid[])';
const ofTicket = `ticket_id in (${ticketIds})`;
const ofBot = `session_id in (${sessionIds})`;
const ofAgent = 'agent_id = any ($1::uuid[])';

/**
 * What hangs from conversations ($1), in the order in which it can go. Every table that refers to one of these must be on a list
 * here; test/api/demo.spec.ts compares them with the catalogue.
 */
export const hangsFromConversations: [table: string, which: string][] = [
  ['csat', ofTicket],
  ['sla_clock', ofTicket],
  ['rule_run', `target_id in (${ticketIds})`],
  ['callback', inConversation],
  ['wait_notice', inConversation],
  ['work_broadcast', `work_item_id in (select id from work_item where ${ofTicket})`],
  ['assignment', `work_item_id in (select id from work_item where ${ofTicket})`],
  ['work_item', ofTicket],
  ['bot_effect', ofBot],
  ['bot_turn', ofBot],
  ['bot_session', inConversation],
  ['read_cursor', inConversation],
  ['delivery', inConversation],
  ['mail_report', inConversation],
  ['attachment', inConversation],
  ['message_revision', inConversation],
  ['message', inConversation],
  ['ticket', inConversation],
  ['thread', inConversation],
  ['event_log', inConversation],
  ['webhook_attempt', `delivery_id in (select id from webhook_delivery where ${inConversation})`],
  ['webhook_delivery', inConversation],
];

/** What hangs from customers ($1), themselves at the end. */
export const hangsFromCustomers: [table: string, which: string][] = [
  ['session', `identity_id in (${identityIds})`],
  ['suggestion_dismissal', 'a = any ($1::uuid[]) or b = any ($1::uuid[])'],
  ['customer_link', `identity_id in (${identityIds})`],
  ['start_link', 'customer_id = any ($1::uuid[])'],
  ['customer_device', 'customer_id = any ($1::uuid[])'],
  ['visitor_presence', `identity_id in (${identityIds})`],
  ['visitor_wish', `identity_id in (${identityIds})`],
  ['identity_claim', 'customer_id = any ($1::uuid[])'],
  ['identity', 'customer_id = any ($1::uuid[])'],
  ['conversation', 'customer_id = any ($1::uuid[])'],
  ['customer', 'id = any ($1::uuid[])'],
];

export const hangsFromChannels: [table: string, which: string][] = [
  ['account_lease', 'channel_id = any ($1::uuid[])'],
  ['account_pause', 'channel_id = any ($1::uuid[])'],
  ['start_link', 'channel_id = any ($1::uuid[])'],
  ['channel_traffic', 'channel_id = any ($1::uuid[])'],
  ['channel_alarm', 'channel_id = any ($1::uuid[])'],
  ['channel_connection', 'channel_id = any ($1::uuid[])'],
  ['opt_out', 'channel_id = any ($1::uuid[])'],
  ['send_count', 'channel_id = any ($1::uuid[])'],
  ['sender_line', 'channel_id = any ($1::uuid[])'],
  ['site_visitor', 'channel_id = any ($1::uuid[])'],
  ['site_token_use', 'channel_id = any ($1::uuid[])'],
  ['inbound_event', 'channel_id = any ($1::uuid[])'],
  ['channel', 'id = any ($1::uuid[])'],
];

export const hangsFromQueues: [table: string, which: string][] = [
  ['queue_member', 'queue_id = any ($1::uuid[])'],
  ['queue', 'id = any ($1::uuid[])'],
];

export const hangsFromAgents: [table: string, which: string][] = [
  ['work_broadcast', ofAgent],
  ['agent_capacity', ofAgent],
  ['agent_presence', ofAgent],
  ['agent_skill', ofAgent],
  ['queue_member', ofAgent],
  ['read_cursor', ofAgent],
  ['session', ofAgent],
  ['api_key', ofAgent],
  ['idempotency_key', 'actor_id = any ($1::uuid[])'],
  ['webhook', 'owner_id = any ($1::uuid[])'],
  ['agent', 'id = any ($1::uuid[])'],
];

/** Channels, queues and agents of the demonstration, and whether something real still names them once its customers are gone. */
export const demoChannels = `
select c.id, exists (select 1 from message m where m.channel_id = c.id) or exists (select 1 from thread t where t.channel_id = c.id) as named
from channel c where c.demo order by c.id`;

export const demoQueues = `
select q.id, exists (select 1 from ticket t where t.queue_id = q.id) or exists (select 1 from work_item w where w.queue_id = q.id)
          or exists (select 1 from channel c where c.queue_id = q.id)
          or exists (select 1 from queue o where o.moved_to = q.id and not o.demo) as named
from queue q where q.demo order by q.id`;

/** $1: the account that asks, which stays whatever it is. */
export const demoAgents = `
select a.id, exists (select 1 from ticket t where t.owner_id = a.id) or exists (select 1 from assignment h where h.agent_id = a.id)
          or exists (select 1 from work_item w where w.preferred_agent = a.id) or exists (select 1 from callback b where b.ended_by = a.id) as named
from agent a where a.demo and a.id <> $1 order by a.id`;

/** Live tickets of real people that an agent of the demonstration holds. $1: the account that asks. */
export const heldByDemo = `
select t.id, t.owner_id as "ownerId" from ticket t join agent a on a.id = t.owner_id
where a.demo and a.id <> $1 and t.state not in ('solved', 'closed') order by t.conversation_id, t.id`;
