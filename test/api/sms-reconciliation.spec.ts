import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SmsReconciliation, type Found } from '../../apps/hub/src/intake/sms-reconciliation.service.js';
import { ChannelDirectory, type OpenChannel } from '../../apps/hub/src/settings/channel-directory.service.js';
import { startKavenegar, type KavenegarStandIn } from '../../tools/stand-ins/kavenegar.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import {
  addSmsChannel,
  addTwilio,
  becomes,
  ourNumber,
  sendSms,
  talkWith,
  type TwilioScene,
} from '../support/sms-scene.js';

let scene: ConnectedWorld;
let one: TwilioScene;
let kavenegar: KavenegarStandIn;
let lineId: string;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
  // Nothing is reported by itself: every callback is lost.
  one = await addTwilio(scene, { options: { statuses: [] } });
  kavenegar = await startKavenegar({ retryMs: 20 });
  lineId = await addSmsChannel(scene, {
    name: 'Kavenegar',
    config: kavenegar.settings(),
    secrets: { apiKey: kavenegar.apiKey, inboundSecret: kavenegar.inboundSecret },
  });
  kavenegar.pushTo(`${scene.hub.url}/hooks/sms/${lineId}`);
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await one?.twilio.close();
  await kavenegar?.close();
});

function newNumber(): string {
  count += 1;
  return `+98938000${String(1000 + count)}`;
}

const say = (from: string, body: string, more: object = {}) =>
  one.twilio.sms(one.channelId, { from, to: ourNumber, body, ...more });
const soon = () => new Date(Date.now() + 5 * 60_000);
const compare = (channelId: string, scope: 'books' | 'states' = 'books'): Promise<Found | null> =>
  scene.hub.app
    .get(SmsReconciliation)
    .reconcile(scene.hub.app.get(ChannelDirectory).find(channelId) as OpenChannel, scope, soon());
const textsOf = async (address: string) =>
  (await talkWith(scene, address)).messages.filter(({ kind }) => kind === 'text').map(({ body }) => body);

async function answer(address: string, body: string, state = 'sent') {
  const sent = await sendSms(scene, { channelId: one.channelId, address, body });
  return await becomes(scene, address, sent.body.id, state);
}

describe('comparing our books with Twilio’s', () => {
  it('finds how a message ended of which nobody told', async () => {
    const [fine, lost] = [newNumber(), newNumber()];
    await say(fine, 'hi');
    await say(lost, 'hi');
    const [good, bad] = [await answer(fine, 'arrives'), await answer(lost, 'does not')];
    one.twilio.books.settle(one.twilio.receivedBy(fine)[0]?.sid ?? '', 'delivered');
    one.twilio.books.settle(one.twilio.receivedBy(lost)[0]?.sid ?? '', 'undelivered', 30005);
    await compare(one.channelId);
    expect((await becomes(scene, fine, good.id, 'delivered')).deliveryError).toBeNull();
    expect((await becomes(scene, lost, bad.id, 'failed')).deliveryError).toContain('out of service');
  });

  it('finds that a doubtful message was taken, and leaves alone one that was not', async () => {
    const [taken, never] = [newNumber(), newNumber()];
    await say(taken, 'hi');
    await say(never, 'hi');
    await answer(taken, 'the same words');
    one.twilio.faults.arm('cut_after', { only: 'messages' });
    const doubtful = await answer(taken, 'the same words', 'unconfirmed');
    one.twilio.faults.arm('server_error', { only: 'messages' });
    const unknown = await answer(never, 'was this taken?', 'unconfirmed');
    expect(await compare(one.channelId)).toMatchObject({ adopted: 1 });
    await becomes(scene, taken, doubtful.id, 'sent');
    await becomes(scene, never, unknown.id, 'unconfirmed');
    const ids = await scene.hub.database.query<{ provider_id: string }>(
      'select provider_id from delivery where address = $1 and provider_id is not null',
      [taken],
    );
    expect(new Set(ids.map((row) => row.provider_id)).size).toBe(2);
    expect(one.twilio.receivedBy(taken)).toHaveLength(2);
  });

  it('brings what a customer wrote while nobody took it, once', async () => {
    const [from, known] = [newNumber(), newNumber()];
    await say(known, 'told');
    await say(from, 'never told', { untold: true });
    await say(from, 'not ours', { untold: true, to: '+15005550999' });
    await compare(one.channelId);
    await compare(one.channelId);
    expect(await textsOf(from)).toEqual(['never told']);
    expect(await textsOf(known)).toEqual(['told']);
  });

  it('obeys a stop that nobody took', async () => {
    const from = newNumber();
    await say(from, 'hi');
    await say(from, 'STOP', { untold: true });
    await compare(one.channelId);
    const refused = await sendSms(scene, { channelId: one.channelId, address: from, body: 'x' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'opted_out' } });
  });

  it('leaves alone what came before the channel was there', async () => {
    const from = newNumber();
    await say(from, 'long ago', { untold: true });
    const booked = one.twilio.books.messages.at(-1);
    Object.assign(booked ?? {}, { at: new Date(Date.now() - 3_600_000) });
    await compare(one.channelId);
    await expect(talkWith(scene, from)).rejects.toThrow('nobody has');
  });

  it('asks nothing that Twilio’s published description does not know', () => {
    expect(one.twilio.invalid).toEqual([]);
  });
});

describe('Kavenegar', () => {
  it('brings messages by its push, which must know the secret of the address', async () => {
    const from = newNumber();
    expect(await kavenegar.sms({ from: `0${from.slice(3)}`, text: 'سلام' })).toMatchObject({ status: 200 });
    expect(await textsOf(from)).toEqual(['سلام']);
    const forged = await fetch(`${scene.hub.url}/hooks/sms/${lineId}?key=guessed-guessed-guessed`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ messageid: '1', from: '09121111111', message: 'x' }),
    });
    expect(forged.status).toBe(403);
  });

  it('fails a message by what it states inside an answer with status 200', async () => {
    const from = newNumber();
    await kavenegar.sms({ from: `0${from.slice(3)}`, text: 'سلام' });
    kavenegar.faults.arm('business_error', { stated: 411, only: 'sms/send' });
    const sent = await sendSms(scene, { channelId: lineId, address: from, body: 'پاسخ' });
    const failed = await becomes(scene, from, sent.body.id, 'failed');
    expect(failed.deliveryError).toContain('Kavenegar 411');
    expect(failed.deliveryError).not.toContain(kavenegar.apiKey);
  });

  it('is asked how messages ended, and pushes it as well', async () => {
    const from = newNumber();
    await kavenegar.sms({ from: `0${from.slice(3)}`, text: 'سلام' });
    const [asked, pushed] = [
      await sendSms(scene, { channelId: lineId, address: from, body: 'یک' }),
      await sendSms(scene, { channelId: lineId, address: from, body: 'دو' }),
    ];
    await becomes(scene, from, pushed.body.id, 'sent');
    const ids = kavenegar.received.slice(-2).map(({ messageid }) => messageid);
    await kavenegar.settle(ids[0] ?? 0, 10);
    await kavenegar.settle(ids[1] ?? 0, 11, true);
    expect((await becomes(scene, from, pushed.body.id, 'failed')).deliveryError).toContain('Kavenegar 11');
    await compare(lineId, 'states');
    await becomes(scene, from, asked.body.id, 'delivered');
  });

  it('knows whether it took a doubtful message', async () => {
    const from = newNumber();
    await kavenegar.sms({ from: `0${from.slice(3)}`, text: 'سلام' });
    kavenegar.faults.arm('cut_after', { only: 'sms/send' });
    const sent = await sendSms(scene, { channelId: lineId, address: from, body: 'رسید؟' });
    await becomes(scene, from, sent.body.id, 'unconfirmed');
    await compare(lineId, 'states');
    await becomes(scene, from, sent.body.id, 'sent');
  });
});
