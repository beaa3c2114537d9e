/** A ticket of the person that a new message could join: any that is not closed. */
export interface JoinableTicket {
  id: string;
  state: 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
  /** End of the reopen window of a solved ticket. */
  reopenUntil: Date | null;
  lastMessageAt: Date;
}

/**
 * Why a message joined its ticket. Stored with the message and shown to agents. `thanks`: it only thanks, so what is solved stays solved;
 * `follow_up`: a new ticket that goes on from one that is closed; `merged` and `split`: it came along with its ticket, or out of one;
 * `answers_outreach`: a new ticket for the answer to something that was told to many.
 */
export type JoinReason =
  | 'reference'
  | 'agent_wrote_last'
  | 'only_open'
  | 'reopened'
  | 'most_recent'
  | 'new_ticket'
  | 'agent_chose'
  | 'thanks'
  | 'follow_up'
  | 'merged'
  | 'split'
  | 'answers_outreach';

export interface JoinFacts {
  /** The ticket that the message names itself, already proven to be this person's. */
  referenced: string | null;
  /** The ticket whose agent wrote last on this channel within 24 hours. */
  agentWroteLast: string | null;
  tickets: JoinableTicket[];
  now: Date;
}

/** `ticket` null means that none fits: the channel's bot, or a new ticket. */
export type Joining =
  | { ticket: string; reason: 'reference' | 'agent_wrote_last' | 'only_open' | 'reopened' | 'most_recent' }
  | { ticket: null; reason: 'new_ticket' };

/** Decides which ticket an inbound message joins. First hit wins, in the order of the design's §4. */
export function joinTicket({ referenced, agentWroteLast, tickets, now }: JoinFacts): Joining {
  const mayJoin = tickets.filter((ticket) => ticket.state !== 'solved' || isReopenable(ticket, now));
  const named = (id: string | null) => id !== null && mayJoin.some((ticket) => ticket.id === id);
  if (named(referenced)) {
    return { ticket: referenced as string, reason: 'reference' };
  }
  if (named(agentWroteLast)) {
    return { ticket: agentWroteLast as string, reason: 'agent_wrote_last' };
  }
  const open = newestFirst(mayJoin.filter((ticket) => ticket.state !== 'solved'));
  if (open[0]) {
    return { ticket: open[0].id, reason: open.length === 1 ? 'only_open' : 'most_recent' };
  }
  const [reopenable] = newestFirst(mayJoin);
  return reopenable ? { ticket: reopenable.id, reason: 'reopened' } : { ticket: null, reason: 'new_ticket' };
}

function isReopenable(ticket: JoinableTicket, now: Date): boolean {
  return ticket.reopenUntil !== null && ticket.reopenUntil > now;
}

function newestFirst(tickets: JoinableTicket[]): JoinableTicket[] {
  return tickets.toSorted((a, b) => b.lastMessageAt.getTime() - a.lastMessageAt.getTime());
}
