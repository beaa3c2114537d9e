import { valueAt } from './value-at.js';
import { isFault, lonePath, readTemplate, renderSlot, type ReadTemplate } from './read-template.js';
import type { TemplateWorld } from './template-filters.js';

export type { TemplateWorld } from './template-filters.js';

type Vars = Readonly<Record<string, unknown>>;

const longestText = 8_000;

/**
 * Writes a template with its values: `{{ name | filter }}` inside ICU MessageFormat. Deterministic, and in time that grows with the
 * text: it has no loops, and its clock and zone are those of `world`. What nothing stands for is left out. A text that cannot be read
 * (the linter refuses those) comes out as it is written, without its outputs.
 */
export function renderTemplate(source: string, vars: Vars, world: TemplateWorld): string {
  if (!source.includes('{') && !source.includes("'")) {
    return source;
  }
  const template = readTemplate(source, world.locale);
  if (isFault(template)) {
    return source.replaceAll(/\{\{[^{}]*\}\}/gu, '');
  }
  try {
    return String(template.format.format(valuesFor(template, vars, world))).slice(0, longestText);
  } catch {
    return source.replaceAll(/\{\{[^{}]*\}\}/gu, '');
  }
}

/**
 * A value that a script writes by hand. A text that is one variable alone gives that variable as it is, a number stays a number; any
 * other text is written for programs, with Latin digits whatever the language.
 */
export function resolveValue(written: unknown, vars: Vars, world: TemplateWorld): unknown {
  if (typeof written !== 'string') {
    return written;
  }
  const path = lonePath(written);
  return path ? (valueAt(vars, path) ?? null) : renderTemplate(written, vars, { ...world, locale: 'en' });
}

function valuesFor(template: ReadTemplate, vars: Vars, world: TemplateWorld): Record<string, string | number> {
  // A plain object would answer to the names that every object has.
  const values = Object.create(null) as Record<string, string | number>;
  for (const [name, kind] of template.args) {
    const value = valueAt(vars, [name]);
    values[name] = kind === 'figure' ? figure(value) : words(value);
  }
  for (const [index, parts] of template.slots.entries()) {
    values[`slot_${index}`] = renderSlot(parts, vars, world);
  }
  return values;
}

function figure(value: unknown): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : 0;
}

function words(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number'
    ? value
    : typeof value === 'boolean'
      ? String(value)
      : '';
}
