import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    selected: (count: number) => new RegExp(`^\\P{L}*${String(count)}\\P{L}* selected$`, 'u'),
    assign: 'Assign',
    more: 'More…',
    assigned: /2.* tickets: .*assigned to .*رضا کریمی/,
    tags: 'Tags',
    undo: 'Undo',
    asBefore: /2.* tickets are as they were/,
    refused: /1.* could not be changed/,
    why: 'See why',
    finished: 'This ticket is solved. Reopen it first.',
    urgent: /priority .*Urgent/,
    replies: /snoozed until the customer replies/,
    toReply: 'Until the customer replies',
    filter: 'Type to filter',
  },
  fa: {
    selected: (count: number) => new RegExp(`${count.toLocaleString('fa-IR')}.* انتخاب$`, 'u'),
    assign: 'سپردن',
    more: 'بیشتر…',
    assigned: /۲.* تیکت: .*به .*رضا کریمی.* سپرده شد/,
    tags: 'برچسب‌ها',
    undo: 'برگرداندن',
    asBefore: /۲.* تیکت مثل قبل شد/,
    refused: /۱.* تیکت تغییر نکرد/,
    why: 'چرا؟',
    finished: 'این تیکت حل شده است. نخست آن را دوباره باز کنید.',
    urgent: /اولویت .*فوری.* گرفت/,
    replies: /تا پیام مشتری به تعویق افتاد/,
    toReply: 'تا پیام مشتری',
    filter: 'برای یافتن بنویسید',
  },
} as const;

describeInBrowser('many tickets at once', () => {
  let browser: Browser;
  let hub: TestHub;
  let office: TicketDesk;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    office = await TicketDesk.open(hub);
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    /** The oldest first, as their customers wrote. */
    const tickets: { id: string; conversation: string }[] = [];
    let queueId: string;
    let page: Page;

    const row = (index: number, of = page): Locator => of.locator(`[data-ticket="${tickets[index]?.id ?? ''}"]`);
    const chosen = (of = page): Locator => of.locator('.row-holder[data-chosen]');
    const bar = (of = page): Locator => of.locator('.bulk-bar');
    const toast = (of = page): Locator => of.locator('.notices');
    const press = async (code: string, held: { shift?: boolean } = {}): Promise<void> =>
      locale === 'fa'
        ? pressPersian(page, code, held)
        : page.keyboard.press(`${held.shift === true ? 'Shift+' : ''}${code}`);
    const stored = async (column: string): Promise<unknown[]> =>
      (
        await hub.database.query<{ is: unknown }>(
          `select ${column} as is from ticket where id = any ($1::uuid[]) order by number`,
          [tickets.map(({ id }) => id)],
        )
      ).map((found) => found.is);

    async function enter(path: string, more: { width?: number; scheme?: 'dark' } = {}): Promise<Page> {
      const agentId = office.people.sara.id;
      await hub.database.query('update agent set locale = $2 where id = $1', [agentId, locale]);
      const desk = await openDesk(browser, hub, { agentId, locale, ...more });
      desks.push(desk);
      await desk.goto(path);
      await desk.page.locator('.rail').waitFor();
      return desk.page;
    }

    beforeAll(async () => {
      const { sara, reza } = office.people;
      queueId = await buildQueue(hub.database, { members: [sara.id, reza.id] });
      const channel = await buildChannel(hub, { kind: 'messages', queueId });
      for (const said of ['My lamp flickers.', 'سفارش من نرسید.', 'Refund, please.', 'ممنون، درست شد.']) {
        const conversation = await hearFrom(hub, channel, uuid(), said);
        const [ticket] = await hub.database.query<{ id: string }>('select id from ticket where conversation_id = $1', [
          conversation,
        ]);
        tickets.push({ id: (ticket as { id: string }).id, conversation });
      }
    });

    afterAll(async () => {
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    chapter('are chosen by keys and by the mouse, and no line moves', async () => {
      page = await enter(`/inbox/open?queue=${queueId}`);
      await row(3).waitFor();
      await page.locator('.inbox-list').hover();
      const before = await row(0).boundingBox();
      await row(3).focus();
      await press('KeyX');
      await chosen().first().waitFor();
      await press('KeyJ', { shift: true });
      await bar().getByText(text.selected(2)).waitFor();
      expect(await row(0).boundingBox()).toEqual(before);
      await row(0).click({ modifiers: ['ControlOrMeta'] });
      await bar().getByText(text.selected(3)).waitFor();
      expect(await findViolations(page, '.inbox-list')).toEqual([]);
      await takeShot(page, `chosen ${locale}`);
      await row(0).click({ modifiers: ['ControlOrMeta'] });
      await bar().getByText(text.selected(2)).waitFor();
    });

    chapter('are given to somebody who is found by a part of their name, and taken back', async () => {
      await press('KeyA');
      const list = page.getByRole('dialog');
      await list.getByRole('combobox', { name: text.filter }).fill('كريم');
      const found = list.getByRole('option');
      await found.filter({ hasText: 'رضا کریمی' }).waitFor();
      expect(await findViolations(page, '[role=dialog]')).toEqual([]);
      await takeShot(page, `assign ${locale}`);
      await page.keyboard.press('Enter');
      const word = toast().filter({ hasText: text.assigned });
      await word.waitFor();
      await chosen().first().waitFor({ state: 'detached' });
      const { reza } = office.people;
      await until(
        () => stored('owner_id'),
        (owners) => owners.filter((owner) => owner === reza.id).length === 2,
      );
      expect(await findViolations(page, '.notices')).toEqual([]);
      await takeShot(page, `done ${locale}`);
      await toast().getByRole('button', { name: text.undo }).click();
      await toast().filter({ hasText: text.asBefore }).waitFor();
      expect(await stored('owner_id')).toEqual([null, null, null, null]);
    });

    chapter('that cannot be changed are named with the reason and a way to them', async () => {
      const last = tickets[3] as (typeof tickets)[number];
      await hub.database.query(`update ticket set state = 'solved', solved_at = clock_timestamp() where id = $1`, [
        last.id,
      ]);
      await page.goto(`${hub.url}/inbox/all?queue=${queueId}`);
      await row(3).waitFor();
      await row(3).click({ modifiers: ['ControlOrMeta'] });
      await row(2).click({ modifiers: ['Shift'] });
      await bar().getByText(text.selected(2)).waitFor();
      await bar().getByRole('button', { name: text.assign }).click();
      await page.getByRole('option').first().click();
      const word = toast().filter({ hasText: text.refused });
      await word.waitFor();
      await word.getByRole('button', { name: text.why }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(text.finished).waitFor();
      expect(await findViolations(page, '[role=dialog]')).toEqual([]);
      await takeShot(page, `why ${locale}`);
      await dialog.getByRole('link').click();
      await page.waitForURL((url) => url.pathname.endsWith(last.conversation));
      await dialog.waitFor({ state: 'detached' });
    });

    chapter('are one by the same keys, where a ticket is open', async () => {
      await page.goto(`${hub.url}/inbox/open/${tickets[0]?.conversation ?? ''}?queue=${queueId}`);
      await page.locator('.conversation-header').waitFor();
      await row(0).focus();
      await press('KeyP');
      await page.getByRole('dialog').getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await toast().filter({ hasText: text.urgent }).waitFor();
      await until(
        () => stored('priority'),
        ([priority]) => priority === 4,
      );
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await row(0).focus();
      await press('KeyH');
      await page.getByRole('option', { name: text.toReply }).waitFor();
      expect(await findViolations(page, '[role=dialog]')).toEqual([]);
      await takeShot(page, `snooze ${locale}`);
      await page.getByRole('option', { name: text.toReply }).click();
      const word = toast().filter({ hasText: text.replies });
      await word.waitFor();
      await row(0).waitFor({ state: 'detached' });
      await word.getByRole('button', { name: text.undo }).last().click();
      await row(0).waitFor();
    });

    chapter('are chosen by a long press on a phone, where every touch then chooses', async () => {
      const phone = await enter(`/inbox/open?queue=${queueId}`, { width: 390, scheme: 'dark' });
      const target = row(2, phone);
      await target.waitFor();
      await target.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 200, clientY: 200, bubbles: true });
      await bar(phone).getByText(text.selected(1)).waitFor();
      await target.dispatchEvent('pointerup', { pointerType: 'touch', bubbles: true });
      await row(1, phone).dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true });
      await row(1, phone).dispatchEvent('pointerup', { pointerType: 'touch', bubbles: true });
      await row(1, phone).dispatchEvent('click', { bubbles: true });
      await bar(phone).getByText(text.selected(2)).waitFor();
      expect(await findViolations(phone, '.inbox-list')).toEqual([]);
      await takeShot(phone, `phone ${locale}`);
      await bar(phone).getByRole('button', { name: text.tags }).click();
      await phone.getByRole('combobox').fill('refund');
      await phone.getByRole('option', { name: /refund/ }).click();
      await until(
        () => stored('tags'),
        (tags) => tags.filter((some) => JSON.stringify(some) === '["refund"]').length === 2,
      );
    });
  });
});
