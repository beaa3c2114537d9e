import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { startBotApi, type BotApiStandIn } from '../../tools/stand-ins/bot-api.js';
import { signedIn } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

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
  jest.restoreAllMocks();
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await bot.close();
});
afterAll(() => database.drop());

async function start(): Promise<TestHub> {
  const hub = await startTestHub({
    databaseUrl: database.url,
    env: { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), OUTBOUND_ALLOW: '127.0.0.0/8' },
  });
  hubs.push(hub);
  return hub;
}

async function bodies(hub: TestHub): Promise<string[]> {
  const rows = await hub.database.query<{ body: string }>(
    `select m.body from message m join identity i on i.id = m.identity_id where i.address = '4242' and m.direction = 'in' order by m.seq`,
  );
  return rows.map(({ body }) => body);
}

describe('a poll that is cut off', () => {
  it('in the middle of a batch loses nothing and tells nothing twice', async () => {
    const all = Array.from({ length: 12 }, (_, index) => `message ${String(index)}`);
    const customer = bot.customer(4242);
    all.forEach((text) => customer.say(text));
    const first = await start();
    const receiving = first.app.get(Receiving, { strict: false });
    const take = receiving.take.bind(receiving);
    // Half of the batch is stored when everything behind it fails, as it does when the process or its database dies there.
    jest.spyOn(receiving, 'take').mockImplementation(async (channel, events) => {
      await take(channel, events.slice(0, 5));
      throw new Error('cut off');
    });
    const [root] = await first.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
    const admin = await signedIn(first, root?.id ?? '');
    const body = { kind: 'telegram', name: 'Bot', config: { apiRoot: bot.url }, secrets: { token: bot.token } };
    expect((await admin.call('/api/channels', { body })).status).toBe(201);
    await until(
      () => bodies(first),
      (told) => told.length === 5,
    );
    expect(bot.pending()).toBe(12);
    await Promise.all(hubs.splice(0).map((hub) => hub.stop()));

    const second = await start();
    await until(
      () => bodies(second),
      (told) => told.length === 12,
      20_000,
    );
    expect(await bodies(second)).toEqual(all);
    await until(
      () => Promise.resolve(bot.pending()),
      (left) => left === 0,
    );
    expect(await bodies(second)).toEqual(all);
  }, 60_000);
});
