import type { Sql, Statement } from '#channels';
import type { WorkClass } from '../routing/work-class.js';

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
  prefix: string;
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
  /** The organisation's own name of its state. */
  stateNameId: string | null;
  parentId: string | null;
  /** Nobody is given it until it wakes. */
  isAsleep: boolean;
  work: HeldWork | null;
  /** Who has it, or is asked whether they take it. */
  assignment: { id: string; agentId: string; state: 'offered' | 'accepted' } | null;
}

/** The live work behind a ticket. */
export interface HeldWork {
  id: string;
  state: 'queued' | 'offered' | 'assigned';
  class: WorkClass;
  weight: number;
  /** Agents who declined it, whom the router passes over. */
  excluded: string[];
  /** Who was asked together with others and may still say yes, each by their offer. */
  asked: { id: string; agentId: string }[];
}

const lockTicket: Statement = {
  name: 'hold-ticket',
  text: `
select id, number, prefix, conversation_id as "conversationId", state, version, queue_id as "queueId", owner_id as "ownerId", subject, priority, tags,
       state_name_id as "stateNameId", parent_id as "parentId", snoozed_until is not null as "isAsleep"
from ticket where id = $1 for no key update`,
};

const lockWork: Statement = {
  name: 'hold-work',
  text: `
select id, state, class, weight, excluded_agents as excluded,
       coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'agentId', b.agent_id) order by b.id) from work_broadcast b
                 where b.work_item_id = work_item.id and b.declined_at is null), '[]') as asked
from work_item where ticket_id = $1 and state in ('queued', 'offered', 'assigned') for update`,
};

const lockAssignment: Statement = {
  name: 'hold-assignment',
  text: `
select id, agent_id as "agentId", state from assignment where work_item_id = $1 and state in ('offered', 'accepted') for update`,
};

/**
 * Locks a ticket for a change, in the one order that cannot deadlock: conversation, ticket, work item.
 * @returns null when there is no such ticket.
 */
export async function holdTicket(sql: Sql, ticketId: string): Promise<HeldTicket | null> {
  const parts = await lockPerson(sql, ticketId);
  const [ticket] = await sql.query<Omit<HeldTicket, 'parts' | 'work' | 'assignment'>>(lockTicket, [ticketId]);
  if (!ticket) {
    return null;
  }
  const [work] = await sql.query<HeldWork & Record<string, unknown>>(lockWork, [ticketId]);
  const [assignment] = await sql.query<NonNullable<HeldTicket['assignment']>>(lockAssignment, [work?.id ?? null]);
  return { ...ticket, parts, work: work ?? null, assignment: assignment ?? null };
}

/**
 * Who belongs to a person changed while their rows were waited for, so that one of them is not locked. To lock it now would be out of the
 * order that all writers keep: the whole transaction starts over, which its code, that of a serialisation failure, asks for.
 */
class PersonMoved extends Error {
  readonly code = '40001';

  constructor() {
    super('people were merged or parted while their rows were waited for');
    this.name = 'PersonMoved';
  }
}

/** The conversation rows of the person that a ticket's row belongs to. Parameter: the ticket. */
const partsOfPerson: Statement = {
  name: 'person-parts',
  text: `
select c.id, c.rev, owner.merged_into is null as "isRoot"
from conversation c join customer owner on owner.id = c.customer_id
where c.customer_id in (
  select k.id from customer k, (
    select coalesce(mine.merged_into, mine.id) as id from customer mine
    join conversation here on here.customer_id = mine.id
    join ticket t on t.conversation_id = here.id where t.id = $1) root
  where k.id = root.id or k.merged_into = root.id)
order by c.id`,
};

const lockParts: Statement = { name: 'hold-person', text: `${partsOfPerson.text} for no key update of c` };

/**
 * Locks every conversation row of a person, by id: whatever moves the speaker moves it on all of them. A statement that waits for a row
 * sees the others as they were before it waited, so who belongs to the person is read again once the rows are held: whoever merges or
 * parts people holds a row of each, and this cannot change any more. Throws PersonMoved where a row is missing by then.
 */
async function lockPerson(sql: Sql, ticketId: string): Promise<LockedPart[]> {
  const locked = await sql.query<LockedPart>(lockParts, [ticketId]);
  const parts = await sql.query<LockedPart>(partsOfPerson, [ticketId]);
  if (!parts.every(({ id }) => locked.some((row) => row.id === id))) {
    throw new PersonMoved();
  }
  return parts;
}
