import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { Browser, Page } from 'playwright-core';
import { NoticesSweeper } from '../../apps/hub/src/notices/notices.sweeper.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk, type Talk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

/** Counts what a page lets sound. Questions of a test count as presses of its reader, so the page is told that there were none yet. */
const countTones = `{
  Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } });
  const { start } = OscillatorNode.prototype;
  globalThis.tones = [];
  OscillatorNode.prototype.start = function (...when) { tones.push(this.frequency.value); return start.apply(this, when); };
}`;
const work = 660;
const mention = 1109;

describeInBrowser('alerts that cannot stay silent unnoticed', () => {
  let browser: Browser;
  let hub: TestHub;
  let scene: TicketDesk;
  let sara: Desk;
  let waiting: Talk;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    // Without a worker nobody gives work out, so what waits goes on waiting.
    hub = await startTestHub({ env: { ROLE: 'web' } });
    scene = await TicketDesk.open(hub);
    await hub.database.query(`update agent set status = 'online', locale = 'en'`);
    await hub.database.query(
      `insert into fact_cursor (reader, xid, position) values ('notices', pg_snapshot_xmin(pg_current_snapshot()), 0)`,
    );
    browser = await launchChromium({ notifies: true });
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  async function enter(agentId: string, wish: DeskWish & { path?: string } = {}): Promise<Desk> {
    const { path = '/inbox/mine', ...rest } = wish;
    const desk = await openDesk(browser, hub, { agentId, ...rest });
    desks.push(desk);
    await desk.context.addInitScript(countTones);
    await desk.goto(path);
    await bell(desk.page).waitFor();
    return desk;
  }

  async function leave(desk: Desk): Promise<void> {
    await desk.close();
    desks.splice(desks.indexOf(desk), 1);
  }

  const bell = (page: Page) => page.getByRole('button', { name: /^(Notifications|اعلان‌ها)/u });
  const ringing = (page: Page) => page.locator('.rail-item[data-rings]');
  const silent = (page: Page) => page.getByRole('button', { name: /sound off|Sound is off/u });
  const rings = (page: Page, frequency: number) =>
    page.evaluate<number>(`tones.filter((tone) => Math.round(tone) === ${String(frequency)}).length`);
  const rung = (page: Page, frequency: number, times: number) =>
    until(
      () => rings(page, frequency),
      (count) => count >= times,
    );
  const title = (page: Page, shows: RegExp) =>
    until(
      () => page.title(),
      (found) => shows.test(found),
    );
  const iconOf = (page: Page) => page.locator('link[rel="icon"]').getAttribute('href');

  chapter('says that nothing can be heard until the reader has pressed something, and then rings', async () => {
    sara = await enter(scene.people.sara.id);
    const { page } = sara;
    await silent(page).waitFor();
    await silent(page).click();
    await silent(page).waitFor({ state: 'detached' });
    waiting = await scene.talk('My lamp flickers.');
    await page.getByText(/Waiting in .*ticket/u).waitFor();
    await rung(page, work, 1);
    await title(page, /1/u);
    await until(
      () => iconOf(page),
      (icon) => icon?.startsWith('data:image/svg') ?? false,
    );
  });

  chapter('rings in one window of a browser, and again after a reload, for what waits still', async () => {
    const second = await sara.context.newPage();
    await second.goto(`${hub.url}/inbox/mine`);
    await bell(second).waitFor();
    await second.locator('.rail-logo').click();
    await silent(second).waitFor({ state: 'detached' });
    const before = await rings(sara.page, work);
    const talk = await scene.talk('And my kettle leaks.');
    await rung(sara.page, work, before + 1);
    await title(second, /2/u);
    expect(await rings(second, work)).toBe(0);
    await sara.page.close();
    sara.page = second;
    await second.reload();
    await second.getByText('Your browser keeps sounds off until you click somewhere.').waitFor();
    await second.locator('.rail-logo').click();
    await silent(second).waitFor({ state: 'detached' });
    await title(second, /2/u);
    await bell(second).click();
    await second.getByText(/2.? customers wait in your queues/u).waitFor();
    await scene.callers.asReza.call(`/api/tickets/${talk.ticketId}/assignment`, {
      body: { agentId: scene.people.reza.id, expected: null },
    });
    await second.getByText(/1.? customer waits in your queues/u).waitFor();
    await second.keyboard.press('Escape');
  });

  chapter('goes on every twenty seconds, and ends in every console at once when somebody takes the work', async () => {
    const reza = await openDesk(browser, hub, { agentId: scene.people.reza.id });
    desks.push(reza);
    await reza.context.addInitScript(countTones);
    await reza.page.clock.install();
    await reza.goto('/inbox/mine');
    await bell(reza.page).waitFor();
    await silent(reza.page).click();
    await silent(reza.page).waitFor({ state: 'detached' });
    await ringing(reza.page).waitFor();
    const before = await rings(reza.page, work);
    await reza.page.clock.fastForward(20_100);
    await rung(reza.page, work, before + 1);
    await scene.callers.asSara.call(`/api/tickets/${waiting.ticketId}/assignment`, {
      body: { agentId: scene.people.sara.id, expected: null },
    });
    await Promise.all([reza, sara].map((desk) => ringing(desk.page).waitFor({ state: 'detached' })));
    const after = await rings(reza.page, work);
    await reza.page.clock.fastForward(60_000);
    expect(await rings(reza.page, work)).toBe(after);
    await leave(reza);
  });

  chapter('keeps what concerns the reader behind the bell, by keyboard, and leads to it', async () => {
    const { page } = sara;
    const others = await scene.talk('Is anybody there?');
    await scene.callers.asReza.call(`/api/conversations/${others.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: '@Sara this one is yours', ticketId: others.ticketId },
    });
    await rung(page, mention, 1);
    await until(
      async () => {
        await hub.app.get(NoticesSweeper).sweep();
        return bell(page).getAttribute('aria-label');
      },
      (label) => /: .?\d+.? unread/u.test(label ?? ''),
    );
    await bell(page).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Notifications' });
    await panel.getByText(/mentioned you/u).waitFor();
    expect(await findViolations(page, '.notices-panel')).toEqual([]);
    await takeShot(page, 'bell-en-light');
    await panel.locator('.notice-open').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await panel
      .getByRole('button', { name: /mentioned you/u })
      .first()
      .press('Enter');
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('article').filter({ hasText: 'this one is yours' }).waitFor();
    await until(
      () => bell(page).getAttribute('aria-label'),
      (label) => label === 'Notifications',
    );
  });

  chapter('shows the same to a Persian agent in the dark and on a phone', async () => {
    await hub.database.query(`update agent set locale = 'fa' where id = $1`, [scene.people.sara.id]);
    for (const wish of [{ width: 1440 }, { width: 390, height: 800 }]) {
      const desk = await enter(scene.people.sara.id, { locale: 'fa', scheme: 'dark', ...wish });
      await bell(desk.page).click();
      await desk.page.getByText('از شما نام برد').first().waitFor();
      expect(await findViolations(desk.page, '.notices-panel')).toEqual([]);
      await takeShot(desk.page, `bell-fa-dark-${String(wish.width)}`);
      await leave(desk);
    }
    await hub.database.query(`update agent set locale = 'en' where id = $1`, [scene.people.sara.id]);
  });

  chapter('shows what is pushed, and leads to it', async () => {
    const desk = await enter(scene.people.sara.id, { hasWorker: true });
    const { page, context } = desk;
    await context.grantPermissions(['notifications'], { origin: hub.url });
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    const [worker] = context.serviceWorkers();
    const url = `/inbox/all/${waiting.conversation}`;
    const pushed = JSON.stringify({ title: 'Mina wrote', body: 'SMS', tag: 'one', url, locale: 'en' });
    const dispatch = (name: string, init: string) => `{
      const waits = [];
      const event = Object.assign(new ExtendableEvent('${name}'), ${init});
      event.waitUntil = (work) => waits.push(work);
      dispatchEvent(event);
      Promise.all(waits);
    }`;
    await worker?.evaluate(dispatch('push', `{ data: { json: () => (${pushed}) } }`));
    const shown = await worker?.evaluate<{ title: string; body: string }[]>(
      `registration.getNotifications().then((all) => all.map(({ title, body }) => ({ title, body })))`,
    );
    expect(shown).toEqual([{ title: 'Mina wrote', body: 'SMS' }]);
    await worker?.evaluate(
      dispatch('notificationclick', `{ notification: { data: { url: '${url}' }, close: () => undefined } }`),
    );
    await page.getByRole('article').filter({ hasText: 'My lamp flickers.' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(url);
    await leave(desk);
  });

  chapter('can be installed, shows where it stands without a network, and loses no words by an update', async () => {
    const path = `/inbox/all/${waiting.conversation}`;
    const desk = await enter(scene.people.sara.id, { hasWorker: true, path });
    const { page, context } = desk;
    desk.watched.expect(/net::ERR_|Failed to load resource|WebSocket/u);
    for (const manifest of ['/manifest.webmanifest', '/manifest.fa.webmanifest']) {
      const { icons } = (await (await fetch(hub.url + manifest)).json()) as { icons: { src: string }[] };
      for (const { src } of icons) {
        expect((await fetch(hub.url + src)).headers.get('content-type')).toMatch(/^image\//u);
      }
    }
    await until(() => page.evaluate('navigator.serviceWorker.controller !== null'), Boolean);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('The hub did not answer').first().waitFor();
    await takeShot(page, 'offline-en');
    await context.setOffline(false);
    await page.getByRole('textbox', { name: 'Reply' }).fill('half a sentence');
    // The same worker by another name is a newer one to the browser.
    await page.evaluate(`navigator.serviceWorker.register('/sw.js?newer').then(() => undefined)`);
    await page.getByText('A new version of Peyk is here.').waitFor();
    await takeShot(page, 'update-en');
    const pressReload = () =>
      Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload', exact: true }).click()]);
    // A worker that does not come keeps nobody from the newer page.
    await page.evaluate('{ ServiceWorker.prototype.postMessage = () => undefined; }');
    await pressReload();
    await page.getByText('A new version of Peyk is here.').waitFor();
    await pressReload();
    const reply = page.getByRole('textbox', { name: 'Reply' });
    await until(
      () => reply.inputValue(),
      (value) => value === 'half a sentence',
    );
    const channel = await context.newPage();
    const chat = await channel.goto(`${hub.url}/chat/${scene.channel.id}`);
    expect(chat?.fromServiceWorker()).toBe(false);
    await leave(desk);
  });
});
