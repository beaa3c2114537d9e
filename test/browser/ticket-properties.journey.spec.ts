import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { buildAgent, type BuiltAgent } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    add: 'Add a field',
    nameEn: 'Name in English',
    nameFa: 'Name in Persian',
    key: 'Key',
    kind: 'Kind',
    addChoice: 'Add a choice',
    choiceEn: /^Choice .*1.* in English$/,
    choiceFa: /^Choice .*1.* in Persian$/,
    required: 'Needed before a ticket is solved',
    save: 'Save',
    asked: /^.*Product.* \(needed before it is solved\)$/,
    product: 'Lamp',
    state: 'State',
    missing: /^Fill in .*Product.* before this is solved\.$/,
    note: 'Note',
    addNote: 'Add private note',
    mentioned: /mentioned you on/,
    mentions: 'Mentions of me',
    snooze: 'Snooze',
    reply: 'Until the customer writes',
    asleep: 'Snoozed until the customer writes',
    snoozed: 'Snoozed',
    woke: /woke because the customer wrote/,
    dir: 'ltr',
  },
  fa: {
    add: 'افزودن فیلد',
    nameEn: 'نام به انگلیسی',
    nameFa: 'نام به فارسی',
    key: 'کلید',
    kind: 'نوع',
    addChoice: 'افزودن گزینه',
    choiceEn: /^گزینهٔ .*۱.* به انگلیسی$/,
    choiceFa: /^گزینهٔ .*۱.* به فارسی$/,
    required: 'پیش از حل‌شدن تیکت لازم است',
    save: 'ذخیره',
    asked: /^.*محصول.* \(پیش از حل‌شدن لازم است\)$/,
    product: 'چراغ',
    state: 'وضعیت',
    missing: /^پیش از حل‌شدن، .*Product.* را پر کنید\.$/,
    note: 'یادداشت',
    addNote: 'افزودن یادداشت خصوصی',
    mentioned: /از شما نام برد/,
    mentions: 'نام من',
    snooze: 'به تعویق انداختن',
    reply: 'تا پیام مشتری',
    asleep: 'به تعویق افتاده تا پیام مشتری',
    snoozed: 'به‌تعویق‌افتاده‌ها',
    woke: /با پیام مشتری برگشت/,
    dir: 'rtl',
  },
} as const;

describeInBrowser('what tickets carry', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let adminId: string;
  let reza: BuiltAgent;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    all = await startConnectedWorld();
    const [root] = await all.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    reza = await buildAgent(all.hub.database, { name: 'رضا کریمی' });
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await all?.close();
  });

  async function enter(agentId: string, locale: 'en' | 'fa', path: string): Promise<Page> {
    await all.hub.database.query('update agent set locale = $2 where id = $1', [agentId, locale]);
    const desk = await openDesk(browser, all.hub, { agentId, locale });
    desks.push(desk);
    desk.watched.expect(/status of 422.*\/api\/tickets\/[\w-]+\)$/);
    await desk.goto(path);
    await desk.page.locator('.rail').waitFor();
    return desk.page;
  }

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    const address = uuid();
    let channel: { id: string; kind: 'web' | 'messages' };
    let conversation: string;
    let ticketId: string;
    let page: Page;

    const ticket = async () =>
      (
        await all.hub.database.query<{ state: string; fields: object; asleep: boolean }>(
          'select state, fields, snoozed_until is not null as asleep from ticket where id = $1',
          [ticketId],
        )
      )[0];
    const row = (of: Page): Locator => of.locator(`[data-ticket="${ticketId}"]`);
    /** By how its name begins: how many tickets it holds is counted a moment later, and is part of the name from then on. */
    const view = (of: Page, name: string): Locator =>
      of.locator('.views').getByRole('link', { name: new RegExp(`^${name}`) });

    beforeAll(async () => {
      const queueId = await buildQueue(all.hub.database, { members: [all.sara.id, reza.id] });
      channel = await buildChannel(all.hub, { kind: 'messages', queueId });
      conversation = await hearFrom(all.hub, channel, address, 'My lamp flickers.');
      const [found] = await all.hub.database.query<{ id: string }>('select id from ticket where conversation_id = $1', [
        conversation,
      ]);
      ticketId = (found as { id: string }).id;
    });

    afterAll(async () => {
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
      await all.hub.database.query(`delete from ticket_field`);
    });

    chapter('is set up by an administrator: a choice in both languages that no ticket is solved without', async () => {
      const settings = await enter(adminId, locale, '/settings/fields');
      await settings.getByRole('button', { name: text.add }).click();
      await settings.getByLabel(text.nameEn, { exact: true }).fill('Product');
      await settings.getByLabel(text.nameFa, { exact: true }).fill('محصول');
      await settings.getByLabel(text.key, { exact: true }).fill('product');
      await settings.getByLabel(text.kind, { exact: true }).selectOption('choice');
      await settings.getByRole('button', { name: text.addChoice }).click();
      await settings.getByLabel(text.choiceEn).fill('Lamp');
      await settings.getByLabel(text.choiceFa).fill('چراغ');
      await settings.getByLabel(text.required).check();
      expect(await settings.locator('html').getAttribute('dir')).toBe(text.dir);
      expect(await findViolations(settings, '.settings-body')).toEqual([]);
      await takeShot(settings, `field ${locale}`);
      await settings.getByRole('button', { name: text.save }).click();
      await settings.getByText('product', { exact: true }).waitFor();
    });

    chapter('keeps a ticket from being solved until somebody has filled it in', async () => {
      page = await enter(all.sara.id, locale, `/inbox/open/${conversation}`);
      const field = page.getByLabel(text.asked);
      await field.waitFor();
      const state = page.locator('.ticket').getByLabel(text.state, { exact: true });
      await state.selectOption('solved');
      await page.getByText(text.missing).waitFor();
      await field.selectOption({ label: text.product });
      await until(ticket, (found) => JSON.stringify(found?.fields) === '{"product":"Lamp"}');
      await page.locator('.event-line').filter({ hasText: text.product }).first().waitFor();
      await page.locator('.props').scrollIntoViewIfNeeded();
      expect(await findViolations(page, '.props')).toEqual([]);
      await takeShot(page, `properties ${locale}`);
    });

    chapter('brings a colleague whom a note names, at once and in a view of their own', async () => {
      const theirs = await enter(reza.id, locale, '/inbox/mine');
      const note = page.getByRole('textbox', { name: text.note, exact: true });
      await page.locator('.composer').getByText(text.note, { exact: true }).click();
      await note.pressSequentially('look @رضا');
      await page.locator('.mentions').getByRole('option', { name: reza.name }).waitFor();
      await page.keyboard.press('Enter');
      await until(
        () => note.inputValue(),
        (body) => body === `look @${reza.name} `,
      );
      await page.getByRole('button', { name: text.addNote }).click();
      await theirs.getByText(text.mentioned).waitFor();
      await theirs.goto(`${all.hub.url}/inbox/mentions`);
      await theirs.getByRole('heading', { name: text.mentions, exact: true }).waitFor();
      await row(theirs).waitFor();
      await takeShot(theirs, `mentioned ${locale}`);
    });

    chapter('lets a ticket sleep until its customer writes, out of everybody’s way', async () => {
      await page.locator('.props').getByRole('button', { name: text.snooze, exact: true }).click();
      await page.getByRole('menuitem', { name: text.reply }).click();
      await page.locator('.props').getByText(text.asleep).waitFor();
      await row(page).waitFor({ state: 'detached' });
      await view(page, text.snoozed).click();
      await row(page).waitFor();
      await takeShot(page, `snoozed ${locale}`);
      await hearFrom(all.hub, channel, address, 'And now it is dark.');
      await row(page).waitFor({ state: 'detached' });
      expect((await ticket())?.asleep).toBe(false);
      await page.goto(`${all.hub.url}/inbox/open/${conversation}`);
      await page.locator('.event-line').filter({ hasText: text.woke }).waitFor();
    });
  });
});
