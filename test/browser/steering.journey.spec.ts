import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SocketOutlet } from '../../apps/hub/src/live/socket-outlet.service.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk, type Talk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('a supervisor beside an agent', () => {
  let browser: Browser;
  let hub: TestHub;
  let desk: TicketDesk;
  let talk: Talk;
  let lead: string;
  let sara: Page;
  let boss: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub({ env: { ROLE: 'web' } });
    desk = await TicketDesk.open(hub);
    talk = await desk.talk('My invoice is wrong, and I am angry.');
    const assigned = await desk.callers.asAdmin.call(`/api/tickets/${talk.ticketId}/assignment`, {
      body: { agentId: desk.people.sara.id, expected: null },
    });
    expect(assigned.status).toBe(200);
    lead = (await buildAgent(hub.database, { role: 'supervisor', name: 'Leyla Ahmadi' })).id;
    await hub.database.query(`update agent set locale = 'en'`);
    await hub.database.query(`update queue set name = 'Billing' where id = $1`, [desk.queueId]);
    browser = await launchChromium();
    const open = async (agentId: string): Promise<Page> => {
      const opened = await openDesk(browser, hub, { agentId });
      desks.push(opened);
      return opened.page;
    };
    [sara, boss] = [await open(desk.people.sara.id), await open(lead)];
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  chapter('comes when the agent raises a hand', async () => {
    await desks[1]?.goto('/monitor');
    await boss.getByRole('heading', { name: 'Live board' }).waitFor();
    await desks[0]?.goto(`/inbox/mine/${talk.conversation}`);
    await sara.getByText('My invoice is wrong').last().waitFor();
    await sara.getByRole('button', { name: 'Ask for help' }).waitFor();
    await sara.getByText('The conversation begins here.').click();
    await sara.keyboard.press('Shift+H');
    const dialog = sara.getByRole('dialog', { name: 'Ask for help' });
    await dialog.getByLabel('What do you need help with?').fill('May I refund 400 €?');
    await dialog.getByRole('button', { name: 'Raise your hand' }).click();
    await sara.getByText('You asked for help').waitFor();
    const hands = boss.getByRole('region', { name: 'Raised hands' });
    await hands.getByText('May I refund 400 €?').waitFor();
    await boss.getByRole('button', { name: 'Go to', exact: true }).waitFor();
    await takeShot(boss, 'steering board en');
    await hands.getByRole('button', { name: /help .*Sara/u }).click();
    await sara.getByText(/Leyla Ahmadi.* is on it/u).waitFor();
    await hands.getByRole('link', { name: /conversation of .*Sara/u }).click();
    await boss.getByText('You are watching. Nothing is marked as read.').waitFor();
  });

  chapter('looks on, whispers to the agent alone, and is answered', async () => {
    await boss.getByText('My invoice is wrong, and I am angry.').last().waitFor();
    await desk.hear(talk, 'Hello? Is anybody there?');
    await boss.getByText('Hello? Is anybody there?').last().waitFor();
    expect(await boss.getByRole('button', { name: 'Message options' }).count()).toBe(0);
    await boss.getByLabel(/^Whisper to .*Sara/u).fill('Yes, up to 500 €.');
    await boss.getByRole('button', { name: 'Whisper', exact: true }).click();
    await boss.getByText('Not seen yet').waitFor();
    const strip = sara.getByRole('region', { name: 'Steering' });
    await strip.getByText(/From supervisor .*Leyla Ahmadi/u).waitFor();
    await strip.getByText('Yes, up to 500 €.').waitFor();
    await takeShot(sara, 'steering whisper en');
    expect(await findViolations(sara)).toEqual([]);
    await sara.reload();
    await strip.getByText('Yes, up to 500 €.').waitFor();
    await strip.getByRole('button', { name: 'Answer' }).click();
    await sara.keyboard.type('Thank you!');
    await sara.keyboard.press('Control+Enter');
    await strip.getByRole('button', { name: /2.* whispers/u }).waitFor();
    await boss.getByText('Thank you!').waitFor();
    await boss.getByText(/^Seen at/u).waitFor();
    const read = await hub.database.query('select 1 from read_cursor where agent_id = $1', [lead]);
    expect(read).toEqual([]);
    expect(await sara.getByText(/is watching/u).count()).toBe(0);
  });

  chapter('is told of where the organisation wants it so', async () => {
    await desk.callers.asAdmin.call('/api/steering/rules', { method: 'PUT', body: { tellWatched: true } });
    await sara.reload();
    await sara.getByText(/is watching: .*Leyla Ahmadi/u).waitFor();
    await boss.getByRole('link', { name: 'Open in the inbox' }).click();
    await boss.getByRole('button', { name: 'Resolve' }).waitFor();
    await sara.getByText(/is watching/u).waitFor({ state: 'detached' });
    await sara.getByRole('button', { name: 'Lower your hand' }).click();
    await sara.getByRole('button', { name: 'Ask for help' }).waitFor();
    const admin = await signedIn(hub, lead);
    expect((await admin.call(`/api/conversations/${talk.conversation}`)).text).not.toContain('500 €');
  });

  chapter('does so on a phone in the dark, in Persian', async () => {
    await hub.database.query(`update agent set locale = 'fa'`);
    const phone = await openDesk(browser, hub, {
      agentId: lead,
      locale: 'fa',
      scheme: 'dark',
      width: 390,
      height: 844,
    });
    desks.push(phone);
    await phone.goto(`/watch/${talk.conversation}`);
    await phone.page.getByText('فقط تماشا می‌کنید. چیزی خوانده‌شده به حساب نمی‌آید.').waitFor();
    await phone.page.getByText('Thank you!').waitFor();
    const frame = { conversation: talk.conversation, until: new Date(Date.now() + 60_000).toISOString() };
    await until(
      () => {
        const outlet = hub.app.get(SocketOutlet, { strict: false });
        outlet.toAgents([`watch:${talk.conversation}`], [], 'customer.typing', frame);
        return phone.page.getByText(/در حال نوشتن/u).isVisible();
      },
      (isSeen) => isSeen,
    );
    await phone.page.getByLabel(/^نجوا به .*Sara/u).waitFor();
    await takeShot(phone.page, 'steering watch phone fa dark');
    expect(await findViolations(phone.page)).toEqual([]);
    await phone.page.setViewportSize({ width: 1440, height: 900 });
    await takeShot(phone.page, 'steering watch wide fa dark');
  });
});
