import { describe, expect, it } from '@jest/globals';
import { growCall, type CallContent, type CallOutcome, type InboundCall } from '#channels';
import { meaningOf } from './call-meaning.js';

const leg = { id: 'a', to: '101', agentId: null, startedAt: null, answeredAt: null, endedAt: null };

function call(more: Partial<InboundCall> = {}): CallContent {
  return growCall(null, {
    type: 'call',
    externalId: null,
    raw: new Uint8Array(),
    callId: 'c',
    order: 0,
    party: { kind: 'phone', address: '+989120000000', trust: 'channel_given', name: '' },
    direction: 'in',
    state: 'ended',
    outcome: null,
    startedAt: new Date('2026-01-01T10:00:00Z'),
    answeredAt: null,
    endedAt: new Date('2026-01-01T10:01:00Z'),
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    ...more,
  });
}

const reported = (more: Partial<InboundCall>) =>
  meaningOf({ call: call(more), isLine: false, leftWaiting: false, handed: [] });
const onOurLine = (more: Partial<InboundCall>, leftWaiting: boolean, handed: string[] = []) =>
  meaningOf({ call: call(more), isLine: true, leftWaiting, handed });

describe('what a call means for whoever is to be called back', () => {
  it.each<CallOutcome>(['missed', 'abandoned', 'busy', 'cancelled', 'failed'])(
    'is in vain when it was %s',
    (outcome) => {
      expect(reported({ outcome })).toBe('missed');
    },
  );

  it('is a talk in either direction, and nothing when we called in vain, a message was left or it still rings', () => {
    expect(reported({ outcome: 'answered' })).toBe('talked');
    expect(reported({ direction: 'out', state: 'answered', answeredAt: new Date() })).toBe('talked');
    expect(reported({ direction: 'out', outcome: 'busy' })).toBeNull();
    expect(reported({ outcome: 'voicemail' })).toBeNull();
    expect(reported({ state: 'ringing' })).toBeNull();
  });

  it('is on a line of ours a talk with one of us only, and in vain only for those who waited for one', () => {
    const answered = { outcome: 'answered', answeredAt: new Date() } as const;
    expect(onOurLine(answered, false)).toBeNull();
    expect(onOurLine(answered, true)).toBe('missed');
    expect(onOurLine({ ...answered, details: { legs: [{ ...leg, outcome: 'answered' }] } }, true)).toBe('talked');
    const handedOn = { ...answered, details: { legs: [{ ...leg, outcome: 'answered' as const }] } };
    expect([onOurLine(handedOn, true, ['a']), onOurLine(handedOn, false, ['a'])]).toEqual(['missed', 'talked']);
    expect(
      onOurLine({ outcome: 'abandoned', details: { legs: [{ ...leg, outcome: 'no_answer' }] } }, false),
    ).toBeNull();
  });
});
