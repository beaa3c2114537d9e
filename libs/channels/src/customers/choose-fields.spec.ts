import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseFields, listConflicts, revertFields, type Profile } from './choose-fields.js';

const profile = (wish: Partial<Profile>): Profile => ({
  name: '',
  name_key: (wish.name ?? '').toLowerCase(),
  locale: 'fa',
  tier: 0,
  tz: null,
  fields: {},
  ...wish,
});

describe('what becomes of a profile when two customers are merged', () => {
  it.each([
    ['keeps the name on top', { name: 'Mina' }, { name: 'Sara' }, null],
    [
      'takes a name where there is only a number',
      { name: 'Mina' },
      { name: '+98912' },
      { name: 'Mina', name_key: 'mina' },
    ],
    [
      'takes a name where there is only an address',
      { name: 'مینا' },
      { name: 'm@x.test' },
      { name: 'مینا', name_key: 'مینا' },
    ],
    ['keeps the higher tier', { tier: 3 }, { tier: 1 }, { tier: 3 }],
    ['keeps the language on top', { locale: 'en' }, { locale: 'fa' }, null],
    ['takes a time zone where there is none', { tz: 'Asia/Tehran' }, {}, { tz: 'Asia/Tehran' }],
    [
      'takes custom fields that the one on top lacks',
      { fields: { a: 1, b: 2 } },
      { fields: { b: 3 } },
      { fields: { b: 3, a: 1 } },
    ],
  ])('%s', (_, from, into, became) => {
    expect(chooseFields(profile(from), profile(into), {})?.became ?? null).toEqual(became);
  });

  it('follows the agent’s choices', () => {
    const [from, into] = [
      profile({ name: 'Mina', tier: 3, fields: { plan: 'gold' } }),
      profile({ name: 'Sara', tier: 1, fields: { plan: 'free' } }),
    ];
    expect(chooseFields(from, into, { name: 'from', tier: 'into', fields: { plan: 'from' } })).toEqual({
      was: { name: 'Sara', name_key: 'sara', fields: { plan: 'free' } },
      became: { name: 'Mina', name_key: 'mina', fields: { plan: 'gold' } },
    });
  });

  it('names what the two differ in and nothing that only one of them has', () => {
    const [from, into] = [
      profile({ name: 'Mina', tz: 'Asia/Tehran', fields: { a: { x: 1, y: 2 }, b: 1, c: 1 } }),
      profile({ name: 'Sara', fields: { a: { y: 2, x: 1 }, b: 2 } }),
    ];
    expect(listConflicts(from, into).map(({ field }) => field)).toEqual(['name', 'fields.b']);
  });

  it('says what was there for everything it changes, so that it can be given back', () => {
    const any = fc.record({
      name: fc.constantFrom('', 'Mina', 'm@x.test', '+98'),
      name_key: fc.constant(''),
      locale: fc.constantFrom('fa', 'en'),
      tier: fc.integer({ min: 0, max: 9 }),
      tz: fc.constantFrom(null, 'UTC'),
      fields: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer()),
    });
    fc.assert(
      fc.property(any, any, (from, into) => {
        const change = chooseFields(from, into, {});
        expect({ ...into, ...change?.became, ...change?.was }).toEqual(into);
        expect(Object.keys(change?.was ?? {})).toEqual(Object.keys(change?.became ?? {}));
      }),
    );
  });
});

describe('what an undo gives back of a profile', () => {
  const any = fc.record({
    name: fc.constantFrom('', 'Mina', 'Sara', 'm@x.test'),
    name_key: fc.constant(''),
    locale: fc.constantFrom('fa', 'en'),
    tier: fc.integer({ min: 0, max: 3 }),
    tz: fc.constantFrom(null, 'UTC'),
    fields: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 2 })),
  });
  const keyed = (one: Profile): Profile => ({ ...one, name_key: one.name.toLowerCase() });
  const choices = fc.record({
    name: fc.constantFrom('from' as const, 'into' as const),
    tier: fc.constantFrom('from' as const, 'into' as const),
    fields: fc.constantFrom({}, { a: 'from' as const }, { a: 'from' as const, b: 'from' as const }),
  });

  it('is everything, whichever of two merges into one root is undone first', () => {
    fc.assert(
      fc.property(any, any, any, choices, choices, (root, one, two, first, second) => {
        const start = keyed(root);
        const joined = chooseFields(keyed(one), start, first);
        const afterOne: Profile = { ...start, ...joined?.became };
        const joinedToo = chooseFields(keyed(two), afterOne, second);
        const afterTwo: Profile = { ...afterOne, ...joinedToo?.became };
        const undo = (now: Profile, change: typeof joined, undone: (typeof joined)[] = []): Profile =>
          change === null
            ? now
            : {
                ...now,
                ...revertFields(
                  now,
                  change,
                  undone.filter((past) => past !== null),
                ),
              };
        expect(undo(undo(afterTwo, joinedToo), joined)).toEqual(start);
        expect(undo(undo(afterTwo, joined), joinedToo, [joined])).toEqual(start);
      }),
    );
  });

  it('leaves a column and a custom field alone that somebody changed since', () => {
    const change = {
      was: { name: 'Sara', name_key: 'sara', fields: { plan: 'free' } },
      became: { name: 'Mina', name_key: 'mina', fields: { plan: 'gold', city: 'Qom' } },
    };
    const now = profile({ name: 'MINA', fields: { plan: 'gold', city: 'Yazd' } });
    expect(revertFields(now, change, [])).toEqual({ fields: { plan: 'free', city: 'Yazd' } });
    expect(revertFields({ ...now, name: 'Mina' }, change, [])).toMatchObject({ name: 'Sara', name_key: 'sara' });
  });
});
