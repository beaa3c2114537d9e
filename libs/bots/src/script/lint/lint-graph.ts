import { exitsOf, waitsAt } from '../node-exits.js';
import type { ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import { scriptChannels, type ScriptChannel } from '../terms.js';
import { nodeOf, nodesOf, type Path } from './script-texts.js';

/** Where a script goes: targets that are not there, circles without an answer, ways without an end, nodes that nobody comes to. */
export function lintGraph(script: Script): Finding[] {
  const loops = circles(script);
  const looping = new Set(loops.flat());
  return [...missingTargets(script), ...loops.map(loopFinding), ...deadEnds(script, looping), ...unreachable(script)];
}

function missingTargets(script: Script): Finding[] {
  const written: { path: Path; target: string }[] = [
    ...Object.entries(script.start).map(([channel, target]) => ({ path: ['start', channel], target })),
    { path: ['fallback'], target: script.fallback },
    ...Object.entries(script.intents ?? {}).flatMap(([intent, { next }]) =>
      next === undefined ? [] : [{ path: ['intents', intent, 'next'], target: next }],
    ),
    ...nodesOf(script).flatMap(([name, node]) =>
      exitsOf(script, node).flatMap(({ path, target }) => (path ? [{ path: ['nodes', name, ...path], target }] : [])),
    ),
  ];
  return written
    .filter(({ target }) => !nodeOf(script, target))
    .map(({ path, target }) => ({ code: 'missing_target', path, values: { target } }));
}

/** Ways that are gone without anybody's answer and without time going by. */
function immediateTargets(script: Script, node: ScriptNode): string[] {
  const exits = exitsOf(script, node);
  if (!waitsAt(node)) {
    return exits.map(({ target }) => target);
  }
  // Nobody is there to take it, or nothing could be recorded: that is known at once.
  return exits.filter(({ id }) => id === 'onUnavailable' || id === 'onError').map(({ target }) => target);
}

function loopFinding(circle: readonly string[]): Finding {
  const [first = ''] = circle;
  return { code: 'endless_loop', path: ['nodes', first], values: { way: [...circle, first].join(' → ') } };
}

/** Each circle once, told from where it is entered. */
function circles(script: Script): string[][] {
  const done = new Set<string>();
  return nodesOf(script).flatMap(([start]) => {
    const circle = done.has(start) ? null : circleFrom(script, start, done);
    return circle ? [circle] : [];
  });
}

interface Step {
  name: string;
  targets: string[];
}

/** Goes down every way once, by a list of its own: a script may be longer than a program may call itself. */
function circleFrom(script: Script, start: string, done: Set<string>): string[] | null {
  const way: Step[] = [];
  const enter = (name: string): void => {
    const node = nodeOf(script, name);
    way.push({ name, targets: node ? immediateTargets(script, node) : [] });
  };
  enter(start);
  for (let step = way.at(-1); step; step = way.at(-1)) {
    const target = step.targets.shift();
    if (target === undefined) {
      done.add(step.name);
      way.pop();
      continue;
    }
    const seen = way.findIndex(({ name }) => name === target);
    if (seen !== -1) {
      way.forEach(({ name }) => done.add(name));
      return way.slice(seen).map(({ name }) => name);
    }
    if (!done.has(target)) {
      enter(target);
    }
  }
  return null;
}

/**
 * A customer who answers must be able to come to an end or to a person by a way that is written down. Of many nodes that lead into one
 * such place only the first of the place itself is told; a place that is an endless loop is told as that.
 */
function deadEnds(script: Script, looping: ReadonlySet<string>): Finding[] {
  const ends = nodesOf(script).filter(([, node]) => node.do === 'end' || node.do === 'handoff');
  const good = closure(
    ends.map(([name]) => name),
    waysInto(script),
  );
  const dead = nodesOf(script)
    .filter(([name, node]) => !good.has(name) && !leadsNowhere(script, node))
    .map(([name]) => name);
  const ways = new Map(dead.map((name) => [name, deadTargets(script, name, good)]));
  const places = new Map(dead.map((name) => [name, closure([name], ways)]));
  const told = new Set<string>();
  return dead.flatMap((name): Finding[] => {
    const place = [...(places.get(name) ?? [])];
    const isTold = place.some((one) => told.has(one) || looping.has(one));
    if (isTold || !place.every((one) => places.get(one)?.has(name) ?? false)) {
      return [];
    }
    told.add(name);
    return [{ code: 'dead_end', path: ['nodes', name] }];
  });
}

function deadTargets(script: Script, name: string, good: ReadonlySet<string>): string[] {
  const node = nodeOf(script, name);
  return node ? exitsOf(script, node).flatMap(({ target, path }) => (path && !good.has(target) ? [target] : [])) : [];
}

function waysInto(script: Script): Map<string, string[]> {
  const before = new Map<string, string[]>();
  for (const [name, node] of nodesOf(script)) {
    for (const { target, path } of exitsOf(script, node)) {
      if (path) {
        before.set(target, [...(before.get(target) ?? []), name]);
      }
    }
  }
  return before;
}

function closure(from: readonly string[], ways: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(from);
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of (ways.get(name) ?? []).filter((one) => !found.has(one))) {
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

/** Its only fault is a target that is missing, which is said already. */
function leadsNowhere(script: Script, node: ScriptNode): boolean {
  return exitsOf(script, node).every(({ target, path }) => path === null || !nodeOf(script, target));
}

/** The nodes that a channel's customers may come to. */
export function reachedFrom(script: Script, channel: ScriptChannel): Set<string> {
  const globals = Object.values(script.intents ?? {}).flatMap(({ next }) => (next === undefined ? [] : [next]));
  const open = [script.start[channel] ?? script.start.default, script.fallback, ...globals];
  const reached = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = nodeOf(script, name);
    if (node && !reached.has(name)) {
      reached.add(name);
      open.push(...exitsOf(script, node).map(({ target }) => target));
    }
  }
  return reached;
}

function unreachable(script: Script): Finding[] {
  const channels = scriptChannels.filter((channel) => script.channels.includes(channel));
  const reached = new Set(channels.flatMap((channel) => [...reachedFrom(script, channel)]));
  return nodesOf(script)
    .filter(([name]) => !reached.has(name))
    .map(([name]) => ({ severity: 'warning', code: 'unreachable', path: ['nodes', name] }));
}
