import { countSegments } from '#channels';
import { numberedBody } from '../../render/menu-keys.js';
import { exitsOf, waitsAt } from '../node-exits.js';
import type { ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import { defaultRunLimits, type Script } from '../script.js';
import type { Locale, Message } from '../terms.js';
import { reachedFrom } from './lint-graph.js';
import { messagesOf, nodeOf, nodesOf, type Path } from './script-texts.js';

/** What a node's message costs as SMS in one language. Values that are filled in are counted as `valueLength` letters. */
export interface SmsCost {
  node: string;
  locale: Locale;
  path: Path;
  parts: number;
  units: number;
  encoding: 'GSM-7' | 'UCS-2';
}

const valueLength = 8;

/** What every message of a script costs as SMS: of a question, with its numbered menu. Empty where the script is not for SMS. */
export function smsCosts(script: Script): SmsCost[] {
  if (!script.channels.includes('sms')) {
    return [];
  }
  const reached = reachedFrom(script, 'sms');
  return nodesOf(script)
    .filter(([name]) => reached.has(name))
    .flatMap(([name, node]) =>
      messagesOf(name, node).flatMap(({ path, message }) => costsOf(script, name, node, { path, message })),
    );
}

function costsOf(
  script: Script,
  name: string,
  node: ScriptNode,
  { path, message }: { path: Path; message: Message },
): SmsCost[] {
  return script.locales.flatMap((locale) => {
    const kind = message.short?.[locale] === undefined ? 'text' : 'short';
    const text = message[kind]?.[locale];
    if (text === undefined) {
      return [];
    }
    const { segments, units, encoding } = countSegments(bodyOf(text, node, path, locale));
    return [{ node: name, locale, path: [...path, kind, locale], parts: segments, units, encoding }];
  });
}

function bodyOf(text: string, node: ScriptNode, path: Path, locale: Locale): string {
  const filled = sampled(text, locale);
  const isQuestion = node.do === 'ask' && path[2] === 'message';
  const options = isQuestion ? node.options : [];
  return numberedBody(
    filled,
    options.map(({ id, label, dtmf }) => ({ id, label: sampled(label[locale] ?? '', locale), dtmf: dtmf ?? null })),
    locale,
  );
}

/** Of a plural or choice the longest wording is not looked for: the text as it is written is longer than any of them. */
function sampled(text: string, locale: Locale): string {
  const value = (locale === 'fa' ? '۰' : '0').repeat(valueLength);
  return text.replaceAll(/\{\{[^{}]*\}\}/gu, value).replaceAll(/\{\s*\w+\s*\}/gu, value);
}

/** Texts that cost many parts, and turns that send many: what is said between two answers. */
export function lintSms(script: Script): Finding[] {
  const max = script.limits?.smsParts ?? defaultRunLimits.smsParts;
  const costs = smsCosts(script);
  const long = costs
    .filter(({ parts }) => parts > max)
    .map(({ path, parts, units, locale }): Finding => {
      return { severity: 'warning', code: 'sms_parts', path, values: { parts, units, max, locale } };
    });
  return [...long, ...longTurns(script, costs, max)];
}

function longTurns(script: Script, costs: readonly SmsCost[], max: number): Finding[] {
  return script.locales.flatMap((locale) => {
    const own = new Map(
      costs
        .filter((cost) => cost.locale === locale && cost.path[2] === 'message')
        .map(({ node, parts }) => [node, parts]),
    );
    const known = new Map<string, number>();
    const firsts = new Set([
      script.start.sms ?? script.start.default,
      ...nodesOf(script).flatMap(([, node]) =>
        waitsAt(node) ? exitsOf(script, node).map(({ target }) => target) : [],
      ),
    ]);
    return [...firsts].flatMap((first): Finding[] => {
      const parts = turnParts(script, first, own, known, new Set());
      const isOneText = (own.get(first) ?? 0) === parts;
      return parts > max * 2 && !isOneText
        ? [{ severity: 'warning', code: 'sms_turn', path: ['nodes', first], values: { parts, locale } }]
        : [];
    });
  });
}

/** The most parts that are sent from here until the customer may answer. */
function turnParts(
  script: Script,
  name: string,
  own: ReadonlyMap<string, number>,
  known: Map<string, number>,
  way: Set<string>,
): number {
  const node = nodeOf(script, name);
  if (!node || way.has(name)) {
    return 0;
  }
  const kept = known.get(name);
  if (kept !== undefined) {
    return kept;
  }
  way.add(name);
  const after = waitsAt(node)
    ? 0
    : Math.max(0, ...exitsOf(script, node).map(({ target }) => turnParts(script, target, own, known, way)));
  way.delete(name);
  const parts = (own.get(name) ?? 0) + after;
  known.set(name, parts);
  return parts;
}
