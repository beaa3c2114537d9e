import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildQueue } from '../support/live-client.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';
import { watchContext, type Watched } from './support/watch-page.js';

interface Look {
  locale: 'en' | 'fa';
  width: number;
  height: number;
  scheme: 'light' | 'dark';
}

const question = { en: 'Which order is it about?', fa: 'درباره کدام سفارش است؟' };
const consent = { en: 'You may keep what I write here.', fa: 'می‌توانید نوشته‌های من را نگه دارید.' };

/** What the chat says, in each language. */
const words = {
  en: {
    launcher: 'Chat with us',
    before: 'Before we begin',
    name: 'Your name',
    email: /^E-mail/,
    begin: 'Start the chat',
    missing: 'Please fill this in.',
    wrong: /This is not an e-mail address/,
    agree: 'Please agree to go on.',
    write: 'Write a message…',
    send: 'Send',
    attach: 'Attach files',
    badType: 'Files of this kind are not taken',
    tooLarge: /Too large: at most 1/,
    remove: (name: string) => new RegExp(`Remove .*${name}`),
    choices: ['Yes, the blue one', 'No'],
    queue: /You are number 1 in line/,
    read: 'Read',
    away: /Nobody is here just now/,
    awayWish: 'Choose how we answer',
    byEmail: 'By e-mail',
    keep: 'Answer me there',
    wished: /we can answer by e-mail to/,
    more: 'More',
    download: 'Download this chat',
    mail: 'Mail this chat to me',
    mailed: /Sent\. Look into your mailbox/,
    back: 'Back to the chat',
    said: ['It came broken.', 'Here is what it looks like.', 'Are you still there?'],
    answers: ['One moment.', 'I see it.', 'A new one is on its way.'],
    gone: /They have left the chat and asked for the answer by e-mail/,
    dir: 'ltr',
  },
  fa: {
    launcher: 'گفتگو با ما',
    before: 'پیش از آغاز گفتگو',
    name: 'نام شما',
    email: /^ایمیل/,
    begin: 'آغاز گفتگو',
    missing: 'این را پر کنید.',
    wrong: /این نشانی ایمیل نیست/,
    agree: 'برای ادامه باید بپذیرید.',
    write: 'پیام بنویسید…',
    send: 'فرستادن',
    attach: 'پیوست پرونده',
    badType: 'این نوع پرونده پذیرفته نمی‌شود',
    tooLarge: /بزرگ است؛ حداکثر ۱/,
    remove: (name: string) => new RegExp(`برداشتن .*${name}`),
    choices: ['بله، همان آبی', 'نه'],
    queue: /شما نفر ۱ در صف هستید/,
    read: 'خوانده شد',
    away: /اکنون کسی اینجا نیست/,
    awayWish: 'راه پاسخ را انتخاب کنید',
    byEmail: 'با ایمیل',
    keep: 'آنجا پاسخ بدهید',
    wished: /با ایمیل به/,
    more: 'بیشتر',
    download: 'دریافت این گفتگو',
    mail: 'این گفتگو را برایم ایمیل کنید',
    mailed: /فرستاده شد\. صندوق ایمیل/,
    back: 'بازگشت به گفتگو',
    said: ['شکسته رسید.', 'عکسش را ببینید.', 'هنوز هستید؟'],
    answers: ['یک لحظه.', 'دیدم.', 'یکی تازه در راه است.'],
    gone: /They have left the chat and asked for the answer by e-mail/,
    dir: 'rtl',
  },
} as const;

describeInBrowser('the inside of the chat', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let wire: Wire;
  let site: HostSite;
  let desk: Desk;
  let queueId: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    all = await startConnectedWorld();
    wire = holdWire(all.hub);
    site = await startHostSite();
    await all.hub.database.query(`update agent set locale = 'en', status = 'busy' where id = $1`, [all.sara.id]);
    queueId = await buildQueue(all.hub.database, { members: [all.sara.id] });
    const made = await all.admin.call<{ id: string }>('/api/channels', {
      body: {
        kind: 'web',
        name: 'Shop',
        queueId,
        config: {
          allowedOrigins: [site.origin],
          inside: {
            before: { isOn: true, name: 'required', email: 'optional', question, consent },
            away: { when: 'never' },
            files: { maxMegabytes: 1 },
          },
        },
        secrets: {},
      },
    });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    site.show(all.hub.url, made.body.id);
    browser = await launchChromium();
    desk = await openDesk(browser, all.hub, { agentId: all.sara.id });
    await desk.goto('/inbox/mine');
    await desk.page.getByText('No work of yours is waiting.').waitFor();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([all?.close(), site?.close()]);
  });

  /** The chat's settings of the away kind, as an administrator changes them. */
  async function setAway(when: 'never' | 'nobody_online' | 'hours'): Promise<void> {
    const [row] = await all.hub.database.query<{ id: string; config: { inside: object } }>(
      `select id, config from channel where name = 'Shop'`,
    );
    const config = { ...row?.config, inside: { ...row?.config.inside, away: { when } } };
    const changed = await all.admin.call(`/api/channels/${row?.id}`, { method: 'PATCH', body: { config } });
    expect(changed.status).toBe(200);
  }

  describe.each<Look>([
    { locale: 'en', width: 1280, height: 800, scheme: 'light' },
    { locale: 'fa', width: 390, height: 844, scheme: 'light' },
    { locale: 'fa', width: 1280, height: 800, scheme: 'dark' },
  ])('in $locale, $width pixels wide, $scheme', ({ locale, width, height, scheme }) => {
    const text = words[locale];
    const chapter = tellStory(() => [desk]);
    const mail = `${uuid()}@example.org`;
    const order = `order ${uuid().slice(-8)}`;
    let context: BrowserContext;
    let page: Page;
    let watched: Watched;
    let conversation: string;

    const chat = (): Locator => page.locator('peyk-chat');
    const box = (): Locator => page.getByRole('textbox', { name: text.write });
    const line = (body: string): Locator => page.locator('peyk-chat .message').filter({ hasText: body });
    const bubble = (body: string | RegExp): Locator => desk.page.getByRole('article').filter({ hasText: body });
    const button = (name: string | RegExp): Locator =>
      page.getByRole('button', { name, exact: typeof name === 'string' });
    const shot = (name: string): Promise<void> => takeShot(page, `inside ${name} ${locale} ${width} ${scheme}`);
    const bodies = (): Promise<string[]> => page.locator('peyk-chat .bubble').allInnerTexts();

    /** What somebody of us says in the chat, past the console. */
    async function answer(body: string, content: object = {}): Promise<void> {
      const [row] = await all.hub.database.query<{ rev: number }>('select rev from conversation where id = $1', [
        conversation,
      ]);
      await all.hub.database.query(
        `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, kind, body, content, delivery)
         select $1, m.conversation_id, m.channel_id, m.identity_id, 'out', 'agent', $2, 'text', $3, $4, 'sent'
         from message m where m.conversation_id = $5 and m.direction = 'in' limit 1`,
        [uuid(), all.sara.id, body, JSON.stringify(content), conversation],
      );
      await all.hub.app.get(LiveFeed).moved([{ conversation, since: row?.rev ?? 0 }]);
    }

    beforeAll(async () => {
      await setAway('never');
      context = await browser.newContext({
        locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
        timezoneId: 'Asia/Tehran',
        reducedMotion: 'reduce',
        colorScheme: scheme,
        viewport: { width, height },
        acceptDownloads: true,
      });
      contexts.push(context);
      context.setDefaultTimeout(30_000);
      watched = watchContext(context, all.hub.url, site.origin);
      page = await context.newPage();
      await page.goto(site.page(locale, 'hostile'));
    });

    afterAll(() => context?.close());

    chapter('asks first, says what is missing, and shows the agent what was filled in', async () => {
      await button(text.launcher).click();
      await button(text.begin).waitFor();
      expect(await page.getByRole('dialog').getAttribute('dir')).toBe(text.dir);
      await button(text.begin).click();
      await page.getByText(text.missing).first().waitFor();
      await shot('form');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await page.getByLabel(text.name).fill('Mina');
      await page.getByLabel(text.email).fill('mina at example');
      await page.getByLabel(question[locale]).fill(order);
      await page.keyboard.press('Tab');
      await button(text.begin).click();
      await page.getByText(text.wrong).waitFor();
      await page.getByLabel(text.email).fill('mina@example.org');
      await button(text.begin).click();
      await page.getByText(text.agree).waitFor();
      await page.getByLabel(consent[locale]).check();
      await button(text.begin).click();
      await line(order).waitFor();
      await chat().getByText(text.queue).waitFor();
      await shot('waiting');
      const [row] = await all.hub.database.query<{ id: string; ticket: string }>(
        'select conversation_id as id, ticket_id as ticket from message where body like $1',
        [`%${order}%`],
      );
      conversation = row?.id ?? '';
      const view = await openConversation(all.admin, conversation);
      expect(view.customer).toMatchObject({ name: 'Mina', claims: [{ address: 'mina@example.org' }] });
      const taken = await all.admin.call(`/api/tickets/${row?.ticket}/assignment`, {
        body: { agentId: all.sara.id, expected: null },
      });
      expect(taken.status).toBe(200);
      await desk.goto(`/inbox/mine/${conversation}`);
      await bubble(order).waitFor();
      await chat().getByText(text.queue).waitFor({ state: 'detached' });
    });

    chapter('tells the visitor that what they wrote was read', async () => {
      await box().fill(text.said[0]);
      await button(text.send).click();
      await bubble(text.said[0]).waitFor();
      await desk.page.bringToFront();
      await line(text.said[0]).getByText(text.read).waitFor({ state: 'attached' });
      await page.bringToFront();
    });

    chapter('sends files that are chosen, pasted or dropped, and names what is wrong with the others', async () => {
      await page.locator('peyk-chat input[type=file]').setInputFiles([
        { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from('what it looks like') },
        { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
        { name: 'huge.zip', mimeType: 'application/zip', buffer: Buffer.alloc(1024 * 1024 + 1) },
      ]);
      await chat().getByText(text.badType).first().waitFor();
      await chat().getByText(text.tooLarge).first().waitFor();
      await shot('files');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await button(text.remove('setup\\.exe')).click();
      await button(text.remove('huge\\.zip')).click();
      await pasteAndDrop(page, text.write);
      await until(
        () => page.locator('peyk-chat .chip').count(),
        (count) => count === 3,
      );
      await box().fill(text.said[1]);
      await button(text.send).click();
      await bubble(text.said[1]).getByText('photo.txt').waitFor();
      await bubble(text.said[1]).getByText('dropped.txt').waitFor();
      await bubble(text.said[1]).getByText('pasted.txt').waitFor();
      const download = page.waitForEvent('download');
      await line(text.said[1])
        .getByRole('button', { name: /photo\.txt/ })
        .click();
      expect(await readFile(await (await download).path(), 'utf8')).toBe('what it looks like');
    });

    chapter('offers answers to choose from, by the keyboard too, each of them once', async () => {
      const choices = text.choices.map((label, at) => ({ id: `c${String(at)}`, label }));
      await answer(text.answers[0], { choices });
      const first = button(text.choices[0]);
      await first.waitFor();
      await shot('choices');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await first.focus();
      await page.keyboard.press('Enter');
      await line(text.choices[0]).waitFor();
      await first.waitFor({ state: 'detached' });
      await desk.page.locator('article[data-side="in"]').filter({ hasText: text.choices[0] }).waitFor();
      const [chosen] = await all.hub.database.query(
        `select content -> 'choice' ->> 'id' as id from message where conversation_id = $1 and kind = 'keys'`,
        [conversation],
      );
      expect(chosen).toEqual({ id: 'c0' });
    });

    chapter('has everything in order after the line was down, in every tab', async () => {
      [watched, desk.watched].forEach((one) =>
        one.expect(/WebSocket connection to .* failed|ERR_EMPTY_RESPONSE|ERR_CONNECTION/),
      );
      const second = await context.newPage();
      await second.goto(site.page(locale, 'plain'));
      await second.locator('peyk-chat .launcher').waitFor();
      wire.cut();
      await answer(text.answers[1]);
      await answer(text.answers[2]);
      wire.mend();
      await line(text.answers[2]).waitFor();
      expect((await bodies()).slice(-2)).toEqual([text.answers[1], text.answers[2]]);
      await second.locator('peyk-chat .launcher').click();
      const there = second.locator('peyk-chat .message').filter({ hasText: text.answers[2] });
      await there.waitFor();
      expect(await second.locator('peyk-chat .bubble').allInnerTexts()).toEqual(await bodies());
      await second.close();
    });

    chapter('gives the visitor what was said, to keep and by mail', async () => {
      await button(text.more).click();
      const download = page.waitForEvent('download');
      await button(text.download).click();
      const kept = await readFile(await (await download).path(), 'utf8');
      expect(kept).toContain(text.answers[2]);
      expect(kept).toContain(order);
      await page.getByRole('form', { name: text.mail }).getByLabel(text.email).fill(mail);
      await shot('menu');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByText(text.mailed).waitFor();
      const sent = await all.world.mail.waitFor(({ envelope }) => envelope.to.includes(mail));
      expect(sent.text).toContain(text.answers[2]);
      await button(text.back).click();
      await box().waitFor();
    });

    chapter('asks where to answer when nobody is there, and the agent answers there by a click', async () => {
      await setAway('hours');
      const [row] = await all.hub.database.query<{ id: string }>(
        `select id from ticket where conversation_id = $1 and state <> 'closed'`,
        [conversation],
      );
      await all.admin.call(`/api/tickets/${row?.id}/assignment`, { body: { agentId: null, expected: all.sara.id } });
      await box().fill(text.said[2]);
      await button(text.send).click();
      await chat().getByText(text.away).waitFor();
      await shot('away');
      await button(text.awayWish).click();
      await page.getByLabel(text.byEmail).check();
      await page.getByLabel(text.email).fill(mail);
      await shot('where');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await button(text.keep).click();
      await chat().getByText(text.wished).waitFor();
      expect([...watched.faults(), ...desk.watched.faults()]).toEqual([]);
      await page.close();
      await desk.page.getByText(text.gone).waitFor();
      await takeShot(desk.page, `inside desk ${locale} ${width} ${scheme}`);
      await desk.page.getByRole('button', { name: 'Answer by e-mail' }).click();
      await desk.page.getByRole('textbox', { name: 'Subject' }).fill('Your chat');
      await desk.page.getByRole('textbox', { name: 'Reply' }).fill('It left today.');
      await desk.page.getByRole('button', { name: 'Send', exact: true }).click();
      const sent = await all.world.mail.waitFor(
        ({ envelope, subject }) => envelope.to.includes(mail) && subject === 'Your chat',
      );
      expect(sent.text).toContain('It left today.');
    });
  });
});

/** Pastes one file into the box and drops another on the chat, as a browser would. */
async function pasteAndDrop(page: Page, box: string): Promise<void> {
  await page.evaluate(`{
    const root = document.querySelector('peyk-chat').shadowRoot;
    const carry = (name) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([name], name, { type: 'text/plain' }));
      return transfer;
    };
    const area = root.querySelector('textarea[aria-label=${JSON.stringify(box)}]');
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carry('pasted.txt'), bubbles: true, cancelable: true }));
    root.querySelector('dialog').dispatchEvent(new DragEvent('drop', { dataTransfer: carry('dropped.txt'), bubbles: true, cancelable: true }));
  }`);
}
