import { beginningsOf, exitsOf } from './exits.js';
import { kindOf, listOf, mappingOf, wordOf, type LooseScript, type Mapping, type NodeKind } from './script-words.js';

/** A node as the outline shows it: once, below the first way that leads to it. */
export interface OutlineRow {
  id: string;
  kind: NodeKind | null;
  /** 1 for those that a script begins with. */
  level: number;
  /** What it says to customers, in short; '' for one that says nothing. */
  words: string;
  hasChildren: boolean;
  /** false: no way leads there. */
  isReached: boolean;
}

/** All nodes of a script, by the ways that lead to them; those that nothing leads to come last. */
export function outlineOf(script: LooseScript, locale: string): OutlineRow[] {
  const seen = new Set<string>();
  const rows: OutlineRow[] = [];
  const visit = (id: string, level: number, isReached: boolean): void => {
    const node = script.nodes.get(id);
    if (!node || seen.has(id)) {
      return;
    }
    seen.add(id);
    const row = { id, kind: kindOf(node), level, words: wordsOf(node, locale), hasChildren: false, isReached };
    rows.push(row);
    const before = rows.length;
    exitsOf(node, locale).forEach(({ target }) => visit(target, level + 1, isReached));
    row.hasChildren = rows.length > before;
  };
  beginningsOf(script).forEach(({ target }) => visit(target, 1, true));
  [...script.nodes.keys()].forEach((id) => visit(id, 1, false));
  return rows;
}

/** What a customer reads or hears at a node, in the reader's language where there is one. */
export function wordsOf(node: Mapping, locale: string): string {
  const message = node['message'] ?? node['prompt'] ?? listOf(node['messages'])[0];
  const text = mappingOf(mappingOf(message)['text'] ?? message);
  return wordOf(text[locale]) || wordOf(Object.values(text)[0]);
}

/** The rows that are shown: those whose parents are all open, or all that a search finds. */
export function shownRows(rows: readonly OutlineRow[], closed: ReadonlySet<string>, search: string): OutlineRow[] {
  const sought = search.trim().toLowerCase();
  if (sought !== '') {
    return rows.filter(({ id, words, kind }) => `${id} ${words} ${kind ?? ''}`.toLowerCase().includes(sought));
  }
  let hiddenBelow = Number.POSITIVE_INFINITY;
  return rows.filter(({ id, level }) => {
    if (level > hiddenBelow) {
      return false;
    }
    hiddenBelow = closed.has(id) ? level : Number.POSITIVE_INFINITY;
    return true;
  });
}
