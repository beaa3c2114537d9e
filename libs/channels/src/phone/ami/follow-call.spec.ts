import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  exchangeEvents as on,
  type ExchangeChannel,
  type ExchangeEvent,
} from '../../../../../tools/stand-ins/asterisk-events.js';
import { growCall } from '../grow-call.js';
import { asteriskConfig } from '../asterisk-settings.js';
import type { CallContent } from '../../message.js';
import type { Heard } from './ami-session.js';
import type { AmiFrame } from './ami-frames.js';
import { readHeard, readPlace, type ExchangePlace } from './read-heard.js';
import { isContext } from './followed-call.js';

// The event streams are written from the published documentation of Asterisk's manager interface; none was captured.
const settings = asteriskConfig.parse({ driver: 'asterisk' });
const second = 1000;
const start = Date.parse('2026-03-01T10:00:00.000Z');

function frame(event: ExchangeEvent): AmiFrame {
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name.toLowerCase(), value]));
}

/** One event a second, as they would be heard. */
function heardOf(events: ExchangeEvent[], from = start): Heard[] {
  return events.map((event, index) => ({ event: frame(event), at: from + index * second }));
}

interface Told {
  calls: Map<string, CallContent>;
  place: Omit<ExchangePlace, 'batch'>;
  parties: string[];
}

function follow(batches: Heard[][], before?: Told): Told {
  const calls = new Map(before?.calls);
  let place: Omit<ExchangePlace, 'batch'> = before?.place ?? readPlace(null);
  const parties: string[] = [...(before?.parties ?? [])];
  for (const batch of batches) {
    const read = readHeard(batch, place, settings);
    // What is stored between two looks went through JSON.
    place = JSON.parse(JSON.stringify(read.place)) as typeof place;
    for (const event of read.events) {
      parties.push(event.party.address);
      calls.set(event.callId, growCall(calls.get(event.callId) ?? null, event));
    }
  }
  return { calls, place, parties };
}

const nothing: Told = { calls: new Map(), place: { calls: {}, told: {} }, parties: [] };

const oneByOne = (events: ExchangeEvent[]) => follow(heardOf(events).map((one) => [one]));

const caller: ExchangeChannel = {
  name: 'PJSIP/trunk-00000001',
  id: '1.1',
  linked: '1.1',
  caller: '09121234567',
  callerName: 'Sara',
  context: 'from-trunk-pjsip',
  exten: '02144556677',
};
const agentOf = (extension: string, id: string, linked = '1.1'): ExchangeChannel => ({
  name: `PJSIP/${extension}-0000000${id.at(-1) ?? ''}`,
  id,
  linked,
  caller: extension,
});
const localOf = (extension: string, id: string, half: 1 | 2): ExchangeChannel => ({
  name: `Local/${extension}@from-queue-00000001;${String(half)}`,
  id,
  linked: '1.1',
  context: 'from-queue',
  exten: extension,
});

/** A queue rings agents through `Local/` channels, as FreePBX and Issabel have it. */
function queueRings(extension: string, ids: [string, string, string]): ExchangeEvent[] {
  const [first, second_, phone] = [
    localOf(extension, ids[0], 1),
    localOf(extension, ids[1], 2),
    agentOf(extension, ids[2]),
  ];
  return [
    on.newChannel(first),
    on.newChannel(second_),
    on.agentCalled(caller, first, extension),
    on.dialBegin(caller, first, `${extension}@from-queue/n`),
    on.newChannel(phone),
    on.dialBegin(second_, phone, `${extension}/sip:${extension}@10.0.0.9:5060`),
  ];
}

const sara = agentOf('101', '1.4');
const reza = agentOf('102', '1.7');
const arrival = [on.newChannel(caller), on.queueJoin(caller, '600')];
const answered = [
  ...arrival,
  ...queueRings('101', ['1.2', '1.3', '1.4']),
  on.dialEnd(localOf('101', '1.3', 2), sara, 'ANSWER'),
  on.dialEnd(caller, localOf('101', '1.2', 1), 'ANSWER'),
  on.agentConnect(caller, localOf('101', '1.2', 1), '101'),
  on.bridgeEnter(sara, 'b1'),
  on.bridgeEnter(caller, 'b1'),
];

describe('a call that an exchange reports', () => {
  it('comes in through a queue: one call with its queue, its agent and its wait, and none of the plumbing', () => {
    const { calls, parties } = oneByOne([
      ...answered,
      on.hangup(sara),
      on.hangup(caller),
      on.hangup(localOf('101', '1.2', 1)),
    ]);
    expect([...calls.keys()]).toEqual(['1.1']);
    expect(new Set(parties)).toEqual(new Set(['+989121234567']));
    expect(calls.get('1.1')).toMatchObject({
      direction: 'in',
      state: 'ended',
      outcome: 'answered',
      startedAt: '2026-03-01T10:00:00.000Z',
      answeredAt: '2026-03-01T10:00:08.000Z',
      endedAt: '2026-03-01T10:00:14.000Z',
      durationSeconds: 6,
      details: {
        source: 'ami',
        queue: '600',
        line: '02144556677',
        cause: '16',
        waitSeconds: 8,
        legs: [{ id: '1.4', to: '101', outcome: 'answered', answeredAt: '2026-03-01T10:00:08.000Z' }],
      },
    });
    expect(calls.get('1.1')?.details?.legs).toHaveLength(1);
  });

  it('rings somebody before anybody answers', () => {
    const { calls } = oneByOne([...arrival, ...queueRings('101', ['1.2', '1.3', '1.4'])]);
    expect(calls.get('1.1')).toMatchObject({
      state: 'ringing',
      details: { legs: [{ to: '101', outcome: 'ringing', endedAt: null }] },
    });
  });

  it('is one call with two agents after a transfer without asking', () => {
    const { calls } = oneByOne([
      ...answered,
      on.blindTransfer(sara, caller, '102'),
      on.hangup(sara),
      on.newChannel(reza),
      on.dialBegin(caller, reza, '102'),
      on.dialEnd(caller, reza, 'ANSWER'),
      on.bridgeEnter(reza, 'b2'),
      on.hangup(reza),
      on.hangup(caller),
    ]);
    expect([...calls.keys()]).toEqual(['1.1']);
    const legs = calls.get('1.1')?.details?.legs ?? [];
    expect(legs.map(({ to, outcome }) => [to, outcome])).toEqual([
      ['101', 'answered'],
      ['102', 'answered'],
    ]);
    expect(legs[0]?.endedAt).toBe('2026-03-01T10:00:14.000Z');
    expect(calls.get('1.1')).toMatchObject({ outcome: 'answered', answeredAt: '2026-03-01T10:00:08.000Z' });
  });

  it('is one call with two agents after one asked the other first', () => {
    const asking = agentOf('101', '2.1', '2.1');
    const asked = agentOf('102', '2.2', '2.1');
    const { calls } = oneByOne([
      ...answered,
      on.newChannel({ ...asking, exten: '102' }),
      on.newChannel(asked),
      on.dialBegin(asking, asked, '102'),
      on.dialEnd(asking, asked, 'ANSWER'),
      on.bridgeEnter(asked, 'b2'),
      on.attendedTransfer(sara, asking),
      on.hangup(sara),
      on.hangup({ ...asking, linked: '1.1' }),
      on.bridgeEnter({ ...asked, linked: '1.1' }, 'b1'),
      on.hangup({ ...asked, linked: '1.1' }),
      on.hangup(caller),
    ]);
    expect([...calls.keys()]).toEqual(['1.1']);
    expect(calls.get('1.1')).toMatchObject({ state: 'ended', outcome: 'answered' });
    expect(calls.get('1.1')?.details?.legs?.map(({ to, outcome }) => [to, outcome])).toEqual([
      ['101', 'answered'],
      ['102', 'answered'],
    ]);
  });

  it('was abandoned when the caller gave up in the queue, and says who did not answer', () => {
    const { calls } = oneByOne([
      ...arrival,
      ...queueRings('101', ['1.2', '1.3', '1.4']),
      on.dialEnd(localOf('101', '1.3', 2), sara, 'NOANSWER'),
      on.hangup(sara),
      on.queueAbandon(caller, '600', 20),
      on.hangup(caller, 16),
    ]);
    expect(calls.get('1.1')).toMatchObject({
      state: 'ended',
      outcome: 'abandoned',
      answeredAt: null,
      details: { waitSeconds: 11, legs: [{ to: '101', outcome: 'no_answer' }] },
    });
  });

  it('was a message when the exchange’s own voice mail took it', () => {
    const { calls } = oneByOne([
      on.newChannel(caller),
      on.cdr(caller, { LastApplication: 'VoiceMail', Disposition: 'ANSWERED' }),
      on.hangup(caller),
    ]);
    expect(calls.get('1.1')).toMatchObject({ outcome: 'voicemail' });
    const late = oneByOne([
      on.newChannel(caller),
      on.hangup(caller),
      on.cdr(caller, { LastApplication: 'VoiceMail', Disposition: 'ANSWERED' }),
    ]);
    expect(late.calls.get('1.1')).toMatchObject({ outcome: 'voicemail' });
  });

  it('goes out, also when nobody answers: it never comes in', () => {
    const desk = { ...agentOf('101', '3.1', '3.1'), exten: '09351112233', context: 'from-internal' };
    const trunk = {
      name: 'PJSIP/trunk-00000032',
      id: '3.2',
      linked: '3.1',
      context: 'from-trunk-pjsip',
      caller: '09351112233',
    };
    const calling = [on.newChannel(desk), on.newChannel(trunk), on.dialBegin(desk, trunk, '09351112233@trunk')];
    const unanswered = oneByOne([
      ...calling,
      on.dialEnd(desk, trunk, 'NOANSWER'),
      on.hangup(trunk, 19),
      on.hangup(desk),
    ]);
    expect(unanswered.parties[0]).toBe('+989351112233');
    expect(unanswered.calls.get('3.1')).toMatchObject({
      direction: 'out',
      state: 'ended',
      outcome: 'missed',
      answeredAt: null,
      details: { legs: [{ to: '101', outcome: 'cancelled' }] },
    });
    const talked = oneByOne([
      ...calling,
      on.dialEnd(desk, trunk, 'ANSWER'),
      on.bridgeEnter(desk, 'b'),
      on.hangup(trunk),
      on.hangup(desk),
    ]);
    expect(talked.calls.get('3.1')).toMatchObject({
      direction: 'out',
      outcome: 'answered',
      details: { legs: [{ to: '101', outcome: 'answered' }] },
    });
    const busy = oneByOne([...calling, on.dialEnd(desk, trunk, 'BUSY'), on.hangup(trunk, 17), on.hangup(desk)]);
    expect(busy.calls.get('3.1')).toMatchObject({ direction: 'out', outcome: 'busy' });
  });

  it('that Peyk had the exchange make rings the agent first and is to the customer', () => {
    const desk = { ...agentOf('101', 'peyk-k1', 'peyk-k1'), context: 'default', caller: '101' };
    const trunk = { name: 'PJSIP/trunk-00000042', id: '4.2', linked: 'peyk-k1', caller: '09351112233' };
    const { calls, parties } = oneByOne([
      on.newChannel(desk),
      on.dialBegin(null, desk, '101'),
      on.dialEnd(null, desk, 'ANSWER'),
      on.dialBegin(desk, trunk, 'trunk/09351112233'),
      on.dialEnd(desk, trunk, 'ANSWER'),
      on.hangup(trunk),
      on.hangup(desk),
    ]);
    expect(parties[0]).toBe('+989351112233');
    expect(calls.get('peyk-k1')).toMatchObject({
      direction: 'out',
      outcome: 'answered',
      answeredAt: '2026-03-01T10:00:04.000Z',
      details: { legs: [{ id: 'dial peyk-k1', to: '101', outcome: 'answered' }] },
    });
  });

  it('goes out from a phone that is called by a name, and rings one', () => {
    const desk = {
      name: 'PJSIP/sara-00000051',
      id: '6.1',
      linked: '6.1',
      caller: 'sara',
      context: 'from-internal',
      exten: '09351112233',
    };
    expect(oneByOne([on.newChannel(desk)]).calls.get('6.1')).toMatchObject({
      direction: 'out',
      details: { legs: [{ to: 'sara' }] },
    });
    const phone = { name: 'PJSIP/reza-00000052', id: '1.9', linked: '1.1' };
    const rung = oneByOne([on.newChannel(caller), on.newChannel(phone), on.dialBegin(caller, phone, 'reza')]);
    expect(rung.calls.get('1.1')?.details?.legs).toMatchObject([{ to: 'reza', outcome: 'ringing' }]);
  });

  it('between extensions is nobody’s business', () => {
    const desk = { ...agentOf('101', '5.1', '5.1'), exten: '102' };
    const other = agentOf('102', '5.2', '5.1');
    const { calls } = oneByOne([
      on.newChannel(desk),
      on.dialBegin(desk, other, '102'),
      on.dialEnd(desk, other, 'ANSWER'),
      on.hangup(other),
      on.hangup(desk),
    ]);
    expect([...calls.keys()]).toEqual([]);
  });

  it('that Peyk answers itself is told by its line; here only that it is over', () => {
    const line = on.userEvent(caller, 'PeykLine', { Call: '1.1' });
    const before = oneByOne([on.newChannel(caller), line, ...queueRings('101', ['1.2', '1.3', '1.4'])]);
    expect(before.calls.get('1.1')?.details?.legs).toBeUndefined();
    const after = follow([heardOf([on.hangup(caller)], start + 60 * second)], before);
    expect(after.calls.get('1.1')).toMatchObject({ state: 'ended', details: { cause: '16' } });
    expect(after.calls.get('1.1')?.details?.legs).toBeUndefined();
  });

  it('comes to the same in batches of any size, heard twice or after a crash between two looks', () => {
    const whole = [...answered, on.hangup(sara), on.hangup(caller)];
    const heard = heardOf(whole);
    const expected = follow([heard]).calls.get('1.1');
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 6 }), fc.boolean(), (places, twice) => {
        const borders = [0, ...places.toSorted((a, b) => a - b), heard.length];
        const batches = borders.slice(1).map((end, index) => heard.slice(borders[index], end));
        const told = batches.reduce<Told | undefined>((before, batch) => {
          // A crash after the events were stored and before the place was: the same is read again from the same place.
          const once = follow([batch], before);
          return twice ? follow([batch], { ...(before ?? nothing), calls: once.calls }) : once;
        }, undefined);
        // How often it was told of is the one thing that may differ.
        expect(told?.calls.get('1.1')).toEqual({ ...expected, order: expect.any(Number) });
      }),
      { numRuns: 50 },
    );
  });
});

describe('an exchange that can be heard again', () => {
  const list = (channels: ExchangeEvent[], at: number): Heard => ({ channels: channels.map(frame), at });
  const back = start + 300 * second;

  it('leaves no ghosts: what is gone has ended, what is there goes on', () => {
    const other = { ...caller, name: 'PJSIP/trunk-00000009', id: '9.1', linked: '9.1', caller: '09130000000' };
    const before = oneByOne([...answered, on.newChannel(other)]);
    const stock = list([on.listed(caller, { BridgeId: 'b1' }), on.listed(sara, { BridgeId: 'b1' })], back);
    const after = follow([[stock]], before);
    expect(after.calls.get('9.1')).toMatchObject({ state: 'ended', outcome: 'missed', details: { cause: 'unseen' } });
    expect(after.calls.get('1.1')).toMatchObject({ state: 'answered' });
    const ended = follow([heardOf([on.hangup(sara), on.hangup(caller)], back + 10 * second)], after);
    expect(ended.calls.get('1.1')).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      details: { legs: [{ to: '101' }] },
    });
    expect(ended.calls.get('1.1')?.details?.legs).toHaveLength(1);
  });

  it('tells of calls that began meanwhile, from when they began', () => {
    const stock = list(
      [on.listed(caller, { Duration: '00:01:30', BridgeId: 'b' }), on.listed(sara, { BridgeId: 'b' })],
      back,
    );
    expect(follow([[stock]]).calls.get('1.1')).toMatchObject({
      direction: 'in',
      state: 'answered',
      startedAt: '2026-03-01T10:03:30.000Z',
      details: { legs: [{ to: '101', outcome: 'answered' }] },
    });
  });

  it('forgets calls that ended a while ago', () => {
    const over = oneByOne([on.newChannel(caller), on.hangup(caller)]);
    expect(Object.keys(over.place.calls)).toEqual(['1.1']);
    const later = follow([[list([], start + 600 * second)]], over);
    expect(later.place).toEqual({ calls: {}, told: {} });
  });
});

describe('a context', () => {
  it('is among others by its name or by the beginning of it', () => {
    expect(isContext('from-trunk-sip-x', ['from-trunk*'])).toBe(true);
    expect(isContext('from-internal', ['from-trunk*', 'incoming'])).toBe(false);
    expect(isContext('incoming', ['from-trunk*', 'incoming'])).toBe(true);
  });
});
