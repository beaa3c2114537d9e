import {
  isMapping,
  kindOf,
  mappingOf,
  wordOf,
  type LooseScript,
  type Mapping,
  type NodeKind,
  type Path,
} from './script-words.js';

/** A way out of a node. */
export interface Exit {
  /** Inside the node. */
  path: Path;
  /** Which of the ways: `next`, `option`, `retry` … */
  way: ExitWay;
  /** What a reader tells several of one way apart by: the label of an option, the name of an intent; '' where there is one only. */
  name: string;
  /** '' where it leads nowhere yet. */
  target: string;
}

export type ExitWay =
  | 'next'
  | 'option'
  | 'retry'
  | 'timeout'
  | 'intent'
  | 'otherwise'
  | 'absent'
  | 'error'
  | 'case'
  | 'open'
  | 'closed'
  | 'holiday'
  | 'unavailable'
  | 'handoffTimeout'
  | 'resume';

interface Pattern {
  way: ExitWay;
  /** `*` stands for each entry of a list or mapping. */
  path: readonly string[];
  /** Shown although nothing is written there yet: the node is not whole without it. */
  needed: boolean;
}

const way = (name: ExitWay, path: string, needed = false): Pattern => ({ way: name, path: path.split('.'), needed });
const next = way('next', 'next', true);
const retry = way('retry', 'retry.then');
const timeout = way('timeout', 'timeout.then');

const patterns: Record<NodeKind, readonly Pattern[]> = {
  say: [next],
  ask: [way('option', 'options.*.next'), retry, timeout],
  collect: [next, retry, timeout],
  match: [way('intent', 'intents.*.next'), way('otherwise', 'otherwise', true), retry, timeout],
  lookup: [next, way('absent', 'onAbsent'), way('error', 'onError', true)],
  branch: [way('case', 'cases.*.next'), way('otherwise', 'otherwise', true)],
  hours: [way('open', 'open', true), way('closed', 'closed', true), way('holiday', 'holiday')],
  set: [next],
  tag: [next],
  ticket: [next, way('error', 'onError', true)],
  call: [next],
  wait: [next],
  handoff: [way('unavailable', 'onUnavailable', true), way('handoffTimeout', 'onTimeout'), way('resume', 'resume')],
  callback: [next, way('error', 'onError')],
  voicemail: [next, way('error', 'onError')],
  end: [],
};

/** The ways out of a node, in the order in which a reader thinks of them; those it cannot do without although nothing is there. */
export function exitsOf(node: Mapping, locale: string): Exit[] {
  const kind = kindOf(node);
  return kind === null ? [] : patterns[kind].flatMap((pattern) => exitsBy(pattern, node, locale));
}

/** Every way out that a node can have, those too that nobody has written. */
export function possibleExits(node: Mapping, locale: string): Exit[] {
  const kind = kindOf(node);
  return kind === null ? [] : patterns[kind].flatMap((pattern) => exitsBy({ ...pattern, needed: true }, node, locale));
}

function exitsBy({ way: name, path, needed }: Pattern, node: Mapping, locale: string): Exit[] {
  const star = path.indexOf('*');
  if (star === -1) {
    const target = wordOf(readPath(node, path));
    return target !== '' || needed ? [{ path, way: name, name: '', target }] : [];
  }
  const [before, after] = [path.slice(0, star), path.slice(star + 1)];
  return entriesOf(readPath(node, before)).map(([key, entry]) => ({
    path: [...before, key, ...after],
    way: name,
    name: nameOf(key, entry, locale),
    target: wordOf(after.length === 0 ? entry : readPath(entry, after)),
  }));
}

function readPath(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, step) => mappingOf(here)[step], from);
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) {
    return value.map((entry: unknown, place) => [place, entry]);
  }
  return isMapping(value) ? Object.entries(value) : [];
}

function nameOf(key: string | number, entry: unknown, locale: string): string {
  const label = mappingOf(mappingOf(entry)['label']);
  const text = wordOf(label[locale]) || wordOf(Object.values(label)[0]);
  const id = wordOf(mappingOf(entry)['id']) || wordOf(mappingOf(entry)['intent']);
  return text || id || (typeof key === 'number' ? String(key + 1) : key);
}

/** Where a script begins: its start per channel, its fallback, and where intents that are heard everywhere lead. */
export function beginningsOf({ root }: LooseScript): { path: Path; name: string; target: string }[] {
  const starts = Object.entries(mappingOf(root['start'])).map(([channel, target]) => ({
    path: ['start', channel],
    name: channel,
    target: wordOf(target),
  }));
  const heard = Object.entries(mappingOf(root['intents'])).flatMap(([intent, entry]) => {
    const target = wordOf(mappingOf(entry)['next']);
    return target === '' ? [] : [{ path: ['intents', intent, 'next'], name: intent, target }];
  });
  const fallback = wordOf(root['fallback']);
  return [...starts, ...(fallback ? [{ path: ['fallback'], name: 'fallback', target: fallback }] : []), ...heard];
}
