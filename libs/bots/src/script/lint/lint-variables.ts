import { isFault, readTemplate } from '../../templates/read-template.js';
import { testsIn, type Condition } from '../condition.js';
import { exitsOf } from '../node-exits.js';
import type { ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import { nodeOf, nodesOf, templatesOf, type Path } from './script-texts.js';
import { isAmbient, namedVariables, setBy } from './script-variables.js';

/** That variables are there when they are used: some node must have set them on every way. */
export function lintVariables(script: Script): Finding[] {
  const known = new Set(namedVariables(script));
  const uses = nodesOf(script).flatMap(([name, node]) => usesIn(name, node));
  const unknown = uses
    .filter(({ variable, inTemplate }) => !inTemplate && !known.has(variable) && !isAmbient(variable))
    .map(({ variable, path }): Finding => ({ code: 'unknown_variable', path, values: { name: variable } }));
  return [...reservedNames(script), ...unknown, ...usedBeforeSet(script, uses)];
}

function reservedNames(script: Script): Finding[] {
  const declared = Object.keys(script.vars ?? {}).filter(isAmbient);
  const findings = declared.map((name): Finding => ({ code: 'ambient_name', path: ['vars', name], values: { name } }));
  const set = nodesOf(script).flatMap(([node, one]) =>
    [...new Set(setBy(one).map(({ name }) => name))]
      .filter(isAmbient)
      .map((name): Finding => ({ code: 'ambient_name', path: ['nodes', node], values: { name } })),
  );
  return [...findings, ...set];
}

interface Use {
  node: string;
  variable: string;
  path: Path;
  inTemplate: boolean;
  /** Whoever wrote it has thought of its absence. */
  isCareful: boolean;
}

function usesIn(name: string, node: ScriptNode): Use[] {
  const templates = templatesOf(name, node).flatMap(({ path, source, reader }) => {
    const read = readTemplate(source, 'en');
    return (isFault(read) ? [] : read.variables).map((variable) => {
      const root = variable.split('.')[0] ?? '';
      const isCareful = reader === 'agent' || reader === 'script' || hasDefault(source, root);
      return { node: name, variable: root, path, inTemplate: true, isCareful };
    });
  });
  return [...templates, ...conditionUses(name, node), ...matchUses(name, node)];
}

function hasDefault(source: string, name: string): boolean {
  return new RegExp(`\\{\\{\\s*${name}\\b[^{}]*\\|\\s*default\\b`, 'u').test(source);
}

/** The conditions of a node and where they stand. */
export function conditionsOf(name: string, node: ScriptNode): { path: Path; condition: Condition }[] {
  const at = ['nodes', name];
  if (node.do === 'branch') {
    return node.cases.map(({ when }, index) => ({ path: [...at, 'cases', index, 'when'], condition: when }));
  }
  return node.do === 'ask'
    ? node.options.flatMap(({ when }, index) =>
        when ? [{ path: [...at, 'options', index, 'when'], condition: when }] : [],
      )
    : [];
}

function conditionUses(name: string, node: ScriptNode): Use[] {
  return conditionsOf(name, node).flatMap(({ path, condition }) =>
    testsIn(condition).map((test) => ({
      node: name,
      variable: test.var.split('.')[0] ?? '',
      path,
      inTemplate: false,
      isCareful: test.op === 'exists',
    })),
  );
}

function matchUses(name: string, node: ScriptNode): Use[] {
  return node.do === 'match' && node.from !== undefined
    ? [{ node: name, variable: node.from, path: ['nodes', name, 'from'], inTemplate: false, isCareful: false }]
    : [];
}

/** Variables that nobody sets come with a call, and those asked about by `exists` are known to be missing at times. */
function usedBeforeSet(script: Script, uses: readonly Use[]): Finding[] {
  const set = new Set(nodesOf(script).flatMap(([, node]) => setBy(node).map(({ name }) => name)));
  const careful = new Set(
    uses.filter(({ isCareful, inTemplate }) => isCareful && !inTemplate).map(({ variable }) => variable),
  );
  const there = alwaysThere(script);
  const findings = uses
    .filter(({ variable, isCareful }) => set.has(variable) && !isCareful && !careful.has(variable))
    .filter(({ node, variable }) => there.has(node) && !there.get(node)?.has(variable));
  const seen = new Set<string>();
  return findings.flatMap(({ node, variable, path }): Finding[] => {
    const key = `${node} ${variable}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst ? [{ severity: 'warning', code: 'used_before_set', path, values: { name: variable } }] : [];
  });
}

/** What every way to a node has set by the time it is reached; nodes that nobody comes to are absent. */
function alwaysThere(script: Script): Map<string, ReadonlySet<string>> {
  const given = new Set(
    Object.entries(script.vars ?? {}).flatMap(([name, spec]) => (spec.default === undefined ? [] : [name])),
  );
  const globals = Object.values(script.intents ?? {}).flatMap(({ next }) => (next === undefined ? [] : [next]));
  const starts = [...Object.values(script.start), script.fallback, ...globals];
  const there = new Map<string, ReadonlySet<string>>(starts.map((name) => [name, given]));
  const open = [...there.keys()];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    open.push(...carryOn(script, name, there));
  }
  return there;
}

/** Takes what is set at a node along its ways out, and names the nodes that lost something by it. */
function carryOn(script: Script, name: string, there: Map<string, ReadonlySet<string>>): string[] {
  const node = nodeOf(script, name);
  const here = there.get(name) ?? new Set<string>();
  return (node ? exitsOf(script, node) : []).flatMap(({ target, id }) => {
    const brought = node ? afterExit(node, id, here) : here;
    const before = there.get(target);
    const now = before ? new Set([...before].filter((one) => brought.has(one))) : brought;
    there.set(target, now);
    return !before || now.size < before.size ? [target] : [];
  });
}

function afterExit(node: ScriptNode, exit: string, before: ReadonlySet<string>): ReadonlySet<string> {
  const set = setBy(node).filter((one) => one.exit === null || one.exit === exit);
  return set.length === 0 ? before : new Set([...before, ...set.map(({ name }) => name)]);
}
