import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openJobBackend } from '../../apps/hub/src/platform/jobs/job-backend.js';
import { Jobs } from '../../apps/hub/src/platform/jobs/jobs.service.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { stranger } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { startTestHub, type HubWishes, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { hasRedis, startRedis, type TestRedis } from '../support/two-nodes.js';
import { until } from '../support/until.js';

const open: { stop(): Promise<void> }[] = [];
let database: { url: string; drop: () => Promise<void> };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});
afterAll(() => database.drop());

const key = Buffer.alloc(32, 7).toString('base64');

async function startNode(env: HubWishes['env'] = {}): Promise<{ hub: TestHub; jobs: Jobs }> {
  const hub = await startTestHub({ databaseUrl: database.url, env: { SECRET_KEY: key, ...env } });
  open.push(hub);
  return { hub, jobs: hub.app.get(Jobs) };
}

/** What was done and where, in the order in which it was. */
class Done {
  readonly lines: string[] = [];
  private told: () => void = () => undefined;

  by(node: string): (parameters: object) => Promise<void> {
    return (parameters) => {
      this.lines.push(`${node} ${JSON.stringify(parameters)}`);
      this.told();
      return Promise.resolve();
    };
  }

  /** Resolves when so many things were done; the test's own patience is the limit. */
  async until(count: number): Promise<string[]> {
    while (this.lines.length < count) {
      await new Promise<void>((resolve) => (this.told = resolve));
    }
    return this.lines;
  }
}

async function figure(hub: TestHub, name: string): Promise<number> {
  const { text } = await stranger(hub).call('/metrics');
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  );
}

describe('periodic and bulk work', () => {
  it('is not begun by a start, keeps to a schema of its own, and says when it is ready', async () => {
    const { hub, jobs } = await startNode();
    const schemas = () =>
      hub.database.query<{ nspname: string }>(`select nspname from pg_namespace where nspname = 'bullmq'`);
    expect(await schemas()).toEqual([]);
    expect(await figure(hub, 'peyk_jobs_ready')).toBe(0);
    const tables = () =>
      hub.database.query(`select relname from pg_class where relnamespace = 'public'::regnamespace order by relname`);
    const before = await tables();
    await jobs.wake();
    expect(await schemas()).toHaveLength(1);
    expect(await tables()).toEqual(before);
    expect(await figure(hub, 'peyk_jobs_ready')).toBe(1);
  });

  it('does what was added once, on one of the nodes, and a repeated id not again', async () => {
    const done = new Done();
    const nodes = [await startNode(), await startNode()];
    for (const [index, { jobs }] of nodes.entries()) {
      jobs.define('count-stars', 'bulk', done.by(`node ${String(index)}`));
    }
    await Promise.all(nodes.map(({ jobs }) => jobs.wake()));
    await Promise.all(nodes.map(({ jobs }) => jobs.add('count-stars', { sky: 1 }, 'sky one')));
    await Promise.all(nodes.map(({ jobs }, index) => jobs.add('count-stars', { sky: 2 + index })));
    await done.until(3);
    expect(done.lines.map((line) => line.replace(/^node . /, '')).toSorted()).toEqual([
      '{"sky":1}',
      '{"sky":2}',
      '{"sky":3}',
    ]);
  });

  it('does what is periodic once per period over all nodes, and the hourly clean-ups so', async () => {
    const done = new Done();
    const nodes = [await startNode(), await startNode()];
    for (const [index, { hub, jobs }] of nodes.entries()) {
      jobs.define('look-around', 'housekeeping', done.by(`node ${String(index)}`));
      jobs.every('look-around', 1_000);
      hub.app.get(Housekeeping).add('a test’s', () => done.by(`clean-up ${String(index)}`)({}));
    }
    const startedAt = Date.now();
    await Promise.all(nodes.map(({ jobs }) => jobs.wake()));
    await done.until(4);
    const seconds = (Date.now() - startedAt) / 1000;
    const looks = done.lines.filter((line) => line.startsWith('node'));
    expect(looks.length).toBeLessThanOrEqual(seconds + 2);
    expect(done.lines.filter((line) => line.startsWith('clean-up')).length).toBeLessThanOrEqual(1);
  });

  it('tries a bulk job again that failed, and logs that it did', async () => {
    const { hub, jobs } = await startNode();
    const tried = new Done();
    const note = tried.by('try');
    jobs.define('stumble', 'bulk', async (parameters) => {
      await note(parameters);
      if (tried.lines.length === 1) {
        throw new Error('not yet');
      }
    });
    await jobs.wake();
    await jobs.add('stumble', {});
    await tried.until(2);
    expect(hub.logged()).toContain('A job failed.');
    expect(hub.logged()).toContain('not yet');
  });

  it('refuses a job that nobody defined', async () => {
    const { jobs } = await startNode();
    await expect(jobs.add('no-such-job', {})).rejects.toThrow('no job called no-such-job');
  });

  it('is done by workers only: a web node adds and does nothing', async () => {
    const own = await createTestDatabase();
    const web = await startTestHub({ databaseUrl: own.url, env: { SECRET_KEY: key, ROLE: 'web' } });
    const worker = await startTestHub({ databaseUrl: own.url, env: { SECRET_KEY: key, ROLE: 'worker' } });
    const done = new Done();
    try {
      for (const [node, hub] of Object.entries({ web, worker })) {
        hub.app.get(Jobs).define('import', 'bulk', done.by(node));
      }
      await web.app.get(Jobs).add('import', {});
      await worker.app.get(Jobs).wake();
      expect(await done.until(1)).toEqual(['worker {}']);
    } finally {
      await Promise.all([web.stop(), worker.stop()]);
      await own.drop();
    }
  });
});

describe('when the storage of jobs goes away', () => {
  it('goes on when its connections were cut, and the hub did not notice', async () => {
    const { hub, jobs } = await startNode();
    const done = new Done();
    jobs.define('survive', 'bulk', done.by('here'));
    await jobs.wake();
    await jobs.add('survive', { turn: 1 });
    await done.until(1);
    const cut = await hub.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ~* 'listen|bullmq|job'`,
    );
    expect(cut.length).toBeGreaterThan(0);
    // The first to use a connection that was cut may hear of it.
    await until(
      () => jobs.add('survive', { turn: 2 }, 'turn two').then(() => true, String),
      (added) => added === true,
    );
    await done.until(2);
    expect((await stranger(hub).call('/health/ready')).status).toBe(200);
  });

  it('tries again when a connection is lost in the middle of the first look, and ends nothing else', async () => {
    const { hub, jobs } = await startNode();
    await jobs.wake();
    const cable = new Cable(new URL(database.url));
    await cable.plugIn();
    const place = { redisUrl: null, databaseUrl: cable.url, name: 'cut' };
    const lost = await hub.database.transaction(async (tx) => {
      await tx.query('lock table bullmq.migration in access exclusive mode');
      const opening = openJobBackend(place, () => undefined).then(() => 'opened', String);
      await until(
        () =>
          hub.database.query(
            `select 1 from pg_stat_activity where application_name = 'peyk jobs' and wait_event_type = 'Lock'`,
          ),
        (waiting) => waiting.length > 0,
      );
      await cable.cut();
      return opening;
    });
    expect(lost).toMatch(/ECONNRESET|terminated/u);
  });

  it('lets the hub start and live when there can be no jobs, and says so', async () => {
    const { hub, jobs } = await startNode({ REDIS_URL: '' });
    await hub.database.query('drop schema if exists bullmq cascade');
    await hub.database.query('create schema bullmq; create table bullmq.migration (version text)');
    await jobs.wake();
    expect(hub.logged()).toContain('Periodic and bulk jobs wait for their storage.');
    expect(await figure(hub, 'peyk_jobs_ready')).toBe(0);
    expect((await stranger(hub).call('/health/ready')).status).toBe(200);
    await hub.database.query('drop schema bullmq cascade');
    await jobs.wake();
    expect(await figure(hub, 'peyk_jobs_ready')).toBe(1);
  });
});

(hasRedis() ? describe : describe.skip)('with Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('keeps jobs there, and writes the periods down again after Redis lost everything', async () => {
    const { hub, jobs } = await startNode({ REDIS_URL: redis.url });
    const done = new Done();
    jobs.define('look-around', 'housekeeping', done.by('here'));
    jobs.every('look-around', 1_000);
    await jobs.wake();
    await done.until(2);
    await redis.kill();
    expect((await stranger(hub).call('/health/ready')).status).toBe(200);
    await redis.start();
    const before = done.lines.length;
    await jobs.wake();
    await done.until(before + 2);
    const schemas = await hub.database.query(`select from pg_namespace where nspname = 'bullmq'`);
    expect(schemas.length).toBeLessThanOrEqual(1);
  });
});
