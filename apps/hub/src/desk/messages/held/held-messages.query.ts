import type { AttachmentView, ChannelKind } from '#contract';

/** A row of `held_message`. */
export interface HeldRow {
  id: string;
  /** The person's, as they are known by now. */
  conversation_id: string;
  agent_id: string;
  message: Record<string, unknown>;
  remaining_ms: number;
  state: 'held' | 'failed';
  code: string | null;
  problem: string | null;
  held_at: Date;
  channel_kind: ChannelKind | null;
  files: Omit<AttachmentView, 'url'>[] | null;
}

/** Over `held_message h`. */
const columns = `h.id, h.agent_id, h.message, h.state, h.code, h.problem, h.held_at,
  case when h.state = 'held' then greatest(0, extract(epoch from h.due_at - clock_timestamp()) * 1000)::float8 else 0 end as remaining_ms,
  (select top.id from conversation c join customer k on k.id = c.customer_id
   join conversation top on top.customer_id = coalesce(k.merged_into, k.id) where c.id = h.conversation_id) as conversation_id,
  (select x.kind from channel x where x.id = (h.message ->> 'channelId')::uuid) as channel_kind,
  (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes, 'state', f.state) order by w.place)
   from jsonb_array_elements_text(coalesce(h.message -> 'attachmentIds', '[]')) with ordinality w(id, place)
   join attachment f on f.id = w.id::uuid and f.seq is null) as files`;

/** Parameters: id, conversation, agent, message, milliseconds. The same again holds nothing twice. */
export const insertHeld = `
insert into held_message (id, conversation_id, agent_id, message, due_at)
select $1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond'
where not exists (select 1 from message where id = $1)
on conflict (id) do nothing`;

/** Parameters: id, agent. */
export const oneHeld = `select ${columns} from held_message h where h.id = $1 and h.agent_id = $2`;

/** Parameter: agent. */
export const heldOf = `select ${columns} from held_message h where h.agent_id = $1 order by h.due_at, h.id`;

/**
 * Takes one back that has not become a message. Whoever writes one takes its row in the same transaction, so this waits for that one's end
 * and exactly one of the two has it. Parameters: id, agent. No row: it has left, or was never there.
 */
export const takeBackHeld = `
delete from held_message h
where h.id = $1 and h.agent_id = $2 and not exists (select 1 from message m where m.id = h.id)
returning ${columns}`;

/**
 * One that failed is tried again, one that waits goes now. Parameters: id, agent, whether colleagues who were faster do not matter,
 * whether its ticket stays as it is.
 */
export const hurryHeld = `
update held_message h set state = 'held', code = null, problem = null, due_at = clock_timestamp(),
  message = h.message - case when $3 then 'seen' else '' end - case when $4 then 'afterwards' else '' end
where h.id = $1 and h.agent_id = $2 and (h.claimed_until is null or h.claimed_until < clock_timestamp()) returning ${columns}`;

/** The oldest that is due, for so many milliseconds. */
export const claimHeld = `
update held_message h set claimed_until = clock_timestamp() + $1 * interval '1 millisecond'
where h.id = (
  select id from held_message
  where state = 'held' and due_at <= clock_timestamp() and (claimed_until is null or claimed_until < clock_timestamp())
  order by due_at, id limit 1 for update skip locked)
returning ${columns}`;

/** Parameter: id. No row: it was taken back, or another node wrote it. */
export const dropHeld = 'delete from held_message where id = $1 returning id';

/** Parameters: id, code, problem. */
export const failHeld = `
update held_message set state = 'failed', claimed_until = null, code = $2, problem = $3 where id = $1 and state = 'held' returning id`;

/** Tried again in so many milliseconds. Parameters: id, milliseconds. */
export const postponeHeld = `
update held_message set claimed_until = null, due_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1`;

/** When the next one is due, in milliseconds from now; null: none is. */
export const nextHeld = `
select (extract(epoch from min(greatest(due_at, coalesce(claimed_until, due_at))) - clock_timestamp()) * 1000)::float8 as ms
from held_message where state = 'held'`;

/** What could not leave and was left alone since this instant, oldest first. Parameters: instant, how many. */
export const leftHeld = `
select ${columns} from held_message h where h.state = 'failed' and h.due_at < $1
order by h.due_at, h.id limit $2 for update of h skip locked`;

/**
 * Into the draft of its writer, before what is begun there. Parameters: agent, conversation, draft, words, files. The draft as it is then.
 */
export const backToDraft = `
insert into draft as d (agent_id, conversation_id, kind, content) values ($1, $2, 'text', $3)
on conflict (agent_id, conversation_id, kind) do update set changed_at = clock_timestamp(), content = d.content || jsonb_build_object(
  'body', concat_ws(E'\n\n', nullif($4::text, ''), nullif(d.content ->> 'body', '')),
  'attachments', $5::jsonb || coalesce(d.content -> 'attachments', '[]'))
returning content`;
