import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { startHostSite, type HostSite } from './support/host-site.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { readLooks } from './support/read-looks.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';
import { watchContext, type Watched } from './support/watch-page.js';

interface Look {
  locale: 'en' | 'fa';
  width: number;
  height: number;
}

const desktop = { width: 1280, height: 800 };
const hand = { width: 390, height: 844 };

/** What the chat says, in each language. */
const words = {
  en: {
    launcher: 'Chat with us',
    unread: 'Chat with us, unread messages: 1',
    badge: '1',
    hello: 'Hello! How can we help?',
    write: 'Write a message…',
    send: 'Send',
    close: 'Close the chat',
    sent: /^(Sent|Delivered|Read)$/,
    sending: 'Sending',
    writing: /Sara\W+ is writing…/,
    refused: 'This chat is not available right now.',
    said: ['Hello, where is my order?', 'It is number 1234.', 'Are you still there?'],
    answered: ['Hello! I am looking.', 'It comes tomorrow.'],
    dir: 'ltr',
  },
  fa: {
    launcher: 'گفتگو با ما',
    unread: 'گفتگو با ما، پیام‌های نخوانده: ۱',
    badge: '۱',
    hello: 'سلام! چه کمکی از ما برمی‌آید؟',
    write: 'پیام بنویسید…',
    send: 'فرستادن',
    close: 'بستن گفتگو',
    sent: /^(فرستاده شد|رسید|خوانده شد)$/,
    sending: 'در حال ارسال',
    writing: /Sara\W+ در حال نوشتن است…/,
    refused: 'این گفتگو اکنون در دسترس نیست.',
    said: ['سلام، سفارش من کجاست؟', 'شماره‌اش ۱۲۳۴ است.', 'هنوز هستید؟'],
    answered: ['سلام! دارم نگاه می‌کنم.', 'فردا می‌رسد.'],
    dir: 'rtl',
  },
} as const;

describeInBrowser('the chat on somebody’s page', () => {
  let browser: Browser;
  let hub: TestHub;
  let wire: Wire;
  let site: HostSite;
  let stranger: HostSite;
  let sara: BuiltAgent;
  let desk: Desk;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    hub = await startTestHub();
    wire = holdWire(hub);
    [site, stranger] = [await startHostSite(), await startHostSite()];
    const channel = await connectChat(hub, site.origin);
    [site, stranger].forEach((one) => one.show(hub.url, channel));
    sara = await buildAgent(hub.database, { name: 'Sara' });
    await hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [sara.id]);
    await hub.database.query(`update agent set locale = 'en', status = 'online', cap_units = 1000 where id = $1`, [
      sara.id,
    ]);
    await hub.database.query(`insert into agent_capacity (agent_id, class, cap) values ($1, 'chat', 100)`, [sara.id]);
    browser = await launchChromium();
    desk = await openDesk(browser, hub, { agentId: sara.id });
    await desk.goto('/inbox/mine');
    await desk.page.getByText('No work of yours is waiting.').waitFor();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([hub?.stop(), site?.close(), stranger?.close()]);
  });

  /** A browser of somebody who visits a page. */
  async function visit(address: string, { locale, width, height }: Look): Promise<{ page: Page; watched: Watched }> {
    const context = await browser.newContext({
      locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
      timezoneId: 'Asia/Tehran',
      reducedMotion: 'reduce',
      viewport: { width, height },
    });
    contexts.push(context);
    context.setDefaultTimeout(30_000);
    const watched = watchContext(context, hub.url, new URL(address).origin);
    const page = await context.newPage();
    await page.goto(address);
    return { page, watched };
  }

  const launcherOf = (page: Page, locale: Look['locale']): Locator =>
    page.getByRole('button', { name: words[locale].launcher });

  describe.each<Look>([
    { locale: 'en', ...desktop },
    { locale: 'en', ...hand },
    { locale: 'fa', ...hand },
    { locale: 'fa', ...desktop },
  ])('in $locale, $width pixels wide', (look) => {
    const { locale, width } = look;
    const text = words[locale];
    const shot = (name: string): Promise<void> => takeShot(page, `widget ${name} ${locale} ${width}`);
    let page: Page;
    let watched: Watched;
    const chapter = tellStory(() => [desk]);

    const line = (body: string): Locator => page.locator('peyk-chat .message').filter({ hasText: body });
    const bubble = (body: string): Locator => desk.page.getByRole('article').filter({ hasText: body });
    const reply = (): Locator => desk.page.getByRole('textbox', { name: 'Reply' });
    const say = async (body: string): Promise<void> => {
      await page.getByRole('textbox', { name: text.write }).fill(body);
      await page.getByRole('button', { name: text.send, exact: true }).click();
    };

    chapter('stands on a page with a strict content policy and hostile styles, and opens by its button', async () => {
      ({ page, watched } = await visit(site.page(locale, 'hostile'), look));
      await launcherOf(page, locale).click();
      await page.getByRole('dialog').getByText(text.hello).waitFor();
      expect(await page.getByRole('dialog').getAttribute('dir')).toBe(text.dir);
      await shot('hello');
      expect(await findViolations(page, 'peyk-chat')).toEqual([]);
    });

    chapter('brings what the visitor writes to the agent’s console at once', async () => {
      await say(text.said[0]);
      await line(text.said[0]).getByText(text.sent).waitFor({ state: 'attached' });
      await desk.page.locator('.row').filter({ hasText: text.said[0] }).click();
      await bubble(text.said[0]).waitFor();
      await say(text.said[1]);
      await bubble(text.said[1]).waitFor();
      // Nobody signed in at that browser: its number says nothing to people.
      await desk.page.locator('.identity-address').getByText('Web visitor', { exact: true }).waitFor();
    });

    chapter('shows each side that the other writes', async () => {
      await page.getByRole('textbox', { name: text.write }).pressSequentially(text.said[2].slice(0, 4));
      await desk.page.locator('.conversation-typing').waitFor();
      await reply().pressSequentially(text.answered[0].slice(0, 4));
      await page.locator('peyk-chat .typing').getByText(text.writing).waitFor();
      await shot('typing');
    });

    chapter('shows the visitor the answer, and the agent that it was read', async () => {
      await reply().fill(text.answered[0]);
      await desk.page.getByRole('button', { name: 'Send', exact: true }).click();
      await line(text.answered[0]).waitFor();
      await page.locator('peyk-chat .typing').waitFor({ state: 'detached' });
      await bubble(text.answered[0]).getByText('Read', { exact: true }).waitFor();
    });

    chapter(
      'counts on its button what comes while it is closed, and tells the agent only that it arrived',
      async () => {
        await page.getByRole('button', { name: text.close }).click();
        await reply().fill(text.answered[1]);
        await desk.page.getByRole('button', { name: 'Send', exact: true }).click();
        const unread = page.getByRole('button', { name: text.unread });
        await unread.waitFor();
        expect(await unread.locator('.badge').innerText()).toBe(text.badge);
        await bubble(text.answered[1]).getByText('Delivered', { exact: true }).waitFor();
        await shot('unread');
        await unread.click();
        await line(text.answered[1]).waitFor();
        await bubble(text.answered[1]).getByText('Read', { exact: true }).waitFor();
      },
    );

    chapter('keeps what is written while the line is cut, and tells it once', async () => {
      [watched, desk.watched].forEach((one) =>
        one.expect(/WebSocket connection to .* failed|ERR_EMPTY_RESPONSE|ERR_CONNECTION/),
      );
      wire.cut();
      await say(text.said[2]);
      await line(text.said[2]).getByText(text.sending).waitFor({ state: 'attached' });
      wire.mend();
      await line(text.said[2]).getByText(text.sent).waitFor({ state: 'attached' });
      await bubble(text.said[2]).waitFor();
      const stored = await hub.database.query('select id from message where body = $1 and direction = $2', [
        text.said[2],
        'in',
      ]);
      expect(stored.length).toBeGreaterThan(0);
      expect(await line(text.said[2]).count()).toBe(1);
      expect(await bubble(text.said[2]).count()).toBe(1);
    });

    chapter(
      'knows the visitor again after a reload, with everything that was said, and can be used by everybody',
      async () => {
        await page.reload();
        if (!(await page.getByRole('dialog').isVisible())) {
          await launcherOf(page, locale).click();
        }
        await line(text.said[2]).waitFor();
        expect(await page.locator('peyk-chat .bubble').allInnerTexts()).toEqual([
          text.said[0],
          text.said[1],
          text.answered[0],
          text.answered[1],
          text.said[2],
        ]);
        expect(await findViolations(page, 'peyk-chat')).toEqual([]);
        await shot('conversation');
        await takeShot(desk.page, `widget console ${locale} ${width}`);
        expect([...watched.faults(), ...desk.watched.faults()]).toEqual([]);
      },
    );
  });

  it.each<Look>([
    { locale: 'en', ...desktop },
    { locale: 'fa', ...hand },
  ])('looks the same in $locale whatever the page’s styles say', async (look) => {
    const closed: string[][] = [];
    const opened: Page[] = [];
    for (const styles of ['plain', 'hostile'] as const) {
      const { page } = await visit(site.page(look.locale, styles), look);
      closed.push(await readWhenLaunched(page, look));
      await launcherOf(page, look.locale).click();
      await page.getByRole('dialog').getByText(words[look.locale].hello).waitFor();
      await page.locator('peyk-chat .send').waitFor();
      await page.locator('peyk-chat textarea').blur();
      opened.push(page);
    }
    expect(closed[1]).toEqual(closed[0]);
    // What is said of who is there comes a moment later, to one before the other.
    const read = () => Promise.all(opened.map(readLooks));
    const looks = await until(read, ([plain, hostile]) => String(plain) === String(hostile)).catch(read);
    expect(looks[0]?.length).toBeGreaterThan(20);
    expect(looks[1]).toEqual(looks[0]);
  });

  async function readWhenLaunched(page: Page, { locale }: Look): Promise<string[]> {
    await launcherOf(page, locale).waitFor();
    return readLooks(page);
  }

  it('is not for a page that the channel does not name', async () => {
    const { page, watched } = await visit(stranger.page('en', 'plain'), { locale: 'en', ...desktop });
    watched.expect(/status of 403/);
    await launcherOf(page, 'en').click();
    await page.getByText(words.en.refused).waitFor();
    expect(await page.getByRole('textbox', { name: words.en.write }).isDisabled()).toBe(true);
    expect(watched.faults()).toEqual([]);
  });
});

async function connectChat(hub: TestHub, origin: string): Promise<string> {
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  const caller = await signedIn(hub, (root as { id: string }).id);
  const made = await caller.call<{ id: string }>('/api/channels', {
    body: { kind: 'web', name: 'Shop', config: { allowedOrigins: [origin] }, secrets: {} },
  });
  expect(made.status).toBe(201);
  return made.body.id;
}
