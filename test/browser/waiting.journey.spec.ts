import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { VisitorPlaces } from '../../apps/hub/src/live/visitor-places.service.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedChat, type VisitorChat } from '../support/live-client.js';
import {
  callbacksOf,
  closeUntilTomorrow,
  queueBehind,
  waitingFor,
  type WaitingWork,
} from '../support/waiting-scene.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';
import { watchContext, type Watched } from './support/watch-page.js';

/** What the chat says, in each language. */
const words = {
  en: {
    launcher: 'Chat with us',
    write: 'Write a message…',
    send: 'Send',
    second: /You are number 2 in line/,
    first: /You are number 1 in line/,
    callback: 'Get back to me instead',
    byPhone: 'By phone',
    phone: /^Phone number/,
    missing: 'Please fill this in.',
    keep: 'Keep my place',
    asked: /When it is your turn, we reach you at .*\+989121234567/,
    change: 'Change',
    wait: 'I’ll wait here instead',
    closed: /Nobody is here just now.*We are back: (Today|Tomorrow) 12:30/,
    dir: 'ltr',
  },
  fa: {
    launcher: 'گفتگو با ما',
    write: 'پیام بنویسید…',
    send: 'فرستادن',
    second: /شما نفر ۲ در صف هستید/,
    first: /شما نفر ۱ در صف هستید/,
    callback: 'منتظر نمی‌مانم، خبرم کنید',
    byPhone: 'با تلفن',
    phone: /^شماره تلفن/,
    missing: 'این را پر کنید.',
    keep: 'نوبتم را نگه دارید',
    asked: /نوبتتان که شد، به .*\+989121234567.* خبر می‌دهیم/,
    change: 'تغییر',
    wait: 'همین‌جا منتظر می‌مانم',
    closed: /اکنون کسی اینجا نیست.*بازگشت ما: (امروز|فردا) ۱۲:۳۰/,
    dir: 'rtl',
  },
} as const;

describeInBrowser('waiting in the chat', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let site: HostSite;
  let channelId: string;
  const others: VisitorChat[] = [];

  beforeAll(async () => {
    await buildPage('widget');
    all = await startConnectedWorld();
    site = await startHostSite();
    const made = await all.admin.call<{ id: string }>('/api/channels', {
      body: {
        kind: 'web',
        name: 'Shop',
        config: { allowedOrigins: [site.origin, 'https://shop.test'], inside: { away: { when: 'never' } } },
        secrets: {},
      },
    });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    channelId = made.body.id;
    site.show(all.hub.url, channelId);
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    others.forEach((chat) => chat.close());
    await browser?.close();
    await Promise.all([all?.close(), site?.close()]);
  });

  /** Somebody else in the same queue, who has waited for ten minutes. */
  async function goAhead(): Promise<WaitingWork> {
    const token = all.hub.app.get(VisitorTokens, { strict: false }).issue(channelId);
    const chat = await openedChat(all.hub, channelId, token);
    others.push(chat);
    const body = `before you ${uuid()}`;
    await chat.say(body);
    return waitingFor(all, body, 600);
  }

  describe.each([
    { locale: 'en', width: 1280, height: 800 },
    { locale: 'fa', width: 390, height: 844 },
  ] as const)('in $locale, $width pixels wide', ({ locale, width, height }) => {
    const text = words[locale];
    const chapter = tellStory(() => []);
    const order = `order ${uuid().slice(-8)}`;
    let context: BrowserContext;
    let page: Page;
    let watched: Watched;
    let queueId: string;
    let ahead: WaitingWork;
    let mine: WaitingWork;

    const chat = (): Locator => page.locator('peyk-chat');
    const strip = (): Locator => page.locator('peyk-chat .standing output');
    const box = (): Locator => page.getByRole('textbox', { name: text.write });
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    const shot = (name: string): Promise<void> => takeShot(page, `waiting ${name} ${locale} ${width}`);
    const said = (pattern: RegExp): Promise<void> => strip().filter({ hasText: pattern }).waitFor();

    beforeAll(async () => {
      const callback = { isOn: true, afterMinutes: null, ways: ['call', 'sms'] as ('call' | 'sms')[] };
      queueId = await queueBehind(all, channelId, { callback });
      context = await browser.newContext({
        locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
        timezoneId: 'Asia/Tehran',
        reducedMotion: 'reduce',
        viewport: { width, height },
      });
      context.setDefaultTimeout(30_000);
      watched = watchContext(context, all.hub.url, site.origin);
      page = await context.newPage();
      await page.goto(site.page(locale, 'hostile'));
    });

    afterAll(() => context?.close());

    chapter('shows the place in line, and a better one by itself, without a word too many', async () => {
      ahead = await goAhead();
      await button(text.launcher).click();
      await box().fill(order);
      await button(text.send).click();
      mine = await waitingFor(all, order);
      await said(text.second);
      expect(await page.getByRole('dialog').getAttribute('dir')).toBe(text.dir);
      await box().fill('still here');
      await box().focus();
      const taken = await all.admin.call(`/api/tickets/${ahead.ticketId}/assignment`, {
        body: { agentId: all.sara.id, expected: null },
      });
      expect([taken.status, taken.text]).toEqual([200, expect.any(String)]);
      await all.hub.app.get(VisitorPlaces, { strict: false }).look();
      await said(text.first);
      await shot('place');
      // Said politely, and no focus was moved: what is typed still goes where the visitor writes.
      await page.getByRole('status').filter({ hasText: text.first }).waitFor();
      await page.keyboard.type('!');
      expect(await box().inputValue()).toBe('still here!');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
    });

    chapter('takes a number to call, shows it, and takes it back', async () => {
      await all.hub.database.query(`update queue set steps = '[{"afterSecs": 1, "do": "callback"}]' where id = $1`, [
        queueId,
      ]);
      await all.hub.database.query('update work_item set step = 1, next_step_at = null where id = $1', [mine.id]);
      await button(text.send).click();
      await button(text.callback).click();
      await page.getByLabel(text.byPhone).check();
      await button(text.keep).click();
      await page.getByText(text.missing).waitFor();
      await page.getByLabel(text.phone).fill('۰۹۱۲۱۲۳۴۵۶۷');
      await shot('number');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      await button(text.keep).click();
      await said(text.asked);
      await shot('asked');
      expect(await callbacksOf(all, mine.ticketId)).toMatchObject([{ way: 'call', address: '+989121234567' }]);
      await button(text.change).click();
      await button(text.wait).click();
      await button(text.callback).waitFor();
      expect(await callbacksOf(all, mine.ticketId)).toEqual([]);
    });

    chapter('says when the queue is open again, in the visitor’s own time, once it closes', async () => {
      await closeUntilTomorrow(all, queueId, uuid());
      await all.hub.app.get(VisitorPlaces, { strict: false }).look();
      await said(text.closed);
      await shot('closed');
      expect(watched.faults()).toEqual([]);
      expect(await chat().count()).toBe(1);
    });
  });
});
