import { z, type ZodType } from 'zod';
import { storableText } from '#channels';
import { readTerms, Unreadable } from '../actions/read-terms.js';
import type { TicketState } from '../tickets/ticket-state.js';

export type ViewChannel = 'email' | 'sms' | 'telegram' | 'web' | 'phone' | 'messages';
export type ViewSort = 'newest' | 'waiting' | 'priority' | 'deadline';

/** A field of the ticket, by its key. */
export type FieldTest = { field: 'field'; key: string } & (
  | { op: 'is' | 'is_not'; value: (string | number | boolean)[] }
  | { op: 'at_least' | 'at_most'; value: number }
  | { op: 'is_empty' }
);

/** One question about a ticket. In `assignee`, 'me' is whoever reads and 'nobody' what no one has. */
export type ViewTest =
  | { field: 'state'; op: 'is' | 'is_not'; value: TicketState[] }
  | { field: 'queue' | 'assignee' | 'language'; op: 'is' | 'is_not'; value: string[] }
  | { field: 'channel'; op: 'is' | 'is_not'; value: ViewChannel[] }
  | { field: 'tag'; op: 'has_any' | 'has_all' | 'has_none'; value: string[] }
  | { field: 'priority' | 'tier'; op: 'is' | 'at_least' | 'at_most'; value: number }
  | { field: 'waiting'; op: 'at_least'; minutes: number }
  | { field: 'sla'; op: 'is'; value: ('at_risk' | 'breached')[] }
  | { field: 'unread' | 'snoozed'; op: 'is'; value: boolean }
  | { field: 'created'; op: 'within' | 'before'; days: number }
  | FieldTest;

export type ViewGroup = { all: ViewTest[] } | { any: ViewTest[] };

/** All or any of tests and groups of tests. All of nothing holds, any of nothing does not. */
export type ViewFilter = { all: (ViewTest | ViewGroup)[] } | { any: (ViewTest | ViewGroup)[] };

const mostTests = 40;

function listOf<T>(one: ZodType<T>): ZodType<T[]> {
  return z.array(one).min(1, 'Choose at least one.').max(50);
}

const either = z.enum(['is', 'is_not']);
const bound = z.enum(['is', 'at_least', 'at_most']);
const kept = z.string().transform(storableText);
const text = kept.pipe(z.string().trim().min(1, 'Write something.').max(200));
const key = kept.pipe(z.string().trim().min(1, 'Choose one.').max(60));
const field = z.literal('field');

const ofField: ZodType<ViewTest> = z.discriminatedUnion('op', [
  z.strictObject({
    field,
    key,
    op: either,
    value: listOf(z.union([kept.pipe(z.string().max(200)), z.number(), z.boolean()])),
  }),
  z.strictObject({ field, key, op: z.enum(['at_least', 'at_most']), value: z.number() }),
  z.strictObject({ field, key, op: z.literal('is_empty') }),
]);

function choice<Name extends string, T>(name: Name, one: ZodType<T>) {
  return z.strictObject({ field: z.literal(name), op: either, value: listOf(one) });
}

function yesNo<Name extends string>(name: Name) {
  return z.strictObject({ field: z.literal(name), op: z.literal('is'), value: z.boolean() });
}

function number<Name extends string>(name: Name, least: number, most: number) {
  return z.strictObject({ field: z.literal(name), op: bound, value: z.int().min(least).max(most) });
}

const tests: Record<ViewTest['field'], ZodType<ViewTest>> = {
  state: choice('state', z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'])),
  queue: choice('queue', z.uuid()),
  assignee: choice('assignee', z.union([z.enum(['me', 'nobody']), z.uuid()])),
  channel: choice('channel', z.enum(['email', 'sms', 'telegram', 'web', 'phone', 'messages'])),
  language: choice('language', kept.pipe(z.string().min(2).max(20))),
  tag: z.strictObject({
    field: z.literal('tag'),
    op: z.enum(['has_any', 'has_all', 'has_none']),
    value: listOf(text),
  }),
  priority: number('priority', 1, 4),
  tier: number('tier', 0, 100),
  waiting: z.strictObject({
    field: z.literal('waiting'),
    op: z.literal('at_least'),
    minutes: z.int().min(0).max(525_600),
  }),
  sla: z.strictObject({
    field: z.literal('sla'),
    op: z.literal('is'),
    value: listOf(z.enum(['at_risk', 'breached'])),
  }),
  unread: yesNo('unread'),
  snoozed: yesNo('snoozed'),
  created: z.strictObject({
    field: z.literal('created'),
    op: z.enum(['within', 'before']),
    days: z.int().min(1).max(3650),
  }),
  field: ofField,
};

/**
 * A filter as somebody wrote or stored it.
 *
 * @throws Unreadable naming the first thing that is wrong and where, e.g. `filter.all.1.value.0`.
 */
export function readViewFilter(written: unknown): ViewFilter {
  const filter = readGroup(written, 'filter', (member, at) =>
    isGroup(member) ? readGroup(member, at, readTest) : readTest(member, at),
  );
  if (testsOfView(filter).length > mostTests) {
    throw new Unreadable('filter', `A view asks at most ${mostTests} questions.`);
  }
  return filter;
}

function readGroup<T>(
  written: unknown,
  at: string,
  read: (member: unknown, at: string) => T,
): { all: T[] } | { any: T[] } {
  const kind = (['all', 'any'] as const).find((name) => isObject(written) && name in written);
  const members: unknown = kind && Reflect.get(written as object, kind);
  if (kind === undefined || !Array.isArray(members) || Object.keys(written as object).length > 1) {
    throw new Unreadable(at, 'This is all or any of a list of questions.');
  }
  const list = members.map((member: unknown, index) => read(member, `${at}.${kind}.${index}`));
  return kind === 'all' ? { all: list } : { any: list };
}

function readTest(written: unknown, at: string): ViewTest {
  const name: unknown = isObject(written) ? Reflect.get(written, 'field') : undefined;
  const schema = typeof name === 'string' && Object.hasOwn(tests, name) ? tests[name as ViewTest['field']] : undefined;
  if (!schema) {
    throw new Unreadable(`${at}.field`, 'Nothing of this name is known here.');
  }
  return readTerms(schema, written, at);
}

function isObject(written: unknown): written is object {
  return typeof written === 'object' && written !== null && !Array.isArray(written);
}

function isGroup(member: unknown): boolean {
  return isObject(member) && ('all' in member || 'any' in member);
}

/** The members of a filter or a group, whichever of the two it is. */
export function membersOf<T>(group: { all: T[] } | { any: T[] }): T[] {
  return 'all' in group ? group.all : group.any;
}

/** Every question of a filter, in the order in which they are written. */
export function testsOfView(filter: ViewFilter): ViewTest[] {
  return membersOf<ViewTest | ViewGroup>(filter).flatMap((member) =>
    'field' in member ? [member] : membersOf(member),
  );
}
