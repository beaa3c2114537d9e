import type { AgentEndpoint, Sql, Statement } from '#channels';
import { isServing } from '#tickets';
import type { CallPhase } from '../lines/phone-call.query.js';
import { isStepped } from '../../waiting/wait-notices.query.js';

/** Where the work of a caller on the line stands. Durations in milliseconds, of the database's clock. */
export interface LineStanding {
  workId: string;
  ticketId: string;
  queueId: string;
  /** 1 is next. Only those on the line are counted: nobody else waits at a phone. */
  place: number;
  waitedMs: number;
  /** A step of the queue says that they be offered to be called back. */
  isStepped: boolean;
  /** The place that they were told; null: none yet. */
  toldPlace: number | null;
  toldMs: number | null;
  wasOffered: boolean;
  hasCallback: boolean;
  /** Some were rung in vain or declined, and nobody else could be rung for a while: all may be rung anew. */
  isRoundOver: boolean;
  /** The queue serves nobody at this hour. */
  isClosed: boolean;
  locale: string;
  /** The root of their group. */
  customerId: string;
  rev: number;
  /** Who is asked, or has the ticket already and is to be rung. */
  holder: {
    id: string;
    agentId: string;
    state: 'offered' | 'accepted';
    leftMs: number;
    phone: AgentEndpoint | null;
  } | null;
}

const ms = (interval: string) => `(extract(epoch from ${interval}) * 1000)::float8`;

const standing: Statement = {
  name: 'line-standing',
  text: `
select w.id as "workId", w.ticket_id as "ticketId", w.queue_id as "queueId",
       (select count(*) from (
          select 1 from work_item o
          where o.queue_id = w.queue_id and o.state = 'queued' and o.class = 'voice' and (o.rank_at, o.id) < (w.rank_at, w.id)
          limit 1000) ahead)::int + 1 as place,
       ${ms('clock_timestamp() - w.enqueued_at')} as "waitedMs", ${isStepped} as "isStepped", n.place as "toldPlace",
       ${ms('clock_timestamp() - n.told_at')} as "toldMs", n.offered_at is not null as "wasOffered",
       exists (select 1 from callback b where b.customer_id = coalesce(k.merged_into, k.id) and b.queue_id = w.queue_id
               and b.state in ('requested', 'due') and b.calls = 0) as "hasCallback",
       w.state = 'queued' and w.excluded_agents <> '{}' and (
         select e.at < clock_timestamp() - interval '30 seconds' from event_log e
         where e.subject_id = w.ticket_id and e.type like 'work.%' order by e.position desc limit 1) is true as "isRoundOver",
       exists (select 1 from queue q where q.id = w.queue_id and not ${isServing('q')}) as "isClosed",
       k.locale, coalesce(k.merged_into, k.id) as "customerId", c.rev,
       case when h.id is not null then jsonb_build_object('id', h.id, 'agentId', h.agent_id, 'state', h.state,
         'leftMs', greatest(0, ${ms('h.expires_at - clock_timestamp()')}),
         'phone', case when g.phone_kind is not null then jsonb_build_object('kind', g.phone_kind, 'address', g.phone_address) end) end as holder
from work_item w
join conversation c on c.id = $2 join customer k on k.id = c.customer_id
left join wait_notice n on n.work_item_id = w.id
left join assignment h on h.work_item_id = w.id and h.state in ('offered', 'accepted')
left join agent g on g.id = h.agent_id
where w.ticket_id = $1 and w.class = 'voice' and w.state in ('queued', 'offered', 'assigned')`,
};

/** Null where no caller waits for this ticket. `conversationId`: the caller's. */
export async function readStanding(sql: Sql, ticketId: string, conversationId: string): Promise<LineStanding | null> {
  const [row] = await sql.query<LineStanding & Record<string, unknown>>(standing, [ticketId, conversationId]);
  return row ?? null;
}

/** What a caller was told on the line. Parameters: work item, conversation, channel, place (null: not told), offered to be called back. */
export const markTold: Statement = {
  name: 'line-told',
  text: `
insert into wait_notice (work_item_id, conversation_id, channel_id, mute, told, told_at, place, offered_at)
values ($1, $2, $3, 'no_way', 1, clock_timestamp(), $4, case when $5::boolean then clock_timestamp() end)
on conflict (work_item_id) do update
set mute = 'no_way', told = wait_notice.told + 1, told_at = clock_timestamp(), place = coalesce(excluded.place, wait_notice.place),
    offered_at = coalesce(wait_notice.offered_at, excluded.offered_at)`,
};

/** Whoever was passed over may be rung again. Parameter: work item. */
export const beginRound: Statement = {
  name: 'line-round',
  text: `update work_item set excluded_agents = '{}' where id = $1 and state = 'queued'`,
};

/** A wait that begins anew was told nothing yet. */
export const forgetTold: Statement = {
  name: 'line-told-nothing',
  text: `delete from wait_notice n using work_item w where w.id = n.work_item_id and w.ticket_id = $1 and w.state in ('queued', 'offered', 'assigned')`,
};

/** The columns of a call that its work moves. Parameters: call, phase, ticket, leg, agent, answered at, left while waiting at. */
export const moveCall: Statement = {
  name: 'line-move-call',
  text: `
update phone_call set phase = $2, ticket_id = $3, leg_id = $4, agent_id = $5, answered_at = $6,
  left_waiting_at = case when $7::boolean then coalesce(left_waiting_at, clock_timestamp()) else left_waiting_at end
where id = $1`,
};

/** The ticket that a call's message joined. */
export const ticketOfMessage: Statement = {
  name: 'line-ticket-of-message',
  text: 'select ticket_id as "ticketId" from message where conversation_id = $1 and seq = $2',
};

/** The line behind a ticket whose work is a voice. */
export interface LineOfTicket {
  channelId: string;
  callId: string;
  phase: CallPhase;
  /** Whoever talks has the ticket. A line that is not put through yet is nobody's. */
  isOwners: boolean;
  /** The one who is asked, or has the ticket, is rung already: whoever fetched the line now would cut the ringing off. */
  isRung: boolean;
}

/** A line that was only just handed over does not name its ticket yet: there its person does. No row: nobody is on the line. */
export const lineOfTicket: Statement = {
  name: 'line-of-ticket',
  text: `
select p.channel_id as "channelId", p.call_id as "callId", p.phase, p.agent_id is not distinct from t.owner_id as "isOwners",
       p.phase = 'ringing' and exists (
         select 1 from work_item w join assignment h on h.work_item_id = w.id and h.state in ('offered', 'accepted')
         where w.ticket_id = t.id and w.state in ('offered', 'assigned') and h.id::text = p.leg_id) as "isRung"
from ticket t
join conversation here on here.id = t.conversation_id join customer mine on mine.id = here.customer_id
join customer k on k.id = coalesce(mine.merged_into, mine.id) or k.merged_into = coalesce(mine.merged_into, mine.id)
join conversation c on c.customer_id = k.id
join phone_call p on p.conversation_id = c.id and p.ended_at is null and p.phase <> 'over' and (p.ticket_id = t.id or p.ticket_id is null)
where t.id = $1 order by p.ticket_id nulls last, p.started_at desc limit 1`,
};

/** Whether another line of the same person rings somebody, or talks; after an hour its end was missed. Parameters: the call's conversation, the call. */
export const personIsServed = `
select 1 from phone_call
where conversation_id = $1 and id <> $2 and ended_at is null and phase in ('ringing', 'talking', 'handing')
  and coalesce(answered_at, started_at) > clock_timestamp() - interval '1 hour' limit 1`;
