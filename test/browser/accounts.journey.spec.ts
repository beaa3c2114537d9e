import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { stepAt, totpCode } from '../../apps/hub/src/auth/second-factor/totp.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const email = 'narges@peyk.test';
const password = 'a river of small stones';

describeInBrowser('an account of one’s own', () => {
  let browser: Browser;
  let hub: TestHub;
  let root = '';
  const open: Desk[] = [];
  const chapter = tellStory(() => open);

  let admin: Page;
  let page: Page;
  let link = '';
  let secret = '';
  let codes: string[] = [];

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    browser = await launchChromium();
    const [row] = await hub.database.query<{ id: string }>(`update agent set locale = 'en' returning id`);
    root = row?.id ?? '';
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  async function enter(wish: DeskWish): Promise<Page> {
    const desk = await openDesk(browser, hub, wish);
    // Strangers are asked who they are, codes are mistyped, and links end: browsers write each refusal to the console.
    desk.watched.expect(/status of (401|409|422)/);
    open.push(desk);
    return desk.page;
  }

  const goto = (where: Page, path: string) => where.goto(hub.url + path);

  chapter('begins with a link that an administrator makes and passes on', async () => {
    admin = await enter({ agentId: root, height: 1300 });
    await goto(admin, '/settings/team');
    await admin.getByRole('button', { name: 'Add a colleague' }).click();
    await admin.getByLabel(/^Name(?!s)/u).fill('narges');
    await admin.getByLabel(/^E-mail address/).fill(email);
    await admin.getByRole('button', { name: 'Invite', exact: true }).click();
    const shown = admin.getByRole('region', { name: /Link for .?narges/u });
    await shown.getByText('No mail was sent').waitFor();
    link = (await shown.locator('code').textContent()) ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join#[\w-]{43}$/u);
    await admin.getByText(/The invitation holds until/u).waitFor();
    expect(await findViolations(admin, '#content')).toEqual([]);
    await takeShot(admin, 'accounts invite en');
    await admin.getByRole('button', { name: 'Cancel' }).click();
    await admin.getByRole('button', { name: /narges Agent .*Invited/u }).waitFor();
    await admin.getByLabel('Everybody has a second step').waitFor();
    await takeShot(admin, 'accounts team en');
  });

  chapter('is joined in Persian, on a phone, under a password that nobody else knows', async () => {
    page = await enter({ locale: 'fa', scheme: 'dark', width: 390, height: 844 });
    await page.goto(link);
    await page.getByRole('heading', { name: 'به پیک خوش آمدید' }).waitFor();
    await page.getByLabel('نام شما').fill('نرگس');
    const field = page.getByLabel('گذرواژه', { exact: true });
    await field.fill('password1');
    await page.getByText('کمی کوتاه است', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'پیوستن' }).click();
    await page.getByText('از نخستین‌هایی است که حدس زده می‌شوند', { exact: false }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'accounts join fa phone');
    await field.fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inbox\//u);
  });

  chapter('gets a second step, with codes for the day on which the phone is lost', async () => {
    await goto(page, '/settings/mine');
    await page.getByRole('button', { name: 'راه‌اندازی', exact: true }).click();
    await page.getByLabel('گذرواژهٔ شما').fill(password);
    await page.keyboard.press('Enter');
    const region = page.getByRole('region', { name: 'گام دوم ورود' });
    secret = ((await region.locator('code').first().textContent()) ?? '').replaceAll(' ', '');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
    const code = page.getByLabel('سپس کدی را که نشان می‌دهد بنویسید');
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
    await region.getByRole('figure', { name: 'کد QR' }).locator('path').waitFor();
    await region.scrollIntoViewIfNeeded();
    await takeShot(page, 'accounts enrol fa phone');
    await code.fill(totpCode(secret, stepAt(Date.now())));
    await page.keyboard.press('Enter');
    const kept = page.getByRole('region', { name: 'این کدهای بازیابی را نگه دارید' });
    await kept.waitFor();
    codes = await kept.locator('code').allTextContents();
    expect(codes).toHaveLength(10);
    await kept.scrollIntoViewIfNeeded();
    await takeShot(page, 'accounts codes fa phone');
    await page.getByRole('button', { name: 'نگهشان داشتم' }).click();
    await page.getByText(/روشن از/u).waitFor();
  });

  chapter('asks for both at the door, and takes each code once', async () => {
    page = await enter({ locale: 'en' });
    await goto(page, '/login');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await page.getByLabel('Code', { exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('This code does not hold.', { exact: false }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'accounts code en');
    await page.getByRole('button', { name: 'I do not have my authenticator' }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inbox\//u);
  });

  chapter('shows where it is open, and closes it there at once', async () => {
    const phone = open[1]?.page as Page;
    await goto(page, '/settings/mine');
    const list = page.getByRole('region', { name: /جاهایی که وارد شده‌اید|Where you are signed in/u });
    await list.getByRole('listitem').nth(1).waitFor();
    await list.getByText(/همین مرورگر|This browser/u).waitFor();
    await list.scrollIntoViewIfNeeded();
    await takeShot(page, 'accounts sessions');
    await list.getByRole('button', { name: /خروج از همه‌جای دیگر|Sign out everywhere else/u }).click();
    await phone.getByRole('dialog').getByLabel('گذرواژه', { exact: true }).waitFor();
    await list.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  });

  chapter('and tells whoever comes too late why a link opens nothing', async () => {
    page = await enter({ locale: 'en', scheme: 'dark' });
    await page.goto(link);
    await page.getByText('It was used already: your account is there.', { exact: false }).waitFor();
    await takeShot(page, 'accounts dead link en');
    await goto(page, '/forgotten');
    await page.getByText('This installation sends no mail.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Back to signing in' }).click();
    await page.getByRole('button', { name: 'Forgot your password?' }).waitFor();
    await takeShot(page, 'accounts sign in en');
    for (const { watched } of open) {
      expect(watched.faults()).toEqual([]);
    }
  });
});
