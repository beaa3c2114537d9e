import type { Locale } from './locale.js';
import type { PeykChatEvents, PeykChatMessage, PeykChatWord } from './page-api.js';
import type { Still } from './still-chat.js';

export type { PeykChatApi as PeykChat, PeykChatEvents } from './page-api.js';
export type HeardMessage = PeykChatMessage;

/** Where the site's word about who is signed in comes from: the page itself, or an address of the site that answers with it. */
export type WordSource = PeykChatWord | URL;

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
  /** Undefined while the site says nothing about who is there. */
  word?: WordSource | undefined;
  /** What the page said of it when it was loaded, which holds again after a reset. */
  readonly firstWord?: WordSource | undefined;
  /** A chat that only shows how it looks, and to nobody but the console. */
  readonly still?: Still;
  /** Passes something on to the host page's listeners. */
  tell<Name extends keyof PeykChatEvents>(event: Name, payload: PeykChatEvents[Name]): void;
  /** The visitor was forgotten in another tab: nothing of them may stay in this one. */
  end(): void;
}

/** The loaded chat, as the loader steers it. */
export interface Chat {
  open(): void;
  close(): void;
  toggle(): void;
  setLocale(locale: Locale): void;
  /** The shell has another word now. */
  identify(): void;
  /** Ends what is open in this tab. */
  leave(): void;
  /** The same, and forgets the visitor in every tab. */
  shutdown(): void;
}

export interface ChatModule {
  startChat(shell: Shell): Chat;
}
