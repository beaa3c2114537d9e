import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';

const owner = { name: 'Nima', email: 'nima@peyk.test', password: 'twelve quiet lanterns' };

describeInBrowser('the first visits to a new hub', () => {
  let browser: Browser;
  let hub: TestHub;
  let desk: Desk;

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub({ env: { PEYK_ADMIN_EMAIL: '', PEYK_ADMIN_PASSWORD: '' } });
    browser = await launchChromium();
    desk = await openDesk(browser, hub);
    // A stranger's first question is who they are, and browsers write every 401 to the console.
    desk.watched.expect(/status of 401.*\/api\/me\)$/);
  }, 120_000);

  afterEach(() => expect(desk.watched.faults()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  it('lead a stranger without the printed link to a page that says where to find it', async () => {
    await desk.goto('/');
    await desk.page.getByText('Open the set-up link that the hub printed').waitFor();
    expect(new URL(desk.page.url()).pathname).toBe('/setup');
  });

  it('make the first account by the printed link and lead straight to the desk, in the language of the page', async () => {
    const { page } = desk;
    await desk.goto(`/setup?token=${hub.setUpToken}`);
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByText('No work of yours is waiting.').waitFor();
    await page.getByText('Peyk is served over plain HTTP').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('say that the link is spent when it is opened again', async () => {
    await desk.goto(`/setup?token=${hub.setUpToken}`);
    await desk.page.getByText('Peyk is set up already.').waitFor();
  });

  it('refuse a wrong password in plain words, and let the right one in', async () => {
    const { page } = desk;
    await desk.goto('/');
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password at all');
    desk.watched.expect(/status of 401.*\/api\/session\)$/);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This e-mail and password do not match.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Your account: Nima, Offline' }).waitFor();
  });
});
