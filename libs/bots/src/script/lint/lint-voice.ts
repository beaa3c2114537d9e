import type { ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import { durationMs } from '../terms.js';
import { reachedFrom } from './lint-graph.js';
import { messagesOf, nodesOf } from './script-texts.js';

const longestPauseMs = 10_000;
const mostSpoken = 5;

/**
 * What a telephone needs. No voice that Peyk may use reads Persian, so every Persian sentence on the phone needs a recording; whatever
 * is chosen needs a key, since speech is not understood everywhere.
 */
export function lintVoice(script: Script): Finding[] {
  if (!script.channels.includes('voice')) {
    return [];
  }
  const reached = reachedFrom(script, 'voice');
  return nodesOf(script)
    .filter(([name]) => reached.has(name))
    .flatMap(([name, node]) => [...recordings(script, name, node), ...keys(name, node), ...pauses(name, node)]);
}

function recordings(script: Script, name: string, node: ScriptNode): Finding[] {
  if (!script.locales.includes('fa')) {
    return [];
  }
  return messagesOf(name, node)
    .filter(({ message }) => message.audio?.fa === undefined)
    .map(({ path }) => ({ code: 'missing_audio', path, values: { locale: 'fa' } }));
}

function keys(name: string, node: ScriptNode): Finding[] {
  if (node.do !== 'ask') {
    return [];
  }
  const without = node.options
    .map(({ dtmf, id }, index) => ({ dtmf, id, index }))
    .filter(({ dtmf }) => dtmf === undefined)
    .map(({ id, index }): Finding => ({
      code: 'missing_key',
      path: ['nodes', name, 'options', index],
      values: { option: id },
    }));
  const many: Finding[] =
    node.options.length > mostSpoken
      ? [{ severity: 'warning', code: 'long_menu', path: ['nodes', name, 'options'], values: { max: mostSpoken } }]
      : [];
  return [...without, ...many];
}

function pauses(name: string, node: ScriptNode): Finding[] {
  return node.do === 'wait' && durationMs(node.for) > longestPauseMs
    ? [
        {
          severity: 'warning',
          code: 'long_pause',
          path: ['nodes', name, 'for'],
          values: { max: longestPauseMs / 1_000 },
        },
      ]
    : [];
}
