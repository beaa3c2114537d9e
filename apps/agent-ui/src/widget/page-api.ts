// What a page may call of the Peyk chat. The hub serves this file as /widget.d.ts.

/** A message of an agent or a bot, as the page hears of it. `at` is an ISO 8601 instant in UTC. */
export interface PeykChatMessage {
  id: string;
  from: 'agent' | 'bot' | 'system';
  /** Of the agent who wrote; '' for everybody else. */
  name: string;
  body: string;
  at: string;
}

/** What came of the site's word about who is signed in. */
export interface PeykChatIdentity {
  /** `proven`: the chat is that user's now. `refused`: it goes on without a name. `none`: nobody is signed in. */
  state: 'proven' | 'refused' | 'none';
  /** Why it was refused: `expired`, `used`, `bad_signature`, `unknown_key`, `wrong_audience`, `unreachable` … */
  reason: string | null;
}

/** What a page can hear of, and what comes with it. */
export interface PeykChatEvents {
  /** A message arrived while the page is open. */
  message: PeykChatMessage;
  /** How many messages have not been seen; told when it changes. */
  unread: number;
  open: undefined;
  close: undefined;
  identity: PeykChatIdentity;
}

/**
 * A short token (JWT) that your server signed for whoever is signed in, or a function that fetches one when it is needed. `null` says
 * that nobody is signed in.
 */
export type PeykChatWord = string | (() => string | null | Promise<string | null>);

/** `window.PeykChat`: there once the `peyk-chat:ready` event has fired on `window`. */
export interface PeykChatApi {
  open(): void;
  close(): void;
  toggle(): void;
  setLocale(locale: 'en' | 'fa'): void;
  /** Says who is signed in. Somebody else than before begins with an empty chat at once, in every tab. */
  identify(word: PeykChatWord): void;
  /** Forgets the visitor in this browser at once, in every tab. To be called when somebody signs out of your site. */
  reset(): void;
  /** `reset`, and takes the chat off this page. */
  shutdown(): void;
  /** Tells of each event; the function it returns stops that. */
  on<Name extends keyof PeykChatEvents>(event: Name, listener: (payload: PeykChatEvents[Name]) => void): () => void;
}

declare global {
  interface Window {
    PeykChat?: PeykChatApi;
  }

  interface WindowEventMap {
    'peyk-chat:ready': Event;
  }
}
