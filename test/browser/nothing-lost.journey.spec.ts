import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { pressPersian, typePersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const password = 'correct horse battery staple';
const number = '+15005550006';

/** What a link that falls, and a hub that refuses, leave in the browser's own console. */
const falls = /WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_CONNECTION|ERR_EMPTY/;
const refused = /status of 40[134]/;

/** As the clipboard brings a screen shot into the field that has the focus: one pixel. */
const pastePicture = `{
  const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], 'teapot.png', { type: 'image/png' }));
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}`;

describeInBrowser('what nothing takes away', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let wire: Wire;
  let site: HostSite;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    scene = await startConnectedWorld();
    wire = holdWire(scene.hub);
    site = await startHostSite();
    const chat = await scene.admin.call<{ id: string }>('/api/channels', {
      body: { kind: 'web', name: 'Shop', config: { allowedOrigins: [site.origin] }, secrets: {} },
    });
    expect(chat.status).toBe(201);
    site.show(scene.hub.url, chat.body.id);
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await Promise.all([scene?.close(), site?.close()]);
  });

  /** Somebody of every queue who can sign in, and whose chats can be taken back for `undo` seconds. */
  async function hire(name: string, locale: 'en' | 'fa', undo = 0): Promise<BuiltAgent> {
    const { database, app } = scene.hub;
    const agent = await buildAgent(database, { name, passwordHash: await app.get(PasswordHasher).hash(password) });
    await database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [agent.id]);
    await database.query('update agent set locale = $2 where id = $1', [agent.id, locale]);
    const caller = await signedIn(scene.hub, agent.id);
    const likes = { preferences: { undo: { email: undo, other: undo } } };
    expect((await caller.call('/api/me', { method: 'PATCH', body: likes })).status).toBe(200);
    return agent;
  }

  async function enter(wish: DeskWish): Promise<Desk> {
    const desk = await openDesk(browser, scene.hub, wish);
    desk.watched.expect(falls);
    desk.watched.expect(refused);
    desks.push(desk);
    return desk;
  }

  const sms = (from: string, body: string) => scene.world.twilio.sms(scene.channels.sms, { from, to: number, body });
  const received = (phone: string): string[] => scene.world.twilio.receivedBy(phone).map(({ body }) => body);
  const bubble = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });

  /** The conversation in which somebody wrote this. */
  async function conversationOf(words: string): Promise<string> {
    const rows = await until(
      () =>
        scene.hub.database.query<{ id: string }>('select conversation_id as id from message where body = $1', [words]),
      ({ length }) => length > 0,
    );
    return rows[0]?.id ?? '';
  }

  const states = (conversation: string): Promise<{ state: string }[]> =>
    scene.hub.database.query<{ state: string }>('select state from ticket where conversation_id = $1', [conversation]);

  const solved = (conversation: string) =>
    until(
      () => states(conversation),
      (rows) => rows.every(({ state }) => state === 'solved'),
    );

  describe('of two agents and a visitor', () => {
    const chapter = tellStory(() => desks);
    let sara: Desk;
    let reza: Desk;
    let visitor: Page;
    let conversation: string;
    const heard: string[] = [];
    const field = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });
    const line = (words: string): Locator => visitor.locator('peyk-chat .message').filter({ hasText: words });

    chapter('each sees that the other looks, writes, and looks away', async () => {
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
      visitor = await context.newPage();
      visitor.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
      await visitor.goto(site.page('en', 'plain'));
      await visitor.getByRole('button', { name: 'Chat with us' }).click();
      await visitor.getByRole('textbox', { name: 'Write a message…' }).fill('Where is my teapot?');
      await visitor.getByRole('button', { name: 'Send', exact: true }).click();
      conversation = await conversationOf('Where is my teapot?');
      sara = await enter({ agentId: (await hire('Samin', 'en', 20)).id });
      reza = await enter({ agentId: (await hire('Reza', 'en')).id });
      await Promise.all([sara, reza].map((desk) => desk.goto(`/inbox/all/${conversation}`)));
      await sara.page.getByText(/Reza\W+is looking at this conversation/).waitFor({ state: 'attached' });
      await reza.page.getByText(/Samin\W+is looking at this conversation/).waitFor({ state: 'attached' });
      const turn = (away: boolean) =>
        reza.page
          .evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${away ? 'hidden' : 'visible'}', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'))`);
      await turn(true);
      await sara.page.getByText(/Reza\W+has this conversation open in a hidden window/).waitFor({ state: 'attached' });
      await turn(false);
      await field(reza.page).pressSequentially('He');
      await sara.page.getByText(/Reza\W+is writing in this conversation/).waitFor();
      await takeShot(sara.page, 'nothing lost collision');
      await field(reza.page).fill('');
    });

    chapter('a note is theirs, whatever line it could have gone over', async () => {
      await pressPersian(sara.page, 'KeyN');
      const note = sara.page.getByRole('textbox', { name: 'Note', exact: true });
      await note.fill('This one is touchy.');
      expect(await sara.page.getByLabel('Reply over').count()).toBe(0);
      await takeShot(sara.page, 'nothing lost note');
      await sara.page.getByRole('button', { name: 'Add private note' }).click();
      await bubble(reza.page, 'This one is touchy.').getByText('Only your team sees this').waitFor();
      await field(reza.page).fill('It left today.');
      await reza.page.getByRole('button', { name: 'Send', exact: true }).click();
      await line('It left today.').waitFor();
      // What came after it is there, so it would be as well.
      expect([heard.join(), await visitor.content()].filter((text) => text.includes('touchy'))).toEqual([]);
    });

    chapter('a message is quoted and linked to, and one that comes below what is read is told of', async () => {
      const { page } = sara;
      const choose = async (item: string) => {
        await bubble(page, 'Where is my teapot?').first().getByRole('button', { name: 'Message options' }).click();
        await page.getByRole('menuitem', { name: item }).click();
      };
      await sara.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await choose('Copy a link to this message');
      await page.getByText('Copied', { exact: true }).waitFor();
      const link = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(link).toMatch(new RegExp(`/inbox/all/${conversation}\\?message=[0-9a-f-]{36}$`, 'u'));
      await choose('Quote in the reply');
      await until(
        () => field(page).inputValue(),
        (words) => words === '> Where is my teapot?\n\n',
      );
      const ask = async (words: string) => {
        await visitor.getByRole('textbox', { name: 'Write a message…' }).fill(words);
        await visitor.getByRole('button', { name: 'Send', exact: true }).click();
      };
      // What came while its reader was at the end is no news later.
      await ask('Are you there?');
      await bubble(page, 'Are you there?').waitFor();
      const size = page.viewportSize();
      await page.setViewportSize({ width: 1280, height: 480 });
      const log = page.getByRole('log');
      await log.focus();
      await log.press('Home');
      await page.getByRole('button', { name: 'Jump to the newest' }).waitFor();
      await ask('Look below.');
      const pill = page.getByRole('button', { name: /^\W*1\W+new message$/u });
      await pill.waitFor();
      await takeShot(page, 'nothing lost new below');
      await log.press('End');
      await bubble(page, 'Look below.').waitFor();
      await pill.waitFor({ state: 'detached' });
      await page.setViewportSize(size ?? { width: 1280, height: 800 });
    });

    chapter('what the hub stumbles over is said, and neither the picture nor a word is lost', async () => {
      const { page, watched } = sara;
      watched.expect(/status of 500/u);
      // A proxy before the hub that answers by itself, and knows nothing of problem documents.
      const stumble = (calls: RegExp) =>
        page.route(calls, (route) => route.fulfill({ status: 500, body: 'Internal Server Error' }), { times: 1 });
      await stumble(/\/api\/attachments\?/u);
      await field(page).focus();
      await page.evaluate(pastePicture);
      const picture = page.getByRole('listitem').filter({ hasText: 'teapot.png' });
      await picture.getByRole('alert').waitFor();
      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route(/\/api\/attachments\?/u, (route) => held.then(() => route.continue()), { times: 1 });
      await picture.getByRole('button', { name: 'Try again' }).click();
      await picture.getByRole('progressbar', { name: /teapot\.png.* percent uploaded/u }).waitFor();
      await takeShot(page, 'nothing lost upload');
      goOn();
      await picture.getByRole('progressbar').waitFor({ state: 'detached' });
      await stumble(/\/api\/conversations\/[^/]+\/(messages|held)/u);
      await field(page).fill('Here it is.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await bubble(page, 'Here it is.').getByRole('button', { name: 'Try again' }).click();
      await bubble(page, 'Here it is.').getByRole('button', { name: 'Send now' }).click();
      await line('Here it is.').waitFor();
      expect(await bubble(page, 'Here it is.').getByRole('img', { name: 'teapot.png' }).count()).toBe(1);
    });

    chapter('what was sent and decided at once is taken back at once, and done at once', async () => {
      await sara.page.locator('h1').click();
      await pressPersian(sara.page, 'KeyR');
      await field(sara.page).fill('Bye now!');
      await pressPersian(sara.page, 'Enter', { ctrl: true, shift: true });
      const waiting = bubble(sara.page, 'Bye now!');
      await waiting.getByText('Its ticket is resolved as it leaves.').waitFor();
      await takeShot(sara.page, 'nothing lost held');
      expect(await states(conversation)).toEqual([{ state: 'open' }]);
      await waiting.getByRole('button', { name: 'Take back' }).click();
      await until(
        () => field(sara.page).inputValue(),
        (words) => words === 'Bye now!',
      );
      expect([await states(conversation), await line('Bye now!').count()]).toEqual([[{ state: 'open' }], 0]);
      await sara.page.getByRole('button', { name: 'Send and decide about the ticket' }).click();
      await sara.page.getByRole('menuitem', { name: 'Send and resolve' }).waitFor();
      await takeShot(sara.page, 'nothing lost send menu');
      await sara.page.getByRole('menuitem', { name: 'Send and resolve' }).click();
      await waiting.getByRole('button', { name: 'Send now' }).click();
      await line('Bye now!').waitFor();
      await solved(conversation);
    });

    chapter(
      'what was sent without a line goes when there is one, in its order, also where its page was closed',
      async () => {
        await reza.context.setOffline(true);
        for (const words of ['First of all,', 'second of all,']) {
          await field(reza.page).fill(words);
          await reza.page.getByRole('button', { name: 'Send', exact: true }).click();
          await bubble(reza.page, words).waitFor();
        }
        await bubble(reza.page, 'second of all,').getByText('Waits for the connection, then goes by itself').waitFor();
        await takeShot(reza.page, 'nothing lost waiting');
        await field(reza.page).fill('and not yet');
        await reza.page.close();
        await reza.context.setOffline(false);
        // Two windows of one browser, both of which find them: the visitor gets each once.
        const pages = [await reza.context.newPage(), await reza.context.newPage()] as const;
        reza.page = pages[0];
        await Promise.all(pages.map((page) => page.goto(`${scene.hub.url}/inbox/all/${conversation}`)));
        await line('second of all,').waitFor();
        for (const page of pages) {
          await bubble(page, 'second of all,')
            .getByText(/(Sent|Delivered|Read)$/)
            .waitFor();
        }
        const stored = await scene.hub.database.query<{ body: string }>(
          `select body from message where conversation_id = $1 and body like '%of all,' order by seq`,
          [conversation],
        );
        expect(stored.map(({ body }) => body)).toEqual(['First of all,', 'second of all,']);
        expect(await field(reza.page).inputValue()).toBe('and not yet');
        await reza.close();
        desks.splice(desks.indexOf(reza), 1);
      },
    );
  });

  describe('of an agent with a Persian keyboard', () => {
    const chapter = tellStory(() => desks);
    const phone = '+989121110001';
    let page: Page;

    chapter('who signs in, takes the work, answers and solves it, by keys alone', async () => {
      const nilufar = await hire('نیلوفر', 'fa');
      await sms(phone, 'سلام سفارش من کجاست');
      const conversation = await conversationOf('سلام سفارش من کجاست');
      const desk = await enter({ locale: 'fa' });
      page = desk.page;
      await desk.goto('/');
      await page.getByRole('textbox', { name: 'ایمیل' }).focus();
      await page.keyboard.insertText(nilufar.email);
      await page.keyboard.press('Tab');
      await page.keyboard.insertText(password);
      await pressPersian(page, 'Enter');
      await page.waitForURL(/inbox/);
      await desk.goto('/inbox/all');
      const row = page.locator('.row').filter({ hasText: 'سلام سفارش من کجاست' });
      await row.waitFor();
      // What is seen may be painted a moment before it listens.
      const focused = page.locator('.row:focus');
      await until(
        async () => {
          await pressPersian(page, 'KeyJ');
          return focused.count();
        },
        (count) => count === 1,
      );
      // What came last stands first.
      await until(
        async () => {
          await pressPersian(page, 'KeyK');
          return row.and(focused).count();
        },
        (count) => count === 1,
      );
      await pressPersian(page, 'Enter');
      await bubble(page, 'سلام سفارش من کجاست').waitFor();
      await pressPersian(page, 'KeyR');
      const field = page.getByRole('textbox', { name: 'پاسخ', exact: true });
      await field.and(page.locator(':focus')).waitFor();
      await typePersian(page, 'در راه است');
      expect(await field.inputValue()).toBe('در راه است');
      await takeShot(page, 'nothing lost fa');
      expect(await findViolations(page, '#content')).toEqual([]);
      await pressPersian(page, 'Enter', { ctrl: true, shift: true });
      await until(
        () => Promise.resolve(received(phone)),
        (bodies) => bodies.includes('در راه است'),
      );
      await solved(conversation);
      await page.getByRole('button', { name: 'بازگشایی' }).waitFor();
    });
  });

  describe('of an agent on a train', () => {
    const chapter = tellStory(() => desks);
    const phone = '+989121110002';
    let desk: Desk;
    const field = () => desk.page.getByRole('textbox', { name: 'پاسخ', exact: true });
    const banner = () => desk.page.getByText('ارتباط قطع شد. در حال اتصال دوباره… نوشته‌هایتان محفوظ است.');

    chapter('who reads, writes and sends on through tunnels, on a phone', async () => {
      const arash = await hire('آرش', 'fa');
      await sms(phone, 'کالا شکسته رسید');
      await conversationOf('کالا شکسته رسید');
      desk = await enter({ agentId: arash.id, locale: 'fa', scheme: 'dark', width: 390, height: 844 });
      await desk.goto('/inbox/all');
      await desk.page.locator('.row').filter({ hasText: 'کالا شکسته رسید' }).click();
      await bubble(desk.page, 'کالا شکسته رسید').waitFor();
      await field().fill('متأسفیم، ');
      wire.cut();
      await desk.context.setOffline(true);
      await banner().waitFor();
      await field().fill('متأسفیم، کالای تازه می‌فرستیم');
      await takeShot(desk.page, 'nothing lost train');
      await desk.page.getByRole('button', { name: 'ارسال', exact: true }).click();
      const sent = bubble(desk.page, 'کالای تازه می‌فرستیم');
      await sent.getByText('منتظر اتصال است، سپس خودش می‌رود').waitFor();
      await field().fill('فردا');
      await sms(phone, 'لطفا زودتر');
      await desk.context.setOffline(false);
      wire.mend();
      await until(
        () => Promise.resolve(received(phone)),
        ({ length }) => length > 0,
      );
      await bubble(desk.page, 'لطفا زودتر').waitFor();
      await sent.getByText(/(ارسال شد|تحویل شد)$/).waitFor();
      await banner().waitFor({ state: 'detached' });
      expect(await findViolations(desk.page)).toEqual([]);
    });

    chapter('and again, with a page that the phone threw away meanwhile', async () => {
      wire.cut();
      await until(
        () => banner().count(),
        (shown) => shown === 1,
      );
      await field().fill('فردا می‌رسد');
      wire.mend();
      await desk.page.reload();
      await field().waitFor();
      expect(await field().inputValue()).toBe('فردا می‌رسد');
      await desk.page.getByRole('button', { name: 'ارسال', exact: true }).click();
      await until(
        () => Promise.resolve(received(phone)),
        ({ length }) => length === 2,
      );
      expect(received(phone)).toEqual(['متأسفیم، کالای تازه می‌فرستیم', 'فردا می‌رسد']);
    });
  });

  describe('of an agent whose rights change', () => {
    const chapter = tellStory(() => desks);
    const phone = '+989121110003';
    let agent: BuiltAgent;
    let desk: Desk;
    let second: Page;
    let conversation: string;
    const field = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });

    chapter('who is signed in again over the page, in every window, with all that was open', async () => {
      agent = await hire('Mani', 'en');
      await sms(phone, 'my secret question');
      conversation = await conversationOf('my secret question');
      desk = await enter({ agentId: agent.id });
      const { page } = desk;
      await desk.goto(`/inbox/all/${conversation}`);
      await field(page).fill('Dear customer,');
      await page.getByRole('button', { name: 'Log a call' }).click();
      await page.getByLabel('What was said').fill('They called about it');
      second = await desk.context.newPage();
      await second.goto(`${scene.hub.url}/inbox/all/${conversation}`);
      await until(
        () => field(second).inputValue(),
        (words) => words === 'Dear customer,',
      );
      await scene.hub.database.query('delete from session where agent_id = $1', [agent.id]);
      await page.getByRole('button', { name: 'Log the call' }).click();
      const question = page.getByRole('dialog', { name: 'Sign in again' });
      await question.getByLabel('Password', { exact: true }).fill('wrong');
      await question.getByRole('button', { name: 'Sign in', exact: true }).click();
      await question.getByText('This e-mail and password do not match.').waitFor();
      await takeShot(page, 'nothing lost sign in again');
      expect(await findViolations(page, '[role=dialog]')).toEqual([]);
      await question.getByLabel('Password', { exact: true }).fill(password);
      await question.getByRole('button', { name: 'Sign in', exact: true }).click();
      await question.waitFor({ state: 'detached' });
      // What was pressed before is done now, without being pressed again.
      await page.getByRole('log').getByText('They called about it').waitFor();
      expect(await field(page).inputValue()).toBe('Dear customer,');
      await field(second).fill('Dear customer, hello');
      await second.getByRole('button', { name: 'Send', exact: true }).click();
      await bubble(second, 'Dear customer, hello').getByText('Delivered').waitFor();
      expect(await second.getByRole('dialog').count()).toBe(0);
      await second.close();
    });

    chapter('who may not open a conversation any more, and keeps the words but not the customer', async () => {
      const { page } = desk;
      await sms('+989121110004', 'nobody has this one');
      await desk.goto(`/inbox/all/${await conversationOf('nobody has this one')}`);
      await bubble(page, 'nobody has this one').waitFor();
      await field(page).fill('I was going to say');
      const queues = { queues: [] };
      expect((await scene.admin.call(`/api/agents/${agent.id}`, { method: 'PATCH', body: queues })).status).toBe(200);
      await page.getByRole('heading', { name: 'You may not open this conversation any more' }).waitFor();
      await until(
        () => page.getByLabel('What you were writing').inputValue(),
        (words) => words === 'I was going to say',
      );
      await bubble(page, 'nobody has this one').waitFor({ state: 'detached' });
      await until(
        () => page.content(),
        (html) => !html.includes('nobody has this one'),
      );
      await takeShot(page, 'nothing lost taken away');
      expect(await findViolations(page, '#content')).toEqual([]);
    });

    chapter('who is switched off, and takes the words along', async () => {
      const off = await scene.admin.call(`/api/agents/${agent.id}`, { method: 'PATCH', body: { disabled: true } });
      expect(off.status).toBe(200);
      const { page } = desk;
      const told = page.getByRole('dialog', { name: 'This account was switched off' });
      await until(
        () => told.getByLabel('What you were writing').inputValue(),
        (words) => words === 'I was going to say',
      );
      await takeShot(page, 'nothing lost switched off');
    });
  });
});
