import { describe, expect, it } from '@jest/globals';
import { consentSteps, messageNotice, recordedNotice } from './consent-steps.js';
import { refusalOf } from './decide-recording.js';
import { readRange } from './read-range.js';
import { declaredOn, policyOf } from './recording-terms.js';

const announced = { mode: 'announced', keepDays: 90 } as const;
const off = { mode: 'off', keepDays: 90 } as const;
const persian = { locale: 'fa-IR', version: 'line/fa/recorded-notice.wav@aa' };
const at = new Date('2026-01-01T10:00:00Z');

describe('who is recorded', () => {
  it('is told first, and once', () => {
    expect(consentSteps({ consent: 'none' }, announced, persian)).toEqual({
      steps: [{ play: 'line/fa/recorded-notice.wav', locale: 'fa-IR' }],
      mark: { consent: 'announced', prompt: 'line/fa/recorded-notice.wav@aa' },
      records: true,
    });
    expect(consentSteps({ consent: 'announced' }, announced, persian)).toEqual({
      steps: [],
      mark: null,
      records: true,
    });
  });

  it('is told before a talk as well who only agreed to leave a message', () => {
    expect(consentSteps({ consent: 'granted' }, announced, persian)).toEqual(
      consentSteps({ consent: 'none' }, announced, persian),
    );
  });

  it.each([
    ['the queue does not record', { consent: 'none' }, off, persian],
    ['they granted it, but the queue does not record', { consent: 'granted' }, off, persian],
    ['they refused', { consent: 'refused' }, announced, persian],
    ['the notice cannot be played', { consent: 'none' }, announced, { ...persian, version: null }],
  ] as const)('is nobody when %s', (_, call, policy, notice) => {
    expect(consentSteps(call, policy, notice)).toEqual({ steps: [], mark: null, records: false });
  });

  it('hears the notice in their language', () => {
    expect([recordedNotice('fa'), recordedNotice('en-GB')]).toEqual([
      'line/fa/recorded-notice.wav',
      'line/en/recorded-notice.wav',
    ]);
    expect(messageNotice('fa')).toBe('line/fa/leave-a-message.wav');
  });
});

describe('a recording', () => {
  const told = { consent: 'announced', consentAt: at, consentPrompt: 'x@aa' } as const;

  it.each([
    ['nobody spoke with the caller', null, announced, 'no_consent'],
    ['nobody told the caller', { ...told, consent: 'none' }, announced, 'no_consent'],
    ['it is not known when they were told', { ...told, consentAt: null }, announced, 'no_consent'],
    ['it is not known what they were told', { ...told, consentPrompt: null }, announced, 'no_consent'],
    ['it is not known what they were told', { ...told, consentPrompt: '' }, announced, 'no_consent'],
    ['the caller refused', { ...told, consent: 'refused' }, announced, 'caller_refused'],
    ['the queue does not record by now', told, off, 'policy_off'],
    ['all is well', told, announced, null],
    ['it is a message that the caller left', { ...told, consent: 'granted' }, off, null],
  ] as const)('when %s: refused for %j', (_, call, policy, refusal) => {
    expect(refusalOf(call, policy)).toBe(refusal);
  });
});

describe('what counts for a call', () => {
  it.each([
    [null, null, 'off'],
    [{}, { mode: 'announced' }, 'announced'],
    [{ mode: 'queue' }, {}, 'off'],
    [{ mode: 'off' }, { mode: 'announced' }, 'off'],
    [{ mode: 'announced' }, { mode: 'off' }, 'announced'],
    // Where Peyk itself speaks, only what it says counts.
    [{ mode: 'elsewhere', declared: 'by Mona' }, { mode: 'announced' }, 'off'],
  ] as const)('line %j, queue %j: %s', (line, queue, mode) => {
    expect(policyOf(line, queue).mode).toBe(mode);
  });

  it('is somebody’s word only where an administrator gave it', () => {
    expect(declaredOn({ mode: 'elsewhere', declared: 'by Mona' })).toBe('by Mona');
    expect([
      declaredOn({ mode: 'elsewhere' }),
      declaredOn({ mode: 'announced', declared: 'x' }),
      declaredOn(null),
    ]).toEqual([null, null, null]);
  });

  it('keeps for as long as the one that decided says', () => {
    expect(policyOf({ mode: 'announced', keepDays: null }, { mode: 'announced', keepDays: 7 }).keepDays).toBeNull();
    expect(policyOf({}, { mode: 'announced', keepDays: 7 }).keepDays).toBe(7);
    expect(policyOf({}, { mode: 'announced' }).keepDays).toBe(90);
  });
});

describe('a part of a file', () => {
  it.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=-0', 'outside'],
    ['bytes=100-', 'outside'],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['lines=1-2', null],
  ])('%s of a hundred bytes', (header, part) => {
    expect(readRange(header, 100)).toEqual(part);
  });
});
