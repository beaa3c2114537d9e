import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { buildAgent } from '../support/build-rows.js';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = 'My card number is 4242';

describeInBrowser('seeing to what is kept of a customer', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let colleague: Desk;
  let path = '';
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    const reza = await buildAgent(scene.hub.database, { name: 'Reza', role: 'admin' });
    await scene.hub.database.query(`update agent set locale = 'en'`);
    await scene.world.twilio.sms(scene.channels.sms, { from: '+989121234567', to: '+15005550006', body: words });
    const row = await until(
      async () => (await listRows(scene.agent, 'open')).find(({ last }) => last?.body === words),
      (found) => found !== undefined,
    );
    await scene.agent.call(`/api/customers/${row?.customer.id ?? ''}`, { method: 'PATCH', body: { name: 'Mina' } });
    path = `/inbox/open/${row?.conversation ?? ''}`;
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: reza.id, height: 1100 });
    colleague = await openDesk(browser, scene.hub, {
      agentId: scene.sara.id,
      locale: 'fa',
      scheme: 'dark',
      width: 390,
    });
    desks.push(desk, colleague);
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const dialog = (): Locator => desk.page.getByRole('dialog');
  const press = (name: string | RegExp, within: Locator = desk.page.locator('body')): Promise<void> =>
    within.getByRole('button', { name }).click();

  chapter('redacts a message, which every console shows at once', async () => {
    await colleague.goto(path);
    await desk.goto(path);
    const said = desk.page.getByRole('article').filter({ hasText: words });
    const elsewhere = colleague.page.getByRole('log').getByText(words);
    await said.waitFor();
    await elsewhere.last().waitFor();
    await said.hover();
    await said.getByRole('button', { name: 'Message options' }).click();
    await desk.page.getByRole('menuitem', { name: 'Redact…' }).click();
    await dialog().getByText('It went over the wire').waitFor();
    await takeShot(desk.page, 'privacy redact en');
    await press('Redact for good', dialog());
    await said.waitFor({ state: 'detached' });
    // Nor do lists, headings or cards say it any more.
    await until(
      () => desk.page.getByText(words).count(),
      (left) => left === 0,
    );
    await until(
      () => elsewhere.count(),
      (left) => left === 0,
    );
  });

  chapter('hands over an archive, holds and lets go, and erases with the name typed', async () => {
    const panel = desk.page.getByRole('complementary', { name: 'Customer' });
    await press('Privacy', panel);
    await press('Make the archive', dialog());
    await dialog().getByRole('link', { name: /Fetch/ }).waitFor();
    await dialog().getByLabel('Why').fill('a court asked');
    await press('Set the hold', dialog());
    await dialog()
      .getByText(/a court asked/)
      .waitFor();
    await press('Show what would go', dialog());
    await dialog().getByText('This customer is under a legal hold.').waitFor();
    await takeShot(desk.page, 'privacy held en');
    await press('Lift the hold', dialog());
    await dialog().getByLabel('Why').waitFor();
    await press('Close', dialog());
    await press('Privacy', panel);
    await press('Show what would go', dialog());
    const erase = dialog().getByRole('button', { name: 'Erase for good' });
    await dialog()
      .getByLabel(/Type .*Mina/)
      .fill('Min');
    expect(await erase.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/Type .*Mina/)
      .fill('Mina');
    expect(await findViolations(desk.page)).toEqual([]);
    await takeShot(desk.page, 'privacy erase en');
    // Both have the customer open, who is not there for anybody any more.
    desks.forEach(({ watched }) => watched.expect(/404 \(Not Found\).*api\/(tickets|conversations|customers)/));
    await erase.click();
    await desk.page.getByText('The customer is being erased.').waitFor();
    await until(
      () => scene.hub.database.query(`select 1 from customer where name = 'Mina'`),
      (rows) => rows.length === 0,
    );
  });

  chapter('keeps rules of how long anything stays, and shows what one would let go before it stands', async () => {
    await desk.goto('/settings/privacy');
    await desk.page.getByText('Everything is kept until somebody removes it.').waitFor();
    await press('Add a rule');
    await desk.page.getByLabel('After how many days').fill('30');
    await press('Show how much would go');
    await desk.page.getByText(/0\W+ would go now/).waitFor();
    await takeShot(desk.page, 'privacy rule en');
    await press('Add the rule');
    await desk.page.getByText(/Messages with their words and files.*everywhere.*after \W+30/).waitFor();
    expect(await findViolations(desk.page)).toEqual([]);
    await takeShot(desk.page, 'privacy settings en');
    await scene.hub.database.query(`update agent set role = 'admin', locale = 'fa' where id = $1`, [scene.sara.id]);
    await colleague.goto('/settings/privacy');
    await colleague.page.getByText(/پس از \W*۳۰/u).waitFor();
    await takeShot(colleague.page, 'privacy settings fa dark phone');
    await press(/Remove the rule/);
    await desk.page.getByText('Everything is kept until somebody removes it.').waitFor();
  });
});
