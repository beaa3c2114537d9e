import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { ReportFacts } from '../../apps/hub/src/supervision/reports/facts/report-facts.sweeper.js';
import { buildChannel, buildQueue } from '../support/live-client.js';
import { liveThrough } from '../support/report-history.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk } from '../support/ticket-desk.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('reports', () => {
  let browser: Browser;
  let hub: TestHub;
  let page: Page;
  let admin: string;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    const desk = await TicketDesk.open(hub);
    const site = await buildChannel(hub, { kind: 'web', queueId: desk.queueId });
    const otherQueue = await buildQueue(hub.database, { members: [desk.people.sara.id] });
    for (const seed of [1, 2, 3]) {
      await liveThrough({ desk, site, otherQueue }, seed);
    }
    await hub.app.get(ReportFacts, { strict: false }).sweep();
    const [first] = await hub.database.query<{ id: string }>(
      `update agent set locale = 'en' where role = 'admin' returning id`,
    );
    admin = first?.id ?? '';
    browser = await launchChromium();
    const opened = await openDesk(browser, hub, { agentId: admin });
    desks.push(opened);
    page = opened.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const opened = async (): Promise<number> => {
    const [row] = await hub.database.query<{ count: number }>(
      'select count(*)::int as count from ticket where merged_into is null and spam_at is null',
    );
    return row?.count ?? 0;
  };

  chapter('are opened from the rail, over days that are chosen and remembered', async () => {
    await page.goto(`${hub.url}/inbox/mine`);
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('button', { name: `Opened ${String(await opened())}` }).waitFor();
    await page.getByRole('combobox', { name: 'Range' }).selectOption('last7');
    await page.waitForURL(/range=last7/u);
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('previous');
    await page.getByRole('button', { name: /^Opened .* more/u }).waitFor();
    await takeShot(page, 'reports chart en light');
    expect(await findViolations(page)).toEqual([]);
    await page.goBack();
    await page.waitForURL(/^(?!.*compare)/u);
    await page.goto(`${hub.url}/reports`);
    await page.waitForURL(/\/reports\/volume\?.*range=last7/u);
  });

  chapter(
    'lead by keys from a point of the chart, and from a number of the table, to the conversation behind it',
    async () => {
      await page.getByRole('slider').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Show as table' }).click();
      const total = page.getByRole('row', { name: /^Total/u });
      const number = String(await opened());
      await total
        .getByRole('button', { name: new RegExp(`${number}.?: show what is behind`, 'u') })
        .first()
        .click();
      const behind = page.getByRole('dialog', { name: /^Behind .*Opened.*Total/u });
      await behind.getByRole('link').first().waitFor();
      expect(await behind.getByRole('listitem').count()).toBe(Number(number));
      await takeShot(page, 'reports behind en light');
      await behind.getByRole('listitem').first().getByRole('link').click();
      await page.waitForURL(/\/inbox\/all\/[^/]+\?ticket=/u);
      await page.locator('.composer textarea').waitFor();
    },
  );

  chapter('are taken away as a table that other programs read', async () => {
    await page.goto(`${hub.url}/reports/queues`);
    await page.getByRole('button', { name: 'Download' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CSV/u }).click();
    const file = readFileSync(await (await coming).path(), 'utf8');
    expect(file.startsWith('\uFEFF')).toBe(true);
    expect(file.trim().split('\n').length).toBeGreaterThan(2);
  });

  chapter('are sent by mail on a day that is told before', async () => {
    await hub.database.query(
      `insert into channel (id, kind, name, queue_id, config) select gen_random_uuid(), 'email', 'Post', id, '{}' from queue limit 1`,
    );
    await hub.app.get(ChannelDirectory).refresh();
    await page.goto(`${hub.url}/reports/schedules`);
    await page.getByRole('button', { name: 'New schedule' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Name' }).fill('Weekly look');
    await form.getByRole('textbox', { name: 'To' }).fill('boss@example.com, desk@example.com');
    await form.getByText(/Will be sent next/u).waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    const made = page.getByRole('listitem').filter({ hasText: 'Weekly look' });
    await made.getByText('boss@example.com, desk@example.com').waitFor();
    await made.getByText(/Will be sent next/u).waitFor();
    await hub.database.query(`update report_schedule set last_problem = 'mailbox_off'`);
    await page.reload();
    await made.getByText(/The mailbox is switched off/u).waitFor();
    await takeShot(page, 'reports schedules en light');
  });

  chapter('show hours, staffing and a whole export, and read well in Persian, in the dark and on a phone', async () => {
    await hub.database.query(`update agent set locale = 'fa' where id = $1`, [admin]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.goto(`${hub.url}/reports/volume?range=last7&view=chart&compare=previous`);
    await page.getByRole('slider').waitFor();
    await page.evaluate('document.fonts.ready');
    await takeShot(page, 'reports chart fa dark');
    await page.goto(`${hub.url}/reports/heat?range=last7`);
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByRole('rowheader').first().textContent()).toBe('شنبه');
    await takeShot(page, 'reports heat fa dark');
    const busiest = page.locator('.reports-hour').first();
    const count = toLatin(await busiest.textContent());
    await busiest.click();
    const behind = page.getByRole('dialog', { name: /^پشت عدد/u });
    await behind.getByRole('listitem').first().waitFor();
    expect(await behind.getByRole('listitem').count()).toBe(Number(count));
    await takeShot(page, 'reports heat behind fa dark');
    await page.keyboard.press('Escape');
    await page.goto(`${hub.url}/reports/staffing`);
    await page.getByLabel('بیشترین انتظار (ثانیه)').fill('۳۰');
    await page
      .getByText(/کاری رسیدگی نشده|نیروی لازم به تفکیک/u)
      .first()
      .waitFor();
    await takeShot(page, 'reports staffing fa dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${hub.url}/reports/exports`);
    await page.getByRole('button', { name: 'آغاز برون‌بری' }).click();
    await page.getByRole('listitem').filter({ hasText: 'گفتگوها' }).first().waitFor();
    await takeShot(page, 'reports exports fa phone');
    await page.goto(`${hub.url}/reports/agents`);
    await page.getByRole('columnheader').first().waitFor();
    await takeShot(page, 'reports agents fa phone');
    expect(await findViolations(page)).toEqual([]);
  });
});

function toLatin(text: string | null): string {
  return (text ?? '').replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}
