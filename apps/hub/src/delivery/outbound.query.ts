import type { MessageContent, Statement } from '#channels';

/** What the processor needs of a claimed delivery's message, in one read. */
export interface OutboundRow {
  id: string;
  body: string;
  content: MessageContent;
  mail_id: string | null;
  redacted: boolean;
  identity_kind: 'email' | 'phone' | 'telegram' | 'web' | 'external';
  reachable: 'yes' | 'opted_out' | 'blocked' | 'unknown_address';
  customer_name: string;
  thread_subject: string | null;
  /** Message-IDs of the thread before this message, oldest first. */
  chain: string[] | null;
  last_inbound: string | null;
  files: { id: string; name: string; mediaType: string; bytes: number; storageKey: string }[] | null;
}

export const outboundMessage: Statement = {
  name: 'outbound-message',
  text: `
select m.id, m.body, m.content, m.mail_id, m.redacted_at is not null as redacted, i.kind as identity_kind, i.reachable,
       k.name as customer_name, t.subject as thread_subject, before.chain, before.last_inbound,
       (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes, 'storageKey', f.storage_key)
                         order by f.created_at, f.id)
        from attachment f where f.conversation_id = m.conversation_id and f.seq = m.seq and f.state = 'stored') as files
from message m
join identity i on i.id = m.identity_id
join customer k on k.id = i.customer_id
left join thread t on t.id = m.thread_id
left join lateral (
  select array_agg(p.mail_id order by p.seq) as chain, (array_agg(p.mail_id order by p.seq desc) filter (where p.direction = 'in'))[1] as last_inbound
  from message p
  where m.thread_id is not null and p.conversation_id = m.conversation_id and p.thread_id = m.thread_id and p.seq < m.seq and p.mail_id is not null) before on true
where m.conversation_id = $1 and m.seq = $2`,
};
