import type { z } from 'zod';
import { nodeKinds } from './nodes.js';
import type { Finding } from './problem.js';
import { scriptJsonSchema } from './script.js';
import { scriptLimits } from './terms.js';

type Issue = z.core.$ZodIssue;
type Path = (string | number)[];

/** What the schema says against a document, in codes that have words. */
export function schemaFindings(issues: readonly Issue[], base: Path = []): Finding[] {
  return issues
    .slice(0, scriptLimits.problems)
    .flatMap((issue) => findingsOf(issue, [...base, ...(issue.path as Path)]));
}

function findingsOf(issue: Issue, path: Path): Finding[] {
  const find = Object.hasOwn(finders, issue.code) ? finders[issue.code] : undefined;
  return find ? (find as (issue: Issue, path: Path) => Finding[])(issue, path) : [otherwise(issue, path)];
}

function otherwise(issue: Issue, path: Path): Finding {
  return {
    code: ownCode(issue.message) ?? 'wrong_value',
    path,
    values: { key: last(path), found: shown(issue.input) },
  };
}

const finders: {
  [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>, path: Path) => Finding[];
} = {
  unrecognized_keys: ({ keys }, path) => keys.slice(0, scriptLimits.problems).map((key) => unknownKey(key, path)),
  invalid_type: (issue, path) => [wrongType(issue, path)],
  invalid_value: (issue, path) => [wrongValue(issue, path)],
  invalid_union: unionFindings,
  invalid_key: ({ issues }, path) => [
    { code: ownCode(issues[0]?.message) ?? 'bad_name', path, values: { found: last(path) } },
  ],
  too_big: ({ message, origin, maximum }, path) => [
    { code: ownCode(message) ?? tooBig(origin), path, values: { key: last(path), max: Number(maximum) } },
  ],
  too_small: ({ message, origin, minimum }, path) => [
    { code: ownCode(message) ?? tooSmall(origin), path, values: { key: last(path), min: Number(minimum) } },
  ],
};

/** The words that the schemas of terms.ts carry instead of an English sentence. */
function ownCode(message: string | undefined): string | null {
  return message !== undefined && /^[a-z]+(?:_[a-z]+)+$/.test(message) ? message : null;
}

function tooBig(origin: string): string {
  return origin === 'string' ? 'too_long' : origin === 'array' ? 'too_many' : 'number_too_large';
}

function tooSmall(origin: string): string {
  return origin === 'string' ? 'empty_text' : origin === 'array' ? 'too_few' : 'number_too_small';
}

function unknownKey(key: string, path: Path): Finding {
  const meant = nearestKey(key);
  return meant === null
    ? { code: 'unknown_key', path: [...path, key], values: { key } }
    : { code: 'unknown_key_like', path: [...path, key], values: { key, meant } };
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, path: Path): Finding {
  const key = last(path);
  if (issue.input === undefined) {
    return { code: 'missing', path, values: { key } };
  }
  const isPlain = typeof issue.input === 'number' || typeof issue.input === 'boolean';
  return issue.expected === 'string' && isPlain
    ? { code: 'needs_quotes', path, values: { key, found: String(issue.input) } }
    : { code: 'wrong_kind', path, values: { key, expected: kindOf(issue.expected), found: shown(issue.input) } };
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'yes_no',
  array: 'list',
  object: 'group',
  record: 'group',
};

function kindOf(expected: string): string {
  return kinds[expected] ?? 'text';
}

function wrongValue(issue: Extract<Issue, { code: 'invalid_value' }>, path: Path): Finding {
  const values = { key: last(path), allowed: issue.values.map(String).join(', ') };
  return issue.input === undefined
    ? { code: 'missing_one_of', path, values }
    : { code: 'not_one_of', path, values: { ...values, found: shown(issue.input) } };
}

function unionFindings(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Finding[] {
  const { discriminator } = issue as { discriminator?: string };
  if (discriminator !== undefined) {
    const written: unknown = isGroup(issue.input) ? issue.input[discriminator] : undefined;
    const code = written === undefined ? 'missing_do' : 'unknown_do';
    return [{ code, path, values: { found: shown(written), allowed: nodeKinds.join(', ') } }];
  }
  const [closest] = issue.errors.toSorted((one, other) => distance(one) - distance(other));
  return schemaFindings(closest ?? [], path);
}

/** How far something is from one of the shapes that it might have: being another kind of thing is farther than lacking a part. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + weightOf(issue), 0);
}

function weightOf(issue: Issue): number {
  if (issue.path.length > 0) {
    return issue.code === 'invalid_type' && issue.input === undefined ? 3 : 1;
  }
  return issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 100;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const last = (path: Path): string => String(path.at(-1) ?? '');

let known: Set<string> | null = null;

/** The key of the format that somebody most likely meant by one that it does not have. */
function nearestKey(key: string): string | null {
  known ??= keysIn(scriptJsonSchema());
  const wanted = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const near = [...known]
    .map((candidate) => ({ candidate, edits: edits(wanted, candidate.toLowerCase().replaceAll('_', '')) }))
    .filter(({ candidate, edits: count }) => candidate !== key && count <= (wanted.length > 4 ? 2 : 1))
    .toSorted((one, other) => one.edits - other.edits);
  return near[0]?.candidate ?? null;
}

function keysIn(schema: unknown): Set<string> {
  const keys = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      part.forEach(visit);
    } else if (isGroup(part)) {
      Object.keys(isGroup(part['properties']) ? part['properties'] : {}).forEach((key) => keys.add(key));
      Object.values(part).forEach(visit);
    }
  };
  visit(schema);
  return keys;
}

/** How many letters must be changed, added or left out to make one word of the other. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 0; i < Math.min(one.length, 40); i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
