import { isAlias, isCollection, isMap, isPair, isScalar, Lexer, LineCounter, parseDocument, Parser } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { Finding } from './problem.js';
import { isReservedName, scriptLimits } from './terms.js';

export interface Position {
  line: number;
  column: number;
}

/** A problem of the writing itself, which says its own place. */
export type SourceFinding = Finding & { at: Position | null };

export interface ParsedSource {
  /** What was written, as plain data; undefined where it could not be read. */
  value: unknown;
  findings: SourceFinding[];
  /** Where something stands; for what is not there, whatever it should be in. */
  positionOf: (path: readonly (string | number)[]) => Position | null;
}

/** Reads YAML or JSON, which is YAML too, and nothing that makes a small text large or a plain key dangerous. */
export function parseSource(source: string): ParsedSource {
  const refusal = refusalOf(source);
  if (refusal) {
    return { value: undefined, findings: [{ ...refusal, path: [], at: null }], positionOf: () => null };
  }
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    schema: 'core',
    merge: false,
    // The library compares every key with every other; `repeatedKeys` looks each up once.
    uniqueKeys: false,
  });
  const placeOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const findings = [
    ...document.errors.slice(0, mostSyntaxErrors).map((error) => syntaxFinding(error, placeOf(error.pos[0]))),
    ...forbiddenIn(document.contents, [], placeOf).slice(0, scriptLimits.problems),
  ];
  return {
    value: findings.length === 0 ? (document.toJS({ maxAliasCount: 0 }) as unknown) : undefined,
    findings,
    positionOf: (path) => positionIn(document, path, placeOf),
  };
}

/** One mistake in the writing makes many that follow from it. */
const mostSyntaxErrors = 5;

function refusalOf(source: string): Pick<Finding, 'code' | 'values'> | null {
  if (source.length > scriptLimits.source) {
    return { code: 'too_large', values: { max: scriptLimits.source } };
  }
  if (source.trim() === '') {
    return { code: 'nothing_written' };
  }
  return isTooDeep(source) ? { code: 'too_deep', values: { max: scriptLimits.depth } } : null;
}

/**
 * Whether things stand in one another too deep. Asked of the tokens, one after the other: composing a document calls itself for every
 * level, and a text of nothing but brackets would end the whole program.
 */
function isTooDeep(source: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source)) {
    for (const token of parser.next(lexeme)) {
      void token;
    }
    if (((parser as unknown as { stack: unknown[] }).stack.length ?? 0) > scriptLimits.depth * 2) {
      return true;
    }
  }
  return false;
}

const syntaxCodes: Record<string, string> = {
  TAB_AS_INDENT: 'tab_indent',
  BAD_INDENT: 'bad_indent',
  MULTIPLE_DOCS: 'several_documents',
  BLOCK_IN_FLOW: 'colon_in_text',
  IMPOSSIBLE: 'syntax',
};

function syntaxFinding(error: YAMLError, at: Position): SourceFinding {
  const code = /nested mappings are not allowed in compact mappings/iu.test(error.message)
    ? 'colon_in_text'
    : (syntaxCodes[error.code] ?? 'syntax');
  return { code, path: [], values: code === 'syntax' ? { detail: error.message } : {}, at };
}

type PlaceOf = (offset: number) => Position;

/** Aliases and anchors make a small text large; tags ask for kinds of things that a script does not have. */
function forbiddenIn(node: unknown, path: (string | number)[], placeOf: PlaceOf): SourceFinding[] {
  if (isPair(node)) {
    return forbiddenInPair(node, path, placeOf);
  }
  if (node === null || typeof node !== 'object') {
    return [];
  }
  const { range, tag, anchor } = node as Node & { tag?: string; anchor?: string };
  const at = range ? placeOf(range[0]) : null;
  const code = isAlias(node) || anchor !== undefined ? 'alias' : tag !== undefined ? 'tag' : null;
  const inside = isCollection(node) ? forbiddenInside(node.items, isMap(node), path, placeOf) : [];
  return code === null ? inside : [{ code, path, at }, ...inside];
}

function forbiddenInside(
  items: readonly unknown[],
  areNamed: boolean,
  path: (string | number)[],
  placeOf: PlaceOf,
): SourceFinding[] {
  const inside = items.flatMap((item, index) => forbiddenIn(item, areNamed ? path : [...path, index], placeOf));
  return areNamed ? [...repeatedKeys(items as readonly Pair[], path, placeOf), ...inside] : inside;
}

function repeatedKeys(pairs: readonly Pair[], path: (string | number)[], placeOf: PlaceOf): SourceFinding[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : null;
    const isRepeated = name !== null && seen.has(name);
    seen.add(name ?? '');
    const range = (key as Node | null)?.range;
    return isRepeated ? [{ code: 'duplicate_key', path: [...path, name], at: range ? placeOf(range[0]) : null }] : [];
  });
}

function forbiddenInPair(pair: Pair, path: (string | number)[], placeOf: PlaceOf): SourceFinding[] {
  const key = isScalar(pair.key) ? String(pair.key.value) : null;
  const range = (pair.key as Node | null)?.range;
  const at = range ? placeOf(range[0]) : null;
  if (key === null) {
    return [{ code: 'syntax', path, values: { detail: '?' }, at }];
  }
  const inside = forbiddenIn(pair.value, [...path, key], placeOf);
  return isReservedName(key)
    ? [{ code: 'reserved_name', path: [...path, key], values: { found: key }, at }, ...inside]
    : inside;
}

function positionIn(document: Document, path: readonly (string | number)[], placeOf: PlaceOf): Position | null {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const part of path) {
    const found = childOf(node, part);
    if (!found) {
      break;
    }
    node = found.node;
    offset = found.offset ?? offset;
  }
  return placeOf(offset);
}

function childOf(node: unknown, part: string | number): { node: unknown; offset: number | undefined } | null {
  if (!isCollection(node)) {
    return null;
  }
  if (!isMap(node)) {
    const item = node.items[Number(part)] as Node | undefined;
    return item ? { node: item, offset: item.range?.[0] } : null;
  }
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return pair ? { node: pair.value, offset: (pair.key as Node).range?.[0] } : null;
}
