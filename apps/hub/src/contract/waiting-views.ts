/** What waits in queues, and who is to be called back. Instants are ISO 8601 strings in UTC; ids are UUIDs. */

/** Whether waiting customers are told their place: not at all, once, or again whenever it has moved. */
export type TellingMode = 'off' | 'first' | 'moves';

/** By which ways somebody can keep their place. `same`: in writing, where they asked. */
export type CallbackWay = 'call' | 'sms' | 'same';

/** What a queue says to those who wait in it. A text may be empty: then the hub has words of its own. */
export interface QueueWaitingView {
  tell: { telegram: TellingMode; sms: TellingMode; email: TellingMode };
  callback: {
    isOn: boolean;
    /** Offered when the wait is longer than this; null: only when a step of the queue says so. */
    afterMinutes: number | null;
    ways: CallbackWay[];
  };
  /** Whether those who write outside the queue's hours are told when it opens again. */
  tellClosed: boolean;
  /** Whether those whose call nobody answered are told by SMS that it was seen. Empty texts: the hub's own words. */
  missedCalls: { isOn: boolean; text: { en: string; fa: string } };
  /** `queued` may name {place} and {wait}, `closed` may name {opens}. */
  texts: { queued: { en: string; fa: string }; closed: { en: string; fa: string } };
}

/** Somebody who keeps their place in a queue and is to be called or written to when it is their turn. `due`: an agent has the work. */
export interface CallbackView {
  id: string;
  state: 'requested' | 'due' | 'done' | 'cancelled';
  way: CallbackWay;
  /** The number to call or text; '' for `same`. */
  address: string;
  identityId: string | null;
  channelId: string | null;
  queueId: string;
  ticketId: string;
  ticketNumber: number;
  conversation: string;
  customerName: string;
  requestedAt: string;
  dueAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  /** How often they called and nobody answered; 0: they asked to be called back. */
  calls: number;
  lastCallAt: string | null;
}
