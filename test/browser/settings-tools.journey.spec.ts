import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { until } from '../support/until.js';
import { isSignedWith, startWebhookScene, toldBy, type WebhookScene } from '../support/webhook-receiver.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

describeInBrowser('an administrator who joins other programs and looks after the channels', () => {
  let browser: Browser;
  let scene: WebhookScene;
  let desk: Desk;
  let page: Page;

  beforeAll(async () => {
    await buildPage('console');
    scene = await startWebhookScene();
    browser = await launchChromium();
    await scene.admin.call('/api/me', { method: 'PATCH', body: { locale: 'en' } });
    desk = await openDesk(browser, scene.hub, { agentId: await rootId(), height: 1400 });
    page = desk.page;
  }, 180_000);

  afterEach(() => expect(desk.watched.faults()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function rootId(): Promise<string> {
    const [row] = await scene.hub.database.query<{ id: string }>(`select id from agent where name = 'Root'`);
    return row?.id ?? '';
  }

  it('adds a webhook, gets its secret once, and tries it out', async () => {
    await desk.goto('/settings/webhooks');
    await page.getByText('No webhook yet.').waitFor();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByLabel('Name').fill('Warehouse');
    await page.getByLabel('Address').fill(scene.receiver.url);
    expect(await page.getByLabel('A colleague wrote a note').isChecked()).toBe(false);
    expect(await page.getByLabel('A customer wrote or called').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    const secret = await page.locator('.snippet pre').innerText();
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The receiver took it.').waitFor();
    const [told] = await toldBy(scene.receiver, 1);
    expect(told && isSignedWith(secret, told)).toBe(true);
    expect(await findViolations(page, '#content')).toEqual([]);
    await desk.goto('/settings/webhooks');
    await page.getByRole('button', { name: /Warehouse/ }).click();
    await page.getByText('Every post is signed.').waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it('sees what it was told, and sends one again', async () => {
    await scene.say('mina', 'سلام');
    await toldBy(scene.receiver, 1, ({ event }) => event.type === 'message.received');
    const line = page.locator('.webhooks-log > ol > li', { hasText: 'A customer wrote or called' });
    await line.getByText('Taken').waitFor();
    await takeShot(page, 'webhook en');
    await line.getByRole('button', { name: 'Send again' }).click();
    const told = await toldBy(scene.receiver, 2, ({ event }) => event.type === 'message.received');
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('is told above the settings when one was switched off, and switches it on again', async () => {
    await scene.hub.database.query(
      `update webhook set enabled = false, off_reason = 'failing', off_at = clock_timestamp()`,
    );
    await desk.goto('/settings/mine');
    await page.getByRole('link', { name: /Warehouse.* is switched off/ }).click();
    await page.getByRole('button', { name: /Warehouse/ }).click();
    await page.getByText('Switched off: nothing went well for five days.').waitFor();
    await takeShot(page, 'webhook switched off');
    await page.getByRole('button', { name: 'Switch on and tell what it missed' }).click();
    await until(
      () => scene.hub.database.query<{ enabled: boolean }>('select enabled from webhook'),
      ([row]) => row?.enabled === true,
    );
  });

  it('simulates what a customer writes, and finds it marked on the timeline', async () => {
    await desk.goto('/settings/channels');
    await page.getByRole('button', { name: /CRM/ }).click();
    await page.getByText('Simulate an incoming message').click();
    await page.getByLabel(/^From/).fill('4711');
    await page.getByLabel('Name of the sender').fill('Trial');
    await page.getByLabel(/^Message/).fill('Does anybody see this?');
    await page.getByRole('button', { name: 'Take it in' }).click();
    const openIt = page.getByRole('link', { name: 'Open the conversation' });
    await openIt.waitFor();
    await page.getByText('Alarms', { exact: true }).click();
    await page.getByLabel('Hours of silence that are too many').fill('۱۲');
    await page.getByRole('textbox', { name: 'Password or token ends on' }).fill('2020-01-01');
    await page.locator('details', { hasText: 'Alarms' }).getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/Its credentials ended/)
      .first()
      .waitFor();
    await page.getByText('Delivery log').click();
    await page.getByText('Nothing here.').waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'channel tools en');
    await openIt.click();
    await page.getByText('Does anybody see this?').last().waitFor();
    await page.getByText('Simulated', { exact: true }).waitFor();
    const [row] = await scene.hub.database.query<{ silence_hours: number }>('select silence_hours from channel');
    expect(row?.silence_hours).toBe(12);
  });

  it('checks the connection, and reads all of it in Persian', async () => {
    const persian = await openDesk(browser, scene.hub, {
      agentId: await rootId(),
      locale: 'fa',
      width: 900,
      height: 1400,
    });
    await scene.admin.call('/api/me', { method: 'PATCH', body: { locale: 'fa' } });
    for (const section of ['channels', 'webhooks']) {
      await persian.goto(`/settings/${section}`);
      await persian.page.locator('.channels li').first().waitFor();
      expect(await persian.page.locator('html').getAttribute('dir')).toBe('rtl');
      expect(await findViolations(persian.page, '#content')).toEqual([]);
      await takeShot(persian.page, `${section} fa`);
      await persian.page.locator('.channels button').first().click();
      if (section === 'channels') {
        await persian.page.getByRole('button', { name: 'بررسی اتصال' }).click();
        await persian.page.getByText('سامانهٔ شما').first().waitFor();
      } else {
        await persian.page.locator('.webhooks-log li').first().waitFor();
      }
      await takeShot(persian.page, `${section} opened fa`);
    }
    expect(persian.watched.faults()).toEqual([]);
    await persian.close();
  });
});
