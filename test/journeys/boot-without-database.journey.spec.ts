import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, type HubConfig } from '#config';
import { createLog } from '../../apps/hub/src/platform/operations/log.js';
import { startHub, type RunningHub } from '../../apps/hub/src/start-hub.js';
import { Caller } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { admin } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: { url: string; drop: () => Promise<void> };
let dataDir: string;
let ports: { hub: number; database: number };
const open: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase('empty');
  dataDir = await mkdtemp(join(tmpdir(), 'peyk-boot-'));
  await chmod(dataDir, 0o755);
  const cable = new Cable(new URL(database.url));
  const taken: number[] = [];
  for (let n = 0; n < 2; n++) {
    taken.push(await cable.plugIn());
    await cable.cut();
  }
  ports = { hub: taken[0] as number, database: taken[1] as number };
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) {
    await close();
  }
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function configFor(databaseUrl: string): HubConfig {
  return parseConfig({
    PORT: String(ports.hub),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PEYK_ADMIN_EMAIL: admin.email,
    PEYK_ADMIN_PASSWORD: admin.password,
  });
}

/** A hub whose database is not there, with what it says and what ends its wait. */
function startWaiting(): { hub: Promise<RunningHub>; caller: Caller; logged: () => string; stop: AbortController } {
  const url = new URL(database.url);
  url.host = `127.0.0.1:${ports.database}`;
  const stop = new AbortController();
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const hub = startHub(configFor(url.href), log, [], stop.signal);
  hub.catch(() => undefined);
  return { hub, caller: new Caller(`http://127.0.0.1:${ports.hub}`), logged: () => lines.join(''), stop };
}

const isListening = (caller: Caller): Promise<boolean> =>
  caller.call('/health/live').then(
    ({ status }) => status === 200,
    () => false,
  );

describe('a start without a database', () => {
  it('answers at once that it lives and is not ready, and comes up by itself when the database arrives', async () => {
    const { hub, caller, logged } = startWaiting();
    await until(() => isListening(caller), Boolean);
    expect((await caller.call('/health/live')).body).toEqual({ alive: true });
    for (const [method, path] of [
      ['GET', '/health/ready'],
      ['GET', '/api/me'],
      ['GET', '/'],
      ['POST', '/hooks/sms/0190e3c4-0000-7000-8000-000000000000'],
    ] as const) {
      const answer = await caller.call(path, { method, ...(method === 'POST' && { body: { text: 'سلام' } }) });
      expect(answer.body).toMatchObject({ status: 503, code: 'starting', title: 'Service Unavailable' });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await until(
      () => Promise.resolve(logged()),
      (text) => text.includes('cannot be reached yet'),
    );

    const cable = new Cable(new URL(database.url));
    await cable.plugIn(ports.database);
    open.push(() => cable.cut());
    const running = await hub;
    open.push(() => running.stop());
    expect(running.url).toBe(`http://127.0.0.1:${ports.hub}`);
    expect((await caller.call('/health/ready')).status).toBe(200);
    expect((await caller.call('/api/session', { body: admin })).status).toBe(201);
    expect(logged()).toContain('The schema was brought up to date.');
  }, 60_000);

  it('ends at once when it is asked to while it waits, and frees its port and its folder', async () => {
    const { hub, caller, stop } = startWaiting();
    await until(() => isListening(caller), Boolean);
    const askedAt = performance.now();
    stop.abort();
    await expect(hub).rejects.toBe(stop.signal.reason);
    expect(performance.now() - askedAt).toBeLessThan(2_000);
    expect(await isListening(caller)).toBe(false);

    const again = await startHub(configFor(database.url), createLog('fatal'));
    await again.stop();
  }, 60_000);

  it('does not wait for what waiting cannot cure, and says what that is', async () => {
    const url = new URL(database.url);
    url.pathname = '/nobody_made_this';
    const starting = startHub(configFor(url.href), createLog('fatal'));
    await expect(starting).rejects.toThrow('The database cannot be opened: database "nobody_made_this" does not exist');
    expect(await isListening(new Caller(`http://127.0.0.1:${ports.hub}`))).toBe(false);
  });
});
