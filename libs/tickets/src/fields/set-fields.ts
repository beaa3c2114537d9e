import { storableText, type Sql } from '#channels';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { checkValues, missingFields, type Misfit } from './check-values.js';
import type { FieldValue, TicketField } from './ticket-field.js';

/** Values that somebody gives to fields of a ticket, by key; null empties one. */
export interface FieldsWish {
  ticketId: string;
  values: Record<string, FieldValue | null>;
  /** The agent, or null for the hub itself. */
  by: string | null;
}

export type FieldsSet =
  /** `before` and `after` hold what changed and nothing else; where nothing did, nothing was written. */
  | {
      outcome: 'set';
      ticket: HeldTicket;
      before: Record<string, FieldValue | null>;
      after: Record<string, FieldValue | null>;
    }
  | { outcome: 'unknown'; field: string }
  | { outcome: 'unfit'; field: string; why: Misfit }
  /** A closed ticket is read-only. */
  | { outcome: 'closed' }
  | { outcome: 'absent' };

const fieldRows = `
select f.id, f.key, f.kind, f.name, f.choices, f.required_to_solve as "requiredToSolve", f.retired_at is not null as "isRetired",
       case when not f.everywhere then array(
         select coalesce(q.moved_to, q.id) from ticket_field_queue a join queue q on q.id = a.queue_id where a.field_id = f.id) end as "queueIds"
from ticket_field f`;

/** All fields, in the order in which they are shown. */
export function listFields(sql: Sql): Promise<TicketField[]> {
  return sql.query<TicketField & Record<string, unknown>>(`${fieldRows} order by f.position, f.key`);
}

/** Fields of a ticket, checked and set as one: all of them or none. */
export async function setFields(sql: Sql, { ticketId, values, by }: FieldsWish): Promise<FieldsSet> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.state === 'closed') {
    return { outcome: 'closed' };
  }
  const stored = await valuesOf(sql, ticketId);
  const fields = await sql.query<TicketField & Record<string, unknown>>(
    `${fieldRows} where f.key = any ($1) for key share of f`,
    [Object.keys(values).map(storableText)],
  );
  const checked = checkValues(fields, values, stored);
  if (checked.outcome !== 'fit') {
    return checked;
  }
  const changes = changesOf(stored, checked.values);
  if (Object.keys(changes.after).length > 0) {
    await write(sql, ticket, by, changes);
  }
  return { outcome: 'set', ticket, ...changes };
}

/**
 * What keeps a ticket from being solved: the fields that it must have and has not. `queueId`: the queue that it moves to in the same step.
 * Nothing keeps one that is solved already.
 */
export async function missingForSolving(
  sql: Sql,
  { id, queueId }: { id: string; queueId?: string },
): Promise<TicketField[]> {
  const fields = await sql.query<TicketField & Record<string, unknown>>(
    `${fieldRows} where f.required_to_solve and f.retired_at is null order by f.position, f.key`,
  );
  const [ticket] =
    fields.length === 0
      ? []
      : await sql.query<{ queue: string; values: Record<string, FieldValue> }>(
          `select queue_id as queue, fields as values from ticket where id = $1 and state not in ('solved', 'closed')`,
          [id],
        );
  return ticket ? missingFields(fields, { queueId: queueId ?? ticket.queue, values: ticket.values }) : [];
}

async function valuesOf(sql: Sql, ticketId: string): Promise<Record<string, FieldValue>> {
  const [row] = await sql.query<{ fields: Record<string, FieldValue> }>('select fields from ticket where id = $1', [
    ticketId,
  ]);
  return row?.fields ?? {};
}

interface Changes {
  before: Record<string, FieldValue | null>;
  after: Record<string, FieldValue | null>;
}

function changesOf(
  stored: Readonly<Record<string, FieldValue>>,
  values: Readonly<Record<string, FieldValue | null>>,
): Changes {
  const changed = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(stored[key] ?? null) !== JSON.stringify(value),
  );
  return {
    before: Object.fromEntries(changed.map(([key]) => [key, stored[key] ?? null])),
    after: Object.fromEntries(changed),
  };
}

/** The fact names the fields and keeps what is in them to itself: not everybody who is told of it may read the ticket. */
async function write(sql: Sql, ticket: HeldTicket, by: string | null, { after }: Changes): Promise<void> {
  await sql.query('update ticket set fields = jsonb_strip_nulls(fields || $2::jsonb) where id = $1', [
    ticket.id,
    JSON.stringify(after),
  ]);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.field_changed', $1, $2, $3, $4)`,
    [ticket.conversationId, ticket.id, by, JSON.stringify({ fields: Object.keys(after) })],
  );
}
