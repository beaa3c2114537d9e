import type { ConversationChanges, ConversationView, ListRow, MessageView, TicketView } from '#contract';

const minuteOf = (minute: number) => new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString();

/** A message of a customer; `minute` places it in time and follows `seq` unless it is given. */
export function buildMessage(fields: Partial<MessageView> & { seq: number; minute?: number }): MessageView {
  const { minute = fields.seq, ...given } = fields;
  const conversation = given.conversation ?? 'row';
  return {
    id: `${conversation} ${given.seq}`,
    conversation,
    rev: given.seq,
    at: minuteOf(minute),
    sentAt: null,
    channel: null,
    threadId: null,
    identityId: null,
    ticketId: null,
    ticketReason: null,
    direction: 'in',
    author: { kind: 'customer', id: 'customer', name: 'سارا محمدی' },
    kind: 'text',
    body: `message ${given.seq}`,
    subject: null,
    flags: [],
    mail: null,
    call: null,
    event: null,
    attachments: [],
    delivery: null,
    deliveryError: null,
    editedAt: null,
    redactedAt: null,
    withheld: false,
    ...given,
  };
}

export function buildTicket(fields: Partial<TicketView> & { minute?: number } = {}): TicketView {
  const { minute = 0, ...given } = fields;
  return {
    id: 'ticket',
    number: 1,
    conversation: 'row',
    rev: 1,
    version: 1,
    state: 'open',
    priority: 2,
    queueId: 'queue',
    ownerId: 'me',
    subject: 'Refund',
    tags: [],
    lastMessageAt: minuteOf(minute),
    openedAt: minuteOf(0),
    solvedAt: null,
    stateNameId: null,
    mergedInto: null,
    parentId: null,
    follows: null,
    sla: [],
    prefix: '',
    fields: {},
    snoozedUntil: null,
    isSpam: false,
    ...given,
  };
}

export function buildView({ rev, messages }: { rev: number; messages: MessageView[] }): ConversationView {
  return {
    id: 'row',
    customer: {
      id: 'customer',
      name: 'سارا محمدی',
      locale: 'fa',
      tier: 0,
      identities: [],
      claims: [],
      blocked: null,
      merged: [],
      deletionAskedAt: null,
      createdAt: minuteOf(0),
    },
    holder: 'agent',
    parts: [{ conversation: 'row', rev, lastSeq: messages.length }],
    tickets: [],
    ways: [],
    messages,
    before: null,
    unread: 0,
    read: { row: messages.length },
  };
}

export function buildChanges(
  fields: Partial<ConversationChanges> & Pick<ConversationChanges, 'since' | 'rev'>,
): ConversationChanges {
  return {
    person: 'row',
    conversation: 'row',
    lastSeq: Math.max(0, ...(fields.messages ?? []).map(({ seq }) => seq)),
    holder: 'agent',
    customer: { id: 'customer', name: 'سارا محمدی' },
    messages: [],
    tickets: [],
    ...fields,
  };
}

export function buildRow(ticket: TicketView, fields: Partial<ListRow> = {}): ListRow {
  return {
    ticket,
    conversation: ticket.conversation,
    customer: { id: 'customer', name: 'سارا محمدی' },
    last: null,
    unread: 0,
    ...fields,
  };
}
