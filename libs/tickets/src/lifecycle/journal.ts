import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';

/** Changes of tickets that can be taken back, and what takes each of them back. */
export const undoKinds = {
  ticket_merge: 'ticket_undo',
  message_move: 'move_undo',
  ticket_split: 'split_undo',
} as const;

export type UndoableKind = keyof typeof undoKinds;
type UndoKind = (typeof undoKinds)[UndoableKind];

/** How long a change can be taken back, on the database clock. */
export const undoHours = 24;

/** A message and its ticket as they were. */
export interface MessageLink {
  message: string;
  ticket: string | null;
  reason: string | null;
  /** The restricted queue that an undo cut it from. */
  restricted: string | null;
}

/** A ticket as it was, as far as a journal must know to bring it back. Instants are ISO strings. */
export interface TicketBefore {
  state: string;
  merged_into: string | null;
  owner_id?: string | null;
  state_name_id?: string | null;
  solved_at?: string | null;
  reopen_until?: string | null;
  snoozed_until?: string | null;
  pending_since?: string | null;
  /** Its live work, and the agent who held it. */
  work?: string | null;
  holder?: string | null;
}

export interface JournalEntry {
  kind: UndoableKind | UndoKind;
  /** The ticket rows that the change touches, as they are now. */
  before: Record<string, TicketBefore>;
  links: MessageLink[];
  /** `into`: where the messages go; `from`: where they come from, null for several or none. */
  fields: { from: string | null; into: string | null };
  undoes?: string;
  by: string | null;
}

/** Writes what is about to change and makes this transaction the one that may do it. Returns the entry's id. */
export async function openJournal(sql: Sql, entry: JournalEntry): Promise<string> {
  const id = uuid();
  await sql.query(
    `insert into merge_journal (id, kind, undoes, before, links, fields, actor_id) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      entry.kind,
      entry.undoes ?? null,
      JSON.stringify(entry.before),
      JSON.stringify(entry.links),
      JSON.stringify(entry.fields),
      entry.by,
    ],
  );
  await sql.query(`select set_config('peyk.journal', $1, true)`, [id]);
  return id;
}

/** A change that was made, as its journal tells it. */
export interface MadeChange {
  id: string;
  kind: UndoableKind;
  before: Record<string, TicketBefore>;
  links: MessageLink[];
  fields: { from: string | null; into: string };
  /** In milliseconds of the Unix epoch. */
  at: number;
  isUndone: boolean;
  isOver: boolean;
}

/** The change of a journal entry; null where there is none that can be taken back at all. */
export async function readChange(sql: Sql, journalId: string): Promise<MadeChange | null> {
  const [row] = await sql.query<MadeChange & Record<string, unknown>>(
    `select j.id, j.kind, j.before, j.links, j.fields, (extract(epoch from j.at) * 1000)::float8 as at,
            exists (select 1 from merge_journal u where u.undoes = j.id) as "isUndone",
            j.at < clock_timestamp() - $3 * interval '1 hour' as "isOver"
     from merge_journal j where j.id = $1 and j.kind = any ($2)`,
    [journalId, Object.keys(undoKinds), undoHours],
  );
  return row ?? null;
}

/** Where a ticket is today: itself, or the one that it was merged into. */
export async function rootTicket(sql: Sql, ticketId: string): Promise<string> {
  const [row] = await sql.query<{ root: string }>(
    'select coalesce(merged_into, id) as root from ticket where id = $1',
    [ticketId],
  );
  return row?.root ?? ticketId;
}

/** Links of these messages as they are now. */
export async function linksOf(sql: Sql, which: { ticket: string } | { messages: string[] }): Promise<MessageLink[]> {
  const isTicket = 'ticket' in which;
  return sql.query<MessageLink & Record<string, unknown>>(
    `select id as message, ticket_id as ticket, ticket_reason as reason, restricted_by as restricted
     from message where ${isTicket ? 'ticket_id = $1' : 'id = any ($1::uuid[])'} order by conversation_id, seq`,
    [isTicket ? which.ticket : which.messages],
  );
}

/** Gives messages the tickets and reasons of these links. */
export async function relink(sql: Sql, links: readonly MessageLink[]): Promise<void> {
  await sql.query(
    `update message m set ticket_id = l.ticket, ticket_reason = l.reason, restricted_by = l.restricted
     from jsonb_to_recordset($1::jsonb) as l(message uuid, ticket uuid, reason text, restricted uuid) where m.id = l.message`,
    [JSON.stringify(links)],
  );
}
