import type { FieldValue, SlaClockView, TicketState, TicketView } from '#contract';

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
  state_name_id: string | null;
  merged_into: string | null;
  parent_id: string | null;
  follows_id: string | null;
  follows_as: 'follow_up' | 'split' | null;
  sla: SlaClockView[];
  prefix: string;
  fields: Record<string, FieldValue>;
  /** 'infinity', or what the driver makes of it, while only a reply wakes it. */
  snoozed_until: Date | string | number | null;
  spam_at: Date | string | null;
  waiting_since: Date | string | null;
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
    stateNameId: row.state_name_id,
    mergedInto: row.merged_into,
    parentId: row.parent_id,
    follows: row.follows_id === null || row.follows_as === null ? null : { id: row.follows_id, as: row.follows_as },
    sla: row.sla,
    prefix: row.prefix,
    fields: row.fields,
    snoozedUntil: presentSnooze(row.snoozed_until),
    isSpam: row.spam_at !== null,
    waitingSince: row.waiting_since === null ? null : instant(row.waiting_since),
  };
}

function presentSnooze(until: TicketRow['snoozed_until']): TicketView['snoozedUntil'] {
  if (until === null) {
    return null;
  }
  const at = new Date(until);
  return Number.isNaN(at.getTime()) ? 'reply' : at.toISOString();
}

function instant(value: Date | string): string {
  return new Date(value).toISOString();
}
