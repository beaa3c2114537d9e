import type { NodeOf, ScriptNode } from '../../script/nodes.js';
import type { Locale } from '../../script/terms.js';
import type { Understood } from '../../understanding/understand.js';
import { finish } from '../nodes/hand-off.js';
import { showAgain, showConfirm, showGuess, type AskingNode } from './questions.js';
import { hold, isSensitive, keepAnswer, masked } from '../words/secrets.js';
import { speakBuiltIn } from '../words/speak.js';
import { currentScript, own, type Move, type Turn } from '../turn.js';

type BuiltIn = Extract<Understood, { kind: 'built_in' }>;

/** Where an input leads that was understood; undefined when it was not. */
export function follow(turn: Turn, node: AskingNode, name: string, understood: Understood): Move | undefined {
  switch (understood.kind) {
    case 'option':
      return node.do === 'ask' ? chooseOption(turn, node, understood.option) : undefined;
    case 'value':
      return node.do === 'collect' ? takeValue(turn, node, name, understood.value) : undefined;
    case 'intent':
      return toIntent(node, understood.intent, understood.next);
    case 'between':
      return canReadAloud(turn) ? showGuess(turn, node, name, understood.intents) : undefined;
    case 'built_in':
      return followBuiltIn(turn, node, understood);
    case 'miss':
      return undefined;
  }
}

/** Persian has no voice that reads text, so on the phone nothing can be offered that nobody has recorded. */
function canReadAloud({ state }: Turn): boolean {
  return state.channel !== 'voice' || state.locale !== 'fa';
}

export function chooseOption(turn: Turn, node: NodeOf<'ask'>, id: string): Move | undefined {
  const option = node.options.find((one) => one.id === id);
  if (option === undefined) {
    return undefined;
  }
  turn.option = option.id;
  if (node.into !== undefined) {
    turn.state.vars[node.into] = option.id;
  }
  return { exit: `option.${option.id}`, to: option.next };
}

/** An answer counts at once, or after the customer has said that it was understood rightly. */
export function takeValue(turn: Turn, node: NodeOf<'collect'>, name: string, value: unknown): Move {
  const isSecret = isSensitive(node);
  const waiting = node.confirm === undefined ? null : hold(turn, value, isSecret);
  return waiting === null
    ? acceptValue(turn, node, value)
    : showConfirm(turn, node, name, isSecret ? masked(value) : value, waiting);
}

export function acceptValue(turn: Turn, node: NodeOf<'collect'>, value: unknown): Move {
  keepAnswer(turn, node.into, value, isSensitive(node));
  return { exit: 'next', to: node.next };
}

export function toIntent(node: ScriptNode, intent: string, next: string): Move {
  const isOwn = node.do === 'match' && node.intents.some((one) => one.intent === intent);
  return { exit: isOwn ? `intent.${intent}` : 'built_in', to: next };
}

/** What was meant by an answer to "did you mean"; undefined when the script knows no such intent. */
export function nextOfIntent(turn: Turn, node: ScriptNode, intent: string): string | undefined {
  const listed = node.do === 'match' ? node.intents.find((one) => one.intent === intent)?.next : undefined;
  return listed ?? own(currentScript(turn).intents ?? {}, intent)?.next;
}

/** What everybody may say at any question, and while the script waits. */
export function followBuiltIn(turn: Turn, node: AskingNode | null, { intent, locale, next }: BuiltIn): Move {
  if (intent === 'agent') {
    turn.reason = 'asked';
  }
  if (next !== null) {
    return { exit: 'built_in', to: next };
  }
  switch (intent) {
    case 'agent':
      return { exit: 'built_in', to: currentScript(turn).fallback };
    case 'stop':
      speakBuiltIn(turn, turn.state.node ?? '', 'goodbye', { line: { act: 'hangup' } });
      return finish(turn, turn.state.node ?? '', 'abandoned', false);
    case 'menu':
      return restart(turn);
    case 'language':
      changeLanguage(turn, locale);
      return askedOrRestart(turn, node);
  }
}

function askedOrRestart(turn: Turn, node: AskingNode | null): Move {
  return node === null || turn.state.asked === null ? restart(turn) : showAgain(turn, node);
}

function changeLanguage({ state, main }: Turn, wanted: Locale | null): void {
  const others = main.locales.filter((one) => one !== state.locale);
  const locale = wanted ?? others[0];
  if (locale !== undefined && main.locales.includes(locale)) {
    state.locale = locale;
  }
}

/** From the beginning, with what is known. */
export function restart({ main, state }: Turn): Move {
  state.stack = [];
  state.script = null;
  return { exit: 'built_in', to: main.start[state.channel] ?? main.start.default };
}
