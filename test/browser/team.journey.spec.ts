import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { AgentSettingsView, QueueSettingsView, QueueView } from '#contract';
import { stranger } from '../support/build-rows.js';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('a team that is set up', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let root = '';
  const open: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    browser = await launchChromium();
    const [row] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    root = row?.id ?? '';
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  /** One desk at a time: those before are closed. */
  async function enter(wish: DeskWish): Promise<Page> {
    await Promise.all(open.map((desk) => desk.close()));
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [root, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId: root, ...wish });
    open.push(desk);
    return desk.page;
  }

  const goto = (page: Page, path: string) => page.goto(scene.hub.url + path);

  const queueNamed = async (name: string): Promise<QueueSettingsView | null> => {
    const found = (await scene.admin.call<QueueView[]>('/api/queues')).body.find((queue) => queue.name === name);
    return found ? (await scene.admin.call<QueueSettingsView>(`/api/queues/${found.id}`)).body : null;
  };
  const agentNamed = async (name: string): Promise<AgentSettingsView | undefined> =>
    (await scene.admin.call<AgentSettingsView[]>('/api/agents/settings')).body.find((agent) => agent.name === name);

  const chapter = tellStory(() => open);

  let page: Page;

  chapter('an administrator names a skill', async () => {
    page = await enter({ height: 2600 });
    await goto(page, '/settings/team');
    await page.getByLabel('New skill').fill('Invoices');
    await page.getByLabel('New skill').press('Enter');
    await page.getByLabel(/Name of the skill .?Invoices/u).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'team en list');
  });

  chapter('invites a colleague who has it, by a link that works', async () => {
    await page.getByRole('button', { name: 'Add a colleague' }).click();
    await page.getByLabel(/^Name(?!s)/u).fill('Nima Rad');
    await page.getByLabel(/^E-mail address/).fill('nima@peyk.test');
    await page.getByRole('checkbox', { name: 'Invoices' }).check();
    await page.getByLabel(/Level of .?Invoices/u).selectOption('4');
    await page.getByLabel('Chats at most').fill('2');
    await page.getByLabel('Chats at most').blur();
    await page.getByText(/That comes to .?2.? chats/u).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'team en new');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const shown = page.getByRole('region', { name: /Link for .?Nima Rad/u });
    const link = (await shown.locator('code').textContent()) ?? '';
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /Nima Rad Agent .*Invited/u }).waitFor();
    expect(await agentNamed('Nima Rad')).toMatchObject({
      email: 'nima@peyk.test',
      skills: [{ level: 4 }],
      caps: { voice: 1, chat: 2, async: 10 },
    });
    const joined = await stranger(scene.hub).call('/api/account-links/join', {
      body: { token: link.split('#')[1], name: 'Nima Rad', password: 'a river of small stones' },
    });
    expect(joined.status).toBe(201);
  });

  chapter('writes down a queue that asks everybody', async () => {
    await page.getByRole('link', { name: 'Queues' }).click();
    await page.getByRole('button', { name: 'Add a queue' }).click();
    await page.getByLabel(/^Name(?!s)/u).fill('Billing');
    await page.getByRole('checkbox', { name: 'Nima Rad' }).check();
    await page.getByLabel(/Ring of .?Nima Rad/u).selectOption('2');
    await page.getByRole('radio', { name: /Everybody is asked/u }).check();
    expect(await page.getByLabel('Time to accept').inputValue()).toBe('30');
    await page.getByRole('checkbox', { name: 'Invoices' }).check();
  });

  chapter('with head starts and steps', async () => {
    await page.getByRole('button', { name: 'Add a tier' }).click();
    await page.getByLabel('Customers of tier').selectOption('3');
    await page.getByLabel('Minutes', { exact: true }).fill('20');
    await page.getByLabel('Minutes', { exact: true }).blur();
    await page.getByText(/customer of tier .?3.? goes ahead .* up to .?80.? minutes/u).waitFor();
    await page.getByRole('button', { name: 'Add a step' }).click();
    const first = page.getByRole('listitem', { name: /Step .?1/u });
    await first.getByLabel('After', { exact: true }).fill('2');
    await first.getByLabel('After', { exact: true }).blur();
    await page.getByRole('button', { name: 'Add a step' }).click();
    const second = page.getByRole('listitem', { name: /Step .?2/u });
    await second.getByLabel('Then').selectOption({ label: 'move to another queue' });
    await second.getByLabel('Queue', { exact: true }).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'queue en new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Billing Served by .?1/u }).waitFor();
    const nima = await agentNamed('Nima Rad');
    expect(await queueNamed('Billing')).toMatchObject({
      strategy: 'broadcast',
      acceptSecs: 30,
      members: [{ agentId: nima?.id, level: 2 }],
      boosts: { tier: { 3: 20 } },
      steps: [
        { afterSecs: 120, do: 'widen_level', level: 2 },
        { afterSecs: 240, do: 'move_queue' },
      ],
    });
  });

  chapter('is told when somebody else changed the queue meanwhile', async () => {
    await page.getByRole('button', { name: /Billing/u }).click();
    await page.getByLabel('A customer should wait at most').selectOption({ label: '10 minutes' });
    const billing = await queueNamed('Billing');
    await scene.admin.call(`/api/queues/${billing?.id ?? ''}`, {
      method: 'PATCH',
      body: { name: 'Invoices and refunds' },
    });
    await page.locator('form').first().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Show it as it is now' }).click();
    await page.getByRole('heading', { name: 'Invoices and refunds' }).waitFor();
    expect(await page.getByLabel('A customer should wait at most').inputValue()).toBe('');
    expect(await queueNamed('Invoices and refunds')).toMatchObject({ maxWaitSecs: null });
  });

  chapter('sees the queue in Persian, on a phone and in the dark', async () => {
    page = await enter({ locale: 'fa', scheme: 'dark', width: 390, height: 1500 });
    await goto(page, '/settings/queues');
    await page.getByRole('button', { name: /Invoices and refunds/u }).click();
    await page.getByRole('radio', { name: /خبر به همه/u }).waitFor();
    expect(await page.getByLabel('دقیقه', { exact: true }).inputValue()).toBe('۲۰');
    await page.locator('.queue-waiting form').waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'queue fa phone');
    await page.getByRole('group', { name: 'اگر انتظار طول بکشد' }).scrollIntoViewIfNeeded();
    await takeShot(page, 'queue fa phone below');
  });

  chapter('and the colleague', async () => {
    await page.getByRole('link', { name: 'کارشناسان و مهارت‌ها' }).click();
    await page.getByRole('button', { name: /Nima Rad/u }).click();
    await page.getByLabel('بیشترین گفتگوی زنده').waitFor();
    expect(await page.getByLabel('بیشترین گفتگوی زنده').inputValue()).toBe('۲');
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'team fa phone');
  });

  chapter('values a customer', async () => {
    scene.world.bot.customer(62_001, 'Mina').say('where is my invoice?');
    const row = await until(
      async () => (await listRows(scene.admin, 'all')).find(({ customer }) => customer.name === 'Mina'),
      (found) => found !== undefined,
    );
    page = await enter({ height: 1800 });
    await goto(page, `/inbox/all/${row?.conversation ?? ''}`);
    await page.getByLabel('Tier').selectOption('3');
    await until(
      () => scene.hub.database.query<{ tier: number }>('select tier from customer where id = $1', [row?.customer.id]),
      ([customer]) => customer?.tier === 3,
    );
    expect(await findViolations(page, '.customer')).toEqual([]);
    await takeShot(page, 'customer tier en');
  });

  chapter('and promises something to those of that tier', async () => {
    await goto(page, '/settings/promises');
    await page.getByRole('button', { name: 'Add a promise' }).click();
    await page.getByLabel(/^Name(?!s)/u).fill('Valued customers');
    await page.getByRole('group', { name: 'Customers’ tiers' }).getByLabel('3', { exact: true }).check();
    expect(await findViolations(page, '#content')).toEqual([]);
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('button', { name: /Valued customers/u }).waitFor();
    const [policy] = (await scene.admin.call<{ published: { scope: { tiers: number[] } } }[]>('/api/sla-policies'))
      .body;
    expect(policy?.published.scope.tiers).toEqual([3]);
  });

  chapter('removes a queue with work inside towards another one, by keyboard', async () => {
    const [ticket] = await scene.hub.database.query<{ id: string; queue: string }>(
      `select t.id, q.name as queue from ticket t join queue q on q.id = t.queue_id`,
    );
    await page.getByRole('link', { name: 'Queues' }).click();
    await page.getByRole('button', { name: ticket?.queue ?? '' }).click();
    await page.getByRole('button', { name: 'Remove the queue' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Waiting tickets: .?1/u).waitFor();
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'queue en remove');
    await dialog.getByLabel('Everything goes to').selectOption({ label: 'Invoices and refunds' });
    await dialog.getByRole('button', { name: 'Move everything and remove' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Invoices and refunds/u }).waitFor();
    const billing = await queueNamed('Invoices and refunds');
    const moved = await scene.hub.database.query('select queue_id from ticket where id = $1', [ticket?.id]);
    expect(moved).toEqual([{ queue_id: billing?.id }]);
    expect((await scene.admin.call<QueueView[]>('/api/queues')).body.map(({ name }) => name)).toEqual([
      'Invoices and refunds',
    ]);
  });

  chapter('switches an account off, and the colleague is gone at once', async () => {
    await page.getByRole('link', { name: 'Team and skills' }).click();
    await page.getByRole('button', { name: /Nima Rad/u }).click();
    page.once('dialog', (question) => void question.accept());
    await page.getByRole('button', { name: 'Switch the account off' }).click();
    await page.getByRole('button', { name: 'Switch the account on' }).waitFor();
    expect((await agentNamed('Nima Rad'))?.disabled).toBe(true);
    await takeShot(page, 'team en off');
  });

  chapter('and none of the pages did what no page may do', async () => {
    for (const { watched } of open) {
      watched.expect(/409/u);
      expect(watched.faults()).toEqual([]);
    }
  });
});
