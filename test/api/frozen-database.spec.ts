import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { Database, isAway, type PromptStatement } from '../../apps/hub/src/database/database.js';
import { InboundSpool } from '../../apps/hub/src/intake/inbound-spool.service.js';
import { signWebhook } from '../../libs/channels/src/messages/standard-webhook.js';
import { buildAgent, signedIn, stranger } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const secret = 'a secret of thirty-two characters';
const count = 14;

let hub: TestHub;
let cable: Cable;
let channelId: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  cable = new Cable(new URL(database.url));
  await cable.plugIn();
  hub = await startTestHub({ databaseUrl: cable.url });
  const admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin' })).id);
  const made = await admin.call<{ id: string }>('/api/channels', {
    body: { kind: 'messages', name: 'CRM', secrets: { secret } },
  });
  channelId = made.body.id;
});
afterAll(async () => {
  cable.thaw();
  await hub.stop();
  await cable.cut();
  await drop();
});

async function post(id: string, from: string, text = id, url = hub.url, channel = channelId): Promise<number> {
  const body = JSON.stringify({ from: { id: from, name: from }, text });
  const stamp = { id, timestamp: String(Math.floor(Date.now() / 1000)) };
  const { status } = await fetch(`${url}/hooks/messages/${channel}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': stamp.id,
      'webhook-timestamp': stamp.timestamp,
      'webhook-signature': signWebhook(secret, stamp, Buffer.from(body)),
    },
    body,
  });
  return status;
}

/** Connections that were used, as a hub at work has them. */
const warm = () => Promise.all(Array.from({ length: 10 }, () => hub.database.query('select pg_sleep(0.05)')));

const spooled = () => readFile(join(hub.dataDir, 'spool/inbound.spool'), 'latin1');
const bodies = () =>
  hub.database.query<{ body: string; sender: string }>(
    `select m.body, i.address as sender from message m join identity i on i.id = m.identity_id
     where m.channel_id = $1 order by i.address, m.seq`,
    [channelId],
  );

describe('a database that hangs: nothing fails, and nothing is answered', () => {
  it('costs no provider its answer: what came is on disk within ten seconds, and told once, in order, when it wakes', async () => {
    await post('before', 'sender 0');
    await warm();
    cable.freeze();
    const began = performance.now();
    const names = Array.from({ length: count }, (_, n) => `w${String(n).padStart(2, '0')}`);
    const statuses = await Promise.all(names.map((name, n) => post(name, `sender ${String(n % 5)}`)));
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const kept = await spooled();
    expect(names.filter((name) => !kept.includes(name))).toEqual([]);

    const later = performance.now();
    expect(await post('while it is known to hang', 'sender 1')).toBe(200);
    expect(performance.now() - later).toBeLessThan(1500);
    expect((await stranger(hub).call('/health/ready')).status).toBe(503);

    cable.thaw();
    await until(
      () => stat(join(hub.dataDir, 'spool/inbound.spool')),
      ({ size }) => size === 0,
      20_000,
    );
    const expected = Array.from({ length: 5 }, (_, sender) => [
      ...(sender === 0 ? ['before'] : []),
      ...names.filter((_name, n) => n % 5 === sender),
      ...(sender === 1 ? ['while it is known to hang'] : []),
    ]);
    const told = Map.groupBy(await bodies(), ({ sender }) => sender);
    expect([...told.values()].map((rows) => rows.map(({ body }) => body))).toEqual(expected);
  }, 60_000);

  it('takes what comes as before once it answers again', async () => {
    await until(
      () => stranger(hub).call('/health/ready'),
      ({ status }) => status === 200,
    );
    expect(await post('after', 'sender 2')).toBe(200);
    expect((await bodies()).map(({ body }) => body)).toContain('after');
  });

  it('does not store twice what has no id of its own', async () => {
    const spool = hub.app.get(InboundSpool, { strict: false });
    await warm();
    cable.freeze();
    await spool.take({ id: channelId, kind: 'messages' }, [
      { type: 'ignored', externalId: null, raw: Buffer.from('nameless'), reason: 'a test' },
    ]);
    cable.thaw();
    await until(
      () => Promise.resolve(spool.waitingBytes),
      (bytes) => bytes === 0,
      20_000,
    );
    // What was sent while it hung is carried out before an answer to what was sent on the same connections after it.
    await warm();
    const rows = await hub.database.query('select 1 from inbound_event where raw = $1', [Buffer.from('nameless')]);
    expect(rows).toHaveLength(1);
  }, 60_000);
});

describe('a connection whose other end is gone without a word', () => {
  it('is dropped when a prompt statement got no answer on it, alone or in a transaction, and the next one is well', async () => {
    const own = await createTestDatabase();
    const wire = new Cable(new URL(own.url));
    await wire.plugIn();
    const source = await createDataSource(wire.url, { poolSize: 1 }).initialize();
    const database = new Database(source);
    const prompt: PromptStatement = { name: 'prompt', text: 'select 2 as two', withinMs: 100 };
    const alone = () => {
      wire.freeze();
      return database.query(prompt);
    };
    const inTransaction = () =>
      database.transaction(async (tx) => {
        await tx.query('select 1');
        wire.freeze();
        return tx.query(prompt);
      });
    for (const ask of [alone, inTransaction]) {
      expect(await database.query(prompt)).toEqual([{ two: 2 }]);
      expect(await ask().catch(isAway)).toBe(true);
      wire.thaw();
    }
    expect(await database.query(prompt)).toEqual([{ two: 2 }]);
    await source.destroy();
    await wire.cut();
    await own.drop();
  });
});

describe('a server whose processes are stopped', () => {
  let own: TestHub;
  let pids: number[] = [];

  /** Those whose connection was dropped meanwhile are gone. */
  const signal = (name: 'SIGSTOP' | 'SIGCONT') =>
    pids.filter((pid) => existsSync(`/proc/${String(pid)}`)).forEach((pid) => process.kill(pid, name));

  beforeAll(async () => {
    own = await startTestHub({ env: { DATABASE_URL: '' } });
  }, 60_000);
  afterAll(async () => {
    signal('SIGCONT');
    await own?.stop();
  }, 60_000);

  it('keeps nobody waiting either: what came is in the spool, and in the database once they go on', async () => {
    const admin = await signedIn(own, (await buildAgent(own.database, { role: 'admin' })).id);
    const made = await admin.call<{ id: string }>('/api/channels', {
      body: { kind: 'messages', name: 'CRM', secrets: { secret } },
    });
    await Promise.all(Array.from({ length: 10 }, () => own.database.query('select pg_sleep(0.05)')));
    pids = await processesOf(join(own.dataDir, 'postgres/cluster'));
    expect(pids.length).toBeGreaterThan(10);
    signal('SIGSTOP');
    const names = Array.from({ length: count }, (_, n) => `stopped${String(n)}`);
    const statuses = await Promise.all(names.map((name) => post(name, name, name, own.url, made.body.id)));
    const kept = await readFile(join(own.dataDir, 'spool/inbound.spool'), 'latin1');
    signal('SIGCONT');
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(names.filter((name) => !kept.includes(name))).toEqual([]);
    await until(
      () => Promise.resolve(own.app.get(InboundSpool, { strict: false }).waitingBytes),
      (bytes) => bytes === 0,
      20_000,
    );
    const rows = await own.database.query<{ body: string }>('select body from message where channel_id = $1', [
      made.body.id,
    ]);
    expect(rows.map(({ body }) => body).toSorted()).toEqual(names.toSorted());
  }, 60_000);
});

/** The server of a folder with all its processes. */
async function processesOf(folder: string): Promise<number[]> {
  const postmaster = Number.parseInt(await readFile(join(folder, 'postmaster.pid'), 'utf8'), 10);
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(all.map((pid) => readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '')));
  const children = all.filter((_pid, index) => parents[index]?.split(') ')[1]?.split(' ')[1] === String(postmaster));
  return [postmaster, ...children];
}
