import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk } from '../support/ticket-desk.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { lookOver, stillness } from './support/look-over.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

describeInBrowser('reviewing a sample of work', () => {
  let browser: Browser;
  let hub: TestHub;
  let desk: TicketDesk;
  let page: Page;
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub({ env: { ROLE: 'web' } });
    desk = await TicketDesk.open(hub);
    for (const [owner, words] of [
      [desk.people.sara.id, 'The invoice has a wrong amount on it.'],
      [desk.people.sara.id, 'My lamp flickers.'],
      [desk.people.reza.id, 'سفارش من هنوز نرسیده است.'],
    ] as const) {
      const talk = await desk.talk(words);
      const body = { agentId: owner, expected: null };
      await desk.callers.asAdmin.call(`/api/tickets/${talk.ticketId}/assignment`, { body });
      await desk.change(desk.callers.asAdmin, talk, { subject: words, state: 'solved' });
    }
    const lead = await buildAgent(hub.database, { role: 'supervisor', name: 'Leyla Amiri' });
    await hub.database.query(`update agent set locale = 'en'`);
    browser = await launchChromium();
    desks.push(await openDesk(browser, hub, { agentId: lead.id }));
    page = (desks[0] as Desk).page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const looked = async (name: string, locale: 'en' | 'fa'): Promise<void> => {
    await stillness(page);
    await takeShot(page, `quality ${name}`);
    expect(await findViolations(page)).toEqual([]);
    expect(await lookOver(page, locale)).toEqual([]);
  };

  chapter('draws tickets by lot, from the rail on', async () => {
    await (desks[0] as Desk).goto('/inbox/mine');
    await page.getByRole('link', { name: 'Quality' }).click();
    await page.getByText('Nothing has been drawn yet.').waitFor();
    await page.getByRole('button', { name: 'Draw a sample' }).click();
    const dialog = page.getByRole('dialog', { name: 'Draw a sample' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('November');
    await dialog.getByLabel('Sara').waitFor();
    await takeShot(page, 'quality draw en');
    await dialog.getByRole('button', { name: 'Draw', exact: true }).click();
    await page.getByText(/0\W+of\W+3\W+reviewed/u).waitFor();
    await takeShot(page, 'quality sample en');
  });

  chapter(
    'scores one beside its conversation by the keyboard, and nothing begun is lost by looking elsewhere',
    async () => {
      await page.getByRole('link', { name: /invoice/u }).click();
      const side = page.getByRole('complementary', { name: 'Review' });
      await page.getByRole('main').getByText('The invoice has a wrong amount on it.').last().waitFor();
      await side
        .getByRole('group', { name: /^Understood/u })
        .getByLabel('1', { exact: true })
        .focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await side.getByLabel('Comment for the agent').fill('Look at the invoice before you answer.');
      await side.getByRole('link', { name: 'Back to the sample' }).click();
      await page.getByRole('link', { name: /invoice/u }).click();
      expect(
        await side
          .getByRole('group', { name: /^Understood/u })
          .getByLabel('3', { exact: true })
          .isChecked(),
      ).toBe(true);
      for (const question of [/^The answer/u, /^Polite/u]) {
        await side.getByRole('group', { name: question }).getByLabel('5', { exact: true }).check();
      }
      await side.getByRole('group', { name: /^Told/u }).getByLabel('Yes').check();
      await side.getByText(/1\W+question is open/u).waitFor();
      await side.getByRole('group', { name: /^Kept/u }).getByLabel('Does not apply').check();
      await looked('review en', 'en');
      await side.getByRole('button', { name: 'Finish review' }).click();
      await page.getByText('Finished. The agent is told.').waitFor();
      // The next of the sample that nobody has reviewed is there at once.
      await side.getByRole('heading', { name: /^Work of/u }).waitFor();
      await side.getByRole('link', { name: 'Back to the sample' }).click();
      await page.getByText(/1\W+of\W+3\W+reviewed/u).waitFor();
      await page.getByText('85%').waitFor();
    },
  );

  chapter('is read and answered once by its agent', async () => {
    const own = await openDesk(browser, hub, { agentId: desk.people.sara.id });
    desks.push(own);
    await own.goto('/quality/mine');
    const mine = own.page.getByRole('list', { name: 'Reviews of your work' });
    await mine.getByText('Look at the invoice before you answer.').waitFor();
    await mine.getByLabel('Your answer').fill('The invoice came later.');
    await mine.getByRole('button', { name: 'Send answer' }).click();
    await mine.getByText(/Sara\W+answered/u).waitFor();
    await mine.getByLabel('Your answer').waitFor({ state: 'detached' });
    await takeShot(own.page, 'quality mine en');
  });

  chapter('is reopened with a reason, adds up, and its questions go on as another version', async () => {
    await page.getByRole('link', { name: /invoice/u }).click();
    const side = page.getByRole('complementary', { name: 'Review' });
    await side.getByText('The invoice came later.').waitFor();
    await takeShot(page, 'quality finished en');
    await page.goto(`${hub.url}/quality/results`);
    await page.getByRole('row', { name: /Sara.*85%/u }).waitFor();
    await page.getByLabel('Results by').selectOption('question');
    await page.getByRole('row', { name: /^Understood/u }).waitFor();
    await takeShot(page, 'quality results en');
    await page.getByRole('link', { name: 'Scorecard' }).click();
    const weight = page.getByRole('listitem', { name: /^Question\W+1\W*$/u }).getByLabel('Weight');
    const before = await weight.inputValue();
    await weight.fill('7');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Not saved yet.').waitFor({ state: 'detached' });
    expect([await weight.inputValue(), before]).toEqual([before, expect.not.stringMatching(/^7$/u)]);
    await weight.fill('5');
    await page.getByRole('link', { name: 'Samples' }).click();
    await page.getByRole('link', { name: 'Scorecard' }).click();
    await page.getByText('Not saved yet.').waitFor();
    await takeShot(page, 'quality scorecard en');
    await page.getByRole('button', { name: /^Save as version\W+2/u }).click();
    await page.getByRole('button', { name: /^Save as version\W+3/u }).waitFor();
    expect(await page.getByRole('button', { name: 'Discard changes' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Samples' }).click();
    await page.getByRole('link', { name: /November/u }).click();
    await page.getByRole('link', { name: /invoice/u }).click();
    await side.getByRole('button', { name: 'Reopen…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reopen review' });
    await dialog.getByLabel('Why is it reopened?').fill('The wrong ticket.');
    await dialog.getByRole('button', { name: 'Reopen review' }).click();
    await side.getByRole('button', { name: 'Finish review' }).waitFor();
  });

  chapter('is the same in Persian, on a phone and in the dark', async () => {
    await hub.database.query(`update agent set locale = 'fa' where name = 'Leyla Amiri'`);
    const [lead] = await hub.database.query<{ id: string }>(`select id from agent where name = 'Leyla Amiri'`);
    const phone = await openDesk(browser, hub, {
      agentId: lead?.id ?? '',
      locale: 'fa',
      scheme: 'dark',
      width: 390,
      height: 844,
    });
    desks.push(phone);
    page = phone.page;
    await phone.goto('/quality/samples');
    await page.getByRole('link', { name: /November/u }).click();
    await page.getByText(/۰.+از.+۳.+ارزیابی شده/u).waitFor();
    await takeShot(page, 'quality sample fa');
    await page.getByRole('link', { name: /invoice/u }).click();
    await page
      .getByRole('group', { name: /^نیاز مشتری/u })
      .getByLabel('۴', { exact: true })
      .check();
    await looked('review fa', 'fa');
    await page.goto(`${hub.url}/quality/results`);
    await page.getByText('در این بازه چیزی ارزیابی نشده است.').waitFor();
  });
});
