import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BulkSweeper } from '../../apps/hub/src/desk/bulk/bulk.sweeper.js';
import { BoardAlerts } from '../../apps/hub/src/supervision/board/board-alerts.sweeper.js';
import { BoardTraffic } from '../support/board-traffic.js';
import { buildAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const persian = (count: number): RegExp => new RegExp(`^${count.toLocaleString('fa-IR')}$`, 'u');

describeInBrowser('the live board of a supervisor', () => {
  let browser: Browser;
  let hub: TestHub;
  let traffic: BoardTraffic;
  let boss: string;
  let wire: Wire;
  let desk: Desk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub({ env: { ROLE: 'web' } });
    wire = holdWire(hub);
    traffic = await BoardTraffic.begin(hub, { agents: 6, queues: 3 });
    const names = ['Sara Mohammadi', 'Babak Naseri', 'لیلا کریمی', 'James Carter', 'Mina', 'Reza'];
    const queues = ['Sales', 'Billing', 'پشتیبانی فنی'];
    await hub.database.query(
      `update agent a set name = n.name from unnest($1::uuid[], $2::text[]) n(id, name) where a.id = n.id`,
      [traffic.agents, names],
    );
    await hub.database.query(
      `update queue q set name = n.name from unnest($1::uuid[], $2::text[]) n(id, name) where q.id = n.id`,
      [traffic.queues, queues],
    );
    for (let event = 0; event < 60; event += 1) {
      await traffic.next();
    }
    boss = (await buildAgent(hub.database, { role: 'supervisor', name: 'Boss' })).id;
    await hub.database.query(`update agent set locale = 'en'`);
    browser = await launchChromium();
    desk = await openDesk(browser, hub, { agentId: boss });
    desks.push(desk);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const look = async (): Promise<void> => {
    await hub.database.query(`update board_look set at = '-infinity'`);
    await hub.app.get(BoardAlerts, { strict: false }).sweep();
  };
  const tile = (measure: string) => page.locator(`.board-tile[data-measure="${measure}"]`);
  const waitingNow = async (): Promise<number> => Number(await tile('waiting').locator('.board-value').textContent());

  chapter('is a way from the rail, and follows what happens by itself', async () => {
    await desk.goto('/inbox/mine');
    await page.getByRole('link', { name: 'Live board' }).click();
    await page.getByRole('heading', { name: 'Live board' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const before = await waitingNow();
    await traffic.arrive();
    await tile('waiting')
      .locator('.board-value')
      .filter({ hasText: new RegExp(`^${String(before + 1)}$`, 'u') })
      .waitFor();
    await page.getByRole('row', { name: /Sara Mohammadi/u }).waitFor();
    await takeShot(page, 'monitor wide en');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('columnheader', { name: 'Solved', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show as chart' }).click();
  });

  chapter('leads to watching a ticket, says why it is there, and takes it over with a word', async () => {
    const row = page.getByRole('row', { name: /Sara Mohammadi/u });
    await row
      .getByRole('button', { name: /^What to do about/u })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Watch' }).waitFor();
    await takeShot(page, 'monitor ticket acts en');
    await page.getByRole('menuitem', { name: 'Why here?' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Why this agent' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await row
      .getByRole('button', { name: /^What to do about/u })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Take over' }).click();
    const dialog = page.getByRole('dialog', { name: /^Take over .* from .*Sara Mohammadi/u });
    await dialog.getByLabel('Reason (optional)').fill('You are off to lunch.');
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'monitor take over en');
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [last] = await hub.database.query<{ body: string }>(
      `select body from message where kind = 'note' order by at desc limit 1`,
    );
    expect(last?.body).toBe('You are off to lunch.');
  });

  chapter('gives all work of an agent to another, who is told, and sets who takes no more', async () => {
    const acts = page.getByRole('button', { name: /^Work and status of .*James Carter/u });
    await acts.click();
    await page.getByRole('menuitem', { name: 'All tickets…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Work of .*James Carter/u });
    const held = dialog.getByRole('listitem');
    await held.first().waitFor();
    await dialog.getByRole('combobox', { name: 'Give all of it to' }).selectOption({ label: 'Mina – Online' });
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'monitor hand over en');
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await dialog.waitFor({ state: 'detached' });
    while (await hub.app.get(BulkSweeper, { strict: false }).workTurn()) {
      // The next turn.
    }
    await page.getByText(/assigned to .*Mina/u).waitFor();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await takeShot(page, 'monitor handed over en');
    await acts.click();
    await page.getByRole('menuitem', { name: 'Set status…' }).click();
    const status = page.getByRole('dialog', { name: /^Status of .*James Carter/u });
    await status.getByRole('combobox', { name: 'State' }).selectOption('Away');
    await status.getByLabel('Reason (optional)').fill('Finish the report first.');
    await takeShot(page, 'monitor status en');
    await status.getByRole('button', { name: 'Set status' }).click();
    await status.waitFor({ state: 'detached' });
    const [james] = await hub.database.query(
      `select status, status_words as words from agent where name = 'James Carter'`,
    );
    expect(james).toEqual({ status: 'away', words: 'Finish the report first.' });
  });

  chapter('says what is past a limit of its own choice, and when that is over', async () => {
    await page.getByRole('button', { name: 'Alerts…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Alerts' });
    await dialog.getByRole('combobox', { name: 'Queue' }).selectOption('Billing');
    await dialog.getByLabel(/^At most/u).fill('0');
    await dialog.getByLabel('For how many seconds').fill('0');
    await dialog.getByRole('button', { name: 'Set the limit' }).click();
    await dialog.getByRole('button', { name: /^Remove .*Billing/u }).waitFor();
    await takeShot(page, 'monitor limits en');
    await page.keyboard.press('Escape');
    await traffic.arrive(traffic.queues[1]);
    await look();
    await page.locator('.board-alert').filter({ hasText: 'Billing' }).waitFor();
    await page.locator('[data-queue] .board-cell[data-tone="bad"]').waitFor();
    await page.getByRole('button', { name: /^Notifications/u }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await takeShot(page, 'monitor alert en dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  chapter('hangs on a wall, dims once it is old, and comes back by itself', async () => {
    await page.getByRole('link', { name: 'Wall' }).click();
    await page.getByRole('switch', { name: 'Names' }).waitFor();
    expect(await page.getByText('Sara Mohammadi').count()).toBe(0);
    await takeShot(page, 'monitor wall en');
    await page.getByRole('switch', { name: 'Names' }).press('Space');
    await page.getByText('Sara Mohammadi').waitFor();
    await page.clock.install();
    desk.watched.expect(/WebSocket connection to .* failed/);
    wire.cut();
    await page.clock.fastForward(12_000);
    await page.getByText(/^Last update \W*\d+\W* s ago$/u).waitFor();
    await page.locator('.wall[data-stale="true"]').waitFor();
    await takeShot(page, 'monitor wall stale en');
    wire.mend();
    await page.clock.fastForward(4_000);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Leave the wall' }).click();
    await page.getByRole('button', { name: 'Alerts…' }).waitFor();
  });

  chapter('fits a phone, in Persian', async () => {
    await hub.database.query(`update agent set locale = 'fa'`);
    const phone = await openDesk(browser, hub, { agentId: boss, locale: 'fa', width: 390, height: 844 });
    desks.push(phone);
    await phone.goto('/monitor');
    await phone.page.getByRole('heading', { name: 'تابلوی زنده' }).waitFor();
    await phone.page.getByText('زنده', { exact: true }).waitFor();
    await takeShot(phone.page, 'monitor phone fa');
    expect(await findViolations(phone.page)).toEqual([]);
    const overflow = await phone.page
      .locator('.board')
      .evaluate((board: { scrollWidth: number; clientWidth: number }) => board.scrollWidth - board.clientWidth);
    expect(overflow).toBeLessThanOrEqual(1);
    await phone.page.setViewportSize({ width: 1440, height: 900 });
    await takeShot(phone.page, 'monitor wide fa');
    await phone.goto('/monitor/wall');
    await phone.page.getByRole('link', { name: 'خروج از نمای دیواری' }).waitFor();
    await takeShot(phone.page, 'monitor wall fa');
  });

  chapter('is worked by in a rush hour, in Persian', async () => {
    const rush = await openDesk(browser, hub, { agentId: boss, locale: 'fa' });
    desks.push(rush);
    const { page: board } = rush;
    await rush.goto('/monitor');
    await board.getByText('زنده', { exact: true }).waitFor();
    const waiting = board.locator('.board-tile[data-measure="waiting"] .board-value');
    const crowd = (async () => {
      for (let customer = 0; customer < 12; customer += 1) {
        await traffic.arrive();
      }
    })();
    await board
      .locator('.board-tile[data-measure="broken"]')
      .getByText(/در خطر$/u)
      .waitFor();
    const acts = () =>
      board
        .getByRole('row', { name: /Babak Naseri/u })
        .getByRole('button', { name: /^کارها برای/u })
        .first();
    await acts().click();
    await board.getByRole('menuitem', { name: 'تماشا' }).click();
    await board.getByText('فقط تماشا می‌کنید. چیزی خوانده‌شده به حساب نمی‌آید.').waitFor();
    await board.getByLabel(/^نجوا به .*Babak Naseri/u).fill('اگر لازم شد من هستم.');
    await board.getByRole('button', { name: 'نجوا کن', exact: true }).click();
    await board.getByText('هنوز ندیده است').waitFor();
    await rush.goto('/monitor');
    await acts().click();
    await board.getByRole('menuitem', { name: 'به عهده گرفتن' }).click();
    const dialog = board.getByRole('dialog', { name: /^به عهده گرفتن .*Babak Naseri/u });
    await dialog.getByLabel('دلیل (اختیاری)').fill('صف شلوغ است.');
    await dialog.getByRole('button', { name: 'به عهده گرفتن' }).click();
    await dialog.waitFor({ state: 'detached' });
    await crowd;
    // How many wait is told by the database: what the chapters before left may still come to stand on the board.
    const [queued] = await hub.database.query<{ n: number }>(
      `select count(*)::int as n from work_item where state in ('queued', 'offered')`,
    );
    await waiting.filter({ hasText: persian(queued?.n ?? -1) }).waitFor();
    await takeShot(board, 'monitor rush fa');
    const told = await hub.database.query<{ words: string }>(
      `select w.words from whisper w join agent a on a.id = w.agent_id where a.name = 'Babak Naseri'
       union all select body from message where kind = 'note' and body = 'صف شلوغ است.'`,
    );
    expect(told.map(({ words }) => words)).toEqual(['اگر لازم شد من هستم.', 'صف شلوغ است.']);
  });
});
