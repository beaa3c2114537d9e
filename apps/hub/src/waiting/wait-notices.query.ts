import type { ChannelKind, Statement } from '#channels';

/** How long work must have waited before anybody is told: most of it finds an agent at once. In milliseconds. */
export const patienceMs = 2_000;

/**
 * Notes where those can be told anything who wait since the last look: by the way that they wrote by. Who did not write just now (work
 * that came back after days, or that a colleague opened) is told nothing, and nobody twice in half an hour. Parameters: queues, kinds of channel, patience in ms, how many.
 */
export const meetWaiting: Statement = {
  name: 'waiting-meet',
  text: `
insert into wait_notice (work_item_id, conversation_id, channel_id, identity_id, thread_id, mute)
select w.id, coalesce(m.conversation_id, t.conversation_id), m.channel_id, m.identity_id, m.thread_id,
       case when ch.kind is null or ch.kind <> all ($2) or m.identity_id is null or m.kind = 'call' then 'no_way'
            when m.at < w.enqueued_at - interval '15 minutes' then 'not_now'
            when exists (select 1 from wait_notice e where e.identity_id = m.identity_id and e.told_at > clock_timestamp() - interval '30 minutes')
              then 'told_lately' end
from work_item w
join ticket t on t.id = w.ticket_id
left join lateral (
  select s.* from message s where s.ticket_id = t.id and s.direction = 'in' order by s.at desc limit 1) m on true
left join channel ch on ch.id = m.channel_id
where w.state = 'queued' and w.queue_id = any ($1::uuid[])
  and w.enqueued_at < clock_timestamp() - $3 * interval '1 millisecond'
  and not exists (select 1 from wait_notice n where n.work_item_id = w.id)
order by w.enqueued_at limit $4
on conflict do nothing
returning 1`,
};

/** Somebody who waits and can be told so. Instants in milliseconds of the Unix epoch. */
export interface WaitingRow {
  workId: string;
  ticketId: string;
  queueId: string;
  conversationId: string;
  channelId: string;
  channelKind: ChannelKind;
  identityId: string;
  identityKind: string;
  address: string;
  threadId: string | null;
  /** The root of their group. */
  customerId: string;
  locale: string;
  place: number;
  waitedMs: number;
  /** How many messages this wait brought them. */
  told: number;
  toldPlace: number | null;
  toldAt: number | null;
  closedUntil: number | null;
  wasOffered: boolean;
  /** A step of the queue says that they be offered to be called back. */
  isStepped: boolean;
  hasCallback: boolean;
  /** Their own phone number, as far as it is known for sure. */
  phone: string | null;
}

const ms = (column: string) => `extract(epoch from ${column})::float8 * 1000`;

/** Whether a fired step of the queue of work item `w` offers a call back. */
export const isStepped = `exists (
  select 1 from queue sq, jsonb_array_elements(sq.steps) with ordinality s(step, number)
  where sq.id = w.queue_id and s.number <= w.step and s.step ->> 'do' = 'callback')`;

const waitingColumns = `
select n.work_item_id as "workId", w.ticket_id as "ticketId", w.queue_id as "queueId", n.conversation_id as "conversationId",
       n.channel_id as "channelId", ch.kind as "channelKind", n.identity_id as "identityId", i.kind as "identityKind", i.address, n.thread_id as "threadId",
       coalesce(k.merged_into, k.id) as "customerId", k.locale, coalesce(lined.place, 1)::int as place,
       ${ms('clock_timestamp() - w.enqueued_at')} as "waitedMs", n.told, n.place as "toldPlace", ${ms('n.told_at')} as "toldAt",
       ${ms('n.closed_until')} as "closedUntil", n.offered_at is not null as "wasOffered", ${isStepped} as "isStepped",
       exists (select 1 from callback b where b.customer_id = coalesce(k.merged_into, k.id) and b.queue_id = w.queue_id
               and b.state in ('requested', 'due')) as "hasCallback",
       case when i.kind = 'phone' then i.address else (
         select p.address from identity p join customer g on g.id = p.customer_id
         where (g.id = coalesce(k.merged_into, k.id) or g.merged_into = coalesce(k.merged_into, k.id))
           and p.kind = 'phone' and p.retired_at is null and not p.shared and p.trust <> 'unauthenticated' and p.reachable = 'yes'
         order by p.last_seen_at desc nulls last, p.id limit 1) end as phone
from wait_notice n
join work_item w on w.id = n.work_item_id and w.state in ('queued', 'offered')
join channel ch on ch.id = n.channel_id
join identity i on i.id = n.identity_id
join customer k on k.id = i.customer_id`;

/** All who wait and can be told so, those who know nothing yet first. Parameters: queues, how many. */
export const listWaiting: Statement = {
  name: 'waiting-list',
  text: `
with lined as materialized (
  select o.id, row_number() over (partition by o.queue_id order by o.rank_at, o.id) as place
  from work_item o where o.state = 'queued' and o.queue_id = any ($1::uuid[]))
${waitingColumns}
left join lined on lined.id = w.id
where n.mute is null and w.queue_id = any ($1::uuid[])
order by n.told_at nulls first, w.enqueued_at limit $2`,
};

/** Holds what somebody was told, so that of several nodes one tells. No row: it is told otherwise by now, or no longer waited for. */
export const holdNotice: Statement = {
  name: 'waiting-hold',
  text: `
select 1 from wait_notice n join work_item w on w.id = n.work_item_id and w.state in ('queued', 'offered')
where n.work_item_id = $1 and n.mute is null and n.told = $2
for update of n skip locked`,
};

/** Parameters: work item, place (null: none was told), closed until (ms; null: not told; infinite: nobody knows), offered. */
export const markTold: Statement = {
  name: 'waiting-told',
  text: `
update wait_notice
set told = told + 1, told_at = clock_timestamp(), place = coalesce($2::int, place),
    closed_until = coalesce(to_timestamp($3::float8 / 1000), closed_until),
    offered_at = case when $4::boolean then clock_timestamp() else offered_at end
where work_item_id = $1`,
};

export const markMute: Statement = {
  name: 'waiting-mute',
  text: 'update wait_notice set mute = $2 where work_item_id = $1',
};

/** What is over has nothing to tell. */
export const forgetEnded: Statement = {
  name: 'waiting-forget',
  text: `
delete from wait_notice n using work_item w
where w.id = n.work_item_id and w.state in ('done', 'abandoned') and w.ended_at < clock_timestamp() - interval '1 day'`,
};
