import { describe, expect, it } from '@jest/globals';
import { type ChannelAccount, ForgedWebhook, UnreadableWebhook, type WebhookRequest } from '../../channel-adapter.js';
import type { LineStep } from '../line.js';
import { createPhoneAdapter } from '../phone.adapter.js';
import { type JambonzSettings, phoneConfig, phoneSecrets } from '../phone-settings.js';
import { readJambonzLine, signJambonz } from './read-jambonz.js';
import { type JambonzLine, renderJambonz, renderJambonzWait } from './render-jambonz.js';

const webhookSecret = 'secret-of-this-spec';
const now = new Date('2026-03-21T12:00:00Z');
const seconds = now.getTime() / 1000;
const account: ChannelAccount<JambonzSettings> = {
  id: 'c1',
  name: 'Phone',
  settings: {
    ...(phoneConfig.parse({
      driver: 'jambonz',
      accountSid: '11111111-1111-4111-8111-111111111111',
    }) as JambonzSettings),
    ...phoneSecrets.parse({ webhookSecret }),
  },
  publicUrl: 'https://hub.example',
};

function request(place: string, body: object, signature?: string): WebhookRequest {
  const bytes = Buffer.from(JSON.stringify({ call_sid: 'j1', ...body }));
  return {
    method: 'POST',
    path: place.split('?')[0] ?? '',
    originalUrl: `/hooks/jambonz/c1/${place}`,
    headers: { 'jambonz-signature': signature ?? signJambonz(webhookSecret, seconds, bytes) },
    body: bytes,
  };
}

const read = (place: string, body: object = {}, signature?: string) =>
  readJambonzLine(request(place, body, signature), account, now);

const line: JambonzLine = {
  callId: 'j1',
  extensionsAt: null,
  way: (name, query) => `https://hub.example/${name}?${new URLSearchParams(query).toString()}`,
  recording: (name) => (name.startsWith('missing') ? null : `https://hub.example/media/${name}`),
};
const verbs = (...steps: LineStep[]) => renderJambonz({ turn: 4, steps }, line);
const gather = {
  gather: {
    dtmf: true,
    speech: true,
    hints: ['سفارش'],
    numDigits: 1,
    finishOnKey: '#',
    timeoutMs: 6500,
    locale: 'fa',
  },
};

describe('a reply in verbs of jambonz', () => {
  it('asks with its prompts inside, in the languages of the account’s voices', () => {
    expect(verbs({ say: 'سلام', locale: 'fa' }, { say: 'یک را بزنید', locale: 'fa' }, gather)).toEqual([
      {
        verb: 'gather',
        input: ['digits', 'speech'],
        actionHook: 'https://hub.example/next?turn=4&of=gather',
        timeout: 7,
        dtmfBargein: true,
        numDigits: 1,
        finishOnKey: '#',
        bargein: true,
        recognizer: { vendor: 'default', language: 'fa-IR', hints: ['سفارش'] },
        say: { text: 'سلام یک را بزنید', synthesizer: { language: 'fa-IR' } },
      },
    ]);
  });

  it('plays before a question what does not fit into it', () => {
    const steps: LineStep[] = [
      { say: 'Hello', locale: 'en' },
      { play: 'a.wav', locale: 'fa' },
      { play: 'b.wav', locale: 'fa' },
    ];
    expect(verbs(...steps, gather)).toMatchObject([
      { verb: 'say', text: 'Hello' },
      { verb: 'gather', play: { url: ['https://hub.example/media/a.wav', 'https://hub.example/media/b.wav'] } },
    ]);
    expect(verbs({ play: 'a.wav', locale: 'fa' }, { pause: { ms: 400 } }, gather)).toMatchObject([
      { verb: 'play' },
      { verb: 'pause', length: 1 },
      { verb: 'gather' },
    ]);
    expect(verbs({ play: 'missing.wav', locale: 'fa' }, gather)).toHaveLength(1);
  });

  it('holds, rings, comes back and hangs up', () => {
    expect(verbs({ hold: { music: 'm.wav', maxMs: 9000 } })).toEqual([
      {
        verb: 'enqueue',
        name: 'peyk j1',
        actionHook: 'https://hub.example/next?turn=4&of=hold',
        waitHook: 'https://hub.example/wait?ms=9000&music=m.wav',
      },
    ]);
    expect(renderJambonzWait('https://x/m.wav', 9000)).toEqual([
      { verb: 'play', url: 'https://x/m.wav' },
      { verb: 'leave' },
    ]);
    const to = { kind: 'extension', address: '101' } as const;
    expect(verbs({ dial: { leg: 'l1', to, timeoutSecs: 20, callerId: '+9821', record: false } })).toEqual([
      {
        verb: 'dial',
        target: [{ type: 'user', name: '101' }],
        actionHook: 'https://hub.example/dialled?turn=4&leg=l1',
        timeout: 20,
        callerId: '+9821',
      },
    ]);
    expect(verbs({ again: { afterMs: 700 } })).toMatchObject([{ verb: 'pause' }, { verb: 'redirect' }]);
    expect(verbs({ hangup: true })).toEqual([{ verb: 'hangup' }]);
  });

  it('says at once that no message was left, for jambonz takes none', () => {
    expect(verbs({ record: { maxMs: 60_000, finishOnKey: '#' } })).toEqual([
      { verb: 'redirect', actionHook: 'https://hub.example/next?turn=4&of=record' },
    ]);
  });
});

describe('a request of jambonz about a line', () => {
  const speech = { alternatives: [{ transcript: 'سفارش', confidence: 0.9 }, { transcript: 'سفر' }] };

  it.each<[string, object, object | null]>([
    ['call', { from: '+98912', to: '+9821' }, { kind: 'arrived', from: '+98912', to: '+9821', name: '' }],
    ['next?turn=3&of=gather', { digits: '1#', reason: 'dtmfDetected' }, { kind: 'heard', digits: '1#', speech: '' }],
    ['next?turn=3&of=gather', { speech }, { kind: 'heard', digits: '', speech: 'سفارش' }],
    ['next?turn=3&of=gather', { reason: 'timeout' }, { kind: 'heard', digits: '', speech: '' }],
    ['next?turn=3&of=gather', { speech: { alternatives: ['x'] } }, { kind: 'heard', digits: '', speech: '' }],
    ['next?turn=3&of=hold', { queue_result: 'leave' }, { kind: 'held' }],
    ['next?turn=3&of=hold', { queueResult: 'hangup' }, { kind: 'hung_up' }],
    ['next?turn=3&of=again', {}, { kind: 'played' }],
    [
      'dialled?turn=3&leg=l1',
      { dial_call_status: 'completed' },
      { kind: 'dialled', leg: 'l1', result: 'answered', seconds: 0 },
    ],
    ['dialled?turn=3&leg=l1', { dial_call_status: 'no-answer' }, { kind: 'dialled', leg: 'l1', result: 'no_answer' }],
    ['status', { call_status: 'completed' }, { kind: 'hung_up' }],
    ['status', { call_status: 'completed', parent_call_sid: 'j0' }, null],
    ['status', { call_status: 'in-progress' }, null],
  ])('%s with %j', (place, body, happening) => {
    const { turn, happening: found } = read(place, body);
    expect([turn, found]).toEqual([place.includes('turn=3') ? 3 : 0, happening && expect.objectContaining(happening)]);
  });

  it('is believed with its signature only, and only while it is fresh', () => {
    const bytes = request('call', {}).body;
    const old = signJambonz(webhookSecret, seconds - 301, bytes);
    const other = signJambonz('another secret of theirs', seconds, bytes);
    for (const signature of ['', 't=1', `t=${String(seconds)},v1=00`, old, other]) {
      expect(() => read('call', {}, signature)).toThrow(ForgedWebhook);
    }
    expect(() => read('call', { from: 'changed' }, signJambonz(webhookSecret, seconds, bytes))).toThrow(ForgedWebhook);
    expect(() => read('call', { call_sid: '' })).toThrow(UnreadableWebhook);
  });
});

describe('a call over jambonz', () => {
  const adapter = createPhoneAdapter({ now: () => now });
  const events = async (place: string, body: object) =>
    (await adapter.receive?.(request(place, body), account))?.events ?? [];

  it('rings, and ends with its cause, which the line itself knows better', async () => {
    const call = { from: '+989121234567', to: '+982191000000', direction: 'inbound' };
    expect(await events('call', call)).toMatchObject([
      {
        callId: 'j1',
        state: 'ringing',
        startedAt: now,
        party: { address: '+989121234567' },
        details: { source: 'jambonz' },
      },
    ]);
    expect(await events('status', { ...call, call_status: 'completed', sip_reason: 'BYE' })).toMatchObject([
      { state: 'ended', outcome: null, endedAt: now, details: { cause: 'BYE', line: '+982191000000' } },
    ]);
    expect(await events('status', { ...call, call_status: 'in-progress' })).toMatchObject([{ type: 'ignored' }]);
  });
});
