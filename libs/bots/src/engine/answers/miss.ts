import { askAgain, retryOf, timeoutOf, type AskingNode } from './questions.js';
import { isSensitive, masked } from '../words/secrets.js';
import { currentScript, own, type Move, type Turn } from '../turn.js';

const defaultAttempts = 2;
const keptMisses = 20;
const longestMiss = 500;
/** Long numbers in what was not understood are cards, accounts, ids: nobody who teaches words needs them. */
const longNumber = /\p{Nd}[\p{Nd} -]{5,}\p{Nd}/gu;

/** An answer that was not understood: asks again, in other words each time, and in the end goes elsewhere. */
export function onMiss(turn: Turn, node: AskingNode): Move {
  remember(turn, node);
  turn.missed = true;
  turn.state.attempts += 1;
  if (node.do === 'match' && node.retry === undefined) {
    return { exit: 'otherwise', to: node.otherwise };
  }
  if (turn.state.attempts > mostAttempts(node)) {
    return giveIn(turn, node);
  }
  return askAgain(turn, node, 'noMatch');
}

/** Nothing came. In writing the question's time is over; on a call silence counts like a wrong key. */
export function onSilence(turn: Turn, node: AskingNode): Move {
  const { state } = turn;
  if (state.channel !== 'voice') {
    return timedOut(turn, node);
  }
  if (node.do === 'voicemail') {
    return { exit: 'next', to: node.next };
  }
  state.attempts += 1;
  if (state.attempts <= mostAttempts(node)) {
    return askAgain(turn, node, 'noInput');
  }
  return timedOut(turn, node) ?? giveIn(turn, node);
}

function timedOut(turn: Turn, node: AskingNode): Move {
  const then = timeoutOf(node)?.then;
  return then === undefined ? null : { exit: 'timeout.then', to: then };
}

function giveIn(turn: Turn, node: AskingNode): Move {
  turn.reason = 'misses';
  if (node.do === 'voicemail') {
    return { exit: 'next', to: node.next };
  }
  const otherwise = node.do === 'match' ? node.otherwise : currentScript(turn).fallback;
  return { exit: 'retry.then', to: node.retry?.then ?? otherwise };
}

function mostAttempts(node: AskingNode): number {
  return retryOf(node)?.max ?? defaultAttempts;
}

function remember(turn: Turn, node: AskingNode): void {
  const { state, event } = turn;
  const text = event.kind === 'text' ? event.text : event.kind === 'digits' ? event.digits : `[${event.kind}]`;
  const told =
    isSensitive(node) || asksOfPerson(turn, node)
      ? masked(text)
      : text.slice(0, longestMiss).replace(longNumber, masked);
  state.misses = [...state.misses, { node: state.path.at(-1)?.node ?? '', text: told, at: event.at }].slice(
    -keptMisses,
  );
}

/** Whether the answer is kept in a variable of the customer's person, which is masked wherever it is told. */
function asksOfPerson(turn: Turn, node: AskingNode): boolean {
  return node.do === 'collect' && own(currentScript(turn).vars ?? {}, node.into)?.pii === true;
}
