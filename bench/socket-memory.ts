import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { show } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { freePort, readHeap, type Heap } from './inspected-heap.js';
import { loadAverage, startProgram, type Program } from './machine.js';
import type { Settings } from './settings.js';
import { inFolder } from './start-up.js';

const budget = 1.5;
const openAtOnce = 25;
/** The first ones bring what all of them share: code that is compiled, tables that grow. */
const first = 200;
/**
 * A program rests once it held as much as before, but for a share, at several looks in a row: a hub goes on loading what it needs seldom
 * for a while after its start, and that is no socket's.
 */
const rest = { ms: 3_000, looks: 3, share: 0.003, longestMs: 45_000 };

interface Cost {
  usedKb: number;
  residentKb: number;
}

/** What an idle visitor's socket costs the hub, beside what it costs a socket.io server that does nothing else. */
export async function measureSockets({ main, visitors }: Settings): Promise<boolean> {
  return inFolder(async (dataDir) => {
    const bare = await measureBare(visitors);
    const hub = await measureHub(main, dataDir, visitors);
    const ratio = hub.usedKb / bare.usedKb;
    const isKept = ratio <= budget;
    process.stdout.write(
      `${String(visitors)} idle sockets: hub ${show(hub.usedKb)} kB each, bare socket.io ${show(bare.usedKb)} kB each = ${show(ratio)}×, budget ${String(budget)}×, ` +
        `${isKept ? 'kept' : 'MISSED'}; resident ${show(hub.residentKb)} and ${show(bare.residentKb)} kB each; load average ${loadAverage()}\n`,
    );
    return isKept;
  });
}

async function measureBare(count: number): Promise<Cost> {
  const port = await freePort();
  const hook = resolve(import.meta.dirname, '../test/support/run-typescript.mjs');
  const floor = resolve(import.meta.dirname, 'floor/bare-sockets.ts');
  const parameters = [inspect(port), '--import', hook, floor];
  const program = await startProgram(parameters, {}, import.meta.dirname);
  return measure(program, port, count, () => Promise.resolve({}));
}

async function measureHub(main: string, dataDir: string, count: number): Promise<Cost> {
  const port = await freePort();
  const env = { TRUST_PROXY: '127.0.0.1' };
  const hub = await startBuiltHub({ main, dataDir, nodeFlags: [inspect(port)], env });
  const admin = await SignedIn.as(hub.url, administrator);
  const { id: channel } = await admin.call('POST', '/api/channels', { kind: 'web', name: 'Bench chat' });
  return measure(hub, port, count, async (n) => ({ channel, token: await beginSession(hub.url, channel, n) }));
}

const inspect = (port: number): string => `--inspect=127.0.0.1:${String(port)}`;

async function measure(
  program: Program,
  port: number,
  count: number,
  authOf: (n: number) => Promise<object>,
): Promise<Cost> {
  const sockets: Socket[] = [];
  try {
    await open(sockets, program.url, first, authOf);
    const before = await readAtRest(port);
    await open(sockets, program.url, count, authOf);
    const after = await readAtRest(port);
    const each = (bytes: number): number => bytes / 1024 / count;
    return { usedKb: each(after.used - before.used), residentKb: each(after.resident - before.resident) };
  } finally {
    sockets.forEach((socket) => socket.close());
    await program.stop();
  }
}

async function readAtRest(port: number): Promise<Heap> {
  const giveUpAt = performance.now() + rest.longestMs;
  let heap = await readHeap(port);
  for (let quiet = 0; quiet < rest.looks && performance.now() < giveUpAt;) {
    await sleep(rest.ms);
    const next = await readHeap(port);
    quiet = Math.abs(next.used - heap.used) < rest.share * heap.used ? quiet + 1 : 0;
    heap = next;
  }
  return heap;
}

async function open(
  sockets: Socket[],
  url: string,
  count: number,
  authOf: (n: number) => Promise<object>,
): Promise<void> {
  const openEvery = async (from: number): Promise<void> => {
    for (let n = from; n < count; n += openAtOnce) {
      const auth = await authOf(n + sockets.length);
      const socket = io(`${url}/visitor`, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
      sockets.push(socket);
      await new Promise<void>((done, fail) => {
        socket.once('connect', done);
        socket.once('connect_error', fail);
      });
    }
  };
  await Promise.all(Array.from({ length: openAtOnce }, (_, from) => openEvery(from)));
}

async function beginSession(url: string, channel: string, n: number): Promise<string> {
  const place = `10.${String((n >> 16) & 255)}.${String((n >> 8) & 255)}.${String(n & 255)}`;
  const response = await fetch(`${url}/api/chat/${channel}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': place },
    body: '{}',
  });
  return ((await response.json()) as { token: string }).token;
}
