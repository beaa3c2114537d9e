import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { v7 as uuid } from 'uuid';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { stranger } from '../support/build-rows.js';
import { listRows, replyBy, startConnectedWorld } from '../support/connected-world.js';
import { startHoldingProxy } from '../support/holding-proxy.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { beside } from '../support/refuse-second-connections.js';
import { startTestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) {
    await close();
  }
});

/** A database of the test's own, and a way to it that no hub's end closes. */
async function openOwn(): Promise<{ url: string; sql: Database }> {
  const { url, drop } = await createTestDatabase();
  const source = await createDataSource(url, { poolSize: 2, applicationName: 'the test' }).initialize();
  open.push(drop, () => source.destroy());
  return { url, sql: new Database(source) };
}

describe('a hub that is told to stop', () => {
  it('says that it is not ready any more, waits for the provider that has its message, and writes what it heard', async () => {
    const { url, sql } = await openOwn();
    const scene = await startConnectedWorld({ databaseUrl: url });
    open.push(() => scene.world.close());
    const proxy = await startHoldingProxy(scene.world.bot.url, (path) => path.endsWith('/sendMessage'));
    open.push(() => proxy.close());
    await scene.admin.call(`/api/channels/${scene.channels.telegram}`, {
      method: 'PATCH',
      body: { config: { apiRoot: proxy.url, mode: 'poll' } },
    });
    scene.world.bot.customer(9001, 'Ali').say('hello');
    const row = await until(
      async () => (await listRows(scene.agent, 'open')).find(({ customer }) => customer.name === 'Ali'),
      (found) => found !== undefined,
    );
    const { id } = await replyBy(scene.agent, row?.conversation ?? '', 'telegram', 'one moment');
    await until(
      () => Promise.resolve(proxy.held()),
      (held) => held === 1,
    );

    const stopping = scene.hub.stop();
    await until(
      () => stranger(scene.hub).call('/health/ready'),
      ({ status }) => status === 503,
    );
    const delivery = () =>
      sql.query<{ state: string; shown: string }>(
        `select d.state, m.delivery as shown from message m join delivery d on d.conversation_id = m.conversation_id and d.seq = m.seq where m.id = $1`,
        [id],
      );
    expect(await delivery()).toEqual([{ state: 'sending', shown: 'queued' }]);
    proxy.release();
    await stopping;
    expect(await delivery()).toEqual([{ state: 'sent', shown: 'sent' }]);
  }, 60_000);

  it('ends what it reads for its sockets before it closes the database, and reads nothing after', async () => {
    const { url, sql } = await openOwn();
    const hub = await startTestHub({ databaseUrl: url });
    const queueId = await buildQueue(sql);
    const conversation = await hearFrom(hub, await buildChannel(hub, { kind: 'messages', queueId }), uuid(), 'hello');
    const feed = hub.app.get(LiveFeed);
    const moves = [{ conversation, since: 0 }];
    let stopping = Promise.resolve();
    await beside(sql).transaction(async (tx) => {
      // Readers of tickets stand still, as behind a slow disk, and the hub is told to stop meanwhile.
      await tx.query('lock table ticket in access exclusive mode');
      void feed.moved(moves);
      await until(
        () =>
          sql.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
        (waiting) => waiting.length > 0,
      );
      stopping = hub.stop();
      await until(() => isRefused(Number(new URL(hub.url).port)), Boolean);
      await lookAround(sql);
    });
    await stopping;
    await feed.moved(moves);
    expect(hub.logged()).not.toContain('Cannot use a pool');
    expect(hub.logged()).not.toContain('could not be read for a frame');
  }, 60_000);
});

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

/** Time for a pool that is ended too early to let its idle connections go. One that is still in use keeps them. */
async function lookAround(sql: Database): Promise<void> {
  for (let look = 0; look < 100; look++) {
    const idle = await sql.query(
      `select 1 from pg_stat_activity where datname = current_database() and application_name = 'peyk' and state = 'idle'`,
    );
    if (idle.length === 0) {
      return;
    }
  }
}
