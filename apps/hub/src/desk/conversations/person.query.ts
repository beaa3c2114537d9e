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
  claims: ClaimRow[] | null;
  blocked_at: Date | null;
  blocked_why: string;
  merged: { id: string; name: string; at: string | null }[] | null;
  deletion_asked_at: Date | null;
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
  /** Channels that its owner wants to hear no more from. */
  opted_out: string[] | null;
  last_seen_at: string | null;
  /** ISO date. */
  away_until: string | null;
  /** Why nothing is sent there any more. */
  suppressed: string | null;
  /** Of a web chat only: its visitor has it open now, and how they asked to be answered once they have not. */
  in_chat?: boolean;
  wish?: { way: 'email' | 'sms' | 'telegram'; address: string; askedAt: string } | null;
}

export interface ClaimRow {
  id: string;
  customer_id: string;
  kind: 'email' | 'phone' | 'telegram' | 'external';
  address: string;
  source: 'form' | 'reply_to' | 'typed' | 'page' | 'import';
  claimed_at: string;
  /** What is known of the address, whoever it belongs to: a stop of theirs holds for everybody who writes there. */
  reachable: IdentityRow['reachable'];
  opted_out: string[] | null;
}

const optedOut = (address: string): string =>
  `(select jsonb_agg(o.channel_id) from opt_out o where o.kind = ${address}.kind and o.address = ${address}.address and o.ended_at is null)`;

/** Parameters: root customer, the parts' conversation ids, reader, the queues they serve (null: all). What was used lately comes from the last 200 messages of a part; of claims, which anybody can make, the newest hundred. */
export const personDetails: Statement = {
  name: 'person-details',
  text: `
select root.id, root.name, root.locale, root.tier, root.created_at, identities.list as identities, claims.list as claims,
       block.at as blocked_at, coalesce(block.why, '') as blocked_why, merged.list as merged, wish.at as deletion_asked_at, tickets.list as tickets,
       used.list as used, threads.list as threads, unread.n as unread
from customer root
left join lateral (
  select jsonb_agg(to_jsonb(i) || jsonb_build_object('suppressed', (
    select coalesce(nullif(s.said, ''), s.reason) from suppressed_address s where s.kind = i.kind and s.address = i.address and s.lifted_at is null),
      'opted_out', ${optedOut('i')})
      || case when i.kind = 'web' then jsonb_build_object(
           'in_chat', exists (select 1 from visitor_presence v where v.identity_id = i.id and v.lease_until > clock_timestamp()),
           'wish', (select jsonb_build_object('way', w.way, 'address', coalesce(w.address, ''), 'askedAt', w.asked_at)
                    from visitor_wish w where w.identity_id = i.id)) else '{}' end
    order by i.last_seen_at desc nulls last, i.id) as list
  from identity i
  where i.retired_at is null and i.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id)) identities on true
left join lateral (
  select jsonb_agg(to_jsonb(l) || jsonb_build_object('reachable', coalesce((
           select i.reachable from identity i where i.kind = l.kind and i.address = l.address and i.reachable <> 'yes' limit 1), 'yes'), 'opted_out', ${optedOut('l')})
         order by l.claimed_at desc, l.id) as list
  from (select * from (
          select distinct on (l.kind, l.address) l.* from identity_claim l
          where l.state = 'open' and l.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id)
          order by l.kind, l.address, l.claimed_at desc) l
        where not exists (
          select 1 from identity own
          where own.kind = l.kind and own.address = l.address and own.retired_at is null
            and own.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id))
        order by l.claimed_at desc, l.id limit 100) l) claims on true
left join lateral (
  select k.blocked_at as at, k.blocked_why as why from customer k
  where (k.id = root.id or k.merged_into = root.id) and k.blocked_at is not null
  order by k.blocked_at limit 1) block on true
left join lateral (
  select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'at', (
           select max(j.at) from merge_journal j
           where j.kind = 'customer_merge' and j.before ? k.id::text and not exists (select 1 from merge_journal u where u.undoes = j.id)))
         order by k.id) as list
  from customer k where k.merged_into = root.id) merged on true
left join lateral (
  select max(w.deletion_asked_at) as at
  from customer_link w join identity i on i.id = w.identity_id
  where i.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id) and w.deletion_asked_at is not null
    and not exists (select 1 from ticket done where done.id = w.deletion_ticket_id and done.state in ('solved', 'closed'))) wish on true
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
    select 1 from message m left join ticket t on t.id = m.ticket_id left join queue q on q.id = coalesce(t.queue_id, m.restricted_by)
    where m.conversation_id = h.conversation_id and m.thread_id = h.id
      and coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) and coalesce(t.queue_id, m.restricted_by) <> all ($4))) threads on true
left join lateral (
  select count(*)::int as n
  from unnest($2::uuid[]) part(id) left join read_cursor r on r.agent_id = $3 and r.conversation_id = part.id
  cross join lateral (
    select 1 from message m where m.conversation_id = part.id and m.seq > coalesce(r.seq, 0) and m.direction = 'in' limit 100) u) unread on true
where root.id = $1`,
};
