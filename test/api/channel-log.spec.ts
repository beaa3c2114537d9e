import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ChannelDeliveryView, ConversationView, MapTrialView, Page, SimulatedView } from '#contract';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld({ env: { DEFAULT_COUNTRY: 'IR' } });
}, 60_000);
afterAll(() => scene.close());

const simulate = (channel: string, body: object) =>
  scene.admin.call<SimulatedView>(`/api/channels/${channel}/simulate`, { body });

async function simulated(channel: string, body: object): Promise<ConversationView> {
  const answer = await simulate(channel, body);
  expect(answer.text).toContain('conversation');
  return openConversation(scene.admin, answer.body.conversation);
}

describe('a simulated message', () => {
  it.each<[keyof ConnectedWorld['channels'], string, string]>([
    ['sms', '+989121230001', '+989121230001'],
    ['gateway', '+989121230002', '+989121230002'],
    ['telegram', '880042', '880042'],
    ['email', 'mina@example.org', 'mina@example.org'],
    ['web', 'mina', 'simulated-mina'],
  ])('comes over %s as its provider would bring it, and says that nobody wrote it', async (kind, from, address) => {
    const text = `می‌خواهم سفارشم را پس بدهم (${kind})`;
    const view = await simulated(scene.channels[kind], { from, name: 'مینا', text, subject: 'سفارش' });
    const message = view.messages.find(({ body }) => body === text);
    expect(message).toMatchObject({ direction: 'in', kind: 'text', channel: { id: scene.channels[kind] } });
    expect(message?.flags).toContain('simulated');
    expect(view.customer.identities.map((identity) => identity.address)).toEqual([address]);
    expect(view.tickets).toHaveLength(1);
    expect(message?.subject ?? null).toBe(kind === 'email' ? 'سفارش' : null);
  });

  it('joins the conversation of whoever has that address, and the next one is another message', async () => {
    const first = await simulated(scene.channels.sms, { from: '+989121230009', text: 'same words' });
    const second = await simulated(scene.channels.sms, { from: '+989121230009', text: 'same words' });
    expect(second.id).toBe(first.id);
    expect(second.messages.filter(({ body }) => body === 'same words')).toHaveLength(2);
  });

  it('cannot put a line into the head of a mail', async () => {
    const view = await simulated(scene.channels.email, {
      from: 'eve@example.org',
      name: 'Eve\r\nBcc: all@example.org',
      subject: 'hi\r\nReply-To: evil@example.org',
      text: 'x',
    });
    expect(view.customer.claims).toEqual([]);
    expect(view.messages.at(-1)?.mail?.cc).toEqual([]);
  });

  it.each([
    ['phone', '+989121230001'],
    ['telegram', 'not a number'],
  ] as const)('is refused where a channel knows no such thing: %s from %s', async (kind, from) => {
    const answer = await simulate(scene.channels[kind], { from, text: 'x' });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'cannot_simulate', field: 'from' });
  });

  it('is for administrators, and written down', async () => {
    const refused = await scene.agent.call(`/api/channels/${scene.channels.sms}/simulate`, {
      body: { from: '+989121230001', text: 'x' },
    });
    expect(refused.status).toBe(403);
    const [act] = await scene.hub.database.query<{ count: number }>(
      `select count(*)::int as count from audit where action = 'channel.simulated'`,
    );
    expect(act?.count).toBeGreaterThan(0);
  });
});

describe('the map of a gateway', () => {
  const tryMap = (channel: string, sample: string) =>
    scene.admin.call<MapTrialView>(`/api/channels/${channel}/try-map`, { body: { sample } });

  it('is tried on what somebody pastes, and nothing of it is taken in', async () => {
    const count = async () =>
      (await scene.hub.database.query<{ n: number }>('select count(*)::int as n from inbound_event'))[0]?.n;
    const before = await count();
    const tried = await tryMap(scene.channels.gateway, '{"sender":"+989121230077","body":"سلام","nested":{"x":1}}');
    expect(tried.status).toBe(200);
    expect(tried.body.fields).toContainEqual({ path: 'nested.x', value: '1' });
    expect(['message', 'unreadable']).toContain(tried.body.reading.type);
    expect(tried.body.sends.url).toMatch(/^http/);
    expect(await count()).toBe(before);
  });

  it('is there for gateways only, and for administrators', async () => {
    expect((await tryMap(scene.channels.sms, 'x=1')).body).toMatchObject({ code: 'no_map' });
    const refused = await scene.agent.call(`/api/channels/${scene.channels.gateway}/try-map`, {
      body: { sample: 'x=1' },
    });
    expect(refused.status).toBe(403);
  });
});

describe('the delivery log of a channel', () => {
  const page = async (query = '') =>
    (await scene.admin.call<Page<ChannelDeliveryView>>(`/api/channels/${scene.channels.gateway}/deliveries${query}`))
      .body;

  it('shows what left and what did not, page by page, and sends again what failed', async () => {
    const view = await simulated(scene.channels.gateway, { from: '+989121239000', text: 'hello' });
    await scene.hub.database.query(`update identity set reachable = 'yes' where address = '+989121239000'`);
    for (const text of ['one', 'two']) {
      await replyBy(scene.admin, view.id, 'sms', text, { channelId: scene.channels.gateway });
    }
    const sent = await until(
      () => page(),
      ({ rows }) => rows.length === 2 && rows.every(({ state }) => state === 'sent'),
    );
    expect(sent.rows[0]).toMatchObject({
      address: '+989121239000',
      conversation: view.id,
      attempts: 1,
      dueAt: null,
      error: null,
      mayResend: false,
    });
    const [newest] = sent.rows;
    await scene.hub.database.query(`update message set delivery = 'failed' where conversation_id = $1 and seq = $2`, [
      view.id,
      newest?.seq,
    ]);
    await scene.hub.database.query(
      `insert into delivery (id, conversation_id, seq, channel_id, address, state, attempts, error_code, error)
       select $2, conversation_id, seq, channel_id, address, 'failed', 1, 'refused', 'The number does not exist.'
       from delivery where id = $1`,
      [newest?.id, uuid()],
    );
    const troubled = await page('?show=troubled');
    expect(troubled.rows).toMatchObject([
      { state: 'failed', error: { code: 'refused', text: 'The number does not exist.' } },
    ]);

    const first = await page('?limit=1');
    expect(first.rows).toHaveLength(1);
    const second = await page(`?limit=2&before=${first.next ?? ''}`);
    expect(second.rows).toHaveLength(2);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(3);

    const path = `/api/conversations/${view.id}/messages/${newest?.seq ?? 0}/resend?part=${view.id}`;
    expect((await scene.admin.call(path, { method: 'POST' })).status).toBe(200);
    await until(
      () => page('?show=sent'),
      ({ rows }) => rows.length === 3,
    );
  });

  it('is for administrators, and refuses a cursor of somebody else', async () => {
    const path = `/api/channels/${scene.channels.gateway}/deliveries`;
    expect((await scene.agent.call(path)).status).toBe(403);
    expect((await scene.admin.call(`${path}?before=yesterday`)).status).toBe(422);
  });
});
