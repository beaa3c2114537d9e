import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ListRow } from '#contract';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { listRows, openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { tellStory } from './support/tell-story.js';

const phone = '+989121234567';
const chat = 42;

describeInBrowser('a day at the desk', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let wire: Wire;
  let reza: BuiltAgent;
  let desk: Desk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    wire = holdWire(scene.hub);
    reza = await buildAgent(scene.hub.database, { name: 'Reza' });
    await scene.hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [reza.id]);
    await scene.hub.database.query(`update agent set locale = 'en'`);
    browser = await launchChromium();
    desk = await enter(scene.sara);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(agent: BuiltAgent): Promise<Desk> {
    const entered = await openDesk(browser, scene.hub, { agentId: agent.id, height: 1400 });
    desks.push(entered);
    return entered;
  }

  const sms = (body: string) => scene.world.twilio.sms(scene.channels.sms, { from: phone, to: '+15005550006', body });
  const line = (text: string): Locator => page.locator('.row').filter({ hasText: text });
  const bubble = (text: string, on: Page = page): Locator => on.getByRole('article').filter({ hasText: text });
  const write = async (text: string): Promise<void> => page.getByRole('textbox', { name: 'Reply' }).fill(text);
  const send = async (): Promise<void> => page.getByRole('button', { name: 'Send', exact: true }).click();
  const turnTo = (kind: 'Reply' | 'Note') =>
    page.getByRole('radiogroup', { name: 'Reply or note' }).getByText(kind).click();
  const be = async (status: 'Online' | 'Busy'): Promise<void> => {
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: status }).click();
    await page.getByRole('button', { name: new RegExp(`^Your account: .*${status}`) }).waitFor();
  };
  const mine = (): Promise<ListRow[]> => listRows(scene.agent, 'mine');

  /** The words of the open timeline as they stand on the screen, from the oldest. */
  const wordsOnScreen = (): Promise<string[]> => page.locator('.timeline .message .words').allInnerTexts();
  const wordsStored = async (): Promise<string[]> =>
    (
      await scene.hub.database.query<{ body: string }>(
        `select body from message where kind in ('text', 'note') order by at, id`,
      )
    ).map(({ body }) => body);

  chapter('gives the waiting ticket to the agent who goes online, and opens it with its history', async () => {
    await sms('سلام، سفارش من نرسیده');
    await sms('شماره سفارش ۱۲۳۴ است');
    await desk.goto('/');
    await page.getByText('No work of yours is waiting.').waitFor();
    await be('Online');
    await page.getByText(/New work: ticket/).waitFor();
    await line('شماره سفارش ۱۲۳۴ است').click();
    await bubble('سلام، سفارش من نرسیده').waitFor();
    await bubble('شماره سفارش ۱۲۳۴ است').waitFor();
    expect(await mine()).toMatchObject([{ ticket: { ownerId: scene.sara.id, state: 'open' } }]);
  });

  chapter('shows what arrives while they look on, in the list and in the timeline, without a reload', async () => {
    await page.evaluate('globalThis.neverReloaded = true');
    await sms('هنوز نرسیده؟');
    await bubble('هنوز نرسیده؟').waitFor();
    await line('هنوز نرسیده؟').waitFor();
    scene.world.bot.customer(chat, 'Mina').say('من مینا هستم');
    await line('من مینا هستم')
      .getByText(/1\W* unread message/)
      .waitFor({ state: 'attached' });
    expect(await page.evaluate('globalThis.neverReloaded')).toBe(true);
  });

  chapter('makes two customers one, takes it back, and makes them one again', async () => {
    await merge();
    await bubble('من مینا هستم').waitFor();
    const other = await enter(reza);
    await other.goto(new URL(page.url()).pathname);
    await bubble('هنوز نرسیده؟', other.page).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('The merge was undone.').waitFor();
    await bubble('هنوز نرسیده؟').waitFor();
    await bubble('من مینا هستم').waitFor({ state: 'detached' });
    await bubble('هنوز نرسیده؟', other.page).waitFor({ state: 'detached' });
    await bubble('من مینا هستم', other.page).waitFor();
    await other.close();
    await line('هنوز نرسیده؟').click();
    await page.waitForURL(/ticket=/);
    const { pathname, search } = new URL(page.url());
    await merge();
    await bubble('من مینا هستم').waitFor();
    await desk.goto(pathname + search);
    await bubble('من مینا هستم').waitFor();
    await page.waitForURL((url) => url.pathname !== pathname);
  });

  async function merge(): Promise<void> {
    await line('هنوز نرسیده؟').click();
    await page.getByRole('button', { name: 'Merge with another customer' }).click();
    await page.getByRole('textbox', { name: 'Find a customer by name, address or number' }).fill('Mina');
    await page.getByRole('button', { name: /Compare and merge with .*Mina/ }).click();
    await page.getByRole('button', { name: /Merge into .*Mina/ }).click();
    await page.getByText(/are one customer now/).waitFor();
  }

  chapter('answers over the channel that the agent chooses, and shows in place how far each answer came', async () => {
    await page.getByLabel('Reply over').selectOption({ label: await wayNamed('SMS') });
    await write('سلام! پیگیری می‌کنم.');
    await send();
    await bubble('پیگیری می‌کنم').getByText('Delivered').waitFor();
    expect(scene.world.twilio.receivedBy(phone).map(({ body }) => body)).toEqual(['سلام! پیگیری می‌کنم.']);
    await page.getByLabel('Reply over').selectOption({ label: await wayNamed('Telegram') });
    await write('این‌جا هم می‌نویسم.');
    await send();
    await bubble('این‌جا هم می‌نویسم.').getByText('Sent', { exact: true }).waitFor();
    expect(scene.world.bot.receivedBy(chat).map(({ text }) => text)).toEqual(['این‌جا هم می‌نویسم.']);
  });

  async function wayNamed(channel: string): Promise<string> {
    const options = await page.getByLabel('Reply over').locator('option').allTextContents();
    return options.find((option) => option.includes(channel)) ?? `none of ${options.join()}`;
  }

  chapter('keeps a private note among the team', async () => {
    await turnTo('Note');
    await page.getByRole('textbox', { name: 'Note' }).fill('این مشتری حساس است');
    await page.getByRole('button', { name: 'Add private note' }).click();
    await bubble('این مشتری حساس است').getByText('Only your team sees this').waitFor();
    await turnTo('Reply');
    expect(JSON.stringify([scene.world.bot.received, scene.world.twilio.received])).not.toContain('حساس');
  });

  chapter('writes down a call that no telephone system told of', async () => {
    await page.getByRole('button', { name: 'Log a call' }).click();
    await page.getByLabel('What was said').fill('قول داد فردا بیاید');
    await page.getByRole('button', { name: 'Log the call' }).click();
    await page.getByRole('log').getByText('قول داد فردا بیاید').waitFor();
    await page.getByRole('log').getByText('Outgoing call').waitFor();
  });

  chapter('resolves the ticket and opens it again, whatever counted along with it that is not told yet', async () => {
    desk.watched.expect(/status of 409.*\/api\/tickets\//);
    // As a word of one's own does, whose frame is late.
    await scene.hub.database.query(`update ticket set last_message_at = last_message_at where state = 'open'`);
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
  });

  chapter('obeys the keys by their place while the keyboard types Persian', async () => {
    await desk.goto('/inbox/mine');
    await page.locator('.row').first().waitFor();
    // What is seen may be painted a moment before it listens.
    await until(
      async () => {
        await pressPersian(page, 'KeyJ');
        return page.locator('.row:focus').count();
      },
      (focused) => focused === 1,
    );
    await pressPersian(page, 'KeyJ');
    await pressPersian(page, 'KeyK');
    await pressPersian(page, 'Enter');
    await page.getByRole('log').waitFor();
    await pressPersian(page, 'KeyN');
    await page.getByRole('textbox', { name: 'Note' }).and(page.locator(':focus')).waitFor();
    await page.locator('h1').click();
    await pressPersian(page, 'KeyR');
    const reply = page.getByRole('textbox', { name: 'Reply' }).and(page.locator(':focus'));
    await reply.waitFor();
    await pressPersian(page, 'KeyE');
    expect(await reply.inputValue()).toBe('ث');
    await reply.fill('');
    await pressPersian(page, 'KeyK', { ctrl: true });
    await page.getByRole('textbox', { name: 'Type a command…' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Type a command…' }).waitFor({ state: 'detached' });
    await page.locator('h1').click();
    await pressPersian(page, 'KeyE');
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
  });

  chapter('shows a colleague who looks on and writes, and says who was faster when both claim one ticket', async () => {
    const path = new URL(page.url()).pathname;
    const other = await enter(reza);
    await other.goto(path);
    await other.page.getByText(/Sara\W+is looking at this conversation/).waitFor({ state: 'attached' });
    await page.getByText(/Reza\W+is looking at this conversation/).waitFor({ state: 'attached' });
    await other.page.getByRole('textbox', { name: 'Reply' }).pressSequentially('سل');
    await page.getByText(/Reza\W+is writing in this conversation/).waitFor();

    // Otherwise the router would give the ticket straight back.
    await be('Busy');
    await page.getByLabel('Owner').selectOption({ label: 'Nobody' });
    await page.getByRole('button', { name: 'Take it' }).waitFor();
    for (const { watched } of desks) {
      watched.expect(/WebSocket connection to .* failed/);
    }
    wire.cut();
    await takeAsReza();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText(/A colleague was faster\./).waitFor();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
    await page.getByText('Connection lost. Reconnecting… What you write is kept.').waitFor();
    wire.mend();
    await page.getByText('Connection lost. Reconnecting… What you write is kept.').waitFor({ state: 'detached' });
    await other.close();
  });

  async function takeAsReza(): Promise<void> {
    const caller = await signedIn(scene.hub, reza.id);
    const free = (await listRows(caller, 'unassigned'))[0]?.ticket.id;
    const answer = await caller.call(`/api/tickets/${free}/assignment`, { body: { agentId: reza.id, expected: null } });
    expect(answer.status).toBe(200);
  }

  chapter('shows after an outage exactly what the database has', async () => {
    wire.cut();
    for (let number = 1; number <= 6; number += 1) {
      await sms(`در قطعی ${number}`);
    }
    await scene.agent.call(`/api/conversations/${new URL(page.url()).pathname.split('/').at(-1)}/messages`, {
      body: { id: crypto.randomUUID(), kind: 'note', body: 'یادداشت در قطعی' },
    });
    wire.mend();
    await bubble('یادداشت در قطعی').waitFor();
    // Only what is in sight is in the page.
    await page.setViewportSize({ width: 1440, height: 3600 });
    // A call of the same ticket names it as well.
    await bubble('سلام، سفارش من نرسیده').first().waitFor();
    await page.getByRole('button', { name: 'Jump to the newest' }).waitFor({ state: 'detached' });
    expect(await wordsOnScreen()).toEqual(await wordsStored());
  });

  chapter('goes on writing in another window, and asks where a colleague was faster', async () => {
    const path = new URL(page.url()).pathname;
    const field = (on: Page) => on.getByRole('textbox', { name: 'Reply' });
    const reads = (on: Page, words: string) =>
      until(
        () => field(on).inputValue(),
        (value) => value === words,
      );
    const second = await enter(scene.sara);
    await second.goto(path);
    await field(second.page).waitFor();
    await field(page).fill('مینای عزیز');
    await reads(second.page, 'مینای عزیز');
    await field(second.page).fill('مینای عزیز، سلام');
    await reads(page, 'مینای عزیز، سلام');
    await second.goto('/inbox/drafts');
    await second.page.locator('.row', { hasText: 'Mina' }).click();
    await reads(second.page, 'مینای عزیز، سلام');

    await page.getByLabel('Reply over').selectOption({ label: await wayNamed('SMS') });
    await sendAsReza();
    await bubble('من پاسخ دادم').waitFor();
    desk.watched.expect(/status of 409/);
    await send();
    const held = bubble('مینای عزیز، سلام');
    await held.getByText(/Answered meanwhile by Reza/).waitFor();
    await held.getByRole('button', { name: 'Send anyway' }).click();
    await held.getByText('Delivered').waitFor();
    await reads(second.page, '');
    await second.close();
  });

  async function sendAsReza(): Promise<void> {
    const caller = await signedIn(scene.hub, reza.id);
    const conversation = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const view = await openConversation(caller, conversation);
    const way = view.ways.find(({ channelKind }) => channelKind === 'sms');
    const { channelId, identityId } = way ?? {};
    const message = { id: crypto.randomUUID(), kind: 'text', body: 'من پاسخ دادم', channelId, identityId };
    const answer = await caller.call(`/api/conversations/${conversation}/messages`, { body: message });
    expect(answer.status).toBe(201);
  }

  chapter('says that storage is away while it is, and takes it back', async () => {
    const feed = scene.hub.app.get(LiveFeed);
    await until(
      async () => (await scene.agent.call<{ present: boolean; id: string }[]>('/api/agents')).body,
      (agents) => agents.some(({ id, present }) => id === scene.sara.id && present),
    );
    const banner = page.getByText('Storage is away.');
    // The hub looks by itself as well, and finds that nothing is wrong.
    await until(
      () => {
        feed.storageIs('down');
        return banner.count();
      },
      (shown) => shown === 1,
    );
    feed.storageIs('up');
    await banner.waitFor({ state: 'detached' });
  });

  chapter('shows a send in doubt and leaves it to the agent to send again', async () => {
    await page.getByLabel('Reply over').selectOption({ label: await wayNamed('Telegram') });
    scene.world.bot.faults.arm('cut_after', { only: 'sendMessage' });
    await write('شاید رسیده باشد');
    await send();
    const doubtful = bubble('شاید رسیده باشد').filter({ hasText: 'May not have arrived' });
    await doubtful.getByRole('button', { name: 'May not have arrived' }).click();
    const attempts = doubtful.getByRole('region', { name: 'How it was sent' });
    await attempts.getByText('In doubt').waitFor();
    await doubtful.getByRole('button', { name: 'Edit and resend' }).click();
    await page.getByRole('menuitem', { name: 'Edit and send anew' }).click();
    await until(
      () => page.getByRole('textbox', { name: 'Reply' }).inputValue(),
      (words) => words === 'شاید رسیده باشد',
    );
    await write('');
    await doubtful.getByRole('button', { name: 'Send again' }).click();
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat).filter(({ text }) => text === 'شاید رسیده باشد')),
      ({ length }) => length === 2,
    );
    await bubble('شاید رسیده باشد').getByText('Sent', { exact: true }).waitFor();
  });

  chapter('keeps words that the hub could not be told, and tells it once', async () => {
    desk.watched.expect(/ERR_INTERNET_DISCONNECTED/);
    await desk.context.setOffline(true);
    await write('بی‌اینترنت نوشتم');
    await send();
    await bubble('بی‌اینترنت نوشتم').getByText('Waits for the connection, then goes by itself').waitFor();
    await desk.context.setOffline(false);
    await bubble('بی‌اینترنت نوشتم').getByText('Sent', { exact: true }).waitFor();
    expect((await wordsStored()).filter((body) => body === 'بی‌اینترنت نوشتم')).toHaveLength(1);
  });

  chapter('keeps a draft over a reload, and shows in the list that there is one', async () => {
    await write('هنوز تمام نشده');
    await page.reload();
    await page.getByRole('textbox', { name: 'Reply' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('هنوز تمام نشده');
  });

  chapter('leads to sign-in whoever chooses it when the session ended elsewhere', async () => {
    desk.watched.expect(/status of 401/);
    await scene.hub.database.query('delete from session where agent_id = $1', [scene.sara.id]);
    await page.getByRole('link', { name: 'All open' }).click();
    await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  });
});
