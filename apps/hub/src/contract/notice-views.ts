import type { BoardMeasure } from './board-views.js';
import type { ChannelKind, TicketView } from './views.js';
import type { SlaFrame } from './live-events.js';

/**
 * Something that concerns one agent, kept for thirty days. What it tells is what the agent may read at the moment of asking: once they may
 * not read the person any more, only that there was something.
 */
export interface NoticeView {
  id: string;
  kind: 'mention' | 'assigned' | 'promise' | 'reply' | 'failed' | 'alert' | 'hand' | 'review';
  at: string;
  isRead: boolean;
  /** Null: the agent may not read this person any more. */
  about: NoticeSubject | null;
  /** On `promise`. */
  promise: Pick<SlaFrame, 'metric' | 'kind'> | null;
  /** On `failed`: whether it is known that the message did not arrive. */
  failure: 'failed' | 'unconfirmed' | null;
  /** On `alert`: a limit of the live board that was passed. Such a notice is about nobody. */
  alert: NoticeAlert | null;
}

export interface NoticeAlert {
  /** null: all queues together. */
  queue: { id: string; name: string } | null;
  measure: BoardMeasure;
  limit: number;
  value: number;
}

export interface NoticeSubject {
  /** The person, by their root's conversation. */
  conversation: string;
  customer: { id: string; name: string };
  ticket: Pick<TicketView, 'id' | 'number' | 'prefix'> | null;
  /** The message that it is about. */
  message: { id: string; at: string } | null;
  channelKind: ChannelKind | null;
  /** Who did it; null where the hub or the customer did. */
  by: { id: string; name: string } | null;
  /** How the message begins; '' where there is none or the agent may not read it. */
  text: string;
}

/** How many notices wait to be read: at most 100 are counted. */
export interface NoticesFrame {
  unread: number;
  /** The newest is news: it came just now. */
  isNews: boolean;
}

/** What push services know this installation by: base64url, for `applicationServerKey`. */
export interface PushKeyView {
  key: string;
}

/** A browser that is woken while no console of its agent is connected. */
export interface PushView {
  id: string;
}
