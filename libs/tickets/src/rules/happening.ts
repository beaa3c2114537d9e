import type { TicketState } from '../tickets/ticket-state.js';
import type { FoldedText } from './match-words.js';
import { foldText } from './match-words.js';
import type { RuleEventKind } from './rule-event.js';

/** A message as rules see it: the one that came or went, or what the customer said last where something else happened. */
export interface HappenedMessage {
  text: string;
  /** Of mail; '' elsewhere. */
  subject: string;
  author: 'customer' | 'agent' | 'bot' | 'system';
  channelId: string | null;
  channelKind: string | null;
  hasFiles: boolean;
}

export interface HappenedTicket {
  id: string;
  number: number;
  prefix: string;
  state: TicketState;
  priority: 1 | 2 | 3 | 4;
  queueId: string;
  ownerId: string | null;
  tags: readonly string[];
  fields: Readonly<Record<string, unknown>>;
  subject: string;
}

/**
 * One fact and one ticket that it is about, as things stood when the transaction of the fact ended. A rule decides by nothing else, so it
 * decides the same whenever it is asked.
 */
export interface Happening {
  /** event_log.position of the fact. */
  position: string;
  kind: RuleEventKind;
  /** Milliseconds of the Unix epoch. */
  at: number;
  conversationId: string;
  /** Who did it, of us. */
  actorId: string | null;
  /** The rule or macro that did it. */
  cause: string | null;
  /** How many rules stand between it and somebody who did something. */
  depth: number;
  payload: Readonly<Record<string, unknown>>;
  /** Null where nothing was written yet. */
  message: HappenedMessage | null;
  ticket: HappenedTicket;
  customer: { id: string; tier: number; locale: string; fields: Readonly<Record<string, unknown>> };
  /** Whether the ticket's queue was open by its calendar. */
  isOpen: boolean;
  /** The state of that moment is not known, and the present one stands for it. */
  isApproximate: boolean;
}

const folded = new WeakMap<object, Map<string, FoldedText>>();

/** The folded form of a text of a happening, worked out once however many rules ask for it. */
export function foldedOf(happening: Happening, text: string): FoldedText {
  const known = folded.get(happening) ?? new Map<string, FoldedText>();
  folded.set(happening, known);
  const key = known.get(text) ?? foldText(text);
  known.set(text, key);
  return key;
}
