import type { Statement } from '#channels';

/**
 * A page of a list: tickets of the given queues or owner in the given states, latest first. One index walk per queue and state,
 * merged; no offset and no count. Parameters: reader, queues, owner or null, states, unassigned only, before (at), before (id), limit.
 */
export const listPage: Statement = {
  name: 'list-page',
  text: `
with page as (
  select t.* from (
    select n.id, n.last_message_at from unnest($2::uuid[]) q(id), unnest($4::text[]) s(state), lateral (
      select t.id, t.last_message_at from ticket t
      where $3::uuid is null and not $5 and t.queue_id = q.id and t.state = s.state and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit $8) n
    union all
    select n.id, n.last_message_at from unnest($2::uuid[]) q(id), lateral (
      select t.id, t.last_message_at from ticket t
      where $5 and t.queue_id = q.id and t.owner_id is null and t.state not in ('solved', 'closed')
        and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit $8) n
    union all
    select n.id, n.last_message_at from unnest($4::text[]) s(state), lateral (
      select t.id, t.last_message_at from ticket t
      where t.owner_id = $3 and t.state = s.state and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit $8) n) t
  order by t.last_message_at desc, t.id desc limit $8)
select t.*, t.last_message_at::text as cursor_at, root.id as customer_id, root.name as customer_name, top.id as person, last.said,
       (select count(*)::int from (
          select 1 from message m
          where m.conversation_id = c.id and m.seq > coalesce(r.seq, 0) and m.direction = 'in' limit 100) u) as unread
from page
join ticket t on t.id = page.id
join conversation c on c.id = t.conversation_id
join customer mine on mine.id = c.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation top on top.customer_id = root.id
left join read_cursor r on r.agent_id = $1 and r.conversation_id = c.id
left join lateral (
  select jsonb_build_object('body', left(m.body, 200), 'kind', m.kind, 'direction', m.direction, 'channelId', m.channel_id, 'at', m.at,
                            'restricted', coalesce(mq.restricted, false), 'queue_id', mt.queue_id) as said
  from message m left join ticket mt on mt.id = m.ticket_id left join queue mq on mq.id = mt.queue_id
  where m.conversation_id = c.id and m.kind <> 'event'
  order by m.seq desc limit 1) last on true
order by page.last_message_at desc, page.id desc`,
};

/** Which queues this reader's lists are made of: those they serve, or all for a supervisor. Parameters: reader, oversees. */
export const listedQueues: Statement = {
  name: 'listed-queues',
  text: `
select q.id, exists (select 1 from queue_member m where m.queue_id = q.id and m.agent_id = $1) as served from queue q
where $2 or exists (select 1 from queue_member m where m.queue_id = q.id and m.agent_id = $1)`,
};
