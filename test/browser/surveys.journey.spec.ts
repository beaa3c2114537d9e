import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { SurveyView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildQueue } from '../support/live-client.js';
import { makeSurvey, solve, surveysOnce, ticketOf } from '../support/survey-scene.js';
import { until } from '../support/until.js';
import { queueBehind } from '../support/waiting-scene.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    add: 'Add survey',
    name: 'Name',
    question: { en: 'Question: In English', fa: 'Question: In Persian' },
    prompt: 'Asks for a comment: In English',
    preview: 'Preview in',
    persian: 'In Persian',
    followUp: 'Open a ticket in',
    save: 'Save',
    saved: 'Saved.',
    launcher: 'Chat with us',
    write: 'Write a message…',
    send: 'Send',
    first: 'My parcel is late',
    worst: '😡 1',
    comment: 'It took a week.',
    card: 'What the customer thought',
    score: /1.* of .*5/,
    told: /Scored .*1.* of .*5/,
    follows: /looks after it/,
    results: 'Results',
    all: 'All',
    latest: 'It took a week.',
    best: /5$/,
    page: 'How was it for you?',
    pageSend: 'Send',
    pageThanks: 'Thank you for your answer.',
    dir: 'ltr',
  },
  fa: {
    add: 'افزودن نظرسنجی',
    name: 'نام',
    question: { en: 'پرسش: به انگلیسی', fa: 'پرسش: به فارسی' },
    prompt: 'درخواست توضیح: به فارسی',
    preview: 'پیش‌نمایش به',
    persian: 'به فارسی',
    followUp: 'باز کردن تیکت در',
    save: 'ذخیره',
    saved: 'ذخیره شد.',
    launcher: 'گفتگو با ما',
    write: 'پیام بنویسید…',
    send: 'فرستادن',
    first: 'بسته‌ام دیر رسیده است',
    worst: '😡 ۱',
    comment: 'یک هفته طول کشید.',
    card: 'نظر مشتری',
    score: /۱.* از .*۵/,
    told: /امتیاز .*۱.* از .*۵/,
    follows: /به آن رسیدگی می‌شود/,
    results: 'نتیجه‌ها',
    all: 'همه',
    latest: 'یک هفته طول کشید.',
    best: /۵$/,
    page: 'برایتان چطور بود؟',
    pageSend: 'ارسال',
    pageThanks: 'از پاسخ شما سپاسگزاریم.',
    dir: 'rtl',
  },
} as const;

describeInBrowser('customers who are asked how it was', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let site: HostSite;
  let adminId: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    all = await startConnectedWorld();
    site = await startHostSite();
    const [root] = await all.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([all?.close(), site?.close()]);
  });

  async function enter(agentId: string, locale: 'en' | 'fa', path: string): Promise<Page> {
    await all.hub.database.query('update agent set locale = $2 where id = $1', [agentId, locale]);
    const desk = await openDesk(browser, all.hub, { agentId, locale });
    desks.push(desk);
    await desk.goto(path);
    await desk.page.locator('.rail').waitFor();
    return desk.page;
  }

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    const name = `After all ${uuid().slice(-8)}`;
    const first = `${text.first} ${uuid().slice(-8)}`;
    let queueId: string;
    let followUp: string;
    let visitor: BrowserContext;
    let ticketId: string;
    let office: Page;

    beforeAll(async () => {
      await all.hub.database.query('update survey set enabled = false');
      [queueId, followUp] = [
        await buildQueue(all.hub.database, { members: [all.sara.id] }),
        await buildQueue(all.hub.database, { members: [all.sara.id] }),
      ];
      const made = await all.admin.call<{ id: string }>('/api/channels', {
        body: {
          kind: 'web',
          name: `Shop ${locale}`,
          queueId,
          config: {
            allowedOrigins: [site.origin],
            inside: { before: { isOn: false }, away: { when: 'never' } },
          },
          secrets: {},
        },
      });
      expect([made.status, made.text]).toEqual([201, expect.any(String)]);
      site.show(all.hub.url, made.body.id);
    });

    afterAll(async () => {
      await visitor?.close();
      expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]);
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    chapter('are asked by what an administrator sets up in both languages, with a preview of it', async () => {
      const [queue, other] = await Promise.all(
        [queueId, followUp].map(async (id) => {
          const [row] = await all.hub.database.query<{ name: string }>('select name from queue where id = $1', [id]);
          return row?.name ?? '';
        }),
      );
      office = await enter(adminId, locale, '/settings/surveys');
      expect(await office.locator('html').getAttribute('dir')).toBe(text.dir);
      await office.getByRole('button', { name: text.add }).click();
      await office.getByLabel(text.name, { exact: false }).first().fill(name);
      await office.getByLabel(text.question.en).fill('How was it for you?');
      await office.getByLabel(text.question.fa).fill('برایتان چطور بود؟');
      await office.getByLabel(text.prompt).fill(text.comment);
      await office.getByLabel(text.preview).selectOption('fa');
      await office.locator('.surveys-bubble').first().getByText('برایتان چطور بود؟').waitFor();
      await office.locator('.surveys-bubble').first().getByText('😀 ۵').waitFor();
      await office.getByRole('checkbox', { name: queue ?? '' }).check();
      await office.getByLabel(text.followUp).selectOption({ label: other ?? '' });
      expect(await findViolations(office, '.settings-body')).toEqual([]);
      await takeShot(office, `survey form ${locale}`);
      await office.getByRole('button', { name: text.save, exact: true }).click();
      await office.getByText(text.saved).first().waitFor();
      const { body } = await all.admin.call<SurveyView[]>('/api/surveys');
      expect(body.find((one) => one.name === name)).toMatchObject({
        kind: 'csat',
        enabled: true,
        queueIds: [queueId],
        lowScore: 2,
        followUpQueueId: followUp,
        question: { en: 'How was it for you?', fa: 'برایتان چطور بود؟' },
      });
    });

    chapter('answer in the chat with one click, and say why', async () => {
      visitor = await browser.newContext({
        locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 800 },
      });
      visitor.setDefaultTimeout(30_000);
      const page = await visitor.newPage();
      await page.goto(site.page(locale, 'plain'));
      await page.getByRole('button', { name: text.launcher, exact: true }).click();
      const box = page.getByRole('textbox', { name: text.write });
      await box.fill(first);
      await page.getByRole('button', { name: text.send, exact: true }).click();
      ticketId = await ticketOf(all, first);
      await solve(all, ticketId);
      await page.locator('peyk-chat .message').filter({ hasText: text.page }).waitFor();
      const worst = page.getByRole('button', { name: text.worst, exact: true });
      await worst.waitFor();
      await takeShot(page, `survey chat ${locale}`);
      await worst.click();
      await surveysOnce(all, ticketId, ([one]) => one?.score === 1);
      await page.locator('peyk-chat .message').filter({ hasText: text.comment }).first().waitFor();
      await box.fill(text.comment);
      await page.getByRole('button', { name: text.send, exact: true }).click();
      await surveysOnce(all, ticketId, ([one]) => one?.comment === text.comment);
    });

    chapter('are understood by the agent: the score, the comment and who looks after it', async () => {
      const [row] = await all.hub.database.query<{ id: string }>(
        'select conversation_id as id from ticket where id = $1',
        [ticketId],
      );
      const page = await enter(all.sara.id, locale, `/inbox/all/${row?.id}?ticket=${ticketId}`);
      const card: Locator = page.getByRole('region', { name: text.card });
      await card.getByText(text.score).waitFor();
      await card.getByText(text.comment).waitFor();
      await card.getByText(text.follows).waitFor();
      await page.getByText(text.told).first().waitFor();
      expect(await findViolations(page, '.ticket-survey')).toEqual([]);
      await takeShot(page, `survey card ${locale}`);
    });

    chapter('come to figures that supervisors read, with what was said', async () => {
      const results = office.getByRole('region', { name: text.results });
      await office.reload();
      await results.getByRole('row', { name: new RegExp(`^${text.all}`) }).waitFor();
      await results.getByText(text.latest).first().waitFor();
      expect(await findViolations(office, '.settings-body')).toEqual([]);
      await takeShot(office, `survey results ${locale}`);
    });

    chapter('answer a mail on a page that needs nothing but the browser', async () => {
      const mailQueue = await queueBehind(all, all.channels.email, {}, [all.sara.id]);
      await makeSurvey(all, {
        queueIds: [mailQueue],
        question: { en: words.en.page, fa: words.fa.page },
      });
      const from = `${uuid()}@example.org`;
      const subject = `${text.first} ${uuid()}`;
      await all.world.mail.writeTo(all.hub.app.get(MailReceiver).port as number, {
        from,
        to: worldMailbox,
        subject,
        text: subject,
        messageId: `<${uuid()}@example.org>`,
      });
      const mailed = await ticketOf(all, subject);
      await all.hub.database.query(
        `update message set content = content || '{"checks": {"spf": "pass", "dkim": "pass", "dmarc": "none", "by": "server"}}' where body = $1`,
        [subject],
      );
      await solve(all, mailed);
      const mail = await all.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
      const paths = [...mail.text.matchAll(/http:\/\/peyk\.test(\/s\/[\w-]+)/gu)].map(([, path]) => path ?? '');
      const page = await visitor.newPage();
      await page.goto(all.hub.url + (paths[3] ?? ''));
      await page.getByRole('heading', { name: text.page }).waitFor();
      expect(await page.locator('html').getAttribute('dir')).toBe(text.dir);
      expect(await findViolations(page)).toEqual([]);
      await takeShot(page, `survey page ${locale}`);
      await page.locator('.scores label').filter({ hasText: text.best }).click();
      await page.getByRole('textbox').fill(text.comment);
      await page.getByRole('button', { name: text.pageSend }).click();
      await page.getByText(text.pageThanks).waitFor();
      const [answered] = await until(
        () => surveysOnce(all, mailed, ([one]) => one?.state === 'answered'),
        ([one]) => one !== undefined,
      );
      expect(answered).toMatchObject({ score: 5, comment: text.comment });
    });
  });
});
