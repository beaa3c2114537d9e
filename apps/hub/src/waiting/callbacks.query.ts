import type { Statement } from '#channels';
import type { CallbackView } from '#contract';

/** Parameters: id, work item, channel, identity, our message's seq. No row: the work is not waited for any more. */
export const insertOffer: Statement = {
  name: 'callback-offer',
  text: `
insert into callback (id, queue_id, ticket_id, work_item_id, conversation_id, customer_id, channel_id, identity_id, state, asked_seq, heard_seq, offered_at)
select $1, w.queue_id, w.ticket_id, w.id, $5, $6, $3, $4, 'offered', $7, $7, clock_timestamp()
from work_item w where w.id = $2
on conflict (work_item_id) where state = 'offered'
do update set id = excluded.id, asked_seq = excluded.asked_seq, heard_seq = excluded.heard_seq, offered_at = excluded.offered_at`,
};

/**
 * Asks to be called back for work that waits, or changes how. One that is open for this customer and queue is this one. Parameters: id,
 * work item, conversation, customer, channel, identity, way, address.
 */
export const insertRequest: Statement = {
  name: 'callback-request',
  text: `
insert into callback (id, queue_id, ticket_id, work_item_id, conversation_id, customer_id, channel_id, identity_id, state, way, address, requested_at)
select $1, w.queue_id, w.ticket_id, w.id, $3, $4, $5, $6, 'requested', $7, $8, clock_timestamp()
from work_item w where w.id = $2 and w.state in ('queued', 'offered')
on conflict (customer_id, queue_id) where state in ('requested', 'due')
do update set way = excluded.way, address = excluded.address, work_item_id = excluded.work_item_id, ticket_id = excluded.ticket_id
returning id, ticket_id as "ticketId", queue_id as "queueId"`,
};

/** What was offered is agreed, while nobody has the work yet. Parameters: callback, way, address. */
export const acceptOffer: Statement = {
  name: 'callback-accept',
  text: `
update callback b set state = 'requested', way = $2, address = $3, requested_at = clock_timestamp()
from work_item w
where b.id = $1 and b.state = 'offered' and w.id = b.work_item_id and w.state in ('queued', 'offered')
  and not exists (select 1 from callback o where o.customer_id = b.customer_id and o.queue_id = b.queue_id and o.state in ('requested', 'due'))
returning b.id, b.ticket_id as "ticketId", b.queue_id as "queueId"`,
};

/** Parameters: callback, our message that offers to take it back. */
export const markAsked: Statement = {
  name: 'callback-asked',
  text: 'update callback set asked_seq = $2, heard_seq = $2 where id = $1',
};

/** Ends an open one. Parameters: callback, how, by whom, why, the states it may be in. */
export const endCallback: Statement = {
  name: 'callback-end',
  text: `
update callback set state = $2, ended_at = clock_timestamp(), ended_by = $3, end_reason = $4
where id = $1 and state = any ($5::text[]) returning ticket_id as "ticketId"`,
};

/** Follows the work: due while an agent has it, done with its ticket. What was only offered is over once the work is not waited for. */
export const followWork: Statement = {
  name: 'callback-follow',
  text: `
with seen as materialized (
  select b.id, b.state, case
      when b.state = 'offered' then case when w.state not in ('queued', 'offered') then 'cancelled' end
      when t.state in ('solved', 'closed') then 'done'
      when exists (select 1 from work_item l where l.ticket_id = t.id and l.state = 'assigned') then 'due'
      else 'requested' end as should
  from callback b join work_item w on w.id = b.work_item_id join ticket t on t.id = b.ticket_id
  where b.state in ('offered', 'requested', 'due'))
update callback b
set state = s.should,
    due_at = case when s.should = 'due' then clock_timestamp() else b.due_at end,
    ended_at = case when s.should in ('done', 'cancelled') then clock_timestamp() end,
    end_reason = case s.should when 'done' then 'solved' when 'cancelled' then 'answered' end
from seen s
where b.id = s.id and b.state = s.state and s.should is not null and s.should <> b.state
returning b.id`,
};

/** Answers come soon or hardly at all. */
export const hasLiveCallbacks: Statement = {
  name: 'callback-live',
  text: `
select count(*) > 0 as any, coalesce(bool_or(asked_seq is not null), false) as asked,
       coalesce(bool_or(asked_seq is not null and coalesce(requested_at, offered_at) > clock_timestamp() - interval '10 minutes'), false) as "isFresh"
from callback where state in ('offered', 'requested', 'due')`,
};

/** With what readers need. `conversation` names the person, as everywhere in the API. */
const view = `
select b.id, b.state, b.way, b.address, b.identity_id as "identityId", b.channel_id as "channelId", b.queue_id as "queueId",
       b.ticket_id as "ticketId", t.number as "ticketNumber", top.id as conversation, root.name as "customerName",
       b.requested_at as "requestedAt", b.due_at as "dueAt", b.ended_at as "endedAt", b.end_reason as "endReason", b.calls, b.last_call_at as "lastCallAt"
from callback b
join ticket t on t.id = b.ticket_id
join conversation here on here.id = b.conversation_id
join customer mine on mine.id = here.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation top on top.customer_id = root.id`;

/**
 * Those that a reader may know of: of the queues that they serve and of tickets that are theirs, those asked for first. Parameters:
 * oversees, reader, callback (null: any), ticket (null: any), states, how many, the callback behind which they begin (null: the first).
 */
export const listCallbacks: Statement = {
  name: 'callback-list',
  text: `${view}
where b.way is not null and ($3::uuid is null or b.id = $3) and ($4::uuid is null or b.ticket_id = $4) and b.state = any ($5::text[])
  and ($1 or t.owner_id = $2 or exists (select 1 from queue_member m where m.queue_id = t.queue_id and m.agent_id = $2))
  and ($7::uuid is null or (b.requested_at, b.id) > (select l.requested_at, l.id from callback l where l.id = $7))
order by b.requested_at, b.id limit $6`,
};

/** A callback as the database tells it. */
export interface CallbackRow extends Omit<CallbackView, 'requestedAt' | 'dueAt' | 'endedAt' | 'lastCallAt'> {
  requestedAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  lastCallAt: Date | null;
}

export function presentCallback(row: CallbackRow): CallbackView {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    lastCallAt: row.lastCallAt?.toISOString() ?? null,
  };
}

/** The conversation of a callback, locked as writers do. */
export const lockTalkOf: Statement = {
  name: 'callback-talk',
  text: `
select c.id, c.rev, b.ticket_id as "ticketId", b.identity_id as "identityId", b.channel_id as "channelId", b.way, b.address,
       b.queue_id as "queueId", k.locale, b.work_item_id as "workId", b.customer_id as "customerId"
from callback b join conversation c on c.id = b.conversation_id join customer k on k.id = c.customer_id
where b.id = $1 for no key update of c`,
};

/** What a customer answered to what we asked them, oldest first: those since the last look, on the way that we asked by. */
export const answersToAsked: Statement = {
  name: 'callback-answers',
  text: `
select b.id, b.state, asked.content -> 'choices' as choices, m.seq, m.kind, m.body, m.content -> 'choice' ->> 'id' as "choiceId",
       ch.kind as "channelKind",
       exists (select 1 from message o where o.conversation_id = b.conversation_id and o.seq > b.asked_seq and o.seq < m.seq
               and o.direction = 'out'
                 and (o.author <> 'system' or exists (select 1 from survey_ask a where a.conversation_id = o.conversation_id and a.asked_seq = o.seq))) as "wasAnswered"
from callback b
join channel ch on ch.id = b.channel_id
join message asked on asked.conversation_id = b.conversation_id and asked.seq = b.asked_seq
join lateral (
  select s.* from message s
  where s.conversation_id = b.conversation_id and s.seq > b.heard_seq and s.direction = 'in' and s.identity_id = b.identity_id
  order by s.seq limit 20) m on true
where b.state in ('offered', 'requested', 'due') and b.asked_seq is not null
order by b.id, m.seq`,
};

export interface AnswerRow {
  id: string;
  state: 'offered' | 'requested' | 'due';
  choices: { id: string; label: string }[] | null;
  seq: number;
  kind: string;
  body: string;
  choiceId: string | null;
  channelKind: string;
  /** Somebody of us has written since, or a survey was asked: a bare digit is meant for that. */
  wasAnswered: boolean;
}

export const markHeard: Statement = {
  name: 'callback-heard',
  text: 'update callback set heard_seq = greatest(heard_seq, $2) where id = $1',
};

/** Keeps a number that somebody gave, as the claim that it is: agents can text it. Parameters: id, conversation, number. */
export const claimNumber: Statement = {
  name: 'callback-claim',
  text: `
insert into identity_claim (id, customer_id, kind, address, source)
select $1, c.customer_id, 'phone', $3, 'form' from conversation c
where c.id = $2 and (select count(*) from identity_claim known where known.customer_id = c.customer_id and known.state = 'open') < 100
on conflict do nothing`,
};
