export type ChannelName = 'email' | 'sms' | 'telegram' | 'web' | 'phone' | 'messages';

/** What everything that is said carries, to be found again wherever it turns up: `in/sms-3/17`, `re/sms-3/4`. */
const pattern = /\b(?:in|re)\/[a-z]+-[a-z0-9]+\/\d+\b/u;

/** The mark of a text; null when it carries none. */
export function markOf(text: string): string | null {
  return pattern.exec(text)?.[0] ?? null;
}

/** The customer and the number that a mark names. */
export function readMark(mark: string): { customer: string; n: number } {
  const [, customer = '', n = '0'] = mark.split('/');
  return { customer, n: Number(n) };
}

/** What a client knows of its call: acknowledged, or sent without ever hearing of it. */
export type Outcome = 'ok' | 'unknown';

/** A customer's message. `n` counts per customer in the order in which the provider got them. */
export interface Said {
  mark: string;
  customer: string;
  channel: ChannelName;
  n: number;
  outcome: Outcome;
}

/** An agent's reply, under the id that the agent's client gave it. */
export interface Replied {
  mark: string;
  customer: string;
  channel: ChannelName;
  n: number;
  id: string;
  outcome: Outcome;
}

/** The first time that the watching agent was shown a message. */
export interface Shown {
  conversation: string;
  seq: number;
  id: string;
  mark: string | null;
}

/** What reached a customer. `key` is by what their side tells a repeat: Message-ID, idempotency key, or nothing but the copy itself. */
export interface Arrived {
  customer: string;
  channel: ChannelName;
  mark: string;
  key: string;
}

/** A message of the final timelines, as the API gives it. */
export interface TimelineRow {
  conversation: string;
  seq: number;
  id: string;
  direction: string;
  kind: string;
  mark: string | null;
  delivery: string | null;
  /** Where a call stands; null for what is none. */
  callState: string | null;
}

/** A row of the outbox at the end. */
export interface DeliveryEnd {
  mark: string | null;
  channel: ChannelName;
  state: string;
  attempts: number;
  /** Why an earlier attempt was put off, in ChannelError's codes; null when none was. */
  reason: string | null;
}

/** Everything that a run recorded. Each list is in the order in which things happened to whom they happened. */
export interface History {
  seed: number;
  said: Said[];
  replied: Replied[];
  shown: Shown[];
  arrived: Arrived[];
  rows: TimelineRow[];
  deliveries: DeliveryEnd[];
  /** Marks of replies that were being sent when the hub died, to providers that cannot tell a repeat. */
  doubtful: string[];
  /** Those of them that had left before the hub died: the provider’s own books may end their doubt. */
  taken: string[];
}
