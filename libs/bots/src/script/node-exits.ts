import type { NodeKind, NodeOf, ScriptNode } from './nodes.js';
import type { Script } from './script.js';

/**
 * A way out of a node. `id` is stable and unique within the node (`next`, `option.track`, `case.0`, `intent.refund`), so that an edge
 * is `<node>:<id>`. `path`: where the target is written, within the node; null where the script leaves it unsaid and the fallback
 * stands for it.
 */
export interface Exit {
  id: string;
  target: string;
  path: (string | number)[] | null;
}

/** Every way out of a node, those to the fallback that nobody wrote included. An `end` has none. */
export function exitsOf(script: Pick<Script, 'fallback'>, node: ScriptNode): Exit[] {
  const listed = exits[node.do] as (node: ScriptNode) => (Exit | null)[];
  const all = listed(node).filter((exit) => exit !== null);
  return canMiss(node) && !all.some(({ id }) => id === 'retry.then')
    ? [...all, { id: 'retry.then', target: script.fallback, path: null }]
    : all;
}

/** Those that stop for the customer or the clock. */
const waiting: ReadonlySet<NodeKind> = new Set<NodeKind>(['ask', 'collect', 'wait', 'handoff', 'voicemail']);

/** Whether a node stops, so that going round through it takes a person's answer or some time in each round. */
export function waitsAt(node: ScriptNode): boolean {
  return node.do === 'match' ? node.message !== undefined : waiting.has(node.do);
}

/** Whether the customer's answer may be missed there. */
function canMiss(node: ScriptNode): boolean {
  return node.do === 'ask' || node.do === 'collect' || (node.do === 'match' && node.message !== undefined);
}

function exit(id: string, target: string | undefined, ...path: (string | number)[]): Exit | null {
  return target === undefined ? null : { id, target, path: path.length === 0 ? id.split('.') : path };
}

function answers({ retry, timeout }: NodeOf<'ask' | 'collect' | 'match'>): (Exit | null)[] {
  return [exit('retry.then', retry?.then), exit('timeout.then', timeout?.then)];
}

const next = (node: { next: string }): (Exit | null)[] => [exit('next', node.next)];
const nextOrError = (node: { next: string; onError?: string }): (Exit | null)[] => [
  exit('next', node.next),
  exit('onError', node.onError),
];

const exits: { [Kind in NodeKind]: (node: NodeOf<Kind>) => (Exit | null)[] } = {
  say: next,
  ask: (node) => [
    ...node.options.map((option, index) => exit(`option.${option.id}`, option.next, 'options', index, 'next')),
    ...answers(node),
  ],
  collect: (node) => [...next(node), ...answers(node)],
  match: (node) => [
    ...node.intents.map((one, index) => exit(`intent.${one.intent}`, one.next, 'intents', index, 'next')),
    exit('otherwise', node.otherwise),
    ...answers(node),
  ],
  lookup: (node) => [...nextOrError(node), exit('onAbsent', node.onAbsent)],
  branch: (node) => [
    ...node.cases.map((one, index) => exit(`case.${index}`, one.next, 'cases', index, 'next')),
    exit('otherwise', node.otherwise),
  ],
  hours: (node) => [exit('open', node.open), exit('closed', node.closed), exit('holiday', node.holiday)],
  set: next,
  tag: next,
  ticket: nextOrError,
  call: next,
  wait: next,
  handoff: (node) => [
    exit('onUnavailable', node.onUnavailable),
    exit('onTimeout', node.onTimeout),
    exit('resume', node.resume),
  ],
  callback: nextOrError,
  voicemail: nextOrError,
  end: () => [],
};
