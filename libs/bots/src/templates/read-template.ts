import { IntlMessageFormat } from 'intl-messageformat';
import { Liquid, type Template } from 'liquidjs';
import type { Locale } from '../script/terms.js';
import { filters, type TemplateWorld } from './template-filters.js';

/** Why a template cannot be read, in a code that has words. `named`: what the text says there. */
export interface TemplateFault {
  code: 'template_tag' | 'template_filter' | 'template_braces' | 'template_plural' | 'template_kind' | 'template';
  named: string;
}

/** A template that was read. */
export interface ReadTemplate {
  /** The text as ICU writes it, in which slot n stands for output n. */
  format: IntlMessageFormat;
  slots: Template[][];
  /** What ICU arguments are named, and whether they count. */
  args: ReadonlyMap<string, 'words' | 'figure'>;
  /** Every variable that is named, with the way into it: `customer.name`. */
  variables: string[];
}

const engine = new Liquid({
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: 10_000,
  memoryLimit: 100_000,
  outputEscape(this: unknown, value: unknown): string {
    return writeValue(value, (this as { context: { globals: { world: TemplateWorld } } }).context.globals.world.locale);
  },
});
for (const tag of Object.keys(engine.tags)) {
  delete engine.tags[tag];
}
for (const name of Object.keys(engine.filters)) {
  engine.unregisterFilter(name);
}
for (const [name, filter] of Object.entries(filters)) {
  engine.registerFilter(name, filter);
}

export const filterNames: readonly string[] = Object.keys(filters);
const slotPrefix = 'slot_';
/** Of three or more braces the inner two are the output's: `{n, plural, one {{{ name }}}}`. */
const outputs = /\{\{(?!\{)([^{}]*)\}\}/gu;

const kept = new Map<string, ReadTemplate | TemplateFault>();
const mostKept = 4_000;

/** Reads a template, or says what is wrong with it. The same text is read once. */
export function readTemplate(source: string, locale: Locale): ReadTemplate | TemplateFault {
  const key = `${locale}:${source}`;
  const known = kept.get(key) ?? read(source, locale);
  kept.delete(key);
  kept.set(key, known);
  const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
  if (oldest !== undefined) {
    kept.delete(oldest);
  }
  return known;
}

export const isFault = (read: ReadTemplate | TemplateFault): read is TemplateFault => 'code' in read;

function read(source: string, locale: Locale): ReadTemplate | TemplateFault {
  const tag = /\{%[^%]*/u.exec(source)?.[0];
  if (tag !== undefined) {
    return { code: 'template_tag', named: tag.slice(0, 40) };
  }
  const bodies: string[] = [];
  const pattern = source.replace(outputs, (_, body: string) => `{${slotPrefix}${bodies.push(body) - 1}}`);
  try {
    const slots = bodies.map((body) => engine.parse(`{{${body}}}`));
    const format = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true });
    const args = argsIn(format.getAst() as Element[]);
    const plain = [...args.keys()].filter((name) => !name.startsWith(slotPrefix));
    return { format, slots, args, variables: [...new Set([...slots.flatMap(variablesIn), ...plain])] };
  } catch (error) {
    return faultOf(error);
  }
}

function variablesIn(parts: Template[]): string[] {
  const { globals } = engine.analyzeSync(parts, { partials: false });
  return Object.values(globals).flatMap((found) => found.map(({ segments }) => segments.map(String).join('.')));
}

interface Element {
  type: number;
  value: string;
  options?: Record<string, { value: Element[] }>;
}

/** What the ICU parser numbers its elements by. */
const elementTypes = { words: 1, figure: 2, date: 3, time: 4, select: 5, plural: 6 };

const unfit = new Set([elementTypes.date, elementTypes.time]);
const figures = new Set([elementTypes.figure, elementTypes.plural]);
const written = new Set([elementTypes.words, elementTypes.select]);

class UnfitKind extends Error {}

function argsIn(
  elements: readonly Element[],
  found = new Map<string, 'words' | 'figure'>(),
): Map<string, 'words' | 'figure'> {
  for (const { type, value, options } of elements) {
    if (unfit.has(type)) {
      throw new UnfitKind(value);
    }
    if (figures.has(type)) {
      found.set(value, 'figure');
    } else if (written.has(type)) {
      found.set(value, found.get(value) ?? 'words');
    }
    Object.values(options ?? {}).forEach((option) => argsIn(option.value, found));
  }
  return found;
}

function faultOf(error: unknown): TemplateFault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UnfitKind) {
    return { code: 'template_kind', named: message };
  }
  const filter = /undefined filter: ([^\s,]+)/u.exec(message)?.[1];
  if (filter !== undefined) {
    return { code: 'template_filter', named: filter };
  }
  if (/MISSING_OTHER_CLAUSE|PLURAL|SELECT/u.test(message)) {
    return { code: 'template_plural', named: '' };
  }
  return /BRACE|ARGUMENT|not closed/iu.test(message)
    ? { code: 'template_braces', named: '' }
    : { code: 'template', named: message.slice(0, 80) };
}

/** Writes one output with its variables. */
export function renderSlot(parts: Template[], vars: object, world: TemplateWorld): string {
  return String(engine.renderSync(parts, vars, { globals: { world } }));
}

/** The value of a template that is one variable alone, and no text: undefined where it is more. */
export function lonePath(source: string): string[] | undefined {
  const path = /^\s*\{\{\s*([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)\s*\}\}\s*$/u.exec(source)?.[1];
  return path?.split('.');
}

const longestValue = 2_000;

function writeValue(value: unknown, locale: Locale): string {
  if (typeof value === 'number') {
    return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 }).format(value);
  }
  if (typeof value === 'string') {
    return value.slice(0, longestValue);
  }
  return Array.isArray(value)
    ? value
        .slice(0, 20)
        .map((one) => writeValue(one, locale))
        .filter((one) => one !== '')
        .join(locale === 'fa' ? '، ' : ', ')
    : '';
}
