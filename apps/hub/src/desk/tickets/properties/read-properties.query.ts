import type { Statement } from '#channels';

/** The open tickets of a ticket's person with the first that was said on each, and the ticket itself ($1). */
export const openTogether: Statement = {
  name: 'tickets-open-together',
  text: `
select t.id, t.number, t.prefix, t.subject, t.opened_at as "openedAt", coalesce(first.body, '') as text, own.duplicate_hours as hours
from ticket here
join queue own on own.id = here.queue_id
join conversation c on c.id = here.conversation_id
join customer mine on mine.id = c.customer_id
join customer g on g.id = coalesce(mine.merged_into, mine.id) or g.merged_into = coalesce(mine.merged_into, mine.id)
join conversation part on part.customer_id = g.id
join ticket t on t.conversation_id = part.id and (t.id = here.id or t.state not in ('solved', 'closed'))
left join lateral (
  select left(m.body, 4000) as body from message m
  where m.conversation_id = t.conversation_id and m.ticket_id = t.id and m.direction = 'in' order by m.seq limit 1) first on true
where here.id = $1
order by t.last_message_at desc limit 50`,
};

/** What a ticket's card shows beside its row ($1). */
export const cardOf: Statement = {
  name: 'ticket-card',
  text: `
select t.state,
       (select jsonb_build_object('kind', s.kind, 'workDays', s.work_days, 'until', s.due_at, 'at', s.at,
                 'by', case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end)
        from ticket_snooze s left join agent a on a.id = s.by_id where s.ticket_id = t.id and s.woken_by is null) as snooze,
       coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'why', f.why) order by f.since, a.id)
                 from ticket_follower f join agent a on a.id = f.agent_id where f.ticket_id = t.id and a.disabled_at is null), '[]') as followers,
       (select w.closes_at from idle_warning w
        where w.ticket_id = t.id and t.state = 'pending' and t.snoozed_until is null
          and w.since = greatest(t.pending_since, t.last_message_at)) as "closesAt"
from ticket t where t.id = $1`,
};
