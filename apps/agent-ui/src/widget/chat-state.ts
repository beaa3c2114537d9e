import type { VisitorStanding } from '#contract';
import type { Locale } from './locale.js';
import type { PeykChatIdentity } from './page-api.js';
import type { HeardMessage } from './peyk-chat.js';
import type { Receipts, Timeline } from './timeline.js';

/** What the chat shows. */
export interface ChatState {
  timeline: Timeline;
  /** `refused`: there is no chat here. */
  link: 'connecting' | 'up' | 'down' | 'refused';
  /** The history has arrived at least once. */
  isLoaded: boolean;
  /** Who writes on the other side: a name, '' for someone without one, null for nobody. */
  typing: string | null;
  isOpen: boolean;
  locale: Locale;
  unread: number;
  /** Null until the hub has told it. */
  standing: VisitorStanding | null;
  /** How far the visitor's own messages have come; it only goes forward. */
  receipts: Receipts;
}

/** What came of a form. `code` says what the hub did not take; 'down': no answer came. */
export type FormOutcome = { ok: true; link: string | null } | { ok: false; code: string };

/** Who shows the chat, and what it must be told. */
export interface StorePage {
  hear(message: HeardMessage): void;
  identity(told: PeykChatIdentity): void;
  /** Somebody else is there now: a store of their own begins with nothing of whom this one was of. */
  replaced(): void;
  /** The same was heard from another tab, or that nobody is there any more. */
  lost(what: 'forgotten' | 'other'): void;
}

export const nothingRead: Receipts = { delivered: 0, read: 0 };

/** Receipts only go forward, whatever comes late. */
export function raised(known: Receipts, told: Receipts): Receipts {
  const read = Math.max(known.read, told.read);
  return { delivered: Math.max(known.delivered, told.delivered, read), read };
}
