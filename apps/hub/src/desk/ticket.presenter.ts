import type { SlaClockView, TicketState, TicketView } from '#contract';

/** A ticket row as SQL or `to_jsonb` gives it: instants are Dates or strings. */
export interface TicketRow {
  id: string;
  number: number;
  conversation_id: string;
  rev: number;
  version: number;
  state: TicketState;
  priority: 1 | 2 | 3 | 4;
  queue_id: string;
  owner_id: string | null;
  subject: string;
  tags: string[];
  last_message_at: Date | string;
  opened_at: Date | string;
  solved_at: Date | string | null;
  sla: SlaClockView[];
}

export function presentTicket(row: TicketRow): TicketView {
  return {
    id: row.id,
    number: row.number,
    conversation: row.conversation_id,
    rev: row.rev,
    version: row.version,
    state: row.state,
    priority: row.priority,
    queueId: row.queue_id,
    ownerId: row.owner_id,
    subject: row.subject,
    tags: row.tags,
    lastMessageAt: instant(row.last_message_at),
    openedAt: instant(row.opened_at),
    solvedAt: row.solved_at === null ? null : instant(row.solved_at),
    sla: row.sla,
  };
}

function instant(value: Date | string): string {
  return new Date(value).toISOString();
}
