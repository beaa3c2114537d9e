import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ApiKeyView, OwnRoleView } from '#contract';
import { buildAgent } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('who may do what, and who did', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let page: Page;
  let root = '';
  let nima = '';
  const open: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    browser = await launchChromium();
    const [row] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    root = row?.id ?? '';
    nima = (await buildAgent(scene.hub.database, { name: 'Nima Rad' })).id;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(agentId: string, wish: Omit<DeskWish, 'agentId'> = {}): Promise<Page> {
    await Promise.all(open.map((desk) => desk.close()));
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [agentId, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId, ...wish });
    open.push(desk);
    return desk.page;
  }

  const goto = (path: string) => page.goto(scene.hub.url + path);
  const chapter = tellStory(() => open);

  chapter('an administrator makes a role with the rights that it needs', async () => {
    page = await enter(root, { height: 1900 });
    await goto('/settings/roles');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByLabel('Name in English').fill('Planner');
    await page.getByLabel('Name in Persian').fill('برنامه‌ریز');
    await page.getByRole('checkbox', { name: 'Routing' }).check();
    await page.getByRole('checkbox', { name: 'Audit log' }).check();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'role form en');
    await page.getByRole('button', { name: 'Make role' }).click();
    await page.getByRole('button', { name: /Planner/u }).waitFor();
    const [role] = (await scene.admin.call<OwnRoleView[]>('/api/roles')).body;
    expect(role).toMatchObject({ base: 'agent', sees: 'own_queues', permissions: ['audit.read', 'routing.manage'] });
  });

  chapter('gives it to a colleague, who is listed with it', async () => {
    await goto('/settings/team');
    await page.getByRole('button', { name: /Nima Rad/u }).click();
    await page.getByLabel('Role').selectOption({ label: 'Planner' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Add a colleague' }).waitFor();
    await goto('/settings/roles');
    await page.getByRole('button', { name: /Planner.*1.*person/su }).click();
    await page.getByRole('region', { name: 'Who has it' }).getByText('Nima Rad').waitFor();
  });

  chapter('makes a key, which is shown once, and revokes it', async () => {
    await goto('/settings/keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel(/^Name/u).fill('Shop');
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByText(/peyk_/u).waitFor();
    await takeShot(page, 'key shown en');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText(/peyk_/u).waitFor({ state: 'detached' });
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: /Revoke .?Shop/u }).click();
    await page.getByText('There are no keys here.').waitFor();
    expect((await scene.admin.call<ApiKeyView[]>('/api/keys')).body).toEqual([]);
  });

  chapter(
    'the colleague finds the sections of their role, and reads in the audit what was changed and that it holds',
    async () => {
      page = await enter(nima, { locale: 'fa', height: 1500 });
      await goto('/settings/audit');
      const sections = page.getByRole('navigation', { name: 'بخش‌ها' });
      await sections.getByRole('link', { name: 'صف‌ها' }).waitFor();
      expect(await sections.getByRole('link', { name: 'نقش‌ها' }).count()).toBe(0);
      await page.getByRole('searchbox').fill('ownRoleId');
      const act = page.getByRole('combobox', { name: 'چه چیزی' });
      await act.fill('حساب همكار');
      await page.getByRole('option', { name: 'حساب همکار را تغییر داد' }).click();
      await page.locator('summary').filter({ hasText: 'حساب همکار را تغییر داد' }).first().click();
      await page.getByRole('rowheader', { name: 'ownRoleId' }).waitFor();
      await page.getByRole('button', { name: 'بررسی زنجیره' }).click();
      await page.getByText(/بررسی شد و/u).waitFor();
      expect(await findViolations(page, '#content')).toEqual([]);
      await takeShot(page, 'audit fa');
    },
  );
});
