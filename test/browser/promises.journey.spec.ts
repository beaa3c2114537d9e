import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('promises to customers', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let root = '';
  const open: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    browser = await launchChromium();
    const [row] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    root = row?.id ?? '';
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(wish: DeskWish): Promise<Desk> {
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [
      wish.agentId ?? root,
      wish.locale ?? 'en',
    ]);
    const desk = await openDesk(browser, scene.hub, { agentId: root, ...wish });
    open.push(desk);
    return desk;
  }

  const chapter = tellStory(() => open);

  chapter('an administrator writes down the hours in which service is given', async () => {
    const desk = await enter({ height: 1400 });
    const { page } = desk;
    await desk.goto('/settings/hours');
    await page.getByRole('button', { name: 'Add service hours' }).click();
    await page.getByLabel(/^Name/).fill('Head office');
    await page.getByLabel('Time zone').selectOption('Asia/Tehran');
    for (const day of ['Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
      await page.getByRole('button', { name: new RegExp(`Add an opening on .?${day}`, 'u') }).click();
      await page.getByLabel(new RegExp(`${day}.?: opens`, 'u')).fill('0:00');
      await page.getByLabel(new RegExp(`${day}.?: closes`, 'u')).fill('24:00');
      await page.getByLabel(new RegExp(`${day}.?: closes`, 'u')).blur();
    }
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'hours en new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Head office/ }).click();
    await page.getByRole('button', { name: 'Take them over' }).click();
    await until(
      () => page.locator('.hours-days li').count(),
      (count) => count > 20,
    );
    expect(await page.getByLabel(/Monday.?: closes/u).inputValue()).toBe('24:00');
    await takeShot(page, 'hours en');
  });

  chapter('and in Persian, in a week that begins on Saturday', async () => {
    const desk = await enter({ locale: 'fa', scheme: 'dark', width: 390, height: 2400 });
    const { page } = desk;
    await desk.goto('/settings/hours');
    await page.getByRole('button', { name: /Head office/ }).click();
    await page.locator('.hours-week').waitFor();
    expect(await page.locator('.hours-week th').first().innerText()).toBe('شنبه');
    expect(
      await page
        .getByLabel(/شنبه.?: پایان/u)
        .first()
        .inputValue(),
    ).toBe('۲۴:۰۰');
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'hours fa');
  });

  chapter('promises an answer, and says for which tickets', async () => {
    const desk = await enter({ height: 1600 });
    const { page } = desk;
    await desk.goto('/settings/promises');
    await page.getByRole('button', { name: 'Add a promise' }).click();
    await page.getByLabel(/^Name/).fill('Everybody');
    await page.getByLabel('First answer').fill('0:10');
    await page.getByLabel('Solution').fill('8');
    await page.getByLabel('Service hours').selectOption({ label: 'Head office' });
    await page.getByRole('button', { name: 'Add a step' }).click();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'promises en');
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('button', { name: /Everybody First answer 0:10 · Solution 8:00/ }).waitFor();
  });

  chapter('an agent sees on the ticket when the answer is due', async () => {
    scene.world.bot.customer(61_001, 'Mina').say('where is my order?');
    await until(
      async () => (await listRows(scene.agent, 'open')).find(({ ticket }) => ticket.sla.length > 0),
      (row) => row !== undefined,
    );
    const desk = await enter({ agentId: scene.sara.id, locale: 'fa' });
    const { page } = desk;
    await desk.goto('/inbox/open');
    const row = page.locator('.row', { hasText: 'Mina' });
    await row.getByText(/پاسخ تا .* دیگر/u).waitFor();
    await row.click();
    await page
      .locator('.conversation-header')
      .getByText(/پاسخ تا/u)
      .waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'promise chip fa');
    await scene.hub.database.query(
      `update sla_clock set resumed_at = resumed_at - interval '11 minutes', started_at = started_at - interval '11 minutes',
           due_at = due_at - interval '11 minutes', wake_at = clock_timestamp() where metric = 'first_response'`,
    );
    await page.locator('.event-line', { hasText: 'مهلت پاسخ' }).waitFor();
    await row.getByText(/از مهلت پاسخ گذشته/u).waitFor();
    await takeShot(page, 'promise late fa');
  });
});
