import { describe, expect, it } from '@jest/globals';
import en from '../../../i18n/phone.en.json' with { type: 'json' };
import { connectLines } from './connect-lines.js';

const hub = 'https://peyk.example.com';
const of = (config: Record<string, unknown>) => connectLines(hub, { id: 'line-1', config });

describe('what a provider is told of a phone channel', () => {
  it('are its addresses, with the channel in them', () => {
    expect(of({ driver: 'twilio' }).map(({ copy }) => copy)).toEqual([
      null,
      'https://peyk.example.com/hooks/twilio/line-1/voice',
      'https://peyk.example.com/hooks/twilio/line-1/voice-status',
    ]);
    expect(of({ driver: 'pbx' })[0]?.copy).toBe('https://peyk.example.com/hooks/calls/line-1?token=TOKEN');
  });

  it('is a fallback as well, where Peyk answers itself', () => {
    expect(of({ driver: 'twilio', answers: 'peyk' }).map(({ copy }) => copy)).toContain(
      'https://peyk.example.com/hooks/twilio/line-1/voice-fallback',
    );
  });

  it('are lines for the dialplan of an exchange, without those that it was told to do without', () => {
    expect(of({ driver: 'asterisk' })[0]?.copy).toContain('AGI(agi://peyk.example.com:4573/line-1/TOKEN/answered)');
    expect(of({ driver: 'asterisk', dial: { answeredContext: '' } })[0]?.copy).not.toContain('answered');
  });

  it('is said in words that there are', () => {
    const said = ['twilio', 'jambonz', 'asterisk', 'pbx'].flatMap((driver) => of({ driver, answers: 'peyk' }));
    expect(said.filter(({ say }) => !(say in en.phoneTools))).toEqual([]);
  });
});
