import type { Locale } from './locale.js';

/** A message of an agent or a bot, as the host page hears of it. `at` is an ISO 8601 instant in UTC. */
export interface HeardMessage {
  id: string;
  from: 'agent' | 'bot' | 'system';
  name: string;
  body: string;
  at: string;
}

/** What the host page may do with the widget: `window.PeykChat`, there once the `peyk-chat:ready` event has fired. */
export interface PeykChat {
  open(): void;
  close(): void;
  setLocale(locale: Locale): void;
  /** Ends the chat in this browser: disconnects, forgets the visitor and takes the widget off the page. */
  shutdown(): void;
  /** Tells of each message that arrives while the page is open; the function it returns stops that. */
  on(event: 'message', listener: (message: HeardMessage) => void): () => void;
}

declare global {
  interface Window {
    PeykChat?: PeykChat;
  }
}

/** What the loader puts on the page and hands to the chat once that is loaded. */
export interface Shell {
  /** The hub's origin, without a slash at the end. */
  readonly hub: string;
  readonly channel: string;
  /** The language now; the loader sets it, the chat is told. */
  locale: Locale;
  /** `page`: the chat is the whole page, with no launcher. */
  readonly place: 'corner' | 'page';
  readonly root: ShadowRoot;
  readonly launcher: HTMLButtonElement;
  /** Passes a message on to the host page's listeners. */
  hear(message: HeardMessage): void;
}

/** The loaded chat, as the loader steers it. */
export interface Chat {
  open(): void;
  close(): void;
  toggle(): void;
  setLocale(locale: Locale): void;
  shutdown(): void;
}

export interface ChatModule {
  startChat(shell: Shell): Chat;
}
