import type { BoardTicket } from './board-views.js';

/** What an agent has that is not solved, by the one who asks. */
export interface AgentWorkView {
  /** In the queues that the one who asks watches, the longest open first; five hundred at most. */
  tickets: BoardTicket[];
  /** How many these are in all. */
  count: number;
  /** How many more they have in other queues. */
  elsewhere: number;
}
