import { describe, expect, it } from '@jest/globals';
import type { LineStep } from '#channels';
import { readTrialHappening } from './trial-happening.js';
import { trialCallId, trialOf } from './trial-line.js';
import { presentStep } from './trial-steps.js';

const sounds = {
  urlOf: (name: string) => (name === 'prompts/menu.fa.wav' ? '/media/prompts/x.wav' : null),
  textOf: (name: string) => (name === 'line/en/goodbye.wav' ? 'Goodbye.' : ''),
  ownerOf: (address: string) => (address === '101' ? 'Sara' : ''),
};
const present = (step: LineStep) => presentStep(step, sounds);

describe('a tester’s telephone', () => {
  it('shows a recording with its sound, and what it says where nobody recorded it', () => {
    expect(present({ play: 'prompts/menu.fa.wav', locale: 'fa' })).toMatchObject({ url: '/media/prompts/x.wav' });
    expect(present({ play: 'line/en/goodbye.wav', locale: 'en' })).toMatchObject({ url: null, text: 'Goodbye.' });
  });

  it('shows whose phone rings', () => {
    const dial = (address: string): LineStep => ({
      dial: { leg: 'a', to: { kind: 'extension', address }, timeoutSecs: 20, callerId: null, record: true },
    });
    expect([present(dial('101')), present(dial('999'))]).toMatchObject([
      { kind: 'dial', agent: 'Sara', records: true },
      { kind: 'dial', agent: '' },
    ]);
  });

  it('shows every way in which a reply ends', () => {
    const gather = {
      dtmf: true,
      speech: false,
      hints: [],
      numDigits: 1,
      finishOnKey: null,
      timeoutMs: 6000,
      locale: 'en',
    };
    const stops: LineStep[] = [
      { gather },
      { hold: { music: null, maxMs: 1 } },
      { record: { maxMs: 1, finishOnKey: '#' } },
      { again: { afterMs: 1 } },
      { hangup: true },
    ];
    expect(stops.map((stop) => present(stop).kind)).toEqual(['gather', 'hold', 'record', 'again', 'hangup']);
    expect(present({ gather })).toMatchObject({ keys: true, speech: false, digits: 1 });
  });

  it('tells silence as a provider would: heard, with nothing', () => {
    expect(readTrialHappening({ kind: 'heard' })).toEqual({ kind: 'heard', digits: '', speech: '' });
  });

  it('tells that two talk by an answer without seconds, and that it is over by one with', () => {
    const told = { kind: 'dialled', leg: 'a', result: 'answered' } as const;
    expect(readTrialHappening(told)).toMatchObject({ seconds: null });
    expect(readTrialHappening({ ...told, seconds: 12 })).toMatchObject({ seconds: 12 });
  });

  it('makes calls that the core can tell from real ones', () => {
    expect([trialOf(trialCallId('alone', 'x')), trialOf(trialCallId('team', 'x')), trialOf('CA123')]).toEqual([
      'alone',
      'team',
      null,
    ]);
  });
});
