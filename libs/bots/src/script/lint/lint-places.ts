import type { ScriptNode } from '../nodes.js';
import type { Finding, KnownPlaces } from '../problem.js';
import type { Script } from '../script.js';
import { messagesOf, nodesOf, type Path } from './script-texts.js';

interface Named {
  kind: 'connector' | 'queue' | 'calendar' | 'skill' | 'asset' | 'media' | 'script' | 'tag';
  name: string;
  path: Path;
}

/** That everything outside the script that it names is there. */
export function lintPlaces(script: Script, known: KnownPlaces): Finding[] {
  const lists: Record<Named['kind'], readonly string[] | undefined> = {
    connector: known.connectors,
    queue: known.queues,
    calendar: known.calendars,
    skill: known.skills,
    asset: known.assets,
    media: known.media,
    script: known.scripts,
    tag: known.tags,
  };
  const named = nodesOf(script).flatMap(([name, node]) => namedBy(name, node));
  const unknown = named.filter(({ kind, name }) => lists[kind] && !lists[kind].includes(name));
  return [
    ...unknown.map(({ kind, name, path }) => unknownPlace(kind, name, path)),
    ...nodesOf(script).flatMap(([name, node]) =>
      node.do === 'lookup' && node.source === 'http' && node.ref === undefined
        ? [{ code: 'lookup_without_ref', path: ['nodes', name] }]
        : [],
    ),
  ];
}

/** A tag that is new may be meant to be. */
function unknownPlace(kind: Named['kind'], name: string, path: Path): Finding {
  const finding = { code: `unknown_${kind}`, path, values: { name } };
  return kind === 'tag' ? { ...finding, severity: 'warning' } : finding;
}

function namedBy(name: string, node: ScriptNode): Named[] {
  const at = ['nodes', name];
  return [
    ...lone('queue', [...at, 'queue'], 'queue' in node ? node.queue : undefined),
    ...lone('calendar', [...at, 'calendar'], node.do === 'hours' ? node.calendar : undefined),
    ...lone('script', [...at, 'script'], node.do === 'call' ? node.script : undefined),
    ...lone('connector', [...at, 'ref'], node.do === 'lookup' && node.source === 'http' ? node.ref : undefined),
    ...several('skill', [...at, 'skills'], node.do === 'handoff' ? node.skills : undefined),
    ...several('tag', [...at, 'tags'], 'tags' in node ? node.tags : undefined),
    ...several('tag', [...at, 'add'], node.do === 'tag' ? node.add : undefined),
    ...messagesOf(name, node).flatMap(({ path, message }) => [
      ...lone('media', [...path, 'media'], message.media),
      ...lone('asset', [...path, 'audio', 'en'], message.audio?.en),
      ...lone('asset', [...path, 'audio', 'fa'], message.audio?.fa),
    ]),
  ];
}

function lone(kind: Named['kind'], path: Path, name: string | undefined): Named[] {
  return name === undefined ? [] : [{ kind, name, path }];
}

function several(kind: Named['kind'], path: Path, names: readonly string[] | undefined): Named[] {
  return (names ?? []).map((name, index) => ({ kind, name, path: [...path, index] }));
}
