import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ExplainView, ListRow } from '#contract';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { pressPersian } from './support/press-persian.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

/** Long enough for any machine; what runs out does so by the clock of the database, which is moved for it. */
const longSecs = 600;

describeInBrowser('work that is offered', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let reza: BuiltAgent;
  let chats = 71_000;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    reza = await buildAgent(scene.hub.database, { name: 'Reza' });
    await scene.hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [reza.id]);
    await setQueues({ strategy: 'longest_idle' });
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const query = (sql: string, values: unknown[] = []) => scene.hub.database.query<Record<string, unknown>>(sql, values);
  const setQueues = ({ strategy }: { strategy: 'longest_idle' | 'broadcast' }) =>
    query('update queue set strategy = $1, accept_secs = $2', [strategy, longSecs]);

  async function enter(agent: Pick<BuiltAgent, 'id'>, wish: DeskWish = {}, path = '/inbox/open'): Promise<Desk> {
    await query('update agent set locale = $2 where id = $1', [agent.id, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId: agent.id, ...wish });
    desks.push(desk);
    await desk.goto(path);
    await desk.page.locator('.rail').waitFor();
    return desk;
  }

  async function leave(desk: Desk): Promise<void> {
    await desk.close();
    desks.splice(desks.indexOf(desk), 1);
  }

  async function be(agent: BuiltAgent, status: 'online' | 'busy'): Promise<void> {
    const caller = await signedIn(scene.hub, agent.id);
    expect((await caller.call('/api/me', { method: 'PATCH', body: { status } })).status).toBe(200);
  }

  /** Somebody writes; nobody has heard of them before. */
  function write(name: string, words = 'where is my order?'): void {
    chats += 1;
    scene.world.bot.customer(chats, name).say(words);
  }

  const offerOf = (page: Page, name: string): Locator => page.locator('.offer').filter({ hasText: name });
  const rowOf = async (name: string): Promise<ListRow | undefined> =>
    (await listRows(scene.agent, 'open')).find(({ customer }) => customer.name === name);
  const ticketOf = (name: string): Promise<ListRow> =>
    until(
      () => rowOf(name),
      (row) => row !== undefined,
    ).then((row) => row as ListRow);
  const away = (page: Page): Locator => page.getByText('You were set to away: two offers in a row went unanswered.');
  const offered = () => query(`select id, expires_at from assignment where state = 'offered'`);
  const runOut = () => query(`update assignment set expires_at = clock_timestamp() where state = 'offered'`);

  /** From now on, to everybody, within ten minutes by the clock of the wall. */
  async function promiseAnAnswer(): Promise<void> {
    const draft = { scope: {}, targets: { first_response: 600_000 } };
    const made = await scene.admin.call<{ id: string }>('/api/sla-policies', { body: { name: 'پیمان', draft } });
    const published = await scene.admin.call(`/api/sla-policies/${made.body.id}/publish`, { body: {} });
    expect([made.status, published.status]).toEqual([201, 200]);
  }

  /** Nothing waits and nobody holds anything. */
  async function solveAll(): Promise<void> {
    for (const { ticket } of await listRows(scene.admin, 'open')) {
      const change = { version: ticket.version, state: 'solved' };
      const answer = await scene.admin.call(`/api/tickets/${ticket.id}`, { method: 'PATCH', body: change });
      expect(answer.status).toBe(200);
    }
  }

  chapter('shows what is offered, how long it may be taken, and that again after a reload', async () => {
    const desk = await enter(scene.sara);
    const { page } = desk;
    await be(scene.sara, 'online');
    write('Mina', 'my parcel is late');
    const offer = offerOf(page, 'Mina');
    await offer.getByText('my parcel is late').waitFor();
    await offer.getByText('Telegram').waitFor();
    const left = offer.getByRole('timer');
    const shown = await left.innerText();
    await until(
      () => left.innerText(),
      (now) => now !== shown,
    );
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'offer en');
    const before = await offered();
    expect(before).toHaveLength(1);
    await page.reload();
    await offer.getByRole('button', { name: 'Accept' }).waitFor();
    expect(await offered()).toEqual(before);
  });

  chapter('takes it by the place of the key in one window, and it goes from the other', async () => {
    const [desk] = desks as [Desk];
    const other = await desk.context.newPage();
    await other.goto(desk.page.url());
    await offerOf(other, 'Mina').waitFor();
    await desk.page.bringToFront();
    // For a moment after it came up the key takes nothing: it may have been meant for another.
    await until(
      async () => {
        await pressPersian(desk.page, 'KeyA', { alt: true });
        return desk.page.url();
      },
      (url) => url.includes('/inbox/mine/'),
    );
    await desk.page.getByRole('article').filter({ hasText: 'my parcel is late' }).waitFor();
    await offerOf(desk.page, 'Mina').waitFor({ state: 'detached' });
    await offerOf(other, 'Mina').waitFor({ state: 'detached' });
    expect((await ticketOf('Mina')).ticket.ownerId).toBe(scene.sara.id);
    await other.close();
  });

  chapter('shows how full the hands are, as it changes', async () => {
    const [{ page }] = desks as [Desk];
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page
      .locator('.load-line', { hasText: 'Chats' })
      .getByText(/1\W+ of \W+3/u)
      .waitFor();
    await page.getByText('On shift').waitFor();
    expect(await findViolations(page, '.rail')).toEqual([]);
    await takeShot(page, 'load en');
    await page.getByText('my parcel is late').last().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.load').waitFor({ state: 'detached' });
  });

  chapter('says why this queue, this agent, this order and this deadline', async () => {
    const [{ page }] = desks as [Desk];
    await page.getByRole('button', { name: 'Why here?' }).waitFor();
    await page.keyboard.press('w');
    const reasons = page.getByRole('dialog');
    await reasons.getByText(/Sara\W+ accepted the offer\./u).waitFor();
    await reasons.getByText(/Sara\W+ had been free the longest\./u).waitFor();
    await reasons.getByText('When it was offered it had waited').waitFor();
    await reasons.getByText('Nothing is promised about this ticket.').waitFor();
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'explain en');
    await page.keyboard.press('Escape');
    await reasons.waitFor({ state: 'detached' });
  });

  chapter('stacks several offers, of which the key takes the first', async () => {
    const [{ page }] = desks as [Desk];
    write('Omid', 'my invoice is wrong');
    await offerOf(page, 'Omid').waitFor();
    write('Parisa', 'a question about delivery');
    await offerOf(page, 'Parisa').waitFor();
    expect(await page.locator('.offer kbd').count()).toBe(1);
    await takeShot(page, 'offers stacked en');
    await page.setViewportSize({ width: 390, height: 844 });
    await takeShot(page, 'offers stacked en phone');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  chapter('says calmly that one was taken back, and takes a no without a reason', async () => {
    const [desk] = desks as [Desk];
    const { page } = desk;
    const { ticket } = await ticketOf('Omid');
    const taken = await scene.admin.call(`/api/tickets/${ticket.id}/assignment`, {
      body: { agentId: reza.id, expected: null },
    });
    expect(taken.status).toBe(200);
    await page.getByText(/The offer of ticket .* was taken back|was taken by/u).waitFor();
    await offerOf(page, 'Omid').waitFor({ state: 'detached' });
    await offerOf(page, 'Parisa').getByRole('button', { name: 'Decline' }).click();
    await page.getByLabel('Why not?').press('Enter');
    await offerOf(page, 'Parisa').waitFor({ state: 'detached' });
    await leave(desk);
  });

  chapter('in Persian, on a phone, in the dark: shows what is offered', async () => {
    await promiseAnAnswer();
    const { page } = await enter(scene.sara, { locale: 'fa', scheme: 'dark', width: 390, height: 844 });
    await be(scene.sara, 'online');
    write('نگار', 'سفارشم نرسیده است');
    await offerOf(page, 'نگار').getByText('سفارشم نرسیده است').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'offer fa phone');
  });

  chapter('is declined with a reason that stays on record', async () => {
    const [desk] = desks as [Desk];
    const { page } = desk;
    const offer = offerOf(page, 'نگار');
    await offer.getByRole('button', { name: 'نمی‌پذیرم' }).click();
    await page.getByLabel('چرا نه؟').fill('در تماس هستم');
    await takeShot(page, 'offer declined fa phone');
    await page.getByLabel('چرا نه؟').press('Enter');
    await offer.waitFor({ state: 'detached' });
    const { ticket } = await ticketOf('نگار');
    const { body } = await scene.agent.call<ExplainView>(`/api/tickets/${ticket.id}/explain`);
    expect(body.steps.find(({ kind }) => kind === 'declined')).toMatchObject({ reason: 'در تماس هستم' });
  });

  chapter('shows where the ticket waits from then on', async () => {
    const [desk] = desks as [Desk];
    const { ticket, conversation } = await ticketOf('نگار');
    await desk.goto(`/inbox/open/${conversation}?ticket=${ticket.id}`);
    await desk.page.locator('.place-strip').getByText('نوبت').waitFor();
    await takeShot(desk.page, 'place fa phone');
    await leave(desk);
  });

  chapter('lets an agent say whom it needs', async () => {
    const skill = await scene.admin.call<{ id: string }>('/api/skills', { body: { name: 'فرانسه' } });
    expect(skill.status).toBe(201);
    const { ticket, conversation } = await until(
      () => ticketOf('نگار'),
      (row) => row.ticket.sla.length > 0,
    );
    const path = `/inbox/open/${conversation}?ticket=${ticket.id}`;
    const { page } = await enter(scene.sara, { locale: 'fa', scheme: 'dark', height: 1000 }, path);
    await page.getByRole('button', { name: 'تغییر نیاز' }).click();
    await page.getByLabel('فرانسه').check();
    await page.getByLabel('دست‌کم سطح').selectOption('3');
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'needs fa');
    await page.getByRole('button', { name: 'ذخیره' }).click();
    await page.locator('.place-strip').getByText('فرانسه').waitFor();
  });

  chapter('answers in Persian why it waits and until when', async () => {
    const [desk] = desks as [Desk];
    const { page } = desk;
    await page.getByRole('button', { name: 'چرا این‌جا؟' }).click();
    const reasons = page.getByRole('dialog');
    await reasons.getByText('در تماس هستم').first().waitFor();
    await reasons.getByText(/نپذیرفتند یا پاسخ ندادند: .*Sara/u).waitFor();
    await reasons.getByText(/آماده نیستند: .*Reza/u).waitFor();
    await reasons.getByText('چرا این نوبت').waitFor();
    await reasons.getByText(/نخستین پاسخ.*: تا/u).waitFor();
    await reasons.getByText('همهٔ ساعت‌های شبانه‌روز شمرده می‌شود.').waitFor();
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'explain fa');
    await leave(desk);
  });

  chapter('sets an agent away who lets two offers run out, and says so', async () => {
    await solveAll();
    const { page } = await enter(scene.sara, { scheme: 'dark' });
    await be(scene.sara, 'online');
    for (const name of ['Kian', 'Laleh']) {
      write(name);
      await offerOf(page, name).waitFor();
      await runOut();
      await page
        .getByText(/The offer of ticket .* ran out\./u)
        .first()
        .waitFor();
      await offerOf(page, name).waitFor({ state: 'detached' });
    }
    await away(page).waitFor();
    await takeShot(page, 'away en dark');
  });

  chapter('and takes them back with one press', async () => {
    const [desk] = desks as [Desk];
    const { page } = desk;
    expect(await findViolations(page, '.banners')).toEqual([]);
    await page.getByRole('button', { name: 'Back online' }).click();
    await away(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Your account: .*Online/ }).waitFor();
    await be(scene.sara, 'busy');
    await leave(desk);
  });

  chapter('tells who oversees of a ticket that nobody takes, and leads there', async () => {
    await query(`update queue set steps = '[{"afterSecs": 1, "do": "alert"}]'`);
    const [root] = await query(`select id from agent where role = 'admin'`);
    const desk = await enter({ id: String(root?.['id']) });
    const { page } = desk;
    write('Behnam');
    await page.getByText(/Ticket .* has waited too long/u).waitFor();
    await takeShot(page, 'alarm en');
    await page.locator('.offers-alarm').getByRole('button', { name: 'Open' }).click();
    await page.locator('.place-strip').getByText('Place').waitFor();
    await query(`update queue set steps = '[]'`);
    await leave(desk);
  });

  chapter('asks everybody at once where the queue broadcasts', async () => {
    await solveAll();
    await setQueues({ strategy: 'broadcast' });
    const hers = await enter(scene.sara);
    const his = await enter(reza);
    await be(scene.sara, 'online');
    await be(reza, 'online');
    write('Shirin', 'who is first?');
    await Promise.all([hers, his].map(({ page }) => offerOf(page, 'Shirin').waitFor()));
    await takeShot(hers.page, 'broadcast en');
  });

  chapter('lets the faster of two have it, and tells the other who that was', async () => {
    const [hers, his] = desks as [Desk, Desk];
    [hers, his].forEach(({ watched }) => watched.expect(/status of (409|410)/u));
    await Promise.all(
      [hers, his].map(({ page }) => offerOf(page, 'Shirin').getByRole('button', { name: 'Accept' }).click()),
    );
    const { ticket } = await until(
      () => ticketOf('Shirin'),
      (row) => row.ticket.ownerId !== null,
    );
    const [winner, loser, name] = ticket.ownerId === reza.id ? [his, hers, 'Reza'] : [hers, his, 'Sara'];
    await winner.page.getByRole('article').filter({ hasText: 'who is first?' }).waitFor();
    await loser.page.getByText(new RegExp(`was taken by \\W*${name}`, 'u')).waitFor();
    await takeShot(loser.page, 'taken en');
    await Promise.all([hers, his].map(({ page }) => offerOf(page, 'Shirin').waitFor({ state: 'detached' })));
  });
});
