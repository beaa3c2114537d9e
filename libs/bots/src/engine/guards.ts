import { giveUp } from './nodes/hand-off.js';
import { ask, limitOf, placeName, type Move, type Turn } from './turn.js';
import type { AlertReason } from './types/bot-effect.js';

/** Messages of one turn before the fallback takes over. With those of the fallback, and the last word of all, a turn stays within twelve. */
const mostMessages = 9;
const messagesOfFallback = 2;
/** Turns that a session has left to reach a person once it has used up its own. */
const turnsOfGrace = 10;

/** What a turn may not go beyond, asked before a node is entered; null when all is well. */
export function hitAtNode(turn: Turn, node: string): AlertReason | null {
  const { state, steps, output } = turn;
  if (steps >= limitOf(turn, 'stepsPerTurn')) {
    return 'steps';
  }
  if (output.length >= mostMessages + messagesOfFallback * Math.min(turn.hits, 1)) {
    return 'messages';
  }
  return (state.visits[placeName(turn, node)] ?? 0) >= limitOf(turn, 'visits') ? 'visits' : null;
}

export function hasTooManyTurns(turn: Turn): boolean {
  const { state } = turn;
  return state.turn > limitOf(turn, 'turns') + turnsOfGrace * state.guardsHit;
}

/**
 * What follows when a limit is hit: the first time the fallback of the main script, with counts begun anew so that it can run; the
 * second time people get the conversation without any script, and the owner of the script hears of it.
 */
export function onGuard(turn: Turn, reason: AlertReason): Move {
  const { state, main } = turn;
  state.guardsHit += 1;
  turn.hits += 1;
  turn.reason = reason === 'ping_pong' ? 'ping_pong' : 'limit';
  if (reason === 'ping_pong') {
    turn.tags.push('ping-pong');
  }
  if (state.guardsHit > 1) {
    ask(turn, state.node ?? '', { kind: 'alert', reason });
    return giveUp(turn);
  }
  return toFallback(turn, 'guard', main.fallback);
}

/** Leaves whatever was called, and begins to count again. */
export function toFallback(turn: Turn, exit: string, to: string): Move {
  const { state } = turn;
  state.stack = [];
  state.script = null;
  state.visits = {};
  turn.steps = 0;
  return { exit, to };
}
