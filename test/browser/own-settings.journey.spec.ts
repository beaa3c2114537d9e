import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { buildAgent, type BuiltAgent, Caller, signedIn } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';

describeInBrowser('a colleague who makes the console their own', () => {
  let browser: Browser;
  let hub: TestHub;
  let sara: BuiltAgent;
  let caller: Caller;
  let desk: Desk;
  let page: Page;

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    sara = await buildAgent(hub.database, { name: 'Sara', role: 'admin' });
    caller = await signedIn(hub, sara.id);
    await caller.call('/api/me', { method: 'PATCH', body: { locale: 'en' } });
    browser = await launchChromium();
    desk = await openDesk(browser, hub, { agentId: sara.id });
    page = desk.page;
  }, 180_000);

  afterEach(() => expect(desk.watched.faults()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const choose = (of: string, choice: string) =>
    page.getByRole('radiogroup', { name: of }).locator('label', { hasText: choice }).click();
  const shows = (where: Page, density: string) => where.locator(`html[data-density="${density}"]`).waitFor();

  it('chooses the Jalali calendar in English and has it in the other window at once, and on the next visit', async () => {
    const other = await openDesk(browser, hub, { agentId: sara.id });
    await other.goto('/settings/mine');
    await desk.goto('/settings/mine');
    await choose('Calendar', 'Jalali');
    await choose('Spacing', 'Compact');
    for (const window of [page, other.page]) {
      await window.getByText(/Now it is .*14\d\d/u).waitFor();
      await shows(window, 'compact');
    }
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'mine en light');
    await page.reload();
    await page.getByText(/Now it is .*14\d\d/u).waitFor();
    expect(await page.evaluate<string>(`document.documentElement.dataset.density`)).toBe('compact');
    await choose('Digits', 'Persian');
    await page.getByText(/Now it is .*۱۴[۰-۹]{2}/u).waitFor();
    await choose('Calendar', 'As the language');
    await choose('Digits', 'As the language');
    await choose('Spacing', 'Comfortable');
    await shows(other.page, 'comfortable');
    await other.close();
  });

  it('finds every shortcut, those that were searched for, and how they change with the mode', async () => {
    await page.locator('h1').click();
    await page.keyboard.press('Shift+Slash');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByText('Next conversation').waitFor();
    expect(await findViolations(page, '[role=dialog]')).toEqual([]);
    await takeShot(page, 'keys en light');
    await help.getByRole('searchbox').fill('resolve');
    await help.getByText('Resolve the ticket').waitFor();
    expect(await help.getByText('Next conversation').count()).toBe(0);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await choose('Single-key shortcuts', 'With Alt');
    await page.locator('h1').click();
    await page.keyboard.press('Shift+Slash');
    await page.keyboard.press('Alt+Shift+Slash');
    await help.getByText('Single keys need Alt held down.').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await choose('Single-key shortcuts', 'On');
  });

  it('goes elsewhere by G and a second key on a Persian keyboard, and is shown where to', async () => {
    await desk.goto('/inbox/mine');
    // What is seen may be painted a moment before it listens.
    await until(
      async () => {
        await pressPersian(page, 'KeyG');
        return page.locator('.key-sequence').count();
      },
      (shown) => shown === 1,
    );
    await pressPersian(page, 'KeyG');
    await pressPersian(page, 'KeyS');
    await page.getByRole('heading', { name: 'My settings' }).waitFor();
    await page.locator('.key-sequence').waitFor({ state: 'detached' });
  });

  it('types and picks days in Persian', async () => {
    await caller.call('/api/me', { method: 'PATCH', body: { locale: 'fa' } });
    await page.getByText('زبان و ظاهر').waitFor();
    await takeShot(page, 'mine fa light');
    await desk.goto('/settings/hours');
    await addCalendar();
    const day = page.getByRole('textbox', { name: 'روز', exact: true });
    await day.fill('۳۱ مهر ۱۴۰۶');
    await day.blur();
    await page.getByText(/این تاریخ درست نیست/u).waitFor();
    // What is no day keeps the form from being sent as if it were none.
    expect(await day.evaluate((input: { validity: { valid: boolean } }) => input.validity.valid)).toBe(false);
    await day.fill('۱۴۰۶/۱/۱');
    await day.blur();
    await until(
      () => day.inputValue(),
      (text) => text === '۱۴۰۶/۰۱/۰۱',
    );
    expect(await day.evaluate((input: { validity: { valid: boolean } }) => input.validity.valid)).toBe(true);
    await page.getByRole('button', { name: /روز.*: باز کردن تقویم/u }).click();
    const month = page.locator('.dates-month');
    await focused(month, '۱');
    // Weeks begin on Saturday at the right: the key to the left goes a day on.
    await page.keyboard.press('ArrowLeft');
    await focused(month, '۲');
    expect(await findViolations(page, '.dates-popover')).toEqual([]);
    await takeShot(page, 'dates fa light');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Enter');
    await month.waitFor({ state: 'detached' });
    await until(
      () => day.inputValue(),
      (text) => text === '۱۴۰۶/۰۲/۰۲',
    );
  });

  it('has it in the dark and on a phone', async () => {
    const phone = await openDesk(browser, hub, {
      agentId: sara.id,
      locale: 'fa',
      scheme: 'dark',
      width: 390,
      height: 844,
    });
    await phone.goto('/settings/mine');
    await phone.page.getByText('همهٔ میان‌برها').waitFor();
    await takeShot(phone.page, 'mine fa dark phone');
    expect(await findViolations(phone.page, '#content')).toEqual([]);
    const widest = await phone.page.evaluate<number>(`document.querySelector('#content').scrollWidth - innerWidth`);
    expect(widest).toBeLessThanOrEqual(0);
    await phone.page.getByRole('button', { name: 'همهٔ میان‌برها' }).click();
    await phone.page.getByRole('dialog').getByText('گفتگوی بعدی').waitFor();
    await takeShot(phone.page, 'keys fa dark phone');
    expect(await findViolations(phone.page, '[role=dialog]')).toEqual([]);
    await phone.close();
  });

  async function addCalendar(): Promise<void> {
    await page
      .getByRole('button', { name: /افزودن ساعت/u })
      .first()
      .click();
  }

  const focused = (month: Locator, day: string) =>
    month.locator(':focus', { hasText: new RegExp(`^${day}$`, 'u') }).waitFor();
});
