import { LineCounter, isMap, parseDocument, type Document } from 'yaml';
import type { ScriptNodeView, ScriptOutlineView, ScriptTexts } from '#contract';
import { exitsOf, type LocalText, type Script, type ScriptNode } from '#bots';
import { callsOf } from './script-catalogue.service.js';

/** What a script is made of, as lists and canvases show it. `source` tells in which lines its steps are. */
export function outlineOf(script: Script, source: string): ScriptOutlineView {
  const lineOf = linesOfNodes(source);
  return {
    key: script.id,
    title: bothTexts(script.title),
    channels: [...script.channels],
    locales: [...script.locales],
    start: { ...script.start } as Record<string, string>,
    fallback: script.fallback,
    nodes: Object.entries(script.nodes).map(([id, node]) => presentNode(script, id, node, lineOf(id))),
    intents: Object.keys(script.intents ?? {}),
    connectors: connectorsOf(script),
    calls: callsOf(script),
  };
}

/** The connectors that a script names. */
export function connectorsOf(script: Script): string[] {
  const named = Object.values(script.nodes).flatMap((node) =>
    node.do === 'lookup' && node.ref !== undefined ? [node.ref] : [],
  );
  return [...new Set(named)];
}

export function bothTexts(text: LocalText | undefined): ScriptTexts {
  return { en: text?.en ?? '', fa: text?.fa ?? '' };
}

function presentNode(script: Script, id: string, node: ScriptNode, line: number | null): ScriptNodeView {
  const labels = new Map(
    node.do === 'ask' ? node.options.map((option) => [`option.${option.id}`, bothTexts(option.label)]) : [],
  );
  return {
    id,
    do: node.do,
    says: bothTexts('message' in node ? node.message?.text : undefined),
    exits: exitsOf(script, node).map((exit) => ({
      by: exit.id,
      to: exit.target,
      label: labels.get(exit.id) ?? null,
    })),
    line,
  };
}

function linesOfNodes(source: string): (id: string) => number | null {
  const lines = new LineCounter();
  const nodes = read(source, lines)?.get('nodes');
  return (id) => {
    const pair = isMap(nodes) ? nodes.items.find(({ key }) => String(key) === id) : undefined;
    const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range;
    return range ? lines.linePos(range[0]).line : null;
  };
}

function read(source: string, lineCounter: LineCounter): Document | null {
  try {
    return parseDocument(source, { lineCounter });
  } catch {
    return null;
  }
}
