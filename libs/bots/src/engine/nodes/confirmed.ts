import type { NodeOf } from '../../script/nodes.js';
import { speak } from '../words/speak.js';
import type { Move, Turn } from '../turn.js';

/** A callback is told of once it is sure. */
export function confirmed(turn: Turn, node: NodeOf<'callback'>, name: string): Move {
  if (node.message !== undefined) {
    speak(turn, name, node.message);
  }
  return { exit: 'next', to: node.next };
}
