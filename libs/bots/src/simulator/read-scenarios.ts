import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import { z } from 'zod';
import { durationSchema, locales, scriptChannels } from '../script/terms.js';
import type { Scenario } from './simulated-run.js';

const lookupError = z.enum(['timeout', 'failed', 'absent', 'refused']);
const opening = z.enum(['open', 'closed', 'holiday']);
const words = z.string().max(4_000);
const name = z.string().min(1).max(100);

const inputSchema = z.union([
  z.strictObject({ type: words }),
  z.strictObject({ press: name, turn: z.int().min(0).exactOptional() }),
  z.strictObject({ keypad: z.coerce.string().max(100) }),
  z.strictObject({ file: name }),
  z.strictObject({ wait: z.union([z.int().min(0), durationSchema]) }),
  z.strictObject({ agents: z.enum(['available', 'away']), queue: name.exactOptional() }),
  z.strictObject({ calendar: name, is: opening }),
  z.strictObject({ lookup: name, answer: z.json() }),
  z.strictObject({ lookup: name, fails: lookupError }),
  z.strictObject({ resume: z.literal(true) }),
  z.strictObject({ hangup: z.literal(true) }),
]);

const takes = z.int().min(0).max(3_600_000).exactOptional();
const record = z.record(z.string().max(100), z.json());

const worldSchema = z.strictObject({
  calendars: z.record(name, opening).exactOptional(),
  queues: z
    .record(
      z.string().max(100),
      z.strictObject({
        isOpen: z.boolean().exactOptional(),
        agentsFree: z.int().min(0).exactOptional(),
        waiting: z.int().min(0).exactOptional(),
      }),
    )
    .exactOptional(),
  customer: record.exactOptional(),
  conversation: record.exactOptional(),
  lookups: z
    .record(name, z.union([z.strictObject({ answer: z.json(), takes }), z.strictObject({ fails: lookupError, takes })]))
    .exactOptional(),
  articles: z
    .array(z.strictObject({ title: words, body: words, score: z.number().min(0).max(1).exactOptional() }))
    .max(200)
    .exactOptional(),
});

const scenarioSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  locale: z.enum(locales),
  at: z.union([z.int(), z.iso.datetime({ offset: true })]),
  zone: name.exactOptional(),
  inputs: z.array(inputSchema).max(200),
  world: worldSchema.exactOptional(),
  vars: record.exactOptional(),
  opening: words.exactOptional(),
  channels: z.array(z.enum(scriptChannels)).min(1).exactOptional(),
  expect: z.strictObject({
    node: name.exactOptional(),
    outcome: name.exactOptional(),
    status: z.enum(['active', 'waiting', 'handed_off', 'ended']).exactOptional(),
    vars: record.exactOptional(),
    says: z.array(words).exactOptional(),
    effects: z
      .array(z.enum(['lookup', 'tag', 'set', 'ticket', 'handoff', 'withdraw', 'callback', 'voicemail', 'end', 'alert']))
      .exactOptional(),
  }),
});

/** In UTF-16 units, as of a script. */
const longestSource = 400_000;

/** What is wrong with a file of scenarios, and where; line and column from 1. */
export interface ScenarioProblem {
  message: string;
  path: (string | number)[];
  line: number | null;
  column: number | null;
}

interface ReadScenarios {
  scenarios: Scenario[];
  problems: ScenarioProblem[];
}

/** Reads the scenarios of a script: a list, or a list named `scenarios`, in YAML or JSON. It throws for nothing. */
export function readScenarios(source: string): ReadScenarios {
  if (source.length > longestSource) {
    return refused('This is too long for a file of scenarios.');
  }
  try {
    return readDocument(source);
  } catch {
    // A text nested thousands deep is more than the readers' stacks hold.
    return refused('This cannot be read as YAML or JSON.');
  }
}

function readDocument(source: string): ReadScenarios {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) {
    return refused(firstLine(fault.message), lines.linePos(fault.pos[0]));
  }
  if (hasAliases(document)) {
    return refused('Anchors and aliases (&, *) are not taken here: write it out.');
  }
  const written: unknown = document.toJS();
  const list = Array.isArray(written) ? written : (written as { scenarios?: unknown } | null)?.scenarios;
  const read = z.array(scenarioSchema).max(500).safeParse(list);
  if (read.success) {
    return { scenarios: read.data as Scenario[], problems: [] };
  }
  const prefix = Array.isArray(written) ? [] : ['scenarios'];
  return {
    scenarios: [],
    problems: read.error.issues.map(({ message, path: inner }) => {
      const path = [...prefix, ...inner.map((key) => (typeof key === 'symbol' ? String(key) : key))];
      return { message, path, ...placeOf(document, path, lines) };
    }),
  };
}

function refused(message: string, at: { line: number; col: number } | null = null): ReadScenarios {
  return { scenarios: [], problems: [{ message, path: [], line: at?.line ?? null, column: at?.col ?? null }] };
}

function hasAliases(document: Document): boolean {
  let isThere = false;
  visit(document, {
    Alias: () => {
      isThere = true;
      return visit.BREAK;
    },
  });
  return isThere;
}

/** Where a path stands in the text, or the nearest thing around it that does. */
function placeOf(
  document: Document,
  path: (string | number)[],
  lines: LineCounter,
): { line: number | null; column: number | null } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
    if (range?.[0] !== undefined) {
      const { line, col } = lines.linePos(range[0]);
      return { line, column: col };
    }
  }
  return { line: null, column: null };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
