import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import en from '../../apps/agent-ui/src/i18n/en.json' with { type: 'json' };
import fa from '../../apps/agent-ui/src/i18n/fa.json' with { type: 'json' };
import enChannels from '../../apps/agent-ui/src/i18n/channels.en.json' with { type: 'json' };
import faChannels from '../../apps/agent-ui/src/i18n/channels.fa.json' with { type: 'json' };
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { talkWith, twilioConfig } from '../support/sms-scene.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const phone = '+989121234567';

describeInBrowser('writing SMS', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let page: Page;
  let conversation: string;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en', role = 'admin' where id = $1`, [scene.sara.id]);
    const config = twilioConfig(scene.world.twilio, { price: { perSegment: 89, currency: 'IRR' } });
    await scene.admin.call(`/api/channels/${scene.channels.sms}`, { method: 'PATCH', body: { config } });
    // The only way to the number: another channel's would be open still.
    await scene.hub.database.query(`update channel set enabled = false where kind = 'sms' and id <> $1`, [
      scene.channels.sms,
    ]);
    await scene.hub.app.get(ChannelDirectory).refresh();
    await say('سلام، سفارش من نرسیده');
    conversation = (await talkWith(scene, phone)).id;
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id, height: 1200 });
    desks.push(desk);
    page = desk.page;
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const say = (body: string) => scene.world.twilio.sms(scene.channels.sms, { from: phone, to: '+15005550006', body });
  const box = () => page.locator('.composer textarea');
  /** Numbers stand between marks of direction. */
  const counts = (words: RegExp) => page.locator('.sms-counter', { hasText: words }).waitFor();
  const openIt = () => desk.goto(`/inbox/open/${conversation}`);

  chapter('shows the segments, the alphabet and the price before anything leaves', async () => {
    await openIt();
    await box().fill('پ'.repeat(70));
    await counts(/1\W* SMS\W/u);
    await box().fill('پ'.repeat(71));
    await counts(/2\W* SMS segments.*Unicode \(UCS-2\).*63\W* characters left.*about .*IRR.*178/u);
    await box().fill('Your order is ready');
    await counts(/Latin \(GSM-7\)/u);
  });

  chapter('offers plain signs where one sign makes the message dear', async () => {
    await box().fill(`${'Your order is ready. '.repeat(6)}It’s here`);
    await counts(/3\W* SMS segments/u);
    await page.getByRole('button', { name: /Use plain signs: \W*1\W* SMS/u }).click();
    await counts(/Latin \(GSM-7\)/u);
    expect(await box().inputValue()).toMatch(/It's here$/u);
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'sms counter en');
  });

  chapter('closes the way at once when the customer asks for no more, and says why', async () => {
    await say('لغو');
    await page.getByText(`Asked for no more SMS from`).waitFor();
    await page.locator('.composer-closed', { hasText: /opted out/u }).waitFor();
    await page.locator('.identity-marks', { hasText: 'No SMS from' }).waitFor();
    expect(await page.getByRole('button', { name: en.composer.send, exact: true }).isDisabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'sms opted out en');
  });

  chapter('says the same in Persian, and opens the way again', async () => {
    await scene.hub.database.query(`update agent set locale = 'fa' where id = $1`, [scene.sara.id]);
    await openIt();
    await page.locator('.event-line', { hasText: 'خواست دیگر پیامکی از' }).waitFor();
    await page.locator('.identity-marks', { hasText: 'خودش لغو کرده است' }).waitFor();
    await takeShot(page, 'sms opted out fa');
    await say('شروع');
    await page.locator('.event-line', { hasText: 'دوباره پیامک‌های' }).waitFor();
    await page.locator('.composer-closed').waitFor({ state: 'detached' });
    await box().fill('سفارش شما فردا می‌رسد.');
    await counts(/۱\W* پیامک.*یونیکد \(UCS-2\)/u);
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'sms counter fa');
  });

  for (const [locale, words, channelWords] of [
    ['fa', fa, faChannels],
    ['en', en, enChannels],
  ] as const) {
    chapter(`has a form for each way to carry SMS: ${locale}`, async () => {
      await scene.hub.database.query(`update agent set locale = $2 where id = $1`, [scene.sara.id, locale]);
      for (const form of ['twilio', 'kavenegar', 'smpp', 'gateway'] as const) {
        await desk.goto('/settings/channels');
        await page.locator('.channels li').first().waitFor();
        await page.getByRole('button', { name: words.settings.addChannel }).click();
        await page.getByRole('menuitem', { name: channelWords.form[form], exact: true }).click();
        await page.getByText(channelWords.mailbox.part_limits).click();
        await page.getByLabel(channelWords.field.price_perSegment).waitFor();
        expect((await page.locator('form').textContent()) ?? '').not.toMatch(/\b(?:field|choice|mailbox)\.\w/u);
        expect(await findViolations(page)).toEqual([]);
        await takeShot(page, `sms form ${form} ${locale}`);
      }
    });
  }
});
