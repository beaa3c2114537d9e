import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import enChannels from '../../apps/agent-ui/src/i18n/channels.en.json' with { type: 'json' };
import faChannels from '../../apps/agent-ui/src/i18n/channels.fa.json' with { type: 'json' };
import en from '../../apps/agent-ui/src/i18n/en.json' with { type: 'json' };
import fa from '../../apps/agent-ui/src/i18n/fa.json' with { type: 'json' };
import enStart from '../../apps/agent-ui/src/i18n/start.en.json' with { type: 'json' };
import faStart from '../../apps/agent-ui/src/i18n/start.fa.json' with { type: 'json' };
import { startPbx } from '../../tools/stand-ins/pbx.js';
import { startWorld, worldMailbox, worldPublicUrl, type World } from '../../tools/stand-ins/world.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const phone = '+989121234567';
const ourNumber = '+15005550006';
const exchangeToken = 'sixteen-letters-and-more';

/** What is read on the screens, and what is said over each channel and answered. */
const tongues = {
  en: {
    words: { ...en, ...enStart, channels: enChannels },
    web: ['Is anybody there?', 'Yes, how can I help?'],
    email: ['Where is my order?', 'It left this morning.'],
    telegram: ['Do you open on Friday?', 'From nine to noon.'],
    sms: ['My code did not come', 'We sent it once more.'],
  },
  fa: {
    words: { ...fa, ...faStart, channels: faChannels },
    web: ['سلام، کسی هست؟', 'بله، بفرمایید.'],
    email: ['سفارش من کجاست؟', 'امروز صبح فرستاده شد.'],
    telegram: ['جمعه باز هستید؟', 'از نه تا دوازده.'],
    sms: ['کد من نرسید', 'دوباره فرستادیم.'],
  },
} as const;

for (const locale of ['en', 'fa'] as const) {
  const tongue = tongues[locale];
  const { words } = tongue;

  describeInBrowser(`a hub from its first start to five channels: ${locale}`, () => {
    let browser: Browser;
    let hub: TestHub;
    let world: World;
    let desk: Desk;
    let page: Page;
    let chat: Page;
    const chapter = tellStory(() => [desk]);

    beforeAll(async () => {
      await buildPage('console');
      await buildPage('widget');
      hub = await startTestHub({
        env: {
          PEYK_ADMIN_EMAIL: '',
          PEYK_ADMIN_PASSWORD: '',
          PUBLIC_URL: worldPublicUrl,
          MAIL_LISTEN: '127.0.0.1:0',
          OUTBOUND_ALLOW: '127.0.0.0/8',
        },
      });
      world = await startWorld(hub.url);
      browser = await launchChromium();
      desk = await openDesk(browser, hub, { locale });
      desk.watched.expect(/status of 401.*\/api\/me\)$/);
      page = desk.page;
    }, 120_000);

    afterEach(() => expect(desk.watched.faults()).toEqual([]));

    afterAll(async () => {
      await browser?.close();
      await hub?.stop();
      await world?.close();
    });

    const press = (name: string, within: Page | Locator = page) =>
      within.getByRole('button', { name, exact: true }).click();
    /** What must be filled in bears a star behind its name. */
    const field = (name: keyof typeof enChannels.field) => {
      const label = words.channels.field[name];
      return page
        .getByLabel(label, { exact: true })
        .or(page.getByLabel(`${label} *`, { exact: true }))
        .first();
    };
    const channelOf = async (kind: string): Promise<string> => {
      const [row] = await hub.database.query<{ id: string }>('select id from channel where kind = $1', [kind]);
      return row?.id ?? '';
    };

    /** Adds a channel as its form asks, and leaves the list with it. */
    async function add(form: keyof typeof enChannels.form, fill: () => Promise<void>): Promise<void> {
      await desk.goto('/settings/channels');
      await page.locator('.channels li').first().waitFor();
      await press(words.settings.addChannel);
      await page.getByRole('menuitem', { name: words.channels.form[form], exact: true }).click();
      await fill();
      await page.getByLabel(words.settings.queue).selectOption({ index: 1 });
      await press(words.common.save);
      await page.getByText(words.common.saved, { exact: true }).first().waitFor();
    }

    /** Reads what came in, and answers it where it came from. */
    async function answer([said, answered]: readonly [string, string]): Promise<void> {
      await desk.goto('/inbox/unassigned');
      await page.locator('.row', { hasText: said }).click();
      await page.getByRole('article').filter({ hasText: said }).waitFor();
      await page.getByRole('textbox', { name: words.composer.reply }).fill(answered);
      await press(words.composer.send);
      await page.getByRole('article').filter({ hasText: answered }).waitFor();
    }

    chapter('has its first account and company, and a chat that works before anything else', async () => {
      await desk.goto(`/setup?token=${hub.setUpToken}`);
      await page.getByLabel(words.setup.name).fill('Nima');
      await page.getByLabel(words.session.email).fill('nima@peyk.test');
      await page.getByLabel(words.session.password, { exact: true }).fill('twelve quiet lanterns');
      await press(words.setup.create);
      await page.getByLabel(words.start.company.name).fill('Lantern');
      // What is sent leaves at once, and nobody waits for its being taken back.
      await hub.database.query(`update agent set preferences = preferences || '{"undo":{"email":0,"other":0}}'`);
      await press(words.start.next);
      await page.getByRole('button', { name: new RegExp(`^${words.start.channel.web}`, 'u') }).click();
      await press(words.start.channel.makeChat);
      const link = page.getByRole('link', { name: words.start.channel.openChat });
      chat = await desk.context.newPage();
      await chat.goto(new URL((await link.getAttribute('href')) ?? '', hub.url).href.replace(worldPublicUrl, hub.url));
      await chat.getByRole('textbox').fill(tongue.web[0]);
      await chat.getByRole('textbox').press('Enter');
      await page.getByText(words.start.arrived).waitFor();
      await answer(tongue.web);
      await chat.getByText(tongue.web[1]).waitFor();
      await chat.close();
    });

    chapter('takes a mail and answers it in its thread', async () => {
      await add('email', async () => {
        await field('address').fill(worldMailbox);
        await field('fromName').fill('Lantern');
        await field('smtp_host').fill('127.0.0.1');
        await field('smtp_port').fill(String(world.mail.port));
        await field('smtp_secure').uncheck();
      });
      const { messageId } = await world.mail.writeTo(hub.app.get(MailReceiver).port as number, {
        from: 'Mina <mina@example.org>',
        to: worldMailbox,
        subject: tongue.email[0],
        text: tongue.email[0],
      });
      await answer(tongue.email);
      const sent = await world.mail.waitFor(({ text }) => text.includes(tongue.email[1]), 10_000);
      expect(sent.envelope).toEqual({ from: worldMailbox, to: ['mina@example.org'] });
      expect(sent.headers['in-reply-to']).toBe(messageId);
    });

    chapter('takes a message of Telegram and answers it', async () => {
      await add('telegram', async () => {
        await field('token').fill(world.bot.token);
        await field('apiRoot').fill(world.bot.url);
      });
      world.bot.customer(7, 'Reza').say(tongue.telegram[0]);
      await answer(tongue.telegram);
      await until(
        () => Promise.resolve(world.bot.receivedBy(7).map(({ text }) => text)),
        (texts) => texts.includes(tongue.telegram[1]),
      );
    });

    chapter('takes an SMS and answers it', async () => {
      await add('twilio', async () => {
        await field('accountSid').fill(world.twilio.accountSid);
        await field('authToken').fill(world.twilio.authToken);
        await field('from').fill(ourNumber);
        await field('baseUrl').fill(world.twilio.url);
      });
      await world.twilio.sms(await channelOf('sms'), { from: phone, to: ourNumber, body: tongue.sms[0] });
      await answer(tongue.sms);
      await until(
        () => Promise.resolve(world.twilio.receivedBy(phone).map(({ body }) => body)),
        (bodies) => bodies.includes(tongue.sms[1]),
      );
    });

    chapter('shows a call of the exchange beside what the caller wrote, and all five as they are', async () => {
      await add('pbx', () => field('token').fill(exchangeToken));
      const url = `${hub.url}/hooks/calls/${await channelOf('phone')}`;
      const exchange = startPbx({ url, token: exchangeToken });
      await exchange.call({ from: phone, to: '02188888888', answeredBy: '101' });
      exchange.close();
      await desk.goto('/inbox/all');
      await page.locator('.row', { hasText: words.channel.phone }).click();
      await page.getByRole('article').filter({ hasText: tongue.sms[1] }).waitFor();
      await page.getByText(words.call.in, { exact: true }).first().waitFor();
      await takeShot(page, `five channels inbox ${locale}`);
      await desk.goto('/settings/channels');
      const lines = page.locator('.channels li');
      await lines.nth(4).waitFor();
      expect(await lines.getByText(words.settings.channelOn, { exact: true }).count()).toBe(5);
      await takeShot(page, `five channels ${locale}`);
    });
  });
}
