import type { Sql } from '#channels';

/** A conversation row of a person under lock, with the rev that readers knew before. The root's names the person. */
export interface LockedPart {
  id: string;
  rev: number;
  isRoot: boolean;
}

/** A ticket under lock, with its live work and who holds it. The conversation was locked first, as everywhere. */
export interface HeldTicket {
  id: string;
  number: number;
  conversationId: string;
  /** The conversation rows of the person, locked, with the revs that readers knew before. */
  parts: LockedPart[];
  state: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';
  version: number;
  queueId: string;
  ownerId: string | null;
  subject: string;
  priority: number;
  tags: string[];
  /** `excluded`: agents who declined it, whom the router passes over. */
  work: { id: string; state: 'queued' | 'offered' | 'assigned'; weight: number; excluded: string[] } | null;
  assignment: { id: string; agentId: string } | null;
}

/**
 * Locks a ticket for a change, in the one order that cannot deadlock: conversation, ticket, work item.
 * @returns null when there is no such ticket.
 */
export async function holdTicket(sql: Sql, ticketId: string): Promise<HeldTicket | null> {
  const parts = await lockPerson(sql, `select conversation_id from ticket where id = $1`, ticketId);
  const [ticket] = await sql.query<Omit<HeldTicket, 'parts' | 'work' | 'assignment'>>(
    `select id, number, conversation_id as "conversationId", state, version, queue_id as "queueId", owner_id as "ownerId", subject, priority, tags
     from ticket where id = $1 for no key update`,
    [ticketId],
  );
  if (!ticket) {
    return null;
  }
  const [work] = await sql.query<NonNullable<HeldTicket['work']>>(
    `select id, state, weight, excluded_agents as excluded from work_item where ticket_id = $1 and state in ('queued', 'offered', 'assigned') for update`,
    [ticketId],
  );
  const [assignment] = await sql.query<NonNullable<HeldTicket['assignment']>>(
    `select id, agent_id as "agentId" from assignment where work_item_id = $1 and state in ('offered', 'accepted') for update`,
    [work?.id ?? null],
  );
  return { ...ticket, parts, work: work ?? null, assignment: assignment ?? null };
}

/**
 * Locks every conversation row of a person, by id: whatever moves the speaker moves it on all of them. `which` is a statement that
 * gives one of the rows' ids for `$1`.
 */
export async function lockPerson(sql: Sql, which: string, id: string): Promise<LockedPart[]> {
  return sql.query<LockedPart>(
    `select c.id, c.rev, owner.merged_into is null as "isRoot"
     from conversation c join customer owner on owner.id = c.customer_id
     where c.customer_id in (
       select k.id from customer k, (
         select coalesce(mine.merged_into, mine.id) as id from customer mine
         join conversation here on here.customer_id = mine.id where here.id = (${which})) root
       where k.id = root.id or k.merged_into = root.id)
     order by c.id for no key update of c`,
    [id],
  );
}
