import { isNode, LineCounter, parseDocument } from 'yaml';
import { isMapping, listOf, mappingOf, wordOf, type LooseScript, type Mapping, type Path } from './script-words.js';

/** A place where the text is no YAML. */
export interface SyntaxProblem {
  /** Counted from 1. */
  line: number;
  text: string;
}

export interface ReadDocument {
  source: string;
  /** null: the text cannot be read as a script, and only the text can be edited. */
  script: LooseScript | null;
  syntax: SyntaxProblem[];
  /** The line on which what stands at a path begins, counted from 1. */
  lineOf: (path: Path) => number | null;
}

/** Reads the text of a script, YAML or JSON. Never throws: what is half written is read as far as it goes. */
export function readDocument(source: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(({ pos: [at], message }) => ({ line: lines.linePos(at).line, text: message }));
  const lineOf = (path: Path): number | null => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = document.getIn(path.slice(0, length), true);
      if (isNode(found) && found.range) {
        return lines.linePos(found.range[0]).line;
      }
    }
    return null;
  };
  const root: unknown = syntax.length === 0 ? readWhole(document) : null;
  return { source, script: isMapping(root) ? loosen(root) : null, syntax, lineOf };
}

/** An alias to nothing or one that would grow without end is refused where it is resolved. */
function readWhole(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 }) as unknown;
  } catch {
    return null;
  }
}

function loosen(root: Mapping): LooseScript {
  const title = Object.entries(mappingOf(root['title'])).map(([locale, text]) => [locale, wordOf(text)] as const);
  const locales = listOf(root['locales']).map(wordOf).filter(Boolean);
  const nodes = Object.entries(mappingOf(root['nodes'])).map(([id, node]) => [id, mappingOf(node)] as const);
  return {
    root,
    title: Object.fromEntries(title),
    locales: locales.length > 0 ? locales : ['en'],
    nodes: new Map(nodes),
  };
}
