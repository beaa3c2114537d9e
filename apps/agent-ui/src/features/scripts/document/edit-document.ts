import { isCollection, isMap, isScalar, isSeq, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import { possibleExits } from './exits.js';
import { isMapping, mappingOf, type Mapping, type NodeKind, type Path } from './script-words.js';

/**
 * Every edit of a script is a pure function from its text to its text. The text stays the author's: comments, order and the way in which
 * mappings are written are kept. Text that cannot be read is given back as it is.
 */
export type Edit = (source: string) => string;

/** The author's habits: spaces inside braces, lists set in or not, and how far. */
function habitsOf(source: string) {
  const isPadded = (source.match(/[{[] \S/gu)?.length ?? 0) > (source.match(/[{[][^\s{}[\]]/gu)?.length ?? 0);
  const isFlush = /^( *)[^\s#-][^\n]*:\n\1- /mu.test(source);
  const step = /^( +)\S/mu.exec(source)?.[1]?.length ?? 2;
  return { lineWidth: 0, flowCollectionPadding: isPadded, indentSeq: !isFlush, indent: Math.min(step, 8) };
}

function edit(source: string, act: (document: Document) => void): string {
  const document = parseDocument(source);
  if (document.errors.length > 0) {
    return source;
  }
  const habits = habitsOf(source);
  const before = document.toString(habits);
  act(document as unknown as Document);
  return keepLines(source, before, document.toString(habits));
}

/**
 * Lines that an edit did not change stay as the author wrote them, whatever the library would make of them. `before` is what it makes of
 * the source itself: line by line the same, or else nothing can be kept.
 */
function keepLines(source: string, before: string, after: string): string {
  const [own, made, edited] = [source, before, after].map((text) => text.split('\n')) as [string[], string[], string[]];
  if (before === after || own.length !== made.length) {
    return before === after ? source : after;
  }
  if (made.length === edited.length) {
    return edited.map((line, at) => (line === made[at] ? own[at] : line)).join('\n');
  }
  const most = Math.min(made.length, edited.length);
  const head = countWhile(most, (at) => made[at] === edited[at]);
  const tail = countWhile(most - head, (at) => made.at(-1 - at) === edited.at(-1 - at));
  return [...own.slice(0, head), ...edited.slice(head, edited.length - tail), ...own.slice(own.length - tail)].join(
    '\n',
  );
}

function countWhile(most: number, holds: (at: number) => boolean): number {
  let count = 0;
  while (count < most && holds(count)) {
    count += 1;
  }
  return count;
}

/** Puts a value at a path; undefined, '' and empty mappings take away what is there, with the mappings that become empty by it. */
export function setValue(path: Path, value: unknown): Edit {
  return (source) =>
    edit(source, (document) => {
      if (isNothing(value)) {
        takeAway(document, path);
      } else {
        put(document, path, value);
      }
    });
}

/** Where a node stands on the canvas; null: where the layout puts it. */
export function placeNode(id: string, spot: { x: number; y: number } | null): Edit {
  return (source) =>
    edit(source, (document) => {
      if (spot === null) {
        takeAway(document, ['nodes', id, 'at']);
      } else {
        document.setIn(['nodes', id, 'at'], document.createNode(spot, { flow: true }));
      }
    });
}

/** Puts a text at a path, an empty one too: its name is wanted. */
export function keepValue(path: Path, text: string): Edit {
  return (source) => edit(source, (document) => put(document, path, text));
}

/** Several edits as one. */
export function all(...edits: readonly Edit[]): Edit {
  return (source) => edits.reduce((text, one) => one(text), source);
}

export function addToList(path: Path, value: unknown): Edit {
  return (source) =>
    edit(source, (document) => {
      const list = document.getIn(path);
      if (isSeq(list)) {
        list.add(made(document, value));
      } else {
        put(document, path, [value]);
      }
    });
}

/** Moves an entry of a list to another place. */
export function moveInList(path: Path, from: number, to: number): Edit {
  return (source) =>
    edit(source, (document) => {
      const list = document.getIn(path);
      if (isSeq(list) && to >= 0 && to < list.items.length) {
        const [moved] = list.items.splice(from, 1);
        list.items.splice(to, 0, moved);
      }
    });
}

/** Takes an entry out of a list or mapping, whatever it holds. */
export function takeOut(path: Path): Edit {
  return (source) => edit(source, (document) => takeAway(document, path));
}

const beginnings: Record<NodeKind, (locales: readonly string[]) => Mapping> = {
  say: (locales) => ({ message: { text: blank(locales) } }),
  ask: (locales) => ({
    message: { text: blank(locales) },
    options: [
      { id: 'one', label: blank(locales), dtmf: '1' },
      { id: 'two', label: blank(locales), dtmf: '2' },
    ],
    retry: { max: 2 },
  }),
  collect: (locales) => ({ message: { text: blank(locales) }, into: 'answer', type: 'text', retry: { max: 2 } }),
  match: (locales) => ({ message: { text: blank(locales) }, intents: [] }),
  lookup: () => ({ source: 'customer', into: 'found' }),
  branch: () => ({ cases: [{ when: { var: 'answer', op: 'exists' } }] }),
  hours: () => ({ calendar: 'default' }),
  set: () => ({ values: { answer: '' } }),
  tag: () => ({ add: [] }),
  ticket: () => ({ act: 'create' }),
  call: () => ({ script: '' }),
  wait: () => ({ for: '3s' }),
  handoff: () => ({}),
  callback: () => ({}),
  voicemail: (locales) => ({ message: { text: blank(locales) } }),
  end: () => ({ outcome: 'resolved' }),
};

function blank(locales: readonly string[]): Mapping {
  return Object.fromEntries(locales.map((locale) => [locale, '']));
}

/** A node of a kind as it begins; what leads on is connected afterwards. */
export function addNode(id: string, kind: NodeKind, locales: readonly string[]): Edit {
  return (source) =>
    edit(source, (document) => {
      if (!document.hasIn(['nodes', id])) {
        put(document, ['nodes', id], { do: kind, ...beginnings[kind](locales) });
      }
    });
}

/** Another kind of node at the same place: what it says and where it leads stay where the new kind has them too. */
export function changeKind(id: string, kind: NodeKind, locales: readonly string[]): Edit {
  return (source) =>
    edit(source, (document) => {
      const old = mappingOf(toPlain(document, ['nodes', id]));
      const begun = beginnings[kind](locales);
      const kept = Object.fromEntries(
        ['message', 'next', 'retry', 'timeout'].flatMap((key) =>
          key in old && (key in begun || isExitOf(kind, key)) ? [[key, old[key]]] : [],
        ),
      );
      put(document, ['nodes', id], { do: kind, ...begun, ...kept });
    });
}

function isExitOf(kind: NodeKind, key: string): boolean {
  return possibleExits({ do: kind }, 'en').some(({ path }) => path[0] === key);
}

/** A copy of a node under another name, with the same ways out. */
export function copyNode(id: string, to: string): Edit {
  return (source) =>
    edit(source, (document) => {
      const node = toPlain(document, ['nodes', id]);
      if (isMapping(node) && !document.hasIn(['nodes', to])) {
        put(document, ['nodes', to], node);
      }
    });
}

/** Takes a node away, and the ends of the ways that led to it. */
export function removeNode(id: string): Edit {
  return (source) =>
    edit(source, (document) => {
      document.deleteIn(['nodes', id]);
      targetsOf(document, id).forEach((path) => takeAway(document, path));
    });
}

/** Gives a node another name, here and wherever a way leads to it. */
export function renameNode(id: string, to: string): Edit {
  return (source) =>
    edit(source, (document) => {
      const nodes = document.getIn(['nodes']);
      if (!isMap(nodes) || id === to || nodes.has(to)) {
        return;
      }
      const pair = nodes.items.find(({ key }) => (isScalar(key) ? key.value : key) === id);
      if (pair) {
        const paths = targetsOf(document, id);
        pair.key = isScalar(pair.key) ? Object.assign(pair.key, { value: to }) : new Scalar(to);
        paths
          .map((path) => (path[0] === 'nodes' && path[1] === id ? ['nodes', to, ...path.slice(2)] : path))
          .forEach((path) => document.setIn(path, to));
      }
    });
}

/** Paths of everything that leads to a node. */
function targetsOf(document: Document, id: string): (string | number)[][] {
  const root = mappingOf(document.toJS());
  const nodes = Object.entries(mappingOf(root['nodes'])).flatMap(([from, node]) =>
    possibleExits(mappingOf(node), 'en')
      .filter(({ target }) => target === id)
      .map(({ path }) => ['nodes', from, ...path]),
  );
  const tops = [...mappingPaths(root, 'start'), ['fallback'], ...intentPaths(root)];
  return [...nodes, ...tops.filter((path) => document.getIn(path) === id)];
}

function mappingPaths(root: Mapping, key: string): string[][] {
  return Object.keys(mappingOf(root[key])).map((inner) => [key, inner]);
}

function intentPaths(root: Mapping): string[][] {
  return Object.keys(mappingOf(root['intents'])).map((intent) => ['intents', intent, 'next']);
}

function toPlain(document: Document, path: Path): unknown {
  const found: unknown = document.getIn(path);
  return isCollection(found) ? (found.toJSON() as unknown) : found;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '' || (isMapping(value) && Object.keys(value).length === 0);
}

/** The reader takes no aliases: the same thing twice is written twice. */
function made(document: Document, value: unknown): Node {
  return document.createNode(value, { aliasDuplicateObjects: false });
}

function put(document: Document, path: Path, value: unknown): void {
  const node = made(document, value);
  const isFlow = withinFlow(document, path);
  visit(node, {
    Scalar: (_, scalar) => {
      if (isFlow && typeof scalar.value === 'string' && scalar.value.includes('\n')) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  const old: unknown = document.getIn(path, true);
  if (isScalar(old) && isScalar(node)) {
    const isRequoted = old.type === Scalar.BLOCK_FOLDED || node.type === Scalar.QUOTE_DOUBLE;
    Object.assign(old, { value: node.value, ...(isRequoted && { type: node.type }) });
  } else {
    makeWay(document, path);
    document.setIn(path, node);
  }
}

/** A mapping stands where one is needed: an empty `x:` holds nothing that could be set into. */
function makeWay(document: Document, path: Path): void {
  for (let length = 1; length < path.length; length += 1) {
    const here = path.slice(0, length);
    if (!isCollection(document.getIn(here))) {
      document.setIn(here, document.createNode(typeof path[length] === 'number' ? [] : {}));
    }
  }
}

function withinFlow(document: Document, path: Path): boolean {
  return path.some((_, length) => {
    const found: unknown = document.getIn(path.slice(0, length));
    return isCollection(found) && found.flow === true;
  });
}

/** Mappings that hold nothing any more go too, up to the node or list entry that they belong to. */
function takeAway(document: Document, path: Path): void {
  if (!document.hasIn(path)) {
    return;
  }
  document.deleteIn(path);
  const above = path.slice(0, -1);
  const isEntry = above[0] === 'nodes' && above.length <= 2;
  const left: unknown = document.getIn(above);
  const isEmpty = isMap(left) && left.items.length === 0;
  if (isEmpty && !isEntry && above.length > 0 && typeof above.at(-1) === 'string') {
    takeAway(document, above);
  }
}

/** The first name of a row of names that no node has yet: `say`, `say_2`, `say_3` … */
export function freeNodeId(wish: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const begin = wish
    .toLowerCase()
    .replace(/[^a-z0-9_]+/gu, '_')
    .replace(/^[^a-z]+/u, '')
    .slice(0, 40);
  const stem = begin || 'node';
  let name = stem;
  for (let number = 2; known.has(name); number += 1) {
    name = `${stem}_${number}`;
  }
  return name;
}

/** The next free key of a telephone for an option of a menu: 1 to 9, then 0. */
export function freeKey(options: readonly unknown[]): string {
  const taken = new Set(options.map((option) => mappingOf(option)['dtmf']));
  return ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].find((key) => !taken.has(key)) ?? '';
}
