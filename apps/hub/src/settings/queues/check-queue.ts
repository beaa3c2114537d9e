import type { QueueBoostsView, QueueStepView } from '#contract';
import { invalid } from '../../platform/errors/api-error.js';

/** What a step needs to say, by what it does. */
const needs: Record<QueueStepView['do'], 'level' | 'queueId' | 'minutes' | null> = {
  lower_skill: 'level',
  widen_level: 'level',
  add_queue: 'queueId',
  move_queue: 'queueId',
  boost: 'minutes',
  alert: null,
  callback: null,
};

const mostMinutes = 1440;

/** What a queue gives that says nothing of it; as work_boost has it in SQL. */
const usual: QueueBoostsView = { priority: { 1: 0, 2: 5, 3: 15, 4: 60 }, tier: {}, cap: 120 };

/** Head starts as they are counted: what a queue does not say is as usual. */
export function wholeBoosts(said: Partial<QueueBoostsView>): QueueBoostsView {
  return {
    priority: { ...usual.priority, ...said.priority },
    tier: { ...said.tier },
    cap: said.cap ?? usual.cap,
  };
}

/**
 * Steps as they are kept: in the order of their times, each with what it needs and nothing else. `ownId` is the queue's, which no step
 * may lead to. Throws ApiError with the path of the field at fault, in the order in which they came.
 */
export function checkSteps(steps: readonly QueueStepView[], ownId: string): QueueStepView[] {
  return steps
    .map((step, index) => checkStep(step, `steps.${String(index)}`, ownId))
    .toSorted((one, other) => one.afterSecs - other.afterSecs);
}

function checkStep(step: QueueStepView, path: string, ownId: string): QueueStepView {
  const { afterSecs, do: act } = step;
  const need = needs[act];
  if (need === null) {
    return { afterSecs, do: act };
  }
  if (step[need] === undefined) {
    throw invalid(`${path}.${need}`, 'This step does not say what it needs.');
  }
  if (need === 'queueId' && step.queueId === ownId) {
    throw invalid(`${path}.queueId`, 'A step cannot lead to its own queue.');
  }
  return { afterSecs, do: act, [need]: step[need] };
}

/** Head starts as they are kept: whole minutes for the priorities 1 to 4, and for tiers 1 to 9 where there are any. Throws ApiError. */
export function checkBoosts({ priority, tier, cap }: QueueBoostsView): QueueBoostsView {
  checkMinutes(priority, 'boosts.priority', 4);
  checkMinutes(tier, 'boosts.tier', 9);
  const tiers = Object.entries(tier).filter(([, minutes]) => minutes > 0);
  const priorities = [1, 2, 3, 4].map((key) => [String(key), priority[key] ?? 0]);
  return {
    priority: Object.fromEntries(priorities) as Record<string, number>,
    tier: Object.fromEntries(tiers),
    cap,
  };
}

function checkMinutes(table: Readonly<Record<string, unknown>>, path: string, last: number): void {
  for (const [key, minutes] of Object.entries(table)) {
    if (!/^[1-9]$/.test(key) || Number(key) > last) {
      throw invalid(`${path}.${key}`, 'There is no such priority or tier.');
    }
    if (!Number.isInteger(minutes) || (minutes as number) < 0 || (minutes as number) > mostMinutes) {
      throw invalid(`${path}.${key}`, 'A head start is a whole number of minutes, at most a day.');
    }
  }
}
