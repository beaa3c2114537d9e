import type { Sql } from '#channels';
import type { RoutingPlaceView } from '#contract';

/** A place is counted up to here; it means that there may be more before it. */
const farthest = 200;

const places = `
select w.ticket_id as "ticketId", w.queue_id as "queueId", w.state, w.class, w.skill_level as "skillLevel",
       (extract(epoch from clock_timestamp() - w.enqueued_at) * 1000)::float8 as "waitedMs",
       case when w.state <> 'assigned' then 1 + (
         select count(*)::int from (
           select 1 from work_item o
           where o.queue_id = w.queue_id and o.state = 'queued' and (o.rank_at, o.id) < (w.rank_at, w.id)
           limit ${farthest - 1}) ahead) end as position,
       coalesce((
         select jsonb_agg(jsonb_build_object(
           'agent', jsonb_build_object('id', a.id, 'name', a.name),
           'remainingMs', greatest(0, (extract(epoch from o.expires_at - clock_timestamp()) * 1000)::int)) order by o.expires_at, a.name)
         from (
           select o.agent_id, o.expires_at from assignment o where o.work_item_id = w.id and o.state = 'offered'
           union all
           select b.agent_id, b.expires_at from work_broadcast b
           where b.work_item_id = w.id and w.state = 'queued' and b.declined_at is null and b.expires_at > clock_timestamp()) o
         join agent a on a.id = o.agent_id), '[]') as offers,
       coalesce((
         select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name)
         from skill s where s.id = any (w.skill_ids)), '[]') as skills,
       (select jsonb_build_object('id', a.id, 'name', a.name) from agent a where a.id = w.preferred_agent) as preferred
from work_item w
where w.ticket_id = any ($1::uuid[]) and w.state in ('queued', 'offered', 'assigned')`;

/** Where the live work of tickets stands; nothing for those that have none. */
export async function readPlaces(sql: Sql, ticketIds: readonly string[]): Promise<RoutingPlaceView[]> {
  return sql.query<RoutingPlaceView & Record<string, unknown>>(places, [ticketIds]);
}
