import { hitAtNode, onGuard } from './guards.js';
import { runNode } from './nodes/run-nodes.js';
import { nodeOf, placeName, type Move, type Turn } from './turn.js';

const keptPath = 200;

/** Walks from node to node until the script waits, is handed over or ends. */
export function walk(turn: Turn, first: Move): void {
  for (let move = first; move !== null;) {
    leave(turn, move.exit);
    move = enter(turn, move.to);
  }
}

function enter(turn: Turn, name: string): Move {
  const reason = hitAtNode(turn, name);
  if (reason !== null) {
    return onGuard(turn, reason);
  }
  const { state, event } = turn;
  const place = placeName(turn, name);
  turn.steps += 1;
  turn.here = place;
  turn.walked.push({ node: place, entered: true, exit: null });
  state.visits[place] = (state.visits[place] ?? 0) + 1;
  state.path = [...state.path, { node: place, at: event.at, exit: null }].slice(-keptPath);
  state.node = name;
  state.attempts = 0;
  state.asked = null;
  state.status = 'active';
  state.wakeAt = null;
  return runNode(turn, nodeOf(turn, name), name);
}

/** Notes the way out of the node that the turn stands at: the one entered last, or the one that waited before. */
function leave(turn: Turn, exit: string): void {
  const { state, walked, here } = turn;
  const last = state.path.at(-1);
  if (last !== undefined) {
    last.exit = exit;
  }
  const current = walked.at(-1);
  if (current !== undefined) {
    current.exit = exit;
  } else if (here !== null) {
    walked.push({ node: here, entered: false, exit });
  }
}
