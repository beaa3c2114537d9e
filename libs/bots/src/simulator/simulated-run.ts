import type { BotEffect } from '../engine/types/bot-effect.js';
import type { BotSay } from '../engine/types/bot-say.js';
import type { LookupError } from '../engine/types/bot-event.js';
import type { BotState } from '../engine/types/bot-state.js';
import type { QueueSight } from '../engine/types/step-world.js';
import type { Rendered } from '../render/rendered.js';
import type { Script } from '../script/script.js';
import type { ScriptChannel } from '../script/terms.js';

/**
 * What a person or the world does in a simulation. `press` names an option, and is done in the channel's own way: a button, its
 * number by SMS, its label by e-mail, its key on the telephone. `lookup` prepares the next answers of a connector.
 */
export type SimulatedInput =
  | { type: string }
  | { press: string; turn?: number }
  | { keypad: string }
  | { file: string }
  /** Time passes; silences and pauses that fall due happen. Milliseconds, or `30m`, `6s`, `2h`, `1d`. */
  | { wait: number | string }
  /** Whether somebody takes work, in one queue or in all. */
  | { agents: 'available' | 'away'; queue?: string }
  | { calendar: string; is: 'open' | 'closed' | 'holiday' }
  | { lookup: string; answer: unknown }
  | { lookup: string; fails: LookupError }
  | { resume: true }
  | { hangup: true };

/** What a lookup brings, and after how many milliseconds. */
export type PreparedAnswer = ({ answer: unknown } | { fails: LookupError }) & { takes?: number };

/** The world of a simulation; everything may be left out. Lookups are named by their connector, tickets and the knowledge list `tickets`, `ticket` and `kb`. */
export interface SimulatedWorld {
  calendars?: Record<string, 'open' | 'closed' | 'holiday'>;
  queues?: Record<string, Partial<QueueSight>>;
  customer?: Record<string, unknown>;
  conversation?: Record<string, unknown>;
  /** A lookup without a prepared answer ends as `absent`. */
  lookups?: Record<string, PreparedAnswer>;
  articles?: { title: string; body: string; score?: number }[];
  scripts?: Record<string, Script>;
}

export interface Simulation {
  channel: ScriptChannel;
  locale: string;
  /** When it begins: ISO instant, or milliseconds of the epoch. */
  at: string | number;
  zone?: string;
  inputs: SimulatedInput[];
  world?: SimulatedWorld;
  vars?: Record<string, unknown>;
  /** The customer's first words, with which the session begins; without them it begins by itself. */
  opening?: string;
}

export type SimulatedStep =
  | { at: number; who: 'customer'; turn: number; does: string; input: SimulatedInput }
  | { at: number; who: 'bot'; turn: number; says: BotSay[]; rendered: Rendered[] }
  /** What the hub would do: an effect, a result, the end of a wait. */
  | { at: number; who: 'hub'; turn: number; does: string; effect: BotEffect | null };

/** Nodes that were entered and edges that were walked, as `<node>:<exit>`, with how often. Those of called scripts carry the script's name before a slash. */
export interface Coverage {
  nodes: Record<string, number>;
  edges: Record<string, number>;
}

export interface SimulatedRun {
  steps: SimulatedStep[];
  /** Inputs that could not be done, e.g. an option that was not offered; by their place in the list. */
  impossible: { input: number; why: string }[];
  state: BotState;
  coverage: Coverage;
}

/** How much of a script the runs have shown; shares are 0 to 1. */
export interface CoverageReport {
  nodes: { seen: string[]; unseen: string[]; share: number };
  edges: { seen: string[]; unseen: string[]; share: number };
}

/** A conversation with what must come of it, kept with the script. */
export interface Scenario {
  name: string;
  locale: string;
  at: string | number;
  zone?: string;
  inputs: SimulatedInput[];
  world?: SimulatedWorld;
  vars?: Record<string, unknown>;
  opening?: string;
  /** The channels that it is run on; all of the script's when absent. */
  channels?: ScriptChannel[];
  expect: {
    node?: string;
    outcome?: string;
    status?: BotState['status'];
    vars?: Record<string, unknown>;
    /** Sentences that the bot must have said, as a part of any message, compared by match key. */
    says?: string[];
    /** Effects that must have been asked for, by kind. */
    effects?: BotEffect['kind'][];
  };
}

/** One expectation that was not met. */
export interface ScenarioFailure {
  expected: 'node' | 'outcome' | 'status' | 'vars' | 'says' | 'effects' | 'input';
  /** The variable, or '' . */
  name: string;
  wanted: unknown;
  found: unknown;
}

export interface ScenarioResult {
  name: string;
  channel: ScriptChannel;
  passed: boolean;
  failures: ScenarioFailure[];
  run: SimulatedRun;
}
