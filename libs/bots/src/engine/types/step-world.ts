import type { Script } from '../../script/script.js';

/** An article of the knowledge list that may answer a text; `score` is 0 to 1, the best first. */
export interface FoundArticle {
  title: string;
  body: string;
  score: number;
}

/** A queue as a hand-off sees it. `isOpen`: work handed to it now will be taken up in this opening; false sends the script to `onUnavailable`. */
export interface QueueSight {
  isOpen: boolean;
  agentsFree: number;
  waiting: number;
}

/**
 * Keeps what a customer gave in confidence out of every stored row. `close` gives a text that only `open` can read back; the hub
 * encrypts, the simulator numbers. `open` answers null for what it did not close.
 */
export interface Seal {
  close(value: string): string;
  open(sealed: string): string | null;
}

/** Everything outside a conversation that a turn may depend on, read before the turn and constant during it. */
export interface StepWorld {
  /** Milliseconds of the epoch. */
  now: number;
  /** IANA zone in which dates and hours are meant. */
  zone: string;
  calendars: Record<string, 'open' | 'closed' | 'holiday'>;
  /** By name; the channel's own queue is ''. */
  queues: Record<string, QueueSight>;
  /** What conditions and templates see as `customer` and `conversation`. */
  customer: Record<string, unknown>;
  conversation: Record<string, unknown>;
  /** The scripts that `call` nodes name, by that name, in the versions pinned when the session began. */
  scripts: Record<string, Script>;
  articles: (text: string, locale: string) => FoundArticle[];
  /** Without it, an answer to a sensitive question is known until the end of its turn and then forgotten. */
  seal?: Seal;
}
