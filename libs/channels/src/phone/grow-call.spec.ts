import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallContent, CallDetails, CallLeg, CallOutcome, InboundCall } from '../message.js';
import { growCall } from './grow-call.js';

const states = ['ringing', 'answered', 'ended'] as const;
const outcomes: (CallOutcome | null)[] = [
  null,
  'answered',
  'missed',
  'busy',
  'failed',
  'voicemail',
  'abandoned',
  'cancelled',
];
const instant = fc.option(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }));

const stamp = fc.option(
  fc.constantFrom('2026-01-01T10:00:00.000Z', '2026-01-01T10:00:05.000Z', '2026-01-01T10:01:00.000Z'),
);

const anyLeg: fc.Arbitrary<CallLeg> = fc.record({
  id: fc.constantFrom('l1', 'l2', 'cdr SIP/101-1', 'cdr SIP/102-1'),
  to: fc.constantFrom('', '101', '102'),
  agentId: fc.option(fc.constantFrom('sara', 'reza')),
  startedAt: stamp,
  answeredAt: stamp,
  endedAt: stamp,
  outcome: fc.constantFrom(null, 'ringing', 'answered', 'no_answer', 'busy', 'failed', 'cancelled'),
});

const words = fc.constantFrom('', 'a', 'b', 'normalClearing');

const anyDetails: fc.Arbitrary<CallDetails> = fc.record(
  {
    source: fc.constantFrom('twilio', 'jambonz', 'agi', 'ami', 'cti', 'cdr', 'manual'),
    line: words,
    queue: words,
    cause: words,
    transcript: words,
    disposition: words,
    legs: fc.array(anyLeg, { maxLength: 3 }),
    waitSeconds: fc.nat(50),
    recordings: fc.array(fc.record({ id: fc.constantFrom('r1', 'r2'), url: words, seconds: fc.option(fc.nat(9)) }), {
      maxLength: 3,
    }),
    path: fc.array(
      fc.record(
        { node: fc.constantFrom('a', 'b'), at: fc.constantFrom('1', '2'), heard: words },
        { requiredKeys: ['node', 'at'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

const anyEvent: fc.Arbitrary<InboundCall> = fc.record({
  type: fc.constant('call' as const),
  externalId: fc.constant(null),
  raw: fc.constant(new Uint8Array()),
  callId: fc.constant('c1'),
  order: fc.nat(5),
  party: fc.constant({ kind: 'phone' as const, address: '+989121234567', trust: 'channel_given' as const, name: '' }),
  direction: fc.constantFrom('in' as const, 'out' as const),
  state: fc.constantFrom(...states),
  outcome: fc.constantFrom(...outcomes),
  startedAt: instant,
  answeredAt: instant,
  endedAt: instant,
  durationSeconds: fc.option(fc.nat(100)),
  recordingUrl: fc.option(fc.constantFrom('https://x/1', 'https://x/2')),
  note: fc.constant(''),
  details: anyDetails,
});

const someEvents = fc.array(anyEvent, { minLength: 1, maxLength: 7 });

function grow(events: InboundCall[], start: CallContent | null = null): CallContent | null {
  return events.reduce(growCall, start);
}

function buildEvent(more: Partial<InboundCall>): InboundCall {
  return {
    type: 'call',
    externalId: null,
    raw: new Uint8Array(),
    callId: 'c1',
    order: 0,
    party: { kind: 'phone', address: '+989121234567', trust: 'channel_given', name: '' },
    direction: 'in',
    state: 'ringing',
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    ...more,
  };
}

describe('a call that grows', () => {
  it('ends the same in any order of its events', () => {
    const shuffled = someEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        expect(grow(others)).toEqual(grow(events));
      }),
    );
  });

  it('is not changed by a repeated event', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(), (events, pick) => {
        const repeated = events[pick % events.length];
        expect(grow(repeated === undefined ? [] : [repeated], grow(events))).toEqual(grow(events));
      }),
    );
  });

  it('never goes back to an earlier state', () => {
    fc.assert(
      fc.property(someEvents, anyEvent, (events, late) => {
        const before = grow(events);
        const after = growCall(before, late);
        expect(states.indexOf(after.state)).toBeGreaterThanOrEqual(states.indexOf(before?.state ?? 'ringing'));
      }),
    );
  });

  it('keeps the times of its whole life', () => {
    const call = grow([
      buildEvent({ state: 'ended', endedAt: new Date(30_000), durationSeconds: 12, order: 3 }),
      buildEvent({ startedAt: new Date(10_000) }),
      buildEvent({ state: 'answered', answeredAt: new Date(18_000), order: 2 }),
    ]);
    expect(call).toEqual({
      callId: 'c1',
      order: 3,
      direction: 'in',
      state: 'ended',
      outcome: 'answered',
      startedAt: '1970-01-01T00:00:10.000Z',
      answeredAt: '1970-01-01T00:00:18.000Z',
      endedAt: '1970-01-01T00:00:30.000Z',
      durationSeconds: 12,
      recordingUrl: null,
    });
  });

  it('has a leg for each agent whom it rang, however their parts come in', () => {
    const leg = (more: Partial<CallLeg>): CallLeg => ({
      id: 'sara',
      to: '',
      agentId: null,
      startedAt: null,
      answeredAt: null,
      endedAt: null,
      outcome: null,
      ...more,
    });
    const call = grow([
      buildEvent({
        details: { source: 'ami', legs: [leg({ id: 'reza', to: '102', startedAt: '2026-01-01T10:00:20.000Z' })] },
      }),
      buildEvent({ details: { legs: [leg({ outcome: 'no_answer', endedAt: '2026-01-01T10:00:20.000Z' })] } }),
      buildEvent({
        details: { legs: [leg({ to: '101', outcome: 'ringing', startedAt: '2026-01-01T10:00:00.000Z' })] },
      }),
      buildEvent({ details: { legs: [leg({ id: 'reza', outcome: 'answered', agentId: 'agent-2' })] } }),
    ]);
    expect(call?.details).toEqual({
      source: 'ami',
      legs: [
        leg({
          to: '101',
          outcome: 'no_answer',
          startedAt: '2026-01-01T10:00:00.000Z',
          endedAt: '2026-01-01T10:00:20.000Z',
        }),
        leg({ id: 'reza', to: '102', outcome: 'answered', agentId: 'agent-2', startedAt: '2026-01-01T10:00:20.000Z' }),
      ],
    });
  });

  it('believes those who were there before its records', () => {
    const recorded = {
      id: 'cdr SIP/101-1',
      to: '101',
      agentId: null,
      startedAt: null,
      answeredAt: null,
      endedAt: null,
      outcome: null,
    };
    const seen = { ...recorded, id: '1700.2' };
    const records = buildEvent({ details: { source: 'cdr', legs: [recorded] } });
    const live = buildEvent({ details: { source: 'ami', legs: [seen] } });
    expect(grow([records])?.details).toEqual({ source: 'cdr', legs: [recorded] });
    expect(grow([live, records])?.details).toEqual({ source: 'ami', legs: [seen] });
    expect(grow([records, live])?.details).toEqual({ source: 'ami', legs: [seen] });
  });

  it('was missed when it ended and nobody answered', () => {
    expect(grow([buildEvent({}), buildEvent({ state: 'ended' })])).toMatchObject({ outcome: 'missed' });
    expect(grow([buildEvent({ state: 'ended', outcome: 'busy' })])).toMatchObject({ outcome: 'busy' });
    expect(grow([buildEvent({})])).toMatchObject({ outcome: null });
  });
});
