import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { mailPagePolicy, withPictures } from '#channels';
import { mailPage } from '../../libs/channels/src/email/html/mail-page.js';
import { hostilePages } from './support/hostile-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';

interface Listening {
  url: string;
  server: Server;
  close(): Promise<void>;
}

/** What pages did while they were shown. */
interface Seen {
  /** Names of pages from which a script spoke. */
  ran: string[];
  /** What the trap was asked for. */
  asked: string[];
  /** How many lines to the trap were opened, with or without a question. */
  lines: number;
  /** What the browser asked anybody for besides the frames themselves, but for what it refused itself. */
  left: string[];
}

/** Dozens of frames at once take their time on a busy machine. */
const patienceMs = 60_000;
const settleMs = 8_000;

const names = Object.keys(hostilePages);
/** With no wall it replaces the console and nothing else can be seen. */
const leadsAway = 'a way out of the frame';
let browser: Browser;

async function listen(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Serve = (page: string) => Promise<{ html: string; headers: Record<string, string> }>;

/** Shows every page in a frame of one console and notes what happens until nothing more does. */
async function show(serve: Serve): Promise<Seen> {
  const seen: Seen = { ran: [], asked: [], lines: 0, left: [] };
  const trap = await listen((request, response) => {
    seen.asked.push(request.url ?? '');
    response.end();
  });
  trap.server.on('connection', () => (seen.lines += 1));
  const pages = await Promise.all(names.map((name) => serve((hostilePages[name] ?? '').replaceAll('TRAP', trap.url))));
  const frames = names.map((_, index) => `<iframe name="${index}" src="/mail/${index}"></iframe>`).join('');
  const console = `<!doctype html><script>ran=[];onmessage=e=>ran.push([...document.querySelectorAll('iframe')].findIndex(f=>f.contentWindow===e.source))</script>${frames}`;
  const host = await listen((request, response) => {
    const page = pages[Number(/^\/mail\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)];
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html ?? console);
  });
  const context = await browser.newContext();
  const tab = await context.newPage();
  const refused = new Set<unknown>();
  const requests: { url: string; request: unknown }[] = [];
  context.on('request', (request) => requests.push({ url: request.url(), request }));
  context.on('requestfailed', (request) => {
    // It gives up a foreign <use> by its origin before it looks at the policy.
    if (/^(?:csp|origin)$|blocked/i.test(request.failure()?.errorText ?? '')) {
      refused.add(request);
    }
  });
  await tab.goto(host.url, { waitUntil: 'load', timeout: patienceMs });
  // A busy browser may lose count of what is under way; what was done by then is judged all the same.
  await tab.waitForLoadState('networkidle', { timeout: settleMs }).catch(() => undefined);
  const ran = await tab.evaluate<number[]>('ran').catch(() => [-1]);
  seen.ran = ran.map((index) => names[index] ?? 'the console itself was replaced');
  seen.left = requests
    .filter(({ url, request }) => !refused.has(request) && !url.startsWith(host.url) && /^(?:https?|wss?):/.test(url))
    .map(({ url }) => url.replace(trap.url, 'TRAP'));
  await context.close();
  await Promise.all([trap.close(), host.close()]);
  return seen;
}

const framed = { 'content-security-policy': mailPagePolicy(), 'x-dns-prefetch-control': 'off' };

function asMail(page: string): Buffer {
  return Buffer.from(`From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}`);
}

describeInBrowser('hostile mails in a real browser', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('are hostile: shown without any wall, they run and they call', async () => {
    const away = hostilePages[leadsAway];
    const seen = await show((page) =>
      Promise.resolve({ html: page.startsWith(away?.slice(0, 12) ?? '') ? '' : page, headers: {} }),
    );
    expect(new Set(seen.ran).size).toBeGreaterThan(10);
    expect(new Set(seen.asked).size).toBeGreaterThan(25);
    expect(seen.left.length).toBeGreaterThan(25);
  });

  it('do nothing behind the frame alone, with the sanitizer off', async () => {
    const { ran, asked, left, lines } = await show((page) => Promise.resolve({ html: page, headers: framed }));
    expect({ ran, asked, left }).toEqual({ ran: [], asked: [], left: [] });
    // Chromium opens a line ahead for a frame that the policy then forbids. Nothing is said on it.
    expect(lines).toBeLessThanOrEqual(2);
  });

  it('do nothing behind the sanitizer alone, without the frame', async () => {
    const seen = await show(async (page) => {
      const { html } = await mailPage(asMail(page), { images: false });
      return { html: html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''), headers: {} };
    });
    expect(seen).toEqual({ ran: [], asked: [], lines: 0, left: [] });
  });

  it('do nothing behind both', async () => {
    const seen = await show(async (page) => ({
      html: (await mailPage(asMail(page), { images: false })).html,
      headers: framed,
    }));
    expect(seen).toEqual({ ran: [], asked: [], lines: 0, left: [] });
    process.stderr.write(`hostile mails: ${names.length} pages, sanitizer on and off: 0 scripts, 0 requests\n`);
  });

  it('have their images, and only images, fetched by the hub once somebody asks for them: the browser asks nobody', async () => {
    const seen = await show(async (page) => ({
      html: (await withPictures(await mailPage(asMail(page), { images: true }), undefined)).html,
      headers: framed,
    }));
    expect([seen.ran, seen.left, new Set(seen.asked)]).toEqual([
      [],
      [],
      new Set(['/pixel.gif', '/shadow', '/shadow2']),
    ]);
  });

  it('show the images that they bring themselves, in the frame that may do nothing', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const raw = Buffer.from(
      `From: a@b.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:p%40x" alt=pic>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${pixel}\r\n--b--\r\n`,
    );
    const { html } = await mailPage(raw, { images: false });
    const host = await listen((request, response) => {
      const isMail = request.url === '/mail';
      response.writeHead(200, { 'content-type': 'text/html', ...(isMail ? framed : {}) });
      response.end(isMail ? html : '<iframe src="/mail"></iframe>');
    });
    const tab = await browser.newPage();
    await tab.goto(host.url, { waitUntil: 'load' });
    const image = tab.frameLocator('iframe').locator('img');
    await image.waitFor();
    expect(await image.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    await tab.close();
    await host.close();
  });
});
