import type { Turn } from '../turn.js';

/** How long a ticket or a callback may take before it counts as failed. */
const defaultMs = 60_000;

/** Waits for what the hub makes of an effect. Nothing waits for ever: when the time is over, it counts as too late. */
export function standStill(turn: Turn, effect: string, forMs = defaultMs): null {
  const { state, world } = turn;
  state.status = 'waiting';
  state.pending = effect;
  state.deadline = world.now + forMs;
  state.wakeAt = state.deadline;
  return null;
}
