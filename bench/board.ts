import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { DatabaseServer } from './database-server.js';
import { percentile, show, table } from './figures.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { closeAtTheEnd, loadAverage } from './machine.js';
import { seedCentre } from './routing-seed.js';
import type { Settings } from './settings.js';

const database = 'board';
const pushBudgetMs = 1_000;
const patienceMs = 15_000;
const centre = { agents: 200, queues: 20, skills: 10, waiting: 10_000 };

/** How soon a watched board shows what changed, and what reading it whole costs, with ten thousand open tickets and two hundred agents. */
export async function measureBoard({ main, isSmall }: Settings): Promise<boolean> {
  const size = isSmall ? { ...centre, agents: 50, waiting: 500 } : centre;
  const server = await DatabaseServer.start();
  await server.create(database);
  const place = { main, dataDir: join(server.folder, database), databaseUrl: server.urlOf(database) };
  // Its schema first: what is seeded is there when the hub that is measured starts.
  await (await startBuiltHub(place)).stop();
  await seedCentre(server, database, size, 1);
  const { url } = await startBuiltHub(place);
  const admin = await SignedIn.as(url, administrator);
  const watched = await Watched.open(url, admin.cookie);
  const pushes = await measurePushes(server, watched, isSmall ? 5 : 40);
  const reads = await measureReads(url, admin.cookie, isSmall ? 10 : 100);
  const isKept = percentile(pushes, 0.99) <= pushBudgetMs;
  const row = (name: string, times: number[], verdict: string): string[] => [
    name,
    show(percentile(times, 0.5)),
    show(percentile(times, 0.99)),
    verdict,
  ];
  process.stdout.write(
    `${table([
      ['', 'p50 ms', 'p99 ms', `≤ ${String(pushBudgetMs)} ms`],
      row('from a change to the frame that shows it', pushes, isKept ? 'kept' : 'MISSED'),
      row('a read of all of it, by HTTP', reads, ''),
    ])}\nLoad average ${loadAverage()}\n`,
  );
  return isKept;
}

/** A console that watches, as far as frames go. */
class Watched {
  private readonly socket: Socket;
  private heard = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('board.changed', (frame: unknown) => (this.heard = JSON.stringify(frame)));
  }

  static async open(url: string, cookie: string): Promise<Watched> {
    const socket = io(`${url}/agent`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: url, cookie },
    });
    closeAtTheEnd(() => Promise.resolve(void socket.close()));
    await new Promise<void>((done, failed) => {
      socket.once('connect', () => done());
      socket.once('connect_error', failed);
    });
    const watched = new Watched(socket);
    await socket.emitWithAck('board.watch', {});
    await watched.until((heard) => heard !== '');
    return watched;
  }

  /** Resolves with the frame that fits; checked on each as it comes. */
  until(fits: (heard: string) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.socket.off('board.changed', look);
        reject(new Error('The board did not show it in time.'));
      }, patienceMs);
      const look = (): void => {
        if (fits(this.heard)) {
          clearTimeout(late);
          this.socket.off('board.changed', look);
          resolve();
        }
      };
      this.socket.on('board.changed', look);
      look();
    });
  }
}

/** At instants that have nothing to do with when the hub looks. */
async function measurePushes(server: DatabaseServer, watched: Watched, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    await sleep(200 + ((nth * 137) % 900));
    const name = `Renamed ${String(nth)}.`;
    await server.run(
      database,
      `update agent set name = '${name}' where id = (select id from agent where role = 'agent' order by id limit 1)`,
    );
    const changedAt = performance.now();
    await watched.until((heard) => heard.includes(name));
    times.push(performance.now() - changedAt);
  }
  return times;
}

async function measureReads(url: string, cookie: string, count: number): Promise<number[]> {
  const line = await HttpLine.open(Number(new URL(url).port));
  const times: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const askedAt = performance.now();
    const { status } = await line.send(
      Buffer.from(`GET /api/board HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`),
    );
    if (status !== 200) {
      throw new Error(`The board was answered with ${String(status)}.`);
    }
    times.push(performance.now() - askedAt);
  }
  return times;
}
