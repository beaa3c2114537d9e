import type { BoardMeasure, BoardThreshold, BoardView } from '#contract';

/** Below their limit these are bad news, above it the others. */
const wantsMany: ReadonlySet<BoardMeasure> = new Set(['agents_online', 'bot_share']);

type Limit = Pick<BoardThreshold, 'queueId' | 'measure' | 'limit'>;

/** What a limit is about, and whether it is passed now. A value of null: there is nothing to measure, and so nothing to tell. */
export function measureLimit(
  board: BoardView,
  { queueId, measure, limit }: Limit,
): { value: number | null; isPassed: boolean } {
  const value = queueId === null ? wholeOf(board)[measure]() : ofQueue(board, queueId, measure);
  return { value, isPassed: value !== null && (wantsMany.has(measure) ? value < limit : value > limit) };
}

function wholeOf(board: BoardView): Record<BoardMeasure, () => number | null> {
  return {
    waiting: () => board.waiting,
    longest_wait: () => secondsSince(board.waitingSince, board.at),
    at_risk: () => sum(board.atRisk),
    broken: () => sum(board.broken),
    // Nobody has to be there while everything is closed.
    agents_online: () => (board.queues.some(({ isOpen }) => isOpen) ? board.agentsBy.online : null),
    bot_share: () => (board.bots.of === 0 ? null : board.bots.solved / board.bots.of),
    first_reply: () => board.firstReply.seconds,
  };
}

function ofQueue(board: BoardView, queueId: string, measure: BoardMeasure): number | null {
  const queue = board.queues.find(({ id }) => id === queueId);
  if (!queue) {
    return null;
  }
  const values: Partial<Record<BoardMeasure, number | null>> = {
    waiting: queue.waiting,
    longest_wait: secondsSince(queue.waitingSince, board.at),
    at_risk: queue.atRisk,
    broken: queue.broken,
    agents_online: queue.isOpen ? queue.staffed : null,
  };
  return values[measure] ?? null;
}

function secondsSince(since: string | null, now: string): number {
  return since === null ? 0 : (Date.parse(now) - Date.parse(since)) / 1_000;
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}
