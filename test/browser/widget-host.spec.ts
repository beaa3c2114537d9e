import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signedIn } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { htmlOf, startOwnSite, type OwnSite } from './support/own-site.js';
import { takeShot } from './support/take-shot.js';
import { watchContext } from './support/watch-page.js';

describeInBrowser('a page that shows the chat', () => {
  let browser: Browser;
  let hub: TestHub;
  let site: OwnSite;
  let stranger: OwnSite;
  let channel: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    hub = await startTestHub();
    [site, stranger] = [await startOwnSite(), await startOwnSite()];
    const [root] = await hub.database.query<{ id: string }>('select id from agent');
    const caller = await signedIn(hub, root?.id ?? '');
    const config = {
      allowedOrigins: [site.origin],
      title: { en: 'Tea shop', fa: 'چای‌فروشی' },
      colour: '#f2c230',
      side: 'start',
    };
    const made = await caller.call<{ id: string }>('/api/channels', { body: { kind: 'web', name: 'Shop', config } });
    channel = made.body.id;
    const script = `<script async src="${hub.url}/widget.js" data-channel="${channel}"></script>`;
    const frame = `<iframe src="${hub.url}/chat/${channel}" title="Chat" width="420" height="600"></iframe>`;
    for (const one of [site, stranger]) {
      one.pages.set('/', () => ({ body: htmlOf({ head: script }) }));
      one.pages.set('/plain', () => ({ body: htmlOf({}) }));
      one.pages.set('/frame', () => ({
        body: htmlOf({ body: frame }),
        policy: `default-src 'none'; frame-src ${hub.url}`,
      }));
    }
    browser = await launchChromium();
  }, 180_000);
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([hub?.stop(), site?.close(), stranger?.close()]);
  });

  async function visit(address: string): Promise<{ context: BrowserContext; page: Page; asked: string[] }> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    contexts.push(context);
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    await page.addInitScript(`
      window.long = [];
      new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask', buffered: true });`);
    await page.goto(address);
    return { context, page, asked };
  }

  const launcher = (page: Page) => page.getByRole('button', { name: 'Chat with us' });
  const longTasks = (page: Page): Promise<number[]> =>
    page.evaluate<number[]>('new Promise((done) => requestIdleCallback(() => done(window.long)))');

  it('asks the hub for one file, does no long piece of work for it and keeps nothing, until somebody clicks', async () => {
    const loads: number[][] = [];
    for (let tried = 0; tried < 3; tried += 1) {
      const { context, page, asked } = await visit(`${site.origin}/`);
      await launcher(page).waitFor();
      loads.push(await longTasks(page));
      expect(asked.filter((url) => url.startsWith(hub.url))).toEqual([`${hub.url}/widget.js`]);
      const kept = await page.evaluate(`(async () => [
        localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, 'caches' in window ? (await caches.keys()).length : 0])()`);
      expect(kept).toEqual([0, 0, '', 0, 0]);
      expect(await context.cookies()).toEqual([]);
    }
    // A busy machine can make any page slow once; the chat would do it each time.
    expect(loads.toSorted((a, b) => a.length - b.length)[0]).toEqual([]);
  });

  it('keeps the token in storage and headers, never in an address', async () => {
    const { context, page, asked } = await visit(`${site.origin}/`);
    const sent: string[] = [];
    context.on('request', (request) => sent.push(JSON.stringify(request.headers())));
    await launcher(page).click();
    await page.getByRole('textbox', { name: 'Write a message…' }).fill('hello');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .locator('peyk-chat .message')
      .filter({ hasText: 'hello' })
      .getByText('Sent')
      .waitFor({ state: 'attached' });
    const token = await page.evaluate<string>(`JSON.parse(localStorage.getItem('peyk.chat.${channel}')).session.token`);
    expect(token.length).toBeGreaterThan(50);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((url) => url.includes(token.slice(0, 20)))).toEqual([]);
    expect(sent.filter((headers) => /"cookie"/.test(headers))).toEqual([]);
    expect(page.url()).not.toContain(token.slice(0, 20));
    const keys = await page.evaluate<string[]>('[...Object.keys(localStorage), ...Object.keys(sessionStorage)]');
    expect(keys.every((key) => key.startsWith('peyk.chat.'))).toBe(true);
  });

  it('has the chat in the channel’s own colour and corner, read as well on a light one', async () => {
    const { page } = await visit(`${site.origin}/`);
    await launcher(page).click();
    await page.getByRole('dialog').getByText('Tea shop').waitFor();
    const look = await page.evaluate<{ left: number; ground: string; ink: string }>(`(() => {
      const dialog = document.querySelector('peyk-chat').shadowRoot.querySelector('dialog');
      const { backgroundColor: ground, color: ink } = getComputedStyle(dialog.querySelector('header'));
      return { left: dialog.getBoundingClientRect().left, ground, ink };
    })()`);
    expect(look).toMatchObject({ ground: 'rgb(242, 194, 48)', ink: 'rgb(0, 0, 0)' });
    expect(look.left).toBeLessThan(100);
    await takeShot(page, 'widget own colour and corner');
  });

  it('shows it in a frame that needs no script of ours, if the channel names the site', async () => {
    const { page } = await visit(`${site.origin}/frame`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('textbox', { name: 'Write a message…' }).fill('from a frame');
    await frame.getByRole('button', { name: 'Send', exact: true }).click();
    await frame
      .locator('peyk-chat .message')
      .filter({ hasText: 'from a frame' })
      .getByText('Sent')
      .waitFor({ state: 'attached' });
    await takeShot(page, 'widget in a frame');
  });

  it('shows it in no frame of a site that the channel does not name', async () => {
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.goto(`${stranger.origin}/frame`);
    await refused;
    expect(await page.frameLocator('iframe').locator('peyk-chat').count()).toBe(0);
  });

  it('is a page of its own by its link, in English and in Persian', async () => {
    for (const [locale, title] of [
      ['en-GB', 'Tea shop'],
      ['fa-IR', 'چای‌فروشی'],
    ]) {
      const context = await browser.newContext({ locale: locale ?? '', viewport: { width: 390, height: 844 } });
      contexts.push(context);
      const watched = watchContext(context, hub.url);
      const page = await context.newPage();
      await page.goto(`${hub.url}/chat/${channel}`);
      await page.getByRole('heading', { name: title ?? '' }).waitFor();
      await page.waitForFunction(`document.title === ${JSON.stringify(title)}`);
      await takeShot(page, `widget hosted page ${locale ?? ''}`);
      expect(watched.faults()).toEqual([]);
    }
  });

  it('stays as it was where the hub is away', async () => {
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    await context.route(`${hub.url}/**`, (route) => route.abort());
    await page.goto(`${site.origin}/`);
    await page.getByRole('heading', { name: 'A shop' }).click();
    expect(await page.locator('peyk-chat').count()).toBe(0);
  });
});
