import type { SnoozeUntil } from './ticket-property-views.js';

/** One act on many tickets. */
export type BulkAct =
  /** null gives tickets back to their queues. */
  | {
      do: 'assign';
      agentId: string | null;
      /** Only what this agent has when its turn comes, and of what goes back to a queue they are not asked again. */
      from?: string;
    }
  | { do: 'route'; queueId: string }
  | { do: 'state'; state: 'open' | 'pending' | 'on_hold' | 'solved' }
  /** null wakes them. */
  | { do: 'snooze'; until: SnoozeUntil | null }
  | { do: 'priority'; priority: 1 | 2 | 3 | 4 }
  | { do: 'tags'; add: string[]; remove: string[] }
  /** For the one who asks; nobody else's marks move. */
  | { do: 'read'; read: boolean }
  /** Blocks nobody. */
  | { do: 'spam' };

/**
 * An act on many tickets as it stands. While it runs `done`, `nothing` and `refused` grow up to `total`; while it is taken back
 * `undone` and `left` grow up to `done`.
 */
export interface BulkRunView {
  id: string;
  act: BulkAct;
  state: 'running' | 'done' | 'undoing' | 'undone';
  total: number;
  done: number;
  /** Tickets that were so already. */
  nothing: number;
  refused: number;
  /** Tickets that were not come to: it was taken back before. */
  skipped: number;
  undone: number;
  /** Tickets that were not taken back, for somebody changed them since, or because it was refused. */
  left: number;
  /** For how many milliseconds more it can be taken back; null: not any more. */
  undoMs: number | null;
  /** The first hundred that were refused or left. In answers only, never in frames. */
  problems: BulkProblem[];
}

/** Why a ticket was not changed, or not taken back. What names it is null where its reader may not know of it. */
export interface BulkProblem {
  ticketId: string;
  number: number | null;
  prefix: string;
  /** The root's conversation, to open it. */
  conversation: string | null;
  customer: { id: string; name: string } | null;
  during: 'act' | 'undo';
  code: string;
  detail: string;
}
