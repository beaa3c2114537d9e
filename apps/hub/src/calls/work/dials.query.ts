import type { AgentEndpoint, Statement } from '#channels';

/** Whom an agent wants to call, and with what. */
export interface DialFacts {
  number: string;
  isBlocked: boolean;
  /** They want no calls from this channel. */
  isOptedOut: boolean;
  phone: AgentEndpoint | null;
}

/** Parameters: conversations of the person, identity, agent, channel. */
export const readDialFacts: Statement = {
  name: 'dial-facts',
  text: `
select i.address as number,
       exists (select 1 from customer mine join customer g on g.id = coalesce(mine.merged_into, mine.id) or g.merged_into = coalesce(mine.merged_into, mine.id)
               where mine.id = c.customer_id and g.blocked_at is not null) as "isBlocked",
       exists (select 1 from opt_out o where o.channel_id = $4 and o.kind = 'phone' and o.address = i.address and o.ended_at is null) as "isOptedOut",
       case when a.phone_kind is not null then jsonb_build_object('kind', a.phone_kind, 'address', a.phone_address) end as phone
from identity i join conversation c on c.customer_id = i.customer_id join agent a on a.id = $3
where i.id = $2 and c.id = any ($1::uuid[]) and i.kind = 'phone' and i.retired_at is null`,
};

/** The call that rings an agent or that they are on; the latest. `conversationId` names the person. */
export const readMyCall: Statement = {
  name: 'call-mine',
  text: `
select p.id, p.channel_id as "channelId", p.call_id as "callId", top.id as "conversationId", p.ticket_id as "ticketId", p.phase,
       root.name as "customerName", case p.direction when 'in' then p.from_address else p.to_address end as number, p.direction,
       to_char(case when p.phase <> 'ringing' then a.talking_since end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "answeredAt", p.records,
       exists (select 1 from recording_pause r where r.conversation_id = p.conversation_id and r.seq = p.seq and r.resumed_at is null) as paused,
       p.phase = 'talking' and coalesce((
         select t.state = 'failed' from call_transfer t where t.phone_call_id = p.id and t.leg_id = p.leg_id order by t.asked_at desc limit 1), false) as "transferFailed"
from phone_call p join agent a on a.id = p.agent_id
join conversation here on here.id = p.conversation_id join customer mine on mine.id = here.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id) join conversation top on top.customer_id = root.id
where p.agent_id = $1 and p.ended_at is null and p.phase in ('ringing', 'talking', 'handing')
order by p.started_at desc limit 1`,
};
