import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';
import * as probe from './speed/probe-page.js';
import { sayMuch, type OwnChannel } from './speed/say-over-hook.js';
import { longestTalk, madeId, nameOf, seedDesk } from './speed/seed-desk.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { tellStory } from './support/tell-story.js';

const secret = `whsec_${Buffer.from('a speed key of thirty-two bytes!').toString('base64')}`;
const size = { lines: 5_000, talks: 12, longest: 10_000 };
/** Nobody bursts in the names of those behind. */
const bursting = 8;
const quiet = 10;
const pathOf = (n: number): string => `/inbox/open/${madeId('v', n)}`;
const messageOf = (n: number, seq: number): string => madeId('m', n * 100_000 + seq);

/**
 * The limits hold for a machine with nobody beside it. They are made wider by as much as this page is slower at that moment, and by half for
 * what falls between two looks at that. Single tasks are measured by the processor's time alone, which others
 * make longer only through the caches that they share. `npm run bench -- console` measures the figures themselves.
 */
const slack = 1.5;

describeInBrowser('a long conversation in a full queue', () => {
  let browser: Browser;
  let hub: TestHub;
  let sara: BuiltAgent;
  let desk: Desk;
  let page: Page;
  let channel: OwnChannel;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    const [root] = await hub.database.query<{ id: string }>('select id from agent');
    const admin = await signedIn(hub, root?.id ?? '');
    const body = { kind: 'messages', name: 'Speed', secrets: { secret } };
    const made = await admin.call<{ id: string }>('/api/channels', { body });
    channel = { url: hub.url, channelId: made.body.id, secret };
    sara = await buildAgent(hub.database, { name: 'Sara' });
    await hub.database.query(`update agent set locale = 'en'`);
    await hub.database.query(seedDesk(size, { channelId: channel.channelId, agentId: sara.id }));
    browser = await launchChromium({ isTimed: true });
    desk = await openDesk(browser, hub, { agentId: sara.id });
    desks.push(desk);
    await probe.watchSpeed(desk.context);
    page = desk.page;
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  /** The message that has the focus; with an id only that one. */
  const focused = (key?: string) =>
    page.locator(`.timeline-item${key === undefined ? '' : `[data-key="${key}"]`} article:focus`);
  const row = (n: number) => page.locator(`a.row[href*="${madeId('v', n)}"]`);
  const say = (n: number, count = 1) =>
    sayMuch(channel, { count, rate: 200, people: n === 0 ? bursting : 1, first: n === 0 ? 1 : n });

  /** What a limit in milliseconds is now; the slower of two looks counts. */
  const roomFor = async (looks: number[]): Promise<number> => slack * Math.max(...looks, await probe.slowness(page));

  const taskRoom = async (): Promise<number> => slack * (await probe.pace(page));

  chapter('is there within a second and a half from nothing', async () => {
    const session = await desk.context.newCDPSession(page);
    const took: number[] = [];
    for (let load = 0; load < 3; load++) {
      await session.send('Network.clearBrowserCache');
      took.push(await probe.openCold(page, hub.url + pathOf(longestTalk)));
    }
    expect(Math.min(...took)).toBeLessThanOrEqual(1_500 * (await roomFor([])));
    expect(await probe.countNodes(page)).toBeLessThan(2_500);
  });

  chapter('gives way to another within 150 ms, and none of both holds the page up for 200', async () => {
    const switches: number[][] = [];
    for (const n of [2, 3, 4, 1, 2, 3, 4, 1, 2]) {
      const { tasks } = await probe.note(page, () => probe.switchTo(page, madeId('v', n), nameOf(n)));
      switches.push(tasks);
    }
    const room = await taskRoom();
    const seenBefore = switches.slice(4).map((tasks) => tasks.reduce((sum, task) => sum + task, 0));
    expect(seenBefore.toSorted((a, b) => a - b)[2]).toBeLessThanOrEqual(150 * room);
    expect(Math.max(...switches.flat())).toBeLessThanOrEqual(200 * room);
  });

  chapter('does not move while older messages are laid before', async () => {
    await probe.switchTo(page, madeId('v', longestTalk), nameOf(longestTalk));
    for (let read = 0; read < 3; read++) {
      expect(await probe.readOlder(page)).toBeLessThanOrEqual(1);
    }
  });

  chapter('scrolls, and so does the queue, without tasks that are felt and with few elements', async () => {
    const up = await probe.note(page, () => probe.scroll(page, '.timeline-log', -200, 80));
    expect(await probe.countNodes(page)).toBeLessThan(2_500);
    const down = await probe.note(page, () => probe.scroll(page, '.rows', 200, 120));
    expect(await probe.countNodes(page)).toBeLessThan(2_500);
    expect(Math.max(...up.tasks, ...down.tasks)).toBeLessThanOrEqual(50 * (await taskRoom()));
    await page.evaluate(`document.querySelector('.rows').scrollTop = 0`);
  });

  chapter('goes on being drawn while two hundred messages a second come in, and answers keys', async () => {
    const before = await probe.slowness(page);
    const burst = await probe.note(page, () => say(0, 300));
    expect(Math.max(...burst.tasks)).toBeLessThanOrEqual(100 * (await taskRoom()));
    await page.getByRole('textbox', { name: 'Reply' }).click();
    const typed = await probe.note(page, () => page.keyboard.type('I am looking into it.'));
    const waits = typed.waits.toSorted((a, b) => a - b);
    expect(waits[Math.floor(waits.length * 0.75)] ?? 0).toBeLessThanOrEqual(200 * (await roomFor([before])));
    await page.getByRole('textbox', { name: 'Reply' }).fill('');
  });

  chapter('opens at the message that a link leads to, however far back', async () => {
    const far = messageOf(longestTalk, 9_001);
    await desk.goto(`/inbox/all/${madeId('v', longestTalk)}?message=${far}`);
    await focused(far).waitFor();
    expect(await focused(far).getAttribute('aria-label')).toMatch(/Customer 1\W*, .*, Own channel$/);
  });

  chapter('goes to the last note and back to the newest, and from message to message by keys', async () => {
    await page.getByRole('button', { name: 'Go to' }).click();
    await page.getByRole('menuitem', { name: 'Last note' }).click();
    await focused().and(page.locator('[data-kind="note"]')).waitFor();
    await page.getByRole('button', { name: 'Go to' }).click();
    await page.getByRole('menuitem', { name: 'Newest message' }).click();
    await focused().filter({ hasText: 'Burst' }).waitFor();
    const key = (await page.locator('.timeline-item:has(article:focus)').getAttribute('data-key')) ?? '';
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator(`.timeline-item:not([data-key="${key}"]) article:focus`).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await focused(key).waitFor();
  });

  chapter('shows a part of it when asked, and says what is new of the rest', async () => {
    await desk.goto(pathOf(quiet));
    await page.getByRole('button', { name: 'Notes', exact: true }).click();
    await page.locator('.message[data-kind="note"]').first().waitFor();
    await page.locator('.message[data-kind="text"]').first().waitFor({ state: 'detached' });
    await page.getByText(/\d+\W* messages hidden/).waitFor();
    await say(quiet);
    const news = page.getByRole('button', { name: /1\W* new message is hidden/ });
    await news.waitFor();
    expect(await findViolations(page)).toEqual([]);
    await news.click();
    await page.getByRole('article').filter({ hasText: 'Burst 0' }).waitFor();
  });

  chapter('stays unread where its reader wants it so, until they come back', async () => {
    const cursor = async (): Promise<number> => {
      const [found] = await hub.database.query<{ seq: number }>(
        'select seq::int from read_cursor where agent_id = $1 and conversation_id = $2',
        [sara.id, madeId('v', quiet)],
      );
      return found?.seq ?? 0;
    };
    await until(cursor, (seq) => seq === 51);
    await page.getByRole('button', { name: 'Message options' }).last().click();
    await page.getByRole('menuitem', { name: 'Mark unread from here' }).click();
    await page.locator('.divider[data-tone="new"]').waitFor();
    await until(cursor, (seq) => seq === 50);
    await row(quiet).and(page.locator('[data-unread]')).waitFor();
    await row(bursting).first().click();
    await page.waitForURL((url) => url.pathname.includes(madeId('v', bursting)));
    // What is chosen may have been scrolled to, and lines out of sight are not there.
    await page.evaluate(`document.querySelector('.rows').scrollTop = 0`);
    await row(quiet).click();
    await until(cursor, (seq) => seq === 51);
  });
});
