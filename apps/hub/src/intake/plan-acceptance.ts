import type { JoinReason, WorkSize } from '#tickets';
import {
  matchKey,
  storableText,
  type ChannelKind,
  type InboundCall,
  type InboundMessage,
  type MessageContent,
  type Sender,
} from '#channels';
import { newId } from '../platform/new-id.js';
import type { Known, KnownPart, KnownTicket } from './accept-read.query.js';
import { planThread, relationOf } from './plan-thread.js';
import { isForBot, planTicket } from './plan-ticket.js';
import { treatmentOf } from './quiet-mail.js';
import { contentOf, isBroken, isReport, subjectOf } from './read-arrival.js';

/** A file of an arrival, already in storage or still at its provider. */
export interface ArrivedFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string | null;
  storageKey: string;
  contentId: string | null;
  state: 'stored' | 'fetching' | 'quarantined';
  reference: string | null;
}

/** One event on its way in. `threadId` is the thread that a valid token names. */
export interface Arrival {
  channelId: string;
  channelKind: ChannelKind;
  event: InboundMessage | InboundCall;
  threadId: string | null;
  /** The thread that a Message-ID of ours, or the mark in a mail of ours that it quotes, names; it counts for those who are of it only. */
  namedThreadId?: string | null;
  /** Everybody a mail was addressed to but ourselves, in normal form. */
  companions?: string[];
  files: ArrivedFile[];
  /** How far its account is read once it is stored; moves in the same transaction, if the account is still this poller's. */
  cursor?: CursorMove | undefined;
  /** It may change no ticket and open none, whatever it says. */
  quiet?: boolean;
  /** Where it belongs although it may change nothing there; absent for what finds its ticket like any message. */
  quietPlace?: QuietPlace | undefined;
  /** A call that Peyk itself answers: it opens no ticket on its way in, whoever has the caller's others. */
  isLine?: boolean;
  /** Nobody called: somebody of ours tries the line out. */
  isTrial?: boolean;
}

/** The ticket that a quiet mail is about, whatever that ticket's state; null: that of its thread, or of a mail that it quotes. */
export interface QuietPlace {
  ticketId: string | null;
  quotedIds: string[];
}

/** Where a poller is in its account. `channel` is the account's, whichever channel the message is for. */
export interface CursorMove {
  channel: string;
  holder: string;
  token: number;
  value: unknown;
}

/** The rows that accept-write takes, as JSON; `ord` ties them to their arrival. */
export interface Plan {
  arrivals: PlannedMessage[];
  parts: { ord: number; conversation: string; rev: number }[];
  /** `follows`: the ticket of the same person that a new one goes on from. */
  tickets: {
    ord: number;
    id: string;
    conversation: string;
    queue: string;
    subject: string;
    follows: string | null;
  }[];
  /** Tickets that stood still and that somebody answers: their state moves, and the log says so. */
  waking: string[];
  work: ({ ord: number; id: string; ticket: string; queue: string; preferred: string | null } & WorkSize)[];
  threads: {
    ord: number;
    id: string;
    conversation: string;
    channel: string;
    subject: string;
    participants: string[];
    verified: boolean;
    /** Message-IDs that the thread is known by besides those of its messages. */
    other_ids: string[];
  }[];
  /** Threads that a mail brings more people into. */
  growing: { ord: number; thread: string; who: string[] }[];
  files: Record<string, unknown>[];
  /** What senders say is theirs; it owns nothing. */
  claims: { ord: number; id: string; kind: string; address: string; source: string }[];
  cursors: ({ ord: number } & CursorMove)[];
  /** Messages that move nothing of the ticket that they join: it sleeps on. */
  still: string[];
  /** Messages that found no ticket which they may join, with what leads to the one that they are about. */
  links: { ord: number; ticket: string | null; ids: string[] }[];
  /** Messages that a bot is to answer, by their ids: they are nobody else's until it has. */
  bots: string[];
  /** Calls of long ago, by their messages' ids: nothing happens now, so nobody is told. */
  past: string[];
}

export interface PlannedMessage {
  ord: number;
  event: string;
  channel: string;
  external: string | null;
  state: 'accepted' | 'quarantined';
  message_external: string | null;
  message: string;
  conversation: string;
  identity: string;
  trust: string | null;
  seen: boolean;
  thread: string | null;
  mail_id: string | null;
  ticket: string | null;
  reason: JoinReason | null;
  direction: 'in' | 'out';
  author: 'customer' | 'agent';
  kind: string;
  body: string;
  search: string;
  /** `past`: a call of long ago, out of records; those who look for work in calls leave it alone. */
  content: MessageContent & { past?: true };
  sent_at: Date | null;
}

/** The provider's id that the message keeps: a call's events share one. */
export function messageExternalId(event: Arrival['event']): string | null {
  return event.type === 'call' ? `call ${event.callId}` : event.externalId;
}

/** An arrival with what the read knows of its sender. */
export interface KnownArrival {
  ord: number;
  arrival: Arrival;
  known: Known;
}

/** What a person's conversation will be once the arrivals planned so far are written. */
export interface Person {
  parts: KnownPart[];
  tickets: KnownTicket[];
}

/**
 * Decides what becomes of arrivals whose senders are known: thread, ticket, work. Several arrivals of one person see each
 * other's tickets, so a burst of first messages opens one. Pure but for the ids it makes; `now` is the decision's clock.
 */
export function planAcceptance(entries: KnownArrival[], now: Date): Plan {
  const plan: Plan = {
    arrivals: [],
    parts: [],
    tickets: [],
    waking: [],
    work: [],
    threads: [],
    growing: [],
    files: [],
    claims: [],
    cursors: [],
    still: [],
    links: [],
    bots: [],
    past: [],
  };
  const people = new Map<string, Person>();
  for (const entry of entries) {
    const root = entry.known.root as string;
    const person = people.get(root) ?? { parts: entry.known.parts ?? [], tickets: [...(entry.known.tickets ?? [])] };
    people.set(root, person);
    planOne(plan, person, entry, now);
  }
  return plan;
}

function planOne(plan: Plan, person: Person, entry: KnownArrival, now: Date): void {
  const { ord, arrival } = entry;
  const thread = planThread(plan, entry);
  const joined = planTicket(plan, person, entry, now);
  const message = plannedMessage(entry, thread, joined);
  plan.arrivals.push(message);
  plan.parts.push(...person.parts.map((part) => ({ ord, conversation: part.id, rev: part.rev })));
  plan.files.push(...arrival.files.map((file) => fileRow(message.message, file)));
  if (arrival.event.type === 'message') {
    plan.claims.push(...arrival.event.claims.map((claim) => ({ ord, id: newId(), ...claim })));
  }
  if (joined.ticket === null && isForBot(person, entry)) {
    plan.bots.push(message.message);
  }
  if (arrival.cursor) {
    plan.cursors.push({ ord, ...arrival.cursor });
  }
  if (joined.ticket !== null && treatmentOf(arrival) !== 'work') {
    plan.still.push(message.message);
  }
  if (isPastCall(arrival)) {
    plan.past.push(message.message);
  }
  if (arrival.quietPlace && joined.ticket === null) {
    const { ticketId, quotedIds } = arrival.quietPlace;
    plan.links.push({ ord, ticket: ticketId, ids: quotedIds });
  }
}

/** A call that came out of records long after it was over: history, and no news. */
export function isPastCall(arrival: Arrival): boolean {
  return arrival.event.type === 'call' && treatmentOf(arrival) === 'quiet';
}

function plannedMessage(
  { ord, arrival, known }: KnownArrival,
  thread: string | null,
  joined: { ticket: string | null; reason: JoinReason | null },
): PlannedMessage {
  const { event } = arrival;
  const { sender, ...said } = readEvent(event);
  const trust = said.direction === 'in' ? raisedTrust(known.trust, sender.trust) : null;
  return {
    ord,
    event: newId(),
    channel: arrival.channelId,
    external: event.externalId,
    state: isBroken(event) ? 'quarantined' : 'accepted',
    message_external: messageExternalId(event),
    message: newId(),
    conversation: known.conversation_id as string,
    identity: known.identity_id as string,
    trust,
    seen: trust !== null || (isHeardNow(arrival, said.direction) && known.seen_lately !== true),
    thread,
    ...joined,
    ...said,
    search: matchKey(`${subjectOf(event)} ${said.body}`),
    content: {
      ...withBlock(known, { ...contentOf(event), ...trialOf(arrival), ...relationOf(known, event, thread) }),
      ...(isPastCall(arrival) && { past: true as const }),
    },
  };
}

/** Its sender is there: neither a server's report nor a call of long ago says so. */
function isHeardNow(arrival: Arrival, direction: 'in' | 'out'): boolean {
  return direction === 'in' && !isReport(arrival.event) && !isPastCall(arrival);
}

/** What a message and a call have in common on a timeline. A call of ours is ours, whoever reported it. */
function readEvent(
  event: Arrival['event'],
): Pick<PlannedMessage, 'direction' | 'author' | 'kind' | 'body' | 'mail_id' | 'sent_at'> & { sender: Sender } {
  if (event.type === 'call') {
    return {
      sender: event.party,
      direction: event.direction,
      author: event.direction === 'out' ? 'agent' : 'customer',
      kind: 'call',
      body: storableText(event.note),
      mail_id: null,
      sent_at: event.startedAt,
    };
  }
  return {
    sender: event.from,
    direction: event.sentByUs ? 'out' : 'in',
    author: event.sentByUs ? 'agent' : 'customer',
    kind: event.kind,
    body: storableText(event.text),
    // A report is no mail of its thread: an answer must not name it.
    mail_id: isReport(event) ? null : (event.mail?.messageId ?? null),
    sent_at: event.sentAt,
  };
}

function trialOf({ isTrial }: Arrival): MessageContent {
  return isTrial === true ? { flags: ['simulated'] } : {};
}

/** What a blocked person says is kept and wakes nobody, and says why. */
function withBlock({ blocked }: Known, content: MessageContent): MessageContent {
  return blocked ? { ...content, flags: [...(content.flags ?? []), 'blocked'] } : content;
}

export function fileRow(message: string, file: ArrivedFile): Record<string, unknown> {
  return {
    message,
    id: file.id,
    name: storableText(file.name),
    media_type: storableText(file.mediaType),
    bytes: file.bytes,
    sha256: file.sha256,
    storage_key: file.storageKey,
    content_id: file.contentId,
    state: file.state,
    reference: file.reference,
  };
}

const levels = ['unauthenticated', 'channel_given', 'proven'];

/** The new level of an identity, or null when it stays. A weaker message never lowers what a stronger one proved. */
function raisedTrust(known: string | null, now: string): string | null {
  return levels.indexOf(now) > levels.indexOf(known ?? '') ? now : null;
}
