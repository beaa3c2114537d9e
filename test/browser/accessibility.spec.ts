import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

interface Look {
  locale: 'en' | 'fa';
  scheme: 'light' | 'dark';
  width: 1440 | 390;
}

const looks: Look[] = (['en', 'fa'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((scheme) => ([1440, 390] as const).map((width) => ({ locale, scheme, width }))),
);

/** Where a screen is, who looks at it, and what must have come before it is looked at. */
interface Screen {
  path: (conversation: string) => string;
  signedIn: boolean;
  ready: (page: Page) => Promise<unknown>;
}

const opened = (page: Page): Promise<void> => page.locator('.message').last().waitFor();

const screens: Record<string, Screen> = {
  'sign-in': {
    path: () => '/login',
    signedIn: false,
    ready: (page) => page.locator('form').waitFor(),
  },
  'set-up': {
    path: () => '/setup?token=of-the-link',
    signedIn: false,
    ready: (page) => page.locator('form').waitFor(),
  },
  'inbox list': {
    path: () => '/inbox/open',
    signedIn: true,
    ready: (page) => page.locator('.row').nth(2).waitFor(),
  },
  conversation: {
    path: (conversation) => `/inbox/open/${conversation}`,
    signedIn: true,
    ready: opened,
  },
  'composer in note mode': {
    path: (conversation) => `/inbox/open/${conversation}`,
    signedIn: true,
    ready: async (page) => {
      await opened(page);
      await page.keyboard.press('n');
      await page.locator('.composer[data-kind="note"] textarea').fill('فردا دوباره زنگ بزنید');
    },
  },
  'channel settings': {
    path: () => '/settings/channels',
    signedIn: true,
    ready: (page) => page.locator('.channels li').first().waitFor(),
  },
  'my settings': {
    path: () => '/settings/mine',
    signedIn: true,
    ready: (page) => page.locator('.settings-body select').first().waitFor(),
  },
};

/** Every screen in every look, or with each screen and each look at least once. */
const cases: [screen: string, look: Look][] =
  process.env['BROWSER_MATRIX'] === 'full'
    ? Object.keys(screens).flatMap((screen) => looks.map((look): [string, Look] => [screen, look]))
    : [...Object.keys(screens), 'conversation'].map((screen, number) => [screen, looks[(number * 3) % 8] as Look]);

describeInBrowser('screens that everybody can read and use', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let conversation: string;
  const desks = new Map<string, Desk>();
  const readers = {} as Record<Look['locale'], BuiltAgent>;

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
    conversation = await fill(scene);
    browser = await launchChromium();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  it.each(cases)('shows the %s without a violation, %p', async (name, look) => {
    const screen = screens[name] as Screen;
    const { page, goto, watched } = await deskOf(look.locale, screen.signedIn);
    await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: look.width, height: look.width === 390 ? 844 : 900 });
    await goto(screen.path(conversation));
    await screen.ready(page);
    await page.evaluate('document.fonts.ready');
    await takeShot(page, `${name} ${look.locale} ${look.scheme} ${look.width}`);
    expect(await findViolations(page)).toEqual([]);
    expect(watched.faults()).toEqual([]);
  });

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

  /** One desk for each language and for readers in and out: what it has loaded once it need not load again. */
  async function deskOf(locale: Look['locale'], signedIn: boolean): Promise<Desk> {
    const key = `${locale} ${signedIn}`;
    const desk =
      desks.get(key) ??
      (await openDesk(browser, scene.hub, { locale, ...(signedIn ? { agentId: readers[locale].id } : {}) }));
    if (!desks.has(key)) {
      desks.set(key, desk);
      // The only answer that is played: this hub is set up, and cannot be new again for each look.
      await desk.page.route('**/api/setup', (route) => route.fulfill({ json: { needed: true } }));
    }
    return desk;
  }
});

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
