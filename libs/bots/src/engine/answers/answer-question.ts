import { matchKey } from '#channels';
import type { NodeOf } from '../../script/nodes.js';
import { parseCollected } from '../../understanding/parse-collected.js';
import { understand, type Heard } from '../../understanding/understand.js';
import { acceptValue, chooseOption, follow, nextOfIntent, takeValue, toIntent } from './follow.js';
import { onGuard } from '../guards.js';
import { finish, summaryOf } from '../nodes/hand-off.js';
import { heardOf, isPingPong, namedOption } from './heard.js';
import { onMiss, onSilence } from './miss.js';
import { showAgain, showQuestion, type AskingNode } from './questions.js';
import { held, isSensitive } from '../words/secrets.js';
import { speakBuiltIn } from '../words/speak.js';
import { standStill } from '../nodes/stand-still.js';
import { ask, currentScript, nodeOf, ScriptBroken, type Move, type Turn } from '../turn.js';
import type { BotOption } from '../types/bot-say.js';
import type { OpenQuestion } from '../types/bot-state.js';

/** What an event means for the open question, and where it leads. */
export function answerQuestion(turn: Turn, asked: OpenQuestion): Move {
  const node = askingNode(turn, asked.node);
  const { event } = turn;
  if (event.kind === 'silence') {
    return onSilence(turn, node) ?? (turn.output.length > 0 ? null : finish(turn, asked.node, 'abandoned', false));
  }
  if (event.kind === 'choice' && (event.turn < asked.since || event.turn > asked.turn)) {
    speakBuiltIn(turn, asked.node, 'old_menu');
    return showAgain(turn, node);
  }
  if (node.do === 'voicemail') {
    return takeVoicemail(turn, node, asked.node);
  }
  return answerInWords(turn, node, asked);
}

function answerInWords(turn: Turn, node: AskingNode, asked: OpenQuestion): Move {
  const heard = heardOf(turn);
  const isSecret = isSensitive(node);
  turn.confidential = isSecret && asked.stage === 'answer';
  if (heard?.kind === 'text') {
    turn.state.lastText = isSecret ? null : heard.text.slice(0, 1_000);
  }
  const move = heard === null ? undefined : stages[asked.stage](turn, node, asked, heard);
  if (!isSecret && isPingPong(turn, move !== undefined)) {
    turn.output.length = 0;
    turn.effects.length = 0;
    return onGuard(turn, 'ping_pong');
  }
  if (move === undefined) {
    // Who says neither yes nor no when a secret is to be confirmed may have written it once more.
    turn.confidential = isSecret;
    return onMiss(turn, node);
  }
  notePress(turn, asked, heard);
  return move;
}

function notePress({ state }: Turn, { since, turn }: OpenQuestion, heard: Heard | null): void {
  if (heard?.kind === 'choice') {
    state.pressed = { since, turn, option: heard.option };
  }
}

type Stage = (turn: Turn, node: AskingNode, asked: OpenQuestion, heard: Heard) => Move | undefined;

const stages: Record<OpenQuestion['stage'], Stage> = {
  answer: (turn, node, asked, heard) => {
    const option = namedOption(asked.options, heard);
    if (option !== undefined && node.do === 'ask') {
      return chooseOption(turn, node, option.id);
    }
    if (option !== undefined && node.do === 'collect') {
      return takeValue(turn, node, asked.node, valueOf(option));
    }
    return understood(turn, node, asked, heard);
  },

  confirm: (turn, node, asked, heard) => {
    if (node.do !== 'collect') {
      throw new ScriptBroken(`The node ${asked.node} confirms nothing.`);
    }
    const isRight = yesOrNo(turn, asked.options, heard);
    if (isRight === true) {
      return acceptValue(turn, node, held(turn, isSensitive(node)));
    }
    return isRight === false ? askOnceMore(turn, node, asked.node) : understoodAnywhere(turn, node, asked.node, heard);
  },

  guess: (turn, node, asked, heard) => {
    const option = namedOption(asked.options, heard);
    if (option === undefined) {
      return understood(turn, node, asked, heard);
    }
    const next = nextOfIntent(turn, node, option.id);
    if (next !== undefined) {
      return toIntent(node, option.id, next);
    }
    turn.reason = 'misses';
    return { exit: 'fallback', to: currentScript(turn).fallback };
  },
};

function understood(turn: Turn, node: AskingNode, asked: OpenQuestion, heard: Heard): Move | undefined {
  const { state, world } = turn;
  const offered = asked.options.map(({ id }) => id);
  const meaning = understand(currentScript(turn), node, heard, {
    locale: state.locale,
    now: world.now,
    zone: world.zone,
    ...(node.do === 'ask' && { offered }),
  });
  return follow(turn, node, asked.node, meaning);
}

/** Only what counts at every question: at a yes-or-no, another value is no answer. */
function understoodAnywhere(turn: Turn, node: AskingNode, name: string, heard: Heard): Move | undefined {
  const { state, world } = turn;
  const meaning = understand(currentScript(turn), null, heard, {
    locale: state.locale,
    now: world.now,
    zone: world.zone,
  });
  return meaning.kind === 'option' || meaning.kind === 'value' ? undefined : follow(turn, node, name, meaning);
}

function yesOrNo({ state, world }: Turn, options: readonly BotOption[], heard: Heard): boolean | undefined {
  const option = namedOption(options, heard);
  if (option !== undefined) {
    return option.id === 'yes';
  }
  const { locale } = state;
  const parsed =
    heard.kind === 'text' ? parseCollected('yes_no', heard.text, { locale, now: world.now, zone: world.zone }) : null;
  return parsed !== null && 'value' in parsed && typeof parsed.value === 'boolean' ? parsed.value : undefined;
}

/** It was understood wrongly: the value is asked for again, and counts as one attempt. */
function askOnceMore(turn: Turn, node: NodeOf<'collect'>, name: string): Move {
  const { state } = turn;
  state.attempts += 1;
  if (state.attempts > (node.retry?.max ?? 2)) {
    turn.reason = 'misses';
    return { exit: 'retry.then', to: node.retry?.then ?? currentScript(turn).fallback };
  }
  speakBuiltIn(turn, name, 'try_again');
  return showQuestion(turn, { node, name });
}

function valueOf({ id, label }: BotOption): unknown {
  return id === 'yes' || id === 'no' ? id === 'yes' : Number(matchKey(label));
}

/** A message left for people: spoken, written or a file. */
function takeVoicemail(turn: Turn, node: NodeOf<'voicemail'>, name: string): Move {
  const { event } = turn;
  const text = event.kind === 'text' ? event.text.slice(0, 4_000) : null;
  const mediaType = event.kind === 'file' ? event.mediaType.slice(0, 100) : null;
  if (text === null && mediaType === null) {
    return onMiss(turn, node);
  }
  const summary = summaryOf(turn, undefined);
  const work = { kind: 'voicemail', queue: node.queue ?? null, text, mediaType, summary } as const;
  if (node.onError !== undefined) {
    return standStill(turn, ask(turn, name, work, true));
  }
  ask(turn, name, work);
  return { exit: 'next', to: node.next };
}

function askingNode(turn: Turn, name: string): AskingNode {
  const node = nodeOf(turn, name);
  if (node.do === 'ask' || node.do === 'collect' || node.do === 'match' || node.do === 'voicemail') {
    return node;
  }
  throw new ScriptBroken(`The node ${name} asks nothing.`);
}
