import type { BoardMeasure, BoardQueue, BoardView } from '#contract';
import { secondsSince } from './board-clock.js';

export const measures: readonly BoardMeasure[] = [
  'waiting',
  'longest_wait',
  'at_risk',
  'broken',
  'agents_online',
  'bot_share',
  'first_reply',
];

/** What can be measured of a queue alone. */
export const queueMeasures = measures.filter((one) => one !== 'bot_share' && one !== 'first_reply');

/** Below their limit these are bad news, above it the others. */
const wantsMany: ReadonlySet<BoardMeasure> = new Set(['agents_online', 'bot_share']);

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, one) => all + one, 0);

export function wholeValue(board: BoardView, measure: BoardMeasure, now: number): number | null {
  const values: Record<BoardMeasure, number | null> = {
    waiting: board.waiting,
    longest_wait: secondsSince(board.waitingSince, now),
    at_risk: sum(board.atRisk),
    broken: sum(board.broken),
    agents_online: board.agentsBy.online,
    bot_share: board.bots.of === 0 ? null : board.bots.solved / board.bots.of,
    first_reply: board.firstReply.seconds,
  };
  return values[measure];
}

export function queueValue(queue: BoardQueue, measure: BoardMeasure, now: number): number | null {
  const values: Partial<Record<BoardMeasure, number>> = {
    waiting: queue.waiting,
    longest_wait: secondsSince(queue.waitingSince, now),
    at_risk: queue.atRisk,
    broken: queue.broken,
    agents_online: queue.staffed,
  };
  return values[measure] ?? null;
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** How a number stands to its limit: told of already, passed just now, kept; or there is none. */
export function toneOf(
  board: BoardView,
  where: { queueId: string | null; measure: BoardMeasure },
  value: number | null,
): Tone {
  const isHere = (one: { queueId: string | null; measure: BoardMeasure }) =>
    one.queueId === where.queueId && one.measure === where.measure;
  const limit = board.thresholds.find(isHere)?.limit;
  if (board.alerts.some(isHere)) {
    return 'bad';
  }
  // Nobody has to be there while it is closed.
  const isClosed = !board.queues.some(({ id, isOpen }) => isOpen && (where.queueId ?? id) === id);
  if (limit === undefined || value === null || (where.measure === 'agents_online' && isClosed)) {
    return 'plain';
  }
  return (wantsMany.has(where.measure) ? value < limit : value > limit) ? 'warn' : 'good';
}
