import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ChannelView } from '#contract';
import { ChannelConnections } from '../../apps/hub/src/settings/channels/channel-connections.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { startBotApi, type BotApiStandIn } from '../../tools/stand-ins/bot-api.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const webhookSecret = 'a-secret-of-enough-letters';
const atHome = 'https://peyk.test';
let database: { url: string; drop: () => Promise<void> };
let bot: BotApiStandIn;
const hubs: TestHub[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  bot = await startBotApi();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await bot.close();
});
afterAll(() => database.drop());

async function start(publicUrl: string | null = atHome): Promise<{ hub: TestHub; admin: Caller }> {
  const hub = await startTestHub({
    databaseUrl: database.url,
    env: {
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      OUTBOUND_ALLOW: '127.0.0.0/8',
      ...(publicUrl !== null && { PUBLIC_URL: publicUrl }),
    },
  });
  hubs.push(hub);
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
  const session = await signedIn(hub, (root as { id: string }).id);
  // Behind https the cookie goes by its stricter name.
  const cookie = session.credentials['cookie'] ?? '';
  return { hub, admin: new (session.constructor as typeof Caller)(hub.url, { cookie: `${cookie}; __Host-${cookie}` }) };
}

async function stopAll(): Promise<void> {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
}

const botChannel = (over: { config?: object; secrets?: object } = {}) => ({
  kind: 'telegram',
  name: `bot ${randomUUID()}`,
  config: { apiRoot: bot.url, mode: 'webhook', ...over.config },
  secrets: { token: bot.token, webhookSecret, ...over.secrets },
});

const save = (admin: Caller, over: Parameters<typeof botChannel>[0] = {}) =>
  admin.call<ChannelView>('/api/channels', { body: botChannel(over) });

async function problemOf(admin: Caller, id: string): Promise<string | null | undefined> {
  const { body } = await admin.call<ChannelView[]>('/api/channels');
  return body.find((channel) => channel.id === id)?.problem;
}

const calls = (method: string) => bot.calls.filter((name) => name === method).length;
async function webhook(): Promise<string> {
  const response = await fetch(`${bot.url}/bot${bot.token}/getWebhookInfo`);
  return ((await response.json()) as { result: { url: string } }).result.url;
}
const look = (hub: TestHub) => hub.app.get(ChannelConnections, { strict: false }).look();
/** As if the pause were over. */
const letTimePass = (hub: TestHub) =>
  hub.database.query(`update channel_connection set due_at = clock_timestamp() where problem is not null`);

describe('setting up a webhook of Telegram', () => {
  it('is refused by the field at fault where it cannot work', async () => {
    const { admin } = await start(null);
    expect((await save(admin)).body).toMatchObject({ status: 422, field: 'config.mode' });
    expect((await save(admin, { config: { mode: 'poll' } })).status).toBe(201);
    await stopAll();

    const plain = await start('http://peyk.test');
    expect((await save(plain.admin, { config: { apiRoot: 'https://api.telegram.org' } })).body).toMatchObject({
      field: 'config.mode',
      detail: expect.stringContaining('https'),
    });
    await stopAll();

    const { admin: secure } = await start();
    expect((await save(secure, { secrets: { webhookSecret: undefined } })).body).toMatchObject({
      status: 422,
      field: 'secrets.webhookSecret',
    });
    expect((await save(secure)).status).toBe(201);
    expect(calls('setWebhook')).toBe(1);
  }, 60_000);

  it('can be switched off where it cannot work any more', async () => {
    const { body } = await save((await start()).admin);
    await stopAll();
    const { admin } = await start(null);
    const change = (over: object) => admin.call(`/api/channels/${body.id}`, { method: 'PATCH', body: over });
    expect((await change({ name: `x ${randomUUID()}` })).status).toBe(422);
    expect((await change({ enabled: false })).status).toBe(200);
  }, 60_000);

  it('is tried again after a failure, when its pause is over and on one node only', async () => {
    const { hub, admin } = await start();
    const other = await start();
    bot.faults.arm('server_error', { only: 'setWebhook', times: 2 });
    const { body } = await save(admin);
    expect(body.problem).toContain('502');
    await other.hub.app.get(ChannelDirectory).refresh();
    expect(await problemOf(other.admin, body.id)).toContain('502');

    await Promise.all([look(hub), look(other.hub)]);
    expect(calls('setWebhook')).toBe(1);
    await letTimePass(hub);
    await Promise.all([look(hub), look(other.hub)]);
    expect(calls('setWebhook')).toBe(2);
    const [row] = await hub.database.query<{ seconds: number }>(
      `select extract(epoch from due_at - clock_timestamp())::float as seconds from channel_connection where channel_id = $1`,
      [body.id],
    );
    expect(row?.seconds).toBeGreaterThan(50);

    await letTimePass(hub);
    await Promise.all([look(hub), look(other.hub)]);
    expect(calls('setWebhook')).toBe(3);
    expect(await webhook()).toBe(`${atHome}/hooks/telegram/${body.id}`);
    expect(await problemOf(admin, body.id)).toBeNull();
    await Promise.all([look(hub), look(other.hub)]);
    expect(calls('setWebhook')).toBe(3);
  }, 60_000);

  it('is done at the start when the public address or the settings are others than the provider was told', async () => {
    const first = await start();
    const { body } = await save(first.admin);
    await stopAll();

    const same = await start();
    await look(same.hub);
    expect(calls('setWebhook')).toBe(1);
    await stopAll();

    const moved = await start('https://new.peyk.test');
    await until(webhook, (url) => url === `https://new.peyk.test/hooks/telegram/${body.id}`);
    expect(calls('setWebhook')).toBe(2);
    await moved.admin.call(`/api/channels/${body.id}`, {
      method: 'PATCH',
      body: { config: { apiRoot: bot.url, mode: 'poll' } },
    });
    expect(await webhook()).toBe('');
  }, 60_000);

  it('is looked at by one of the periodic jobs', async () => {
    const { hub } = await start();
    const { Jobs } = await import('../../apps/hub/src/platform/jobs/jobs.service.js');
    bot.faults.arm('server_error', { only: 'setWebhook' });
    await save((await start()).admin);
    await letTimePass(hub);
    await hub.app.get(Jobs).wake();
    await hub.app.get(Jobs).add('connect-channels', {});
    await until(
      () => Promise.resolve(calls('setWebhook')),
      (count) => count === 2,
    );
  }, 60_000);
});
