import type { NodeOf } from '../../script/nodes.js';
import { confirmed } from './confirmed.js';
import { found, missing } from './run-lookup.js';
import { nodeOf, plain, ScriptBroken, type Move, type Turn } from '../turn.js';
import type { LookupError } from '../types/bot-event.js';

export type Result = { ok: true; value: unknown } | { ok: false; error: LookupError };

/** Goes on where the hub's answer leads. */
export function takeResult(turn: Turn, result: Result): Move {
  const { state } = turn;
  const name = state.node ?? '';
  const node = nodeOf(turn, name);
  state.pending = null;
  state.deadline = null;
  if (!result.ok) {
    state.vars['error'] = result.error;
  }
  if (node.do === 'lookup') {
    return afterLookup(turn, node, result);
  }
  if (node.do !== 'ticket' && node.do !== 'callback' && node.do !== 'voicemail') {
    throw new ScriptBroken(`The node ${name} waits for nothing.`);
  }
  return result.ok ? afterWork(turn, node, name, result.value) : onError(node);
}

function afterLookup(turn: Turn, node: NodeOf<'lookup'>, result: Result): Move {
  if (result.ok) {
    return found(turn, node, result.value);
  }
  return result.error === 'absent' ? missing(node) : { exit: 'onError', to: node.onError };
}

function afterWork(turn: Turn, node: NodeOf<'ticket' | 'callback' | 'voicemail'>, name: string, value: unknown): Move {
  if (node.do === 'callback') {
    return confirmed(turn, node, name);
  }
  if (node.do === 'ticket' && node.into !== undefined) {
    turn.state.vars[node.into] = numberOf(value);
  }
  return { exit: 'next', to: node.next };
}

function onError(node: { next: string; onError?: string }): Move {
  return node.onError === undefined ? { exit: 'next', to: node.next } : { exit: 'onError', to: node.onError };
}

/** The number of a ticket, told alone or as a member of the answer. */
function numberOf(value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && 'number' in value;
  return plain(isRecord ? value.number : value);
}
