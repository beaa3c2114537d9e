import type { Sql } from '#channels';
import { isParent } from './merge-tickets.js';
import type { HeldTicket } from '../work/hold.js';

export type ParentSet =
  | { outcome: 'set'; before: string | null }
  /** What is closed stays as it is, and takes no new children. */
  | { outcome: 'finished'; ticketId: string }
  /** The parent is a child itself, or the child is a parent: a family has two generations. */
  | { outcome: 'too_deep' }
  | { outcome: 'same' };

/** Makes a ticket the child of another one, of whomever; null: of none. Both are held by the caller. */
export async function setParent(
  sql: Sql,
  { child, parent, by }: { child: HeldTicket; parent: HeldTicket | null; by: string | null },
): Promise<ParentSet> {
  if (parent?.id === child.id) {
    return { outcome: 'same' };
  }
  const closed = [child, parent].find((ticket) => ticket?.state === 'closed');
  if (closed) {
    return { outcome: 'finished', ticketId: closed.id };
  }
  if (parent && (parent.parentId !== null || (await isParent(sql, child.id)))) {
    return { outcome: 'too_deep' };
  }
  await point(sql, child, parent?.id ?? null, by);
  return { outcome: 'set', before: child.parentId };
}

async function point(sql: Sql, child: HeldTicket, parentId: string | null, by: string | null): Promise<void> {
  await sql.query('update ticket set parent_id = $2 where id = $1', [child.id, parentId]);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.changed', $1, $2, $3, $4)`,
    [child.conversationId, child.id, by, JSON.stringify({ from: child.state, to: child.state, parent: parentId })],
  );
}
