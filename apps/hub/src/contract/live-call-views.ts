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
  /** `handing`: they talk on, until the caller goes to whom I handed them. */
  phase: 'ringing' | 'talking' | 'handing';
  customerName: string;
  /** The other side's. */
  number: string;
  direction: 'in' | 'out';
  answeredAt: string | null;
  /** What is said is recorded. */
  records: boolean;
  /** It would be, and somebody paused that. */
  paused: boolean;
  /** It can be handed over. */
  canTransfer: boolean;
  /** It was to be handed over, and its provider did not do that. */
  transferFailed: boolean;
}

/** `call` null: my phone is at rest. */
export interface MyCallView {
  call: LiveCallView | null;
}

/** A call that is being made: my own phone rings first. `callId` is the provider's. */
export interface DialledView {
  callId: string;
}

/** Whom a call can be handed to at this moment. */
export interface TransferTargetsView {
  /** Everybody but the reader. `busy`: they talk, or have no room for a call. */
  agents: { id: string; name: string; state: 'free' | 'busy' | 'away' | 'no_phone' }[];
  queues: { id: string; name: string; isOpen: boolean }[];
}

/** A call that is handed over: what comes of it is told by the call itself, and to whoever talks. */
export interface TransferView {
  id: string;
  state: 'asked';
}
