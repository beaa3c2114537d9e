import type { Sql } from '#channels';
import { holdTicket, type HeldTicket } from '../work/hold.js';

export interface FollowWish {
  ticketId: string;
  agentId: string;
  follows: boolean;
  /** Who wishes it: the agent, a colleague, or null for the hub itself. */
  by: string | null;
  /** Why somebody follows; 'chose' unless said otherwise. */
  why?: 'chose' | 'mentioned';
}

/** `changed`: false where it was so already, and nothing was written. */
export type Followed =
  { outcome: 'set'; ticket: HeldTicket; changed: boolean } | { outcome: 'no_agent' } | { outcome: 'absent' };

/** Lets an agent follow a ticket, or no longer. Whether they may read it is the caller's to know. */
export async function followTicket(sql: Sql, wish: FollowWish): Promise<Followed> {
  const ticket = await holdTicket(sql, wish.ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (!wish.follows) {
    return { outcome: 'set', ticket, changed: await leave(sql, wish) };
  }
  const [agent] = await sql.query('select 1 from agent where id = $1 and disabled_at is null', [wish.agentId]);
  return agent ? { outcome: 'set', ticket, changed: await join(sql, wish) } : { outcome: 'no_agent' };
}

async function leave(sql: Sql, { ticketId, agentId }: FollowWish): Promise<boolean> {
  const gone = await sql.query('delete from ticket_follower where ticket_id = $1 and agent_id = $2 returning 1', [
    ticketId,
    agentId,
  ]);
  return gone.length > 0;
}

async function join(sql: Sql, { ticketId, agentId, why = 'chose' }: FollowWish): Promise<boolean> {
  const come = await sql.query(
    'insert into ticket_follower (ticket_id, agent_id, why) values ($1, $2, $3) on conflict do nothing returning 1',
    [ticketId, agentId, why],
  );
  return come.length > 0;
}
