import type { ScriptNode } from '../nodes.js';
import type { Script } from '../script.js';
import { nodesOf } from './script-texts.js';

/** What every script may name although nobody sets it. `value` is the answer that is being confirmed. */
const ambient = new Set([
  'customer',
  'conversation',
  'channel',
  'locale',
  'now',
  'met_agent',
  'said',
  'error',
  'value',
]);

export const isAmbient = (name: string): boolean => ambient.has(name);

/** The variables that a node sets, each with the way out by which it is set; null: by all of them. */
export function setBy(node: ScriptNode): { name: string; exit: string | null }[] {
  if (node.do === 'set') {
    return (node.scope ?? 'session') === 'session'
      ? Object.keys(node.values).map((name) => ({ name, exit: null }))
      : [];
  }
  const into = 'into' in node ? node.into : undefined;
  if (into === undefined) {
    return [];
  }
  return node.do === 'ask'
    ? node.options.map(({ id }) => ({ name: into, exit: `option.${id}` }))
    : [{ name: into, exit: 'next' }];
}

/** Every variable of a script, whether declared or only set. */
export function namedVariables(script: Script): string[] {
  return [
    ...Object.keys(script.vars ?? {}),
    ...nodesOf(script).flatMap(([, node]) => setBy(node).map(({ name }) => name)),
  ];
}
