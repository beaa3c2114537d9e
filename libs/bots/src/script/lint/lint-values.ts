import { testsIn, type Condition, type ConditionOp, type ConditionTest } from '../condition.js';
import type { NodeOf, ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import { isSafePattern } from '../safe-pattern.js';
import type { Script } from '../script.js';
import { durationSchema, scriptLimits } from '../terms.js';
import { conditionsOf } from './lint-variables.js';
import { nodesOf, type Path } from './script-texts.js';

/** Patterns, conditions, bounds and intents: values whose shape is right and that still make no sense. */
export function lintValues(script: Script): Finding[] {
  return [
    ...currencies(script),
    ...intents(script),
    ...nodesOf(script).flatMap(([name, node]) => [
      ...conditionsOf(name, node).flatMap(({ path, condition }) => lintCondition(condition, path)),
      ...lintNode(script, name, node),
    ]),
  ];
}

function lintNode(script: Script, name: string, node: ScriptNode): Finding[] {
  if (node.do === 'collect') {
    return [...pattern(['nodes', name, 'pattern'], node.pattern), ...bounds(name, node), ...timeouts(name, node)];
  }
  if (node.do === 'match') {
    return [...matched(script, name, node), ...timeouts(name, node)];
  }
  return node.do === 'ask' ? timeouts(name, node) : [];
}

function pattern(path: Path, written: string | undefined): Finding[] {
  return written === undefined || isSafePattern(written)
    ? []
    : [{ code: 'bad_pattern', path, values: { pattern: written } }];
}

function bounds(name: string, { min, max, type }: NodeOf<'collect'>): Finding[] {
  const isDate = type === 'date' || type === 'date_jalali';
  const wrong = (
    [
      ['min', min],
      ['max', max],
    ] as const
  )
    .filter(([, bound]) => bound !== undefined && (typeof bound === 'string') !== isDate)
    .map(([key]): Finding => ({
      code: isDate ? 'bound_date' : 'bound_number',
      path: ['nodes', name, key],
      values: { key },
    }));
  return min !== undefined &&
    max !== undefined &&
    typeof min === typeof max &&
    min !== 'today' &&
    max !== 'today' &&
    min > max
    ? [...wrong, { code: 'bounds_swapped', path: ['nodes', name, 'min'], values: { min, max } }]
    : wrong;
}

function timeouts(name: string, { timeout }: NodeOf<'ask' | 'collect' | 'match'>): Finding[] {
  return timeout && typeof timeout.after === 'object' && Object.keys(timeout.after).length === 0
    ? [{ code: 'missing', path: ['nodes', name, 'timeout', 'after'], values: { key: 'default' } }]
    : [];
}

function matched(script: Script, name: string, node: NodeOf<'match'>): Finding[] {
  return node.intents.flatMap(({ intent }, index) => {
    const path = ['nodes', name, 'intents', index, 'intent'];
    const isRepeated = node.intents.findIndex((other) => other.intent === intent) < index;
    const unknown = Object.hasOwn(script.intents ?? {}, intent)
      ? []
      : [{ code: 'unknown_intent', path, values: { intent } }];
    return isRepeated ? [...unknown, { code: 'duplicate_intent', path, values: { intent } }] : unknown;
  });
}

/** Those that Peyk knows words for, and where they lead. */
const builtIn = new Set(['agent', 'stop', 'menu', 'language']);

function intents(script: Script): Finding[] {
  return Object.entries(script.intents ?? {}).flatMap(([intent, { global, next, examples, keywords }]) => {
    const path = ['intents', intent];
    if (builtIn.has(intent)) {
      return [];
    }
    const wordless = script.locales
      .filter((locale) => (examples?.[locale] ?? []).length === 0 && (keywords?.[locale] ?? []).length === 0)
      .map((locale): Finding => ({ severity: 'warning', code: 'wordless_intent', path, values: { intent, locale } }));
    return global === true && next === undefined
      ? [...wordless, { code: 'global_without_next', path, values: { intent } }]
      : wordless;
  });
}

const currencyCodes = new Set([...Intl.supportedValuesOf('currency'), 'IRT']);

function currencies(script: Script): Finding[] {
  const written = [
    { path: ['currency'] as Path, currency: script.currency },
    ...nodesOf(script).map(([name, node]) => ({
      path: ['nodes', name, 'currency'],
      currency: node.do === 'collect' ? node.currency : undefined,
    })),
  ];
  return written.flatMap(({ path, currency }) =>
    currency !== undefined && !currencyCodes.has(currency)
      ? [{ code: 'bad_currency', path, values: { found: currency } }]
      : [],
  );
}

function lintCondition(condition: Condition, path: Path): Finding[] {
  if (depthOf(condition) > scriptLimits.conditionDepth || testsIn(condition).length > scriptLimits.conditionTests) {
    return [{ code: 'condition_too_large', path, values: { max: scriptLimits.conditionTests } }];
  }
  return testsIn(condition).flatMap((test) => {
    const code = faultOf(test);
    return code === null ? [] : [{ code, path, values: { name: test.var, op: test.op, pattern: String(test.value) } }];
  });
}

function depthOf(condition: Condition): number {
  const inside =
    'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];
  return 1 + Math.max(0, ...inside.map(depthOf));
}

function faultOf({ op, value }: ConditionTest): string | null {
  return Object.hasOwn(asksFor, op) ? (asksFor[op]?.(value) ?? null) : plainFault(value);
}

function plainFault(value: unknown): string | null {
  return value === undefined || Array.isArray(value) ? 'condition_value' : null;
}

const asksFor: Partial<Record<ConditionOp, (value: unknown) => string | null>> = {
  exists: (value) => (value === undefined || typeof value === 'boolean' ? null : 'condition_exists'),
  in: (value) => (Array.isArray(value) ? null : 'condition_list'),
  matches: (value) => (typeof value === 'string' && isSafePattern(value) ? null : 'bad_pattern'),
  older_than: (value) => (durationSchema.safeParse(value).success ? null : 'condition_duration'),
};
