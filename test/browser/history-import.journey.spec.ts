import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { zendesk } from '../support/history-exports/four-products.js';
import { PeopleDesk } from '../support/people-desk.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    begin: 'Begin',
    read: 'Read the files',
    matches: 'Duplicates',
    email: /Same e-mail/u,
    apart: 'Left apart',
    asOne: 'One person',
    two: /2.? customers ·/u,
    three: /3.? customers ·/u,
    next: 'Go on',
    open: /Come closed/u,
    start: 'Bring it',
    done: 'Done',
    result: /2.? customers added/u,
    back: 'Back',
    product: 'Zendesk',
    files: zendesk,
    here: 'Sara',
  },
  fa: {
    begin: 'آغاز',
    read: 'خواندن پرونده‌ها',
    matches: 'تکراری‌ها',
    email: /ایمیل یکسان/u,
    apart: 'جدا',
    asOne: 'یک نفر',
    two: /۲.? مشتری ·/u,
    three: /۳.? مشتری ·/u,
    next: 'ادامه',
    open: /بسته بیایند/u,
    start: 'بیاور',
    done: 'انجام شد',
    result: /۲.? مشتری افزوده شد/u,
    back: 'بازگشت',
    product: 'Zendesk',
    files: zendesk,
    here: 'Sara',
  },
} as const;

/** In CI the reader is a Persian one; by hand both are. */
const locales = process.env['BROWSER_MATRIX'] === 'full' ? (['en', 'fa'] as const) : (['fa'] as const);

describeInBrowser('bringing a history', () => {
  let browser: Browser;
  let people: PeopleDesk;
  let adminId: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    people = await PeopleDesk.start();
    const [root] = await people.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await people?.hub.stop();
  });

  describe.each([...locales])('in %s', (locale: 'en' | 'fa') => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    let page: Page;

    afterAll(async () => {
      expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]);
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const shot = (name: string) => takeShot(page, `history ${name} ${locale}`);

    chapter('files are given, and what they hold is shown before anything is written', async () => {
      await people.hub.database.query('update agent set locale = $2 where id = $1', [adminId, locale]);
      const desk = await openDesk(browser, people.hub, {
        agentId: adminId,
        locale,
        ...(locale === 'en' && { width: 390, height: 844, scheme: 'dark' as const }),
      });
      desks.push(desk);
      page = desk.page;
      await desk.goto('/settings/history');
      await page.locator('.history-begin').waitFor();
      await page.locator('.history-begin input').fill(locale);
      await shot('begin');
      await press(text.begin);
      await page
        .locator('input[type=file]')
        .setInputFiles(
          text.files.map(({ name, content }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) })),
        );
      await page.locator('.history-files').getByText('users.json').waitFor();
      await shot('files');
      await press(text.read);
      await page.getByText(text.two).waitFor();
      await page.locator('.history-matches').getByText(text.email).waitFor();
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await shot('found');
    });

    chapter('who is doubted is left apart and taken as one again, and it is brought', async () => {
      await page.getByText(text.apart, { exact: true }).click();
      await page.getByText(text.three).waitFor();
      await page.locator('.history-matches input[value=apart]:checked:enabled').waitFor({ state: 'attached' });
      await page.getByText(text.asOne, { exact: true }).click();
      await page.getByText(text.two).waitFor();
      await press(text.next);
      await page.getByRole('combobox').getByText(text.open).waitFor({ state: 'attached' });
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await shot('places');
      await press(text.start);
      await page.locator('.chip').getByText(text.done).waitFor();
      await shot('result');
      await page
        .getByText(locale === locales[0] ? text.result : /./u)
        .first()
        .waitFor();
      await press(text.back);
      await page.locator('.channels').getByText(text.done).first().waitFor();
      await shot('list');
    });
  });

  it('is not shown to agents', async () => {
    const desk = await openDesk(browser, people.hub, { agentId: people.agentId, locale: 'en' });
    await desk.goto('/settings/history');
    await desk.page.locator('.settings nav a[aria-current=page]').waitFor();
    expect(await desk.page.locator('.settings nav a[href="/settings/history"]').count()).toBe(0);
    await desk.close();
  });
});
