import type { RetentionKind } from '#contract';

/** Conversations of everybody who is under a legal hold, by any of the customers that they were merged from. */
export const heldConversations = `
select coalesce(array_agg(c.id), '{}') as held
from conversation c join customer own on own.id = c.customer_id
where coalesce(own.merged_into, own.id) in (
  select coalesce(k.merged_into, k.id) from legal_hold h join customer k on k.id = h.customer_id)`;

/** Every one of these asks for all parameters: before when, channel or null, queue or null, held conversations, how many at most. */
const asks = `given as materialized (
  select $1::timestamptz as before, $2::uuid as channel_id, $3::uuid as queue_id, $4::uuid[] as held, $5::int as most)`;

const ofMessage = `
  (g.channel_id is null or m.channel_id = g.channel_id)
  and (g.queue_id is null or (select t.queue_id from ticket t where t.id = m.ticket_id) = g.queue_id)
  and m.conversation_id <> all (g.held)`;

const due: Record<RetentionKind, string> = {
  words: `
    select m.conversation_id, m.seq from message m, given g
    where m.at < g.before and m.redacted_at is null and m.kind <> 'event' and ${ofMessage}
      and not exists (select 1 from delivery d where d.conversation_id = m.conversation_id and d.seq = m.seq and d.state in ('queued', 'sending'))`,
  files: `
    select m.conversation_id, m.seq from attachment f join message m on m.conversation_id = f.conversation_id and m.seq = f.seq, given g
    where m.at < g.before and ${ofMessage}
      and not exists (select 1 from delivery d where d.conversation_id = m.conversation_id and d.seq = m.seq and d.state in ('queued', 'sending'))`,
  recordings: `
    select m.conversation_id, m.seq from call_recording r join message m on m.conversation_id = r.conversation_id and m.seq = r.seq, given g
    where m.at < g.before and r.state = 'kept' and ${ofMessage}`,
  raw: `
    select e.id from inbound_event e, given g
    where e.received_at < g.before and e.raw <> '' and (g.channel_id is null or e.channel_id = g.channel_id)
      and not exists (select 1 from message m where m.channel_id = e.channel_id and m.external_id = e.external_id and m.conversation_id = any (g.held))`,
  bots: `
    select s.id from bot_session s, given g
    where s.ended_at < g.before and s.conversation_id <> all (g.held)
      and (s.state <> '{}' or exists (select 1 from bot_turn t where t.session_id = s.id and t.reply <> ''))`,
  webhooks: `
    select w.id from webhook_delivery w, given g
    where w.ended_at < g.before and (w.conversation_id is null or w.conversation_id <> all (g.held))`,
  people: `
    select c.id from customer k join conversation c on c.customer_id = k.id, given g
    where k.merged_into is null and c.erased_at is null and c.id <> all (g.held) and k.created_at < g.before
      and not exists (
        select 1 from customer own join conversation o on o.customer_id = own.id left join ticket t on t.conversation_id = o.id
        where coalesce(own.merged_into, own.id) = k.id
          and (o.last_message_at >= g.before or t.state not in ('solved', 'closed') or t.solved_at >= g.before))
      and exists (select 1 from customer own join conversation o on o.customer_id = own.id join ticket t on t.conversation_id = o.id
                  where coalesce(own.merged_into, own.id) = k.id)`,
};

export const dueOf = (what: RetentionKind): string =>
  `with ${asks} select * from (${due[what]}) due limit (select most from given)`;

export const countOf = (what: RetentionKind): string => `with ${asks} select count(*)::int as n from (
  select 1 from (${due[what]}) due limit (select most from given)) counted`;

/** Whether somebody is still to be forgotten. Parameters: those, and the conversation that names them. */
export const isStillDue = `with ${asks} select 1 from (${due.people}) due where due.id = $6`;

/** Of rows that are nobody's place on a timeline. Parameter: their ids. */
export const dropRows: Record<'raw' | 'bots' | 'webhooks', string[]> = {
  raw: [
    `delete from inbound_event where id = any ($1::uuid[]) and state <> 'accepted'`,
    `update inbound_event set raw = '' where id = any ($1::uuid[]) and state = 'accepted'`,
  ],
  bots: [
    'delete from bot_event where session_id = any ($1::uuid[])',
    'delete from bot_miss where session_id = any ($1::uuid[])',
    `update bot_effect set payload = '{}', result = null where session_id = any ($1::uuid[])`,
    `update bot_turn set reply = '' where session_id = any ($1::uuid[])`,
    `update bot_session set state = '{}' where id = any ($1::uuid[])`,
  ],
  webhooks: ['delete from webhook_delivery where id = any ($1::uuid[])'],
};

/** Parameters: conversation, seq. */
export const endRecording = `
update call_recording r
set state = 'gone', reason = 'retention', gone_at = clock_timestamp(), storage_key = null, due_at = clock_timestamp(),
    forget = exists (select 1 from phone_call p where p.channel_id = r.channel_id and p.call_id = r.call_id)
where r.conversation_id = $1 and r.seq = $2 and r.state = 'kept'`;

/** The message is as it was, and is read again. */
export const touchMessage = 'update message set kind = kind where conversation_id = $1 and seq = $2';
