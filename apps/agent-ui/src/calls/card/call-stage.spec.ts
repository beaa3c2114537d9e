import { describe, expect, it } from '@jest/globals';
import type { CallLegView, CallView } from '#contract';
import { causeWord, isKeys, isMasked, isMissed, stageOf, talkSeconds, toneOf } from './call-stage.js';

const began = '2026-11-22T10:00:00.000Z';
const answered = '2026-11-22T10:00:20.000Z';
const call = (known: Partial<CallView>): CallView => ({
  direction: 'in',
  state: 'ringing',
  outcome: null,
  startedAt: began,
  answeredAt: null,
  endedAt: null,
  durationSeconds: null,
  waitSeconds: null,
  line: null,
  queue: null,
  cause: null,
  source: null,
  disposition: null,
  transcript: null,
  legs: [],
  path: [],
  recordings: [],
  ...known,
});
const leg = (known: Partial<CallLegView>): CallLegView => ({
  id: 'leg',
  to: '101',
  agentId: 'sara',
  startedAt: began,
  answeredAt: null,
  endedAt: null,
  outcome: 'ringing',
  ...known,
});
const step = { node: 'menu', at: began, heard: null };

describe('where a call stands', () => {
  it('is on the line while a script speaks, though nobody of ours has answered', () => {
    expect(stageOf(call({ path: [step] }))).toEqual({ kind: 'menu', since: began, leg: null });
  });

  it('rings the agent whose phone rings, and talks with them from when they picked up', () => {
    const missed = leg({ id: 'a', endedAt: answered, outcome: 'no_answer' });
    const rung = leg({ id: 'b', agentId: 'reza' });
    expect(stageOf(call({ legs: [missed, rung] }))).toMatchObject({ kind: 'rings', leg: { agentId: 'reza' } });
    const up = { ...rung, answeredAt: answered, outcome: 'answered' as const };
    expect(stageOf(call({ legs: [missed, up] }))).toMatchObject({ kind: 'talks', since: answered });
  });

  it('waits again after an agent who did not answer', () => {
    const missed = leg({ endedAt: answered, outcome: 'no_answer' });
    expect(stageOf(call({ state: 'answered', legs: [missed] })).kind).toBe('menu');
  });

  it('talks from the answer where the exchange names nobody', () => {
    expect(stageOf(call({ state: 'answered', answeredAt: answered }))).toMatchObject({
      kind: 'talks',
      since: answered,
    });
  });

  it('is over by its outcome, and coloured by it', () => {
    const tone = (outcome: CallView['outcome']) => toneOf(stageOf(call({ state: 'ended', outcome })));
    expect([null, 'answered', 'voicemail', 'missed'].map((outcome) => tone(outcome as CallView['outcome']))).toEqual([
      'good',
      'good',
      'warn',
      'bad',
    ]);
  });

  it('lasted as long as its source says, else as long as those talked who answered', () => {
    const talked = leg({ outcome: 'answered', answeredAt: answered, endedAt: '2026-11-22T10:01:20.000Z' });
    expect(talkSeconds(call({ durationSeconds: 7, legs: [talked] }))).toBe(7);
    expect(talkSeconds(call({ legs: [talked, leg({ id: 'b' })] }))).toBe(60);
  });

  it('wants calling back when a caller got nobody, and not when we got nobody', () => {
    expect(isMissed(call({ state: 'ended', outcome: 'abandoned' }))).toBe(true);
    expect(isMissed(call({ state: 'ended', outcome: 'abandoned', direction: 'out' }))).toBe(false);
    expect(isMissed(call({ state: 'ended', outcome: 'answered' }))).toBe(false);
  });
});

describe('what an exchange says', () => {
  it('is told in words, whether it names causes by number or by name', () => {
    expect(['16', 'normalClearing', 'NO ANSWER', '17', '486', 'weird'].map(causeWord)).toEqual([
      'normal',
      'normal',
      'noAnswer',
      'busy',
      'busy',
      null,
    ]);
  });

  it('is keys, words or a mask', () => {
    expect([isKeys('12#'), isKeys('yes'), isMasked('••••'), isMasked('**'), isMasked('5')]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});
