import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTwilio } from '../../tools/stand-ins/twilio.js';
import { loadTwilioSpec } from '../../tools/stand-ins/twilio-spec.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import {
  addSmsChannel,
  addTwilio,
  becomes,
  ourNumber,
  sendSms,
  talkWith,
  twilioConfig,
  type TwilioScene,
} from '../support/sms-scene.js';
import { until } from '../support/until.js';

const publicUrl = 'https://support.example';
const pool = ['+15005550007', '+15005550008'];
const service = `MG${'1'.repeat(32)}`;
let scene: ConnectedWorld;
let one: TwilioScene;
let count = 0;

beforeAll(async () => {
  // What stands before the hub ends TLS: Twilio signs an https address, and the hub hears plain http.
  scene = await startConnectedWorld({ env: { PUBLIC_URL: publicUrl } });
  one = await addTwilio(scene, { options: { publicUrl, statuses: [] } });
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await one?.twilio.close();
});

function newNumber(): string {
  count += 1;
  return `+98935000${String(1000 + count)}`;
}

const say = (from: string, body: string, more: object = {}) =>
  one.twilio.sms(one.channelId, { from, to: ourNumber, body, ...more });
const peopleWith = (address: string) =>
  scene.hub.database.query('select customer_id from identity where address = $1 and retired_at is null', [address]);
const textsOf = async (address: string) =>
  (await talkWith(scene, address)).messages.filter(({ kind }) => kind === 'text').map(({ body }) => body);

describe('an SMS over Twilio', () => {
  it('comes in through a proxy that ends TLS', async () => {
    const from = newNumber();
    expect(await say(from, 'سلام')).toMatchObject({ status: 200 });
    expect(await textsOf(from)).toEqual(['سلام']);
  });

  it('is refused with 403 when its signature is not Twilio’s, and leaves no trace', async () => {
    const from = newNumber();
    const forger = await startTwilio({ publicUrl, hubUrl: scene.hub.url, authToken: 'not-the-token', retryMs: 1 });
    expect(await forger.sms(one.channelId, { from, to: ourNumber, body: 'let me in' })).toMatchObject({ status: 403 });
    expect(await peopleWith(from)).toEqual([]);
    await forger.close();
  });

  it('is one message however often it is delivered', async () => {
    const from = newNumber();
    await Promise.all([say(from, 'once', { sid: `SM${from}` }), say(from, 'once', { sid: `SM${from}` })]);
    await say(from, 'once', { sid: `SM${from}` });
    expect(await textsOf(from)).toEqual(['once']);
  });

  it('makes one customer of two first messages at once', async () => {
    const from = newNumber();
    await Promise.all([say(from, 'first'), say(from, 'second'), say(from, 'third')]);
    expect(await peopleWith(from)).toHaveLength(1);
    expect((await textsOf(from)).toSorted()).toEqual(['first', 'second', 'third']);
  });

  it('shows as delivered what was told delivered before it was told sent', async () => {
    const from = newNumber();
    await say(from, 'question');
    const { body } = await sendSms(scene, { channelId: one.channelId, address: from, body: 'answer' });
    await becomes(scene, from, body.id, 'sent');
    const MessageSid = one.twilio.receivedBy(from)[0]?.sid ?? '';
    await one.twilio.hook(one.channelId, 'sms-status', { MessageSid, MessageStatus: 'delivered' });
    await one.twilio.hook(one.channelId, 'sms-status', { MessageSid, MessageStatus: 'sent' });
    expect((await becomes(scene, from, body.id, 'delivered')).deliveryError).toBeNull();
  });

  it('refuses a picture that lies elsewhere than with Twilio, and keeps the words', async () => {
    const from = newNumber();
    await one.twilio.hook(one.channelId, 'sms', {
      MessageSid: `SM${from}`,
      From: from,
      To: ourNumber,
      Body: 'look',
      NumMedia: '1',
      MediaUrl0: 'http://169.254.169.254/latest/meta-data',
      MediaContentType0: 'image/png',
    });
    const [message] = (await talkWith(scene, from)).messages;
    expect(message).toMatchObject({ body: 'look', attachments: [], flags: ['malformed'] });
  });

  it('brings the pictures of an MMS', async () => {
    const from = newNumber();
    const media = [{ bytes: Buffer.from('not really a png'), mediaType: 'image/png' }];
    await say(from, 'receipt', { media });
    const stored = await until(
      async () => (await talkWith(scene, from)).messages.find(({ body }) => body === 'receipt')?.attachments[0],
      (file) => file?.state === 'stored' || file?.state === 'quarantined',
    );
    expect(stored?.name).toBe('media-1.png');
  });

  it.each(['KAVENEGAR', '30001234'])('from %s is nobody’s phone and joins nobody', async (from) => {
    await say(from, 'Your code is 1234');
    await say(newNumber(), `Is ${from} you?`);
    const rows = await scene.hub.database.query(`select kind from identity where address = $1`, [`sms:${from}`]);
    expect(rows).toEqual([{ kind: 'external' }]);
    const view = await talkWith(scene, `sms:${from}`);
    expect(view.messages.map(({ body }) => body)).toEqual(['Your code is 1234']);
    expect(view.ways).toEqual([]);
  });

  it('leaves as several numbered messages where it is longer than Twilio takes, in their order', async () => {
    const from = newNumber();
    await say(from, 'tell me everything');
    const text = 'یک جملهٔ نه چندان کوتاه که تکرار می‌شود. '.repeat(60).trim();
    const { body } = await sendSms(scene, { channelId: one.channelId, address: from, body: text });
    await becomes(scene, from, body.id, 'sent');
    const parts = one.twilio.receivedBy(from).map((sent) => sent.body);
    expect(parts.map((part) => part.slice(0, 6))).toEqual(['(1/2) ', '(2/2) ']);
    expect(parts.every((part) => part.length <= 1600)).toBe(true);
  });
});

describe('a pool of numbers', () => {
  it('is answered from the number that the customer wrote to, and always from that one', async () => {
    const { twilio, channelId } = await addTwilio(scene, {
      options: { publicUrl, statuses: [] },
      config: { messagingServiceSid: service, from: undefined },
    });
    const [from, other] = [newNumber(), newNumber()];
    await twilio.sms(channelId, { from, to: pool[1] ?? '', body: 'a', service });
    await twilio.sms(channelId, { from: other, to: pool[0] ?? '', body: 'b', service });
    for (const address of [from, other, from]) {
      const { body } = await sendSms(scene, { channelId, address, body: 'answer' });
      await becomes(scene, address, body.id, 'sent');
    }
    expect(twilio.received.map((sent) => [sent.to, sent.from])).toEqual([
      [from, pool[1]],
      [other, pool[0]],
      [from, pool[1]],
    ]);
    expect(twilio.invalid).toEqual([]);
    await twilio.close();
  });

  it('without a service spreads over customers, the same number for each', async () => {
    const spec = loadTwilioSpec();
    const twilio = await startTwilio({ publicUrl, hubUrl: scene.hub.url, statuses: [], spec });
    const channelId = await addSmsChannel(scene, {
      name: 'Several numbers',
      config: twilioConfig(twilio, { senders: pool }),
      secrets: { authToken: twilio.authToken },
    });
    const people = Array.from({ length: 8 }, newNumber);
    for (const address of people) {
      await say(address, 'hello');
      for (const text of ['one', 'two']) {
        const { body } = await sendSms(scene, { channelId, address, body: text });
        await becomes(scene, address, body.id, 'sent');
      }
    }
    const senders = people.map((address) => new Set(twilio.receivedBy(address).map((sent) => sent.from)));
    expect(senders.every((used) => used.size === 1)).toBe(true);
    expect(new Set(senders.flatMap((used) => [...used])).size).toBeGreaterThan(1);
    await twilio.close();
  });
});

it('asks Twilio for nothing that its published description does not know', () => {
  expect(one.twilio.received.length).toBeGreaterThan(0);
  expect(one.twilio.invalid).toEqual([]);
});
