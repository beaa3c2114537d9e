import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileView, servedBy } from './compile-view.js';
import { readViewFilter, testsOfView, type ViewFilter, type ViewGroup, type ViewTest } from './view-filter.js';
import { maySort, walkOf } from './view-walk.js';

const states = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
const queues = ['0198aaaa-0000-7000-8000-000000000001', '0198aaaa-0000-7000-8000-000000000002'];
const me = '0198aaaa-0000-7000-8000-00000000000a';
const other = '0198aaaa-0000-7000-8000-00000000000b';

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const either = fc.constantFrom('is' as const, 'is_not' as const);

const placed: fc.Arbitrary<ViewTest> = fc.oneof(
  fc.record({ field: fc.constant('state' as const), op: either, value: some(states) }),
  fc.record({ field: fc.constant('queue' as const), op: either, value: some(queues) }),
  fc.record({ field: fc.constant('assignee' as const), op: either, value: some(['me', 'nobody', other]) }),
);
const described: fc.Arbitrary<ViewTest> = fc.oneof(
  fc.record({
    field: fc.constant('tag' as const),
    op: fc.constant('has_any' as const),
    value: some([`x'; drop table`, '$1']),
  }),
  fc.record({ field: fc.constant('waiting' as const), op: fc.constant('at_least' as const), minutes: fc.nat(100) }),
  fc.record({
    field: fc.constant('field' as const),
    key: fc.constantFrom(`it's`, 'size'),
    op: either,
    value: some<string | number | boolean>(['«', 3, true]),
  }),
);
const group = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.record({ all: fc.array(one, { maxLength: 3 }) }), fc.record({ any: fc.array(one, { maxLength: 3 }) }));
const filterOf = (test: fc.Arbitrary<ViewTest>): fc.Arbitrary<ViewFilter> => group(fc.oneof(test, group(test)));

interface Ticket {
  state: (typeof states)[number];
  queue: string;
  owner: string | null;
}

function holds(part: ViewFilter | ViewGroup | ViewTest, ticket: Ticket): boolean {
  if ('field' in part) {
    return holdsTest(part, ticket);
  }
  return 'all' in part
    ? part.all.every((one) => holds(one, ticket))
    : part.any.some((one: ViewTest | ViewGroup) => holds(one, ticket));
}

function holdsTest(test: ViewTest, { state, queue, owner }: Ticket): boolean {
  if (test.field === 'state') {
    return test.value.includes(state) === (test.op === 'is');
  }
  if (test.field === 'queue') {
    return test.value.includes(queue) === (test.op === 'is');
  }
  if (test.field === 'assignee') {
    const name = owner === null ? 'nobody' : owner === me ? 'me' : owner;
    return test.value.includes(name) === (test.op === 'is');
  }
  return true;
}

const compiled = (filter: ViewFilter) => compileView(filter, 8, { reader: '$1', me, queue: null });

describe('a view in SQL', () => {
  it('is made of our own words: what was written is in the parameters, each of which is asked for', () => {
    fc.assert(
      fc.property(filterOf(fc.oneof(placed, described)), (filter) => {
        const { where, values } = compiled(filter);
        expect(where).not.toMatch(/drop table|it's|«|0198aaaa/u);
        const named = [...where.matchAll(/\$(\d+)/gu)].map(([, number]) => Number(number)).filter((one) => one >= 8);
        expect([...new Set(named)].toSorted((a, b) => a - b)).toEqual(values.map((_, index) => index + 8));
      }),
    );
  });

  it('is walked along an index where every ticket that it shows lies', () => {
    const ticket = fc.record({
      state: fc.constantFrom(...states),
      queue: fc.constantFrom(...queues),
      owner: fc.constantFrom(null, me, other),
    });
    fc.assert(
      fc.property(filterOf(placed), ticket, (filter, one) => {
        const { walk } = compiled(filter);
        const isAsked = testsOfView(filter).some(({ field }) => field === 'state');
        fc.pre(holds(filter, one) && (isAsked || !['solved', 'closed'].includes(one.state)));
        expect(walk.states).toContain(one.state);
        expect(walk.queues ?? [one.queue]).toContain(one.queue);
        expect(walk.owners ?? [one.owner]).toContain(one.owner);
      }),
    );
  });

  it('shows what is not done and awake, where it asks about neither', () => {
    const { where, walk } = compiled({ all: [] });
    expect(walk).toEqual({ states: ['new', 'open', 'pending', 'on_hold'], queues: null, owners: null });
    expect(where).toContain('t.snoozed_until is null');
    expect(compiled({ all: [{ field: 'snoozed', op: 'is', value: true }] }).where).not.toContain(
      'snoozed_until is null',
    );
  });

  it('walks no more than what it names', () => {
    const { walk } = compiled({
      all: [
        { field: 'assignee', op: 'is', value: ['me', other] },
        { any: [{ field: 'queue', op: 'is', value: [queues[0] as string] }] },
        { field: 'state', op: 'is_not', value: ['solved', 'closed', 'new'] },
      ],
    });
    expect(walk).toEqual({ states: ['open', 'pending', 'on_hold'], queues: [queues[0]], owners: [me, other] });
  });

  it('is sorted by waits and deadlines only where nothing is done', () => {
    const done: ViewFilter = { all: [{ field: 'state', op: 'is', value: ['open', 'solved'] }] };
    expect(maySort(done, 'newest')).toBe(true);
    expect(maySort(done, 'deadline')).toBe(false);
    expect(maySort({ all: [] }, 'deadline')).toBe(true);
    expect(walkOf({ any: [] }).states).toHaveLength(4);
  });
});

describe('a filter that somebody wrote', () => {
  it.each<[string, unknown, string]>([
    ['no group', { field: 'state' }, 'filter'],
    ['a field that nobody knows', { all: [{ field: 'mood', op: 'is', value: ['bad'] }] }, 'filter.all.0.field'],
    ['a prototype’s name', { all: [{ field: 'constructor' }] }, 'filter.all.0.field'],
    ['nothing chosen', { any: [{ field: 'state', op: 'is', value: [] }] }, 'filter.any.0.value'],
    ['groups two deep', { all: [{ any: [{ all: [] }] }] }, 'filter.all.0.any.0.field'],
    ['more than one group in one', { all: [], any: [] }, 'filter'],
    ['a queue that is no id', { all: [{ field: 'queue', op: 'is', value: ['x'] }] }, 'filter.all.0.value.0'],
  ])('is refused with its place: %s', (_, written, field) => {
    expect(() => readViewFilter(written)).toThrow(expect.objectContaining({ field }));
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(filterOf(placed), (filter) => {
        expect(readViewFilter(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
      }),
    );
  });

  it('says for each of its fields what serves it', () => {
    expect(Object.keys(servedBy)).toHaveLength(14);
  });
});
