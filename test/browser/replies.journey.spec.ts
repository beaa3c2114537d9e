import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const phone = '+989121234567';

describeInBrowser('what agents keep ready', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let conversation = '';
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    browser = await launchChromium();
    await scene.world.twilio.sms(scene.channels.sms, {
      from: phone,
      to: '+15005550006',
      body: 'سلام، می‌خواهم سفارشم را لغو کنم',
    });
    const rows = await until(
      () => listRows(scene.agent, 'all'),
      ({ length }) => length > 0,
    );
    conversation = rows[0]?.conversation ?? '';
    await scene.admin.call('/api/articles', {
      body: { texts: { fa: { title: 'لغو سفارش', body: 'سفارش را تا پیش از ارسال می‌توان لغو کرد.' } }, public: true },
    });
    await scene.admin.call('/api/macros', {
      body: {
        name: 'Urgent',
        actions: [
          { do: 'set_priority', priority: 4 },
          { do: 'add_tags', tags: ['late'] },
        ],
      },
    });
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(agentId: string, locale: 'en' | 'fa'): Promise<Page> {
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [agentId, locale]);
    const desk = await openDesk(browser, scene.hub, { agentId, locale, height: 1400 });
    desks.push(desk);
    return desk.page;
  }

  const go = (page: Page, path: string) => page.goto(scene.hub.url + path);
  const ticket = async () =>
    (
      await scene.hub.database.query<{ priority: number; tags: string[] }>('select priority, tags from ticket limit 1')
    )[0];

  chapter('an administrator writes a reply in both languages, and sees a mistake at once', async () => {
    const [root] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    const page = await enter(root?.id ?? '', 'en');
    await go(page, '/settings/replies');
    await page.getByRole('button', { name: 'Add a reply' }).click();
    await page.getByLabel(/^Title/u).fill('Cancelled order');
    await page.getByLabel(/^Short name/u).fill('لغو');
    const persian = page.getByRole('textbox', { name: 'Text in Persian' });
    await persian.fill('سلام {{ customer.nmae }}');
    await page.getByText(/there is no variable .*customer\.nmae/u).waitFor();
    await persian.fill('سلام {{ customer.name }}، سفارش شما لغو شد.');
    await page.getByText('سلام سارا احمدی، سفارش شما لغو شد.').waitFor();
    await page.getByText(/May be missing for some customers/u).waitFor();
    await page.getByRole('textbox', { name: 'Text in English' }).fill('Dear {{ customer.name }}, it is cancelled.');
    await page.getByText('Dear Sara Ahmadi, it is cancelled.').waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'replies en');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Cancelled order/u }).waitFor();
  });

  chapter('an agent finds it after a slash, however it is spelled, and fills in what is missing', async () => {
    const page = await enter(scene.sara.id, 'en');
    await go(page, `/inbox/all/${conversation}`);
    const text = page.getByRole('textbox', { name: 'Reply', exact: true });
    await text.click();
    await text.pressSequentially('/لغو');
    await page.getByRole('option', { name: /Cancelled order/u }).waitFor();
    await takeShot(page, 'replies menu');
    await text.press('Enter');
    await until(
      () => text.inputValue(),
      (value) => value === 'سلام ⟦customer.name⟧، سفارش شما لغو شد.',
    );
    await page.getByRole('button', { name: 'Fill in what is marked' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    // The marker is selected: what is typed takes its place.
    await until(
      () => page.evaluate<string>('globalThis.getSelection().toString()'),
      (selected) => selected === '⟦customer.name⟧',
    );
    await page.keyboard.insertText('سارا');
    await page.getByRole('button', { name: 'Fill in what is marked' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await until(
      () => Promise.resolve(scene.world.twilio.receivedBy(phone).map(({ body }) => body)),
      (bodies) => bodies.includes('سلام سارا، سفارش شما لغو شد.'),
    );
  });

  chapter('runs a macro after seeing what it would change', async () => {
    const page = desks.at(-1)?.page as Page;
    await page.getByRole('button', { name: 'Run a macro' }).click();
    await page.getByRole('button', { name: 'Urgent' }).click();
    const change = page.getByRole('region', { name: 'What it would change:' });
    await change
      .getByRole('listitem')
      .filter({ hasText: /Priority.*Normal.*Urgent/u })
      .waitFor();
    await change
      .getByRole('listitem')
      .filter({ hasText: /Tags.*nothing.*late/u })
      .waitFor();
    expect(await ticket()).toMatchObject({ priority: 2, tags: [] });
    await takeShot(page, 'macro preview');
    await change.getByRole('button', { name: 'Run it' }).click();
    await page.getByText(/Urgent.* was run/u).waitFor();
    expect(await ticket()).toMatchObject({ priority: 4, tags: ['late'] });
  });

  chapter('and puts an article into the answer that fits what the customer wrote, in Persian', async () => {
    const page = await enter(scene.sara.id, 'fa');
    await go(page, `/inbox/all/${conversation}`);
    await page.getByRole('button', { name: /مقاله شاید کمک کند/u }).click();
    await page.getByText('لغو سفارش', { exact: true }).click();
    await page.getByRole('button', { name: 'درج در پیام' }).click();
    const text = page.getByRole('textbox', { name: 'پاسخ', exact: true });
    await until(
      () => text.inputValue(),
      (value) => value === 'سفارش را تا پیش از ارسال می‌توان لغو کرد.',
    );
    await go(page, '/settings/replies');
    await page.getByRole('radiogroup').getByText('ماکروها').click();
    await page.getByRole('button', { name: 'افزودن ماکرو' }).click();
    await page.getByLabel('افزودن گام…').selectOption('set_state');
    await page.getByRole('button', { name: /حذف گام/u }).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'macro fa');
  });
});
