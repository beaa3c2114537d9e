import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { NewSiteKeyView } from '#contract';
import { signedIn } from '../support/build-rows.js';
import { signSiteToken } from '../support/site-tokens.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { htmlOf, startOwnSite, type OwnSite } from './support/own-site.js';
import { watchContext, type Watched } from './support/watch-page.js';

describeInBrowser('whoever is signed in on the site', () => {
  let browser: Browser;
  let hub: TestHub;
  let site: OwnSite;
  let channel: string;
  let key: NewSiteKeyView;
  let signedInThere: string | null = null;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    hub = await startTestHub();
    site = await startOwnSite();
    const [root] = await hub.database.query<{ id: string }>('select id from agent');
    const caller = await signedIn(hub, root?.id ?? '');
    const made = await caller.call<{ id: string }>('/api/channels', { body: { kind: 'web', name: 'Shop' } });
    channel = made.body.id;
    key = (await caller.call<NewSiteKeyView>(`/api/channels/${channel}/site-keys`, { method: 'POST' })).body;
    const policy = `default-src 'none'; script-src ${hub.url}; connect-src 'self' ${hub.url} ${hub.url.replace('http', 'ws')}`;
    const script = (more: string): string =>
      `<script async src="${hub.url}/widget.js" data-channel="${channel}" ${more}></script>`;
    site.pages.set('/', () => ({ body: htmlOf({ head: script('') }), policy }));
    site.pages.set('/members', () => ({ body: htmlOf({ head: script('data-identity="/chat-token"') }), policy }));
    site.pages.set('/chat-token', () => ({
      body: signedInThere === null ? '' : wordOf(signedInThere),
      type: 'application/jwt',
    }));
    browser = await launchChromium();
  }, 180_000);
  afterEach(async () => {
    signedInThere = null;
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([hub?.stop(), site?.close()]);
  });

  const wordOf = (sub: string): string => signSiteToken({ channelId: channel, key, claims: { sub, name: sub } });

  async function device(): Promise<{ context: BrowserContext; watched: Watched }> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    contexts.push(context);
    context.setDefaultTimeout(30_000);
    return { context, watched: watchContext(context, hub.url, site.origin) };
  }

  async function openTab(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(site.origin + path);
    const dialog = page.getByRole('dialog');
    if (!(await dialog.isVisible())) {
      await page.locator('peyk-chat .launcher').click();
    }
    await dialog.waitFor();
    return page;
  }

  const line = (page: Page, body: string) => page.locator('peyk-chat .message').filter({ hasText: body });
  const box = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' });
  async function say(page: Page, body: string): Promise<void> {
    await box(page).fill(body);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await line(page, body).getByText('Sent').waitFor({ state: 'attached' });
  }
  const stored = (page: Page): Promise<string> =>
    page.evaluate<string>(
      'Object.entries({ ...localStorage, ...sessionStorage }).map((entry) => entry.join(" = ")).join(" and ")',
    );
  const identify = (page: Page, word: string): Promise<unknown> =>
    page.evaluate(`PeykChat.identify(${JSON.stringify(word)})`);
  /** What the page hears next of who is there. */
  const heard = (page: Page): Promise<unknown> =>
    page.evaluate(
      'new Promise((done) => { const stop = PeykChat.on("identity", (told) => { stop(); done(told); }); })',
    );

  it('has their conversation on every device, by one attribute and an address of the site', async () => {
    signedInThere = 'sara';
    const [phone, laptop] = [await device(), await device()];
    await say(await openTab(phone.context, '/members'), 'from my phone');
    const page = await openTab(laptop.context, '/members');
    await line(page, 'from my phone').waitFor();
    await say(page, 'and from my laptop');
    await line(phone.context.pages()[0] as Page, 'and from my laptop').waitFor();
    expect([...phone.watched.faults(), ...laptop.watched.faults()]).toEqual([]);
  });

  it('takes along what they said before they signed in, and the words they were just writing', async () => {
    const { context } = await device();
    const page = await openTab(context, '/');
    await say(page, 'before I signed in');
    await box(page).fill('half a sentence');
    const proven = heard(page);
    await identify(page, wordOf('reza'));
    expect(await proven).toEqual({ state: 'proven', reason: null });
    await line(page, 'before I signed in').waitFor();
    expect(await box(page).inputValue()).toBe('half a sentence');
    await say(page, 'after I signed in');
  });

  it('leaves nothing to whoever signs in after them, in any tab', async () => {
    const { context } = await device();
    const [one, two] = [await openTab(context, '/'), await openTab(context, '/')];
    await identify(one, wordOf('ali'));
    await say(one, 'only for Ali');
    await line(two, 'only for Ali').waitFor();
    await box(two).fill('a draft of Ali');
    const token = /"token":"([\w-]{60})/.exec(await stored(one))?.[1] ?? 'none';
    expect(await stored(two)).toContain(token);
    const proven = heard(one);
    await identify(one, wordOf('bita'));
    await proven;
    for (const page of [one, two]) {
      await line(page, 'only for Ali').waitFor({ state: 'detached' });
      expect(await stored(page)).not.toContain('Ali');
      expect(await stored(page)).not.toContain(token);
    }
    expect(await box(one).inputValue()).toBe('');
    await two.getByRole('dialog').waitFor({ state: 'detached' });
    await two.locator('peyk-chat .launcher').click();
    expect(await box(two).inputValue()).toBe('');
    await say(one, 'I am Bita');
    await line(two, 'I am Bita').waitFor();
    expect(await line(two, 'only for Ali').count()).toBe(0);
  });

  it('is forgotten at once by reset, in every tab, whether the hub can be asked or not', async () => {
    const { context } = await device();
    const [one, two] = [await openTab(context, '/'), await openTab(context, '/')];
    await identify(one, wordOf('omid'));
    await say(one, 'a secret of Omid');
    await line(two, 'a secret of Omid').waitFor();
    await box(two).fill('a draft of Omid');
    await context.setOffline(true);
    await one.evaluate('PeykChat.reset()');
    for (const page of [one, two]) {
      await page.locator('peyk-chat .message').first().waitFor({ state: 'detached' });
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.locator('peyk-chat .launcher').getAttribute('aria-expanded')).toBe('false');
      expect(await stored(page)).toBe('');
    }
    await context.setOffline(false);
    await one.locator('peyk-chat .launcher').click();
    await say(one, 'somebody new');
    expect(await line(one, 'a secret of Omid').count()).toBe(0);
  });

  it('is somebody without a name where the site’s word does not hold, and the page hears why', async () => {
    const { context } = await device();
    const page = await openTab(context, '/');
    await say(page, 'mine');
    const refused = heard(page);
    const forged = signSiteToken({
      channelId: channel,
      key: { ...key, secret: 'x'.repeat(40) },
      claims: { sub: 'sara' },
    });
    await identify(page, forged);
    expect(await refused).toEqual({ state: 'refused', reason: 'bad_signature' });
    await say(page, 'still mine');
    expect(await line(page, 'mine').count()).toBe(2);
  });

  it('ends with the site’s own session: a page that says nobody is signed in shows nothing of them', async () => {
    signedInThere = 'nika';
    const { context } = await device();
    const page = await openTab(context, '/members');
    await say(page, 'a secret of Nika');
    signedInThere = null;
    await page.reload();
    await page.locator('peyk-chat .launcher').waitFor();
    await page.waitForFunction('!JSON.stringify(Object.entries(localStorage)).includes("nika")');
    expect(await line(page, 'a secret of Nika').count()).toBe(0);
  });
});
