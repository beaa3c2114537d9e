import type { Statement } from '#channels';
import { nextFactOf } from '../events/fact-log.query.js';

/** Webhooks that are on and have not read all there is. */
export const webhooksBehind: Statement = {
  name: 'webhooks-behind',
  text: `
select w.id from webhook w
where w.enabled and ${nextFactOf('w.cursor_xid', 'w.cursor_position')} < pg_snapshot_xmin(pg_current_snapshot())`,
};

/** Takes a webhook's cursor for the length of a transaction; no row: another node has it. */
export const holdCursor: Statement = {
  name: 'webhook-hold-cursor',
  text: `
select w.types, w.cursor_xid::text as xid, w.cursor_position::text as position
from webhook w where w.id = $1 and w.enabled for no key update skip locked`,
};

export interface HeldCursor {
  types: string[];
  xid: string;
  position: string;
}

/**
 * Writes facts as deliveries. One that is there stays as it is, and what was before the webhook tells is none of its business. Parameters:
 * webhook, facts with an id each, as JSON.
 */
export const queueFacts: Statement = {
  name: 'webhook-queue-facts',
  text: `
insert into webhook_delivery (id, webhook_id, position, type, conversation_id, subject_id, actor_id, payload, happened_at)
select f.id, $1, f.position, f.type, f.conversation_id, f.subject_id, f.actor_id, f.payload, f.at
from jsonb_to_recordset($2::jsonb) as f(
  id uuid, position bigint, type text, conversation_id uuid, subject_id uuid, actor_id uuid, payload jsonb, at timestamptz)
where f.at >= (select w.tells_from from webhook w where w.id = $1)
on conflict (webhook_id, position) do nothing`,
};

export const moveCursor: Statement = {
  name: 'webhook-move-cursor',
  text: 'update webhook set cursor_xid = $2::text::xid8, cursor_position = $3 where id = $1',
};
