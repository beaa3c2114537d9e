import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { CustomerView } from '#contract';
import en from '../../apps/agent-ui/src/i18n/en.json' with { type: 'json' };
import fa from '../../apps/agent-ui/src/i18n/fa.json' with { type: 'json' };
import { buildAgent, type BuiltAgent } from '../support/build-rows.js';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { holdWire, type Wire } from './support/hold-wire.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { looks } from './support/looks.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const mina = { phone: '+989121234567', name: 'Mina Ahmadi' };
const other = { phone: '+989351112233', name: 'M. Ahmadi' };

interface Opened {
  customer: string;
  conversation: string;
}

describeInBrowser('finding out who is who', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let reza: BuiltAgent;
  let desk: Desk;
  let page: Page;
  let colleague: Page;
  let wire: Wire;
  let first: Opened;
  let second: Opened;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    wire = holdWire(scene.hub);
    reza = await buildAgent(scene.hub.database, { name: 'Reza', role: 'admin' });
    await scene.hub.database.query(`update agent set locale = 'en'`);
    first = await arrive(mina, 'سلام، سفارش من نرسیده');
    second = await arrive(other, 'از شمارهٔ دیگرم می‌نویسم');
    browser = await launchChromium();
    desk = await enter(scene.sara);
    page = desk.page;
    colleague = (await enter(reza)).page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(agent: BuiltAgent): Promise<Desk> {
    const entered = await openDesk(browser, scene.hub, { agentId: agent.id, height: 1400 });
    desks.push(entered);
    return entered;
  }

  /** Somebody texts, and is called by their name. */
  async function arrive(person: { phone: string; name: string }, body: string): Promise<Opened> {
    await scene.world.twilio.sms(scene.channels.sms, { from: person.phone, to: '+15005550006', body });
    const row = await until(
      async () => (await listRows(scene.agent, 'open')).find(({ last }) => last?.body === body),
      (found) => found !== undefined,
    );
    const customer = row?.customer.id ?? '';
    await scene.agent.call(`/api/customers/${customer}`, { method: 'PATCH', body: { name: person.name } });
    return { customer, conversation: row?.conversation ?? '' };
  }

  const customer = async ({ customer: id }: Opened): Promise<CustomerView> =>
    (await scene.agent.call<CustomerView>(`/api/customers/${id}`)).body;
  const panel = (on: Page = page): Locator => on.getByRole('complementary', { name: 'Customer' });
  const part = (name: string, on: Page = page): Locator => panel(on).getByRole('region', { name });
  const dialog = (): Locator => page.getByRole('dialog');
  const press = (name: string | RegExp, within: Locator | Page = page): Promise<void> =>
    within.getByRole('button', { name }).click();
  const path = ({ conversation }: Opened): string => `/inbox/open/${conversation}`;

  async function typeAddress(kind: 'Phone number' | 'E-mail address', address: string): Promise<void> {
    await press('Add an identity', panel());
    await dialog().getByLabel('Kind').selectOption({ label: kind });
    await dialog().getByLabel('Address').fill(address);
    await press('Add', dialog());
    await dialog().waitFor({ state: 'detached' });
  }

  chapter('takes down what a customer says is theirs, and says what that means', async () => {
    await desk.goto(path(first));
    await colleague.goto(scene.hub.url + path(first));
    await part('Identities', colleague).getByText('+989121234567').waitFor();
    await press('Add an identity', panel());
    await dialog().getByText('It is kept as something they say is theirs.').waitFor();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      await dialog().locator(':focus').waitFor();
    }
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.locator('button:focus[aria-label="Add an identity"]').waitFor();
    await typeAddress('E-mail address', 'Mina@Example.org');
    await part('Says this is theirs').getByText('mina@example.org').waitFor();
    await part('Says this is theirs').getByText('Typed by an agent').waitFor();
    await part('Says this is theirs', colleague).getByText('mina@example.org').waitFor();
    const ways = colleague.getByLabel('Reply over').locator('option');
    await ways.filter({ hasText: 'mina@example.org' }).waitFor({ state: 'attached' });
  });

  chapter('makes it theirs once an agent confirms it, on every console', async () => {
    await press(/Confirm .*mina@example\.org/, panel());
    await page.getByText(/mina@example\.org\W+ is theirs from now on/).waitFor();
    for (const on of [page, colleague]) {
      await part('Identities', on).getByText('mina@example.org').waitFor();
      await part('Says this is theirs', on).waitFor({ state: 'detached' });
    }
    expect((await customer(first)).identities.map(({ address }) => address)).toContain('mina@example.org');
  });

  chapter('tells how sure an address is, and lets it be marked as shared', async () => {
    await press(/More about .*mina@example\.org/, panel());
    await panel().getByText('Nobody vouches that messages from here are really theirs.').waitFor();
    await panel().getByText('Not heard from yet').waitFor();
    // The colleague may hear of it before the switch has its answer and can be turned again.
    const shared = (checked: boolean): Locator =>
      panel().getByRole('switch', { name: 'Used by several people', checked, disabled: false });
    await shared(false).click({ force: true });
    await part('Identities', colleague).getByText('Used by several people').waitFor();
    await shared(true).click({ force: true });
    await part('Identities', colleague).getByText('Used by several people').waitFor({ state: 'detached' });
  });

  chapter('leads from an address that is taken to a merge with whoever has it', async () => {
    await typeAddress('Phone number', '۰۹۳۵ ۱۱۱ ۲۲۳۳');
    await part('May be the same person')
      .getByText(/Both name \W*\+989351112233/)
      .waitFor();
    desk.watched.expect(/status of 409.*\/confirm\)$/);
    await press(/Confirm .*\+989351112233/, panel());
    await page.getByText('This address belongs to another customer.').waitFor();
    await press(/Compare and merge with .*M\. Ahmadi/, dialog());
    await dialog()
      .getByRole('region', { name: 'Is merged' })
      .getByText(/1\W* message/)
      .waitFor();
    await dialog().getByRole('region', { name: 'Stays on top' }).getByText('+989351112233').waitFor();
  });

  chapter('merges the two as the agent chose, and follows the customer to where they are now', async () => {
    const names = dialog().getByRole('group', { name: /Name\W* that stays/ });
    expect(await names.getByRole('radio', { name: 'M. Ahmadi' }).isChecked()).toBe(true);
    await names.getByRole('radio', { name: 'Mina Ahmadi' }).check();
    await dialog().getByLabel('Reason').fill('She told us on the phone');
    await press(/Merge into .*M\. Ahmadi/, dialog());
    await page.getByText(/are one customer now/).waitFor();
    await page.waitForURL((url) => url.pathname.endsWith(second.conversation));
    await colleague.waitForURL((url) => url.pathname.endsWith(second.conversation));
    for (const on of [page, colleague]) {
      await on.getByRole('heading', { level: 1, name: 'Mina Ahmadi' }).waitFor();
      await on.getByRole('article').filter({ hasText: 'سفارش من نرسیده' }).waitFor();
      await part('Merged in', on).getByText('+989121234567').waitFor();
      await part('Merged in', on).getByText('Mina Ahmadi').waitFor();
      await part('Merged in', on)
        .getByText(/^since /)
        .waitFor();
    }
    const [journal] = await scene.hub.database.query<{ note: string }>(
      `select note from merge_journal where kind = 'customer_merge' order by at desc limit 1`,
    );
    expect(journal?.note).toBe('She told us on the phone');
  });

  chapter('undoes a merge from the panel, having said what happens, with everything as it was', async () => {
    await press(/Undo this merge: .*\+989121234567/, panel());
    await dialog()
      .getByText(/becomes a customer of their own again/)
      .waitFor();
    await press('Undo this merge', dialog());
    await page.getByText('The merge was undone.').waitFor();
    for (const on of [page, colleague]) {
      await on.getByRole('heading', { level: 1, name: 'M. Ahmadi' }).waitFor();
      await part('Merged in', on).waitFor({ state: 'detached' });
      await on.getByRole('article').filter({ hasText: 'سفارش من نرسیده' }).waitFor({ state: 'detached' });
    }
    expect(await customer(first)).toMatchObject({ id: first.customer, name: mina.name });
  });

  chapter('merges the other way round, and takes it back by the word that tells of it', async () => {
    await press(/Compare and merge with .*Mina Ahmadi/, part('May be the same person'));
    await press('Swap the two', dialog());
    await press(/Merge into .*M\. Ahmadi/, dialog());
    await part('Merged in').getByText('+989121234567').waitFor();
    await page.waitForURL((url) => url.pathname.endsWith(second.conversation));
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.waitForURL((url) => url.pathname.endsWith(first.conversation));
    await page.getByRole('heading', { level: 1, name: mina.name }).waitFor();
  });

  chapter('suggests nobody again who was said not to be the same person', async () => {
    await press(/Not the same person as .*M\. Ahmadi/, panel());
    await part('May be the same person').waitFor({ state: 'detached' });
    await page.reload();
    await part('Identities').getByText('mina@example.org').waitFor();
    expect(await part('May be the same person').count()).toBe(0);
    await press(/Remove .*\+989351112233/, panel());
    await part('Says this is theirs').waitFor({ state: 'detached' });
  });

  chapter('blocks with a reason that everybody sees above the conversation, and unblocks', async () => {
    await colleague.goto(scene.hub.url + path(first));
    await press(/^Block$/, panel());
    await dialog().getByLabel('Reason').fill('Threatens the team');
    await press(/^Block$/, dialog());
    for (const on of [page, colleague]) {
      await on.getByText(/Blocked since/).waitFor();
      await on.getByText(/Reason: \W*Threatens the team/).waitFor();
    }
    expect((await customer(first)).blocked?.reason).toBe('Threatens the team');
    await press('Unblock');
    await colleague.getByText(/Blocked since/).waitFor({ state: 'detached' });
  });

  chapter('shows after an outage what became of the customer meanwhile', async () => {
    for (const { watched } of desks) {
      watched.expect(/WebSocket connection to .* failed/);
    }
    wire.cut();
    await scene.agent.call(`/api/customers/${first.customer}/block`, { body: { reason: 'Meanwhile' } });
    await page.getByText('Connection lost. Reconnecting… What you write is kept.').waitFor();
    wire.mend();
    await page.getByText(/Reason: \W*Meanwhile/).waitFor();
    await scene.agent.call(`/api/customers/${first.customer}/block`, { method: 'DELETE' });
    await page.getByText(/Blocked since/).waitFor({ state: 'detached' });
  });

  chapter('takes an address from a customer that is no longer theirs, having said what that means', async () => {
    await typeAddress('E-mail address', 'old@example.org');
    await press(/Confirm .*old@example\.org/, panel());
    await press(/More about .*old@example\.org/, panel());
    await press(/old@example\.org\W+ is no longer theirs/, panel());
    await dialog()
      .getByText(/is a customer of their own/)
      .waitFor();
    await press('No longer theirs', dialog());
    await dialog().waitFor({ state: 'detached' });
    for (const on of [page, colleague]) {
      await part('Identities', on).getByText('old@example.org').waitFor({ state: 'detached' });
    }
  });

  chapter('makes a link to the customer’s own page, shows it once, and revokes it', async () => {
    await press("Customer's own page", panel());
    await dialog().getByLabel('Works for').fill('۲');
    await dialog().getByLabel('Unit').selectOption({ label: 'Hours' });
    await press('Make a link', dialog());
    const field = dialog().getByRole('textbox', { name: "Customer's own page" });
    const url = new URL(await field.inputValue());
    const own = () => fetch(new URL(url.pathname, scene.hub.url));
    expect((await own()).status).toBe(200);
    await fetch(new URL(`${url.pathname}/deletion`, scene.hub.url), { method: 'POST', redirect: 'manual' });
    for (const on of [page, colleague]) {
      await panel(on)
        .getByText(/Asked on .* that their data be deleted/)
        .first()
        .waitFor();
      await on.getByText(/Asked over .*989121234567.* that their data be deleted/).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.locator('button:focus', { hasText: "Customer's own page" }).waitFor();
    await press("Customer's own page", panel());
    expect(await field.count()).toBe(0);
    await dialog()
      .getByText(/last opened/)
      .waitFor();
    await press(/Revoke the link for .*\+989121234567/, dialog());
    await dialog()
      .getByText(/Revoked /)
      .waitFor();
    expect((await own()).status).not.toBe(200);
    await page.keyboard.press('Escape');
  });

  chapter('leaves work for every kind of reader', async () => {
    await typeAddress('Phone number', other.phone);
    await typeAddress('E-mail address', 'mina@ahmadi.example');
    await scene.agent.call(`/api/customers/${second.customer}/identities`, {
      body: { kind: 'email', address: 'mina@ahmadi.example' },
    });
    await scene.agent.call(`/api/customers/${first.customer}/block`, { body: { reason: 'آزمایش' } });
    await page.getByText(/Blocked since/).waitFor();
  });

  for (const look of looks) {
    chapter(`can be read and used: ${look.locale}, ${look.scheme}, ${look.width} wide`, async () => {
      expect(await lookAt(look)).toEqual([]);
    });
  }

  /** The panel, and every dialog of it. */
  async function lookAt({ locale, scheme, width }: (typeof looks)[number]): Promise<string[]> {
    const words = locale === 'fa' ? fa : en;
    const isPhone = width === 390;
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [reza.id, locale]);
    await colleague.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await colleague.setViewportSize({ width, height: isPhone ? 844 : 1000 });
    await colleague.goto(scene.hub.url + path(first));
    await colleague.locator('.message').last().waitFor();
    const found: string[] = [];
    const check = async (name: string): Promise<void> => {
      await colleague.evaluate('document.fonts.ready');
      await takeShot(colleague, `people ${name} ${locale} ${scheme} ${width}`);
      found.push(...(await findViolations(colleague)).map((fault) => `${name} ${locale} ${width}: ${fault}`));
    };
    if (isPhone) {
      await check('conversation');
      await colleague.getByRole('button', { name: words.conversation.details }).click();
    }
    const side = colleague.locator('.customer');
    await side.locator('.suggestion-acts').waitFor();
    await side.locator('.identity-more').first().click();
    await check('panel');
    await side.locator('.claims').scrollIntoViewIfNeeded();
    await check('claims');
    for (const name of [words.customer.addIdentity, words.people.links, words.customer.merge]) {
      await side.getByRole('button', { name, exact: true }).click();
      const asked = colleague.getByRole('dialog').nth(isPhone ? 1 : 0);
      await asked.getByRole('button', { name: words.common.close }).waitFor();
      if (name === words.customer.merge) {
        await asked.getByRole('textbox').fill('Ahmadi');
        await asked.getByRole('button', { name: words.people.compare }).first().click();
        await asked.locator('.merge-sides').waitFor();
      }
      await check(name);
      await colleague.keyboard.press('Escape');
      await asked.waitFor({ state: 'detached' });
    }
    expect(await side.count()).toBe(1);
    return found;
  }
});
