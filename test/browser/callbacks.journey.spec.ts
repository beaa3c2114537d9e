import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { QueueWaitingView } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildChannel, openedChat, type VisitorChat } from '../support/live-client.js';
import { until } from '../support/until.js';
import { callbacksOf, queueBehind, waitingFor, type WaitingWork } from '../support/waiting-scene.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    card: 'Call back',
    wantsCall: /Wants to be called\. .*the place in the queue stays/,
    wantsSms: /Wants an SMS\./,
    write: /^Write to .*\+989121234568/,
    reply: 'Reply',
    way: 'Reply over',
    done: 'Done',
    cancel: /^Cancel it: /u,
    told: /Keeps their place and wants to be called: .*\+989121234567/,
    over: 'The call back is done',
    telegram: 'Telegram',
    moves: 'Whenever they move up',
    closed: 'Text outside service hours: In English',
    offer: 'Offer to call or write back',
    missed: 'Send an SMS to those whose call nobody answered',
    missedText: 'Text of the SMS: In English',
    after: 'Offer it when the wait is',
    ten: /longer than .*10.* min/,
    save: 'Save',
    saved: 'Saved.',
    dir: 'ltr',
  },
  fa: {
    card: 'تماس بعدی',
    wantsCall: /می‌خواهد با او تماس بگیرید\. .*نوبتش محفوظ است/,
    wantsSms: /می‌خواهد به او پیامک بدهید\./,
    write: /^نوشتن به .*\+989121234568/,
    reply: 'پاسخ',
    way: 'پاسخ از راه',
    done: 'انجام شد',
    cancel: /^لغو شود: /u,
    told: /نوبتش محفوظ است و می‌خواهد با او تماس بگیرید: .*\+989121234567/,
    over: 'تماس بعدی انجام شد',
    telegram: 'تلگرام',
    moves: 'هر بار که جلوتر می‌رود',
    closed: 'متن بیرون از ساعت کاری: به فارسی',
    offer: 'پیشنهاد تماس یا پیام بعدی',
    missed: 'پیامک به کسی که تماسش بی‌پاسخ ماند',
    missedText: 'متن پیامک تماس بی‌پاسخ: به فارسی',
    after: 'پیشنهاد شود وقتی انتظار',
    ten: /بیش از .*۱۰.* دقیقه است/,
    save: 'ذخیره',
    saved: 'ذخیره شد.',
    dir: 'rtl',
  },
} as const;

describeInBrowser('customers who are to be called back', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let adminId: string;
  const desks: Desk[] = [];
  const chats: VisitorChat[] = [];

  beforeAll(async () => {
    await buildPage('console');
    all = await startConnectedWorld();
    const [root] = await all.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    chats.forEach((chat) => chat.close());
    await browser?.close();
    await all?.close();
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
    let queueId: string;
    let chat: VisitorChat;
    let work: WaitingWork;
    let page: Page;

    const card = (): Locator => page.getByRole('region', { name: text.card });
    const ask = (way: string, phone: string) => chat.ask<object>('callback', { way, phone });

    beforeAll(async () => {
      const channel = await buildChannel(all.hub, {
        kind: 'web',
        queueId: await queueBehind(all, all.channels.web, {}),
        config: { inside: { away: { when: 'never' } } },
      });
      const callback = { isOn: true, afterMinutes: null, ways: ['call', 'sms'] as ('call' | 'sms')[] };
      queueId = await queueBehind(all, channel.id, { callback }, [all.sara.id]);
      chat = await openedChat(all.hub, channel.id, all.hub.app.get(VisitorTokens, { strict: false }).issue(channel.id));
      chats.push(chat);
      const body = `hello ${uuid()}`;
      await chat.say(body);
      work = await waitingFor(all, body);
    });

    afterAll(async () => {
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    chapter('are shown to agents as soon as they ask, with the number to click', async () => {
      page = await enter(all.sara.id, locale, `/inbox/open/${work.conversationId}`);
      await page.getByRole('textbox', { name: text.reply, exact: true }).waitFor();
      expect(await ask('call', '09121234567')).toEqual({ ok: true, value: {} });
      await card().getByText(text.wantsCall).waitFor();
      const number = card().getByRole('link', { name: '+989121234567' });
      expect(await number.getAttribute('href')).toBe('tel:+989121234567');
      await page.getByText(text.told).first().waitFor();
      expect(await page.locator('html').getAttribute('dir')).toBe(text.dir);
      expect(await findViolations(page, '.callback-card')).toEqual([]);
      await takeShot(page, `callback call ${locale}`);
    });

    chapter('stand on the live board, until they are done', async () => {
      const board = await enter(adminId, locale, '/monitor');
      const row = board.getByRole('row', { name: /989121234567/u });
      await row.waitFor();
      expect(await findViolations(board)).toEqual([]);
      await takeShot(board, `callback board ${locale}`);
      await row.getByRole('button', { name: text.cancel }).click();
      await row.waitFor({ state: 'detached' });
    });

    chapter('are written to on the way that they want, by the agent’s own click, and are done then', async () => {
      expect(await ask('sms', '09121234568')).toEqual({ ok: true, value: {} });
      await card().getByText(text.wantsSms).waitFor();
      await card().getByRole('button', { name: text.write }).click();
      await until(
        () => page.getByLabel(text.way).locator('option:checked').innerText(),
        (chosen) => chosen.includes('989121234568'),
      );
      await page.keyboard.type('You asked for us');
      expect(await page.getByRole('textbox', { name: text.reply, exact: true }).inputValue()).toBe('You asked for us');
      await takeShot(page, `callback sms ${locale}`);
      await card().getByRole('button', { name: text.done }).click();
      await card().waitFor({ state: 'detached' });
      await page.getByText(text.over).waitFor();
      expect(await callbacksOf(all, work.ticketId)).toEqual([]);
    });

    chapter('are offered it as an administrator sets it up for the queue', async () => {
      const [queue] = await all.hub.database.query<{ name: string }>('select name from queue where id = $1', [queueId]);
      page = await enter(adminId, locale, '/settings/queues');
      await page.getByRole('button', { name: new RegExp(queue?.name ?? '') }).click();
      const form = page.locator('.queue-waiting');
      await form.getByLabel(text.telegram).selectOption({ label: text.moves });
      await form.getByLabel(text.closed).fill('{opens}');
      await form.getByRole('switch', { name: text.offer }).waitFor();
      await form.getByLabel(text.after).selectOption('10');
      await form
        .getByLabel(text.after)
        .locator('option:checked')
        .filter({ hasText: text.ten })
        .waitFor({ state: 'attached' });
      await form.getByRole('switch', { name: text.missed }).check();
      await form.getByLabel(text.missedText).fill('Seen');
      expect(await findViolations(page, '.queue-waiting')).toEqual([]);
      await form.getByRole('button', { name: text.save }).click();
      await page.getByText(text.saved).first().waitFor();
      await form.scrollIntoViewIfNeeded();
      await takeShot(page, `waiting settings ${locale}`);
      const { body } = await all.admin.call<QueueWaitingView>(`/api/queues/${queueId}/waiting`);
      expect(body).toMatchObject({
        tell: { telegram: 'moves', sms: 'off', email: 'off' },
        callback: { isOn: true, afterMinutes: 10, ways: ['call', 'sms'] },
        missedCalls: { isOn: true, text: { [locale]: 'Seen' } },
        texts: { closed: { [locale]: '{opens}' } },
      });
    });
  });
});
