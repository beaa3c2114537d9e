import type { Statement } from '#channels';
import type { MailContent } from './mail-content.js';

/** What the processor needs of a claimed delivery's message, in one read. */
export interface OutboundRow {
  id: string;
  body: string;
  content: MailContent;
  mail_id: string | null;
  redacted: boolean;
  author: 'customer' | 'agent' | 'bot' | 'system';
  /** The agent who wrote it. */
  agent_name: string | null;
  identity_kind: 'email' | 'phone' | 'telegram' | 'web' | 'external';
  reachable: 'yes' | 'opted_out' | 'blocked' | 'unknown_address';
  /** The address was the customer's when the message was written, and is no longer. */
  gone: boolean;
  /** Why nothing is sent to the address any more; null: it is. */
  suppressed: 'bounce' | 'complaint' | null;
  /** Those of its other recipients to whom nothing is sent any more. */
  silent: string[];
  /** Those of its recipients whom this delivery is for; null: all of them. */
  only_to: string[] | null;
  customer_name: string;
  thread_subject: string | null;
  /** Message-IDs of the thread before this message, oldest first. */
  chain: string[] | null;
  last_inbound: string | null;
  /** Mails of the thread before this one, newest first; null where it repeats none. */
  quotable: QuotableRow[] | null;
  files: { id: string; name: string; mediaType: string; bytes: number; storageKey: string }[] | null;
}

/** A mail of the same thread, as JSON made it. */
export interface QuotableRow {
  at: string;
  body: string;
  content: MailContent;
  direction: 'in' | 'out';
  /** The customer's side of it. */
  address: string;
  name: string;
}

/** A mail repeats its own thread only, and of that what went over the wire: no notes, nothing withdrawn, nothing of a restricted queue. */
const quotable = `
select jsonb_agg(jsonb_build_object('at', p.at, 'body', p.body, 'content', p.content, 'direction', p.direction,
                                    'address', p.address, 'name', p.name) order by p.seq desc) as list
from (
  select p.seq, p.at, p.body, p.content, p.direction, pi.address, pk.name
  from message p
  join identity pi on pi.id = p.identity_id join customer pk on pk.id = pi.customer_id
  left join ticket pt on pt.id = p.ticket_id left join queue pq on pq.id = coalesce(pt.queue_id, p.restricted_by)
  where m.content -> 'quote' = 'true' and m.thread_id is not null
    and p.conversation_id = m.conversation_id and p.thread_id = m.thread_id and p.seq < m.seq
    and p.kind = 'text' and p.redacted_at is null and coalesce(pq.restricted, p.ticket_id is null and p.restricted_by is not null, false) is not true
    and (p.direction = 'in' or (p.direction = 'out' and p.delivery in ('sent', 'delivered', 'read')))
  order by p.seq desc limit 10) p`;

/** Parameters: conversation, seq, delivery. */
export const outboundMessage: Statement = {
  name: 'outbound-message',
  text: `
select m.id, m.body, m.content, m.mail_id, m.redacted_at is not null as redacted, m.author, a.name as agent_name,
       i.kind as identity_kind, i.reachable, coalesce(i.retired_at > m.at, false) as gone,
       (select s.reason from suppressed_address s where s.kind = i.kind and s.address = i.address and s.lifted_at is null) as suppressed,
       array(select s.address from suppressed_address s
             where s.kind = 'email' and s.lifted_at is null and s.address in (
               select jsonb_array_elements_text(coalesce(m.content -> 'cc', '[]') || coalesce(m.content -> 'bcc', '[]')))) as silent,
       (select d.only_to from delivery d where d.id = $3) as only_to,
       k.name as customer_name, t.subject as thread_subject, before.chain, before.last_inbound, quotable.list as quotable,
       (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes, 'storageKey', f.storage_key)
                         order by f.created_at, f.id)
        from attachment f where f.conversation_id = m.conversation_id and f.seq = m.seq and f.state = 'stored') as files
from message m
join identity i on i.id = m.identity_id
join customer k on k.id = i.customer_id
left join agent a on m.author = 'agent' and a.id = m.author_id
left join thread t on t.id = m.thread_id
left join lateral (
  select array_agg(p.mail_id order by p.seq) as chain, (array_agg(p.mail_id order by p.seq desc) filter (where p.direction = 'in'))[1] as last_inbound
  from message p
  where m.thread_id is not null and p.conversation_id = m.conversation_id and p.thread_id = m.thread_id and p.seq < m.seq and p.mail_id is not null) before on true
left join lateral (${quotable}) quotable on true
where m.conversation_id = $1 and m.seq = $2`,
};
