import type { Sql } from '#channels';

/**
 * Forgets the words in which a customer answered in confidence: on the timeline, in search, in files, and as their provider had them. What
 * tells that a message came, and by which an edit of it is known again, stays. Parameters: conversation, seq.
 */
const redactMessage = `
with said as (
  update message m
  set body = '', search_text = '', redacted_at = clock_timestamp(),
      content = jsonb_strip_nulls(jsonb_build_object(
        'to', m.content -> 'to', 'cc', m.content -> 'cc', 'flags', m.content -> 'flags', 'checks', m.content -> 'checks',
        'messageId', m.content -> 'messageId',
        'album', case when m.content ? 'album' then jsonb_build_object('id', m.content -> 'album' -> 'id', 'parts', (
          select coalesce(jsonb_agg(part || '{"text": ""}'), '[]') from jsonb_array_elements(m.content -> 'album' -> 'parts') part)) end))
  where m.conversation_id = $1 and m.seq = $2 and m.redacted_at is null
  returning m.channel_id, m.external_id)
update inbound_event e set raw = '' from said
where e.channel_id = said.channel_id and e.external_id = said.external_id`;

/** The conversation is locked. */
export async function redactHeard(
  sql: Sql,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<void> {
  await sql.query(redactMessage, [conversationId, seq]);
}
