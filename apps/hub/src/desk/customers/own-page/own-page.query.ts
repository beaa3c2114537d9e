import type { Statement } from '#channels';
import type { ChannelKind, MyMessage } from '#contract';

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
          array(select m.id from customer m where (m.id = root.id or m.merged_into = root.id) and m.id = any (l.members)) as members, top.id as conversation_id`,
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

/** Which messages a link opens. Parameters: the link's members, the identity, whether the whole person is open. */
const opened = `
  m.direction in ('in', 'out') and m.kind in ('text', 'form', 'call') and m.redacted_at is null
  and i.customer_id = any ($1::uuid[]) and i.retired_at is null and not i.shared and i.trust <> 'unauthenticated'
  and (i.id = $2 or $3::boolean)`;

/**
 * A page of what passed between the person and us, newest first. Never what is internal: notes, events, what agents note of a call, keys
 * that were pressed. Parameters: as above, before (at), before (id), how many.
 */
export const ownMessages: Statement = {
  name: 'own-page-messages',
  text: `
select m.id, m.at, m.at::text as cursor_at, m.direction, ch.kind as channel_kind, i.address, m.content ->> 'subject' as subject,
       case when m.kind = 'call' then '' else m.body end as body,
       case when m.author = 'agent' then (select a.name from agent a where a.id = m.author_id) end as agent,
       (select jsonb_agg(jsonb_build_object('name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes) order by f.created_at, f.id)
        from attachment f where f.conversation_id = m.conversation_id and f.seq = m.seq and f.state = 'stored') as files
from conversation c
join message m on m.conversation_id = c.id
join identity i on i.id = m.identity_id
left join channel ch on ch.id = m.channel_id
where c.customer_id = any ($1::uuid[]) and ${opened} and (m.at, m.id) < ($4::timestamptz, $5::uuid)
order by m.at desc, m.id desc limit $6`,
};

/** Where somebody looks after what a person asks for: their newest live ticket, else the queue that their address leads to, else any. */
export const placeOfAsking: Statement = {
  name: 'own-page-place',
  text: `
select (select t.id from ticket t join conversation c on c.id = t.conversation_id
        where c.customer_id = any ($1::uuid[]) and t.state not in ('solved', 'closed') order by t.last_message_at desc limit 1) as ticket,
       coalesce(
         (select ch.queue_id from message m join conversation c on c.id = m.conversation_id join channel ch on ch.id = m.channel_id
          where c.customer_id = any ($1::uuid[]) and m.identity_id = $2 and ch.queue_id is not null order by m.at desc limit 1),
         (select q.id from queue q where not q.restricted order by q.name, q.id limit 1)) as queue`,
};
