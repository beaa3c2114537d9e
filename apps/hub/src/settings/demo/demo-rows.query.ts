import { answeringBodies } from '../../bots/scripts/live-version.query.js';

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
  ['survey_ask', ofTicket],
  ['sla_clock', ofTicket],
  ['rule_run', `target_id in (${ticketIds})`],
  ['rule_idle', ofTicket],
  ['past_state', `subject_id in (${ticketIds})`],
  ['missed_call', inConversation],
  ['call_due', inConversation],
  ['callback', inConversation],
  ['wait_notice', inConversation],
  ['held_message', inConversation],
  ['draft', inConversation],
  ['whisper', inConversation],
  ['raised_hand', inConversation],
  ['steering_watch', inConversation],
  ['push_due', `notice_id in (select id from notice where ${inConversation})`],
  ['notice', inConversation],
  ['work_broadcast', `work_item_id in (select id from work_item where ${ofTicket})`],
  ['assignment', `work_item_id in (select id from work_item where ${ofTicket})`],
  ['work_item', ofTicket],
  ['phone_call_turn', `phone_call_id in (select id from phone_call where ${inConversation})`],
  ['call_transfer', `phone_call_id in (select id from phone_call where ${inConversation})`],
  ['phone_call', inConversation],
  ['bot_event', inConversation],
  ['bot_miss', ofBot],
  ['bot_effect', ofBot],
  ['bot_turn', ofBot],
  ['bot_session', inConversation],
  ['read_cursor', inConversation],
  ['history_conversation', inConversation],
  ['outreach_person', inConversation],
  ['delivery', inConversation],
  ['mail_report', inConversation],
  ['attachment', inConversation],
  ['message_revision', inConversation],
  ['recording_listen', `recording_id in (select id from call_recording where ${inConversation})`],
  ['recording_pause', inConversation],
  ['call_recording', inConversation],
  ['message', inConversation],
  ['incident_answer_child', `${ofTicket} or answer_id in (select a.id from incident_answer a where a.${ofTicket})`],
  ['incident_answer', ofTicket],
  ['bulk_item', ofTicket],
  ['ticket_follower', ofTicket],
  ['ticket_mention', `${ofTicket} or ${inConversation}`],
  ['ticket_snooze', ofTicket],
  ['idle_warning', ofTicket],
  ['quality_score', `review_id in (select id from quality_review where ${ofTicket})`],
  ['quality_review', ofTicket],
  ['quality_sample_ticket', ofTicket],
  ['report_fact', ofTicket],
  ['report_ticket', ofTicket],
  ['ticket_turn', ofTicket],
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
  ['purchase', 'customer_id = any ($1::uuid[])'],
  ['customer_tier', 'customer_id = any ($1::uuid[])'],
  ['visitor_presence', `identity_id in (${identityIds})`],
  ['visitor_wish', `identity_id in (${identityIds})`],
  ['outreach_person', 'person_id = any ($1::uuid[])'],
  ['customer_consent', 'customer_id = any ($1::uuid[])'],
  ['channel_wish', 'customer_id = any ($1::uuid[])'],
  ['identity_claim', 'customer_id = any ($1::uuid[])'],
  ['visitor_consent', `identity_id in (${identityIds})`],
  ['legal_hold', 'customer_id = any ($1::uuid[])'],
  ['person_export', 'customer_id = any ($1::uuid[])'],
  ['erasure', 'customer_id = any ($1::uuid[])'],
  ['identity', 'customer_id = any ($1::uuid[])'],
  ['conversation', 'customer_id = any ($1::uuid[])'],
  ['past_state', 'subject_id = any ($1::uuid[])'],
  ['customer', 'id = any ($1::uuid[])'],
];

export const hangsFromChannels: [table: string, which: string][] = [
  ['script_deployment', 'channel_id = any ($1::uuid[])'],
  ['account_lease', 'channel_id = any ($1::uuid[])'],
  ['cdr_fault', 'import_id in (select id from cdr_import where channel_id = any ($1::uuid[]))'],
  ['cdr_import', 'channel_id = any ($1::uuid[])'],
  ['cdr_reading', 'channel_id = any ($1::uuid[])'],
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
  ['report_sending', 'schedule_id in (select id from report_schedule where channel_id = any ($1::uuid[]))'],
  ['report_schedule', 'channel_id = any ($1::uuid[])'],
  ['visitor_consent', 'channel_id = any ($1::uuid[])'],
  ['retention_rule', 'channel_id = any ($1::uuid[])'],
  ['channel', 'id = any ($1::uuid[])'],
];

export const hangsFromQueues: [table: string, which: string][] = [
  ['queue_member', 'queue_id = any ($1::uuid[])'],
  ['saved_view_queue', 'queue_id = any ($1::uuid[])'],
  ['ticket_field_queue', 'queue_id = any ($1::uuid[])'],
  ['board_alert', 'queue_id = any ($1::uuid[])'],
  ['board_threshold', 'queue_id = any ($1::uuid[])'],
  ['retention_rule', 'queue_id = any ($1::uuid[])'],
  ['queue', 'id = any ($1::uuid[])'],
];

export const hangsFromAgents: [table: string, which: string][] = [
  ['saved_view_queue', 'view_id in (select id from saved_view where owner_id = any ($1::uuid[]))'],
  ['saved_view', 'owner_id = any ($1::uuid[])'],
  ['agent_identity', ofAgent],
  ['work_broadcast', ofAgent],
  ['ticket_follower', ofAgent],
  ['ticket_mention', ofAgent],
  ['bulk_item', `run_id in (select id from bulk_run where ${ofAgent})`],
  ['bulk_run', ofAgent],
  ['agent_capacity', ofAgent],
  ['agent_presence', ofAgent],
  ['agent_skill', ofAgent],
  ['queue_member', ofAgent],
  ['read_cursor', ofAgent],
  ['recording_listen', ofAgent],
  ['notice', ofAgent],
  ['whisper', `${ofAgent} or by_id = any ($1::uuid[])`],
  ['raised_hand', `${ofAgent} or taken_by = any ($1::uuid[]) or lowered_by = any ($1::uuid[])`],
  ['steering_watch', 'supervisor_id = any ($1::uuid[])'],
  ['push_subscription', ofAgent],
  ['session', ofAgent],
  ['sign_in_step', ofAgent],
  ['account_link', ofAgent],
  ['recovery_code', ofAgent],
  ['api_key', ofAgent],
  ['idempotency_key', 'actor_id = any ($1::uuid[])'],
  ['webhook', 'owner_id = any ($1::uuid[])'],
  ['canned_file', 'canned_reply_id in (select id from canned_reply where owner_id = any ($1::uuid[]))'],
  ['canned_reply', 'owner_id = any ($1::uuid[])'],
  ['macro', 'owner_id = any ($1::uuid[])'],
  ['report_sending', 'schedule_id in (select id from report_schedule where owner_id = any ($1::uuid[]))'],
  ['report_schedule', 'owner_id = any ($1::uuid[])'],
  ['quality_sample', 'made_by = any ($1::uuid[])'],
  ['report_export_part', 'export_id in (select id from report_export where made_by = any ($1::uuid[]))'],
  ['report_export', 'made_by = any ($1::uuid[])'],
  ['agent', 'id = any ($1::uuid[])'],
];

export const hangsFromScripts: [table: string, which: string][] = [
  ['bot_miss', 'script_id = any ($1::uuid[])'],
  ['script_deployment', 'script_id = any ($1::uuid[])'],
  ['script_release', 'script_id = any ($1::uuid[])'],
  ['script_version', 'script_id = any ($1::uuid[])'],
  ['script', 'id = any ($1::uuid[])'],
];

/**
 * Scripts of the demonstration, and whether a talk with somebody real, a real channel or a real script still names them, or another one
 * of them that is so named.
 */
export const demoScripts = `
with recursive calls as materialized (
  select o.id as caller, o.demo, s.id as called from script o cross join lateral (${answeringBodies('o.id')}) now
  cross join lateral jsonb_path_query(now.body -> 'nodes', '$.* ? (@.do == "call").script') as named (script)
  join script s on s.key = named.script #>> '{}' and s.demo and s.removed_at is null
  where o.removed_at is null),
named (id) as (
  select s.id from script s where s.demo
    and (exists (select 1 from script_version v join bot_session b on b.version_id = v.id where v.script_id = s.id)
         or exists (select 1 from script_deployment d where d.script_id = s.id))
  union select called from calls where not demo
  union select v.script_id from bot_session b cross join lateral jsonb_each_text(b.pins) pin join script_version v on v.id = pin.value::uuid
  where b.status in ('active', 'waiting', 'handed_off')
  union select called from calls join named on named.id = calls.caller)
select s.id, exists (select 1 from named where named.id = s.id) as named
from script s where s.demo order by s.id`;

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
          or exists (select 1 from work_item w where w.preferred_agent = a.id) or exists (select 1 from callback b where b.ended_by = a.id)
          or exists (select 1 from survey_ask s where s.asked_by = a.id)
          or exists (select 1 from quality_sample_ticket q join quality_sample s on s.id = q.sample_id where a.id in (q.agent_id, s.made_by))
          or exists (select 1 from quality_review r where a.id in (r.reviewer_id, r.reopened_by)) as named
from agent a where a.demo and a.id <> $1 order by a.id`;

/** Live tickets of real people that an agent of the demonstration holds. $1: the account that asks. */
export const heldByDemo = `
select t.id, t.owner_id as "ownerId" from ticket t join agent a on a.id = t.owner_id
where a.demo and a.id <> $1 and t.state not in ('solved', 'closed') order by t.conversation_id, t.id`;
