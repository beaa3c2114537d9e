import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ScriptView } from '../../apps/hub/src/contract/script-views.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildChannel, buildQueue, openedChat, visitorToken } from '../support/live-client.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk, type DeskWish } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const source = `# The menu of a shop
format: hub-script/1
id: shop_menu
title: {en: Shop menu, fa: منوی فروشگاه}
locales: [en, fa]
default_locale: en
channels: [web, sms, voice]
start: {default: menu}
fallback: to_agent
nodes:
  menu:
    do: ask
    message: {text: {en: How can we help?, fa: چه کمکی از ما برمی‌آید؟}, audio: {fa: prompts/menu.fa.wav}}
    options:
      - {id: track, label: {en: Track an order, fa: پیگیری سفارش}, dtmf: "1", next: ask_order} # the usual
      - {id: human, label: {en: Talk to a person, fa: گفتگو با کارشناس}, dtmf: "0", next: to_agent}
    retry: {max: 2, then: to_agent}
    timeout: {after: {voice: 6s, default: 30m}, then: bye}
  ask_order:
    do: collect
    message: {text: {en: What is the order number?, fa: شمارهٔ سفارش چیست؟}, audio: {fa: prompts/order.fa.wav}}
    type: order_no
    into: order_no
    next: thanks
  thanks:
    do: end
    message: {text: {en: 'Order {{ order_no }} is on its way.', fa: 'سفارش {{ order_no }} در راه است.'}, audio: {fa: prompts/thanks.fa.wav}}
    outcome: resolved
  to_agent: {do: handoff, onUnavailable: bye}
  bye: {do: end, outcome: unresolved}
`;

describeInBrowser('scripts', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let root = '';
  let id = '';
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

  async function enter(wish: DeskWish): Promise<Desk> {
    await scene.hub.database.query('update agent set locale = $2 where id = $1', [root, wish.locale ?? 'en']);
    const desk = await openDesk(browser, scene.hub, { agentId: root, ...wish });
    open.push(desk);
    return desk;
  }

  const script = async (): Promise<ScriptView> => (await scene.admin.call<ScriptView>(`/api/scripts/${id}`)).body;
  const tab = (page: Page, name: string) => page.locator('.script-tabs').getByRole('button', { name, exact: true });
  const talk = (page: Page) => page.getByRole('log');
  const chapter = tellStory(() => open);

  chapter('an administrator begins with a ready one', async () => {
    const { page, goto } = await enter({ height: 1100 });
    await goto('/settings/scripts');
    await page.getByRole('button', { name: 'Add a script' }).first().click();
    await page.getByText('Opening hours', { exact: true }).click();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('tree').waitFor();
    await talk(page).getByText('Ended').waitFor();
    await page.getByRole('link', { name: 'Back to the scripts' }).click();
    await page.getByRole('link', { name: /Opening hours/u }).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
  });

  chapter('writes in a form what stands in the text, takes it back, and tries it at once', async () => {
    const made = await scene.admin.call<ScriptView>('/api/scripts', { body: { name: 'Shop menu', source } });
    expect(made.status).toBe(201);
    ({ id } = made.body);
    const { page, goto } = await enter({ height: 1200 });
    await goto(`/settings/scripts/${id}`);
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('region', { name: /Node .*menu/u });
    await form.getByLabel('English', { exact: true }).first().fill('What can we do?');
    await talk(page).getByText('What can we do?').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await talk(page).getByText('How can we help?').waitFor();
    await page.getByRole('button', { name: 'Do again' }).click();
    await talk(page).getByText('What can we do?').waitFor();
    await page.getByRole('button', { name: 'Track an order' }).click();
    await talk(page).getByText('What is the order number?').waitFor();
    await page.getByLabel('Type as the customer').fill('۱۲۳۴۵۶');
    await page.keyboard.press('Enter');
    await talk(page).getByText('Order 123456 is on its way.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'scripts en outline');
    await page.getByRole('button', { name: 'Save as a test…' }).click();
    await page.getByLabel(/^Name of the test/u).fill('An order is found');
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Run all' }).click();
    await page.getByText(/.?3.? passed, .?0.? failed/u).waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'scripts en tests');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await until(script, ({ source: text, scenarios }) => text.includes('What can we do?') && scenarios.length === 1);
    expect((await script()).source).toBe(source.replace('How can we help?', 'What can we do?'));
  });

  chapter('finds what is wrong at its line and at its step, and is asked before leaving', async () => {
    const { page, goto } = await enter({ height: 1100 });
    await goto(`/settings/scripts/${id}?tab=text`);
    const text = page.getByLabel('Text of the script');
    await text.fill((await script()).source.replace('next: thanks', 'next: nobody'));
    const problem = page
      .getByRole('region', { name: 'Problems' })
      .getByRole('button', { name: /nobody/u })
      .first();
    await problem.waitFor();
    await page.locator('.script-gutter [data-tone="bad"]').first().waitFor();
    await takeShot(page, 'scripts en text');
    await tab(page, 'Nodes').click();
    await problem.click();
    await page.getByRole('region', { name: /Node .*ask_order/u }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the scripts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('No problems found').waitFor();
    const theirs = await script();
    await scene.admin.call(`/api/scripts/${id}/draft`, {
      method: 'PUT',
      body: { version: theirs.draftVersion, source: `${theirs.source}# theirs\n`, scenarios: theirs.scenarios },
    });
    await page.getByRole('treeitem', { name: /thanks/u }).click();
    await page.getByLabel(/^Note for editors/u).fill('mine');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page
      .getByRole('alert')
      .getByText(/Somebody else saved/u)
      .waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await page.getByRole('button', { name: 'Put mine over theirs' }).click();
    await until(script, ({ source: text }) => text.includes('note: mine') && !text.includes('# theirs'));
  });

  chapter('keeps what is typed while it is saved', async () => {
    const { page, goto } = await enter({ height: 1100 });
    await goto(`/settings/scripts/${id}?node=thanks`);
    const saving = Promise.withResolvers<void>();
    await page.route('**/draft', async (route) => {
      await saving.promise;
      await route.continue();
    });
    const note = page.getByLabel(/^Note for editors/u);
    await note.fill('sent');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await note.fill('typed meanwhile');
    saving.resolve();
    // It can be pressed again once the first answer is there, and only if something is left to save.
    await page.getByRole('button', { name: 'Save draft' }).click();
    await until(script, ({ source: text }) => text.includes('note: typed meanwhile'));
  });

  chapter('sends a picture along, which its customers see in the trial', async () => {
    const { page, goto } = await enter({ locale: 'fa', height: 1500 });
    await goto(`/settings/scripts/${id}?node=menu`);
    const field = page.locator('.script-media').first();
    const buffer = Buffer.from(await (await fetch(`${scene.hub.url}/icons/peyk-180.png`)).arrayBuffer());
    await field.locator('input').setInputFiles({ name: 'منوی شعبه.png', mimeType: 'image/png', buffer });
    const picture = { name: 'منوی-شعبه.png' };
    await field.getByRole('img', picture).waitFor();
    await talk(page).getByRole('img', picture).waitFor();
    expect(await field.getByRole('combobox').inputValue()).toBe(picture.name);
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'scripts fa picture');
    await field.getByRole('button', { name: 'حذف این فایل' }).click();
    await talk(page).getByRole('img', picture).waitFor({ state: 'detached' });
    await field.getByRole('combobox').and(page.locator(':not([disabled])')).waitFor();
    expect(await field.getByRole('option', picture).count()).toBe(0);
  });

  chapter('draws it the Persian way, by keyboard, and hears it on the phone', async () => {
    const { page, goto } = await enter({ locale: 'fa', scheme: 'dark', height: 1200 });
    await goto(`/settings/scripts/${id}?tab=canvas`);
    // Boxes are hidden until they are measured, and what is hidden takes no focus.
    await page.locator('[data-step="menu"]').waitFor();
    await page.locator('[data-step="menu"]').focus();
    await page.keyboard.press('ArrowLeft');
    await until(
      () => page.evaluate('document.activeElement.dataset.step'),
      (step) => step === 'ask_order',
    );
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: /ask_order/u }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'scripts fa canvas');
    await page.getByLabel('کانال').selectOption('voice');
    await page.getByLabel('زبان').selectOption('fa');
    await page.getByText('prompts/menu.fa.wav').waitFor();
    await page.getByRole('button', { name: /کلید .?۱/u }).click();
    await talk(page).getByText('prompts/order.fa.wav').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'scripts fa phone');
  });

  chapter('lets it loose on a channel, and sees what differs since', async () => {
    const { page, goto } = await enter({ locale: 'fa', width: 1280, height: 1100 });
    await goto(`/settings/scripts/${id}`);
    await page.getByRole('button', { name: 'انتشار…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('می‌توان منتشر کرد').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'scripts fa publish');
    await dialog.getByRole('button', { name: 'انتشار', exact: true }).click();
    await page
      .locator('.script-head')
      .getByText(/نسخهٔ .?۱.? فعال است/u)
      .waitFor();
    await tab(page, 'محل پاسخ‌گویی').click();
    await page.getByLabel('کانال', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'اینجا پاسخ دهد' }).click();
    await until(script, ({ channels }) => channels.length === 1);
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'scripts fa use');
    const { draftVersion, scenarios, source: text } = await script();
    await scene.admin.call(`/api/scripts/${id}/draft`, {
      method: 'PUT',
      body: { version: draftVersion, scenarios, source: text.replace('What can we do?', 'Hello! What can we do?') },
    });
    await goto(`/settings/scripts/${id}?tab=versions`);
    await page.getByRole('region', { name: 'سطرهای متفاوت' }).getByText('Hello! What can we do?').waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await takeShot(page, 'scripts fa versions');
  });

  chapter('tries a version with some, ends the trial, and plays a talk again with what is written since', async () => {
    const { page, goto } = await enter({ width: 1280, height: 1100 });
    const { draftVersion } = await script();
    const tried = await scene.admin.call(`/api/scripts/${id}/publish`, {
      body: { version: draftVersion, percent: 20 },
    });
    expect(tried.status).toBe(200);
    await goto(`/settings/scripts/${id}?tab=versions`);
    await page.getByText(/Version .?2.? is on trial/u).waitFor();
    await takeShot(page, 'scripts en trial');
    await page.getByRole('button', { name: 'End the trial' }).click();
    await until(script, ({ canary }) => canary === null);
    await page.getByRole('button', { name: 'End the trial' }).waitFor({ state: 'detached' });

    const channel = await buildChannel(scene.hub, { kind: 'web', queueId: await buildQueue(scene.hub.database) });
    const deployed = await scene.admin.call(`/api/scripts/${id}/deployments`, { body: { channelId: channel.id } });
    expect(deployed.status).toBe(201);
    const chat = await openedChat(scene.hub, channel.id, await visitorToken(scene.hub, channel.id));
    await chat.say('good morning');
    await until(
      () => scene.hub.database.query('select 1 from bot_turn'),
      (turns) => turns.length > 0,
    );
    chat.close();
    await goto(`/settings/scripts/${id}?tab=scenarios`);
    await page.getByRole('button', { name: 'Play again' }).click();
    const result = page.getByRole('region', { name: 'The talk then and now' });
    await result.getByText('Hello! What can we do?').first().waitFor();
    expect(await findViolations(page, '#content')).toEqual([]);
    await tab(page, 'Figures').click();
    await page.getByRole('rowheader', { name: 'menu' }).waitFor();
    await takeShot(page, 'scripts en figures');
  });
});
