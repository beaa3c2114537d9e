import { v7 as uuid } from 'uuid';
import type { HistoryTermsView } from '#contract';
import { openWork, spellTags } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { addTickets, noteBrought, ticketsBefore } from './bring.query.js';

export interface TicketRow {
  key: string;
  subject: string;
  isOpen: boolean;
  tags: string[];
  inbox: string;
  assignee: { email: string; name: string } | null;
  priority: number;
  openedAt: Date | null;
  closedAt: Date | null;
  firstAt: Date | null;
  lastAt: Date | null;
}

/** How tickets are written: where those of an inbox go, and who is who by their address. */
export interface TicketTerms {
  source: string;
  terms: HistoryTermsView;
  agents: ReadonlyMap<string, string>;
}

/** The tag of a ticket that was still open there and came closed. */
export const openThere = 'open-when-imported';

/** Writes those that are not here yet. @returns the ids of the person's by their keys, and which were added. */
export async function bringTickets(
  tx: Transaction,
  conversation: string,
  tickets: readonly TicketRow[],
  given: TicketTerms,
): Promise<{ ids: Map<string, string>; added: string[] }> {
  const before = await tx.query<{ key: string; target: string; isTheirs: boolean }>(ticketsBefore, [
    given.source,
    tickets.map(({ key }) => key),
    conversation,
  ]);
  const known = new Set(before.map(({ key }) => key));
  const ids = new Map(before.filter(({ isTheirs }) => isTheirs).map(({ key, target }) => [key, target]));
  const rows = [];
  for (const ticket of tickets.filter(({ key }) => !known.has(key))) {
    const row = rowOf(ticket, given, await tagsOf(tx, ticket, given.terms));
    ids.set(ticket.key, row.id);
    rows.push({ key: ticket.key, ...row });
  }
  if (rows.length > 0) {
    await tx.query(addTickets, [conversation, JSON.stringify(rows)]);
    await tx.query(noteBrought, [
      given.source,
      'ticket',
      JSON.stringify(rows.map(({ key, id }) => ({ key, target: id }))),
    ]);
    for (const { id, queue } of rows.filter(({ state }) => state === 'open')) {
      // Nobody is told: it stands in the line of its queue, which an administrator asked for.
      await openWork(tx, { id, queueId: queue }, { reason: null });
    }
  }
  return { ids, added: rows.map(({ id }) => id) };
}

function tagsOf(tx: Transaction, { tags, isOpen }: TicketRow, { openAs }: HistoryTermsView): Promise<string[]> {
  return spellTags(tx, isOpen && openAs === 'closed' ? [...tags, openThere] : tags);
}

function rowOf(ticket: TicketRow, { terms, agents }: TicketTerms, tags: string[]) {
  const { openedAt, lastAt, closedAt } = instantsOf(ticket, new Date());
  const isOpen = ticket.isOpen && terms.openAs === 'open';
  const owner = agents.get(ticket.assignee?.email.toLowerCase() ?? '') ?? null;
  return {
    id: uuid(),
    queue: placeIn(terms, ticket.inbox).queueId,
    owner: isOpen ? null : owner,
    state: isOpen ? 'open' : 'closed',
    priority: ticket.priority,
    subject: ticket.subject,
    tags,
    opened_at: openedAt,
    last_at: lastAt,
    closed_at: isOpen ? null : closedAt,
  };
}

/** Where what came in by an inbox belongs; one that nobody named goes with the last. */
export function placeIn({ inboxes }: HistoryTermsView, inbox: string): HistoryTermsView['inboxes'][number] {
  return (inboxes.find(({ key }) => key === inbox) ?? inboxes.at(-1)) as HistoryTermsView['inboxes'][number];
}

/** Instants as they were, as far as they can be true: opened with its first words at the latest, then closed, and nothing after now. */
function instantsOf(ticket: TicketRow, now: Date): { openedAt: Date; lastAt: Date; closedAt: Date } {
  const said = ticket.firstAt ?? now;
  const openedAt = earliest(ticket.openedAt ?? said, said, now);
  const within = (one: Date): Date => new Date(Math.max(openedAt.getTime(), earliest(one, now).getTime()));
  const lastAt = within(ticket.lastAt ?? openedAt);
  return { openedAt, lastAt, closedAt: within(ticket.closedAt ?? lastAt) };
}

function earliest(...instants: Date[]): Date {
  return new Date(Math.min(...instants.map((one) => one.getTime())));
}
