import type { Statement } from '#channels';
import { isStepped } from '../waiting/wait-notices.query.js';

/** Who could answer in a queue now: agents who are at their console and do not say that they are away. Parameter: the queue. */
export const somebodyOnline: Statement = {
  name: 'visitor-somebody-online',
  text: `
select exists (
  select 1 from queue_member m join agent a on a.id = m.agent_id
  where m.queue_id = $1 and a.disabled_at is null and a.status in ('online', 'busy')
    and exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())) as online`,
};

/** How a visitor's conversation stands. */
export interface StandingRow {
  holder: 'none' | 'bot' | 'queue' | 'agent';
  last_seq: number;
  /** The agent who has the conversation is at their console. */
  attended: boolean;
  read: number;
  has_written: boolean;
  /** They agreed to something in this chat, and did not take it back. */
  agreed: boolean;
  way: 'email' | 'sms' | 'telegram' | null;
  address: string | null;
  /** Who waits before them in the same queue; null while they do not wait. */
  before: number | null;
  queue: string | null;
  /** The routing life that waits. */
  work: string | null;
  waited: number;
  /** A step of the queue says that they be offered to be called back. */
  stepped: boolean;
  /** What they asked for, over this chat. */
  callback: { id: string; way: 'call' | 'sms' | 'same'; address: string } | null;
}

/** Parameters: conversation, identity, the person (their root's conversation). */
export const visitorStanding: Statement = {
  name: 'visitor-standing',
  text: `
select top.holder, c.last_seq,
       exists (select 1 from ticket t join agent_presence p on p.agent_id = t.owner_id
               where t.conversation_id = any (parts.ids) and t.state not in ('solved', 'closed') and p.lease_until > clock_timestamp()) as attended,
       coalesce((select max(r.seq) from read_cursor r where r.conversation_id = c.id), 0) as read,
       exists (select 1 from message m where m.conversation_id = c.id and m.identity_id = $2 and m.direction = 'in') as has_written,
       exists (select 1 from visitor_consent v where v.identity_id = $2 and v.withdrawn_at is null) as agreed,
       w.way, w.address, waiting.before, waiting.queue_id as queue, waiting.id as work,
       coalesce(waiting.waited, 0) as waited, coalesce(waiting.stepped, false) as stepped,
       (select jsonb_build_object('id', b.id, 'way', b.way, 'address', b.address) from callback b
        where b.identity_id = $2 and b.state in ('requested', 'due') order by b.requested_at desc limit 1) as callback
from conversation c
join conversation top on top.id = $3
cross join lateral (
  select array_agg(pc.id) as ids from customer k join conversation pc on pc.customer_id = k.id
  where k.id = top.customer_id or k.merged_into = top.customer_id) parts
left join visitor_wish w on w.identity_id = $2
left join lateral (
  select w.id, w.queue_id, extract(epoch from clock_timestamp() - w.enqueued_at)::float8 * 1000 as waited, ${isStepped} as stepped,
         case when w.state = 'offered' then 0 else (select count(*)::int from (
           select 1 from work_item o
           where o.queue_id = w.queue_id and o.state = 'queued' and (o.rank_at, o.id) < (w.rank_at, w.id) limit 999) ahead) end as before
  from work_item w join ticket t on t.id = w.ticket_id
  where t.conversation_id = any (parts.ids) and w.state in ('queued', 'offered')
  order by w.rank_at, w.id limit 1) waiting on true
where c.id = $1`,
};

/** Where each of these stands in its queue, from 1; those that are offered to somebody are next. Those that do not wait leave no row. */
export const placesOf: Statement = {
  name: 'visitor-places',
  text: `
with lined as materialized (
  select o.id, row_number() over (partition by o.queue_id order by o.rank_at, o.id) as place
  from work_item o where o.state = 'queued' and o.queue_id in (select f.queue_id from work_item f where f.id = any ($1::uuid[])))
select w.id, w.queue_id as queue, coalesce(l.place, 1)::int as place, extract(epoch from clock_timestamp() - w.enqueued_at)::float8 * 1000 as waited
from work_item w left join lined l on l.id = w.id
where w.id = any ($1::uuid[]) and w.state in ('queued', 'offered')`,
};

export interface PlaceRow {
  id: string;
  queue: string;
  place: number;
  /** Milliseconds. */
  waited: number;
}

/** Parameters: identity, way, address. */
export const keepWish: Statement = {
  name: 'visitor-wish-keep',
  text: `
insert into visitor_wish (identity_id, way, address) values ($1, $2, $3)
on conflict (identity_id) do update set way = excluded.way, address = excluded.address, asked_at = clock_timestamp()`,
};
