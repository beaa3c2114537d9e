import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { Caller } from '../support/build-rows.js';
import { findLoadDrift, RoutingScene } from '../support/routing-scene.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { admin as administrator } from '../support/start-hub.js';
import { createTestDatabase, TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const patienceMs = 60_000;

let database: TestDatabase;
let scene: RoutingScene;
let queueId: string;
let nodes: SpawnedNode[] = [];

beforeAll(async () => {
  const { url, drop } = await createTestDatabase();
  database = new TestDatabase(url, await createDataSource(url, { poolSize: 4 }).initialize(), drop);
  scene = new RoutingScene(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  queueId = await scene.buildQueue();
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  nodes = [];
});

async function start(env: Record<string, string> = {}): Promise<SpawnedNode> {
  const node = await spawnNode({
    DATABASE_URL: database.url,
    SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
    ...env,
  });
  nodes.push(node);
  return node;
}

const held = (ticketId: string) =>
  until(
    () => scene.holders(ticketId),
    ([holder]) => holder !== null,
    patienceMs,
  );
const typesOf = async (ticketId: string) => (await scene.facts(ticketId)).map(({ type }) => type);

describe('a node that is killed', () => {
  it(
    'between a fact and its match leaves work that the next one gives away, once',
    async () => {
      const doomed = await start();
      await doomed.dieAt('routing.before-match');
      const agent = await scene.buildPresent({ queues: [queueId] });
      const { ticketId } = await scene.buildWaiting({ queueId });
      await doomed.gone;
      await start();
      expect(await held(ticketId)).toEqual([agent]);
      expect(await typesOf(ticketId)).toEqual(['work.queued', 'work.accepted']);
      expect(await findLoadDrift(database)).toEqual([]);
    },
    2 * patienceMs,
  );

  it(
    'in the middle of a step leaves it undone, and the next one does it, once',
    async () => {
      const other = await scene.buildQueue();
      await scene.set('queue', queueId, {
        steps: JSON.stringify([{ afterSecs: 600, do: 'move_queue', queueId: other }]),
      });
      const { ticketId, workId } = await scene.buildWaiting({ queueId });
      const doomed = await start();
      await doomed.dieAt('routing.before-step-commit');
      await scene.set('work_item', workId, { next_step_at: new Date(0) });
      await doomed.gone;
      expect(await typesOf(ticketId)).toEqual(['work.queued']);
      await start();
      await until(
        () => typesOf(ticketId),
        (types) => types.length > 1,
        patienceMs,
      );
      expect(await typesOf(ticketId)).toEqual(['work.queued', 'work.step', 'work.queued']);
      expect(await database.query('select queue_id from work_item where id = $1', [workId])).toEqual([
        { queue_id: other },
      ]);
    },
    2 * patienceMs,
  );
});

it(
  'an agent whose node dies while they say yes still has the offer, and says yes to the next one',
  async () => {
    const doomed = await start();
    const [admin] = await database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    const id = admin?.id ?? '';
    await scene.set('queue', queueId, { accept_secs: 300 });
    await scene.set('agent', id, { status: 'online' });
    await database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, id]);
    await scene.arrive(id);
    const { ticketId } = await scene.buildWaiting({ queueId });
    await held(ticketId);
    const [offer] = await database.query<{ id: string }>('select id from assignment where agent_id = $1', [id]);
    const accept = async ({ url }: SpawnedNode) =>
      (await signIn(url)).call(`/api/offers/${offer?.id}/accept`, { method: 'POST' });
    await doomed.dieAt('offer.before-commit');
    await expect(accept(doomed)).rejects.toThrow('fetch failed');
    await doomed.gone;
    expect(await scene.ownerOf(ticketId)).toBeNull();
    expect(await accept(await start())).toMatchObject({ status: 200, body: { ticketId } });
    expect(await scene.ownerOf(ticketId)).toBe(id);
    expect(await typesOf(ticketId)).toEqual(['work.queued', 'work.offered', 'work.accepted']);
    expect(await findLoadDrift(database)).toEqual([]);
  },
  2 * patienceMs,
);

async function signIn(url: string): Promise<Caller> {
  const answer = await new Caller(url).call('/api/session', { body: administrator });
  return new Caller(url, { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' });
}

describe('a node whose clock is wrong by ten minutes', () => {
  const shifted = pathToFileURL(join(import.meta.dirname, '../support/shift-clock.ts')).href;

  it.each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])(
    '%s routes by the clock of the database',
    async (_where, shift) => {
      await scene.set('queue', queueId, { accept_secs: 300, calendar_id: await openAroundNow() });
      const agent = await scene.buildPresent({ queues: [queueId], columns: { cap_units: 5 } });
      const first = await scene.buildWaiting({ queueId });
      await start({ NODE_OPTIONS: `--import ${shifted}`, CLOCK_SHIFT_MS: String(shift) });
      expect(await held(first.ticketId)).toEqual([agent]);
      expect(
        await database.query(
          `select extract(epoch from a.expires_at - a.offered_at)::int as secs, a.offered_at > clock_timestamp() - interval '2 minutes' as recent
           from assignment a join work_item w on w.id = a.work_item_id where w.ticket_id = $1`,
          [first.ticketId],
        ),
      ).toEqual([{ secs: 300, recent: true }]);
      // The node has looked at everything that is due by the time it gives away what comes later.
      const second = await scene.buildWaiting({ queueId });
      await scene.buildPresent({ queues: [queueId], columns: { cap_units: 5 } });
      await held(second.ticketId);
      expect(await typesOf(first.ticketId)).toEqual(['work.queued', 'work.offered']);
      await database.query(`update assignment set expires_at = clock_timestamp() where agent_id = $1`, [agent]);
      await until(
        () => typesOf(first.ticketId),
        (types) => types.includes('work.expired'),
        patienceMs,
      );
    },
    2 * patienceMs,
  );

  /** A calendar that opened five minutes ago and closes in five; about midnight one that is always open. */
  async function openAroundNow(): Promise<string> {
    const [now] = await database.query<{ minute: number }>(
      `select (extract(hour from n) * 60 + extract(minute from n))::int as minute from (select clock_timestamp() at time zone 'UTC' as n) now`,
    );
    const minute = now?.minute ?? 0;
    const isNearMidnight = minute < 10 || minute > 1425;
    return scene.buildCalendar(isNearMidnight ? '[0,1440)' : `[${minute - 5},${minute + 6})`);
  }
});
