import { describe, expect, it } from '@jest/globals';
import { signTwilio } from '../../../../tools/stand-ins/twilio-webhooks.js';
import { type ChannelAccount, UnreadableWebhook } from '../channel-adapter.js';
import { createPhoneAdapter } from './phone.adapter.js';
import { phoneConfig, phoneSecrets, type PhoneSettings } from './phone-settings.js';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = 'auth-token-of-this-spec';
const publicUrl = 'https://hub.example';
const noon = new Date('2026-03-21T12:00:00Z');
const adapter = createPhoneAdapter({ now: () => noon });

function buildAccount(config: object = {}): ChannelAccount<PhoneSettings> {
  const parsed = phoneConfig.parse({ driver: 'twilio', accountSid, ...config });
  const settings = { ...parsed, ...phoneSecrets.parse({ authToken }) } as PhoneSettings;
  return { id: 'c1', name: 'Phone', settings, publicUrl };
}

const call = { CallSid: 'CA1', From: '+989121234567', To: '+15005550006', Direction: 'inbound' };

async function receive(path: string, params: Record<string, string>, config: object = {}) {
  const originalUrl = `/hooks/twilio/c1/${path}`;
  const whole = { AccountSid: accountSid, ...params };
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: path.split('?')[0] ?? '',
      originalUrl,
      headers: { 'x-twilio-signature': signTwilio(authToken, publicUrl + originalUrl, whole) },
      body: Buffer.from(new URLSearchParams(whole).toString()),
    },
    buildAccount(config),
  );
  if (reading === undefined) {
    throw new Error('nothing was read');
  }
  return reading;
}

async function statusOf(CallStatus: string, more: Record<string, string> = {}, config: object = {}) {
  return (await receive('voice-status', { ...call, CallStatus, ...more }, config)).events[0];
}

describe('a caller over Twilio', () => {
  it('hears a greeting, and the call rings in the timeline', async () => {
    const { events, answer } = await receive('voice', { ...call, CallStatus: 'ringing' });
    expect(events).toMatchObject([
      {
        type: 'call',
        callId: 'CA1',
        externalId: 'CA1:voice',
        state: 'ringing',
        direction: 'in',
        startedAt: noon,
        party: { kind: 'phone', address: '+989121234567', trust: 'channel_given' },
      },
    ]);
    expect(answer.body).toMatch(/<Response><Say language="en-US">.+<\/Say><Hangup\/><\/Response>$/);
  });

  it('hears the organisation’s own recording where one is set', async () => {
    const greeting = { playUrl: 'https://files.example/salam.mp3?a=1&b=2' };
    const { answer } = await receive('voice', { ...call, CallStatus: 'ringing' }, { greeting });
    expect(answer.body).toContain('<Play>https://files.example/salam.mp3?a=1&amp;b=2</Play>');
  });

  it.each(['anonymous', '+266696687', '', 'Restricted'])('who withholds the number (%s) meets nobody', async (From) => {
    const { events } = await receive('voice', { ...call, From, CallStatus: 'ringing' });
    expect(events).toMatchObject([{ party: { kind: 'external', address: 'call:CA1', trust: 'unauthenticated' } }]);
  });
});

describe('the life of a Twilio call', () => {
  it.each([
    ['initiated', 'ringing', null],
    ['ringing', 'ringing', null],
    ['in-progress', 'answered', null],
    ['completed', 'ended', 'answered'],
    ['busy', 'ended', 'busy'],
    ['no-answer', 'ended', 'missed'],
    ['failed', 'ended', 'failed'],
    ['canceled', 'ended', 'missed'],
  ])('%s is %s', async (status, state, outcome) => {
    expect(await statusOf(status)).toMatchObject({ type: 'call', callId: 'CA1', state, outcome });
  });

  it('brings its times, its length and its order', async () => {
    const more = { Timestamp: 'Sat, 21 Mar 2026 11:59:30 +0000', CallDuration: '42', SequenceNumber: '3' };
    expect(await statusOf('completed', more)).toMatchObject({
      externalId: 'CA1:completed:3',
      order: 3,
      endedAt: new Date('2026-03-21T11:59:30Z'),
      answeredAt: null,
      durationSeconds: 42,
    });
  });

  it('counts as missed where callers only hear the greeting', async () => {
    const greetingOnly = { completedMeans: 'missed' };
    expect(await statusOf('completed', {}, greetingOnly)).toMatchObject({ outcome: 'missed' });
    expect(await statusOf('in-progress', {}, greetingOnly)).toMatchObject({ answeredAt: null });
    const out = { Direction: 'outbound-api', From: '+15005550006', To: '+989121234567' };
    expect(await statusOf('completed', out, greetingOnly)).toMatchObject({ outcome: 'answered' });
  });

  it('names the called person of an outgoing call', async () => {
    const out = { Direction: 'outbound-dial', From: '+15005550006', To: '+989121234567' };
    expect(await statusOf('canceled', out)).toMatchObject({
      direction: 'out',
      outcome: 'cancelled',
      party: { address: '+989121234567' },
    });
  });
});

describe('a recording of a Twilio call', () => {
  const recording = {
    CallSid: 'CA1',
    RecordingSid: 'RE1',
    RecordingStatus: 'completed',
    RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
  };

  it('joins its call, whose party the signed address names', async () => {
    const { events } = await receive('recording?party=%2B989121234567', recording);
    expect(events).toMatchObject([
      {
        type: 'call',
        callId: 'CA1',
        state: 'answered',
        recordingUrl: recording.RecordingUrl,
        externalId: 'RE1:completed',
      },
    ]);
    expect(events).toMatchObject([{ party: { kind: 'phone', address: '+989121234567' } }]);
  });

  it.each([
    ['is absent', { ...recording, RecordingStatus: 'absent' }],
    ['lies elsewhere', { ...recording, RecordingUrl: 'http://169.254.169.254/x' }],
  ])('is ignored when it %s', async (_, params) => {
    expect((await receive('recording', params)).events).toMatchObject([{ type: 'ignored' }]);
  });

  it('is unreadable at a way in that does not exist', async () => {
    await expect(receive('sms', recording)).rejects.toThrow(UnreadableWebhook);
  });
});
