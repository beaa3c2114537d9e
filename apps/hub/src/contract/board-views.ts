import type { AgentStatus } from './views.js';
import type { SlaFrame } from './live-events.js';
import type { RaisedHandView } from './steering-views.js';

/** What a limit can be set on. `agents_online` and `bot_share` are bad news below it, the others above. */
export type BoardMeasure =
  'waiting' | 'longest_wait' | 'at_risk' | 'broken' | 'agents_online' | 'bot_share' | 'first_reply';

export type PromiseCounts = Record<SlaFrame['metric'], number>;

/** A queue at this moment. */
export interface BoardQueue {
  id: string;
  name: string;
  isOpen: boolean;
  waiting: number;
  /** Since when the one waits who waits the longest; null: nobody does. */
  waitingSince: string | null;
  /** Tickets that agents hold. */
  inProgress: number;
  /** Members who are online. */
  staffed: number;
  atRisk: number;
  broken: number;
  /** First answers of today that were promised: how many came in time, of how many that came or are overdue. */
  answered: { inTime: number; of: number };
}

/** A ticket that an agent holds. */
export interface BoardTicket {
  id: string;
  number: number;
  prefix: string;
  /** The person, by their root's conversation. */
  conversation: string;
}

export interface BoardAgent {
  id: string;
  name: string;
  /** Their own word; `offline` where no console of theirs is open. */
  status: AgentStatus;
  /** Since when; null: not known. */
  since: string | null;
  load: { used: number; of: number };
  /** What they hold in the queues that this reader watches, and the latest of it. */
  held: number;
  tickets: BoardTicket[];
  lastActiveAt: string | null;
  queueIds: string[];
}

/** A limit, told of once it is passed for so long; and over once it is kept for as long. */
export interface BoardThreshold {
  id: string;
  /** null: all queues together. */
  queueId: string | null;
  measure: BoardMeasure;
  /** Seconds for `longest_wait` and `first_reply`, a share from 0 to 1 for `bot_share`. */
  limit: number;
  forSeconds: number;
}

/** A limit that was passed. */
export interface BoardAlert {
  id: string;
  queueId: string | null;
  queueName: string | null;
  measure: BoardMeasure;
  limit: number;
  /** What it was when it was told. */
  value: number;
  raisedAt: string;
  endedAt: string | null;
}

/** An agent of these queues who asks for help. */
export interface BoardHand extends RaisedHandView {
  queue: { id: string; name: string };
  ticket: BoardTicket;
}

/** How a contact centre fares now and today; for whoever watches only some queues, those. Today is a day of `zone`. */
export interface BoardView {
  at: string;
  zone: string;
  day: string;
  waiting: number;
  waitingSince: string | null;
  atRisk: PromiseCounts;
  /** Broken today. */
  broken: PromiseCounts;
  agentsBy: Record<AgentStatus, number>;
  /** Talks that ended today, or that people took over: how many the bot solved by itself. */
  bots: { solved: number; of: number };
  /** Of tickets opened today that were answered in writing. */
  firstReply: { seconds: number | null; of: number };
  /** By the hours of today, 0 to 23. */
  hours: { arrived: number[]; solved: number[] };
  /** Callers on the line; ringing and talking are part of them. */
  calls: { onLine: number; waiting: number; ringing: number; talking: number };
  queues: BoardQueue[];
  agents: BoardAgent[];
  thresholds: BoardThreshold[];
  alerts: BoardAlert[];
  hands: BoardHand[];
}

/** What of the board is not as it was told last; the first frame after `board.watch` has everything. */
export type BoardFrame = Pick<BoardView, 'at'> & Partial<BoardView>;
