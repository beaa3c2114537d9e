import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { WebhookSecretView } from '#contract';
import { WebhookDoor } from '../../apps/hub/src/webhooks/webhook-door.js';
import { WebhookRelay } from '../../apps/hub/src/webhooks/webhook.relay.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { startReceiver, toldBy, type Receiver } from '../support/webhook-receiver.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
const facts = 25;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let survivor: TestHub;
let doomed: SpawnedNode;
let receiver: Receiver;
let channel: string;
/** The survivor does nothing for webhooks until this is called. */
let awake: () => void;

beforeAll(async () => {
  [database, receiver] = await Promise.all([createTestDatabase(), startReceiver()]);
  survivor = await startTestHub({ databaseUrl: database.url, env });
  const sleeping = jest.spyOn(survivor.app.get(WebhookRelay), 'wake').mockReturnValue();
  awake = () => sleeping.mockRestore();
  jest.spyOn(survivor.app.get(WebhookDoor), 'agentFor').mockReturnValue(undefined);
  const admin = await signedIn(survivor, (await buildAgent(survivor.database, { role: 'admin' })).id);
  const body = { name: 'Store', url: receiver.url, types: ['channel.alarm'], ordered: true };
  expect((await admin.call<WebhookSecretView>('/api/webhooks', { body })).status).toBe(201);
  const made = await admin.call<{ id: string }>('/api/channels', {
    body: { kind: 'messages', name: 'CRM', secrets: { secret: 'a secret of this channel' } },
  });
  channel = made.body.id;
}, 60_000);

afterEach(() => doomed?.close());

afterAll(async () => {
  jest.restoreAllMocks();
  await survivor?.stop();
  await receiver?.close();
  await database?.drop();
});

const deliveries = () =>
  survivor.database.query<{ id: string; state: string; n: number }>(
    `select id, state, (payload ->> 'n')::int as n from webhook_delivery order by position`,
  );

it('misses nothing and makes nothing twice when the node that reads for it dies before its commit', async () => {
  doomed = await spawnNode({ ...env, DATABASE_URL: database.url });
  await doomed.dieAt('webhook.before-fan-out-commit');
  await survivor.database.query(
    `insert into event_log (type, subject_id, payload)
     select 'channel.alarm', $1, jsonb_build_object('n', n) from generate_series(1, ${facts}) n`,
    [channel],
  );
  await doomed.gone;
  expect(await deliveries()).toEqual([]);
}, 60_000);

it('hears of a fact once that a dying node had taken and not told', async () => {
  doomed = await spawnNode({ ...env, DATABASE_URL: database.url });
  await doomed.dieAt('webhook.before-post');
  await doomed.gone;
  const taken = await deliveries();
  expect(taken.map(({ n }) => n)).toEqual(Array.from({ length: facts }, (_, at) => at + 1));
  expect(taken.filter(({ state }) => state === 'sending')).toHaveLength(1);
  expect(receiver.told).toEqual([]);
  await survivor.database.query(
    `insert into event_log (type, subject_id, payload) values ('channel.alarm', $1, '{"n": ${facts + 1}}')`,
    [channel],
  );
  awake();
  // The lease of the dead is over at some time; here it is now.
  await survivor.database.query(`update webhook_delivery set due_at = clock_timestamp() where state = 'sending'`);
  const told = await toldBy(receiver, facts + 1);
  expect(told.map(({ event }) => event.data['n'])).toEqual(Array.from({ length: facts + 1 }, (_, at) => at + 1));
  const after = await until(deliveries, (rows) => rows.every(({ state }) => state === 'sent'));
  expect(told.map(({ id }) => id)).toEqual(after.map(({ id }) => id));
  expect(new Set(after.map(({ id }) => id)).size).toBe(facts + 1);
}, 60_000);
