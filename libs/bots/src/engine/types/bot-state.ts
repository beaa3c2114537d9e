import type { Locale, ScriptChannel } from '../../script/terms.js';
import type { BotOption } from './bot-say.js';

export type Outcome = 'resolved' | 'unresolved' | 'abandoned' | 'handed_off';

/** Where a script is: `script` is null in the main one and a called script's name inside it. */
export interface Place {
  script: string | null;
  node: string;
}

/** The question that stands open: what an answer is compared with. */
export interface OpenQuestion {
  node: string;
  /** The turns in which it was first and last shown; a choice of any other turn is of an old menu. */
  since: number;
  turn: number;
  /** `answer`: the node's own question · `confirm`: is what was understood right · `guess`: which of these was meant. */
  stage: 'answer' | 'confirm' | 'guess';
  options: BotOption[];
  /** What waits for a yes, as it was understood; sealed or absent when it is sensitive. */
  held: unknown;
}

/** What was not understood, masked where its question is sensitive. */
export interface Miss {
  node: string;
  text: string;
  at: number;
}

/**
 * A node that was entered; in a called script as `script/node`. `exit` is the way out that was taken, as `exitsOf` names it, or
 * `guard`, `built_in` or `fallback`; null while it is the last.
 */
export interface Visit {
  node: string;
  at: number;
  exit: string | null;
}

/** A node that a turn touched: entered in it (or waited at before it), and left by `exit` unless that is null. */
export interface Walk {
  node: string;
  entered: boolean;
  exit: string | null;
}

/**
 * A session between two events, as plain JSON.
 *
 * `active`: waits for the customer, or has not begun · `waiting`: waits for the hub (a result, the end of a pause) · `handed_off`:
 * people have it · `ended`: nothing follows any more.
 */
export interface BotState {
  format: 1;
  status: 'active' | 'waiting' | 'handed_off' | 'ended';
  channel: ScriptChannel;
  locale: Locale;
  /** The node that waits or spoke last; null before the start. */
  node: string | null;
  /** The called script that `node` is of; null in the main one. */
  script: string | null;
  /** How many events were answered; it names menus and effects. */
  turn: number;
  /** The `call` nodes to return to, the innermost last. */
  stack: Place[];
  vars: Record<string, unknown>;
  /** Answers given in confidence, closed by the world's seal; `vars` has their masked form. */
  sealed: Record<string, string>;
  asked: OpenQuestion | null;
  /** The press that was answered last: a finger that comes down twice means one answer. */
  pressed: { since: number; turn: number; option: string } | null;
  /** Silence, noise and wrong keys in a row at the open question. */
  attempts: number;
  /** The effect whose result is waited for. */
  pending: string | null;
  /** When its result counts as too late; before that `wakeAt` may be due for the filler. */
  deadline: number | null;
  /** What the customer wrote last, for a `match` that asks nothing; null when it was given in confidence. */
  lastText: string | null;
  visits: Record<string, number>;
  misses: Miss[];
  path: Visit[];
  /** Keys of the latest texts, to notice two machines talking with each other. */
  heard: { key: string; at: number }[];
  /** When an event `silence` is due, in milliseconds of the epoch. */
  wakeAt: number | null;
  /** Guards that were hit: the first leads to the fallback, the second ends the session. */
  guardsHit: number;
  /** An agent took part: nothing promised before counts. */
  metAgent: boolean;
  outcome: Outcome | null;
}

export interface BeginOptions {
  channel: ScriptChannel;
  /** A language that the script does not speak becomes its default one. */
  locale: string;
  vars?: Record<string, unknown>;
}
