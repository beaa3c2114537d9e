/** A place in a script: keys and places in lists, from the top. */
export type Path = readonly (string | number)[];

export const nodeKinds = [
  'say',
  'ask',
  'collect',
  'match',
  'lookup',
  'branch',
  'hours',
  'set',
  'tag',
  'ticket',
  'call',
  'wait',
  'handoff',
  'callback',
  'voicemail',
  'end',
] as const;
export type NodeKind = (typeof nodeKinds)[number];

export const scriptChannels = ['web', 'telegram', 'sms', 'email', 'voice'] as const;
export type ScriptChannelName = (typeof scriptChannels)[number];

/** A mapping of a script as it was read: nothing is known of it yet. */
export type Mapping = Record<string, unknown>;

/** What a script says, as far as it could be read: an editor shows what is half written as well. */
export interface LooseScript {
  root: Mapping;
  title: Record<string, string>;
  locales: string[];
  /** In the order in which they are written. */
  nodes: Map<string, Mapping>;
}

const idShape = /^[a-z][a-z0-9_]{0,47}$/u;

export function isNodeId(id: string): boolean {
  return idShape.test(id);
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function mappingOf(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What can be typed into a field; '' for what is no word. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function kindOf(node: Mapping): NodeKind | null {
  return nodeKinds.find((kind) => kind === node['do']) ?? null;
}

/** What stands at a path, undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  let here = root;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') {
      here = here[step];
    } else if (isMapping(here)) {
      here = here[step];
    } else {
      return undefined;
    }
  }
  return here;
}
