import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '#config';
import { Database } from '../../apps/hub/src/database/database.js';
import { createLog } from '../../apps/hub/src/platform/operations/log.js';
import { startHub, type RunningHub } from '../../apps/hub/src/start-hub.js';
import { startSmsGateway, type GatewayStandIn } from '../../tools/stand-ins/sms-gateway.js';
import { Caller } from '../support/build-rows.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { admin } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: RunningHub;
let gateway: GatewayStandIn;
let dataDir: string;
/** An administrator's open console. */
let desk: LiveConsole;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'peyk-away-'));
  await chmod(dataDir, 0o755);
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    PEYK_ADMIN_EMAIL: admin.email,
    PEYK_ADMIN_PASSWORD: admin.password,
  });
  hub = await startHub(config, createLog('fatal'));
  gateway = await startSmsGateway({ retryMs: 50 });
  const login = await new Caller(hub.url).call('/api/session', { body: admin });
  const caller = new Caller(hub.url, { cookie: login.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const channel = await caller.call<{ id: string }>('/api/channels', {
    body: {
      kind: 'sms',
      name: 'Gateway',
      config: gateway.settings(),
      secrets: { apiKey: gateway.apiKey, inboundSecret: gateway.inboundSecret },
    },
  });
  expect(channel.status).toBe(201);
  gateway.pushTo(`${hub.url}/hooks/sms/${channel.body.id}`);
  const [root] = await hub.app.get(Database).query<{ id: string }>('select id from agent');
  desk = await openedConsole({ ...hub, database: hub.app.get(Database) }, (root as { id: string }).id);
}, 60_000);

afterAll(async () => {
  desk?.close();
  await gateway?.close();
  await hub?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

/** The postmaster dies as by a power cut. */
async function killPostmaster(): Promise<void> {
  const [pid] = (await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  await new Promise((resolve) => execFile('kill', ['-QUIT', String(pid)], resolve));
}

const bodies = () =>
  hub.app
    .get(Database)
    .query<{ body: string }>('select body from message order by at')
    .then((rows) => rows.map(({ body }) => body))
    .catch(() => [] as string[]);
const storageStates = () => desk.of<{ storage: string }>('hub.state').map(({ storage }) => storage);
const readiness = async () => (await fetch(`${hub.url}/health/ready`)).status;

const isUp = (frame: unknown): boolean => (frame as { storage?: string }).storage === 'up';

describe('while the database is away', () => {
  it('takes what providers send, says to operators and consoles that storage is away, and tells all of it in order before it says that it is back', async () => {
    expect((await gateway.sms({ from: '09120000001', text: 'before' }))?.status).toBe(200);
    await killPostmaster();
    const noticed = until(readiness, (status) => status === 503);
    const statuses = [];
    for (let n = 1; n <= 8; n++) {
      statuses.push((await gateway.sms({ from: '09120000001', text: `during ${n}`, id: `d${n}` }))?.status);
    }
    expect(statuses).toEqual(Array.from({ length: 8 }, () => 200));
    await noticed;
    await desk.until('told that storage is away', () => storageStates().length > 0);
    await until(readiness, (status) => status === 200, 30_000);
    await desk.until('told that storage is back', () => storageStates().includes('up'), 30_000);
    expect(storageStates()).toEqual(['down', 'up']);
    const back = desk.heard.findIndex(({ name, payload }) => name === 'hub.state' && isUp(payload[0]));
    const before = JSON.stringify(desk.heard.slice(0, back));
    expect(before).toContain('during 1');
    expect(before).toContain('during 8');
    await gateway.sms({ from: '09120000001', text: 'after' });
    await until(bodies, (texts) => texts.length === 10, 30_000);
    expect(await bodies()).toEqual(['before', ...Array.from({ length: 8 }, (_, n) => `during ${n + 1}`), 'after']);
  }, 60_000);

  it('does not take the same message twice, before, during and after', async () => {
    await gateway.sms({ from: '09120000002', text: 'once', id: 'once' });
    await killPostmaster();
    await gateway.sms({ from: '09120000002', text: 'once', id: 'once' });
    await until(readiness, (status) => status === 200, 30_000);
    await gateway.sms({ from: '09120000002', text: 'once', id: 'once' });
    await gateway.sms({ from: '09120000002', text: 'last', id: 'last' });
    await until(bodies, (texts) => texts.includes('last'), 30_000);
    expect((await bodies()).filter((text) => text === 'once')).toHaveLength(1);
  }, 60_000);
});
