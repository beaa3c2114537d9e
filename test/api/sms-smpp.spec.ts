import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReceipt, startMessageCentre, type MessageCentre } from '../../tools/stand-ins/message-centre.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { addSmsChannel, becomes, sendSms, talkWith } from '../support/sms-scene.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let centre: MessageCentre;
let channelId: string;

beforeAll(async () => {
  scene = await startConnectedWorld();
  centre = await startMessageCentre();
  channelId = await addSmsChannel(scene, {
    name: 'Message centre',
    config: { driver: 'smpp', host: '127.0.0.1', port: centre.port, systemId: 'peyk', from: '30001234' },
    secrets: { password: 'secret' },
  });
  await centre.bound();
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await centre?.close();
});

const from = '989121110000';
const address = `+${from}`;
const inUcs2 = (text: string) => Buffer.from(text, 'utf16le').swap16();
const say = (text: string) => centre.deliver({ from, to: '30001234', coding: 8, octets: inUcs2(text) });
const textsOf = async () =>
  (await talkWith(scene, address)).messages
    .filter(({ direction }) => direction === 'in')
    .map(({ body }) => body)
    .toReversed();

describe('a channel that is bound to a message centre', () => {
  it('answers the centre once a message is on disk', async () => {
    expect(await say('سلام، سفارشم کجاست؟')).toBe(0);
    expect(await textsOf()).toEqual(['سلام، سفارشم کجاست؟']);
  });

  it('puts a long message together from its parts', async () => {
    const part = (number: number, text: string) =>
      centre.deliver({
        from,
        to: '30001234',
        esmClass: 0x40,
        coding: 8,
        octets: Buffer.concat([Buffer.of(5, 0, 3, 9, 2, number), inUcs2(text)]),
      });
    expect(await part(1, 'بخش اول، ')).toBe(0);
    expect(await part(2, 'بخش دوم')).toBe(0);
    expect((await textsOf()).at(-1)).toBe('بخش اول، بخش دوم');
  });

  it('carries an answer out and shows its receipt', async () => {
    const sent = await sendSms(scene, { channelId, address, body: 'در راه است.' });
    await becomes(scene, address, sent.body.id, 'sent');
    const { id, to, message } = centre.submitted.at(-1) ?? {};
    expect({ to, octets: message?.octets }).toEqual({ to: from, octets: inUcs2('در راه است.') });
    await centre.deliver({ from, to: '30001234', ...buildReceipt(id ?? '', 'DELIVRD') });
    await becomes(scene, address, sent.body.id, 'delivered');
  });

  it('obeys a stop', async () => {
    await say('لغو');
    const refused = await sendSms(scene, { channelId, address, body: 'x' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'opted_out' } });
    await say('شروع');
  });

  it('binds again by itself after the line broke, and loses nothing', async () => {
    const before = centre.binds.length;
    centre.hangUp();
    await until(
      () => Promise.resolve(centre.binds.length),
      (binds) => binds > before,
      20_000,
    );
    expect(await say('هنوز اینجایم')).toBe(0);
    const sent = await sendSms(scene, { channelId, address, body: 'ما هم.' });
    await becomes(scene, address, sent.body.id, 'sent');
  });

  it('belongs to one process, which the lease names', async () => {
    const rows = await scene.hub.database.query<{ holder: string; problem: string | null }>(
      'select holder, problem from account_lease where channel_id = $1 and lease_until > clock_timestamp()',
      [channelId],
    );
    expect(rows).toHaveLength(1);
    expect(centre.binds.every((bind) => bind === 'transceiver')).toBe(true);
  });

  it('gives its session up when it is switched off, and says what is wrong when it cannot be bound', async () => {
    const password = { secrets: { password: 'wrong' } };
    const changed = await scene.admin.call(`/api/channels/${channelId}`, { method: 'PATCH', body: password });
    expect(changed.status).toBe(200);
    const problem = await until(
      async () => {
        const rows = await scene.hub.database.query<{ problem: string | null }>(
          'select problem from account_lease where channel_id = $1',
          [channelId],
        );
        return rows[0]?.problem ?? '';
      },
      (words) => words.includes('password'),
      20_000,
    );
    expect(problem).toContain('0x0000000e');
  });
});
