import type { TicketState, TicketView } from './views.js';

/** An organisation's own name of a state. It says more to people and changes nothing of what the state does. */
export interface TicketStateNameView {
  id: string;
  state: 'open' | 'pending' | 'on_hold' | 'solved';
  /** At least one of them is there; the other language reads it too. */
  name: { en?: string; fa?: string };
  position: number;
  /** Tickets that carry it and are not closed. */
  tickets: number;
  /** Not offered any more; tickets that carry it keep it. */
  retired: boolean;
}

/** Another ticket by what may be shown of it. What the reader may not work on has its number and state only. */
export interface RelatedTicketView {
  id: string;
  number: number;
  prefix: string;
  state: TicketState;
  subject: string;
  /** Whose it is; '' where it is kept from this reader. */
  customer: string;
  /** The person's conversation; null where it is kept from this reader. */
  conversation: string | null;
}

/** A change of tickets that may still be taken back. */
export interface TicketChangeView {
  id: string;
  kind: 'ticket_merge' | 'message_move' | 'ticket_split';
  at: string;
  undoUntil: string;
  by: { id: string; name: string } | null;
  /** How many messages it moved. */
  messages: number;
  from: RelatedTicketView | null;
  into: RelatedTicketView;
}

/** A ticket with its kin, found by its id or by any number that ever led to it. */
export interface TicketDetailView {
  ticket: TicketView;
  /** The person's conversation. */
  conversation: string;
  /** The number that was asked for, where that ticket was merged into this one. */
  mergedFrom: number | null;
  /** Tickets that were merged into it. */
  merged: RelatedTicketView[];
  parent: RelatedTicketView | null;
  children: RelatedTicketView[];
  follows: (RelatedTicketView & { as: 'follow_up' | 'split' }) | null;
  followedBy: (RelatedTicketView & { as: 'follow_up' | 'split' })[];
  /** What can be taken back, the latest first. */
  changes: TicketChangeView[];
}

/** What a merge would do, before anybody does it. */
export interface TicketMergePreview {
  from: RelatedTicketView;
  into: RelatedTicketView;
  messages: number;
  /** Somebody holds the ticket that is merged; it is taken off them. */
  holder: string | null;
  /** Why it cannot be done; null where it can. */
  refused: 'finished' | 'has_children' | 'restricted' | null;
}

/** What was taken back. */
export interface TicketUndoView {
  kind: TicketChangeView['kind'];
  /** Messages that are where they were. */
  restored: number;
  /** Messages that somebody moved on since: they stay. */
  kept: number;
}

/** One answer to all children of a ticket. */
export interface IncidentAnswerView {
  id: string;
  at: string;
  body: string;
  by: string;
  written: number;
  waiting: number;
  refused: { ticket: RelatedTicketView; code: string }[];
}

/** What became of children that were solved together with their parent. */
export interface SolvedFamilyView {
  solved: number[];
  /** Those that could not be, by number, with the code of the refusal. */
  left: { number: number; code: string }[];
}
