import { exitsOf } from '../node-exits.js';
import type { CollectType, ScriptNode } from '../nodes.js';
import type { Finding, KnownPlaces } from '../problem.js';
import type { Script } from '../script.js';
import { reachedFrom } from './lint-graph.js';
import { messagesOf, nodeOf, nodesOf } from './script-texts.js';

/** Things that work and that customers will stumble over. Warnings, all of them. */
export function lintAdvice(script: Script, known: KnownPlaces): Finding[] {
  const called = script.channels.includes('voice') ? reachedFrom(script, 'voice') : new Set<string>();
  return [
    ...fallbackAdvice(script),
    ...nodesOf(script).flatMap(([name, node]) => [
      ...(called.has(name) ? phoneAdvice(name, node) : []),
      ...waitAdvice(name, node),
      ...optionAdvice(name, node),
      ...(script.channels.includes('telegram') ? captionAdvice(name, node) : []),
      ...surveyAdvice(script, known, name, node),
      ...(script.channels.some((channel) => blind.has(channel)) ? pictureAdvice(name, node) : []),
    ]),
  ];
}

const people = new Set(['handoff', 'callback', 'voicemail', 'ticket']);

/** Whoever is led to the fallback was not served: a script that has a way to people should go it then. */
function fallbackAdvice(script: Script): Finding[] {
  if (!nodesOf(script).some(([, node]) => node.do !== 'ticket' && people.has(node.do))) {
    return [];
  }
  const seen = new Set<string>();
  const open = [script.fallback];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = nodeOf(script, name);
    if (!node || people.has(node.do)) {
      return [];
    }
    const targets = exitsOf(script, node).map(({ target }) => target);
    open.push(...targets.filter((target) => !seen.has(target)));
    targets.forEach((target) => seen.add(target));
  }
  return [warning('lonely_fallback', ['fallback'])];
}

function warning(code: string, path: Finding['path'], values: Record<string, string | number> = {}): Finding {
  return { severity: 'warning', code, path, values };
}

/** What can neither be typed with twelve keys nor be understood when it is spelled. */
const lettered = new Set<CollectType>(['email']);

function phoneAdvice(name: string, node: ScriptNode): Finding[] {
  return node.do === 'collect' && lettered.has(node.type)
    ? [warning('hard_by_phone', ['nodes', name, 'type'], { found: node.type })]
    : [];
}

function waitAdvice(name: string, node: ScriptNode): Finding[] {
  return node.do === 'handoff' && (node.maxWait === undefined) !== (node.onTimeout === undefined)
    ? [warning('half_wait', ['nodes', name])]
    : [];
}

function optionAdvice(name: string, node: ScriptNode): Finding[] {
  return node.do === 'ask' && node.options.every(({ when }) => when !== undefined)
    ? [warning('all_conditional', ['nodes', name, 'options'])]
    : [];
}

/** Whoever is to be asked needs a survey that asks. */
function surveyAdvice({ channels }: Script, { surveys }: KnownPlaces, name: string, node: ScriptNode): Finding[] {
  if (node.do !== 'end' || node.csat !== true || surveys === undefined) {
    return [];
  }
  const path = ['nodes', name, 'csat'];
  const isWritten = channels.some((channel) => channel !== 'voice');
  return [
    ...(isWritten && !surveys.includes('writing') ? [warning('csat_not_asked', path)] : []),
    ...(channels.includes('voice') && !surveys.includes('phone') ? [warning('csat_not_by_phone', path)] : []),
  ];
}

/** No call carries a picture, and few numbers send one by SMS. */
const blind = new Set<Script['channels'][number]>(['sms', 'voice']);

function pictureAdvice(name: string, node: ScriptNode): Finding[] {
  const pictures = messagesOf(name, node).filter(({ message }) => message.media !== undefined);
  return pictures.map(({ path }) => warning('media_unseen', [...path, 'media']));
}

/** Telegram's own bound for the text beside a picture. */
const longestCaption = 1_024;

function captionAdvice(name: string, node: ScriptNode): Finding[] {
  return messagesOf(name, node).flatMap(({ path, message }) =>
    message.media !== undefined && Object.values(message.text).some((text) => text.length > longestCaption)
      ? [warning('long_caption', [...path, 'text'], { max: longestCaption })]
      : [],
  );
}
