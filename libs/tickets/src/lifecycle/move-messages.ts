import type { Sql } from '#channels';
import { touch } from './merge-tickets.js';
import { linksOf, openJournal, relink, type MessageLink } from './journal.js';
import { owingTickets } from './owes-answer.js';
import { settleWaiting } from './settle-waiting.js';

/** Messages of one person that belong to another ticket of theirs. */
export interface MessageMove {
  /** Not events: those belong where they happened. */
  messageIds: string[];
  into: string;
  /** `ticket_split`: `into` was opened for them in this transaction. */
  kind: 'message_move' | 'ticket_split';
  by: string | null;
}

export type MessagesMoved =
  | { outcome: 'moved'; journalId: string; messageIds: string[]; from: string[] }
  /** They are all there already. */
  | { outcome: 'nothing' }
  /** What is closed takes nothing in any more. */
  | { outcome: 'finished' }
  | { outcome: 'absent' };

/**
 * Gives messages to another ticket of the same person; they keep their places. The ticket's state stays as it is: what is solved was not
 * reopened by somebody tidying up. The caller holds the conversations of the person.
 */
export async function moveMessages(sql: Sql, move: MessageMove): Promise<MessagesMoved> {
  const all = await linksOf(sql, { messages: move.messageIds });
  // Both sides are written to, and are held by their ids before either is.
  const tickets = await sql.query<{ id: string; state: string; conversation_id: string }>(
    'select id, state, conversation_id from ticket where id = any ($1::uuid[]) order by id for no key update',
    [[move.into, ...all.flatMap(({ ticket }) => ticket ?? [])]],
  );
  const ticket = tickets.find(({ id }) => id === move.into);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.state === 'closed') {
    return { outcome: 'finished' };
  }
  const links = all.filter((link) => link.ticket !== move.into);
  return links.length === 0 ? { outcome: 'nothing' } : give(sql, links, move, ticket.conversation_id);
}

async function give(
  sql: Sql,
  links: MessageLink[],
  { into, kind, by }: MessageMove,
  conversationId: string,
): Promise<MessagesMoved> {
  const from = [...new Set(links.flatMap(({ ticket }) => ticket ?? []))];
  const origin = from.length === 1 ? (from[0] as string) : null;
  const journalId = await openJournal(sql, { kind, before: {}, links, fields: { from: origin, into }, by });
  const reason = kind === 'ticket_split' ? 'split' : 'agent_chose';
  await relink(
    sql,
    links.map(({ message }) => ({ message, ticket: into, reason, restricted: null })),
  );
  await touch(sql, into);
  await recordMoves(
    sql,
    links.map(({ message, ticket }) => ({ message, from: ticket, to: into })),
    by,
  );
  if (kind === 'ticket_split') {
    await sql.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.split', $1, $2, $3, $4)`,
      [conversationId, into, by, JSON.stringify({ from: origin, journal: journalId, messages: links.length })],
    );
  }
  return { outcome: 'moved', journalId, messageIds: links.map(({ message }) => message), from };
}

/** Says of each message where it went, and whether the tickets on both sides owe an answer now. */
export async function recordMoves(
  sql: Sql,
  moves: { message: string; from: string | null; to: string | null }[],
  by: string | null,
): Promise<void> {
  const tickets = [...new Set(moves.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()))];
  await settleWaiting(sql, tickets);
  const owing = await owingTickets(sql, tickets);
  const facts = moves.map(({ message, from, to }) => ({
    message,
    payload: { from, to, owed: { from: from !== null && owing.has(from), to: to !== null && owing.has(to) } },
  }));
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload)
     select 'message.moved', m.conversation_id, m.id, $2, f.payload || jsonb_build_object('seq', m.seq)
     from jsonb_to_recordset($1::jsonb) as f(message uuid, payload jsonb) join message m on m.id = f.message
     order by m.conversation_id, m.seq`,
    [JSON.stringify(facts), by],
  );
}
