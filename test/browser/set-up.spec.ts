import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { stranger } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const owner = { name: 'Nima', email: 'nima@peyk.test', password: 'twelve quiet lanterns' };

describeInBrowser('the first visits to a new hub', () => {
  let browser: Browser;
  let hub: TestHub;
  let desk: Desk;
  const chapter = tellStory(() => [desk]);

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
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

  chapter('lead a stranger without the printed link to a page that says where to find it', async () => {
    await desk.goto('/');
    await desk.page.getByText('Open the set-up link that the hub printed').waitFor();
    expect(new URL(desk.page.url()).pathname).toBe('/setup');
  });

  chapter('ask for the language before anything else, and make the first account by the printed link', async () => {
    const { page } = desk;
    await desk.goto(`/setup?token=${hub.setUpToken}`);
    await page.getByRole('button', { name: 'فارسی' }).click();
    await page.getByLabel('نام شما').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('heading', { name: 'Your company' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  chapter('write the working week as a calendar, keep typed words over a reload, and name the queues', async () => {
    const { page } = desk;
    // The browser is in Tehran: its week is the first guess.
    expect(await page.getByLabel('Saturday').isChecked()).toBe(true);
    expect(await page.getByLabel('Friday').isChecked()).toBe(false);
    await page.getByLabel('Name of the company').fill('Lantern');
    await page.getByLabel('Thursday').check();
    await page.reload();
    await page.getByLabel('Name of the company').waitFor();
    expect(await page.getByLabel('Name of the company').inputValue()).toBe('Lantern');
    expect(await page.getByLabel('Thursday').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Another queue' }).click();
    await page.getByRole('textbox', { name: /^Queue\W+2/ }).fill('Billing');
    await takeShot(page, 'start company en');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'First channel' }).waitFor();
    expect(
      await hub.database.query(`select q.name, array_agg(w.dow order by w.dow) as days
        from queue q join calendar_window w on w.calendar_id = q.calendar_id group by q.name order by q.name`),
    ).toEqual(['Billing', 'Support'].map((name) => ({ name, days: [1, 2, 3, 4, 6, 7] })));
  });

  chapter('bring a chat onto a site, and a message from it to the inbox, in Persian as well', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'فارسی' }).click();
    await page.getByRole('heading', { name: 'نخستین کانال' }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await takeShot(page, 'start channel fa');
    await page.getByRole('button', { name: /^گفتگوی وب/ }).click();
    expect(await page.getByLabel('آنچه مشتریان بالای آن می‌بینند').inputValue()).toBe('Lantern');
    await page.getByRole('button', { name: 'ساختن گفتگو' }).click();
    await page.getByText('/widget.js').waitFor();
    await page.getByText('هنوز چیزی نرسیده است.').waitFor();
    const chat = page.frameLocator('iframe.start-chat');
    await chat.getByRole('textbox').fill('سلام، کسی هست؟');
    await chat.getByRole('textbox').press('Enter');
    await page.getByText('پیامی رسیده است.').waitFor();
    await takeShot(page, 'start chat fa');
    await page.getByRole('link', { name: 'خواندن آن در گفتگوها' }).click();
    await page.locator('.message').getByText('سلام، کسی هست؟').waitFor();
  });

  chapter('are taken up where they were left, from the inbox', async () => {
    const { page } = desk;
    await desk.goto('/start/channel');
    await page.getByRole('button', { name: 'ادامه' }).click();
    await page.getByRole('heading', { name: 'همکاران' }).waitFor();
    await page.getByRole('link', { name: 'فعلاً بس است' }).click();
    const list = page.getByRole('region', { name: 'گام‌های نخست' });
    await list.getByText(/۳\W+ از \W+۵\W+ انجام شد/).waitFor();
    await takeShot(page, 'start checklist fa');
    await desk.goto('/start');
    await page.getByRole('heading', { name: 'همکاران' }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('نام', { exact: true }).waitFor();
    await takeShot(page, 'start team fa phone');
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  chapter('make several accounts at once, and leave what could not be made as it was typed', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Another colleague' }).click();
    const line = (number: number) => page.getByRole('group', { name: new RegExp(`^Colleague\\W+${number}`) });
    await line(1).getByLabel('Name').fill('Sara');
    await line(1).getByLabel('E-mail address').fill('sara@peyk.test');
    await line(1).getByLabel('Billing').uncheck();
    await line(2).getByLabel('Name').fill('Nobody');
    await line(2).getByLabel('E-mail address').fill(owner.email);
    desk.watched.expect(/status of 409.*\/api\/agents\)$/);
    await page.getByRole('button', { name: /^Make\W+2\W+accounts/ }).click();
    await page.getByText('There is an account with this address.').waitFor();
    expect(await line(1).getByLabel('Name').inputValue()).toBe('Nobody');
    const made = page.getByRole('region', { name: /^These accounts are made/ });
    const link = (await made.locator('code').textContent()) ?? '';
    const session = await stranger(hub).call('/api/account-links/join', {
      body: { token: link.split('#')[1], name: 'Sara', password: 'a river of small stones' },
    });
    expect(session.body).toMatchObject({ name: 'Sara', role: 'agent', locale: 'en' });
    expect((session.body['queueIds'] as string[]).length).toBe(1);
    await takeShot(page, 'start team en');
    expect(await findViolations(page)).toEqual([]);
  });

  chapter('end with what is left to do, and hide it for good when nobody wants to see it', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Try it' }).waitFor();
    await takeShot(page, 'start trial en');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What next' }).waitFor();
    await page.getByRole('button', { name: 'To the inbox' }).click();
    const list = page.getByRole('region', { name: 'First steps' });
    await list.getByText(/4\W+of\W+5\W+done/).waitFor();
    await takeShot(page, 'start checklist en');
    await list.getByRole('button', { name: 'Hide this list' }).click();
    await list.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Choose a conversation').waitFor();
    expect(await list.count()).toBe(0);
  });

  chapter('warn of plain HTTP once it goes beyond this machine', async () => {
    const { page } = desk;
    expect(await page.getByText('Peyk is served over plain HTTP').count()).toBe(0);
    const elsewhere = await page.context().newPage();
    await elsewhere.addInitScript(() => {
      Object.defineProperty(globalThis, 'isSecureContext', { value: false });
    });
    await elsewhere.goto(`${hub.url}/`);
    await elsewhere.getByText('Peyk is served over plain HTTP').waitFor();
    await elsewhere.close();
  });

  chapter('say that the link is spent when it is opened again', async () => {
    await desk.goto(`/setup?token=${hub.setUpToken}`);
    await desk.page.getByText('Peyk is set up already.').waitFor();
  });

  chapter('refuse a wrong password in plain words, and let the right one in', async () => {
    const { page } = desk;
    await desk.goto('/');
    // What is still being asked for when the session ends is refused, which a browser calls an error.
    await page.waitForLoadState('networkidle');
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
