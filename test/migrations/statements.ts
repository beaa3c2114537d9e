import type { Statement } from '#channels';

/** The statements that the schema is made for, as plain as they can be; the rooms' own are built on the same guards. */

/** $1 channel $2 external id $3 identity kind $4 address */
export const acceptRead: Statement = {
  name: 'accept-read',
  text: `
    select i.id as identity_id, i.trust, c.id as conversation_id, ch.queue_id, ch.script_id,
           exists (select 1 from inbound_event e where e.channel_id = ch.id and e.external_id = $2) as duplicate,
           g.conversations, g.revs, t.tickets
    from channel ch
    left join identity i on i.kind = $3 and i.address = $4 and not i.shared and i.retired_at is null
    left join customer k on k.id = i.customer_id
    left join conversation c on c.customer_id = k.id
    left join lateral (
      select array_agg(gc.id order by gc.id) as conversations, array_agg(gc.rev order by gc.id) as revs
      from customer gk join conversation gc on gc.customer_id = gk.id
      where gk.id = coalesce(k.merged_into, k.id) or gk.merged_into = coalesce(k.merged_into, k.id)) g on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', id, 'state', state, 'version', version, 'reopenUntil', reopen_until)
                       order by last_message_at desc) as tickets
      from (select * from ticket where conversation_id = any (g.conversations) and state <> 'closed'
            order by last_message_at desc limit 20) live) t on true
    where ch.id = $1`,
};

/** $1 conversations of the person $2 their revs $3 event id $4 channel $5 external id $6 raw $7 message id $8 conversation $9 identity $10 ticket or null $11 reason $12 body $13 search text No row: the revs moved or the event was known; read again. */
export const acceptWrite: Statement = {
  name: 'accept-write',
  text: `
    with locked as materialized (
      select c.id from conversation c
      where (c.id, c.rev) in (select * from unnest($1::uuid[], $2::bigint[]))
      order by c.id for no key update),
    event as (
      insert into inbound_event (id, channel_id, external_id, raw)
      select $3, $4, $5, $6 where (select count(*) from locked) = cardinality($1::uuid[])
      on conflict (channel_id, external_id) where external_id is not null do nothing
      returning id),
    said as (
      insert into message (id, conversation_id, channel_id, identity_id, external_id, ticket_id, ticket_reason,
                           direction, author, body, search_text)
      select $7, $8, $4, $9, $5, $10, $11, 'in', 'customer', $12, $13 from event
      returning conversation_id, seq, rev, at, ticket_id),
    touched as (
      update ticket t set last_message_at = said.at,
             state = case when t.state in ('pending', 'solved') then 'open' else t.state end,
             solved_at = null, reopen_until = null
      from said where t.id = said.ticket_id
      returning t.rev),
    logged as (
      insert into event_log (type, conversation_id, subject_id, payload)
      select 'message.received', conversation_id, $7, jsonb_build_object('seq', seq) from said)
    select said.seq, coalesce(touched.rev, said.rev) as rev, said.at from said left join touched on true`,
};

/** $1 worker $2 lease in ms $3 how many (was: 'sending' means that an earlier attempt is in doubt) */
export const claim: Statement = {
  name: 'claim',
  text: `
    with head as materialized (
      select d.id, d.state as was from delivery d
      where d.state in ('queued', 'sending') and d.due_at <= clock_timestamp()
        and not exists (select 1 from delivery e where e.line = d.line and e.id <> d.id and e.state in ('queued', 'sending')
                        and (e.seq < d.seq or e.state = 'sending'))
      order by d.due_at limit $3
      for update of d skip locked)
    update delivery d set state = 'sending', worker = $1, attempts = d.attempts + 1,
           due_at = clock_timestamp() + $2 * interval '1 millisecond'
    from head where d.id = head.id
    returning d.id, d.line, d.seq, d.conversation_id, d.attempts, head.was`,
};

/** $1 delivery $2 attempt claimed $3 outcome $4 provider's id */
export const settle: Statement = {
  name: 'settle',
  text: `
    update delivery set state = $3, provider_id = $4 where id = $1 and state = 'sending' and attempts = $2`,
};

/** $1 root customer $2 before (at) $3 before (id) $4 how many */
export const timeline: Statement = {
  name: 'timeline',
  text: `
    select m.* from conversation c
    cross join lateral (
      select * from message m where m.conversation_id = c.id and (m.at, m.id) < ($2, $3)
      order by m.at desc, m.id desc limit $4) m
    where c.customer_id in (select id from customer where id = $1 or merged_into = $1)
    order by m.at desc, m.id desc limit $4`,
};

/** $1 queue $2 state $3 before (last_message_at) $4 before (id) $5 how many */
export const queuePage: Statement = {
  name: 'queue-page',
  text: `
    select * from ticket where queue_id = $1 and state = $2 and (last_message_at, id) < ($3, $4)
    order by last_message_at desc, id desc limit $5`,
};

/** $1 conversation $2 last rev seen $3 how many */
export const catchUp: Statement = {
  name: 'catch-up',
  text: `
    select * from message where conversation_id = $1 and rev > $2 order by rev limit $3`,
};

/** $1 last xid $2 last position $3 how many */
export const feed: Statement = {
  name: 'feed',
  text: `
    select * from event_log where (xid, position) > ($1::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, position limit $3`,
};

/** $1 channel $2 poller $3 lease in ms (no row: another poller has it) */
export const lease: Statement = {
  name: 'lease',
  text: `
    insert into account_lease as l (channel_id, holder, lease_until)
    values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
    on conflict (channel_id) do update set holder = $2, lease_until = excluded.lease_until
    where l.holder = $2 or l.lease_until < clock_timestamp()
    returning token, cursor`,
};
