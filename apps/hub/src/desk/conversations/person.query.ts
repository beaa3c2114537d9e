import type { Statement } from '#channels';
import type { TicketRow } from '../ticket.presenter.js';

/** What is known of a person beside the timeline: who they are, where they can be reached, what is open. */
export interface PersonRow {
  id: string;
  name: string;
  locale: string;
  tier: number;
  created_at: Date;
  identities: IdentityRow[] | null;
  tickets: (TicketRow & { restricted: boolean })[] | null;
  used: { identity: string; channel: string; thread: string | null; at: string }[] | null;
  threads: { id: string; channel: string; subject: string; participants: string[] }[] | null;
  unread: number;
}

export interface IdentityRow {
  id: string;
  customer_id: string;
  kind: 'email' | 'phone' | 'telegram' | 'web' | 'external';
  address: string;
  trust: 'proven' | 'channel_given' | 'unauthenticated';
  shared: boolean;
  reachable: 'yes' | 'opted_out' | 'blocked' | 'unknown_address';
  last_seen_at: string | null;
}

/** Parameters: root customer, the parts' conversation ids, reader, the queues they serve (null: all). What was used lately comes from the last 200 messages of a part. */
export const personDetails: Statement = {
  name: 'person-details',
  text: `
select root.id, root.name, root.locale, root.tier, root.created_at, identities.list as identities, tickets.list as tickets,
       used.list as used, threads.list as threads, unread.n as unread
from customer root
left join lateral (
  select jsonb_agg(to_jsonb(i) order by i.last_seen_at desc nulls last, i.id) as list
  from identity i
  where i.retired_at is null and i.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id)) identities on true
left join lateral (
  select jsonb_agg(to_jsonb(t) || jsonb_build_object('restricted', q.restricted) order by t.last_message_at desc) as list
  from (select * from ticket where conversation_id = any ($2::uuid[]) order by last_message_at desc limit 50) t
  join queue q on q.id = t.queue_id) tickets on true
left join lateral (
  select jsonb_agg(jsonb_build_object('identity', u.identity_id, 'channel', u.channel_id, 'thread', u.thread_id, 'at', u.at) order by u.at desc) as list
  from (select distinct on (late.identity_id, late.channel_id) late.identity_id, late.channel_id, late.thread_id, late.at
        from unnest($2::uuid[]) part(id), lateral (
          select m.identity_id, m.channel_id, m.thread_id, m.at, m.direction from message m
          where m.conversation_id = part.id order by m.at desc limit 200) late
        where late.direction = 'in' and late.identity_id is not null
        order by late.identity_id, late.channel_id, late.at desc) u) used on true
left join lateral (
  select jsonb_agg(jsonb_build_object('id', h.id, 'channel', h.channel_id, 'subject', h.subject, 'participants', h.participants) order by h.created_at desc) as list
  from (select * from thread where conversation_id = any ($2::uuid[]) order by created_at desc limit 50) h
  where $4::uuid[] is null or not exists (
    select 1 from message m join ticket t on t.id = m.ticket_id join queue q on q.id = t.queue_id
    where m.conversation_id = h.conversation_id and m.thread_id = h.id and q.restricted and q.id <> all ($4))) threads on true
left join lateral (
  select count(*)::int as n
  from unnest($2::uuid[]) part(id) left join read_cursor r on r.agent_id = $3 and r.conversation_id = part.id
  cross join lateral (
    select 1 from message m where m.conversation_id = part.id and m.seq > coalesce(r.seq, 0) and m.direction = 'in' limit 100) u) unread on true
where root.id = $1`,
};
