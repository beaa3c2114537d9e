import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { NodeLink } from '../../apps/hub/src/live/node-link.js';
import { startTestHub, type TestHub } from './start-hub.js';
import { createTestDatabase } from './test-database.js';
import { until } from './until.js';

/** Two hubs of one installation: one database, one key, each with its own data folder and port. */
export interface TwoNodes {
  one: TestHub;
  two: TestHub;
  /** What a further node of this installation is started with. */
  settings: { databaseUrl: string; env: Record<string, string> };
  stop(): Promise<void>;
}

export async function startTwoNodes(env: Record<string, string> = {}): Promise<TwoNodes> {
  const database = await createTestDatabase();
  const shared = { databaseUrl: database.url, env: { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), ...env } };
  const one = await startTestHub(shared);
  const two = await startTestHub(shared);
  const stop = async (): Promise<void> => {
    await Promise.all([one.stop(), two.stop()]);
    await database.drop();
  };
  await Promise.all([hears(one, two), hears(two, one)]);
  return { one, two, settings: shared, stop };
}

/**
 * Resolves once what one node says arrives at the other. Nodes that meet make their clients come back, because something may have been
 * missed: whoever connects before that is sent away in the middle of a test.
 */
export async function hears(listener: TestHub, speaker: TestHub): Promise<void> {
  const word = uuid();
  let isHeard = false;
  const [from, to] = [speaker.app.get(NodeLink, { strict: false }), listener.app.get(NodeLink, { strict: false })];
  to.on('met', ({ visitorId }) => (isHeard ||= visitorId === word));
  await until(
    async () => {
      from.send({ kind: 'met', visitorId: word, identityId: word });
      await listener.database.query('select 1');
      return isHeard;
    },
    (heard) => heard,
  );
}

const redisProgram = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server';

/** Whether a real Redis can be started here. A machine that must have one says so by CI=true. */
export function hasRedis(): boolean {
  if (existsSync(redisProgram)) {
    return true;
  }
  if (process.env['CI'] === 'true') {
    throw new Error(`${redisProgram} is missing: CI must run the tests of several nodes on a real Redis.`);
  }
  process.stderr.write(`\n*** ${redisProgram} is missing: the tests of several nodes on Redis are NOT run here. ***\n`);
  return false;
}

export interface TestRedis {
  url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** The same address again, empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of the test's own on loopback, which keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'peyk-redis-'));
  const port = await freePort();
  let server: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    server = await launch(port, folder);
  };
  const kill = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running?.exitCode === null) {
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    kill,
    start,
    stop: () => kill().then(() => rm(folder, { recursive: true, force: true })),
  };
}

function launch(port: number, folder: string): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn(redisProgram, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
    server.stdout.on('data', (text: Buffer) => /Ready to accept connections/.test(text.toString()) && resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
