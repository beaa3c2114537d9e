import type { NodeOf } from '../../script/nodes.js';
import { understand, type Understood } from '../../understanding/understand.js';
import { follow } from './follow.js';
import { currentScript, type Move, type Turn } from '../turn.js';
import type { BotOption } from '../types/bot-say.js';

/**
 * Takes the customer's first words as the answer to the first question, where they plainly are one: nobody who wrote "I want to
 * track my order" is asked what they want. Undefined: they are not, and the question is asked.
 */
export function tryOpening(
  turn: Turn,
  node: NodeOf<'ask' | 'match'>,
  name: string,
  options: readonly BotOption[] = [],
): Move | undefined {
  const { opening: text, state, world } = turn;
  turn.opening = null;
  if (text === null || text === '') {
    return undefined;
  }
  const meaning = understand(
    currentScript(turn),
    node,
    { kind: 'text', text },
    {
      locale: state.locale,
      now: world.now,
      zone: world.zone,
      ...(node.do === 'ask' && { offered: options.map(({ id }) => id) }),
    },
  );
  return isPlain(meaning) ? follow(turn, node, name, meaning) : undefined;
}

/** A number can mean no option before the menu was seen, and a menu asked for is about to be shown. */
function isPlain(meaning: Understood): boolean {
  switch (meaning.kind) {
    case 'option':
      return meaning.by === 'label' || meaning.by === 'words' || meaning.by === 'likeness';
    case 'built_in':
      return meaning.intent === 'agent' || meaning.intent === 'stop';
    case 'intent':
      return true;
    case 'value':
    case 'between':
    case 'miss':
      return false;
  }
}
