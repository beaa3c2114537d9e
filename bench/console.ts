import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import * as probe from '../test/browser/speed/probe-page.js';
import { sayMuch, type OwnChannel } from '../test/browser/speed/say-over-hook.js';
import { longestTalk, madeId, nameOf, seedDesk } from '../test/browser/speed/seed-desk.js';
import { DatabaseServer } from './database-server.js';
import { median, percentile, show, table } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { closeAtTheEnd, loadAverage } from './machine.js';
import type { Settings } from './settings.js';

const reader = { email: 'reader@bench.test', password: administrator.password };
const secret = `whsec_${Buffer.from('a bench key of thirty-two bytes!').toString('base64')}`;
const database = 'desk';
const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

interface Desk {
  page: Page;
  url: string;
  channel: OwnChannel;
}

interface Figure {
  name: string;
  ms: number;
  most: number;
}

/** What an agent's page takes in Chromium, with a queue of thousands of lines and a conversation of ten thousand messages. */
export async function measureConsole({ main, isSmall }: Settings): Promise<boolean> {
  const desk = await openDesk(main, isSmall ? 1_000 : 5_000);
  const figures = [
    ...(await measureOpening(desk)),
    ...(await measureReading(desk, isSmall ? 10 : 40)),
    ...(await measureBurst(desk, isSmall ? 1 : 5)),
  ];
  const lines = figures.map(({ name, ms, most }) => [name, ms, `≤ ${most}`, ms <= most ? 'kept' : 'MISSED']);
  const slowness = show(await probe.slowness(desk.page));
  process.stdout.write(`${table([['ms, px or elements', '', 'budget', ''], ...lines])}\n`);
  process.stdout.write(`Slowness ${slowness}, load average ${loadAverage()}\n`);
  return figures.every(({ ms, most }) => ms <= most);
}

async function openDesk(main: string, lines: number): Promise<Desk> {
  const server = await DatabaseServer.start();
  await server.create(database);
  const hub = await startBuiltHub({ main, dataDir: join(server.folder, 'hub'), databaseUrl: server.urlOf(database) });
  const admin = await SignedIn.as(hub.url, administrator);
  const agentId = await admin.addColleague(reader, { name: 'Reader', role: 'agent' });
  const made = await admin.call('POST', '/api/channels', { kind: 'messages', name: 'Bench', secrets: { secret } });
  await server.run(database, seedDesk({ lines, talks: 12, longest: 10_000 }, { channelId: made.id, agentId }));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: chromiumFlags,
  });
  closeAtTheEnd(() => browser.close());
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const [name = '', value = ''] = (await SignedIn.as(hub.url, reader)).cookie.split('=');
  await context.addCookies([{ name, value, url: hub.url }]);
  await probe.watchSpeed(context);
  const channel = { url: hub.url, channelId: made.id, secret };
  return { page: await context.newPage(), url: hub.url, channel };
}

async function measureOpening({ page, url }: Desk): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page);
  const cold: number[] = [];
  for (let load = 0; load < 7; load++) {
    await session.send('Network.clearBrowserCache');
    cold.push(await probe.openCold(page, `${url}/inbox/open/${madeId('v', longestTalk)}`));
  }
  const first: number[] = [];
  const again: number[] = [];
  const tasks: number[] = [0];
  for (const n of [2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1]) {
    const stretch = await probe.note(page, async () => {
      (first.length < 4 ? first : again).push(await probe.switchTo(page, madeId('v', n), nameOf(n)));
    });
    tasks.push(...stretch.tasks);
  }
  return [
    { name: 'cold load to a timeline that can be read and answered, median of 7', ms: median(cold), most: 1_500 },
    { name: 'another conversation, not opened before, median', ms: median(first), most: 500 },
    { name: 'another conversation, opened before, median', ms: median(again), most: 150 },
    { name: 'longest task while opening', ms: Math.max(...tasks), most: 200 },
  ];
}

async function measureReading({ page }: Desk, pages: number): Promise<Figure[]> {
  await probe.switchTo(page, madeId('v', longestTalk), nameOf(longestTalk));
  const drift: number[] = [];
  for (let read = 0; read < pages; read++) {
    drift.push(await probe.readOlder(page));
  }
  const up = await probe.note(page, () => probe.scroll(page, '.timeline-log', -150, pages * 20));
  const down = await probe.note(page, () => probe.scroll(page, '.rows', 200, pages * 40));
  return [
    { name: `drift of what is read, most of ${pages} pages`, ms: Math.max(...drift), most: 1 },
    { name: 'longest task while scrolling the conversation', ms: Math.max(0, ...up.tasks), most: 50 },
    { name: 'longest task while scrolling the queue', ms: Math.max(0, ...down.tasks), most: 50 },
    { name: 'elements of the page', ms: await probe.countNodes(page), most: 2_500 },
  ];
}

async function measureBurst({ page, channel }: Desk, seconds: number): Promise<Figure[]> {
  await page.evaluate(`document.querySelector('.rows').scrollTop = 0`);
  const burst = await probe.note(page, () =>
    sayMuch(channel, { count: 200 * seconds, rate: 200, people: 12, first: 1 }),
  );
  await page.locator('.composer textarea').click();
  const typed = await probe.note(page, async () => {
    await page.keyboard.type('I am looking into it, and write again within the hour.', { delay: 20 });
    await page.locator('a.row').nth(2).click();
    await page.locator('a.row').nth(3).click();
  });
  return [
    { name: 'longest frame at 200 messages a second', ms: burst.longestFrame, most: 100 },
    { name: 'from a key or click to what it shows, p75', ms: percentile([0, ...typed.waits], 0.75), most: 200 },
  ];
}
