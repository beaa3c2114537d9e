/** Parameters of all: conversation, seq. */
export const redactable = `
select m.id, m.body, m.kind, m.direction, m.ticket_id, m.channel_id is not null as outside, m.redacted_at,
       coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) as restricted, coalesce(t.queue_id, m.restricted_by) as queue_id,
       t.subject is not null and t.subject <> '' and position(t.subject in m.body) = 1 as names_ticket
from message m left join ticket t on t.id = m.ticket_id left join queue q on q.id = coalesce(t.queue_id, m.restricted_by)
where m.conversation_id = $1 and m.seq = $2`;

/**
 * Forgets the words of a message: on the timeline, in search and as their provider had them. By what an edit or a later part of it is
 * known again stays, so that its words do not come back; of a call, that it was one.
 */
export const redactWords = `
with said as (
  update message m
  set body = '', search_text = '', redacted_at = clock_timestamp(),
      content = jsonb_strip_nulls(jsonb_build_object(
        'to', m.content -> 'to', 'cc', m.content -> 'cc', 'flags', m.content -> 'flags', 'checks', m.content -> 'checks',
        'messageId', m.content -> 'messageId', 'event', m.content -> 'event',
        'call', case when m.content ? 'call' then ((m.content -> 'call') - 'details') || '{"recordingUrl": null}' end,
        'album', case when m.content ? 'album' then jsonb_build_object('id', m.content -> 'album' -> 'id', 'parts', (
          select coalesce(jsonb_agg(part || '{"text": ""}'), '[]') from jsonb_array_elements(m.content -> 'album' -> 'parts') part)) end))
  where m.conversation_id = $1 and m.seq = $2 and m.redacted_at is null
  returning m.channel_id, m.external_id, case when m.edited_at is not null or m.content ? 'album' then m.content ->> 'messageId' end as provider_id)
update inbound_event e set raw = '' from said
where e.channel_id = said.channel_id and e.raw <> ''
  and (e.external_id = said.external_id or (said.provider_id is not null and position(convert_to(said.provider_id, 'UTF8') in e.raw) > 0
                                            and e.received_at > (select m.at - interval '1 day' from message m where m.conversation_id = $1 and m.seq = $2)))`;

export const redactFiles = `
with gone as (delete from attachment where conversation_id = $1 and seq = $2 returning storage_key)
insert into spent_file (storage_key) select storage_key from gone on conflict do nothing`;

/** Whether JSON written as text holds the words: it does so with its own signs for quotes and ends of lines. */
const holds = (json: string): string => `$4 <> '' and position(btrim(to_json($4::text)::text, '"') in ${json}) > 0`;

/** Copies that other tables hold of a message's words. Parameters: conversation, seq, message, its words. */
export const redactCopies: string[] = [
  `delete from webhook_attempt a using webhook_delivery w where w.id = a.delivery_id and w.conversation_id = $1
     and (w.subject_id = $3 or ($4 <> '' and position($4 in a.answer) > 0) or (${holds('a.answer')})) and $2::bigint is not null`,
  `update webhook_delivery set payload = '{}' where conversation_id = $1 and ${holds('payload::text')} and $2::bigint is not null and $3::uuid is not null`,
  `delete from idempotency_key where position($3::uuid::text in answer) > 0 and $1::uuid is not null and $2::bigint is not null and $4::text is not null`,
  `delete from bot_event where conversation_id = $1 and seq = $2 and $3::uuid is not null and $4::text is not null`,
  `delete from bot_miss b using bot_session s where s.id = b.session_id and s.conversation_id = $1 and $4 <> '' and b.text = $4 and $2::bigint is not null and $3::uuid is not null`,
  `update bot_session set state = '{}' where conversation_id = $1 and status in ('ended', 'failed') and ${holds('state::text')} and $2::bigint is not null and $3::uuid is not null`,
  `update bot_effect e set payload = '{}', result = null from bot_session s where s.id = e.session_id and s.conversation_id = $1 and e.ended_at is not null
     and ${holds("e.payload::text || coalesce(e.result::text, '')")} and $2::bigint is not null and $3::uuid is not null`,
  `update survey_ask set comment = '' where conversation_id = $1 and $4 <> '' and comment = $4 and $2::bigint is not null and $3::uuid is not null`,
  `update rule_run set why = '{}', detail = '', effects = '[]' where conversation_id = $1 and ${holds('why::text || detail || effects::text')} and $2::bigint is not null and $3::uuid is not null`,
  `delete from past_state p using ticket t where t.id = p.subject_id and t.conversation_id = $1 and $4 <> '' and p.was ->> 'subject' <> ''
     and position(p.was ->> 'subject' in $4) = 1 and $2::bigint is not null and $3::uuid is not null`,
];

export const unnameTicket = `update ticket set subject = '' where id = $1`;

/** Parameters: the person's conversations. */
export const draftsOf = `select agent_id, conversation_id, kind, content from draft where conversation_id = any ($1::uuid[]) for update`;

export const changeDraft = `
update draft set content = $4, changed_at = clock_timestamp() where agent_id = $1 and conversation_id = $2 and kind = $3`;
