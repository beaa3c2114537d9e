import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { ScriptListView, ScriptView } from '#contract';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { sessionOf } from '../support/bot-scene.js';
import { buildQueue } from '../support/live-client.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';
import { watchContext, type Watched } from './support/watch-page.js';

/** What the shop adds to the menu that came with the hub: one more button, and a question that is answered in free words. */
const additions: [before: string, added: string][] = [
  [
    'start: { default: hello }\n',
    `intents:
  send_back: { label: { en: Send it back, fa: پس دادن کالا }, keywords: { fa: [پس بدهم] } }
  exchange: { label: { en: Exchange it, fa: عوض کردن کالا }, keywords: { fa: [عوض کنم] } }
`,
  ],
  [
    '      - id: callback\n',
    `      - id: goods
        label: { en: Return or exchange, fa: مرجوعی و تعویض }
        dtmf: '5'
        next: goods
`,
  ],
  [
    '  more:\n',
    `  goods:
    do: match
    message:
      text: { en: What would you like to do with it?, fa: می‌خواهید با آن چه کنید؟ }
      audio: { fa: prompts/main_menu/goods.fa.wav }
    intents: [{ intent: send_back, next: free_of_charge }, { intent: exchange, next: menu }]
    otherwise: menu
  free_of_charge:
    do: say
    message:
      text: { en: Returns are free., fa: مرجوعی تا هفت روز رایگان است. }
      audio: { fa: prompts/main_menu/free.fa.wav }
    next: menu

`,
  ],
];

const text = {
  launcher: 'گفتگو با ما',
  write: 'پیام بنویسید…',
  send: 'فرستادن',
  hello: 'سلام! من دستیار خودکار هستم.',
  menu: 'چه کمکی از من برمی‌آید؟',
  goods: 'مرجوعی و تعویض',
  whichGoods: 'می‌خواهید با آن چه کنید؟',
  between: 'نمی‌دانم پس بدهم یا عوض کنم',
  didYouMean: 'منظورتان یکی از این‌هاست؟',
  sendBack: 'پس دادن کالا',
  free: 'مرجوعی تا هفت روز رایگان است.',
  misspelt: 'ثبت شکایب',
  about: 'شکایت شما دربارهٔ چیست؟',
  noise: 'آسمان آبی است',
  again: 'لطفاً نزدیک‌ترین گزینه را انتخاب کنید.',
  person: 'می‌خواهم با کارشناس صحبت کنم',
  bringing: 'شما را به همکارم وصل می‌کنم.',
  answer: 'سلام، من سارا هستم.',
  interrupts: 'خودم پیگیری می‌کنم.',
  toNobody: 'ساعت کاری',
  last: 'از ۹ تا ۱۷.',
};

describeInBrowser('a bot that talks', () => {
  let browser: Browser;
  let all: ConnectedWorld;
  let site: HostSite;
  let desk: Desk;
  let page: Page;
  let watched: Watched;
  let conversation = '';
  const chapter = tellStory(() => [desk]);

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    all = await startConnectedWorld();
    site = await startHostSite();
    await speak('en');
    site.show(all.hub.url, await openShop());
    browser = await launchChromium();
    desk = await openDesk(browser, all.hub, { agentId: all.sara.id, height: 1100 });
    page = await visit();
  }, 180_000);

  afterEach(() => expect([watched, desk?.watched].flatMap((one) => one?.faults() ?? [])).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await Promise.all([all?.close(), site?.close()]);
  });

  const speak = (locale: 'en' | 'fa') =>
    all.hub.database.query(`update agent set locale = $2, status = 'busy' where id = $1`, [all.sara.id, locale]);

  async function asAdmin<Body extends object>(path: string, wish: { method?: string; body: object }): Promise<Body> {
    const answer = await all.admin.call<Body>(path, wish);
    expect({ path, isDone: answer.status < 300, text: answer.text }).toMatchObject({ path, isDone: true });
    return answer.body;
  }

  /** A chat that the menu which came with the hub answers, a little changed, with all that it calls. */
  async function openShop(): Promise<string> {
    const queueId = await buildQueue(all.hub.database, { members: [all.sara.id] });
    const inside = { away: { when: 'never' } };
    const config = { allowedOrigins: [site.origin], inside };
    const channel = await asAdmin<{ id: string }>('/api/channels', {
      body: { kind: 'web', name: 'Shop', queueId, config, secrets: {} },
    });
    const url = 'https://shop.example/orders/{order_no}';
    await asAdmin('/api/scripts/connectors', { body: { key: 'order_status', title: 'Orders', url, mapping: [] } });
    const menu = await asAdmin<ScriptView>('/api/scripts', { body: { name: 'Main menu', ready: 'main_menu' } });
    const { scenarios, draftVersion } = menu;
    const source = additions.reduce((yaml, [before, added]) => yaml.replace(before, added + before), menu.source);
    await asAdmin(`/api/scripts/${menu.id}/draft`, {
      method: 'PUT',
      body: { version: draftVersion, source, scenarios },
    });
    const { body: scripts } = await all.admin.call<ScriptListView[]>('/api/scripts');
    const called = scripts.filter(({ id }) => id !== menu.id);
    for (const { id, draftVersion: version } of [...called, ...scripts.filter((one) => one.id === menu.id)]) {
      await asAdmin(`/api/scripts/${id}/publish`, { body: { version } });
    }
    await asAdmin(`/api/scripts/${menu.id}/deployments`, { body: { channelId: channel.id } });
    return channel.id;
  }

  /** Somebody with a phone, on the site. */
  async function visit(): Promise<Page> {
    const context = await browser.newContext({
      locale: 'fa-IR',
      timezoneId: 'Asia/Tehran',
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    });
    context.setDefaultTimeout(30_000);
    watched = watchContext(context, all.hub.url, site.origin);
    const opened = await context.newPage();
    await opened.goto(site.page('fa', 'plain'));
    return opened;
  }

  const line = (body: string): Locator => page.locator('peyk-chat .message').filter({ hasText: body });
  const option = (name: string): Locator =>
    page.locator('peyk-chat .choices').getByRole('button', { name, exact: true });
  const bubble = (body: string): Locator => desk.page.getByRole('article').filter({ hasText: body });
  const card = (): Locator => desk.page.locator('.bot-card');
  const fromBot = (): Promise<number> => page.locator('peyk-chat .message[data-from="bot"]').count();

  async function write(body: string): Promise<void> {
    await page.getByRole('textbox', { name: text.write }).fill(body);
    await page.getByRole('button', { name: text.send, exact: true }).click();
  }

  async function reply(body: string): Promise<void> {
    await desk.page.getByRole('textbox', { name: 'Reply', exact: true }).fill(body);
    await desk.page.getByRole('button', { name: 'Send', exact: true }).click();
    await line(body).waitFor();
  }

  chapter('greets a visitor, offers buttons, understands what is misspelt, and asks what was meant', async () => {
    await page.getByRole('button', { name: text.launcher }).click();
    const first = `سلام ${uuid().slice(-6)}`;
    await write(first);
    await line(text.hello).waitFor();
    await option(text.goods).waitFor();
    await takeShot(page, 'bot widget menu');
    expect(await findViolations(page, 'peyk-chat')).toEqual([]);
    await option(text.goods).click();
    await line(text.whichGoods).waitFor();
    expect(await option(text.goods).count()).toBe(0);
    await write(text.between);
    await line(text.didYouMean).waitFor();
    await option(text.sendBack).waitFor();
    await takeShot(page, 'bot widget between');
    await option(text.sendBack).click();
    await line(text.free).waitFor();
    await option(text.goods).waitFor();
    await write(text.misspelt);
    await line(text.about).waitFor();
    await write(text.noise);
    await line(text.again).waitFor();
    const [row] = await all.hub.database.query<{ id: string }>(
      'select conversation_id as id from message where body = $1',
      [first],
    );
    conversation = row?.id ?? '';
  });

  chapter('is read by an agent while it talks', async () => {
    await desk.goto(`/inbox/open/${conversation}`);
    await bubble(text.noise).waitFor();
    await bubble(text.about).waitFor();
    await bubble(text.again).getByText('ارسال و تحویل').waitFor();
    await desk.page.getByText('The bot speaks with them').first().waitFor();
    await card()
      .getByText(/Main menu.? talks with the customer/u)
      .waitFor();
    await takeShot(desk.page, 'bot desk before en');
  });

  chapter('hands over to the agent, who sees what it learned, and whom the visitor hears', async () => {
    await write(text.person);
    await line(text.bringing).waitFor();
    await desk.page.getByText(/The bot handed over: .?the customer asked for a person/u).waitFor();
    await card()
      .getByText(/Main menu.? handed the customer over/u)
      .waitFor();
    await card().getByText('complaint', { exact: true }).waitFor();
    await card().getByText('What it did not understand').click();
    await card().getByText(text.noise).waitFor();
    await card().getByText('Its path').click();
    await card()
      .getByText(/hello → menu → goods/u)
      .waitFor();
    await desk.page.getByRole('button', { name: 'Take it' }).click();
    await reply(text.answer);
    await takeShot(page, 'bot widget person');
  });

  chapter('is shown to agents and visitors so that everybody can read it', async () => {
    for (const locale of ['fa', 'en'] as const) {
      await speak(locale);
      await desk.goto(`/inbox/open/${conversation}`);
      await page.goto(site.page(locale, 'plain'));
      await page.locator('peyk-chat .launcher').click();
      await line(text.answer).waitFor();
      await card().locator('summary').first().waitFor();
      for (const summary of await card().locator('summary').all()) {
        await summary.click();
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await Promise.all([page, desk.page].map((one) => one.emulateMedia({ colorScheme })));
        await takeShot(desk.page, `bot desk ${locale} ${colorScheme}`);
        await takeShot(page, `bot widget ${locale} ${colorScheme}`);
        expect(await findViolations(desk.page, '.bot-card')).toEqual([]);
        expect(await findViolations(page, 'peyk-chat')).toEqual([]);
      }
    }
    await page.goto(site.page('fa', 'plain'));
    await page.locator('peyk-chat .launcher').click();
  });

  chapter('goes on when it is given the visitor back, and falls silent when the agent just writes', async () => {
    await card().getByRole('button', { name: 'Return to the bot' }).click();
    await option(text.goods).waitFor();
    await card()
      .getByText(/Main menu.? talks with the customer/u)
      .waitFor();
    await desk.page.getByText('The bot speaks with them').first().waitFor();
    await takeShot(desk.page, 'bot desk returned en');
    await reply(text.interrupts);
    await card()
      .getByText(/Why: .?an agent answered/u)
      .waitFor();
    await option(text.goods).waitFor({ state: 'detached' });
    const said = await fromBot();
    await write(text.toNobody);
    await desk.page.locator('article[data-side="in"]').filter({ hasText: text.toNobody }).last().waitFor();
    const heard = await until(
      async () => (await openConversation(all.admin, conversation)).messages.find(({ body }) => body === text.toNobody),
      (message) => message !== undefined,
    );
    expect(heard?.ticketId).not.toBeNull();
    await reply(text.last);
    expect(await fromBot()).toBe(said);
    expect(await sessionOf(all.hub, conversation)).toMatchObject({ status: 'handed_off', reason: 'agent' });
    await takeShot(desk.page, 'bot desk silent en');
    await takeShot(page, 'bot widget silent');
  });
});
