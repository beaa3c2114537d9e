import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { startProvider, type TestProvider } from '../support/oidc-provider.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('signing in with the account of one’s work', () => {
  let browser: Browser;
  let hub: TestHub;
  let provider: TestProvider;
  let root = '';
  let redirect = '';
  let admin: Page;
  const open: Desk[] = [];
  const chapter = tellStory(() => open);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } });
    provider = await startProvider(() => [redirect]);
    provider.people = {
      ida: { email: 'ida@peyk.test', email_verified: true, name: 'آیدا' },
      una: { email: 'una@peyk.test', email_verified: false, name: 'Una' },
    };
    browser = await launchChromium();
    const passwordHash = await hub.app.get(PasswordHasher).hash('a river of small stones');
    const [row] = await hub.database.query<{ id: string }>(
      `update agent set locale = 'en', name = 'Root', password_hash = $1 returning id`,
      [passwordHash],
    );
    root = row?.id ?? '';
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    await provider?.stop();
  });

  async function enter(wish: DeskWish): Promise<Page> {
    const desk = await openDesk(browser, hub, wish);
    // Strangers are asked who they are, and go to the provider and back.
    desk.watched.expect(/status of 401/);
    desk.watched.expect(new RegExp(`left its origins: ${provider.issuer}`));
    open.push(desk);
    return desk.page;
  }

  const goto = (where: Page, path: string) => where.goto(hub.url + path);

  chapter('begins with an administrator who connects the provider and sees that it works', async () => {
    admin = await enter({ agentId: root, height: 1500 });
    await goto(admin, '/settings/signIn');
    await admin.getByText('Everybody signs in with a password').waitFor();
    await admin.getByRole('button', { name: 'Add a provider' }).click();
    redirect = (await admin.locator('.sign-in-redirect code').textContent()) ?? '';
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/sign-in\/[\da-f-]{36}\/back$/u);
    provider.rotate();
    await admin.getByLabel(/^Name/u).fill('Example Ltd');
    await admin.getByLabel(/^Address of the provider/u).fill(provider.issuer);
    await admin.getByLabel(/^Client ID/u).fill(provider.client.id);
    await admin.getByLabel(/^Client secret/u).fill(provider.client.secret);
    await admin.getByLabel(/^Scopes/u).fill('email profile groups');
    await admin.getByRole('button', { name: 'Check the connection' }).click();
    await admin.getByText('Everything works.').waitFor();
    await admin.getByLabel('Make an account for whoever comes first').check();
    await admin.getByRole('button', { name: 'Add a group' }).click();
    await admin.getByLabel(/^Group/u).fill('leads');
    expect(await findViolations(admin, '#content')).toEqual([]);
    await takeShot(admin, 'oidc form en');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('button', { name: /Example Ltd/u }).waitFor();
    await admin.getByRole('switch', { name: 'Everybody signs in with a provider' }).check();
    await admin.getByRole('checkbox', { name: 'Root' }).check();
    await takeShot(admin, 'oidc settings en');
    await admin.getByRole('region', { name: 'Passwords' }).getByRole('button', { name: 'Save' }).click();
    await admin.getByText('Saved').first().waitFor();
  });

  chapter('leads there and back into the console, in Persian and on a phone', async () => {
    const page = await enter({ locale: 'fa', scheme: 'dark', width: 390, height: 844 });
    await goto(page, '/login');
    const button = page.getByRole('button', { name: /ورود با .?Example Ltd/u });
    await button.waitFor();
    expect(await page.getByLabel('گذرواژه').count()).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'oidc login fa phone');
    await button.click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await page.getByRole('button', { name: 'ida' }).click();
    await page.waitForURL(/\/inbox\//u);
    await goto(page, '/settings/mine');
    const linked = page.getByRole('region', { name: 'سرویس‌هایی که با آن‌ها وارد می‌شوید' });
    await linked.getByText('ida@peyk.test').waitFor();
    await page
      .getByText(/با .?Example Ltd/u)
      .first()
      .waitFor();
    await linked.scrollIntoViewIfNeeded();
    await takeShot(page, 'oidc own fa phone');
  });

  chapter('says in words why it came to nothing, and keeps the password for who may use it', async () => {
    const page = await enter({ locale: 'en' });
    await goto(page, '/login');
    await page.getByRole('button', { name: /Sign in with .?Example Ltd/u }).click();
    await page.getByRole('button', { name: 'una' }).click();
    await page.getByRole('alert').getByText('has not verified your e-mail address').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('button', { name: 'Sign in with a password' }).click();
    await page.getByLabel('E-mail').fill('admin@peyk.test');
    await page.getByLabel('Password', { exact: true }).fill('a river of small stones');
    await takeShot(page, 'oidc refused en');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inbox\//u);
    for (const { watched } of open) {
      expect(watched.faults()).toEqual([]);
    }
  });
});
