import { describe, expect, it } from '@jest/globals';
import { signTwilio } from '../../../../../tools/stand-ins/twilio-webhooks.js';
import { type ChannelAccount, ForgedWebhook, UnreadableWebhook } from '../../channel-adapter.js';
import { phoneConfig, phoneSecrets, type TwilioVoiceSettings } from '../phone-settings.js';
import { readTwilioLine, silenceOf } from './read-twilio-line.js';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = 'auth-token-of-this-spec';
const publicUrl = 'https://hub.example';
const account: ChannelAccount<TwilioVoiceSettings> = {
  id: 'c1',
  name: 'Phone',
  settings: {
    ...(phoneConfig.parse({ driver: 'twilio', accountSid }) as TwilioVoiceSettings),
    ...phoneSecrets.parse({ authToken }),
  },
  publicUrl,
};

async function read(place: string, params: Record<string, string> = {}, signedPlace = place) {
  const whole = { AccountSid: accountSid, CallSid: 'CA1', ...params };
  const signature = signTwilio(authToken, `${publicUrl}/hooks/twilio/c1/${signedPlace}`, whole);
  return readTwilioLine(
    {
      method: 'POST',
      path: place.split('?')[0] ?? '',
      originalUrl: `/hooks/twilio/c1/${place}`,
      headers: { 'x-twilio-signature': signature },
      body: Buffer.from(new URLSearchParams(whole).toString()),
    },
    account,
  );
}

const recording = {
  RecordingSid: 'RE1',
  RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
  RecordingDuration: '9',
};
const leg = { kind: 'dialled', leg: 'l1' };

describe('a request of Twilio about a line', () => {
  it.each<[string, Record<string, string>, object | null]>([
    [
      'voice',
      { From: '+98912', To: '+9821', CallerName: 'Sara' },
      { kind: 'arrived', from: '+98912', to: '+9821', name: 'Sara' },
    ],
    ['voice-next?turn=3&of=gather', { Digits: '12#w' }, { kind: 'heard', digits: '12#', speech: '' }],
    ['voice-next?turn=3&of=gather', { SpeechResult: 'سفارش' }, { kind: 'heard', digits: '', speech: 'سفارش' }],
    ['voice-next?turn=3&of=gather', {}, { kind: 'heard', digits: '', speech: '' }],
    ['voice-next?turn=3&of=again', {}, { kind: 'played' }],
    ['voice-next?turn=3&of=hold', { QueueResult: 'leave' }, { kind: 'held' }],
    ['voice-next?turn=3&of=hold', { QueueResult: 'error' }, { kind: 'held' }],
    ['voice-next?turn=3&of=hold', { QueueResult: 'hangup' }, { kind: 'hung_up' }],
    ['voice-next?turn=3&of=hold', { QueueResult: 'redirected' }, null],
    ['voice-dialled?turn=3&leg=l1', { DialCallStatus: 'canceled', CallStatus: 'completed' }, { kind: 'hung_up' }],
    ['voice-next?turn=3&of=nudge', {}, { kind: 'held' }],
    ['voice-next?turn=3&of=constructor', {}, null],
    [
      'voice-recorded?turn=3',
      recording,
      { kind: 'recorded', reference: recording.RecordingUrl, id: 'RE1', seconds: 9 },
    ],
    [
      'voice-recorded?turn=3',
      { ...recording, RecordingUrl: 'http://169.254.169.254/' },
      { kind: 'recorded', reference: null },
    ],
    ['voice-recorded?turn=3&of=silence', {}, { kind: 'recorded', reference: null, seconds: 0 }],
    [
      'voice-dialled?turn=3&leg=l1',
      { DialCallStatus: 'completed', DialCallDuration: '61' },
      { ...leg, result: 'answered', seconds: 61 },
    ],
    ['voice-dialled?turn=3&leg=l1', { DialCallStatus: 'completed' }, { ...leg, result: 'answered', seconds: 0 }],
    ['voice-dialled?turn=3&leg=l1', { DialCallStatus: 'no-answer' }, { ...leg, result: 'no_answer', seconds: null }],
    ['voice-dialled?turn=3&leg=l1&result=failed', {}, { ...leg, result: 'failed' }],
    ['voice-status', { CallStatus: 'completed' }, { kind: 'hung_up' }],
    ['voice-status', { CallStatus: 'in-progress' }, null],
    [
      'voice-status?leg=l1',
      { ParentCallSid: 'CA0', CallStatus: 'in-progress' },
      { ...leg, result: 'answered', seconds: null },
    ],
    ['voice-status?leg=l1', { ParentCallSid: 'CA0', CallStatus: 'completed' }, null],
  ])('%s with %j', async (place, params, happening) => {
    const { turn, happening: found } = await read(place, params);
    expect([turn, found]).toEqual([place.includes('turn=3') ? 3 : 0, happening && expect.objectContaining(happening)]);
  });

  it('is not believed when its turn, its call or its account was changed', async () => {
    await expect(read('voice-next?turn=4&of=gather', {}, 'voice-next?turn=3&of=gather')).rejects.toThrow(ForgedWebhook);
    await expect(read('voice', { AccountSid: `AC${'2'.repeat(32)}` })).rejects.toThrow(ForgedWebhook);
    await expect(read('voice', { CallSid: '' })).rejects.toThrow(UnreadableWebhook);
  });

  it('counts as silence when only its address is known', () => {
    const base = 'https://hub.example/hooks/twilio/c1';
    expect(silenceOf(`${base}/voice-next?turn=5&of=gather`)).toMatchObject({
      turn: 5,
      happening: { kind: 'heard', digits: '', speech: '' },
    });
    expect(silenceOf(`${base}/voice-dialled?turn=5&leg=l1`)).toMatchObject({ happening: { result: 'failed' } });
    expect([silenceOf(`${base}/voice`), silenceOf('nonsense')]).toEqual([null, null]);
  });
});
