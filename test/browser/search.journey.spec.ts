import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('a search for what was said', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en'`);
    const phone = '+989121110001';
    const sms = (body: string) => scene.world.twilio.sms(scene.channels.sms, { from: phone, to: '+15005550006', body });
    await sms('سلام، كتاب‌هاي من نرسيده');
    for (let number = 1; number <= 60; number += 1) {
      await sms(`پیام ${String(number)}`);
    }
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id });
    desks.push(desk);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  chapter('begins with a key, says what can be asked, and leads to the message where it stands', async () => {
    await desk.goto('/inbox/all');
    await page.locator('.row').first().waitFor();
    await pressPersian(page, 'Slash');
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.and(page.locator(':focus')).waitFor();
    await takeShot(page, 'search hints en');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'from:' }).click();
    await field.fill('کتاب نرسیده from:customer');
    await field.press('Enter');
    const hit = page.getByRole('link', { name: /كتاب/ });
    await hit.locator('mark', { hasText: 'نرسيده' }).waitFor();
    await takeShot(page, 'search found en');
    expect(await findViolations(page)).toEqual([]);
    await hit.click();
    await page.getByRole('article').filter({ hasText: 'كتاب' }).waitFor();
    await page.goBack();
    await hit.waitFor();
  });

  chapter('says which part of it nobody understands', async () => {
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.fill('کتاب colour:blue');
    await field.press('Enter');
    await page.getByText(/There is no filter .*colour:blue/).waitFor();
    await field.fill('nothing of the kind');
    await field.press('Enter');
    await page.getByText('Nothing found.').waitFor();
  });

  chapter(
    'is narrowed by fields, which stand in the words that one may type, and remembers what was sought',
    async () => {
      const field = page.getByRole('searchbox', { name: 'Search' });
      await field.fill('کتاب');
      const filters = page.getByRole('group', { name: 'Filters' });
      const state = filters.getByRole('combobox', { name: 'State' });
      await state.click();
      await page.getByRole('option', { name: 'Solved' }).click();
      await page.getByText('Nothing found.').waitFor();
      expect(await field.inputValue()).toBe('کتاب is:solved');
      await state.click();
      await page.getByRole('option', { name: 'Open' }).click();
      await page.getByRole('link', { name: /كتاب/ }).waitFor();
      const day = filters.getByRole('textbox', { name: 'Before day' });
      await day.fill('21/11/2001');
      await day.press('Tab');
      await page.getByText('Nothing found.').waitFor();
      expect(await field.inputValue()).toBe('کتاب is:open before:2001-11-21');
      await day.fill('');
      await day.press('Tab');
      await page.getByRole('link', { name: /كتاب/ }).waitFor();
      await takeShot(page, 'search facets en');
      await desk.goto('/search');
      await page
        .getByRole('region', { name: 'Recent searches' })
        .getByRole('button', { name: 'کتاب is:solved' })
        .click();
      await page.getByText('Nothing found.').waitFor();
      expect(await field.inputValue()).toBe('کتاب is:solved');
      expect(await state.inputValue()).toBe('Solved');
    },
  );

  chapter('finds tickets from anywhere by their words, in the palette', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await palette.getByRole('textbox').fill('کتاب نرسیده');
    const found = palette.getByRole('button').filter({ hasText: /#1\b/u });
    await found.waitFor();
    await takeShot(page, 'palette tickets en');
    await found.click();
    await page.getByRole('article').filter({ hasText: 'كتاب' }).waitFor();
  });

  chapter('reads from right to left, in the dark and on a phone', async () => {
    await scene.hub.database.query(`update agent set locale = 'fa'`);
    const small = await openDesk(browser, scene.hub, {
      agentId: scene.sara.id,
      locale: 'fa',
      scheme: 'dark',
      width: 390,
      height: 844,
    });
    desks.push(small);
    await small.goto('/search?q=09121110001');
    await small.page.getByRole('heading', { name: 'مشتری‌ها' }).waitFor();
    await small.goto('/search?q=کتاب وضعیت:باز پس:1404/01/01');
    await small.page.locator('mark').first().waitFor();
    await takeShot(small.page, 'search fa dark 390');
    expect(await findViolations(small.page)).toEqual([]);
    expect(await small.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
