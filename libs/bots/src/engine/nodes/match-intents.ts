import type { NodeOf } from '../../script/nodes.js';
import { understand } from '../../understanding/understand.js';
import { follow } from '../answers/follow.js';
import { showQuestion } from '../answers/questions.js';
import { tryOpening } from '../answers/try-opening.js';
import { clearVars, currentScript, type Move, type Turn } from '../turn.js';

/** Asks what the customer wants, or looks at what they wrote already. */
export function runMatch(turn: Turn, node: NodeOf<'match'>, name: string): Move {
  if (node.message !== undefined) {
    const move = tryOpening(turn, node, name);
    return move === undefined ? showQuestion(turn, { node, name }) : move;
  }
  const { state, world } = turn;
  turn.opening = null;
  const text = node.from === undefined ? state.lastText : clearVars(turn)[node.from];
  if (typeof text !== 'string' || text === '') {
    return { exit: 'otherwise', to: node.otherwise };
  }
  const meaning = understand(
    currentScript(turn),
    node,
    { kind: 'text', text },
    { locale: state.locale, now: world.now, zone: world.zone },
  );
  // A word for everywhere was obeyed when it came; here it would lead in a circle.
  const move = meaning.kind === 'built_in' ? undefined : follow(turn, node, name, meaning);
  return move === undefined ? { exit: 'otherwise', to: node.otherwise } : move;
}
