import { isMap, isNode, isSeq, parseDocument, stringify, type Document, type YAMLSeq } from 'yaml';
import { matchKey } from '#channels';
import { conflict } from '../../platform/errors/api-error.js';

const mostWords = 100;

/** The source with further examples of an intent; everything else stays as it was written, remarks too. */
export function withExamples(
  source: string,
  { intent, locale, words }: { intent: string; locale: string; words: string[] },
): string {
  const document = read(source);
  if (!document || !isMap(document.getIn(['intents', intent]))) {
    throw conflict('no_such_intent', 'The draft has no such intent. Add it to the script first.', 'intent');
  }
  const path = ['intents', intent, 'examples', locale];
  const listed = document.getIn(path);
  const had = isSeq(listed) ? (listed.toJSON() as unknown[]).map(String) : [];
  const known = new Set(had.map(matchKey));
  const fresh = words.filter((word) => !known.has(matchKey(word)));
  if (had.length + fresh.length > mostWords) {
    throw conflict('too_many_examples', `An intent has ${mostWords} examples in a language at most.`, 'intent');
  }
  if (fresh.length === 0) {
    return source;
  }
  const wanted = [...had, ...fresh];
  const spliced = isSeq(listed) ? splice(source, listed, fresh) : null;
  return spliced !== null && holds(spliced, path, wanted) ? spliced : rewrite(document, path, wanted);
}

/** Written into the text behind the last example. Null where there is none to stand behind. */
function splice(source: string, list: YAMLSeq, words: string[]): string | null {
  const last = list.items.at(-1);
  if (!isNode(last) || !last.range) {
    return null;
  }
  const [start, end] = last.range;
  if (list.flow === true) {
    return `${source.slice(0, end)}${words.map((word) => `, ${JSON.stringify(word)}`).join('')}${source.slice(end)}`;
  }
  const line = source.lastIndexOf('\n', start) + 1;
  const dash = source.slice(line, source.indexOf('-', line));
  const lineEnd = source.indexOf('\n', Math.max(start, end - 1));
  const at = lineEnd === -1 ? source.length : lineEnd;
  const lines = words.map((word) => `\n${dash}- ${stringify(word, { lineWidth: 0 }).trimEnd()}`);
  return `${source.slice(0, at)}${lines.join('')}${source.slice(at)}`;
}

function holds(source: string, path: string[], wanted: string[]): boolean {
  const listed = read(source)?.getIn(path);
  return isSeq(listed) && JSON.stringify(listed.toJSON()) === JSON.stringify(wanted);
}

function rewrite(document: Document, path: string[], wanted: string[]): string {
  document.setIn(path, document.createNode(wanted));
  return document.toString({ lineWidth: 120 });
}

function read(source: string): Document | null {
  const document = parseDocument(source);
  return document.errors.length > 0 ? null : document;
}
