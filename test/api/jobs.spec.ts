import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../../apps/hub/src/platform/jobs/jobs.service.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { stranger } from '../support/build-rows.js';
import { startTestHub, type HubWishes, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { hasRedis, startRedis, type TestRedis } from '../support/two-nodes.js';
import { until } from '../support/until.js';

const open: { stop(): Promise<void> }[] = [];
let database: { url: string; drop: () => Promise<void> };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(open.map((one) => one.stop()));
  await database.drop();
});

const key = Buffer.alloc(32, 7).toString('base64');

async function startNode(env: HubWishes['env'] = {}): Promise<{ hub: TestHub; jobs: Jobs }> {
  const hub = await startTestHub({ databaseUrl: database.url, env: { SECRET_KEY: key, ...env } });
  open.push(hub);
  return { hub, jobs: hub.app.get(Jobs) };
}

/** What was done and where, in the order in which it was. */
class Record {
  readonly lines: string[] = [];

  by(node: string): (parameters: object) => Promise<void> {
    return async (parameters) => {
      this.lines.push(`${node} ${JSON.stringify(parameters)}`);
      return Promise.resolve();
    };
  }

  untilThere(count: number, withinMs = 20_000): Promise<string[]> {
    return until(
      () => Promise.resolve(this.lines),
      (lines) => lines.length >= count,
      withinMs,
    );
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
    const done = new Record();
    const nodes = [await startNode(), await startNode()];
    for (const [index, { jobs }] of nodes.entries()) {
      jobs.define('count-stars', 'bulk', done.by(`node ${String(index)}`));
    }
    await Promise.all(nodes.map(({ jobs }) => jobs.wake()));
    await Promise.all(nodes.map(({ jobs }) => jobs.add('count-stars', { sky: 1 }, 'sky one')));
    await Promise.all(nodes.map(({ jobs }, index) => jobs.add('count-stars', { sky: 2 + index })));
    await done.untilThere(3);
    expect(done.lines.map((line) => line.replace(/^node . /, '')).toSorted()).toEqual([
      '{"sky":1}',
      '{"sky":2}',
      '{"sky":3}',
    ]);
  });

  it('does what is periodic once per period over all nodes, and the hourly clean-ups so', async () => {
    const done = new Record();
    const nodes = [await startNode(), await startNode()];
    for (const [index, { hub, jobs }] of nodes.entries()) {
      jobs.define('look-around', 'housekeeping', done.by(`node ${String(index)}`));
      jobs.every('look-around', 1_000);
      hub.app.get(Housekeeping).add('a test’s', () => done.by(`clean-up ${String(index)}`)({}));
    }
    const startedAt = Date.now();
    await Promise.all(nodes.map(({ jobs }) => jobs.wake()));
    await done.untilThere(5);
    const seconds = (Date.now() - startedAt) / 1000;
    const looks = done.lines.filter((line) => line.startsWith('node'));
    expect(looks.length).toBeLessThanOrEqual(seconds + 2);
    expect(done.lines.filter((line) => line.startsWith('clean-up')).length).toBeLessThanOrEqual(1);
    for (const { jobs } of nodes) {
      jobs.every('look-around', 3_600_000);
    }
    await Promise.all(nodes.map(({ jobs }) => jobs.wake()));
  });

  it('tries a bulk job again that failed, and logs that it did', async () => {
    const { hub, jobs } = await startNode();
    let tries = 0;
    jobs.define('stumble', 'bulk', async () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    await jobs.wake();
    await jobs.add('stumble', {});
    await until(
      () => Promise.resolve(tries),
      (count) => count === 2,
      15_000,
    );
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
    const done = new Record();
    try {
      for (const [node, hub] of Object.entries({ web, worker })) {
        hub.app.get(Jobs).define('import', 'bulk', done.by(node));
      }
      await web.app.get(Jobs).add('import', {});
      await worker.app.get(Jobs).wake();
      expect(await done.untilThere(1)).toEqual(['worker {}']);
    } finally {
      await Promise.all([web.stop(), worker.stop()]);
      await own.drop();
    }
  });
});
