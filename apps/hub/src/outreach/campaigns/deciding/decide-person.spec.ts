import { describe, expect, it } from '@jest/globals';
import { decidePerson, nameOfWay, type OutreachRules, type PersonFacts, type Way } from './decide-person.js';

const noon = Date.parse('2026-06-10T12:00:00Z');

const way = (wish: Partial<Way> = {}): Way => ({
  channelId: 'mail',
  kind: 'email',
  address: 'sara@example.org',
  used: 0,
  lastAt: null,
  isOptedOut: false,
  isUsable: true,
  ...wish,
});
const sms = way({ channelId: 'sms', kind: 'sms', address: '+989120000000' });

const facts = (wish: Partial<PersonFacts> = {}): PersonFacts => ({
  isMerged: false,
  isBlocked: false,
  consent: 'given',
  wished: null,
  zone: 'UTC',
  lately: { day: 0, week: 0 },
  ways: [way(), sms],
  tried: [],
  ...wish,
});

const rules = (wish: Partial<OutreachRules> = {}): OutreachRules => ({
  consent: 'explicit',
  channelIds: ['mail', 'sms'],
  ownChannelFirst: true,
  hours: { kind: 'any' },
  limits: { perDay: 1, perWeek: 3 },
  ...wish,
});

const decide = (person: Partial<PersonFacts>, terms: Partial<OutreachRules> = {}) =>
  decidePerson(facts(person), rules(terms), noon);

describe('what becomes of a person', () => {
  it('is a message by the first of their ways', () => {
    expect(decide({})).toEqual({ outcome: 'send', ways: [way(), sms] });
  });

  it.each<[string, Partial<PersonFacts>, string]>([
    ['is blocked', { isBlocked: true }, 'blocked'],
    ['is somebody else since', { isMerged: true }, 'merged'],
    ['withdrew', { consent: 'withdrawn' }, 'withdrawn'],
    ['never agreed', { consent: null }, 'no_consent'],
    ['stopped one of the ways', { ways: [way(), { ...sms, isOptedOut: true }] }, 'opted_out'],
    ['cannot be reached', { ways: [way({ isUsable: false })] }, 'no_way'],
    ['has no way at all', { ways: [] }, 'no_way'],
    ['got enough today', { lately: { day: 1, week: 1 } }, 'cap'],
    ['got enough this week', { lately: { day: 0, week: 3 } }, 'cap'],
  ])('is nothing for whoever %s', (_what, person, why) => {
    expect(decide(person)).toEqual({ outcome: 'skip', why });
  });

  it('asks a service message for no consent, and still hears who withdrew', () => {
    expect(decide({ consent: null }, { consent: 'service' }).outcome).toBe('send');
    expect(decide({ consent: 'withdrawn' }, { consent: 'service' })).toEqual({ outcome: 'skip', why: 'withdrawn' });
  });

  it('leaves a stop on a channel that is not used out of account', () => {
    const person = { ways: [way(), { ...sms, isOptedOut: true }] };
    expect(decide(person, { channelIds: ['mail'] })).toMatchObject({ outcome: 'send' });
  });

  it('goes on to the next way where one failed, without counting it as another message', () => {
    const person = { tried: [nameOfWay(way())], lately: { day: 1, week: 1 } };
    expect(decide(person)).toEqual({ outcome: 'send', ways: [sms] });
    expect(decide({ tried: [nameOfWay(way()), nameOfWay(sms)] })).toEqual({ outcome: 'skip', why: 'all_ways_failed' });
  });

  it('waits for the morning of the person, and not where nothing would come of it', () => {
    const hours = { kind: 'person', fromMinute: 540, toMinute: 1200 } as const;
    expect(decide({ zone: 'Asia/Tokyo' }, { hours })).toEqual({
      outcome: 'wait',
      why: 'quiet_hours',
      until: Date.parse('2026-06-11T00:00:00Z'),
    });
    expect(decide({ zone: 'Asia/Tokyo', consent: null }, { hours })).toMatchObject({ why: 'no_consent' });
    expect(decide({}, { hours })).toMatchObject({ outcome: 'send' });
  });

  it('is written by what they asked for before what they use, and by that before the order that was set', () => {
    const used = { ...sms, used: 4, lastAt: 10 };
    expect(decide({ ways: [way(), used] })).toMatchObject({ ways: [used, way()] });
    expect(decide({ ways: [way(), used], wished: 'email' })).toMatchObject({ ways: [way(), used] });
    expect(decide({ ways: [way(), used] }, { ownChannelFirst: false })).toMatchObject({ ways: [way(), used] });
  });

  it('takes of two addresses on a channel the one that they used last', () => {
    const [old, late] = [
      way({ address: 'old@example.org', lastAt: 1 }),
      way({ address: 'new@example.org', lastAt: 2 }),
    ];
    expect(decide({ ways: [old, late] }, { ownChannelFirst: false })).toMatchObject({ ways: [late, old] });
  });
});
