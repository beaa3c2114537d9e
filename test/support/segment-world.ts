import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { SegmentCondition, SegmentTest } from '../../libs/tickets/src/index.js';
import type { TestHub } from './start-hub.js';

/** Keys and words that worlds and conditions share, so that conditions meet something. */
const regions = ['tehran', 'kerman', 'fars'];
const words = ['كتاب', 'کتاب ۱۲', 'KETAB', ''];
const tags = ['vip', 'late', 'ممتاز'];
export const queues = [uuid(), uuid()];
const ways = ['email', 'phone', 'telegram', 'web', 'external'] as const;
const dayMs = 86_400_000;

const ago = (most: number) =>
  fc.integer({ min: 0, max: most * 24 }).map((hours) => new Date(Date.now() - hours * (dayMs / 24)));

const attributes = fc.record(
  {
    region: fc.constantFrom(...regions),
    note: fc.constantFrom(...words),
    points: fc.integer({ min: -5, max: 20 }),
    vip: fc.boolean(),
    likes: fc.subarray(regions),
    born: fc
      .date({ min: new Date('1950-01-01'), max: new Date('2010-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
  },
  { requiredKeys: [] },
);

const person = fc.record({
  attributes,
  tier: fc.integer({ min: 0, max: 4 }),
  locale: fc.constantFrom('en', 'fa'),
  createdAt: ago(400),
  tickets: fc.array(
    fc.record({
      state: fc.constantFrom('new', 'open', 'pending', 'solved', 'closed'),
      queue: fc.constantFrom(...queues),
      tags: fc.subarray(tags),
      openedAt: ago(300),
      isMerged: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      score: fc.option(fc.integer({ min: 1, max: 5 })),
    }),
    { maxLength: 4 },
  ),
  ways: fc.array(fc.record({ kind: fc.constantFrom(...ways), seenAt: fc.option(ago(200)) }), { maxLength: 3 }),
  purchases: fc.array(
    fc.record({
      at: ago(400),
      amount: fc.integer({ min: 0, max: 5_000 }),
      currency: fc.constantFrom('IRR', 'USD'),
    }),
    { maxLength: 6 },
  ),
  /** Merged into the one before, where that is nobody's part. */
  isPart: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
});

export type RandomPerson = typeof person extends fc.Arbitrary<infer One> ? One : never;

/** So many random people, the same for the same seed. */
export function randomPeople(count: number, seed: number): RandomPerson[] {
  return fc.sample(person, { numRuns: count, seed });
}

const days = fc.constantFrom(1, 7, 30, 90, 200, 365);
const someDays = fc.option(days);
const bound = fc.constantFrom('at_least' as const, 'at_most' as const);

const test: fc.Arbitrary<SegmentTest> = fc.oneof(
  fc.record({
    field: fc.constant('attribute' as const),
    key: fc.constantFrom('region', 'note', 'points', 'vip', 'likes', 'nothing'),
    op: fc.constantFrom('is' as const, 'is_not' as const),
    value: fc.array(fc.oneof(fc.constantFrom(...regions, ...words), fc.integer({ min: 0, max: 4 }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    field: fc.constant('attribute' as const),
    key: fc.constantFrom('note', 'likes', 'points'),
    op: fc.constant('contains' as const),
    value: fc.array(fc.constantFrom('کتاب', '12', 'ketab', 'ehr', '%', '_'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    field: fc.constant('attribute' as const),
    key: fc.constantFrom('points', 'born', 'region'),
    op: bound,
    value: fc.oneof(fc.integer({ min: -5, max: 20 }), fc.constantFrom('1980-01-01', '1999-06-01')),
  }),
  fc.record({
    field: fc.constant('attribute' as const),
    key: fc.constantFrom('region', 'note', 'likes', 'vip'),
    op: fc.constantFrom('is_empty' as const, 'is_known' as const),
  }),
  fc.record({
    field: fc.constant('birthday' as const),
    key: fc.constantFrom('born', 'region'),
    op: fc.constant('within' as const),
    days: fc.constantFrom(0, 7, 60),
    calendar: fc.constantFrom('jalali' as const, 'gregorian' as const, 'own' as const),
  }),
  fc.record({
    field: fc.constant('tier' as const),
    op: fc.constantFrom('is' as const, 'at_least' as const, 'at_most' as const),
    value: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    field: fc.constant('language' as const),
    op: fc.constantFrom('is' as const, 'is_not' as const),
    value: fc.constantFrom<string[]>(['fa'], ['en', 'fa']),
  }),
  fc.record({
    field: fc.constant('tickets' as const),
    state: fc.constantFrom('any' as const, 'open' as const, 'solved' as const),
    days: someDays,
    queues: fc.subarray(queues),
    tags: fc.subarray(tags),
    op: bound,
    value: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ field: fc.constant('score' as const), op: bound, value: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    field: fc.constantFrom('last_message' as const, 'last_purchase' as const, 'known_since' as const),
    op: fc.constantFrom('within' as const, 'before' as const),
    days,
  }),
  fc.record({
    field: fc.constant('ways' as const),
    op: fc.constantFrom('has_any' as const, 'has_none' as const),
    value: fc.subarray([...ways], { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('lapsed' as const),
    of: fc.constantFrom('purchases' as const, 'tickets' as const),
    op: fc.constant('longer_than' as const),
    factor: fc.constantFrom(1, 1.5, 3),
    days: fc.constantFrom(0, 10, 60),
  }),
  fc.record({
    field: fc.constant('purchases' as const),
    days: someDays,
    op: bound,
    value: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    field: fc.constant('spent' as const),
    currency: fc.constantFrom('IRR', 'USD', 'EUR'),
    days: someDays,
    op: bound,
    value: fc.integer({ min: 0, max: 6_000 }),
  }),
);

/** Any condition that the world above can answer. */
export const anyCondition: fc.Arbitrary<SegmentCondition> = fc.letrec<{ condition: SegmentCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    test,
    fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
})).condition;

/**
 * Writes people past the guards, which such a past could not pass: tickets that were solved long ago, and merges without a journal.
 * Returns the roots, in the order of their ids.
 */
export async function writePeople(
  { database }: Pick<TestHub, 'database'>,
  people: readonly RandomPerson[],
): Promise<string[]> {
  const rows = people.map((one) => ({ ...one, id: uuid(), conversation: uuid(), part_of: null as string | null }));
  rows.forEach((row, at) => {
    const before = rows[at - 1];
    row.part_of = row.isPart && before !== undefined && before.part_of === null ? before.id : null;
  });
  const tickets = rows.flatMap(({ id, conversation, tickets: own }) =>
    own.map((one) => ({ ...one, id: uuid(), conversation, customer: id })),
  );
  await database.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    const write = (text: string, values: readonly object[]) => tx.query(text, [JSON.stringify(values)]);
    await write(
      `insert into customer (id, name, tier, locale, fields, merged_into, created_at)
       select id, 'Somebody', tier, locale, attributes, part_of, "createdAt" from jsonb_to_recordset($1::jsonb)
         as t(id uuid, tier smallint, locale text, attributes jsonb, part_of uuid, "createdAt" timestamptz)`,
      rows,
    );
    await write(
      `insert into conversation (id, customer_id) select conversation, id from jsonb_to_recordset($1::jsonb) as t(id uuid, conversation uuid)`,
      rows,
    );
    await write(
      `insert into ticket (id, conversation_id, rev, state, queue_id, tags, opened_at, solved_at, closed_at, merged_into)
       select t.id, t.conversation, 1, case when "isMerged" then 'closed' else t.state end, queue,
              array(select jsonb_array_elements_text(t.tags)), "openedAt",
              case when "isMerged" or t.state in ('solved', 'closed') then "openedAt" + interval '1 hour' end,
              case when "isMerged" or t.state = 'closed' then "openedAt" + interval '2 hours' end, case when "isMerged" then $2::uuid end
       from jsonb_to_recordset($1::jsonb) as t(id uuid, conversation uuid, state text, queue uuid, tags jsonb, "openedAt" timestamptz, "isMerged" boolean)`.replace(
        '$2::uuid',
        `'${uuid()}'::uuid`,
      ),
      tickets,
    );
    await write(
      `insert into survey_ask (id, ticket_id, survey_id, kind, state, queue_id, customer_id, score, asked_at, answered_at)
       select gen_random_uuid(), id, gen_random_uuid(), 'csat', 'answered', queue, customer, score, "openedAt", "openedAt" + interval '3 hours'
       from jsonb_to_recordset($1::jsonb) as t(id uuid, queue uuid, customer uuid, score int, "openedAt" timestamptz) where score is not null`,
      tickets,
    );
    await write(
      `insert into identity (id, customer_id, kind, address, trust, last_seen_at)
       select gen_random_uuid(), customer, kind, gen_random_uuid()::text, 'proven', "seenAt"
       from jsonb_to_recordset($1::jsonb) as t(customer uuid, kind text, "seenAt" timestamptz)`,
      rows.flatMap(({ id, ways: own }) => own.map((one) => ({ ...one, customer: id }))),
    );
    await write(
      `insert into purchase (id, customer_id, source, external_id, amount, currency, at)
       select gen_random_uuid(), customer, 'world', gen_random_uuid()::text, amount, currency, at
       from jsonb_to_recordset($1::jsonb) as t(customer uuid, amount bigint, currency text, at timestamptz)`,
      rows.flatMap(({ id, purchases }) => purchases.map((one) => ({ ...one, customer: id }))),
    );
  });
  return rows
    .filter(({ part_of: of }) => of === null)
    .map(({ id }) => id)
    .toSorted();
}

/** So many customers with three tickets, purchases and ways for some, made by the database itself. */
export async function writeCrowd({ database }: Pick<TestHub, 'database'>, count: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    await tx.query(`set local statement_timeout = '10min'`);
    await tx.query(
      `create temporary table crowd on commit drop as
       select n, gen_random_uuid() as id, gen_random_uuid() as conversation from generate_series(1, $1::int) n`,
      [count],
    );
    await tx.query(
      `insert into customer (id, name, tier, locale, fields, created_at)
       select id, 'Crowd', n % 4, case when n % 3 = 0 then 'en' else 'fa' end,
              jsonb_build_object('region', (array['tehran', 'fars', 'kerman'])[1 + n % 3], 'points', n % 100,
                                 'born', (date '1960-01-01' + (n * 37) % 18000)::text),
              clock_timestamp() - (n % 700) * interval '1 day' from crowd`,
    );
    await tx.query('insert into conversation (id, customer_id) select conversation, id from crowd');
    await tx.query(
      `insert into ticket (id, conversation_id, rev, state, queue_id, tags, opened_at, solved_at)
       select gen_random_uuid(), conversation, 1, case when (n + k) % 5 = 0 then 'open' else 'solved' end, $1::uuid,
              case when n % 10 = 0 then array['vip'] else '{}'::text[] end, clock_timestamp() - ((n % 40) + k * 20) * interval '1 day',
              case when (n + k) % 5 <> 0 then clock_timestamp() - ((n % 40) + k * 20 - 1) * interval '1 day' end
       from crowd cross join generate_series(1, 3) k where n % 2 = 0`,
      [queues[0]],
    );
    await tx.query(
      `insert into identity (id, customer_id, kind, address, trust, last_seen_at)
       select gen_random_uuid(), id, (array['phone', 'telegram', 'web'])[1 + n % 3], gen_random_uuid()::text, 'proven',
              clock_timestamp() - (n % 300) * interval '1 day' from crowd`,
    );
    await tx.query(
      `insert into purchase (id, customer_id, source, external_id, amount, currency, at)
       select gen_random_uuid(), id, 'crowd', gen_random_uuid()::text, (n % 1000) * 1000, 'IRR', clock_timestamp() - ((n % 90) + k * 15) * interval '1 day'
       from crowd cross join generate_series(1, 4) k where n % 3 <> 0`,
    );
  });
  for (const table of ['customer', 'conversation', 'ticket', 'identity', 'purchase']) {
    await database.query(`analyze ${table}`);
  }
}

/** Questions as organisations ask them, one of each kind. */
export const usualConditions: SegmentCondition[] = [
  { all: [] },
  { field: 'attribute', key: 'region', op: 'is', value: ['fars'] },
  { field: 'birthday', key: 'born', op: 'within', days: 7, calendar: 'own' },
  { field: 'tickets', state: 'open', days: null, queues: [], tags: [], op: 'at_least', value: 1 },
  { not: { field: 'tickets', state: 'any', days: 60, queues: [], tags: ['vip'], op: 'at_least', value: 1 } },
  { field: 'lapsed', of: 'purchases', op: 'longer_than', factor: 2, days: 30 },
  {
    any: [
      { field: 'spent', currency: 'IRR', days: 90, op: 'at_least', value: 1_500_000 },
      { field: 'purchases', days: null, op: 'at_most', value: 0 },
    ],
  },
  {
    all: [
      { field: 'last_message', op: 'before', days: 60 },
      { field: 'ways', op: 'has_any', value: ['telegram'] },
      { field: 'tier', op: 'at_least', value: 2 },
      { field: 'lapsed', of: 'tickets', op: 'longer_than', factor: 1, days: 0 },
    ],
  },
];
