/** Calls on the line at this moment. Instants are ISO 8601 strings in UTC; ids are UUIDs. */

/** The call that rings me, or that I am on. */
export interface LiveCallView {
  id: string;
  channelId: string;
  /** The provider's id of the call. */
  callId: string;
  /** The person's, as the API knows them. */
  conversationId: string;
  ticketId: string | null;
  phase: 'ringing' | 'talking';
  customerName: string;
  /** The other side's. */
  number: string;
  direction: 'in' | 'out';
  answeredAt: string | null;
  /** What is said is recorded. */
  records: boolean;
  /** It would be, and somebody paused that. */
  paused: boolean;
}

/** `call` null: my phone is at rest. */
export interface MyCallView {
  call: LiveCallView | null;
}

/** A call that is being made: my own phone rings first. `callId` is the provider's. */
export interface DialledView {
  callId: string;
}
