import type { Statement } from '#channels';

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
  way: 'email' | 'sms' | 'telegram' | null;
  address: string | null;
  /** Who waits before them in the same queue; null while they do not wait. */
  before: number | null;
  queue: string | null;
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
       w.way, w.address, waiting.before, waiting.queue_id as queue
from conversation c
join conversation top on top.id = $3
cross join lateral (
  select array_agg(pc.id) as ids from customer k join conversation pc on pc.customer_id = k.id
  where k.id = top.customer_id or k.merged_into = top.customer_id) parts
left join visitor_wish w on w.identity_id = $2
left join lateral (
  select q.queue_id, (select count(*)::int from (
           select 1 from work_item o
           where o.queue_id = q.queue_id and o.state = 'queued' and (o.rank_at, o.id) < (q.rank_at, q.id) limit 999) ahead) as before
  from work_item q join ticket t on t.id = q.ticket_id
  where t.conversation_id = any (parts.ids) and q.state = 'queued'
  order by q.rank_at, q.id limit 1) waiting on true
where c.id = $1`,
};

/** How long those who were served last in a queue had waited, in seconds; null when nobody was lately. Parameter: the queue. */
export const lateWaits: Statement = {
  name: 'visitor-late-waits',
  text: `
select avg(late.seconds)::float8 as waited
from (select extract(epoch from s.accepted_at - w.enqueued_at) as seconds
      from assignment s join work_item w on w.id = s.work_item_id
      where s.accepted_at > clock_timestamp() - interval '2 hours' and w.queue_id = $1
      order by s.accepted_at desc limit 20) late`,
};

/** Parameters: identity, way, address. */
export const keepWish: Statement = {
  name: 'visitor-wish-keep',
  text: `
insert into visitor_wish (identity_id, way, address) values ($1, $2, $3)
on conflict (identity_id) do update set way = excluded.way, address = excluded.address, asked_at = clock_timestamp()`,
};
