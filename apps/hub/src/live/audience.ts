import type { ConversationChanges } from '#contract';

/** A room of sockets. Only the server names rooms and only it puts sockets in them. */
export type Room = `queue:${string}` | `agent:${string}` | `person:${string}` | `watch:${string}` | 'overseers';

/** One emission: who hears it, and what they hear. */
export interface Emission {
  rooms: Room[];
  except: Room[];
  changes: ConversationChanges;
}

/** Who works on a person, as far as live readers are concerned. */
export interface Workers {
  queueIds: string[];
  ownerIds: string[];
}

/**
 * Who may hear of changes. Agents of the queues that work on the person, the tickets' owners, whoever has the person open (their
 * right was checked when they opened it), and supervisors. When a message belongs to a restricted queue, only supervisors get its
 * content here: the others get an empty frame ahead of their rev, and read the change by catch-up under their own rights.
 */
export function audienceOf(changes: ConversationChanges, workers: Workers, holdsRestricted: boolean): Emission[] {
  const agents = agentsOf(changes, workers);
  if (!holdsRestricted) {
    return [{ rooms: [...agents, 'overseers'], except: [], changes }];
  }
  const hint = { ...changes, since: changes.rev, messages: [], tickets: [] };
  return [
    { rooms: ['overseers'], except: [], changes },
    { rooms: agents, except: ['overseers'], changes: hint },
  ];
}

/** A ticket that changed hands or queue, and who worked on it before. */
export interface Leaving {
  ticketId: string;
  queueId: string;
  ownerId: string | null;
}

/**
 * What those hear whom a ticket left: where it is now, so that it goes from their lists, and nothing that was said since, for they
 * may not read the person any more. Null when all of them still hear of the person.
 */
export function farewellOf(changes: ConversationChanges, workers: Workers, leaving: Leaving): Emission | null {
  const still: Room[] = [...agentsOf(changes, workers), 'overseers'];
  const before: Room[] = [
    `queue:${leaving.queueId}`,
    ...(leaving.ownerId === null ? [] : [`agent:${leaving.ownerId}` as const]),
  ];
  const rooms = before.filter((room) => !still.includes(room));
  const ticket = changes.tickets.find(({ id }) => id === leaving.ticketId);
  if (rooms.length === 0 || !ticket) {
    return null;
  }
  const tickets = [{ ...ticket, subject: '', tags: [], fields: {} }];
  return { rooms, except: still, changes: { ...changes, since: changes.rev, messages: [], tickets } };
}

function agentsOf(changes: ConversationChanges, workers: Workers): Room[] {
  return [
    ...workers.queueIds.map((id): Room => `queue:${id}`),
    ...workers.ownerIds.map((id): Room => `agent:${id}`),
    `person:${changes.person}`,
  ];
}
