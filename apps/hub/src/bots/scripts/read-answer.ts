import { storableText } from '#channels';

/** What a script gets of an answer: its name for it, and where in the answer it stands. */
export interface AnswerPart {
  name: string;
  /** Names and numbers with dots between them; '' is the whole answer. */
  path: string;
}

const longestText = 4_000;
const longestWhole = 20_000;
const deepest = 20;

/**
 * The parts of an answer that scripts get; without a mapping the whole of it. What is not there is null, and signs that no database keeps
 * go. Null: too large or too deep to be kept.
 */
export function readAnswer(answer: unknown, mapping: readonly AnswerPart[]): Record<string, unknown> | null {
  const value =
    mapping.length === 0
      ? wrap(answer)
      : Object.fromEntries(mapping.map(({ name, path }) => [name, shorten(at(answer, path))]));
  if (depthOf(value) > deepest) {
    return null;
  }
  return JSON.stringify(value).length > longestWhole ? null : (storable(value) as Record<string, unknown>);
}

/** Counts no further than it matters. */
function depthOf(value: unknown, above = 0): number {
  if (value === null || typeof value !== 'object' || above > deepest) {
    return above;
  }
  return Object.values(value).reduce<number>((most, part) => Math.max(most, depthOf(part, above + 1)), above + 1);
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') {
    return storableText(value);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Array.isArray(value)
    ? value.map(storable)
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [storableText(name), storable(part)]));
}

function at(answer: unknown, path: string): unknown {
  let value: unknown = answer;
  for (const name of path === '' ? [] : path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) {
      return null;
    }
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

function wrap(answer: unknown): Record<string, unknown> {
  return answer !== null && typeof answer === 'object' && !Array.isArray(answer)
    ? (answer as Record<string, unknown>)
    : { value: shorten(answer) };
}

function shorten(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, longestText) : value;
}
