import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ConversationView, TicketDetailView, TicketView } from '#contract';
import { listRows, openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('what becomes of tickets', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let page: Page;
  let mina: ConversationView;
  let omid: ConversationView;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en'`);
    await scene.admin.call('/api/ticket-states', {
      body: { state: 'pending', name: { en: 'Waiting for the bank', fa: 'در انتظار بانک' } },
    });
    mina = await arrive(5101, 'Mina', 'My lamp flickers', 'And the invoice is wrong');
    omid = await arrive(5102, 'Omid', 'The whole street is dark');
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id, height: 1300 });
    desks.push(desk);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function arrive(chat: number, name: string, ...texts: string[]): Promise<ConversationView> {
    const customer = scene.world.bot.customer(chat, name);
    texts.forEach((text) => customer.say(text));
    const said = (view: ConversationView | null) =>
      view !== null && texts.every((text) => view.messages.some(({ body }) => body === text));
    return (await until(async () => {
      const row = (await listRows(scene.agent, 'open')).find(({ customer: one }) => one.name === name);
      return row ? openConversation(scene.agent, row.conversation) : null;
    }, said)) as ConversationView;
  }

  const ticketOf = (view: ConversationView): TicketView => view.tickets[0] as TicketView;
  const detail = async (ref: string | number): Promise<TicketDetailView> =>
    (await scene.agent.call<TicketDetailView>(`/api/tickets/${String(ref)}`)).body;
  const panel = (): Locator => page.getByRole('complementary', { name: 'Customer' });
  const kin = (): Locator => panel().getByRole('region', { name: 'What belongs to this ticket' });
  const dialog = (): Locator => page.getByRole('dialog');
  const press = (name: string | RegExp, within: Locator | Page = page): Promise<void> =>
    within.getByRole('button', { name }).click();
  const path = ({ id }: ConversationView, ticket: TicketView): string => `/inbox/open/${id}?ticket=${ticket.id}`;
  const more = async (item: string | RegExp): Promise<void> => {
    await press('More…', kin());
    await page.getByRole('menuitem', { name: item }).click();
  };

  chapter('carries a name of the organisation beside its state', async () => {
    await desk.goto(path(mina, ticketOf(mina)));
    const state = panel().getByLabel('State');
    await state.selectOption({ label: '\u2068Waiting for the bank\u2069 (\u2068Pending\u2069)' });
    const named = await until(
      () => detail(ticketOf(mina).id),
      ({ ticket }) => ticket.stateNameId !== null,
    );
    expect(named.ticket.state).toBe('pending');
    await state.selectOption({ label: 'Open' });
    await until(
      () => detail(ticketOf(mina).id),
      ({ ticket }) => ticket.state === 'open' && ticket.stateNameId === null,
    );
  });

  chapter('gives a message a ticket of its own, and takes it back at once', async () => {
    const message = page.getByRole('article').filter({ hasText: 'And the invoice is wrong' });
    await message.hover();
    await press('Message options', message);
    await page.getByText('it was the only open ticket').waitFor();
    await page.getByRole('menuitem', { name: /split off a new ticket/ }).click();
    await dialog()
      .getByRole('checkbox', { name: /And the invoice is wrong/ })
      .waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialog().getByLabel('Title of the new ticket').fill('Invoice');
    await press('Move', dialog());
    await page.getByText(/was opened for it/).waitFor();
    await page.getByText(/was split off ticket/).waitFor();
    const opened = await until(
      () => detail(ticketOf(mina).id),
      ({ followedBy }) => followedBy.length === 1,
    );
    expect(opened.followedBy[0]).toMatchObject({ as: 'split', subject: 'Invoice' });
    await press('Undo');
    await page.getByText('Taken back.').waitFor();
    expect((await detail(opened.followedBy[0]?.number ?? '')).ticket.id).toBe(ticketOf(mina).id);
  });

  chapter('merges two tickets after saying what that does, and the number goes on leading there', async () => {
    const { queueId, number } = ticketOf(mina);
    const second = (
      await scene.agent.call<TicketView>(`/api/conversations/${mina.id}/tickets`, {
        body: { subject: 'Lamp again', queueId },
      })
    ).body;
    await desk.goto(path(mina, second));
    await more('Merge into another ticket…');
    await dialog()
      .getByRole('radio', { name: /My lamp flickers/ })
      .check();
    await dialog()
      .getByText(/It can be taken back for 24 hours/)
      .waitFor();
    await press('Merge', dialog());
    await page.getByText(/^Merged into ticket/).waitFor();
    await kin()
      .getByText(/Merged into another ticket/)
      .waitFor();
    expect((await detail(second.number)).ticket.number).toBe(number);
    await kin().getByRole('link', { name: 'Go there' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Type a command…').fill(String(second.number));
    await page.getByRole('button', { name: new RegExp(`^Ticket .*${String(second.number)}`) }).click();
    await page.waitForURL((url) => url.searchParams.get('ticket') === ticketOf(mina).id);
    await kin()
      .getByText(/Also known as/)
      .waitFor();
    await kin()
      .getByRole('button', { name: /^Undo: .* merged into this/ })
      .click();
    await page.getByText('Taken back.').first().waitFor();
    await kin()
      .getByRole('button', { name: /^Undo: .* merged into this/ })
      .waitFor({ state: 'detached' });
    expect((await detail(second.number)).ticket.id).toBe(second.id);
  });

  chapter('makes children of one cause, answers them with one word and solves them with it', async () => {
    const parent = ticketOf(omid);
    await desk.goto(path(mina, ticketOf(mina)));
    await more('Make it a child of…');
    await dialog().getByLabel('Number of the parent').fill(String(parent.number));
    await press('Find', dialog());
    await dialog().getByText('The whole street is dark').waitFor();
    await press('Make it the parent', dialog());
    await kin()
      .getByRole('link', { name: /^Child of .*The whole street is dark/ })
      .click();
    await kin()
      .getByRole('link', { name: /My lamp flickers/ })
      .waitFor();
    await press('Answer all…', kin());
    await dialog().getByLabel('The answer').fill('The light is back.');
    await dialog().getByRole('checkbox', { name: 'Solve them with it' }).check();
    await press('Send to all', dialog());
    await page.getByText(/^Sent to .*1.* customer/).waitFor();
    const view = await until(
      () => openConversation(scene.agent, mina.id),
      ({ tickets }) => tickets.find(({ id }) => id === ticketOf(mina).id)?.state === 'solved',
    );
    expect(view.messages.filter(({ body }) => body === 'The light is back.')).toHaveLength(1);
  });

  chapter('says all of it in Persian', async () => {
    await scene.hub.database.query(`update agent set locale = 'fa'`);
    await desk.goto(path(omid, ticketOf(omid)));
    const own = page.getByRole('region', { name: 'آنچه به این تیکت مربوط است' });
    await own.getByText(/۱.* زیرمجموعه/).waitFor();
    await own.getByRole('button', { name: 'بیشتر…' }).click();
    await page.getByRole('menuitem', { name: 'ادغام در تیکت دیگر…' }).click();
    await dialog()
      .getByText(/این مشتری تیکت باز دیگری ندارد/)
      .waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
