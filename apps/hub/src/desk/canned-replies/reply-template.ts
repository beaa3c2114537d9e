import { Drop, Liquid, type Template } from 'liquidjs';
import { writeFilters } from './reply-filters.js';
import type { Reader } from './reply-reader.js';

/** What stands for a variable: a day or instant, a number, or words. */
export type ReplyValue = string | number | Date;

/** Something wrong with a text: where, counted from 1, and what. `named` is what the text says there. */
export interface TemplateFault {
  why: 'syntax' | 'unknown_variable' | 'unknown_filter' | 'unknown_tag' | 'unfit_value' | 'too_long';
  line: number;
  column: number;
  named: string;
}

export type ReadTemplate = { outcome: 'read'; template: ReplyTemplate } | { outcome: 'faulty'; fault: TemplateFault };

/** A text that was read: what it is made of, and the variables that it names. */
export interface ReplyTemplate {
  parts: Template[];
  variables: string[];
}

/** A text as its reader gets it. `missing` names the variables that nothing stands for; each left its marker in the text. */
export interface RenderedReply {
  text: string;
  missing: string[];
}

/** More characters than any message has. */
export const longestText = 10_000;
/** Of the clock, not of work: far more than any text takes, since a busy machine may stand still in the middle. */
const renderMs = 1_000;
const mostMemory = 1_000_000;

/** Without loops, assignments and other files a text takes as long as it is long. */
const allowedTags = new Set(['if', 'unless', 'case', 'comment', 'raw']);

const open = '⟦';
const shut = '⟧';
const markers = /⟦[\p{L}\p{N}_.-]{1,120}⟧/gu;

/** A variable that nothing stands for: false where a text asks for it, and a marker where it is written. */
class Missing extends Drop {
  constructor(readonly variable: string) {
    super();
  }

  override valueOf(): null {
    return null;
  }
}

const engine = new Liquid({
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: longestText * 2,
  renderLimit: renderMs,
  memoryLimit: mostMemory,
  outputEscape(this: unknown, value: unknown): string {
    return write(value, (this as { context: { globals: { reader: Reader } } }).context.globals.reader);
  },
});
for (const tag of Object.keys(engine.tags)) {
  if (!allowedTags.has(tag)) {
    delete engine.tags[tag];
  }
}
for (const filter of Object.keys(engine.filters)) {
  engine.unregisterFilter(filter);
}
for (const [name, filter] of Object.entries(writeFilters((value) => value instanceof Missing))) {
  engine.registerFilter(name, filter);
}

/**
 * Reads a text of a canned reply. It is a LiquidJS text with few tags, few filters and the variables that `known` has, and no other:
 * whoever writes it hears of a mistake now, and not the agent who needs it.
 */
export function readTemplate(text: string, known: ReadonlySet<string>): ReadTemplate {
  if (text.length > longestText) {
    return { outcome: 'faulty', fault: { why: 'too_long', line: 1, column: 1, named: String(longestText) } };
  }
  try {
    const template = compile(text);
    const unknown = findUnknown(template.parts, known);
    return unknown ? { outcome: 'faulty', fault: unknown } : { outcome: 'read', template };
  } catch (error) {
    return { outcome: 'faulty', fault: faultOf(error) };
  }
}

/** A stored text, whose variables may have gone since it was read: those count as missing. Throws on one that was never read. */
export function compile(text: string): ReplyTemplate {
  const parts = engine.parse(text);
  return { parts, variables: [...new Set(namesIn(parts).map(({ name }) => name))] };
}

/** Writes the text for its reader. Values are words and never read as a text of their own. */
export function renderTemplate(
  { parts, variables }: ReplyTemplate,
  values: ReadonlyMap<string, ReplyValue>,
  reader: Reader,
): RenderedReply {
  const scope = {};
  for (const name of variables) {
    place(scope, name.split('.'), values.get(name) ?? new Missing(name));
  }
  const text = String(engine.renderSync(parts, scope, { globals: { reader } }));
  return { text, missing: unfilledIn(text) };
}

/** Why a text that was read does not come out with these values: a filter was given what it has no use for. Null when it does. */
export function tryTemplate(
  template: ReplyTemplate,
  values: ReadonlyMap<string, ReplyValue>,
  reader: Reader,
): TemplateFault | null {
  try {
    renderTemplate(template, values, reader);
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

/** The variables whose markers are still in a text, each once. */
export function unfilledIn(text: string): string[] {
  return [...new Set((text.match(markers) ?? []).map((marker) => marker.slice(open.length, -shut.length)))];
}

function write(value: unknown, { locale, timeZone }: Reader): string {
  if (value instanceof Missing) {
    return open + value.variable + shut;
  }
  if (value instanceof Date) {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(value);
  }
  if (typeof value === 'number') {
    return new Intl.NumberFormat(locale, { useGrouping: false }).format(value);
  }
  // What customers call themselves must not look like a variable that is missing.
  return typeof value === 'string' ? value.replaceAll(open, '').replaceAll(shut, '') : '';
}

interface NamedVariable {
  name: string;
  line: number;
  column: number;
}

function namesIn(parts: Template[]): NamedVariable[] {
  const { globals } = engine.analyzeSync(parts, { partials: false });
  return Object.values(globals).flatMap((found) =>
    found.map(({ segments, location }) => ({
      name: segments.map(String).join('.'),
      line: location.row,
      column: location.col,
    })),
  );
}

function findUnknown(parts: Template[], known: ReadonlySet<string>): TemplateFault | null {
  const [first] = namesIn(parts)
    .filter(({ name }) => !known.has(name))
    .toSorted((one, other) => one.line - other.line || one.column - other.column);
  return first ? { why: 'unknown_variable', line: first.line, column: first.column, named: first.name } : null;
}

const said: [RegExp, TemplateFault['why']][] = [
  [/undefined filter: ([^\s,]+)/u, 'unknown_filter'],
  [/tag "?([^"\s]+)"? not found/u, 'unknown_tag'],
  [/unfit: ([^,\n]+)/u, 'unfit_value'],
];

function faultOf(error: unknown): TemplateFault {
  const { message, token } = error as { message: string; token?: { getPosition(): number[] } };
  const [line = 1, column = 1] = token?.getPosition() ?? [];
  for (const [pattern, why] of said) {
    const named = pattern.exec(message)?.[1];
    if (named !== undefined) {
      return { why, line, column, named };
    }
  }
  return { why: 'syntax', line, column, named: '' };
}

function place(scope: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    scope[first] = value;
    return;
  }
  const inner = (scope[first] ??= {}) as Record<string, unknown>;
  place(inner, rest, value);
}
