import type { Statement } from '#channels';
import type { ChannelKind, MyMessage } from '#contract';
import { restrictionTables } from '../../message-rows.query.js';

/** A link that works, and what it opens. */
export interface OpenLink {
  id: string;
  identity_id: string;
  address: string;
  trust: 'proven' | 'channel_given';
  customer_id: string;
  name: string;
  locale: string;
  expires_at: Date;
  deletion_asked_at: Date | null;
  /** Everybody of the person who was so when the link was made. */
  members: string[];
  /** Queues whose restricted messages whoever made the link may read now; null where that is all of them. */
  serves: string[] | null;
  conversation_id: string;
}

/**
 * A link as it is now: rights are read when it is used and not when it was made, so an address that is shared by now, or that belongs to
 * nobody, opens nothing. Parameter: the link.
 */
export const openLink: Statement = {
  name: 'own-page-link',
  text: `
update customer_link l set last_used_at = clock_timestamp()
from identity i
join customer k on k.id = i.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id)
join conversation top on top.customer_id = root.id
where l.id = $1 and i.id = l.identity_id and l.revoked_at is null and l.expires_at > clock_timestamp()
  and i.retired_at is null and not i.shared and i.trust <> 'unauthenticated'
returning l.id, l.identity_id, i.address, i.trust, root.id as customer_id, root.name, root.locale, l.expires_at, l.deletion_asked_at,
          array(select m.id from customer m where (m.id = root.id or m.merged_into = root.id) and m.id = any (l.members)) as members,
          case when not exists (select 1 from agent a where a.id = l.created_by and a.role <> 'agent')
               then array(select s.queue_id from queue_member s where s.agent_id = l.created_by) end as serves, top.id as conversation_id`,
};

/** A message of the page as it is stored. */
export interface OwnRow {
  id: string;
  at: Date;
  cursor_at: string;
  direction: 'in' | 'out';
  agent: string | null;
  channel_kind: ChannelKind | null;
  address: string;
  subject: string | null;
  body: string;
  files: MyMessage['attachments'] | null;
}

/** Which messages a link may open. Parameters: the link's members, the identity, whether the whole person is open. */
const opened = `
  m.direction in ('in', 'out') and m.kind in ('text', 'form', 'call') and m.redacted_at is null
  and i.customer_id = any ($1::uuid[]) and i.retired_at is null and not i.shared and i.trust <> 'unauthenticated'
  and (i.id = $2 or $3::boolean)`;

/** Whether message `m` is kept from a reader who serves the queues of parameter 4 (null: all). Reads `restrictionTables`. */
const withheld = `($4::uuid[] is not null
  and coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) and coalesce(t.queue_id, m.restricted_by) <> all ($4))`;

/** Whether a link would open what is withheld from its maker: a row, or none. Parameters: as above. */
export const withheldMessage: Statement = {
  name: 'own-page-withheld',
  text: `
select 1 from conversation c
join message m on m.conversation_id = c.id
join identity i on i.id = m.identity_id
${restrictionTables}
where c.customer_id = any ($1::uuid[]) and ${opened} and ${withheld} limit 1`,
};

/**
 * A page of what passed between the person and us, newest first. Never what is internal: notes, events, what agents note of a call, keys
 * that were pressed; nor what its maker may not read, for they hold the link as well. Parameters: as above, before (at), before (id), how many.
 */
export const ownMessages: Statement = {
  name: 'own-page-messages',
  text: `
select m.id, m.at, m.at::text as cursor_at, m.direction, ch.kind as channel_kind, i.address, m.content ->> 'subject' as subject,
       case when m.kind = 'call' then '' else m.body end as body,
       case when m.author = 'agent' then (select a.name from agent a where a.id = m.author_id) end as agent,
       (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes) order by f.created_at, f.id)
        from attachment f where f.conversation_id = m.conversation_id and f.seq = m.seq and f.state = 'stored') as files
from conversation c
join message m on m.conversation_id = c.id
join identity i on i.id = m.identity_id
left join channel ch on ch.id = m.channel_id
${restrictionTables}
where c.customer_id = any ($1::uuid[]) and ${opened} and not ${withheld} and (m.at, m.id) < ($5::timestamptz, $6::uuid)
order by m.at desc, m.id desc limit $7`,
};

/** A file of a message that the page shows. */
export interface OwnFileRow {
  name: string;
  media_type: string;
  bytes: number;
  storage_key: string;
}

/** A file of the page, or no row: the file is not there, or its message is not on the page. Parameters: as above, the file. */
export const ownFile: Statement = {
  name: 'own-page-file',
  text: `
select f.name, f.media_type, f.bytes, f.storage_key
from attachment f
join message m on m.conversation_id = f.conversation_id and m.seq = f.seq
join conversation c on c.id = m.conversation_id
join identity i on i.id = m.identity_id
${restrictionTables}
where f.id = $5 and f.state = 'stored' and c.customer_id = any ($1::uuid[]) and ${opened} and not ${withheld}`,
};

/** A live ticket that a wish joins, as it is under the person's lock. */
export interface PlaceRow {
  ticket: string | null;
  state: 'new' | 'open' | 'pending' | 'on_hold' | null;
  version: number | null;
  /** Whether the person has no other live ticket. */
  alone: boolean;
  /** Where a new ticket goes when there is none to join; null where there is no queue at all. */
  queue: string | null;
}

/** Where somebody looks after what a person asks for: their newest live ticket, else the queue that their address leads to, else any. */
export const placeOfAsking: Statement = {
  name: 'own-page-place',
  text: `
select live.id as ticket, live.state, live.version, coalesce(live.n = 1, false) as alone,
       coalesce(
         (select ch.queue_id from message m join conversation c on c.id = m.conversation_id join channel ch on ch.id = m.channel_id
          where c.customer_id = any ($1::uuid[]) and m.identity_id = $2 and ch.queue_id is not null order by m.at desc limit 1),
         (select q.id from queue q where not q.restricted order by q.name, q.id limit 1)) as queue
from (values (1)) one left join lateral (
  select t.id, t.state, t.version, count(*) over () as n from ticket t join conversation c on c.id = t.conversation_id
  where c.customer_id = any ($1::uuid[]) and t.state not in ('solved', 'closed') order by t.last_message_at desc limit 1) live on true`,
};
