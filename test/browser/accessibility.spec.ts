import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ReportName } from '#contract';
import { sections } from '../../apps/agent-ui/src/features/settings/settings-sections.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildAgent, type BuiltAgent } from '../support/build-rows.js';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage, root } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { goInside, lookOver, stillness, stretch, walkByKeys } from './support/look-over.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

const routes = join(root, 'apps/agent-ui/src/app/router.tsx');

type Locale = 'en' | 'fa';

interface Look {
  scheme: 'light' | 'dark';
  width: 1440 | 390;
}

/** In this order nothing but the colours changes from a look to the one after it, or nothing but the width. */
const everyLook: Look[] = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'dark', width: 390 },
  { scheme: 'light', width: 390 },
];

const isWhole = process.env['BROWSER_MATRIX'] === 'full';

/** Both languages and all looks where BROWSER_MATRIX says so. Otherwise the screens take the languages by turns, and the looks of each. */
const localesOf = (name: string): readonly Locale[] =>
  isWhole ? ['en', 'fa'] : names.indexOf(name) % 2 === 0 ? ['en'] : ['fa'];

function looksOf(name: string): Look[] {
  const turn = Math.floor(names.indexOf(name) / 2);
  return isWhole ? everyLook : everyLook.filter((_, index) => index === turn % 4);
}

/** Where a screen is, and what must have come, or be done, before it is looked at. */
interface Screen {
  path: string;
  ready: string;
  act?: (page: Page) => Promise<unknown>;
  /** Looked at by somebody who is not signed in. */
  isOutside?: boolean;
}

const section = (name: string): Screen => ({
  path: `/settings/${name}`,
  ready: `.settings nav a[aria-current][href$="/${name}"] ~ *, .settings-body :is(h2, form)`,
});
/** The form behind the first button of a section. */
const formOf = (name: string): Screen => ({
  ...section(name),
  act: async (page) => {
    await page.locator('.settings-head button').first().click();
    await page.locator('.settings-body form').first().waitFor();
  },
});
const dialog = (key: string): Screen => ({
  path: '/inbox/open',
  ready: '.row',
  act: async (page) => {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
  },
});
const places = Object.keys(sections);
const withForms = ['replies', 'queues', 'team', 'fields', 'hours', 'promises', 'rules', 'surveys', 'webhooks'];
const scriptTabs = ['outline', 'canvas', 'text', 'scenarios', 'versions', 'use', 'teach', 'figures'];
const reports = [
  ...Object.keys({
    volume: true,
    times: true,
    promises: true,
    backlog: true,
    agents: true,
    queues: true,
    channels: true,
    tags: true,
    rules: true,
    bots: true,
    campaigns: true,
    surveys: true,
  } satisfies Record<ReportName, true>),
  'heat',
  'staffing',
  'exports',
  'schedules',
];
const qualityParts = ['samples', 'results', 'scorecard', 'mine'];
const steps = ['company', 'channel', 'team', 'trial', 'done'];

/** What of the scene the addresses of screens name. */
interface Named {
  conversation: string;
  customer: string;
  script: string;
}

const screensOf = ({ conversation, customer, script }: Named): Record<string, Screen> => ({
  'sign-in': { path: '/login', ready: 'form', isOutside: true },
  'set-up': { path: '/setup?token=of-the-link', ready: 'form', isOutside: true },
  forgotten: { path: '/forgotten', ready: 'form', isOutside: true },
  reset: { path: '/reset#of-the-mail', ready: 'main button', isOutside: true },
  join: { path: '/join#of-the-mail', ready: 'main button', isOutside: true },
  'inbox list': { path: '/inbox/open', ready: '.row >> nth=2' },
  conversation: { path: `/inbox/open/${conversation}`, ready: '.message >> nth=3' },
  'composer in note mode': {
    path: `/inbox/open/${conversation}`,
    ready: '.message >> nth=3',
    act: async (page) => {
      await page.keyboard.press('n');
      await page.locator('.composer[data-kind="note"] textarea').fill('فردا دوباره زنگ بزنید');
    },
  },
  palette: dialog('Control+k'),
  'key help': dialog('Shift+Slash'),
  'what happened': {
    path: '/inbox/open',
    ready: '.row',
    act: async (page) => {
      await page.locator('.rail [aria-haspopup="dialog"]').first().click();
      await page.locator('.notices-panel').waitFor();
    },
  },
  'editor of views': {
    path: '/inbox/open',
    ready: '.row',
    act: async (page) => {
      await page.getByRole('button', { name: /^(New view|نمای تازه)$/ }).click();
      await page.locator('.view-editor').waitFor();
    },
  },
  'bar of what is selected': {
    path: '/inbox/open',
    ready: '.row',
    act: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.locator('.bulk-bar').waitFor();
    },
  },
  customers: { path: '/customers', ready: '.customers-list li' },
  profile: { path: `/customers/${customer}`, ready: '#content h1' },
  'live board': { path: '/monitor', ready: '.board table' },
  wall: { path: '/monitor/wall', ready: '#content h1' },
  watch: {
    path: `/watch/${conversation}`,
    ready: '.message >> nth=3',
    act: async (page) => {
      // One of its messages is in doubt and one of its calls was missed: whoever looks on does nothing about them.
      await page.locator('.delivery[data-state="unconfirmed"]').waitFor();
      await page.locator('.call').first().waitFor();
      expect(await page.getByRole('button', { name: /^(Send again|Log a call back)$/u }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /^(ارسال دوباره|ثبت تماس پیگیری)$/u }).count()).toBe(0);
    },
  },
  'new conversation': dialog('c'),
  search: { path: '/search?q=order', ready: '#content h1' },
  ...Object.fromEntries(places.map((name) => [`settings: ${name}`, section(name)])),
  ...Object.fromEntries(withForms.map((name) => [`form: ${name}`, formOf(name)])),
  ...Object.fromEntries(
    scriptTabs.map((tab) => [
      `script: ${tab}`,
      { path: `/settings/scripts/${script}?tab=${tab}`, ready: '#content h1' },
    ]),
  ),
  ...Object.fromEntries(
    reports.map((name) => [`report: ${name}`, { path: `/reports/${name}`, ready: '.reports [aria-current=page]' }]),
  ),
  ...Object.fromEntries(
    qualityParts.map((name) => [
      `quality: ${name}`,
      { path: `/quality/${name}`, ready: '.quality [aria-current=page]' },
    ]),
  ),
  ...Object.fromEntries(
    steps.map((step) => [`first steps: ${step}`, { path: `/start/${step}`, ready: '.start-card h2' }]),
  ),
});

/** The names alone: the table of the tests is made before there is a hub. */
const names = Object.keys(screensOf({ conversation: 'one', customer: 'one', script: 'one' }));

describeInBrowser('screens that everybody can read and use', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let screens: Record<string, Screen>;
  const desks = new Map<string, Promise<Desk>>();
  const readers = {} as Record<Locale, BuiltAgent>;

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    for (const locale of ['en', 'fa'] as const) {
      readers[locale] = await buildAgent(scene.hub.database, {
        name: locale === 'fa' ? 'دارا' : 'Dara',
        role: 'admin',
      });
      await scene.hub.database.query('update agent set locale = $2 where id = $1', [readers[locale].id, locale]);
    }
    const conversation = await fill(scene);
    const { customer } = await openConversation(scene.agent, conversation);
    screens = screensOf({ conversation, customer: customer.id, script: await furnish(scene) });
    browser = await launchChromium();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  it.each(names)('shows %s without a violation', async (name) => {
    const screen = screens[name] as Screen;
    const found = await Promise.all(localesOf(name).map((locale) => lookAt(name, screen, locale)));
    expect(found.flat()).toEqual([]);
  });

  it('leaves out no address of the console', () => {
    const addresses = [...readFileSync(routes, 'utf8').matchAll(/\bpath: '([^']+)'/gu)].map(
      ([, address]) => address as string,
    );
    expect(addresses.length).toBeGreaterThan(20);
    const seen = Object.values(screens).map(({ path }) => path.replace(/[?#].*$/u, ''));
    const isLookedAt = (address: string): boolean => {
      const shape = new RegExp(`^(?:/inbox/[^/]+(?=/[^/]+$))?${address.replaceAll(/\$\w+/gu, '[^/]+')}$`, 'u');
      return seen.some((path) => shape.test(path));
    };
    // They lead on to one of the others.
    const onward = ['/', '/start', '/reports', '/settings'];
    expect(addresses.filter((address) => !onward.includes(address) && !isLookedAt(address))).toEqual([]);
  });

  it.each(['conversation', 'settings: mine', 'form: queues', 'first steps: company'])(
    'keeps %s on the page with wider spacing and longer words, and where the keyboard leads in sight',
    async (name) => {
      const { page } = await deskOf('en', false);
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        await arrive(page, screens[name] as Screen);
        await stillness(page);
        expect([width, await walkByKeys(page, 25)]).toEqual([width, []]);
        const back = await stretch(page, 'spacing');
        expect([width, 'spacing', await lookOver(page, 'en')]).toEqual([width, 'spacing', []]);
        await back();
        await stretch(page, 'words');
        await takeShot(page, `${name} long words ${width}`);
        expect([width, 'words', await lookOver(page, 'en')]).toEqual([width, 'words', []]);
        await page.reload();
      }
    },
  );

  it('would see a screen that is at fault: each kind of fault is found when it is planted', async () => {
    const { page, goto, watched } = await openDesk(browser, scene.hub, { locale: 'en' });
    watched.expect(/status of 401.*\/api\/me\)$/);
    await goto('/login');
    await page.locator('form').waitFor();
    await page.evaluate(() => {
      const { document, setTimeout: later } = globalThis as unknown as {
        document: { body: { insertAdjacentHTML(where: string, html: string): void } };
        setTimeout: (run: () => void) => void;
      };
      document.body.insertAdjacentHTML('beforeend', '<button></button><img src="http://elsewhere.test/x.png" alt="x">');
      console.error('planted complaint');
      later(() => void Promise.reject(new Error('planted rejection')));
    });
    expect((await findViolations(page)).join()).toContain('button-name');
    const faults = watched.faults().join('\n');
    expect(faults).toContain('planted complaint');
    expect(faults).toContain('planted rejection');
    expect(faults).toContain('Content Security Policy');
  });

  /** One page for each language, and within it from screen to screen as links lead: what it has loaded it need not load again. */
  async function lookAt(name: string, screen: Screen, locale: Locale): Promise<string[]> {
    const { page, watched } = await deskOf(locale, screen.isOutside ?? false);
    await page.setViewportSize({ width: 1440, height: 900 });
    await arrive(page, screen);
    const found: string[] = [];
    let before: Look | null = null;
    for (const look of looksOf(name)) {
      await page.emulateMedia({ colorScheme: look.scheme });
      await page.setViewportSize({ width: look.width, height: look.width === 390 ? 844 : 900 });
      await stillness(page);
      await takeShot(page, `${name} ${locale} ${look.scheme} ${look.width}`);
      const isRepainted = before?.width === look.width;
      const seen = [
        ...(await findViolations(page, undefined, isRepainted ? ['color-contrast'] : undefined)),
        ...(isRepainted ? [] : await lookOver(page, locale)),
      ];
      found.push(...seen.map((fault) => `${locale} ${look.scheme} ${look.width}: ${fault}`));
      before = look;
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await stillness(page);
    found.push(...(await lookOver(page, locale)).map((fault) => `${locale} 320: ${fault}`));
    await page.keyboard.press('Escape');
    return [...found, ...watched.faults()];
  }

  /** As a link leads, and anew also where one is already. */
  async function arrive(page: Page, { path, ready, act }: Screen): Promise<void> {
    await goInside(page, '/nowhere');
    await goInside(page, path);
    await page.locator(ready).first().waitFor();
    await act?.(page);
  }

  function deskOf(locale: Locale, isOutside: boolean): Promise<Desk> {
    const key = `${locale} ${isOutside}`;
    const desk = desks.get(key) ?? open(locale, isOutside);
    desks.set(key, desk);
    return desk;
  }

  async function open(locale: Locale, isOutside: boolean): Promise<Desk> {
    const desk = await openDesk(browser, scene.hub, { locale, ...(isOutside ? {} : { agentId: readers[locale].id }) });
    desk.watched.expect(/status of 401.*\/api\/me\)$/);
    // The only answer that is played: this hub is set up, and cannot be new again for each look.
    await desk.page.route('**/api/setup', (route) => route.fulfill({ json: { needed: true } }));
    await desk.goto(isOutside ? '/login' : '/inbox/open');
    await stillness(desk.page);
    return desk;
  }
});

/** Something in every list of the settings that an empty page would hide. @returns the id of a script */
async function furnish({ admin }: ConnectedWorld): Promise<string> {
  const make = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await admin.call<{ id: string }>(path, { body });
    expect([path, answer.status, answer.status === 201 ? '' : answer.text]).toEqual([path, 201, '']);
    return answer.body;
  };
  await make('/api/calendars', {
    name: 'Working hours',
    timeZone: 'Asia/Tehran',
    windows: [6, 7, 1, 2, 3].map((weekday) => ({ weekday, from: 540, to: 1020 })),
    exceptions: [{ day: '2027-03-21', label: { en: 'Nowruz', fa: 'نوروز' }, hours: [] }],
  });
  await make('/api/canned-replies', {
    short: 'hello',
    title: 'Greeting',
    texts: { en: 'Hello!', fa: 'سلام!' },
  });
  const { id } = await make('/api/scripts', { name: 'Main menu', ready: 'main_menu' });
  return id;
}

/** A desk in the middle of a day: five people over four channels, one of whom has been talked with. */
async function fill(scene: ConnectedWorld): Promise<string> {
  const { world, channels, hub, agent } = scene;
  const sms = (from: string, body: string) => world.twilio.sms(channels.sms, { from, to: '+15005550006', body });
  await sms('+989351112233', 'بستهٔ من با کد AB-1234 کی می‌رسد؟');
  await sms('+989127654321', 'کد تخفیف ۲۰٪ کار نمی‌کند 😕');
  world.bot.customer(7, 'سارا محمدی').say('سلام، فاکتور سفارش ۱۲۳۴ را می‌خواهم. https://peyk.test/orders/1234');
  world.bot.customer(8, 'James Carter').say('Hello! My order arrived broken, can you help me?');
  await world.mail.writeTo(hub.app.get(MailReceiver).port as number, {
    from: 'Mina Ahmadi <mina@example.org>',
    to: worldMailbox,
    subject: 'Refund for order 5678',
    text: 'Hello,\n\nplease refund my order.\n\nMina',
    attachments: [{ filename: 'receipt.txt', contentType: 'text/plain', content: Buffer.from('5678') }],
  });
  const rows = await until(
    () => listRows(agent, 'open'),
    (all) => all.length === 5,
  );
  const person = rows.find(({ customer }) => customer.name === 'سارا محمدی');
  const id = person?.conversation ?? '';
  await agent.call(`/api/tickets/${person?.ticket.id}/assignment`, {
    body: { agentId: scene.sara.id, expected: null },
  });
  await replyBy(agent, id, 'telegram', 'سلام سارا جان، همین حالا می‌فرستم.');
  world.bot.faults.arm('cut_after', { only: 'sendMessage' });
  await until(
    async () => world.bot.receivedBy(7).length,
    (count) => count === 1,
  );
  await replyBy(agent, id, 'telegram', 'The invoice is attached: order 1234.');
  await until(
    () => openConversation(agent, id),
    ({ messages }) => messages.some(({ delivery }) => delivery === 'unconfirmed'),
  );
  await agent.call(`/api/conversations/${id}/messages`, {
    body: { id: crypto.randomUUID(), kind: 'note', body: 'مشتری وفادار؛ با احترام پاسخ دهید.' },
  });
  await agent.call(`/api/conversations/${id}/calls`, {
    body: {
      direction: 'in',
      outcome: 'missed',
      address: '+982188888888',
      startedAt: new Date().toISOString(),
      durationSeconds: 0,
      note: '',
    },
  });
  return id;
}
