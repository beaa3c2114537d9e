import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { beginChat, said, seen } from '../support/bot-chat.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPage, root } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

/** A second of silence, as a recorder writes it. */
function silence(): Buffer {
  const samples = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

const words = {
  en: {
    edited: 'edited',
    place: 'Location',
    own: 'Their own number',
    tooLarge: /Ask for a link/,
    link: 'Make a chat link',
    page: "Customer's own page",
  },
  fa: {
    edited: 'ویرایش',
    place: 'موقعیت مکانی',
    own: 'شمارهٔ خودِ مشتری',
    tooLarge: /پیوند بخواهید/,
    link: 'ساختن پیوند گفتگو',
    page: 'صفحهٔ خود مشتری',
  },
};

describeInBrowser('what comes over Telegram', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let conversation: string;

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    conversation = await tellAll();
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  /** Somebody who sends one of everything. */
  async function tellAll(): Promise<string> {
    const { chat, name, conversation: id } = await beginChat(scene, 'سفارش ۱۲۳ نرسیده');
    const customer = scene.world.bot.customer(chat, name);
    const [first] = scene.world.bot.sent as unknown as [{ message: { message_id: number } }];
    customer.edit(first.message.message_id, 'سفارش ۱۲۴ نرسیده است');
    const at = { latitude: 35.70073, longitude: 51.39121 };
    customer.say('', {
      text: undefined,
      location: at,
      venue: { title: 'کافه نادری', address: 'تهران، خیابان جمهوری' },
    });
    customer.say('', {
      text: undefined,
      contact: { phone_number: '+989121234567', first_name: 'مریم', user_id: chat },
    });
    customer.say('', { text: undefined, contact: { phone_number: '+989351112233', first_name: 'علی' } });
    customer.say('', {
      text: undefined,
      sticker: { file_id: 'none', file_unique_id: 's', emoji: '👍', is_animated: true },
    });
    customer.sendFile({ as: 'voice', bytes: silence(), name: 'voice.wav', mediaType: 'audio/wav' });
    const asked = { message_id: 2, date: 1, from: { id: 1, is_bot: true }, text: 'در چه روزی سفارش دادید؟' };
    customer.say('شنبه', { reply_to_message: asked });
    customer.say('این را دوستم نوشت', { forward_origin: { type: 'hidden_user', sender_user_name: 'Ali', date: 1 } });
    const photo = readFileSync(join(root, 'apps/agent-ui/public/peyk.svg'));
    const file = { as: 'document' as const, bytes: photo, name: 'a.svg', mediaType: 'image/svg+xml' };
    customer.sendAlbum([file, { ...file, name: 'b.svg', caption: 'هر دو' }]);
    const big = {
      as: 'document' as const,
      bytes: Buffer.alloc(20 * 1024 * 1024 + 1),
      name: 'film.mp4',
      mediaType: 'video/mp4',
    };
    customer.sendFile({ ...big, says: 25 * 1024 * 1024 });
    await seen(scene, id, (view) => {
      const files = said(view).flatMap(({ attachments }) => attachments);
      return said(view).length === 10 && files.every(({ state }) => state !== 'fetching');
    });
    return id;
  }

  for (const locale of ['en', 'fa'] as const) {
    it(`looks as it was sent, in ${locale}`, async () => {
      await scene.hub.database.query('update agent set locale = $2 where id = $1', [scene.sara.id, locale]);
      const { page, goto, watched, close } = await openDesk(browser, scene.hub, {
        agentId: scene.sara.id,
        locale,
        height: 1600,
        scheme: locale === 'fa' ? 'dark' : 'light',
      });
      await goto(`/inbox/open/${conversation}`);
      await page.locator('.message').nth(9).waitFor();
      await page.locator('.shared-from').getByText('در چه روزی سفارش دادید؟').waitFor();
      await page.locator('.shared-card').getByText(words[locale].place, { exact: true }).waitFor();
      await page.locator('.shared-card').getByText(words[locale].own).waitFor();
      expect(await page.locator('.shared-card a').getAttribute('href')).toContain('mlat=35.70073&mlon=51.39121');
      expect(await page.locator('.shared-sticker').innerText()).toBe('👍');
      expect(await page.locator('audio.attachment-voice').count()).toBe(1);
      await page.locator('.message').getByText(words[locale].tooLarge).first().waitFor();
      await takeShot(page, `telegram ${locale}`);
      expect(await findViolations(page)).toEqual([]);

      await page.locator('.edited-mark').click();
      await page.locator('.revisions').getByText('سفارش ۱۲۳ نرسیده').waitFor();
      await takeShot(page, `telegram revisions ${locale}`);
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: words[locale].page }).click();
      await page.getByRole('button', { name: words[locale].link }).click();
      const made = page.locator('.link-made input');
      await made.waitFor();
      expect(await made.inputValue()).toMatch(/^https:\/\/t\.me\/peyk_bot\?start=[\w-]{32}$/);
      await takeShot(page, `telegram link ${locale}`);
      expect(await findViolations(page)).toEqual([]);
      expect(watched.faults()).toEqual([]);
      await close();
    });
  }
});
