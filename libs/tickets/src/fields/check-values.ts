import { storableText } from '#channels';
import { isAskedIn, type FieldKind, type FieldValue, type TicketField } from './ticket-field.js';

/** Why a value does not fit its field. */
export type Misfit =
  | 'not_text'
  | 'too_long'
  | 'not_one_line'
  | 'not_a_number'
  | 'not_yes_or_no'
  | 'not_a_choice'
  | 'not_a_list'
  | 'not_a_date'
  | 'retired';

/** Longest texts, in UTF-16 units; a number beyond this loses digits. */
export const fieldLimits = { text: 500, longText: 10_000, choices: 100, number: Number.MAX_SAFE_INTEGER };

/** The values as they are stored (null: emptied), or the first that cannot be. */
export type CheckedValues =
  | { outcome: 'fit'; values: Record<string, FieldValue | null> }
  | { outcome: 'unknown'; field: string }
  | { outcome: 'unfit'; field: string; why: Misfit };

/**
 * Checks values that somebody gives to fields, by key, against what the fields are. Texts are trimmed, and one that is empty then, like a
 * list without anything in it, empties its field. Choices that were retired may stay where they are in `before`, and come nowhere anew. A
 * field of another queue is no mistake: a ticket that came from there is set right without moving it back.
 */
export function checkValues(
  fields: readonly TicketField[],
  wanted: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, FieldValue>>,
): CheckedValues {
  const values: Record<string, FieldValue | null> = {};
  for (const [key, value] of Object.entries(wanted)) {
    const field = fields.find((one) => one.key === key);
    if (!field) {
      return { outcome: 'unknown', field: key };
    }
    const checked = value === null ? null : checkOne(field, value, before[key]);
    if (checked !== null && 'why' in checked) {
      return { outcome: 'unfit', field: key, why: checked.why };
    }
    values[key] = checked === null ? null : checked.value;
  }
  return { outcome: 'fit', values };
}

type Checked = { value: FieldValue | null } | { why: Misfit };

type Check = (field: TicketField, value: unknown, before: FieldValue | undefined) => Checked;

function checkOne(field: TicketField, value: unknown, before: FieldValue | undefined): Checked {
  return field.isRetired ? { why: 'retired' } : checks[field.kind](field, value, before);
}

const checks: Record<FieldKind, Check> = {
  text: (_field, value) => checkText(value, fieldLimits.text, true),
  long_text: (_field, value) => checkText(value, fieldLimits.longText, false),
  number: (_field, value) => checkNumber(value),
  checkbox: (_field, value) => (typeof value === 'boolean' ? { value } : { why: 'not_yes_or_no' }),
  choice: checkChoice,
  choices: checkChoices,
  date: (_field, value) => (isDay(value) ? { value } : { why: 'not_a_date' }),
};

function checkText(value: unknown, most: number, isOneLine: boolean): Checked {
  if (typeof value !== 'string') {
    return { why: 'not_text' };
  }
  const text = storableText(value).trim();
  if (text.length > most) {
    return { why: 'too_long' };
  }
  if (isOneLine && /[\n\r\u2028\u2029]/u.test(text)) {
    return { why: 'not_one_line' };
  }
  return { value: text === '' ? null : text };
}

function checkNumber(value: unknown): Checked {
  return typeof value === 'number' && Math.abs(value) <= fieldLimits.number ? { value } : { why: 'not_a_number' };
}

function checkChoice(field: TicketField, value: unknown, before: FieldValue | undefined): Checked {
  return typeof value === 'string' && mayChoose(field, value, [before]) ? { value } : { why: 'not_a_choice' };
}

function checkChoices(field: TicketField, value: unknown, before: FieldValue | undefined): Checked {
  if (!Array.isArray(value) || value.length > fieldLimits.choices) {
    return { why: 'not_a_list' };
  }
  const chosen = [...new Set(value as unknown[])];
  const old = Array.isArray(before) ? before : [];
  if (!chosen.every((one): one is string => typeof one === 'string' && mayChoose(field, one, old))) {
    return { why: 'not_a_choice' };
  }
  return { value: chosen.length === 0 ? null : chosen };
}

function mayChoose({ choices }: TicketField, value: string, before: readonly unknown[]): boolean {
  const choice = choices.find((one) => one.value === value);
  return choice !== undefined && (choice.retired !== true || before.includes(value));
}

/** An ISO day that exists, from the year 1000 on. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[1-9]\d{3}-\d{2}-\d{2}$/.test(value)) {
    return false;
  }
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/**
 * The fields that a ticket must have before it is solved and has not: those asked for in its queue. A box that was not ticked is an answer
 * once somebody said so.
 */
export function missingFields(
  fields: readonly TicketField[],
  ticket: { queueId: string; values: Readonly<Record<string, FieldValue>> },
): TicketField[] {
  return fields.filter(
    (field) => field.requiredToSolve && isAskedIn(field, ticket.queueId) && ticket.values[field.key] === undefined,
  );
}
