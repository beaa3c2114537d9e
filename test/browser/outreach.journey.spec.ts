import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { ContactWishesView, OutreachView } from '#contract';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { join, makeCrowd, type Crowd, type Member } from '../support/outreach-scene.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    add: 'Add outreach',
    name: 'Name',
    segment: 'Segment',
    subject: 'Subject of mails, in English',
    body: 'In English',
    hours: 'May arrive',
    channel: 'E-mail',
    save: 'Save',
    preview: 'Who would get what now',
    gets: 'Gets it',
    never: 'Never agreed',
    sendNow: 'Send now',
    done: 'Done',
    figures: 'Figures',
    people: 'People',
    sent: 'Sent',
    mark: (name: string) => new RegExp(`Outreach: .*${name}`),
    wishes: 'What they want to hear',
    news: 'News',
    agreed: 'Agreed',
    dir: 'ltr',
  },
  fa: {
    add: 'افزودن اطلاع‌رسانی',
    name: 'نام',
    segment: 'بخش',
    subject: 'موضوع ایمیل به فارسی',
    body: 'به فارسی',
    hours: 'زمان رسیدن',
    channel: 'E-mail',
    save: 'ذخیره',
    preview: 'اگر اکنون فرستاده شود، چه کسی چه دریافت می‌کند',
    gets: 'دریافت می‌کند',
    never: 'نپذیرفته است',
    sendNow: 'اکنون بفرست',
    done: 'پایان‌یافته',
    figures: 'آمار',
    people: 'افراد',
    sent: 'ارسال شد',
    mark: (name: string) => new RegExp(`اطلاع‌رسانی: .*${name}`),
    wishes: 'چه پیام‌هایی می‌خواهد',
    news: 'خبرها',
    agreed: 'پذیرفته است',
    dir: 'rtl',
  },
} as const;

describeInBrowser('outreach', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let adminId: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    all = await startConnectedWorld();
    const [root] = await all.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await all?.close();
  });

  async function enter(locale: 'en' | 'fa', path: string): Promise<Page> {
    await all.hub.database.query('update agent set locale = $2 where id = $1', [adminId, locale]);
    const desk = await openDesk(browser, all.hub, { agentId: adminId, locale });
    desks.push(desk);
    await desk.goto(path);
    await desk.page.locator('.rail').waitFor();
    return desk.page;
  }

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    const name = `Spring ${uuid().slice(-8)}`;
    const address = `${uuid()}@example.org`;
    let crowd: Crowd;
    let sara: Member;

    beforeAll(async () => {
      crowd = await makeCrowd(all.hub.database);
      const called = locale === 'fa' ? 'سارا احمدی' : 'Sara Ahmadi';
      sara = await join(all.hub.database, crowd, { name: called, locale, email: address });
      await join(all.hub.database, crowd, { name: 'Ali', locale, email: `${uuid()}@example.org`, agrees: false });
    });

    afterAll(async () => {
      expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]);
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    chapter('is written, looked at before it leaves, and sent to those who want it', async () => {
      const page = await enter(locale, '/settings/outreach');
      expect(await page.locator('html').getAttribute('dir')).toBe(text.dir);
      await page.getByRole('button', { name: text.add }).click();
      await page.getByLabel(text.name, { exact: false }).first().fill(name);
      await page.getByLabel(text.segment, { exact: true }).selectOption(crowd.segmentId);
      await page.getByLabel(text.subject).fill('Hello / سلام');
      await page.getByLabel(text.body, { exact: true }).fill('{{ customer.name }}! ☀');
      await page.getByRole('checkbox', { name: text.channel }).check();
      await page.getByLabel(text.hours).selectOption('any');
      await page.getByRole('button', { name: text.save, exact: true }).click();
      const preview = page.getByRole('region', { name: text.preview });
      await preview.getByText(text.gets, { exact: true }).waitFor();
      await preview.getByText(text.never, { exact: true }).waitFor();
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await takeShot(page, `outreach form ${locale}`);
      await preview.scrollIntoViewIfNeeded();
      await takeShot(page, `outreach preview ${locale}`);
      await preview.getByRole('button', { name: text.sendNow }).click();
      await page.getByRole('dialog').getByRole('button', { name: text.sendNow }).click();
      const mail = await all.world.mail.waitFor(({ envelope }) => envelope.to.includes(address));
      expect(mail.text).toContain(`${sara.name}! ☀`);
      await page.locator('.settings-head').getByText(text.done).waitFor();
      await page.getByRole('region', { name: text.figures }).getByRole('table').waitFor();
      const people = page.getByRole('region', { name: text.people });
      await people.locator('.outreach-rows').getByText(text.sent, { exact: true }).waitFor();
      await people.locator('.outreach-rows').getByText(text.never, { exact: true }).waitFor();
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await takeShot(page, `outreach figures ${locale}`);
      const { body } = await all.admin.call<OutreachView[]>('/api/outreach');
      expect(body.find((one) => one.name === name)).toMatchObject({ state: 'done', round: 1, hours: 'any' });
    });

    chapter('is named on the timeline of each who got it', async () => {
      const page = await enter(locale, `/inbox/all/${sara.conversation}`);
      await page.locator('.bubble-meta').getByText(text.mark(name)).waitFor();
      await takeShot(page, `outreach mark ${locale}`);
      await page.getByRole('button', { name: text.wishes }).click();
      const form = page.getByRole('dialog', { name: text.wishes });
      await form.getByLabel(text.news).selectOption({ label: text.agreed });
      expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
      await takeShot(page, `outreach wishes ${locale}`);
      await form.getByRole('button', { name: text.save, exact: true }).click();
      await form.waitFor({ state: 'detached' });
      const { body } = await all.admin.call<ContactWishesView>(
        `/api/conversations/${sara.conversation}/contact-wishes`,
      );
      expect(body.consents.map(({ purpose, state }) => [purpose, state])).toEqual([
        ['news', 'given'],
        ['offers', 'given'],
      ]);
    });
  });
});
