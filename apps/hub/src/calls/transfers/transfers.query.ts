import type { AgentEndpoint, Statement } from '#channels';
import { hasPhone, hasRoom, isServing, isThere } from '#tickets';

/** A call by its own id or its message's. Parameter: either. */
export const readTransferCall: Statement = {
  name: 'transfer-call',
  text: `
select p.id, p.channel_id as "channelId", p.call_id as "callId", p.conversation_id as "conversationId"
from phone_call p left join message m on m.conversation_id = p.conversation_id and m.seq = p.seq
where (p.id = $1 or m.id = $1) and p.conversation_id is not null`,
};

export interface TransferCall {
  id: string;
  channelId: string;
  callId: string;
  conversationId: string;
}

/** A voice, as it asks for room. */
const voice = `cross join (select 'voice'::text as class, 100 as weight) v`;

/** Who can be rung at this moment. Parameter: one agent, or null for all. */
export const readColleagues: Statement = {
  name: 'transfer-colleagues',
  text: `
select a.id, a.name, case
         when not ${hasPhone('a', 'v.class')} then 'no_phone'
         when not (${isThere('a')}) then 'away'
         when not (${hasRoom('a', 'v')}) then 'busy'
         else 'free' end as state
from agent a ${voice} where a.disabled_at is null and ($1::uuid is null or a.id = $1) order by lower(a.name), a.id`,
};

/** Parameter: one queue, or null for all. */
export const readTransferQueues: Statement = {
  name: 'transfer-queues',
  text: `
select q.id, q.name, ${isServing('q')} as "isOpen" from queue q where $1::uuid is null or q.id = $1 order by lower(q.name), q.id`,
};

/** Parameters: transfer, call, its leg, turn, who asks, agent, queue, kind and address of a phone. */
export const insertTransfer: Statement = {
  name: 'transfer-insert',
  text: `
with handing as (update phone_call set phase = 'handing', touched_at = clock_timestamp() where id = $2)
insert into call_transfer (id, phone_call_id, leg_id, turn, asked_by, to_agent_id, to_queue_id, to_kind, to_address)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

/** What a transfer that was asked for wants. */
export interface Transfer {
  id: string;
  askedBy: string;
  toAgentId: string | null;
  toQueueId: string | null;
  to: AgentEndpoint | null;
}

/** The line has come. Parameter: the call. */
export const moveTransfer: Statement = {
  name: 'transfer-move',
  text: `
update call_transfer set state = 'moved', settled_at = clock_timestamp() where phone_call_id = $1 and state = 'asked'
returning id, asked_by as "askedBy", to_agent_id as "toAgentId", to_queue_id as "toQueueId",
  case when to_kind is not null then jsonb_build_object('kind', to_kind, 'address', to_address) end as to`,
};

/** Whether somebody's talk was handed over, so that what is told of it is past. Parameters: call, leg. */
export const isHandedOver: Statement = {
  name: 'transfer-is-moved',
  text: `select 1 from call_transfer where phone_call_id = $1 and leg_id = $2 and state = 'moved' limit 1`,
};

/** A transfer whose provider is to be told now. */
export interface DueTransfer {
  channelId: string;
  callId: string;
  turn: number;
  tries: number;
}

/** Takes the telling of a transfer for a while: whoever dies with it is followed by the next. Parameters: transfer, for how many seconds. */
export const claimTransfer: Statement = {
  name: 'transfer-claim',
  text: `
update call_transfer t set tries = t.tries + 1, due_at = clock_timestamp() + $2 * interval '1 second'
from phone_call p where t.id = $1 and p.id = t.phone_call_id and t.state = 'asked' and t.due_at <= clock_timestamp()
returning p.channel_id as "channelId", p.call_id as "callId", t.turn, t.tries`,
};

/** Parameter: how many. */
export const listDueTransfers: Statement = {
  name: 'transfer-list-due',
  text: `select id from call_transfer where state = 'asked' and due_at <= clock_timestamp() order by due_at limit $1`,
};

/** Whose call a transfer is. Parameter: the transfer. */
export const placeOfTransfer: Statement = {
  name: 'transfer-place',
  text: `
select p.id, p.conversation_id as "conversationId" from call_transfer t join phone_call p on p.id = t.phone_call_id where t.id = $1`,
};

/** The two go on talking. Parameter: the transfer. No row where it was not open any more. */
export const failTransfer: Statement = {
  name: 'transfer-fail',
  text: `
with failed as (
  update call_transfer set state = 'failed', settled_at = clock_timestamp() where id = $1 and state = 'asked' returning phone_call_id),
back as (
  update phone_call p set phase = 'talking' from failed f where p.id = f.phone_call_id and p.phase = 'handing' returning p.agent_id)
select b.agent_id as "agentId" from failed f left join back b on true`,
};

/** The caller hung up before their line came. Parameter: the call. */
export const dropTransfer: Statement = {
  name: 'transfer-drop',
  text: `update call_transfer set state = 'failed', settled_at = clock_timestamp() where phone_call_id = $1 and state = 'asked'`,
};
