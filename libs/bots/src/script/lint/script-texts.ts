import type { ScriptNode } from '../nodes.js';
import type { Script } from '../script.js';
import type { Message, WrittenValue } from '../terms.js';

export type Path = (string | number)[];

/** A message of a node and where it stands. */
export interface PlacedMessage {
  path: Path;
  message: Message;
}

/** The pictures and files that a script sends, each once. */
export function mediaOf(script: Script): string[] {
  const named = nodesOf(script).flatMap(([name, node]) => messagesOf(name, node).map(({ message }) => message.media));
  return [...new Set(named.filter((name) => name !== undefined))];
}

/** Everything that a node may say to a customer, its re-prompts included. */
export function messagesOf(name: string, node: ScriptNode): PlacedMessage[] {
  const at = ['nodes', name];
  const retry = 'retry' in node ? node.retry : undefined;
  return [
    ...one([...at, 'message'], 'message' in node ? node.message : undefined),
    ...one([...at, 'confirm'], node.do === 'collect' ? node.confirm : undefined),
    ...one([...at, 'filler'], node.do === 'lookup' ? node.filler : undefined),
    ...(['noMatch', 'noInput'] as const).flatMap((kind) =>
      (retry?.[kind] ?? []).map((message, index) => ({ path: [...at, 'retry', kind, index], message })),
    ),
  ];
}

function one(path: Path, message: Message | undefined): PlacedMessage[] {
  return message ? [{ path, message }] : [];
}

/** A template and where it stands. `reader`: who gets to see what it becomes. */
export interface PlacedTemplate {
  path: Path;
  source: string;
  locale: 'en' | 'fa' | null;
  reader: 'customer' | 'agent' | 'connector' | 'script';
}

/** Every template of a node. */
export function templatesOf(name: string, node: ScriptNode): PlacedTemplate[] {
  const spoken = messagesOf(name, node).flatMap(({ path, message }) =>
    (['text', 'short', 'speech'] as const).flatMap((kind) => perLocale([...path, kind], message[kind])),
  );
  const labels =
    node.do === 'ask'
      ? node.options.flatMap(({ label }, index) => perLocale(['nodes', name, 'options', index, 'label'], label))
      : [];
  return [...spoken, ...labels, ...innerTemplates(name, node)];
}

function perLocale(path: Path, text: { en?: string; fa?: string } | undefined): PlacedTemplate[] {
  return (['en', 'fa'] as const).flatMap((locale) => {
    const source = text?.[locale];
    return source === undefined ? [] : [{ path: [...path, locale], source, locale, reader: 'customer' as const }];
  });
}

const innerKeys = ['subject', 'summary', 'number', 'window'] as const;

function innerTemplates(name: string, node: ScriptNode): PlacedTemplate[] {
  const at = ['nodes', name];
  const written = innerKeys.flatMap((key) => {
    const source: unknown = Reflect.get(node, key);
    return typeof source === 'string' ? [inner([...at, key], source, 'agent')] : [];
  });
  return [...written, ...valueTemplates(at, node)];
}

function inner(path: Path, source: string, reader: PlacedTemplate['reader']): PlacedTemplate {
  return { path, source, locale: null, reader };
}

function valueTemplates(at: Path, node: ScriptNode): PlacedTemplate[] {
  if (node.do === 'set') {
    return values([...at, 'values'], node.values, (node.scope ?? 'session') === 'session' ? 'script' : 'agent');
  }
  if (node.do === 'ticket') {
    return values([...at, 'fields'], node.fields, 'agent');
  }
  return node.do === 'lookup' || node.do === 'call'
    ? values([...at, 'args'], node.args, node.do === 'call' ? 'script' : 'connector')
    : [];
}

function values(
  path: Path,
  written: Record<string, WrittenValue> | undefined,
  reader: PlacedTemplate['reader'],
): PlacedTemplate[] {
  return Object.entries(written ?? {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [inner([...path, key], value, reader)] : [],
  );
}

/** The nodes of a script with their names, in the order in which they are written. */
export function nodesOf(script: Script): [string, ScriptNode][] {
  return Object.entries(script.nodes);
}

/** The node of that name; undefined where there is none. */
export function nodeOf(script: Script, name: string): ScriptNode | undefined {
  return Object.hasOwn(script.nodes, name) ? script.nodes[name] : undefined;
}
