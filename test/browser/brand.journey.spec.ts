import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { BrandView } from '#contract';
import { buildAgent } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAF0lEQVR4nGNkaGD4z0ABYBw1YNSAYWMAAJ3PAxDUZ3T+AAAAAElFTkSuQmCC';

describeInBrowser('looking after the brand and what was held back', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let persian: Desk;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    await buildPage('widget');
    scene = await startConnectedWorld();
    const { database } = scene.hub;
    const agent = await buildAgent(database, { name: 'Reza', role: 'admin' });
    const mina = await buildAgent(database, { name: 'مینا', role: 'admin' });
    await database.query(`update agent set locale = case when id = $1 then 'en' else 'fa' end`, [agent.id]);
    await database.query(
      `insert into inbound_event (id, channel_id, external_id, state, raw, error) values ($1, $2, 'x1', 'quarantined', 'broken', 'The mail ends in its middle.')`,
      [uuid(), scene.channels.email],
    );
    await database.query(
      `insert into suppressed_address (id, kind, address, reason, said) values ($1, 'email', 'gone@example.com', 'bounce', '550 5.1.1 no such user')`,
      [uuid()],
    );
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: agent.id, locale: 'en', height: 1300 });
    persian = await openDesk(browser, scene.hub, { agentId: mina.id, locale: 'fa', scheme: 'dark', width: 390 });
    desks.push(desk, persian);
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  chapter('the brand is shown in a mail and a chat before it is saved, and kept with its picture', async () => {
    const { page, goto } = desk;
    await goto('/settings/brand');
    await page.getByLabel('Name: English').fill('Bazaar');
    await page.getByLabel('Name: Persian').fill('بازارگاه');
    await page.getByLabel('Colour').last().fill('#ffd400');
    await page.getByText(/has a contrast of .*14/u).waitFor();
    const mail = page.frameLocator('iframe.brand-mail');
    await mail.getByText('Bazaar').first().waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a picture' }).click(),
    ]);
    await chooser.setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
    await page.getByAltText('The picture as it is now').waitFor();
    await mail.getByAltText('Bazaar').waitFor();
    await takeShot(page, 'brand en');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The brand is saved.').waitFor();
    const { body } = await scene.admin.call<BrandView>('/api/brand');
    expect(body).toMatchObject({ name: { en: 'Bazaar', fa: 'بازارگاه' }, accent: '#ffd400' });
    expect(body.logo).not.toBeNull();
    await persian.goto('/settings/brand');
    await persian.page.getByText('تیره', { exact: true }).click();
    await persian.page.frameLocator('iframe.brand-mail').getByText('امتیاز خود را انتخاب کنید').waitFor();
    await takeShot(persian.page, 'brand fa');
  });

  chapter('what was held back is looked at, thrown away and let go', async () => {
    await persian.goto('/settings/stopped');
    await persian.page.getByText('gone@example.com').waitFor();
    await takeShot(persian.page, 'stopped fa');
    const { page, goto } = desk;
    await goto('/settings/stopped');
    await page.getByText('The mail ends in its middle.').waitFor();
    await takeShot(page, 'stopped en');
    expect(await findViolations(page)).toEqual([]);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: /^Throw away:/ }).click();
    await page.getByText('Nothing waits here.').waitFor();
    await page.getByRole('button', { name: /gone@example.com/ }).click();
    await page.getByText('No address is held back.').waitFor();
    const acts = await scene.hub.database.query<{ action: string }>(
      `select action from audit where action in ('quarantine.discarded', 'suppression.lifted') order by at`,
    );
    expect(acts.map(({ action }) => action)).toEqual(['quarantine.discarded', 'suppression.lifted']);
    const kept = await scene.hub.database.query(`select 1 from inbound_event where state = 'ignored' and raw = ''`);
    expect(kept).toHaveLength(1);
  });
});
