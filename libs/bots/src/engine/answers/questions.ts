import type { NodeOf, Retry, Timeout } from '../../script/nodes.js';
import { durationMs, type Message, type ScriptChannel } from '../../script/terms.js';
import { defaultRunLimits } from '../../script/script.js';
import { evaluate } from '../../script/evaluate.js';
import { inDigitsOf } from '../../render/menu-keys.js';
import { builtInText } from '../words/built-in-texts.js';
import { held, isSensitive, masked } from '../words/secrets.js';
import { labelled, speak, speakBuiltIn } from '../words/speak.js';
import { clearVars, type Turn } from '../turn.js';
import type { BotInput, BotOption, InputKind } from '../types/bot-say.js';
import type { OpenQuestion } from '../types/bot-state.js';

/** The nodes that ask something and wait. */
export type AskingNode = NodeOf<'ask' | 'collect' | 'match' | 'voicemail'>;

const defaultVoiceSilenceMs = 6_000;
const defaultVoicemailMs = 120_000;
/**
 * On a call the line itself tells of silence, and only it knows when the prompt had been played; the clock is the second net, for a
 * line that tells nothing.
 */
export const voiceGraceMs = 60_000;

interface Showing {
  node: AskingNode;
  name: string;
  stage?: OpenQuestion['stage'];
  options?: BotOption[];
  held?: unknown;
  /** What is said; the node's own message when absent. */
  message?: Message | null;
  extra?: Record<string, unknown>;
}

/** Says a question and opens it: the script stands still until an answer comes or its time is over. */
export function showQuestion(turn: Turn, showing: Showing): null {
  const { node, name, stage = 'answer', message = node.message ?? null, extra = {}, held: waiting = null } = showing;
  const { state, world } = turn;
  const options = showing.options ?? optionsOf(turn, node);
  const input = inputOf(turn, node, stage);
  speak(turn, name, message, {
    options,
    input,
    extra,
    line: node.do === 'voicemail' ? { act: 'record', maxMs: recordMs(node) } : null,
  });
  const since = shownSince(turn, name, stage);
  state.asked = { node: name, stage, since, turn: state.turn, options, held: waiting };
  state.status = 'active';
  state.wakeAt = world.now + input.timeoutMs + (state.channel === 'voice' ? voiceGraceMs : 0);
  return null;
}

function inputOf(turn: Turn, node: AskingNode, stage: OpenQuestion['stage']): BotInput & { timeoutMs: number } {
  const isAnswer = stage === 'answer';
  return {
    kind: isAnswer ? inputKind(node) : 'choice',
    sensitive: isAnswer && isSensitive(node),
    finishOnKey: null,
    timeoutMs: answerTimeMs(turn, node),
  };
}

function shownSince({ state }: Turn, name: string, stage: OpenQuestion['stage']): number {
  const { asked, turn } = state;
  return asked?.node === name && asked.stage === stage ? asked.since : turn;
}

/** Shows the open question once more, as it stands. `message` stands for its words. */
export function showAgain(turn: Turn, node: AskingNode, message: Message | null = null): null {
  const { asked } = turn.state;
  if (asked === null) {
    return null;
  }
  if (asked.stage === 'confirm' && node.do === 'collect') {
    const value = held(turn, isSensitive(node));
    return showConfirm(turn, node, asked.node, isSensitive(node) ? masked(value) : value, asked.held);
  }
  if (asked.stage === 'guess') {
    const { options } = asked;
    return showQuestion(turn, { node, name: asked.node, stage: 'guess', options, message: didYouMean(turn) });
  }
  return showQuestion(turn, { node, name: asked.node, ...(message !== null && { message }) });
}

function didYouMean(turn: Turn): Message {
  const text = builtInText('did_you_mean', turn.state.locale);
  return { text: { [turn.state.locale]: text }, audio: { fa: 'built_in/did_you_mean.fa.wav' } };
}

/** Offers what may have been meant; the last answer is that it was none of them. */
export function showGuess(
  turn: Turn,
  node: AskingNode,
  name: string,
  meant: { intent: string; label: string }[],
): null {
  const { locale } = turn.state;
  const offered = [...meant, { intent: 'neither', label: builtInText('neither', locale) }];
  const options = offered.map(({ intent, label }, index) => ({ id: intent, label, dtmf: String(index + 1) }));
  return showQuestion(turn, { node, name, stage: 'guess', options, message: didYouMean(turn) });
}

/** Asks whether what was understood is right. */
export function showConfirm(turn: Turn, node: NodeOf<'collect'>, name: string, shown: unknown, held: unknown): null {
  return showQuestion(turn, {
    node,
    name,
    stage: 'confirm',
    options: yesNo(turn),
    held,
    message: node.confirm ?? null,
    extra: { value: shown },
  });
}

/** Says why the question comes again: the script's own words for this attempt, or ours with the question behind them. */
export function askAgain(turn: Turn, node: AskingNode, why: 'noMatch' | 'noInput'): null {
  const { asked, attempts } = turn.state;
  const messages = wordsFor(node, why);
  const message = messages[Math.min(attempts, messages.length) - 1];
  if (message !== undefined && asked?.stage === 'answer') {
    return showAgain(turn, node, message);
  }
  speakBuiltIn(turn, asked?.node ?? '', why === 'noInput' ? 'nothing_heard' : 'not_understood');
  return showAgain(turn, node);
}

function wordsFor(node: AskingNode, why: 'noMatch' | 'noInput'): readonly Message[] {
  const { noMatch = [], noInput = noMatch } = retryOf(node) ?? {};
  return why === 'noInput' ? noInput : noMatch;
}

export function retryOf(node: AskingNode): Retry | undefined {
  return node.do === 'voicemail' ? undefined : node.retry;
}

export function timeoutOf(node: AskingNode): Timeout | undefined {
  return node.do === 'voicemail' ? undefined : node.timeout;
}

/** The options that are shown: of an `ask` those whose condition holds, of a yes-or-no or a rating its answers. */
export function optionsOf(turn: Turn, node: AskingNode): BotOption[] {
  if (node.do === 'ask') {
    const vars = clearVars(turn);
    const at = { now: turn.world.now, zone: turn.world.zone };
    return node.options
      .filter(({ when }) => when === undefined || evaluate(when, vars, at))
      .map(({ id, label, dtmf }) => ({ id, label: labelled(turn, label), dtmf: dtmf ?? null }));
  }
  if (node.do !== 'collect') {
    return [];
  }
  return node.type === 'yes_no' ? yesNo(turn) : node.type === 'rating' ? ratings(turn, node) : [];
}

function yesNo({ state: { locale } }: Turn): BotOption[] {
  return [
    { id: 'yes', label: builtInText('yes', locale), dtmf: '1' },
    { id: 'no', label: builtInText('no', locale), dtmf: '2' },
  ];
}

function ratings({ state: { locale } }: Turn, { min, max }: NodeOf<'collect'>): BotOption[] {
  const least = typeof min === 'number' && min >= 0 && min < 9 ? Math.ceil(min) : 1;
  const most = typeof max === 'number' && max > least && max <= 9 ? Math.floor(max) : Math.max(5, least + 1);
  return Array.from({ length: most - least + 1 }, (_, index) => {
    const mark = String(least + index);
    return { id: `mark_${mark}`, label: inDigitsOf(locale, mark), dtmf: mark };
  });
}

function inputKind(node: AskingNode): InputKind {
  const kinds = { ask: 'choice', match: 'text', voicemail: 'record' } as const;
  return node.do === 'collect' ? node.type : kinds[node.do];
}

function recordMs(node: NodeOf<'voicemail'>): number {
  return node.maxLength === undefined ? defaultVoicemailMs : durationMs(node.maxLength);
}

function writtenTime(timeout: Timeout | undefined, channel: ScriptChannel): string | undefined {
  const after = timeout?.after;
  return typeof after === 'string' ? after : (after?.[channel] ?? after?.default);
}

function answerTimeMs(turn: Turn, node: AskingNode): number {
  const { channel } = turn.state;
  const written = writtenTime(timeoutOf(node), channel);
  if (written !== undefined) {
    return durationMs(written);
  }
  if (channel === 'voice') {
    return node.do === 'voicemail' ? recordMs(node) : defaultVoiceSilenceMs;
  }
  return durationMs(turn.main.limits?.silence ?? defaultRunLimits.silence);
}
