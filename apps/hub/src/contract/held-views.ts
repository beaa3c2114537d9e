import type { AttachmentView, ChannelKind } from './views.js';

/** A message that leaves in a moment, unless its writer takes it back. It is nobody else's to see until then. */
export interface HeldMessageView {
  /** Of the message that it becomes. */
  id: string;
  /** The person's. */
  conversationId: string;
  /** How long it still waits; 0 for one that is being written, or that failed. */
  remainingMs: number;
  /** `sent`: it was asked to be held once more, and is a message by now. */
  state: 'held' | 'failed' | 'sent';
  /** Why it could not be written, as the refusal of a message says it. */
  code: string | null;
  problem: string | null;
  /** What was written, to go on with. */
  body: string;
  subject: string | null;
  /** All of it, so that whoever takes it back in another browser goes on with the same. */
  written: HeldWritten;
}

/** What was written besides its words. null and empty: it has none. */
export interface HeldWritten {
  at: string;
  channelId: string | null;
  channelKind: ChannelKind | null;
  identityId: string | null;
  threadId: string | null;
  cc: string[];
  bcc: string[];
  quote: boolean | null;
  ticketId: string | null;
  seen: string | null;
  attachments: AttachmentView[];
  afterwards: AfterSendView | null;
}

/** What becomes of a reply's ticket in the moment in which it leaves. */
export interface AfterSendView {
  do: 'solve' | 'pending' | 'snooze';
  until?: { at?: string; workDays?: number; reply?: true };
}

/** One sending of a message: its first, or one that an agent asked for. Peyk may have tried each several times. */
export interface AttemptView {
  id: string;
  at: string;
  state: 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'parked' | 'failed' | 'cancelled';
  tries: number;
  /** When Peyk tries it again by itself; null: it does not. */
  nextAt: string | null;
  address: string;
  /** What went wrong at last, stable and in the words of whoever told; null: nothing did. */
  code: string | null;
  words: string | null;
  /** What the provider calls it, to ask them about it. */
  providerId: string | null;
  /** Those of its recipients who are known not to have got it. */
  missed: string[];
}

/** What became of a held message: it stands in the timeline, its writer took it back, or it could not be written. */
export interface HeldEndedFrame {
  id: string;
  conversationId: string;
  outcome: 'sent' | 'taken_back' | 'failed';
  code: string | null;
  problem: string | null;
}
