import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { CustomerAttributeView, SegmentView } from '#contract';
import { signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    attributes: 'Attributes',
    addAttribute: 'Add attribute',
    key: 'Key',
    name: 'Name in English',
    kind: 'What it holds',
    region: 'Region',
    provinces: 'Fill in the provinces of Iran',
    save: 'Save',
    imports: 'Imports',
    file: 'Phone,Name,Region 0\n+989121119900,Sara,Fars\n12,Nobody,Atlantis\n',
    wrong: 'Not a phone number',
    begin: 'Begin the import',
    done: 'Done',
    refused: 'Refused lines as a file',
    segments: 'Segments',
    add: 'Add segment',
    question: 'Add a question',
    what: 'What',
    attribute: 'Attribute',
    fars: 'Fars',
    look: 'Count and show some',
    count: /1\b.*customer is in it/u,
    why: 'Why',
    saw: 'seen:',
    tiers: 'Tiers',
    preview: 'Show how many would have which tier',
    without: 'No tier',
    known: 'Known of them',
    dir: 'ltr',
  },
  fa: {
    attributes: 'ویژگی‌ها',
    addAttribute: 'افزودن ویژگی',
    key: 'کلید',
    name: 'نام به فارسی',
    kind: 'چه نگه می‌دارد',
    region: 'Region',
    provinces: 'پر کردن با استان‌های ایران',
    save: 'ذخیره',
    imports: 'ورود داده',
    file: 'موبایل,نام,Region 1\n۰۹۱۲۱۱۱۹۹۰۱,سارا,فارس\n12,هیچ‌کس,ناکجا\n',
    wrong: 'شماره تلفن نیست',
    begin: 'آغاز ورود',
    done: 'انجام شد',
    refused: 'سطرهای پذیرفته‌نشده در پرونده',
    segments: 'بخش‌ها',
    add: 'افزودن بخش',
    question: 'افزودن پرسش',
    what: 'چه چیز',
    attribute: 'ویژگی',
    fars: 'فارس',
    look: 'شمردن و نشان دادن چند نفر',
    count: /۱.*مشتری در آن است/u,
    why: 'چرا',
    saw: 'مقدار او:',
    tiers: 'سطح‌ها',
    preview: 'نشان بده هر سطح چند نفر می‌شود',
    without: 'بی‌سطح',
    known: 'آنچه می‌دانیم',
    dir: 'rtl',
  },
} as const;

/** In CI the reader is a Persian one; by hand both are. */
const locales = process.env['BROWSER_MATRIX'] === 'full' ? (['en', 'fa'] as const) : (['fa'] as const);

describeInBrowser('segments', () => {
  let browser: Browser;
  let hub: TestHub;
  let admin: Caller;
  let adminId: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    adminId = (root as { id: string }).id;
    admin = await signedIn(hub, adminId);
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  async function enter(locale: 'en' | 'fa'): Promise<Page> {
    await hub.database.query('update agent set locale = $2 where id = $1', [adminId, locale]);
    const desk = await openDesk(browser, hub, { agentId: adminId, locale });
    desks.push(desk);
    await desk.goto('/settings/segments');
    await desk.page.locator('.rail').waitFor();
    return desk.page;
  }

  describe.each([...locales])('in %s', (locale: 'en' | 'fa') => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    const called = locale === 'en' ? 'Region 0' : 'Region 1';
    const key = `region_${locale}`;
    let page: Page;

    afterAll(async () => {
      expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]);
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    const tab = (name: string) => page.locator('.segment-tabs').getByRole('button', { name }).click();
    const sound = async (name: string): Promise<void> => {
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await takeShot(page, `segments ${name} ${locale}`);
    };

    chapter('an attribute is set up, and a table of customers is imported', async () => {
      page = await enter(locale);
      expect(await page.locator('html').getAttribute('dir')).toBe(text.dir);
      await tab(text.attributes);
      await page.getByRole('button', { name: text.addAttribute }).click();
      await page.getByRole('textbox', { name: text.name }).fill(called);
      await page.getByRole('textbox', { name: text.key }).fill(key);
      await page.getByLabel(text.kind).selectOption('region');
      await page.getByRole('button', { name: text.provinces }).click();
      await page.getByRole('button', { name: text.save, exact: true }).click();
      await page.locator('.channels').getByText(called).waitFor();
      const { body } = await admin.call<CustomerAttributeView[]>('/api/customer-attributes');
      expect(body.find((one) => one.key === key)?.choices).toHaveLength(31);
      await sound('attributes');
      await tab(text.imports);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(text.file) });
      await page.getByText(text.wrong).waitFor();
      await sound('mapper');
      await page.getByRole('button', { name: text.begin }).click();
      await page.locator('.chip').getByText(text.done).waitFor({ timeout: 40_000 });
      await page.getByRole('link', { name: text.refused }).waitFor();
      await sound('imports');
    });

    chapter('a segment asks for some of them, and says why each is in it', async () => {
      await tab(text.segments);
      await page.getByRole('button', { name: text.add }).click();
      await page.locator('.settings-body input[maxlength="100"]').fill(`Fars ${locale}`);
      await page.getByRole('button', { name: text.question }).click();
      await page.getByLabel(text.what, { exact: true }).selectOption('attribute');
      await page.locator('.condition-value').getByLabel(text.attribute).selectOption(key);
      await page.getByRole('checkbox', { name: text.fars, exact: true }).check();
      await page.getByRole('button', { name: text.look }).click();
      await page.getByText(text.count).waitFor();
      await page.getByText(text.why, { exact: true }).click();
      await page.locator('.segment-why').getByText(text.saw).first().waitFor();
      await sound('form');
      await page.getByRole('button', { name: text.save, exact: true }).click();
      await page.locator('.channels').getByText(`Fars ${locale}`).waitFor();
      const { body } = await admin.call<SegmentView[]>('/api/segments');
      expect(body.find(({ name }) => name === `Fars ${locale}`)?.condition).toEqual({
        all: [{ field: 'attribute', key, op: 'is', value: ['Fars'] }],
      });
    });

    chapter('tiers are looked at before they count, and the panel shows what is known', async () => {
      await tab(text.tiers);
      await page.getByRole('button', { name: text.preview }).click();
      await page.locator('.segment-members').getByText(text.without).waitFor();
      await sound('tiers');
      await tab(text.segments);
      await page.locator('.channels').getByText(`Fars ${locale}`).click();
      await page.getByRole('button', { name: text.look }).click();
      await page.locator('.segment-members').getByRole('link').first().click();
      await page.locator('.customer').getByText(text.known).waitFor();
      await page.locator('.known-values').getByText(text.fars, { exact: true }).waitFor();
      await takeShot(page, `segments panel ${locale}`);
    });
  });
});
