import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import en from '../../apps/agent-ui/src/i18n/call-sources.en.json' with { type: 'json' };
import enTexts from '../../apps/agent-ui/src/i18n/en.json' with { type: 'json' };
import fa from '../../apps/agent-ui/src/i18n/call-sources.fa.json' with { type: 'json' };
import faTexts from '../../apps/agent-ui/src/i18n/fa.json' with { type: 'json' };
import { PeopleDesk, type Writer } from '../support/people-desk.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const row = (number: string, at: string, state: string) =>
  `"","${number}","101","from-trunk","","SIP/trunk-1","SIP/101-${number.slice(-2)}","Dial","","${at}","${state === 'ANSWERED' ? at : ''}","${at}",30,20,"${state}","DOCUMENTATION","${number}.1",""`;
const file = [
  row('09123334401', '2020-03-01 10:00:00', 'ANSWERED'),
  '"","0912',
  row('09123334402', '2020-03-01 11:00:00', 'NO ANSWER'),
].join('\n');

describeInBrowser('calls that are written down, and calls of a file', () => {
  let browser: Browser;
  let people: PeopleDesk;
  let person: Writer;
  let desk: Desk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    people = await PeopleDesk.start();
    await people.admin.call('/api/channels', {
      body: {
        kind: 'phone',
        name: 'Exchange',
        queueId: people.queue,
        config: { driver: 'pbx' },
        secrets: { token: 'token-of-the-exchange' },
      },
    });
    person = await people.hear({ address: '+989121234567', name: 'سارا' });
    await people.hub.database.query(`update agent set role = 'admin', locale = 'fa' where id = $1`, [people.agentId]);
    browser = await launchChromium();
    desk = await openDesk(browser, people.hub, { agentId: people.agentId, height: 1100 });
    desks.push(desk);
    page = desk.page;
  }, 180_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await people?.stop();
  });

  const openPerson = () => desk.goto(`/inbox/open/${person.conversation}`);

  chapter('a call is written down in Persian, by its Persian date and what came of it', async () => {
    await openPerson();
    await page.getByRole('button', { name: faTexts.conversation.logCall }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(fa.logCall.when).fill('دیروز');
    await form.getByText(fa.logCall.whenUnread).waitFor();
    await form.getByLabel(fa.logCall.when).fill('۱۴۰۴/۹/۱ ۱۰:۳۰');
    await form.getByText('۱ آذر ۱۴۰۴').waitFor();
    await form.getByLabel(faTexts.call.note).fill('سفارش تازه داد');
    await form.getByLabel(fa.logCall.disposition).selectOption('order_taken');
    await form.getByRole('switch', { name: fa.logCall.followUp }).click();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'call log fa');
    await form.getByRole('button', { name: faTexts.call.save }).click();
    await page.getByRole('log').getByText('سفارش تازه داد').waitFor();
    const [stored] = await people.hub.database.query<{ sent_at: Date; disposition: string }>(
      `select sent_at, content #>> '{call,details,disposition}' as disposition from message where kind = 'call' and conversation_id = $1`,
      [person.conversation],
    );
    expect(stored).toEqual({ sent_at: new Date('2025-11-22T07:00:00Z'), disposition: 'order_taken' });
  });

  chapter('a call that goes on is timed, over a reload of the page too', async () => {
    await people.hub.database.query(`update agent set locale = 'en' where id = $1`, [people.agentId]);
    await openPerson();
    await page.getByRole('button', { name: enTexts.conversation.logCall }).click();
    await page.getByRole('button', { name: en.logCall.startTimer }).click();
    await page.getByRole('timer').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'call timer en');
    await page.reload();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: en.logCall.finish }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel(enTexts.call.number).inputValue()).toBe('+989121234567');
    await form.getByLabel(enTexts.call.note).fill('Promised to come');
    await form.getByRole('button', { name: enTexts.call.save }).click();
    await page.getByRole('log').getByText('Promised to come').waitFor();
    await page.getByRole('timer').waitFor({ state: 'detached' });
  });

  chapter('a file of records is seen as calls, and becomes history', async () => {
    await desk.goto('/settings/channels');
    await page.locator('.channels li', { hasText: 'Exchange' }).getByRole('button').first().click();
    await page.getByRole('button', { name: en.records.open }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'Master.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await dialog.getByText('+989123334401').waitFor();
    await dialog.getByText(en.records.wrong.truncated).waitFor();
    expect(await dialog.getByLabel(en.records.preset).inputValue()).toBe('cdr_csv');
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'call records en');
    await dialog.getByRole('button', { name: en.records.start }).click();
    await dialog.getByText(en.records.states.done, { exact: true }).waitFor();
    await dialog.getByText(/\b2\W* new calls/u).waitFor();
    await dialog.getByRole('link', { name: en.records.download }).waitFor();
  });

  chapter('a call that nobody answered can be called back by another telephone', async () => {
    const missed = await people.writer('phone', '+989123334402');
    await desk.goto(`/inbox/open/${missed.conversation}`);
    await page.getByRole('button', { name: en.logCall.back }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel(enTexts.call.number).inputValue()).toBe('+989123334402');
    await form.getByLabel(enTexts.call.note).fill('Called back');
    await form.getByRole('button', { name: enTexts.call.save }).click();
    await page.getByRole('log').getByText('Called back').waitFor();
  });
});
