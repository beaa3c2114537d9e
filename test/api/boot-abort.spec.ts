import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { parseConfig, type HubConfig } from '#config';
import { StorageAway } from '../../apps/hub/src/database/is-away.js';
import { openStorage } from '../../apps/hub/src/open-storage.js';
import { Closers } from '../../apps/hub/src/platform/operations/closers.js';
import { createLog } from '../../apps/hub/src/platform/operations/log.js';
import { startHub } from '../../apps/hub/src/start-hub.js';
import { admin } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'peyk-abort-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const configFor = (databaseUrl: string): HubConfig =>
  parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PEYK_ADMIN_EMAIL: admin.email,
    PEYK_ADMIN_PASSWORD: admin.password,
  });

let begun = 0;

@Injectable()
class Unlucky implements OnModuleInit {
  onModuleInit(): void {
    begun += 1;
    throw new StorageAway(new Error('it went away'));
  }
}

@Module({ providers: [Unlucky] })
class UnluckyRoom {}

it('a hub that is told to stop while it waits to begin anew does not begin', async () => {
  const database = await createTestDatabase();
  const stop = new AbortController();
  const log = createLog('info', {
    write: (line) => line.includes('begins anew') && stop.abort(new Error('told to stop')),
  });
  await expect(startHub(configFor(database.url), log, [UnluckyRoom], stop.signal)).rejects.toThrow('told to stop');
  expect(begun).toBe(1);
  await database.drop();
});

it('a long wait for the database leaves nothing behind on the signal that ends it', async () => {
  let tries = 0;
  const deaf = createServer((socket) => {
    tries += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void deaf.listen(0, '127.0.0.1', resolve));
  const stop = new AbortController();
  const log = createLog('error', { write: () => undefined });
  const { port } = deaf.address() as AddressInfo;
  const opening = openStorage(configFor(`postgres://peyk:peyk@127.0.0.1:${port}/peyk`), {
    log,
    closers: new Closers(log),
    signal: stop.signal,
  });
  await until(
    () => Promise.resolve(tries),
    (count) => count >= 4,
  );
  // One for the try or the pause that goes on.
  expect(getEventListeners(stop.signal, 'abort').length).toBeLessThanOrEqual(2);
  stop.abort(new Error('told to stop'));
  await expect(opening).rejects.toThrow('told to stop');
  await new Promise((resolve) => deaf.close(resolve));
});
