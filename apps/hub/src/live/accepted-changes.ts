import type { Stored } from '../intake/accept-write.query.js';
import type { KnownArrival, Plan, PlannedMessage } from '../intake/plan-acceptance.js';
import { presentMessage, type ChannelNames } from '../desk/message.presenter.js';
import type { MessageRow } from '../desk/message-rows.query.js';
import { presentTicket, type TicketRow } from '../desk/ticket.presenter.js';
import type { Telling } from './live-feed.service.js';

interface Written {
  row: Stored;
  planned: PlannedMessage;
  arrival: KnownArrival;
}

/** What the acceptance told, and the rows whose changes it does not wholly know. */
export interface AcceptedChanges {
  tellings: Telling[];
  unknown: { conversation: string; since: number }[];
}

/**
 * The frames of messages that joined tickets which were open already. Nothing else moved there: the rev it began from is the one
 * the write was guarded by, the one it ends at is the last the write returned. Anything that opened, reopened, crossed rows of one
 * person, brought a file or may be restricted is left to a read after commit.
 */
export function changesOfAcceptance(
  ready: KnownArrival[],
  plan: Plan,
  stored: Stored[],
  channels: ChannelNames,
): AcceptedChanges {
  const byConversation = new Map<string, Written[]>();
  for (const row of stored) {
    const planned = plan.arrivals[row.ord - 1] as PlannedMessage;
    const written = { row, planned, arrival: ready[row.ord - 1] as KnownArrival };
    byConversation.set(planned.conversation, [...(byConversation.get(planned.conversation) ?? []), written]);
  }
  const result: AcceptedChanges = { tellings: [], unknown: [] };
  for (const [conversation, written] of byConversation) {
    if (written.every(isWhollyKnown)) {
      result.tellings.push(tellingOf(conversation, written, channels));
    } else {
      result.unknown.push(...partsOf(written));
    }
  }
  return result;
}

function isWhollyKnown({ row, planned, arrival: { known, arrival } }: Written): boolean {
  const before = known.tickets?.find(({ id }) => id === row.ticket_id);
  return (
    known.parts?.length === 1 &&
    arrival.files.length === 0 &&
    row.ticket !== null &&
    before !== undefined &&
    before.state !== 'solved' &&
    known.restricted !== true &&
    planned.direction === 'in'
  );
}

function partsOf(written: Written[]): { conversation: string; since: number }[] {
  const parts = written.flatMap(({ arrival }) => arrival.known.parts ?? []);
  return [...new Map(parts.map((part) => [part.id, { conversation: part.id, since: part.rev }])).values()];
}

function tellingOf(conversation: string, written: Written[], channels: ChannelNames): Telling {
  const { known } = (written[0] as Written).arrival;
  const part = known.parts?.[0] as NonNullable<typeof known.parts>[number];
  const ticketRows = new Map(written.map(({ row }) => [row.ticket_id, row.ticket as unknown as TicketRow]));
  const open = known.tickets?.filter(({ state }) => state !== 'solved') ?? [];
  return {
    holdsRestricted: false,
    workers: {
      queueIds: [...new Set(open.map((ticket) => ticket.queue_id))],
      ownerIds: [...new Set(open.flatMap((ticket) => ticket.owner_id ?? []))],
    },
    changes: {
      person: conversation,
      conversation,
      since: part.rev,
      rev: Math.max(...written.flatMap(({ row }) => [row.rev, Number(row.ticket?.['rev'] ?? 0)])),
      lastSeq: Math.max(...written.map(({ row }) => row.seq)),
      holder: part.holder,
      customer: { id: known.root as string, name: known.name ?? '' },
      messages: written.map((entry) => presentMessage(messageRow(entry), channels)),
      tickets: [...ticketRows.values()].map(presentTicket),
    },
  };
}

function messageRow({ row, planned, arrival: { known } }: Written): MessageRow {
  return {
    id: planned.message,
    conversation_id: planned.conversation,
    seq: row.seq,
    rev: row.rev,
    at: row.at,
    sent_at: planned.sent_at,
    channel_id: planned.channel,
    thread_id: planned.thread,
    identity_id: planned.identity,
    ticket_id: row.ticket_id,
    ticket_reason: planned.reason,
    direction: planned.direction,
    author: planned.author,
    author_id: null,
    author_name: known.sender_name,
    kind: planned.kind as MessageRow['kind'],
    body: planned.body,
    content: planned.content,
    delivery: null,
    delivery_error: null,
    edited_at: null,
    redacted_at: null,
    restricted: false,
    queue_id: null,
    files: null,
  };
}
