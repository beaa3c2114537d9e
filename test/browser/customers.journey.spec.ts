import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

/** Looks that between them have both languages, both schemes and both widths. */
const looks = [
  { locale: 'fa', scheme: 'dark', width: 1440 },
  { locale: 'fa', scheme: 'light', width: 390 },
  { locale: 'en', scheme: 'dark', width: 390 },
] as const;

describeInBrowser('customers, and writing to them first', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let page: Page;
  let profile: string;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en'`);
    browser = await launchChromium();
    const desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id });
    desks.push(desk);
    page = desk.page;
    // What the browser says of a number that is known already.
    desk.watched.expect(/status of 409.*\/api\/customers\)$/u);
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const check = async (name: string): Promise<void> => {
    await page.evaluate('document.fonts.ready');
    await takeShot(page, name);
    expect(await findViolations(page)).toEqual([]);
  };

  chapter('somebody new is taken down by a key, and written to in their own conversation', async () => {
    await page.goto(`${scene.hub.url}/customers`);
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    await pressPersian(page, 'KeyC');
    const dialog = page.getByRole('dialog', { name: 'New conversation' });
    await dialog.getByRole('textbox').fill('0912 700 00 01');
    await dialog.getByRole('button', { name: 'Somebody new' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('مینا احمدی');
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('Your parcel');
    await check('opening en light 1440');
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/inbox\/all\/[^/]+\?ticket=/u);
    await page.locator('.composer textarea').waitFor();
    await page.locator('.customer').getByText('+989127000001').first().waitFor();
  });

  chapter('the same number again leads to whose it is', async () => {
    await page.goto(`${scene.hub.url}/customers?q=${encodeURIComponent('مينا')}`);
    await page.locator('.customers-row', { hasText: 'مینا احمدی' }).waitFor();
    await check('customers en light 1440');
    await page.getByRole('button', { name: 'New conversation' }).click();
    const dialog = page.getByRole('dialog', { name: 'New conversation' });
    await dialog.getByRole('button', { name: 'Somebody new' }).click();
    await dialog.getByRole('textbox', { name: 'Phone number' }).fill('۰۹۱۲۷۰۰۰۰۰۱');
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('Again');
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await dialog.getByRole('link', { name: /مینا احمدی/u }).waitFor();
    await check('opening known en light 1440');
    await dialog.getByRole('link', { name: /مینا احمدی/u }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.composer textarea').waitFor();
  });

  chapter('the palette finds them by a part of the name', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill('مینا اح');
    const found = page.getByRole('dialog').getByRole('button', { name: /\+989127000001/u });
    await found.waitFor();
    await check('palette customers en light 1440');
    await page.keyboard.press('Escape');
  });

  chapter('their profile shows all that is known, and leads by keys to a ticket and back', async () => {
    await page.locator('.customer').getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('heading', { name: 'مینا احمدی', level: 1 }).waitFor();
    profile = page.url();
    expect(profile).toMatch(/\/customers\/[^/]+$/u);
    await page.locator('.profile').getByText('+989127000001').first().waitFor();
    const ticket = page.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: /Your parcel/u });
    await ticket.focus();
    await check('profile en light 1440');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inbox\/all\/[^/]+\?ticket=/u);
    await page.goto(`${scene.hub.url}/customers`);
    await page.getByRole('link', { name: /^Profile of .*مینا احمدی/u }).click();
    await page.waitForURL(profile);
    await page.getByRole('link', { name: 'Open conversation' }).click();
    await page.locator('.composer textarea').waitFor();
    desks[0]?.watched.expect(/status of 404.*\/api\/customers\//u);
    await page.goto(`${scene.hub.url}/customers/${scene.sara.id}`);
    await page.getByText(/Nobody is here whom you may see/u).waitFor();
  });

  for (const { locale, scheme, width } of looks) {
    chapter(`can be read and used: ${locale}, ${scheme}, ${width} wide`, async () => {
      await scene.hub.database.query('update agent set locale = $2 where id = $1', [scene.sara.id, locale]);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 });
      await page.goto(`${scene.hub.url}/customers`);
      await page.locator('.customers-row').first().waitFor();
      await check(`customers ${locale} ${scheme} ${width}`);
      await page.keyboard.press('c');
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      await check(`opening ${locale} ${scheme} ${width}`);
      await page.goto(profile);
      await page.getByRole('heading', { name: 'مینا احمدی', level: 1 }).waitFor();
      await page.locator('.profile-tickets a').first().waitFor();
      await takeShot(page, `profile ${locale} ${scheme} ${width}`);
    });
  }
});
