import type { CallContent, Statement } from '#channels';
import { lockPeople } from '../../database/lock-people.js';

/**
 * Calls to look at, behind one of them. A provider that tells of talks at their end only tells of a hang-up a moment before: whether it was
 * in vain is not known yet. Parameters: how many, its conversation, its seq.
 */
export const listDueCalls: Statement = {
  name: 'call-due-list',
  text: `
select d.conversation_id as "conversationId", d.seq from call_due d
where (d.conversation_id, d.seq) > ($2::uuid, $3::bigint) and not exists (
  select 1 from phone_call p join channel h on h.id = p.channel_id
  where p.conversation_id = d.conversation_id and p.seq = d.seq and p.leg_id is not null and h.config ->> 'driver' = 'jambonz'
    and p.left_waiting_at > clock_timestamp() - interval '10 seconds')
order by d.conversation_id, d.seq limit $1`,
};

export interface DueCall {
  conversationId: string;
  seq: number;
}

/** Locks all conversations of a person, by id, as every writer does first. Parameter: one of them. */
export const lockPersonOf: Statement = {
  name: 'call-due-person',
  text: lockPeople(
    '= (select coalesce(k.merged_into, k.id) from customer k join conversation here on here.customer_id = k.id where here.id = $1)',
  ),
};

export const takeDueCall: Statement = {
  name: 'call-due-take',
  text: 'delete from call_due where conversation_id = $1 and seq = $2 returning 1',
};

/** A call as its message tells it, with all that decides who is to be called back. */
export interface CallFacts {
  call: CallContent;
  channelId: string;
  identityId: string | null;
  /** The number, in E.164; null where none was shown. */
  number: string | null;
  flags: string[];
  ticketId: string | null;
  queueId: string | null;
  ticketState: string | null;
  /** The live work of its ticket. */
  workId: string | null;
  isHeld: boolean;
  customerId: string;
  locale: string;
  /** Peyk itself answered its line. */
  isLine: boolean;
  leftWaiting: boolean;
  /** The legs of whoever handed the caller over. */
  handed: string[];
  /** It is long over: nobody expects to be called back for it. */
  isStale: boolean;
  /** Somebody of ours has talked with that number since it began. */
  isSettled: boolean;
  isNoted: boolean;
}

const began = (message: string) =>
  `coalesce((${message}.content -> 'call' ->> 'startedAt')::timestamptz, ${message}.at)`;

/** Whether somebody of ours talked in the call of a message: on a line of ours the line alone is not enough. */
const isTalk = (message: string) => `(case
  when exists (select 1 from phone_call p where p.conversation_id = ${message}.conversation_id and p.seq = ${message}.seq and p.direction = 'in')
    then ${message}.content -> 'call' -> 'details' -> 'legs' @> '[{"outcome": "answered"}]'
  else ${message}.content -> 'call' ->> 'answeredAt' is not null or ${message}.content -> 'call' ->> 'outcome' = 'answered' end)`;

export const readCallFacts: Statement = {
  name: 'call-facts',
  text: `
select m.content -> 'call' as call, m.channel_id as "channelId", m.identity_id as "identityId",
       case when i.kind = 'phone' then i.address end as number, coalesce(m.content -> 'flags', '[]') as flags,
       t.id as "ticketId", t.queue_id as "queueId", t.state as "ticketState", w.id as "workId", coalesce(w.state = 'assigned', false) as "isHeld",
       coalesce(k.merged_into, k.id) as "customerId", k.locale, p.id is not null as "isLine", p.left_waiting_at is not null as "leftWaiting",
       array(select h.leg_id from call_transfer h where h.phone_call_id = p.id and h.state = 'moved') as handed,
       ${began('m')} < clock_timestamp() - interval '1 day' as "isStale",
       exists (select 1 from message o
               where o.conversation_id = m.conversation_id and o.kind = 'call' and o.identity_id = m.identity_id and o.seq <> m.seq
                 and o.at > ${began('m')} - interval '1 day' and ${began('o')} > ${began('m')} and ${isTalk('o')}) as "isSettled",
       exists (select 1 from missed_call d where d.conversation_id = m.conversation_id and d.seq = m.seq) as "isNoted"
from message m
join conversation c on c.id = m.conversation_id join customer k on k.id = c.customer_id
left join identity i on i.id = m.identity_id
left join ticket t on t.id = m.ticket_id
left join work_item w on w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')
left join phone_call p on p.conversation_id = m.conversation_id and p.seq = m.seq and p.direction = 'in'
where m.conversation_id = $1 and m.seq = $2 and m.kind = 'call'`,
};

/**
 * One call back for a number and a queue, however often they called. Parameters: id, queue, ticket, work item, conversation, customer,
 * channel, identity, number, whether an agent has the work, when they called.
 */
export const noteMissed: Statement = {
  name: 'call-missed-note',
  text: `
insert into callback (id, queue_id, ticket_id, work_item_id, conversation_id, customer_id, channel_id, identity_id, state, way, address,
                      requested_at, due_at, calls, last_call_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, case when $10::boolean then 'due' else 'requested' end, 'call', $9, clock_timestamp(),
        case when $10::boolean then clock_timestamp() end, 1, $11)
on conflict (customer_id, queue_id) where state in ('requested', 'due')
do update set calls = callback.calls + 1, last_call_at = greatest(callback.last_call_at, excluded.last_call_at)
returning id, calls = 1 and id = $1 as "isNew"`,
};

/** They asked for it on that very call: then they did not call in vain. Parameters: customer, queue, when the call began. */
export const isAgreed: Statement = {
  name: 'call-missed-agreed',
  text: `
select 1 from callback where customer_id = $1 and queue_id = $2 and state in ('requested', 'due') and calls = 0 and requested_at >= $3`,
};

export const keepMissed: Statement = {
  name: 'call-missed-keep',
  text: 'insert into missed_call (conversation_id, seq, callback_id, at) values ($1, $2, $3, $4) on conflict do nothing',
};

/** Open calls back to a number that a talk with it has settled. Parameters: customer, number, when the talk began, its identity. */
export const settledBy: Statement = {
  name: 'call-settled',
  text: `
select b.id, b.ticket_id as "ticketId" from callback b
where b.customer_id = $1 and b.state in ('requested', 'due') and b.way = 'call' and (b.address = $2 or b.identity_id = $4)
  and coalesce(b.last_call_at, b.requested_at) <= $3
order by b.id`,
};

/** Nothing but calls came in for a ticket, nobody has it and nobody is on the line for it: what it was opened for is settled. */
export const isOnlyCalls: Statement = {
  name: 'call-only',
  text: `
select 1 from ticket t
where t.id = $1 and t.owner_id is null and t.state in ('new', 'open')
  and not exists (select 1 from phone_call p where p.ticket_id = t.id and p.ended_at is null)
  and not exists (select 1 from message m where m.ticket_id = t.id and m.kind not in ('call', 'event') and m.author <> 'system')`,
};
