import { resolveValue } from '../../templates/render-template.js';
import { plain, shownVars, templateWorld, type Turn } from '../turn.js';

/** The values that a script writes by hand, with their templates filled in. */
export function resolved(
  turn: Turn,
  written: Readonly<Record<string, unknown>>,
  vars: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(written).map(([key, value]) => [
    key,
    plain(resolveValue(value, vars, templateWorld(turn))),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** A text of the script's that agents or programs read. */
export function rendered(turn: Turn, template: string): string {
  const value = plain(resolveValue(template, shownVars(turn), templateWorld(turn))) ?? '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).trim();
}
