import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import { startSmsGateway, type GatewayStandIn } from '../../tools/stand-ins/sms-gateway.js';
import { replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import {
  addSmsChannel,
  addTwilio,
  becomes,
  ourNumber,
  sendSms,
  talkWith,
  type TwilioScene,
} from '../support/sms-scene.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let gateway: GatewayStandIn;
let channelId: string;
let twilio: TwilioScene;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
  gateway = await startSmsGateway({ retryMs: 20 });
  channelId = await addSmsChannel(scene, {
    name: 'Shop',
    config: gateway.settings(),
    secrets: { apiKey: gateway.apiKey, inboundSecret: gateway.inboundSecret },
  });
  gateway.pushTo(`${scene.hub.url}/hooks/sms/${channelId}`);
  twilio = await addTwilio(scene);
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await gateway?.close();
  await twilio?.twilio.close();
});

/** Somebody who wrote once over the gateway. */
async function buildCustomer(): Promise<{ address: string; national: string }> {
  count += 1;
  const national = `0912000${String(1000 + count)}`;
  await gateway.sms({ from: national, text: 'سلام' });
  return { address: `+98${national.slice(1)}`, national };
}

const wayOf = async (address: string, channel = channelId) =>
  (await talkWith(scene, address)).ways.find(({ channelId: id }) => id === channel);
const eventsOf = async (address: string) =>
  (await talkWith(scene, address)).messages
    .flatMap(({ event }) => (event?.name.startsWith('customer.') ? [event.name] : []))
    .toReversed();
const phone = ({ national }: { national: string }) => gateway.receivedBy(national).map(({ text }) => text);
const ticketsOf = async (address: string) => (await talkWith(scene, address)).tickets;
const solve = async (address: string) => {
  const [ticket] = await ticketsOf(address);
  await scene.agent.call(`/api/tickets/${ticket?.id}`, {
    method: 'PATCH',
    body: { version: ticket?.version, state: 'solved' },
  });
};

describe('a customer who asks for no more SMS', () => {
  it.each(['STOP', 'لغو', 'لغو۱۱'])('gets none after “%s”, and the agent sees why', async (word) => {
    const one = await buildCustomer();
    await gateway.sms({ from: one.national, text: word });
    expect(await wayOf(one.address)).toMatchObject({ unavailable: 'opted_out' });
    expect(await eventsOf(one.address)).toEqual(['customer.opted_out']);
    const refused = await sendSms(scene, { channelId, address: one.address, body: 'Are you sure?' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'opted_out' } });
    expect(phone(one)).not.toContain('Are you sure?');
  });

  it('gets none of what was queued before either', async () => {
    const one = await buildCustomer();
    gateway.faults.arm('rate_limit', { retryAfter: 1 });
    const queued = await replyBy(scene.agent, (await talkWith(scene, one.address)).id, 'sms', 'queued before', {
      channelId,
    });
    await until(
      () =>
        scene.hub.database.query(`select 1 from delivery where attempts = 1 and state = 'queued' and seq = $1`, [
          queued.seq,
        ]),
      (rows) => rows.length > 0,
    );
    await gateway.sms({ from: one.national, text: 'STOP' });
    const failed = await becomes(scene, one.address, queued.id, 'failed');
    expect(failed.deliveryError).toContain('no more messages');
    expect(phone(one)).not.toContain('queued before');
  });

  it('is answered once, in the language of the word', async () => {
    const [one, other] = [await buildCustomer(), await buildCustomer()];
    await gateway.sms({ from: one.national, text: 'لغو' });
    await gateway.sms({ from: one.national, text: 'لغو' });
    await gateway.sms({ from: other.national, text: 'stop' });
    await until(
      () => Promise.resolve([...phone(one), ...phone(other)]),
      (texts) => texts.length >= 2,
    );
    expect(phone(one)).toEqual([expect.stringContaining('برای بازگشت «شروع» را بفرستید')]);
    expect(phone(other)).toEqual([expect.stringContaining('Send START to get them again')]);
    expect(await eventsOf(one.address)).toEqual(['customer.opted_out']);
  });

  it('comes back with START, and is told so', async () => {
    const one = await buildCustomer();
    await gateway.sms({ from: one.national, text: 'STOP' });
    await gateway.sms({ from: one.national, text: 'UNSTOP' });
    expect(await wayOf(one.address)).toMatchObject({ unavailable: null });
    expect(await eventsOf(one.address)).toEqual(['customer.opted_out', 'customer.opted_in']);
    const sent = await sendSms(scene, { channelId, address: one.address, body: 'welcome back' });
    await becomes(scene, one.address, sent.body.id, 'sent');
    expect(phone(one).slice(-2)).toEqual([expect.stringContaining('again'), 'welcome back']);
  });

  it('stays back when the provider repeats an old stop', async () => {
    const one = await buildCustomer();
    await gateway.sms({ from: one.national, text: 'STOP', id: `stop-${one.national}` });
    await gateway.sms({ from: one.national, text: 'START' });
    await gateway.sms({ from: one.national, text: 'STOP', id: `stop-${one.national}` });
    expect(await wayOf(one.address)).toMatchObject({ unavailable: null });
  });

  it('is heard although the hub died between the wish and its message', async () => {
    const one = await buildCustomer();
    await scene.hub.database.query(
      `insert into opt_out (id, channel_id, kind, address, source, said) values (gen_random_uuid(), $1, 'phone', $2, 'customer', 'STOP')`,
      [channelId, one.address],
    );
    await gateway.sms({ from: one.national, text: 'STOP' });
    expect(await eventsOf(one.address)).toEqual(['customer.opted_out']);
  });

  it('wakes nobody where nothing is open, and is seen where something is', async () => {
    const one = await buildCustomer();
    await gateway.sms({ from: one.national, text: 'STOP' });
    const open = (await talkWith(scene, one.address)).messages.find(({ body }) => body === 'STOP') as MessageView;
    expect(open.ticketId).not.toBeNull();
    await gateway.sms({ from: one.national, text: 'START' });
    await solve(one.address);
    await gateway.sms({ from: one.national, text: 'توقف' });
    expect((await ticketsOf(one.address)).map(({ state }) => state)).toEqual(['solved']);
    const quiet = (await talkWith(scene, one.address)).messages.find(({ body }) => body === 'توقف') as MessageView;
    expect(quiet.ticketId).toBeNull();
  });

  it('who is a stranger becomes known and stays unbothered', async () => {
    count += 1;
    const national = `0912000${String(1000 + count)}`;
    await gateway.sms({ from: national, text: 'STOP' });
    const address = `+98${national.slice(1)}`;
    expect(await eventsOf(address)).toEqual(['customer.opted_out']);
    expect(await ticketsOf(address)).toEqual([]);
  });

  it('is one of that channel only', async () => {
    const one = await buildCustomer();
    await gateway.sms({ from: one.national, text: 'STOP' });
    expect(await wayOf(one.address, twilio.channelId)).toMatchObject({ unavailable: null });
  });

  it('may say so to the provider, whose refusal is believed', async () => {
    const one = await buildCustomer();
    twilio.twilio.optOut(one.address);
    const sent = await sendSms(scene, { channelId: twilio.channelId, address: one.address, body: 'hello' });
    const failed = await becomes(scene, one.address, sent.body.id, 'failed');
    expect(failed.deliveryError).toContain('21610');
    expect(await wayOf(one.address, twilio.channelId)).toMatchObject({ unavailable: 'opted_out' });
    expect(await eventsOf(one.address)).toEqual(['customer.opted_out']);
  });

  it('is known by Twilio’s own word on a message, which Twilio answers itself', async () => {
    const one = await buildCustomer();
    const sms = { from: one.address, to: ourNumber };
    await twilio.twilio.sms(twilio.channelId, { ...sms, body: 'basta', optOutType: 'STOP' });
    expect(await wayOf(one.address, twilio.channelId)).toMatchObject({ unavailable: 'opted_out' });
    await twilio.twilio.sms(twilio.channelId, { ...sms, body: 'ancora', optOutType: 'START' });
    expect(await wayOf(one.address, twilio.channelId)).toMatchObject({ unavailable: null });
    expect(twilio.twilio.receivedBy(one.address)).toEqual([]);
    expect(twilio.twilio.invalid).toEqual([]);
  });
});

it('lets a wish end once, and nobody writes it anew', async () => {
  const one = await buildCustomer();
  await gateway.sms({ from: one.national, text: 'STOP' });
  await gateway.sms({ from: one.national, text: 'START' });
  const undo = (set: string) =>
    scene.hub.database.query(`update opt_out set ${set} where channel_id = $1 and address = $2`, [
      channelId,
      one.address,
    ]);
  await expect(undo('ended_at = null, ended_said = null')).rejects.toThrow('ends once');
  await expect(undo(`address = '+989120000000'`)).rejects.toThrow('changes in nothing else');
});
