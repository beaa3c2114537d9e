import type { Statement } from '#channels';

/** Unread messages are counted up to here: a reader is told that there are more. */
const mostUnread = 100;

/** A ticket's person with all their conversations, and the last words in any of them: what the hub says by itself hides no question. */
const person = `cross join lateral (
  select t.*, root.id as customer_id, root.name as customer_name, top.id as person,
         array[top.id] || array(
           select c.id from customer k join conversation c on c.customer_id = k.id where k.merged_into = root.id) as parts
  from ticket t
  join conversation c on c.id = t.conversation_id
  join customer own on own.id = c.customer_id
  join customer root on root.id = coalesce(own.merged_into, own.id)
  join conversation top on top.customer_id = root.id and top.erased_at is null
  where t.id = page.id limit 1) mine
left join lateral (
  select jsonb_build_object('body', left(m.body, 200), 'kind', m.kind, 'direction', m.direction, 'channelId', m.channel_id, 'at', m.at,
                            'restricted', coalesce(mq.restricted, m.ticket_id is null and m.restricted_by is not null, false),
                            'queue_id', coalesce(mt.queue_id, m.restricted_by)) as said
  from unnest(mine.parts) p(id)
  cross join lateral (
    select n.* from message n where n.conversation_id = p.id and n.kind <> 'event' and n.author <> 'system' order by n.seq desc limit 1) m
  left join ticket mt on mt.id = m.ticket_id left join queue mq on mq.id = coalesce(mt.queue_id, m.restricted_by)
  order by m.at desc, m.id desc limit 1) last on true`;

const awake = '(t.snoozed_until is null or not (select $8::boolean))';

/** A line for each ticket of a page, which says by what columns of its own they are ordered and told apart. */
const linesOf = (cursor: string, order: string): string => `
select mine.*, ${cursor} as cursor_at, last.said,
       (select count(*)::int from (
          select 1 from unnest(mine.parts) p(id)
          left join read_cursor r on r.agent_id = $1 and r.conversation_id = p.id
          cross join lateral (
            select 1 from message m
            where m.conversation_id = p.id and m.seq > coalesce(r.seq, 0) and m.direction = 'in' limit ${String(mostUnread)}) news
          limit ${String(mostUnread)}) u) as unread
from page
${person}
order by ${order}`;

const latestFirst = linesOf('page.last_message_at::text', 'page.last_message_at desc, page.id desc');

/** The lines of these tickets, in this order. Parameters: reader, tickets. */
export const listLines: Statement = {
  name: 'list-lines',
  text: `
with page as materialized (select w.id, w.ord from unnest($2::uuid[]) with ordinality w(id, ord))
${linesOf("''", 'page.ord')}`,
};

/**
 * A page of a list: tickets of the given queues or owner in the given states, latest first. One index walk per queue and state,
 * merged; no offset and no count. The page's size stands in the text and the lists are asked for by subselects, so that the plan that
 * is kept costs the same as one made anew and is chosen: making it takes longer than the page. What belongs to a ticket is read by a
 * lateral of one row, for a plan that does not know the page is short would read all customers instead. Last words and what is unread are the
 * person's, whichever of their conversations they stand in.
 * Parameters: reader, queues, owner or null, states, unassigned only, before (at), before (id), without those that sleep.
 */
export function listPage(limit: number): Statement {
  const size = String(Math.trunc(limit));
  return {
    name: `list-page-${size}`,
    text: `
with page as materialized (
  select t.* from (
    select n.id, n.last_message_at from unnest((select $2::uuid[])) q(id), unnest((select $4::text[])) s(state), lateral (
      select t.id, t.last_message_at from ticket t
      where (select $3::uuid is null and not $5) and t.queue_id = q.id and t.state = s.state and ${awake} and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit ${size}) n
    union all
    select n.id, n.last_message_at from unnest((select $2::uuid[])) q(id), lateral (
      select t.id, t.last_message_at from ticket t
      where (select $5::boolean) and t.queue_id = q.id and t.owner_id is null and t.state not in ('solved', 'closed') and ${awake}
        and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit ${size}) n
    union all
    select n.id, n.last_message_at from unnest((select $4::text[])) s(state), lateral (
      select t.id, t.last_message_at from ticket t
      where t.owner_id = (select $3::uuid) and t.state = s.state and ${awake} and (t.last_message_at, t.id) < ($6::timestamptz, $7::uuid)
      order by t.last_message_at desc, t.id desc limit ${size}) n) t
  order by t.last_message_at desc, t.id desc limit ${size})
${latestFirst}`,
  };
}

/** What is one's own may be of any queue, or of those that are named. */
const ofWanted = '(cardinality($2::uuid[]) = 0 or t.queue_id = any ($2::uuid[]))';

/** Which tickets a list of one's own is made of. Parameters: reader, queues, before (at), before (id). */
const ownLists = {
  snoozed: `ticket t where t.snoozed_until is not null and (t.queue_id = any ($2::uuid[]) or t.owner_id = $1)`,
  following: `ticket_follower f join ticket t on t.id = f.ticket_id where f.agent_id = $1 and ${ofWanted}`,
  drafts: `(
    select distinct on (d.conversation_id) w.id as ticket_id from draft d
    join conversation c on c.id = d.conversation_id join customer k on k.id = c.customer_id
    join customer g on coalesce(g.merged_into, g.id) = coalesce(k.merged_into, k.id)
    join conversation p on p.customer_id = g.id join ticket w on w.conversation_id = p.id
    where d.agent_id = $1 order by d.conversation_id, w.last_message_at desc) f join ticket t on t.id = f.ticket_id where ${ofWanted}`,
  mentions: `(select distinct n.ticket_id from ticket_mention n where n.agent_id = $1) f join ticket t on t.id = f.ticket_id where ${ofWanted}`,
};

export type OwnList = keyof typeof ownLists;

/** A page of what sleeps in the reader's queues, of what they follow, or of what they were named in. Whether they may read it is asked after it. */
export function ownPage(list: OwnList, limit: number): Statement {
  const size = String(Math.trunc(limit));
  return {
    name: `own-page-${list}-${size}`,
    text: `
with page as materialized (
  select t.id, t.last_message_at from ${ownLists[list]} and (t.last_message_at, t.id) < ($3::timestamptz, $4::uuid)
  order by t.last_message_at desc, t.id desc limit ${size})
${latestFirst}`,
  };
}

/** Which queues this reader's lists are made of: those they serve, or all for a supervisor. Parameters: reader, oversees. */
export const listedQueues: Statement = {
  name: 'listed-queues',
  text: `
select q.id, exists (select 1 from queue_member m where m.queue_id = q.id and m.agent_id = $1) as served from queue q
where $2 or exists (select 1 from queue_member m where m.queue_id = q.id and m.agent_id = $1)`,
};
