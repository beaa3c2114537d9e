import type { Outcome } from './bot-state.js';

/** What an agent is told when a script hands over. Sensitive values are masked. */
export interface HandoffSummary {
  /** Why: the node's own way, or the limit or fault that ended the script. */
  reason: HandoffReason;
  locale: string;
  variables: { name: string; value: unknown }[];
  /** The nodes walked through, oldest first. */
  path: { node: string; at: number }[];
  /** The last five inputs that were not understood, oldest first. */
  misses: { node: string; text: string; at: number }[];
  /** The node's own summary sentence; '' when it has none. */
  note: string;
}

export type HandoffReason = 'script' | 'asked' | 'misses' | 'limit' | 'ping_pong' | 'broken';

/** Which limit was hit: `messages` and `steps` in one turn, `turns` and `visits` in a session, `depth` of calls. `broken`: the script could not go on. */
export type AlertReason = 'steps' | 'messages' | 'turns' | 'visits' | 'depth' | 'broken' | 'ping_pong';

export type Scope = 'session' | 'conversation' | 'customer' | 'ticket';

/** What the hub does for a script besides sending its words, by kind. */
export type EffectWork =
  | {
      kind: 'lookup';
      source: 'http' | 'tickets';
      /** The name of a connector that an administrator registered; null for tickets. */
      ref: string | null;
      args: Record<string, unknown>;
      timeoutMs: number;
      retries: number;
      /** Holds an answer given in confidence: log nothing of `args`, and forget them when done. */
      sensitive: boolean;
    }
  | { kind: 'tag'; scope: Exclude<Scope, 'session'>; add: string[]; remove: string[] }
  | { kind: 'set'; scope: Exclude<Scope, 'session'>; values: Record<string, unknown> }
  | {
      kind: 'ticket';
      act: 'create' | 'update' | 'solve';
      subject: string | null;
      queue: string | null;
      /** 1 is the most urgent, 4 the least; null: as the queue has it. */
      priority: number | null;
      tags: string[];
      fields: Record<string, unknown>;
      /** A note for the agents; '' when there is none. */
      note: string;
    }
  | {
      kind: 'handoff';
      /** Null: the queue of the channel. */
      queue: string | null;
      skills: string[];
      agent: string | null;
      priority: number | null;
      maxWaitMs: number | null;
      summary: HandoffSummary;
    }
  /** Nobody came in time and the script goes on: the waiting work of its last hand-off is taken back. */
  | { kind: 'withdraw' }
  | { kind: 'callback'; queue: string | null; number: string | null; window: string | null; summary: HandoffSummary }
  | { kind: 'voicemail'; queue: string | null; text: string | null; mediaType: string | null; summary: HandoffSummary }
  | { kind: 'end'; outcome: Outcome; csat: boolean }
  | { kind: 'alert'; reason: AlertReason };

/**
 * One thing to be done once. `id` is `turn:ordinal` of the event that asked for it, the same in every replay; with
 * `awaitsResult` the script stands still until an event `result` names it.
 */
export type BotEffect = EffectWork & { id: string; node: string; awaitsResult: boolean };
