import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSmsGateway, type GatewayStandIn } from '../../tools/stand-ins/sms-gateway.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { addSmsChannel, becomes, changeSmsChannel, sendSms, talkWith } from '../support/sms-scene.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let gateway: GatewayStandIn;
let channelId: string;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
  gateway = await startSmsGateway({ retryMs: 20 });
  channelId = await addSmsChannel(scene, {
    name: 'Limited',
    config: gateway.settings(),
    secrets: { apiKey: gateway.apiKey, inboundSecret: gateway.inboundSecret },
  });
  gateway.pushTo(`${scene.hub.url}/hooks/sms/${channelId}`);
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await gateway?.close();
});

async function buildCustomer(prefix = '+98936'): Promise<string> {
  count += 1;
  const address = `${prefix}${prefix === '+98936' ? '000' : '44'}${String(1000 + count)}`;
  await gateway.sms({ from: address, text: 'سلام' });
  return address;
}

const limit = (limits: object) => changeSmsChannel(scene, channelId, { ...gateway.settings(), limits });
const send = (address: string, body: string) => sendSms(scene, { channelId, address, body });
const phone = (address: string) => gateway.receivedBy(`0${address.slice(3)}`).map(({ text }) => text);

describe('what keeps a leak from becoming a bill', () => {
  it('is a list of countries: an agent reads at once that a number is not among them', async () => {
    await limit({ countries: ['IR'] });
    const [here, abroad] = [await buildCustomer(), await buildCustomer('+4915223')];
    expect(await send(abroad, 'hello')).toMatchObject({ status: 409, body: { code: 'country_not_allowed' } });
    const { body } = await send(here, 'hello');
    await becomes(scene, here, body.id, 'sent');
  });

  it('counts for what was written before it was set', async () => {
    await limit({});
    const address = await buildCustomer();
    gateway.faults.arm('rate_limit', { retryAfter: 1 });
    const { body } = await send(address, 'to a number that is not allowed any more');
    await until(
      () =>
        scene.hub.database.query(`select 1 from delivery where attempts = 1 and state = 'queued' and seq = $1`, [
          body.seq,
        ]),
      (rows) => rows.length > 0,
    );
    await limit({ prefixes: ['+98912'] });
    const failed = await becomes(scene, address, body.id, 'failed');
    expect(failed.deliveryError).toContain('numbers that begin so');
    expect(phone(address)).toEqual([]);
  });

  it('is the count of an hour for each number: what is beyond it fails visibly and can be sent again later', async () => {
    await limit({ recipientPerHour: 2 });
    const [one, other] = [await buildCustomer(), await buildCustomer()];
    for (const text of ['a', 'b']) {
      const { body } = await send(one, text);
      await becomes(scene, one, body.id, 'sent');
    }
    const { body } = await send(one, 'c');
    expect((await becomes(scene, one, body.id, 'failed')).deliveryError).toContain('limit is reached');
    const others = await send(other, 'a');
    await becomes(scene, other, others.body.id, 'sent');
    expect(phone(one)).toEqual(['a', 'b']);
    await limit({ recipientPerHour: 3 });
    const { id } = await talkWith(scene, one);
    await scene.agent.call(`/api/conversations/${id}/messages/${body.seq}/resend?part=${body.conversation}`, {
      body: {},
    });
    await becomes(scene, one, body.id, 'sent');
  });

  it('is the count of the whole channel too', async () => {
    const [row] = await scene.hub.database.query<{ sent: number }>(
      `select coalesce(sum(sent), 0)::int as sent from send_count where channel_id = $1 and address = ''`,
      [channelId],
    );
    await limit({ perDay: (row?.sent ?? 0) + 1 });
    const people = [await buildCustomer(), await buildCustomer()];
    const [first, second] = [await send(people[0] ?? '', 'x'), await send(people[1] ?? '', 'x')];
    await becomes(scene, people[0] ?? '', first.body.id, 'sent');
    const failed = await becomes(scene, people[1] ?? '', second.body.id, 'failed');
    expect(failed.deliveryError).toContain('as many messages as it may');
  });

  it('lets only as many through at once as there is room for', async () => {
    await limit({ perHour: 1000 });
    const [before] = await scene.hub.database.query<{ sent: number }>(
      `select coalesce(sum(sent), 0)::int as sent from send_count where channel_id = $1 and address = ''`,
      [channelId],
    );
    await limit({ perHour: (before?.sent ?? 0) + 3 });
    const people = await Promise.all(Array.from({ length: 8 }, () => buildCustomer()));
    const sent = await Promise.all(people.map((address) => send(address, 'all at once')));
    const states = await Promise.all(
      sent.map(({ body }, index) =>
        until(
          async () => (await talkWith(scene, people[index] ?? '')).messages.find(({ id }) => id === body.id)?.delivery,
          (state) => state === 'sent' || state === 'failed',
        ),
      ),
    );
    expect(states.filter((state) => state === 'sent')).toHaveLength(3);
  });
});

it('tells agents what an SMS costs where a price was written down', async () => {
  const terms = () => scene.agent.call<{ price: unknown }>(`/api/channels/${channelId}/sms-terms`);
  expect((await terms()).body).toEqual({ price: null });
  await changeSmsChannel(scene, channelId, { ...gateway.settings(), price: { perSegment: 89, currency: 'IRR' } });
  expect((await terms()).body).toEqual({ price: { perSegment: 89, currency: 'IRR' } });
});
