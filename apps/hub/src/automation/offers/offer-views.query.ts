import type { Sql, Statement } from '#channels';
import type { LoadView, OfferView } from '#contract';

/** An offer with whom it is made to. Somebody who was only called in to help a restricted queue is not told what it is about. */
const offers = (which: string) => `
with made as (
  select a.id, 'exclusive' as kind, a.agent_id, a.work_item_id, a.expires_at from assignment a where a.state = 'offered'
  union all
  select b.id, 'broadcast', b.agent_id, b.work_item_id, b.expires_at from work_broadcast b where b.declined_at is null)
select o.agent_id as "agentId", jsonb_build_object(
  'id', o.id, 'kind', o.kind, 'ticketId', t.id, 'ticketNumber', t.number, 'ticketPrefix', t.prefix, 'conversationId', home.id,
  'subject', case when seen.all then t.subject else '' end, 'customerName', case when seen.all then root.name else '' end,
  'channelKind', (
    select h.kind from message m join channel h on h.id = m.channel_id
    where m.ticket_id = t.id and m.conversation_id = t.conversation_id order by m.seq desc limit 1),
  'ring', w.class = 'voice', 'queueName', q.name, 'priority', t.priority, 'why', (
    select e.payload ->> 'why' from event_log e
    where e.subject_id = t.id and e.type = 'work.offered' and e.type like 'work.%' order by e.position desc limit 1),
  'waitedMs', floor(extract(epoch from clock_timestamp() - w.enqueued_at) * 1000),
  'expiresAt', to_char(o.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'remainingMs', greatest(0, floor(extract(epoch from o.expires_at - clock_timestamp()) * 1000))) as view
from made o
join work_item w on w.id = o.work_item_id join ticket t on t.id = w.ticket_id join queue q on q.id = w.queue_id
join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id
join customer root on root.id = coalesce(k.merged_into, k.id) join conversation home on home.customer_id = root.id
cross join lateral (
  select not q.restricted or exists (select 1 from queue_member m where m.queue_id = q.id and m.agent_id = o.agent_id) as "all") seen
where ${which} and o.expires_at > clock_timestamp()
order by o.expires_at, o.id`;

export interface OfferRow {
  agentId: string;
  view: OfferView;
}

export async function readOffers(sql: Sql, ids: readonly string[]): Promise<OfferRow[]> {
  return sql.query<OfferRow & Record<string, unknown>>(offers('o.id = any ($1::uuid[])'), [ids]);
}

/** What one agent is asked now, what ends first first. */
export async function readOffersTo(sql: Sql, agentId: string): Promise<OfferView[]> {
  const rows = await sql.query<OfferRow & Record<string, unknown>>(offers('o.agent_id = $1'), [agentId]);
  return rows.map(({ view }) => view);
}

const load: Statement = {
  name: 'agent-load',
  text: `
select a.status, a.status_reason as "statusReason",
       (select jsonb_build_object('name', b.name, 'words', a.status_words) from agent b where b.id = a.status_by) as "statusBy",
       a.used_units as "usedUnits", a.cap_units as "capUnits", a.missed_offers as "missedOffers",
       calendar_open(a.calendar_id, clock_timestamp()) as "onShift",
       (select jsonb_agg(jsonb_build_object('class', k.class, 'used', coalesce(c.used, 0), 'cap', coalesce(c.cap, class_cap(k.class))) order by k.place)
        from unnest('{voice,chat,async}'::text[]) with ordinality k(class, place)
        left join agent_capacity c on c.agent_id = a.id and c.class = k.class) as classes
from agent a where a.id = $1`,
};

/** Null where there is no such agent. */
export async function readLoad(sql: Sql, agentId: string): Promise<LoadView | null> {
  const [view] = await sql.query<LoadView & Record<string, unknown>>(load, [agentId]);
  return view ?? null;
}
