import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseServer } from './database-server.js';
import { percentile, show, table } from './figures.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { loadAverage } from './machine.js';
import { seedReports } from './seed-reports.js';
import type { Settings } from './settings.js';

const budgetMs = 2_000;
const rounds = 5;
const messagesPerTicket = 7;
const newLine = 10;

const names = 'volume times promises backlog agents queues channels tags rules bots campaigns surveys'.split(' ');

/** How long somebody waits for a report over the whole past, of each kind and each cut that it has by itself, and for what is behind a number. */
export async function measureReports({ main, isSmall }: Settings): Promise<boolean> {
  const tickets = isSmall ? 2_000 : 150_000;
  const server = await DatabaseServer.start();
  await server.create('reports');
  const place = { dataDir: join(server.folder, 'reports'), databaseUrl: server.urlOf('reports') };
  const first = await startBuiltHub({ main, ...place });
  const admin = await SignedIn.as(first.url, administrator);
  await admin.call('POST', '/api/channels', {
    kind: 'messages',
    name: 'Bench',
    secrets: { secret: 'a bench secret of reports' },
  });
  await first.stop();
  const seededAt = performance.now();
  await seedReports(server, 'reports', { tickets, messagesPerTicket });
  process.stdout.write(
    `Seeded ${tickets} tickets with ${tickets * messagesPerTicket} messages in ${show((performance.now() - seededAt) / 1000)} s.\n`,
  );
  const { url } = await startBuiltHub({ main, ...place });
  const { cookie } = await SignedIn.as(url, administrator);
  await filled(server);
  const line = await HttpLine.open(Number(new URL(url).port));
  const rows: string[][] = [];
  let isKept = true;
  for (const { name, path } of questions()) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      times.push(await ask(line, path, cookie));
    }
    // The first one finds nothing in memory, and counts as well.
    const most = Math.max(...times);
    isKept &&= most <= budgetMs;
    rows.push([name, show(percentile(times, 0.5)), show(most), most <= budgetMs ? 'kept' : 'MISSED']);
  }
  process.stdout.write(await takeFile(url, cookie));
  process.stdout.write(
    `${table([['report', 'p50 ms', 'max ms', `≤ ${String(budgetMs)} ms`], ...rows])}\nLoad average ${loadAverage()}\n`,
  );
  return isKept;
}

/** Everything that is behind a number, as a file. Nobody waits before a screen for it. */
async function takeFile(url: string, cookie: string): Promise<string> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/api/reports/volume/file?${wholeYear()}&column=solved&format=jsonl`, {
    headers: { cookie },
  });
  let lines = 0;
  for await (const piece of answer.body ?? []) {
    lines += (piece as Uint8Array).reduce((sum, byte) => sum + Number(byte === newLine), 0);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return `The file behind "solved" of a year: ${lines} lines in ${show(seconds)} s (HTTP ${answer.status}).\n`;
}

function wholeYear(): string {
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  return `from=${day(364)}&to=${day(0)}&zone=Asia/Tehran`;
}

function questions(): { name: string; path: string }[] {
  const whole = wholeYear();
  return [
    ...names.map((name) => ({ name, path: `/api/reports/${name}?${whole}` })),
    {
      name: 'volume by month, with the year before',
      path: `/api/reports/volume?${whole}&by=month&calendar=jalali&compare=year`,
    },
    { name: 'times by queue', path: `/api/reports/times?${whole}&by=queue` },
    { name: 'times by agent', path: `/api/reports/times?${whole}&by=agent` },
    { name: 'volume by tag', path: `/api/reports/volume?${whole}&by=tag` },
    { name: 'heat map', path: `/api/reports/heat?${whole}&measure=replies` },
    { name: 'staffing', path: '/api/reports/staffing?weeks=26&zone=Asia/Tehran' },
    { name: 'behind "solved" of a year', path: `/api/reports/volume/tickets?${whole}&column=solved` },
    { name: 'behind "open" at the end', path: `/api/reports/backlog/tickets?${whole}&column=open` },
  ];
}

async function ask(line: HttpLine, path: string, cookie: string): Promise<number> {
  const startedAt = performance.now();
  const { status, body } = await line.send(
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`),
  );
  if (status !== 200) {
    throw new Error(`${path} was answered with ${String(status)}: ${body.toString().slice(0, 200)}`);
  }
  return performance.now() - startedAt;
}

/** Waits until the hub has made its facts of what was seeded, as after an update of an old installation. */
async function filled(server: DatabaseServer): Promise<void> {
  const startedAt = performance.now();
  for (let isFilled = false; !isFilled;) {
    const [row] = await server.run<{ done: boolean }>(
      'reports',
      'select filled_at is not null as done from report_filling',
    );
    isFilled = row?.done ?? false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await server.run('reports', 'vacuum analyze report_fact', 'vacuum analyze report_ticket');
  const [count] = await server.run<{ n: number }>('reports', 'select count(*)::int as n from report_fact');
  process.stdout.write(`${String(count?.n)} facts were made in ${show((performance.now() - startedAt) / 1000)} s.\n`);
}
