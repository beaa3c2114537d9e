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

describeInBrowser('rules', () => {
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
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [root, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId: root, ...wish });
    open.push(desk);
    return desk;
  }

  async function write(chat: number, name: string, text: string): Promise<void> {
    scene.world.bot.customer(chat, name).say(text);
    await until(
      () => listRows(scene.admin, 'open'),
      (rows) => rows.some(({ customer }) => customer.name === name),
    );
  }

  const chapter = tellStory(() => open);

  chapter('an administrator writes one, and sees what it would have done', async () => {
    await write(71_001, 'Mina', 'پول من را پس بدهید، بازگشت‌وجه می‌خواهم');
    await write(71_002, 'Omid', 'سلام، وقت بخیر');
    const desk = await enter({ height: 2000 });
    const { page } = desk;
    await desk.goto('/settings/rules');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel(/^Name/).fill('Refunds');
    await page.getByLabel('Words or phrases, one on each line').fill('بازگشت وجه\nrefund');
    await page.getByRole('button', { name: 'Add a group' }).click();
    const group = page.getByRole('group', { name: 'at least one holds' });
    await group.getByLabel('What').selectOption('ticket.priority');
    await group.getByLabel('How').selectOption('at_most');
    await group.getByLabel('Value').selectOption('3');
    await page.getByLabel(/^Tags, separated/).fill('money, urgent');
    await page.getByRole('button', { name: 'Add an action' }).click();
    await page.getByLabel('Do', { exact: true }).nth(1).selectOption('set_priority');
    expect(await findViolations(page, '#content')).toEqual([]);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText(/.?1.? of .?2.? events would have made it run/u).waitFor();
    await page.locator('.rule-dry details summary').click();
    await page.getByText(/found: .*بازگشت‌وجه/u).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'rules en dry run');
    await page.getByRole('switch', { name: 'The rule is on' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Refunds a customer writes/ }).waitFor();
  });

  chapter('it does what it says, and its log says why', async () => {
    await write(71_003, 'Sara', 'Please refund me');
    await until(
      () => scene.hub.database.query<{ tags: string[] }>(`select tags from ticket where 'money' = any (tags)`),
      (rows) => rows.length === 1,
    );
    const desk = await enter({ locale: 'fa', scheme: 'dark', width: 420, height: 2600 });
    const { page } = desk;
    await desk.goto('/settings/rules');
    await page
      .getByRole('button', { name: /Refunds/ })
      .first()
      .click();
    const run = page.locator('section .rule-runs li').first();
    await run.getByText('انجام شد').waitFor();
    await run.getByText('چرا').click();
    await run.getByText(/یافته: .*Please refund me/u).waitFor();
    await run.getByText(/برچسب‌ها.?: .*money/u).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'rules fa log');
  });

  chapter('one that names what is gone is shown as broken, and rules change places', async () => {
    const made = await scene.admin.call<{ id: string }>('/api/rules', {
      body: {
        name: 'To Sara',
        enabled: true,
        event: { on: 'ticket_created' },
        actions: [{ do: 'assign', agentId: scene.sara.id }],
      },
    });
    expect(made.status).toBe(201);
    await scene.hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [scene.sara.id]);
    const { page, goto } = await enter({});
    await goto('/settings/rules');
    await page.getByText(/Broken: .*an agent.* is gone/u).waitFor();
    await page.getByRole('button', { name: /Move .?To Sara.? up/u }).click();
    await until(
      () => page.locator('.rules-list .channels-name > bdi').allInnerTexts(),
      (names) => names.join() === 'To Sara,Refunds',
    );
    await page.getByRole('switch', { name: /Refunds/ }).press(' ');
    await until(
      () => scene.hub.database.query<{ name: string }>('select name from rule where not enabled'),
      (rows) => rows.map(({ name }) => name).join() === 'Refunds',
    );
    expect(await findViolations(page, '#content')).toEqual([]);
  });
});
