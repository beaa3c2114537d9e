import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { TicketState, ViewFilter, ViewGroup, ViewSort, ViewTest } from '#contract';
import type { TestHub } from './start-hub.js';

/** A ticket of a world that views are asked about, as far as they ask. Instants are so many minutes from now. */
export interface ViewTicket {
  id: string;
  state: TicketState;
  queue: string;
  owner: string | null;
  priority: number;
  tags: string[];
  fields: Record<string, string | number | boolean | string[]>;
  tier: number;
  locale: string;
  last: number;
  opened: number;
  waiting: number | null;
  due: number | null;
  isAsleep: boolean;
}

const states = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
const tags = ['vip', 'refund', 'late'];
const live = new Set<string>(states.slice(0, 4));

const ago = (most: number) => fc.integer({ min: 1, max: most }).map((minutes) => -minutes);

/** So many random tickets in these queues, the same for the same seed. */
export function randomTickets(count: number, { queues, owners }: { queues: string[]; owners: string[] }): ViewTicket[] {
  const one = fc.record({
    id: fc.constant(null).map(() => uuid()),
    state: fc.constantFrom(...states),
    queue: fc.constantFrom(...queues),
    owner: fc.constantFrom(null, ...owners),
    priority: fc.integer({ min: 1, max: 4 }),
    tags: fc.subarray(tags),
    fields: fc.record(
      { size: fc.integer({ min: 0, max: 5 }), colour: fc.constantFrom('red', 'قرمز') },
      { requiredKeys: [] },
    ),
    tier: fc.integer({ min: 0, max: 3 }),
    locale: fc.constantFrom('en', 'fa'),
    last: ago(10_000),
    opened: ago(60_000),
    waiting: fc.option(ago(500)),
    due: fc.option(fc.constantFrom(-300, -10, 7, 200)),
    isAsleep: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  });
  return fc
    .sample(one, { numRuns: count, seed: 7 })
    .map((ticket) => (live.has(ticket.state) ? ticket : { ...ticket, waiting: null, due: null, isAsleep: false }));
}

/** Writes them past the guards, each of somebody of its own. */
export async function writeTickets(
  { database }: Pick<TestHub, 'database'>,
  tickets: readonly ViewTicket[],
): Promise<void> {
  const rows = tickets.map((ticket) => ({ ...ticket, customer: uuid(), conversation: uuid() }));
  await database.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    const write = (text: string) => tx.query(text, [JSON.stringify(rows)]);
    await write(
      `insert into customer (id, name, tier, locale) select customer, 'Somebody', tier, locale
       from jsonb_to_recordset($1::jsonb) as t(customer uuid, tier smallint, locale text)`,
    );
    await write(
      `insert into conversation (id, customer_id) select conversation, customer
       from jsonb_to_recordset($1::jsonb) as t(customer uuid, conversation uuid)`,
    );
    await write(
      `insert into ticket (id, conversation_id, rev, state, priority, queue_id, owner_id, tags, fields, last_message_at, opened_at, solved_at,
                           closed_at, waiting_since, due_at, snoozed_until)
       select id, conversation, 1, state, priority, queue, owner, array(select jsonb_array_elements_text(tags)), fields, at(last), at(opened),
              case when state in ('solved', 'closed') then now() end, case when state = 'closed' then now() end, at(waiting), at(due),
              case when "isAsleep" then now() + interval '1 day' end
       from jsonb_to_recordset($1::jsonb) as t(
         id uuid, conversation uuid, state text, priority smallint, queue uuid, owner uuid, tags jsonb, fields jsonb, last int, opened int,
         waiting int, due int, "isAsleep" boolean)`.replaceAll(/at\((\w+)\)/g, `(now() + $1 * interval '1 minute')`),
    );
  });
}

const either = fc.constantFrom('is' as const, 'is_not' as const);
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const bound = fc.constantFrom('is' as const, 'at_least' as const, 'at_most' as const);

function anyTest({ queues, owners }: { queues: string[]; owners: string[] }): fc.Arbitrary<ViewTest> {
  return fc.oneof(
    fc.record({ field: fc.constant('state' as const), op: either, value: some(states) }),
    fc.record({ field: fc.constant('queue' as const), op: either, value: some(queues) }),
    fc.record({ field: fc.constant('assignee' as const), op: either, value: some(['me', 'nobody', ...owners]) }),
    fc.record({
      field: fc.constant('tag' as const),
      op: fc.constantFrom('has_any' as const, 'has_all' as const, 'has_none' as const),
      value: some(tags),
    }),
    fc.record({ field: fc.constant('priority' as const), op: bound, value: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ field: fc.constant('tier' as const), op: bound, value: fc.integer({ min: 0, max: 3 }) }),
    fc.record({
      field: fc.constant('waiting' as const),
      op: fc.constant('at_least' as const),
      minutes: fc.constantFrom(0, 60, 300),
    }),
    fc.record({
      field: fc.constant('sla' as const),
      op: fc.constant('is' as const),
      value: some(['at_risk', 'breached'] as const),
    }),
    fc.record({ field: fc.constant('snoozed' as const), op: fc.constant('is' as const), value: fc.boolean() }),
    fc.record({
      field: fc.constant('created' as const),
      op: fc.constantFrom('within' as const, 'before' as const),
      days: fc.constantFrom(1, 10, 30),
    }),
    fc.record({ field: fc.constant('language' as const), op: either, value: some(['en', 'fa']) }),
    fc.record({
      field: fc.constant('field' as const),
      key: fc.constantFrom('colour', 'size'),
      op: either,
      value: some<string | number>(['RED', 'قرمز', 2, 3]),
    }),
    fc.record({
      field: fc.constant('field' as const),
      key: fc.constantFrom('colour', 'size'),
      op: fc.constantFrom('at_least' as const, 'at_most' as const),
      value: fc.integer({ min: 0, max: 5 }),
    }),
    fc.record({ field: fc.constant('field' as const), key: fc.constant('size'), op: fc.constant('is_empty' as const) }),
  );
}

/** Any filter that the world can answer. */
export function anyFilter(world: { queues: string[]; owners: string[] }): fc.Arbitrary<ViewFilter> {
  const test = anyTest(world);
  const group = fc.oneof(
    fc.record({ all: fc.array(test, { maxLength: 3 }) }),
    fc.record({ any: fc.array(test, { minLength: 1, maxLength: 3 }) }),
  );
  const member = fc.oneof({ weight: 3, arbitrary: test }, group);
  return fc.oneof(
    fc.record({ all: fc.array(member, { maxLength: 3 }) }),
    fc.record({ any: fc.array(member, { minLength: 1, maxLength: 3 }) }),
  );
}

type Part = ViewFilter | ViewGroup | ViewTest;

/** What a view shows, told without a database: the words of `ViewFilter` one by one. */
export function shownBy(filter: ViewFilter, sort: ViewSort, tickets: readonly ViewTicket[], me: string): ViewTicket[] {
  const written = JSON.stringify(filter);
  return tickets
    .filter((ticket) => written.includes('"state"') || live.has(ticket.state))
    .filter((ticket) => written.includes('"snoozed"') || !ticket.isAsleep)
    .filter((ticket) => holds(filter, ticket, me))
    .toSorted(orders[sort]);
}

const never = Number.POSITIVE_INFINITY;
const byId = (a: ViewTicket, b: ViewTicket): number => (a.id < b.id ? -1 : 1);
const latest = (a: ViewTicket, b: ViewTicket): number => b.last - a.last || -byId(a, b);
const first = (a: number | null, b: number | null): number => (a === b ? 0 : (a ?? never) - (b ?? never));
const orders: Record<ViewSort, (a: ViewTicket, b: ViewTicket) => number> = {
  newest: latest,
  priority: (a, b) => b.priority - a.priority || latest(a, b),
  waiting: (a, b) => first(a.waiting, b.waiting) || byId(a, b),
  deadline: (a, b) => first(a.due, b.due) || byId(a, b),
};

function holds(part: Part, ticket: ViewTicket, me: string): boolean {
  if ('field' in part) {
    return holdsTest(part, ticket, me);
  }
  return 'all' in part
    ? part.all.every((one: Part) => holds(one, ticket, me))
    : part.any.some((one: Part) => holds(one, ticket, me));
}

const compare = {
  is: (a: number, b: number) => a === b,
  at_least: (a: number, b: number) => a >= b,
  at_most: (a: number, b: number) => a <= b,
};

const dayMinutes = 1_440;

/** The kind of question that asks about a field: several fields may be asked about in one way. */
type TestOf<Field> = ViewTest extends infer Test
  ? Test extends { field: infer Of }
    ? Field extends Of
      ? Test
      : never
    : never
  : never;

type Askers = {
  [Field in ViewTest['field']]?: (test: TestOf<Field>, ticket: ViewTicket, me: string) => boolean;
};

const askers: Askers = {
  state: ({ op, value }, { state }) => value.includes(state) === (op === 'is'),
  queue: ({ op, value }, { queue }) => value.includes(queue) === (op === 'is'),
  language: ({ op, value }, { locale }) => value.includes(locale) === (op === 'is'),
  assignee: ({ op, value }, { owner }, me) => {
    const names = owner === null ? ['nobody'] : [owner, ...(owner === me ? ['me'] : [])];
    return names.some((name) => value.includes(name)) === (op === 'is');
  },
  tag: ({ op, value }, { tags: own }) => {
    const has = value.filter((tag) => own.includes(tag)).length;
    return { has_any: has > 0, has_all: has === value.length, has_none: has === 0 }[op];
  },
  priority: ({ op, value }, { priority }) => compare[op](priority, value),
  tier: ({ op, value }, { tier }) => compare[op](tier, value),
  waiting: ({ minutes }, { waiting }) => waiting !== null && waiting <= -minutes,
  sla: ({ value }, { due }) => due !== null && due < 15 && value.includes(due < 0 ? 'breached' : 'at_risk'),
  snoozed: ({ value }, { isAsleep }) => isAsleep === value,
  created: ({ op, days }, { opened }) => opened >= -days * dayMinutes === (op === 'within'),
  field: (test, { fields }) => holdsField(test, fields[test.key]),
};

/** This world knows nothing of messages, so what is asked of them is asked elsewhere. */
function holdsTest(test: ViewTest, ticket: ViewTicket, me: string): boolean {
  const ask = askers[test.field] as ((test: ViewTest, ticket: ViewTicket, me: string) => boolean) | undefined;
  return ask?.(test, ticket, me) ?? false;
}

function holdsField(test: Extract<ViewTest, { field: 'field' }>, found: unknown): boolean {
  switch (test.op) {
    case 'is_empty':
      return found === undefined;
    case 'at_least':
    case 'at_most':
      return typeof found === 'number' && compare[test.op](found, test.value);
    case 'is':
    case 'is_not': {
      const folded = test.value.map((one) => (typeof one === 'string' ? one.toLowerCase() : one));
      return folded.includes(found as string) === (test.op === 'is');
    }
  }
}
