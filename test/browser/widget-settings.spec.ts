import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { looks } from './support/looks.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

/** What the console says, in each language. */
const words = {
  en: {
    add: 'Add a channel',
    web: 'Web chat',
    save: 'Save',
    title: 'Title, English',
    greeting: 'Greeting, English',
    colour: 'Colour',
    side: 'Left, in Persian right',
    sites: 'Sites that may show the chat, one on each line',
    install: 'Put it on a site',
    signedIn: 'Signed-in visitors',
    key: 'Make a key',
  },
  fa: {
    add: 'افزودن کانال',
    web: 'گفتگوی وب',
    save: 'ذخیره',
    title: 'عنوان، فارسی',
    greeting: 'خوش‌آمد، فارسی',
    colour: 'رنگ',
    side: 'راست، در انگلیسی چپ',
    sites: 'سایت‌هایی که اجازهٔ نمایش گفتگو دارند، هر یک در یک سطر',
    install: 'گذاشتن در سایت',
    signedIn: 'بازدیدکنندگانی که وارد شده‌اند',
    key: 'ساختن کلید',
  },
} as const;

describeInBrowser('the settings of a web chat', () => {
  let browser: Browser;
  let hub: TestHub;
  let root: string;

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    hub = await startTestHub();
    const [row] = await hub.database.query<{ id: string }>('select id from agent');
    root = row?.id ?? '';
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  async function enter(wish: DeskWish): Promise<Desk> {
    await hub.database.query('update agent set locale = $2 where id = $1', [root, wish.locale]);
    const desk = await openDesk(browser, hub, { agentId: root, ...wish });
    await desk.goto('/settings/channels');
    return desk;
  }

  it.each(looks)(
    'show at once how the chat will look, and then give what goes into the site: $locale, $scheme, $width',
    async (look) => {
      const text = words[look.locale];
      const name = `Shop ${look.locale} ${look.width}`;
      const desk = await enter(look);
      const { page } = desk;
      const preview = page.frameLocator('.chat-preview iframe');
      await page.getByRole('button', { name: text.add }).click();
      await page.getByRole('menuitem', { name: text.web }).click();
      await page.locator('.web-chat form input').first().fill(name);
      await page.getByLabel(text.title).fill('Tea & more');
      await page.getByLabel(text.greeting).fill('Welcome!');
      await page.getByRole('textbox', { name: text.colour, exact: true }).fill('#f2c230');
      await page.getByText(text.side, { exact: true }).click();
      // A frame out of sight is not drawn.
      await page.locator('.chat-preview').scrollIntoViewIfNeeded();
      await preview.getByText('Tea & more').waitFor();
      await preview.getByText('Welcome!').waitFor();
      await takeShot(page, `web chat settings new ${look.locale} ${look.scheme} ${look.width}`);
      await page.getByLabel(text.sites).fill('shop.test\nhttps://*.shop.test');
      await page.getByRole('button', { name: text.save }).click();
      const install = page.getByRole('region', { name: text.install });
      await install.getByText('data-color="#f2c230" data-side="start"').waitFor();
      const [stored] = await hub.database.query<{ id: string; config: object }>(
        'select id, config from channel where name = $1',
        [name],
      );
      expect(stored?.config).toMatchObject({
        allowedOrigins: ['https://shop.test', 'https://*.shop.test'],
        side: 'start',
      });
      await page.getByRole('button', { name: text.key }).click();
      const keys = page.getByRole('region', { name: text.signedIn });
      await keys.getByRole('status').locator('pre').first().waitFor();
      await keys.locator('li').waitFor();
      await keys.scrollIntoViewIfNeeded();
      await takeShot(page, `web chat settings keys ${look.locale} ${look.scheme} ${look.width}`);
      await install.scrollIntoViewIfNeeded();
      await takeShot(page, `web chat settings ${look.locale} ${look.scheme} ${look.width}`);
      expect(await findViolations(page, '.settings')).toEqual([]);
      expect(desk.watched.faults()).toEqual([]);
      await desk.close();
    },
  );

  it('say which field the hub does not take', async () => {
    const desk = await enter({ locale: 'en' });
    const { page } = desk;
    desk.watched.expect(/status of 422/);
    await page.getByRole('button', { name: words.en.add }).click();
    await page.getByRole('menuitem', { name: words.en.web }).click();
    await page.getByLabel(words.en.sites).fill('https://*');
    await page.getByRole('button', { name: words.en.save }).click();
    await page.getByLabel(words.en.sites).and(page.locator('[aria-invalid="true"]')).waitFor();
    await desk.close();
  });
});
