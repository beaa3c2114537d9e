import { z, type ZodType } from 'zod';
import { readTerms, Unreadable } from '../actions/read-terms.js';
import { readNested, testsOfNested, type Nested } from '../conditions/nested.js';
import { faultOfPattern } from './safe-pattern.js';

/** Words: each is looked for as whole words, in any spelling. `matches`: a pattern, on the text as written and as folded. */
export type TextField = 'message.text' | 'message.subject' | 'ticket.subject';
export type TextTest =
  | { field: TextField; op: 'has_any' | 'has_all' | 'starts_with' | 'is'; value: string[] }
  | { field: TextField; op: 'matches'; value: string }
  | { field: TextField; op: 'is_empty' };

/** One of a set of words or ids. Null among the values: nothing is there. */
export type ChoiceField =
  | 'channel.kind'
  | 'channel'
  | 'message.author'
  | 'ticket.state'
  | 'ticket.queue'
  | 'ticket.owner'
  | 'customer.language'
  | 'event.from'
  | 'event.to'
  | 'event.metric';
export interface ChoiceTest {
  field: ChoiceField;
  op: 'is' | 'is_not';
  value: (string | null)[];
}

export type CountField = 'ticket.priority' | 'customer.tier' | 'event.score';
export interface CountTest {
  field: CountField;
  op: 'is' | 'at_least' | 'at_most';
  value: number;
}

export interface TagsTest {
  field: 'ticket.tags';
  op: 'has_any' | 'has_all' | 'has_none';
  value: string[];
}

export interface YesNoTest {
  field: 'hours.open' | 'message.has_files';
  op: 'is';
  value: boolean;
}

/** A custom field of the ticket, or something that is known of the customer, by its key. */
export type KeyedTest = { field: 'ticket.field' | 'customer.attribute'; key: string } & (
  | { op: 'is' | 'is_not' | 'has_any'; value: (string | number | boolean)[] }
  | { op: 'at_least' | 'at_most'; value: number }
  | { op: 'is_empty' }
);

/** One question about what happened. */
export type RuleTest = TextTest | ChoiceTest | CountTest | TagsTest | YesNoTest | KeyedTest;

/** Closed data: a test, or conditions within a condition. All of nothing holds, any of nothing does not. */
export type RuleCondition = Nested<RuleTest>;

export const conditionLimits = { depth: 8, tests: 100 };

const words = z
  .array(z.string().trim().min(1, 'Write something.').max(200))
  .min(1, 'Write at least one word or phrase.')
  .max(100);
const textFields = z.enum(['message.text', 'message.subject', 'ticket.subject']);
const key = z.string().trim().min(1, 'Choose one.').max(60);
const keyed = z.enum(['ticket.field', 'customer.attribute']);
const scalars = z
  .array(z.union([z.string().max(500), z.number(), z.boolean()]))
  .min(1, 'Write at least one word or phrase.')
  .max(100);

const text = z.discriminatedUnion('op', [
  z.strictObject({ field: textFields, op: z.enum(['has_any', 'has_all', 'starts_with', 'is']), value: words }),
  z.strictObject({ field: textFields, op: z.literal('matches'), value: z.string().min(1, 'Write something.') }),
  z.strictObject({ field: textFields, op: z.literal('is_empty') }),
]);

const choices: Record<ChoiceField, ZodType<(string | null)[]>> = {
  'channel.kind': listOf(z.enum(['email', 'sms', 'telegram', 'web', 'phone', 'messages']).nullable()),
  channel: listOf(z.uuid().nullable()),
  'message.author': listOf(z.enum(['customer', 'agent', 'bot', 'system'])),
  'ticket.state': listOf(z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'])),
  'ticket.queue': listOf(z.uuid()),
  'ticket.owner': listOf(z.uuid().nullable()),
  'customer.language': listOf(z.string().min(2).max(20)),
  'event.from': listOf(z.string().max(60).nullable()),
  'event.to': listOf(z.string().max(60).nullable()),
  'event.metric': listOf(z.enum(['first_response', 'next_response', 'resolution'])),
};

function listOf(one: ZodType<string | null>): ZodType<(string | null)[]> {
  return z.array(one).min(1, 'Choose at least one.').max(100);
}

const choiceTests = Object.entries(choices).map(([field, value]) =>
  z.strictObject({ field: z.literal(field as ChoiceField), op: z.enum(['is', 'is_not']), value }),
);

const keyedTest = z.discriminatedUnion('op', [
  z.strictObject({ field: keyed, key, op: z.enum(['is', 'is_not', 'has_any']), value: scalars }),
  z.strictObject({ field: keyed, key, op: z.enum(['at_least', 'at_most']), value: z.number() }),
  z.strictObject({ field: keyed, key, op: z.literal('is_empty') }),
]);

const tests: Record<string, ZodType<RuleTest>> = {
  ...Object.fromEntries(textFields.options.map((field) => [field, text])),
  ...Object.fromEntries(choiceTests.map((test) => [test.shape.field.value, test])),
  ...Object.fromEntries(
    (['ticket.priority', 'customer.tier', 'event.score'] as const).map((field) => [
      field,
      z.strictObject({
        field: z.literal(field),
        op: z.enum(['is', 'at_least', 'at_most']),
        value: z.number().min(-1000).max(1000),
      }),
    ]),
  ),
  'ticket.tags': z.strictObject({
    field: z.literal('ticket.tags'),
    op: z.enum(['has_any', 'has_all', 'has_none']),
    value: words,
  }),
  ...Object.fromEntries(
    (['hours.open', 'message.has_files'] as const).map((field) => [
      field,
      z.strictObject({ field: z.literal(field), op: z.literal('is'), value: z.boolean() }),
    ]),
  ),
  ...Object.fromEntries(keyed.options.map((field) => [field, keyedTest])),
};

/** Every field that a test may ask about. */
export const ruleFields = Object.keys(tests);

/**
 * Conditions as somebody wrote or stored them.
 *
 * @throws Unreadable naming the first thing that is wrong and where, e.g. `conditions.all.1.value.0`.
 */
export function readCondition(written: unknown, at = 'conditions'): RuleCondition {
  const tooMany = `A rule asks at most ${String(conditionLimits.tests)} questions.`;
  return readNested(written, at, { limits: conditionLimits, tooMany, readTest });
}

function readTest(written: object, at: string): RuleTest {
  const field: unknown = Reflect.get(written, 'field');
  const schema = typeof field === 'string' && Object.hasOwn(tests, field) ? tests[field] : undefined;
  if (!schema) {
    const unknown = field === undefined ? Object.keys(written)[0] : undefined;
    throw new Unreadable(`${at}.${unknown ?? 'field'}`, 'Nothing of this name is known here.');
  }
  const test = readTerms(schema, written, at);
  const fault = test.op === 'matches' ? faultOfPattern(test.value) : null;
  if (fault !== null) {
    throw new Unreadable(`${at}.value`, fault);
  }
  return test;
}

/** Every test of a condition, in the order in which they are written. */
export const testsOf: (condition: RuleCondition) => RuleTest[] = testsOfNested;
