import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ChannelView } from '#contract';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { ChannelDirectory, type OpenChannel } from '../../apps/hub/src/settings/channel-directory.service.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { signedIn } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildPhone, callOf, PhoneLine } from '../support/phone-line.js';
import { RoutingScene } from '../support/routing-scene.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const menu = `
format: hub-script/1
id: shop_phone
title: {en: Shop}
locales: [en]
default_locale: en
channels: [voice]
vars:
  pin: {type: text}
start: {default: main_menu}
fallback: to_a_person
nodes:
  main_menu:
    do: ask
    message: {text: {en: 'Press one for opening hours, zero for a person.'}}
    options:
      - {id: hours, label: {en: Opening hours}, dtmf: "1", next: opening_hours}
      - {id: person, label: {en: A person}, dtmf: "0", next: customer_pin}
    retry: {max: 2, then: to_a_person}
  opening_hours: {do: say, message: {text: {en: We are open from nine to five.}}, next: main_menu}
  customer_pin:
    do: collect
    message: {text: {en: 'Key in your customer PIN, please.'}}
    type: digits
    into: pin
    sensitive: true
    next: to_a_person
    retry: {max: 1, then: to_a_person}
  to_a_person: {do: handoff, message: {text: {en: I put you through.}}, onUnavailable: bye}
  bye: {do: end, outcome: unresolved}
`;

describeInBrowser('the phone', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let root = '';
  let channel = '';
  let omid = '';
  /** A caller who was handed over. */
  let handed: PhoneLine | null = null;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    scene = await startConnectedWorld();
    await scene.hub.database.query('update queue set accept_secs = 120');
    const [row] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    root = row?.id ?? '';
    const agents = new RoutingScene(scene.hub.database);
    omid = await agents.buildPresent({ queues: [], phone: '102', columns: { name: 'Omid' } });
    await agents.buildPresent({ queues: [], phone: '103', columns: { name: 'Nasrin', status: 'away' } });
    browser = await launchChromium();
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  async function enter(agentId: string, path: string, wish: DeskWish = {}): Promise<Desk> {
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [agentId, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId, ...wish });
    desks.push(desk);
    await desk.goto(path);
    await desk.page.locator('.rail').waitFor();
    return desk;
  }

  async function leave(desk: Desk): Promise<void> {
    await desk.close();
    desks.splice(desks.indexOf(desk), 1);
  }

  const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: true });
  const key = (page: Page, digit: string) => button(page, new RegExp(`^Key \\P{L}?${digit}\\P{L}?$`, 'u'));
  const heard = (page: Page) => page.getByRole('log', { name: 'What the caller hears' });

  async function beOnline(): Promise<void> {
    const caller = await signedIn(scene.hub, scene.sara.id);
    expect((await caller.call('/api/me', { method: 'PATCH', body: { status: 'online' } })).status).toBe(200);
  }

  chapter('an administrator sets up a line, and reads what its exchange must be told', async () => {
    const desk = await enter(root, '/settings/channels', { height: 1200 });
    const { page } = desk;
    await button(page, 'Add a channel').click();
    await page.getByRole('menuitem', { name: 'Phone by Asterisk, FreePBX or Issabel' }).click();
    await page.getByLabel('Token').fill('sixteen-letters-and-more');
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'phone en form asterisk');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await button(page, 'Add a channel').click();
    await page.getByRole('menuitem', { name: 'Phone by your own exchange' }).click();
    await page.getByLabel(/^Name/u).fill('Shop line');
    await page.getByLabel('Token').fill('sixteen-letters-and-more');
    await page.getByLabel('New tickets go to').selectOption({ index: 1 });
    await button(page, 'Save').click();
    await page.getByText(/hooks\/calls\//u).waitFor();
    const [stored] = (await scene.admin.call<ChannelView[]>('/api/channels')).body.filter(
      ({ name }) => name === 'Shop line',
    );
    channel = stored?.id ?? '';
    await deploy(scene.hub.database, await publishScript(scene.hub.database, menu), channel);
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'phone en channel');
    await leave(desk);
  });

  chapter('tries it with keys, without a provider, and sees the way through the script', async () => {
    const { page } = await enter(root, '/settings/channels', { height: 1100 });
    await button(page, /Shop line/u).click();
    await button(page, 'Try a call').click();
    await page.getByLabel('Number you call from').fill('+44 20 7946 0018');
    await button(page, 'Call').click();
    await heard(page).getByText('Press one for opening hours').first().waitFor();
    await key(page, '1').click();
    await heard(page).getByText('We are open from nine to five.').waitFor();
    await page.getByRole('region', { name: 'Way through the script' }).getByText('opening hours').waitFor();
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'phone en try');
    await button(page, 'Hang up').click();
    await heard(page).getByText('The line hung up').waitFor();
  });

  chapter('an agent tells where their phone rings', async () => {
    const { page } = await enter(scene.sara.id, '/settings/mine');
    await page.getByLabel('What rings').selectOption('sip');
    await page.getByLabel('SIP address').fill('sara');
    await page.getByLabel('What rings').focus();
    await page.getByText('Write it like a mail address: name@server.').waitFor();
    await page.getByLabel('What rings').selectOption('extension');
    await page.getByLabel('Extension').fill('۱۰۱');
    await button(page, 'Save the phone').click();
    await page.getByText('The phone is saved.').waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'phone en my phone');
    await beOnline();
  });

  chapter(
    'it rings when a caller wants a person, and the conversation opens by itself when it is answered',
    async () => {
      const [admin, agent] = [desks[0]?.page as Page, desks[1]?.page as Page];
      await admin.getByLabel('Number you call from').fill('+44 20 7946 0018');
      await admin.getByRole('switch', { name: 'Let it ring my team' }).check();
      await button(admin, 'Call again').click();
      await key(admin, '0').click();
      await heard(admin).getByText('Key in your customer PIN').waitFor();
      for (const digit of ['4', '7', '1', '1']) {
        await key(admin, digit).click();
      }
      await button(admin, 'Say it').click();
      await heard(admin)
        .getByText(/Rings .*Sara.*101/u)
        .waitFor();
      const ring = agent.getByRole('article', { name: /Your phone rings/u });
      await ring.getByText('Pick up your phone to answer.').waitFor();
      expect(await findViolations(agent, '.offers')).toEqual([]);
      await takeShot(agent, 'phone en ring');
      await takeShot(admin, 'phone en try rings');
      await button(admin, 'They answer').click();
      const card = agent.getByRole('article', { name: /Incoming call.?, .?Talking with .*Sara/u });
      await card.waitFor();
      const bar = agent.getByRole('region', { name: 'The call you are in' });
      await bar.getByText('Not recorded').waitFor();
      expect(await findViolations(agent, '.desk')).toEqual([]);
      await takeShot(agent, 'phone en talking');
      await button(admin, 'They hang up').click();
      await agent.getByRole('article', { name: /Incoming call.?, .?Answered/u }).waitFor();
      await bar.waitFor({ state: 'hidden' });
    },
  );

  chapter('the card keeps the way, with the secret masked, and who talked', async () => {
    const { page } = desks[1] as Desk;
    const card = page.getByRole('article', { name: /Incoming call.?, .?Answered/u });
    await card.getByText(/The way through the menu/u).click();
    await card.getByText('told in confidence').waitFor();
    await card.getByText('More about this call').click();
    await card.getByText('Shop line').waitFor();
    expect(await card.getByText('4711').count()).toBe(0);
    expect(await findViolations(page, '.desk')).toEqual([]);
    await takeShot(page, 'phone en card');
  });

  chapter('hands a caller over from the bar, by keyboard, to a colleague who is free', async () => {
    const { page } = desks[1] as Desk;
    const { hub } = scene;
    hub.app.get(CallDrivers).register('twilio', { transfer: () => Promise.resolve() });
    const { queueId } = hub.app.get(ChannelDirectory).find(channel) as OpenChannel;
    const line = new PhoneLine(hub, await buildPhone(hub, queueId), '+442079460077');
    await line.arrive();
    const ring = () => ('dial' in line.stop ? Promise.resolve(line.stop) : line.tell({ kind: 'held' }));
    const dial = await until(ring, (stop) => 'dial' in stop);
    const leg = 'dial' in dial ? dial.dial.leg : '';
    await line.next({ kind: 'dialled', leg, result: 'answered', seconds: null });
    const bar = page.getByRole('region', { name: 'The call you are in' });
    await button(page.getByRole('article', { name: /Talking with .*Sara/u }), 'Hand over').waitFor();
    await button(bar, 'Hand over').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Hand the call over' });
    expect(await dialog.getByRole('radio', { name: /Nasrin/u }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /Omid/u }).focus();
    await page.keyboard.press('Space');
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'phone en hand over');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await bar.getByText('Being handed over …').waitFor();
    await takeShot(page, 'phone en handing over');
    expect(await line.ask({ kind: 'held' })).toMatchObject({ dial: { to: { address: '102' } } });
    await bar.waitFor({ state: 'hidden' });
    await line.next({ kind: 'dialled', leg: (await callOf(hub, line)).legId ?? '', result: 'answered', seconds: null });
    await page.getByRole('article', { name: /Talking with .*Omid/u }).waitFor();
    await takeShot(page, 'phone en handed over');
    handed = line;
  });

  chapter('a supervisor hands it on in Persian, to a number outside', async () => {
    const line = handed as PhoneLine;
    const { conversationId } = await callOf(scene.hub, line);
    const { page } = await enter(root, `/inbox/all/${conversationId}`, { locale: 'fa', scheme: 'dark' });
    const card = page.getByRole('article', { name: /Omid/u });
    await button(card, 'انتقال تماس').click();
    const dialog = page.getByRole('dialog', { name: 'انتقال تماس' });
    await dialog.getByRole('radio', { name: 'تلفن دیگر' }).check();
    await dialog.getByLabel(/^شماره \*/u).fill('۰۹۱۲ ۷۷۷ ۰۰۱۱');
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'phone fa hand over dark');
    await button(dialog, 'انتقال').click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await line.ask({ kind: 'held' })).toMatchObject({ dial: { to: { address: '+989127770011' } } });
    await page
      .getByText(/989127770011/u)
      .first()
      .waitFor();
    await line.hangUp();
    await scene.hub.database.query(`update agent set status = 'offline' where id = $1`, [omid]);
    await leave(desks.at(-1) as Desk);
  });

  chapter('a Persian colleague reads the same card on a phone in the dark, and could call back', async () => {
    const [row] = await scene.hub.database.query<{ id: string }>(
      `select m.conversation_id as id from message m where m.channel_id = $1 and m.kind = 'call' order by m.seq desc limit 1`,
      [channel],
    );
    const wish = { locale: 'fa', scheme: 'dark', width: 390, height: 844 } as const;
    const { page } = await enter(root, `/inbox/all/${row?.id ?? ''}`, wish);
    const card = page.getByRole('article', { name: /تماس ورودی/u }).last();
    await card.getByText(/مسیر در منوی گویا/u).click();
    await card.getByText('محرمانه گفته شد').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'phone fa card dark narrow');
    await card.getByText('Sara').first().waitFor();
  });

  chapter('and tries the line there as well', async () => {
    const { page, goto } = desks.at(-1) as Desk;
    await goto('/settings/channels');
    await button(page, /Shop line/u).click();
    await button(page, 'تماس آزمایشی').click();
    await button(page, 'تماس').click();
    await page.getByRole('log', { name: 'آنچه تماس‌گیرنده می‌شنود' }).getByText('Press one').first().waitFor();
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    await takeShot(page, 'phone fa try dark narrow');
    await button(page, 'قطع کردن').click();
    await page.getByText('خط قطع شد').waitFor();
  });
});
