import type { BoardFrame } from './board-views.js';
import type { BulkRunView } from './bulk-views.js';
import type { DraftFrame } from './draft-views.js';
import type { HeldEndedFrame } from './held-views.js';
import type { NoticesFrame } from './notice-views.js';
import type { ViewCounts } from './saved-view-views.js';
import type { SteeringFrame } from './steering-views.js';
import type { LoadView, OfferEndedFrame, OfferView } from './routing-views.js';
import type { AgentStatus, CustomerView, Delivery, MessageView, TicketView } from './views.js';

/**
 * What changed in one conversation row, in order. A frame and an answer to catch-up have this one shape: apply it when
 * `since` is at most the rev you have, ask for catch-up when it is later, drop it when `rev` is not newer than yours.
 */
export interface ConversationChanges {
  /** The root's conversation: what the person is known by in the API. */
  person: string;
  conversation: string;
  since: number;
  rev: number;
  lastSeq: number;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  customer: { id: string; name: string };
  messages: MessageView[];
  tickets: TicketView[];
}

/**
 * Who else is here. `typing` is a teammate's; customers type in `customer.typing`. `away`: they have it open where they do not look at
 * this moment.
 */
export interface PresenceFrame {
  conversation: string;
  agents: { id: string; name: string; typing: boolean; away: boolean }[];
}

export interface AssignmentFrame {
  ticketId: string;
  number: number;
  prefix: string;
  conversation: string;
  agentId: string | null;
  /** 'router', or the id of the agent who moved it. */
  by: string;
}

/** Server to agents, namespace /agent. */
export interface AgentEvents {
  'conversation.changes': (changes: ConversationChanges) => void;
  'conversation.merged': (frame: { from: string; into: string }) => void;
  /** A merge was taken back: `freed` is a person of its own again. */
  'conversation.parted': (frame: { freed: string; from: string }) => void;
  'ticket.assigned': (frame: AssignmentFrame) => void;
  /** A promise about a ticket of mine, or of all for those who oversee, comes due, was broken or is escalated. */
  'ticket.sla': (frame: SlaFrame) => void;
  /** Work waits for my yes; to me only. */
  'offer.made': (offer: OfferView) => void;
  'offer.ended': (frame: OfferEndedFrame) => void;
  /** Somebody whom Peyk knows rings my phone, by the organisation's own exchange; to me only. `conversationId`: the person's. */
  'call.ringing': (frame: { conversationId: string; channelId: string; callId: string }) => void;
  /** I took up my phone: the conversation of the one I talk with; to me only. */
  'call.answered': (frame: { conversationId: string; ticketId: string; phoneCallId: string }) => void;
  /** A message of mine that I could take back has become one, or cannot; to me only. */
  'held.ended': (frame: HeldEndedFrame) => void;
  /** How far an act of mine on many tickets is; to me only, several times a second at most. Its problems are not in it. */
  'bulk.progress': (run: BulkRunView) => void;
  /** What I write in another window; to me only. */
  'draft.changed': (frame: DraftFrame) => void;
  /** A ticket waits longer than its queue wants; to those who oversee. */
  'ticket.waiting': (frame: {
    ticketId: string;
    number: number;
    prefix: string;
    conversation: string;
    queueId: string;
  }) => void;
  /** Somebody follows a ticket from now on, or no longer; to them and to whoever has the person open. */
  'ticket.followed': (frame: { ticketId: string; conversation: string; agentId: string; follows: boolean }) => void;
  /** A note names me; to me only. */
  'agent.mentioned': (frame: MentionFrame) => void;
  /** What is kept for me to look at grew, or was read, in whichever window; to me only. */
  'notices.changed': (frame: NoticesFrame) => void;
  /** A ticket of mine woke, or one that nobody has in a queue of mine. */
  'ticket.woken': (frame: WokenFrame) => void;
  /** Counts of my lists, after 'views.watch', when one of them changed; at most every two seconds. */
  'views.counts': (counts: ViewCounts) => void;
  /** Views that are mine or shared with me came, went or changed. */
  'views.changed': () => void;
  /** What changed on the live board, after 'board.watch': about once a second, and less often where nothing does. */
  'board.changed': (frame: BoardFrame) => void;
  /** Who watches, what was whispered or who asks for help; to those whom it concerns, each by themselves. */
  'steering.changed': (frame: SteeringFrame) => void;
  /** My own load, status or shift. */
  'load.changed': (load: LoadView) => void;
  'customer.typing': (frame: { conversation: string; until: string }) => void;
  'customer.changed': (frame: { conversation: string; customer: CustomerView }) => void;
  presence: (frame: PresenceFrame) => void;
  'agent.state': (frame: { id: string; status: AgentStatus; present: boolean }) => void;
  'rights.changed': () => void;
  /** My own account: language, phone, preferences, changed in whichever window; to me only. */
  'me.changed': () => void;
  /** Queues, skills or accounts were set up differently: lists of them are old. */
  'team.changed': () => void;
  /** Storage is away or back; inbound messages are kept meanwhile. */
  'hub.state': (frame: { storage: 'up' | 'down' }) => void;
}

export interface MentionFrame {
  conversation: string;
  ticketId: string;
  number: number;
  prefix: string;
  /** How the note begins. */
  text: string;
  by: { id: string; name: string };
}

export interface WokenFrame {
  ticketId: string;
  number: number;
  prefix: string;
  conversation: string;
  reason: 'time' | 'reply' | 'agent' | 'moved' | 'solved';
}

export interface SlaFrame {
  ticketId: string;
  number: number;
  prefix: string;
  conversation: string;
  metric: 'first_response' | 'next_response' | 'resolution';
  kind: 'warning' | 'breach' | 'escalation';
  dueAt: string | null;
}

/** The feed's cursor: opaque, kept by the client, given back on reconnect. */
export type FeedCursor = string;

export type Answer<T> = { ok: true; value: T } | { ok: false; code: string };

/** Agents to server. Every call is answered. Rooms are named by the server only. */
export interface AgentCalls {
  /** Watches a person: changes arrive even when no ticket of theirs is in a queue of mine. */
  'conversation.open': (
    call: { conversation: string },
    answer: (a: Answer<{ revs: Record<string, number> }>) => void,
  ) => void;
  'conversation.close': (call: { conversation: string }) => void;
  typing: (call: { conversation: string; on: boolean }) => void;
  /** Whether my console is in sight; it is taken to be until it says otherwise. */
  look: (call: { away: boolean }) => void;
  /** Exactly what changed since the revs I have, per conversation row; `resync` when that is too much to send. */
  'catch-up': (
    call: { revs: Record<string, number> },
    answer: (a: Answer<{ changes: ConversationChanges[]; resync: string[] }>) => void,
  ) => void;
  /** Which conversations of my lists changed since my cursor; a null cursor asks for today's. */
  feed: (
    call: { cursor: FeedCursor | null },
    answer: (a: Answer<{ conversations: string[]; cursor: FeedCursor; resync: boolean }>) => void,
  ) => void;
  /** Asks for the counts of my lists from now on, or for no more of them. */
  'views.watch': (call: { on: boolean }, answer: (a: Answer<Record<string, never>>) => void) => void;
  /** Asks for the live board from now on; refused without `board.watch`. */
  'board.watch': (call: Record<string, never>, answer: (a: Answer<Record<string, never>>) => void) => void;
  'board.unwatch': (call: Record<string, never>, answer: (a: Answer<Record<string, never>>) => void) => void;
  /** I look on, unseen among those who have the person open; refused without `steering.watch`. */
  'steering.watch': (
    call: { conversation: string },
    answer: (a: Answer<{ revs: Record<string, number> }>) => void,
  ) => void;
  'steering.unwatch': (call: { conversation: string }, answer: (a: Answer<Record<string, never>>) => void) => void;
}

/** A message as a visitor sees it: no notes, no names of people who did not write. */
export interface VisitorMessage {
  id: string;
  seq: number;
  rev: number;
  at: string;
  from: 'me' | 'agent' | 'bot' | 'system';
  name: string;
  body: string;
  attachments: { name: string; mediaType: string; bytes: number; url: string }[];
  delivery: Delivery | null;
  /** Answers that it offers, where it offers some. */
  choices?: { id: string; label: string }[];
}

/** A field of a form before the first message. `label` is the site's own, '' for the chat's. */
export interface VisitorField {
  name: 'name' | 'email' | 'phone' | 'question' | 'consent';
  isRequired: boolean;
  label: string;
}

/** A way to be answered after leaving the chat. */
export type VisitorWay = 'email' | 'sms' | 'telegram';

/** A way to be reached when it is one's turn, by a number that the visitor gives. */
export type VisitorCallbackWay = 'call' | 'sms';

/** How things stand for a visitor: who is there, what is asked of them, how far their words have come. */
export interface VisitorStanding {
  /** False: nobody answers now. What they write waits. */
  isOpen: boolean;
  /** When somebody is there again, where hours say so; an ISO instant. */
  opensAt: string | null;
  /** What the site wants read while nobody is there; '' for the chat's own words. */
  awayWords: string;
  /** What to ask before the first message; null when nothing is asked, or not any more. */
  form: VisitorField[] | null;
  ways: VisitorWay[];
  /** The way that they chose; no address for Telegram. */
  wish: { way: VisitorWay; address: string } | null;
  /** Their place among those who wait for an agent, from 1, and roughly how long; null: nobody waits, or an agent has them. */
  queue: { place: number; minutes: number | null; isMore: boolean } | null;
  /** How they can keep that place without waiting here, and what they asked for; null where nothing is offered. */
  callback: { ways: VisitorCallbackWay[]; asked: { way: VisitorCallbackWay; phone: string } | null } | null;
  /** Messages of theirs up to these seqs are with an agent who is there, and were read. */
  delivered: number;
  read: number;
  /** Null where no files are taken. Endings: what is taken, none for everything; `refused` is never taken. */
  files: { maxBytes: number; endings: string[]; refused: string[] } | null;
  /** They agreed to what the site asked, and can take it back. */
  hasAgreed: boolean;
  /** What was said can be mailed to them. */
  mayMail: boolean;
}

/** The page that shows the chat. */
export interface VisitorPage {
  url: string;
  title: string;
  referrer: string;
}

/** What a visitor fills in. `before`: the form before the first message; `away`: how to be answered, with or without a message. */
export interface VisitorFormCall {
  /** The visitor's own UUID for it: filling it in again under the same one changes nothing. */
  id: string;
  kind: 'before' | 'away';
  locale: 'en' | 'fa';
  values: Partial<Record<VisitorField['name'] | 'message', string | undefined>>;
  /** On `away` only. */
  way?: VisitorWay | null | undefined;
  page?: VisitorPage | undefined;
}

/**
 * Where a waiting visitor stands now. Their place counts from 1 and only gets better; null: they do not wait any more, and their standing
 * says why. `isMore`: the wait is longer than that many minutes.
 */
export interface QueuePositionFrame {
  position: number | null;
  waitMinutes: number | null;
  isMore: boolean;
  /** False: the queue is closed for now. They keep their place. */
  isOpen: boolean;
}

/** Server to visitors, namespace /visitor. */
export interface VisitorEvents {
  messages: (frame: { since: number; rev: number; messages: VisitorMessage[] }) => void;
  typing: (frame: { until: string; name: string }) => void;
  /** Somebody of us has read everything of theirs up to this seq. */
  read: (frame: { seq: number }) => void;
  /** Follows a standing that says that they wait, until they do not. */
  'queue.position': (frame: QueuePositionFrame) => void;
}

/** Visitors to server. */
export interface VisitorCalls {
  /** `id` is the visitor's own UUID for the message: sending it again changes nothing. */
  say: (
    call: {
      id: string;
      body: string;
      attachmentIds?: string[];
      /** What they chose of what a message of ours (`of`) offered; `body` is its label. */
      choice?: { id: string; of: string };
      page?: VisitorPage;
    },
    answer: (a: Answer<{ seq: number; rev: number }>) => void,
  ) => void;
  /** A refusal about a field is coded `<field>_missing` or `<field>_invalid`. `link` leads to Telegram. */
  form: (call: VisitorFormCall, answer: (a: Answer<{ seq: number; rev: number; link: string | null }>) => void) => void;
  standing: (call: { locale: 'en' | 'fa' }, answer: (a: Answer<VisitorStanding>) => void) => void;
  /** Asks to be called or texted when it is their turn; a null way takes it back. Refusals: `phone_missing`, `phone_invalid`, `not_waiting`. */
  callback: (
    call: { way: VisitorCallbackWay | null; phone: string },
    answer: (a: Answer<Record<string, never>>) => void,
  ) => void;
  typing: (call: { on: boolean }) => void;
  /** Everything up to this seq was shown. */
  seen: (call: { seq: number }) => void;
  'catch-up': (call: { rev: number }, answer: (a: Answer<{ rev: number; messages: VisitorMessage[] }>) => void) => void;
}
