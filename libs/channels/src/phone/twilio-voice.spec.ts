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

describe('a call with which Peyk itself speaks', () => {
  const peyk = { answers: 'peyk' };

  it('is neither answered nor served because Twilio picked up and ended it: the line knows', async () => {
    expect(await statusOf('in-progress', {}, peyk)).toMatchObject({ type: 'ignored' });
    expect(await statusOf('completed', { CallDuration: '42' }, peyk)).toMatchObject({
      state: 'ended',
      outcome: null,
      answeredAt: null,
      durationSeconds: null,
      details: { cause: 'completed', line: '+15005550006' },
    });
    expect(await statusOf('canceled', {}, peyk)).toMatchObject({ state: 'ended', outcome: 'missed' });
  });

  const leg = { CallSid: 'CA2', ParentCallSid: 'CA1', To: 'sip:101@pbx', Direction: 'outbound-dial' };
  const place = 'voice-status?turn=3&leg=leg-1&party=%2B989121234567';

  it.each([
    ['ringing', 'ringing', { id: 'leg-1', to: '', outcome: 'ringing', agentId: null }],
    ['in-progress', 'answered', { outcome: 'answered' }],
    ['no-answer', 'ringing', { outcome: 'no_answer' }],
    ['completed', 'ringing', { outcome: 'answered' }],
  ])('grows by the leg of an agent who is rung: %s', async (CallStatus, state, found) => {
    const { events } = await receive(place, { ...call, ...leg, CallStatus, SequenceNumber: '2' }, peyk);
    expect(events).toMatchObject([
      {
        callId: 'CA1',
        direction: 'in',
        state,
        outcome: null,
        party: { address: '+989121234567' },
        details: { legs: [found] },
      },
    ]);
    expect(events).toMatchObject([{ externalId: `CA2:${CallStatus}:2` }]);
  });

  it('is answered, in a call that an agent makes, once the customer is there', async () => {
    const told = async (rung: string, params: Record<string, string>) =>
      (await receive(`voice-status?direction=out&party=%2B989151234567&rung=${rung}`, { ...call, ...params }, peyk))
        .events;
    const agents = { Direction: 'outbound-api', CallStatus: 'in-progress' };
    expect(await told('agent', agents)).toMatchObject([
      {
        callId: 'CA1',
        direction: 'out',
        state: 'ringing',
        details: { legs: [{ id: 'dial CA1', outcome: 'answered' }] },
      },
    ]);
    expect(await told('agent', { ...agents, CallStatus: 'busy' })).toMatchObject([
      { state: 'ended', outcome: 'cancelled' },
    ]);
    expect(await told('customer', { ...leg, CallStatus: 'in-progress' })).toMatchObject([
      { callId: 'CA1', direction: 'out', state: 'answered', party: { address: '+989151234567' } },
    ]);
    expect(await told('customer', { ...leg, CallStatus: 'no-answer' })).toMatchObject([
      { state: 'ended', outcome: 'missed' },
    ]);
  });

  it('that met an outage keeps the message which the caller left', async () => {
    const left = {
      RecordingSid: 'RE1',
      RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
      RecordingDuration: '9',
    };
    expect((await receive('voice-recorded?outage=1', { ...call, ...left }, peyk)).events).toMatchObject([
      { state: 'ended', outcome: 'voicemail', endedAt: noon, details: { recordings: [{ id: 'RE1', seconds: 9 }] } },
    ]);
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
