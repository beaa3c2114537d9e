import { join } from 'node:path';
import { DatabaseServer } from './database-server.js';
import { isKept, percentile, show, showVerdict, table, type Verdict } from './figures.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { loadAverage } from './machine.js';
import { longConversations, seedHistory } from './seed-history.js';
import type { Settings } from './settings.js';

const fewConversations = 1000;
const roundCount = 5;
const farPage = 1000;
const reader = { email: 'reader@bench.test', password: administrator.password };

/** A hub with a past, and an agent of all its queues who reads it. */
interface Desk {
  /** Ids of the long conversations. */
  long: string[];
  /** Asks for a path and returns the milliseconds until the whole answer was there, and the answer. */
  get(path: string): Promise<{ ms: number; body: Buffer }>;
}

/** What an agent waits for when the past has grown: a page of their queues, a far page, a long conversation. */
export async function measureHistory({ main, conversations, requests }: Settings): Promise<boolean> {
  const server = await DatabaseServer.start();
  const past = [
    await furnish(server, { main, database: 'small', conversations: fewConversations }),
    await furnish(server, { main, database: 'big', conversations }),
  ] as const;
  const [small, big] = [await openDesk(main, past[0]), await openDesk(main, past[1])];
  const [open, all] = ['/api/conversations?view=open', '/api/conversations?view=all'];
  const [short = '', long = ''] = big.long.map((id) => `/api/conversations/${id}`);
  const far = await walk(big, all, Math.min(farPage, conversations / 100));
  const pairs = [
    {
      name: `queue page, ${conversations} / ${fewConversations} conversations`,
      most: 1.5,
      before: () => small.get(open),
      after: () => big.get(open),
    },
    {
      name: `open, ${longConversations.toReversed().join(' / ')} messages`,
      most: 1.5,
      before: () => big.get(short),
      after: () => big.get(long),
    },
    {
      name: `page ${far.pages} / page 1 by cursor`,
      most: 1.3,
      before: () => big.get(all),
      after: () => big.get(far.path),
    },
  ];
  const verdicts: Verdict[] = [];
  for (const { name, most, before, after } of pairs) {
    verdicts.push({ name, ratios: await compare(name, before, after, requests), budget: { most } });
  }
  const head = ['p99', 'median', 'range', 'budget', ''];
  process.stdout.write(`${table([head, ...verdicts.map(showVerdict)])}\nLoad average ${loadAverage()}\n`);
  return verdicts.every(isKept);
}

interface Past {
  dataDir: string;
  databaseUrl: string;
  long: string[];
}

/** A database that a hub made, with years of history. */
export async function furnish(
  server: DatabaseServer,
  { main, database, conversations }: { main: string; database: string; conversations: number },
): Promise<Past> {
  await server.create(database);
  const place = { dataDir: join(server.folder, database), databaseUrl: server.urlOf(database) };
  const hub = await startBuiltHub({ main, ...place });
  const admin = await SignedIn.as(hub.url, administrator);
  await admin.addColleague(reader, { name: 'Reader', role: 'agent' });
  const secrets = { secret: 'a bench secret of the history' };
  await admin.call('POST', '/api/channels', { kind: 'messages', name: 'Bench', secrets });
  await hub.stop();
  const startedAt = performance.now();
  const long = await seedHistory(server, database, conversations);
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(`Seeded ${conversations} conversations in ${show(seconds)} s.\n`);
  return { ...place, long };
}

async function openDesk(main: string, { long, ...place }: Past): Promise<Desk> {
  const { url } = await startBuiltHub({ main, ...place });
  const { cookie } = await SignedIn.as(url, reader);
  const line = await HttpLine.open(Number(new URL(url).port));
  return { long, get: (path) => get(line, path, cookie) };
}

async function get(line: HttpLine, path: string, cookie: string): Promise<{ ms: number; body: Buffer }> {
  const startedAt = performance.now();
  const { status, body } = await line.send(
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`),
  );
  if (status !== 200) {
    throw new Error(`${path} was answered with ${status}: ${body.toString().slice(0, 200)}`);
  }
  return { ms: performance.now() - startedAt, body };
}

/** The path of a page that is reached by going on from page to page. */
async function walk(desk: Desk, path: string, pages: number): Promise<{ path: string; pages: number }> {
  let there = path;
  for (let page = 1; page < pages; page++) {
    const { next } = JSON.parse((await desk.get(there)).body.toString()) as { next: string | null };
    if (next === null) {
      return { path: there, pages: page };
    }
    there = `${path}&before=${next}`;
  }
  return { path: there, pages };
}

type Ask = () => Promise<{ ms: number }>;

/** Per-round ratios of the 99th percentiles; the two take turns request by request, so each is disturbed as often as the other. */
async function compare(name: string, before: Ask, after: Ask, requests: number): Promise<number[]> {
  for (let n = 0; n < 100; n++) {
    await before();
    await after();
  }
  const rounds = Array.from({ length: roundCount }, () => ({ before: [] as number[], after: [] as number[] }));
  for (const round of rounds) {
    for (let n = 0; n < requests / roundCount; n++) {
      round.before.push((await before()).ms);
      round.after.push((await after()).ms);
    }
  }
  for (const side of ['before', 'after'] as const) {
    const all = rounds.flatMap((round) => round[side]);
    const [p50, p99] = [percentile(all, 0.5), percentile(all, 0.99)];
    process.stdout.write(`${name}, ${side}: p50 ${show(p50)} ms, p99 ${show(p99)} ms of ${all.length} requests\n`);
  }
  return rounds.map((round) => percentile(round.after, 0.99) / percentile(round.before, 0.99));
}
