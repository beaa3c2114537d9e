import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ListRow, Page as ListPage, TicketView } from '#contract';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('views that an agent saves', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);
  const texts = ['My lamp flickers', 'Where is my parcel', 'The invoice is wrong'];

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en'`);
    for (const [index, body] of texts.entries()) {
      const from = `+98912111000${String(index)}`;
      await scene.world.twilio.sms(scene.channels.sms, { from, to: '+15005550006', body });
    }
    await until(tickets, ({ length }) => length === 3);
    await setPriority(await ticketOf('lamp'), 4);
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id });
    desks.push(desk);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const tickets = async () => (await scene.admin.call<ListPage<ListRow>>('/api/conversations?view=open')).body.rows;
  const ticketOf = async (word: string): Promise<TicketView> =>
    (await tickets()).find(({ last }) => last?.body.includes(word))?.ticket as TicketView;
  const setPriority = async ({ id, version }: TicketView, priority: number) => {
    const answer = await scene.admin.call(`/api/tickets/${id}`, { method: 'PATCH', body: { version, priority } });
    expect(answer.status).toBe(200);
  };
  const views = () => page.getByRole('navigation', { name: 'Views' });
  const link = (name: string) => views().getByRole('link', { name });
  const countOf = (name: string, count: string) =>
    link(name)
      .locator('.view-count')
      .filter({ hasText: new RegExp(`^${count}$`, 'u') })
      .waitFor();
  const lines = () => page.locator('.row[data-ticket]');
  const line = (words: string) => lines().filter({ hasText: words });
  const act = async (name: string, what: string) => {
    await views()
      .getByRole('button', { name: new RegExp(`What to do with .*${name}`, 'u') })
      .click();
    await page.getByRole('menuitem', { name: what }).click();
  };

  chapter('is made of questions, and shows what they leave while it is written', async () => {
    await desk.goto('/inbox/open');
    await countOf('All open', '3');
    await countOf('Needs an answer', '3');
    await views().getByRole('button', { name: 'New view' }).click();
    const dialog = page.getByRole('dialog', { name: 'New view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Urgent');
    await dialog.getByText(/3\W* tickets/u).waitFor();
    await dialog.getByRole('button', { name: 'Add a question' }).click();
    await dialog.getByRole('combobox', { name: 'About' }).selectOption('Priority');
    await dialog.getByRole('combobox', { name: 'Value' }).selectOption('High');
    await dialog.getByText(/^\W*1\W* ticket$/u).waitFor();
    await dialog.getByRole('combobox', { name: 'Sorted by' }).selectOption('Most urgent first');
    await takeShot(page, 'views editor en');
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('heading', { name: 'Urgent' }).waitFor();
    await line('lamp').waitFor();
    expect(await lines().count()).toBe(1);
    expect(new URL(page.url()).pathname).toMatch(/^\/inbox\/v-/u);
    await countOf('Urgent', '1');
    await takeShot(page, 'views saved en');
    expect(await findViolations(page)).toEqual([]);
  });

  chapter('takes in what comes to fit, and keeps what no longer does until the next is opened', async () => {
    await setPriority(await ticketOf('parcel'), 3);
    await line('parcel').waitFor();
    await countOf('Urgent', '2');
    await line('parcel').click();
    await page.getByRole('article').filter({ hasText: 'parcel' }).waitFor();
    await setPriority(await ticketOf('parcel'), 1);
    await page.locator('.row[data-left]').filter({ hasText: 'parcel' }).waitFor();
    await countOf('Urgent', '1');
    await page.locator('.row[data-left]').filter({ hasText: 'parcel' }).waitFor();
    await takeShot(page, 'views left en');
    await line('lamp').click();
    await line('parcel').waitFor({ state: 'detached' });
  });

  chapter('is copied, moved, changed and removed, and comes back', async () => {
    await act('Urgent', 'Duplicate…');
    const copy = page.getByRole('dialog', { name: 'New view' });
    await copy.getByRole('textbox', { name: 'Name' }).fill('By SMS');
    await copy.getByRole('combobox', { name: 'About' }).selectOption('Channel');
    await copy.getByRole('checkbox', { name: 'SMS' }).check();
    await copy.getByText(/3\W* tickets/u).waitFor();
    await copy.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('heading', { name: 'By SMS' }).waitFor();
    await line('invoice').waitFor();
    await act('By SMS', 'Move up');
    const names = async () => views().locator('.saved-view .view bdi').allInnerTexts();
    await until(names, (shown) => shown.join() === 'By SMS,Urgent');
    await act('By SMS', 'Edit…');
    const dialog = page.getByRole('dialog', { name: 'Edit the view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Texts');
    await dialog.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('heading', { name: 'Texts' }).waitFor();
    await act('Texts', 'Remove');
    await page.getByRole('heading', { name: 'Mine' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Texts' }).waitFor();
    await line('invoice').waitFor();
    await page.reload();
    await until(names, (shown) => shown.includes('Texts'));
  });

  chapter('stands beside the list until its reader puts the column away', async () => {
    await line('invoice').waitFor();
    await pressPersian(page, 'BracketLeft');
    await views().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Choose a view' }).click();
    await link('Texts').waitFor();
  });

  chapter('is shared by supervisors, and read in Persian, in the dark and on a phone', async () => {
    const filter = { all: [{ field: 'waiting', op: 'at_least', minutes: 0 }] };
    const shared = { name: 'منتظران پاسخ', filter, sort: 'waiting', sharedWith: 'everyone' };
    const { body } = await scene.admin.call<{ id: string }>('/api/views', { body: shared });
    await scene.hub.database.query(`update agent set locale = 'fa'`);
    const wide = await openDesk(browser, scene.hub, { agentId: scene.sara.id, locale: 'fa', scheme: 'dark' });
    desks.push(wide);
    await wide.goto(`/inbox/v-${body.id}`);
    await wide.page.getByRole('heading', { name: 'منتظران پاسخ' }).waitFor();
    await wide.page.locator('.view-count').filter({ hasText: '۳' }).first().waitFor();
    await wide.page.locator('.row[data-ticket]').nth(2).waitFor();
    await takeShot(wide.page, 'views fa dark');
    expect(await findViolations(wide.page)).toEqual([]);

    const small = await openDesk(browser, scene.hub, { agentId: scene.sara.id, locale: 'fa', width: 390, height: 844 });
    desks.push(small);
    await small.goto(`/inbox/v-${body.id}`);
    await small.page.locator('.row[data-ticket]').nth(2).waitFor();
    await small.page.getByRole('button', { name: 'انتخاب نما' }).click();
    const drawer = small.page.getByRole('dialog');
    await drawer.getByRole('link', { name: 'منتظران پاسخ' }).waitFor();
    await takeShot(small.page, 'views drawer fa 390');
    expect(await findViolations(small.page)).toEqual([]);
    await drawer.getByRole('button', { name: 'نمای تازه' }).click();
    const editor = small.page.getByRole('dialog', { name: 'نمای تازه' });
    await editor.getByRole('button', { name: 'افزودن پرسش' }).click();
    await editor.getByRole('textbox', { name: 'نام' }).fill('کارهای باز');
    await takeShot(small.page, 'views editor fa 390');
    expect(await findViolations(small.page)).toEqual([]);
    expect(await small.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
