import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import type { CustomerMail } from '../../tools/stand-ins/mail-server.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildBounce } from '../support/build-bounce.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const mina = 'mina@example.org';
const ali = 'ali@example.org';
const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const page1 = (
  tracker: string,
) => `<p>Dear team, the <b>blue</b> one, please.</p><p><a href="https://shop.example/blue">The blue one</a></p>
<img src="${tracker}/pixel.gif" width="1" height="1"><script>parent.ran = true</script>
<div class="gmail_quote"><div class="gmail_attr">On Mon, 1 Jun 2026 Support wrote:</div><blockquote>Which colour would you like?</blockquote></div>`;

describeInBrowser('a day with mail', () => {
  let browser: Browser;
  let scene: ConnectedWorld;
  let desk: Desk;
  let page: Page;
  let conversation: string;
  let tracker: Server;
  let trackerUrl: string;
  const tracked: string[] = [];
  const desks: Desk[] = [];
  const chapter = tellStory(() => desks);

  beforeAll(async () => {
    await buildPage('console');
    tracker = createServer((request, response) => {
      tracked.push(request.headers['user-agent'] ?? '');
      response.end(gif);
    });
    await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve));
    trackerUrl = `http://127.0.0.1:${(tracker.address() as AddressInfo).port}`;
    scene = await startConnectedWorld();
    await scene.hub.database.query(`update agent set locale = 'en'`);
    await write({
      from: `Mina Ahmadi <${mina}>`,
      to: [worldMailbox, ali].join(', '),
      cc: 'boss@example.org',
      subject: 'Which colour?',
      html: page1(trackerUrl),
      messageId: '<colour@example.org>',
    } as CustomerMail);
    const [row] = await scene.hub.database.query<{ id: string }>(
      `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
      [mina],
    );
    conversation = row?.id ?? '';
    browser = await launchChromium();
    desk = await openDesk(browser, scene.hub, { agentId: scene.sara.id, height: 1200 });
    desks.push(desk);
    page = desk.page;
  }, 120_000);

  afterEach(() => expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await scene?.close();
    tracker?.close();
  });

  const write = (mail: CustomerMail) => scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, mail);
  const bubble = (text: string | RegExp): Locator => page.getByRole('article').filter({ hasText: text });
  const words = (): Locator => page.getByRole('textbox', { name: 'Reply' });
  const send = async (): Promise<void> => page.getByRole('button', { name: 'Send', exact: true }).click();
  const dialog = (): Locator => page.getByRole('dialog');

  chapter('shows what a mail says, and what it repeats once somebody asks by the keyboard', async () => {
    await desk.goto(`/inbox/open/${conversation}`);
    const mail = bubble('blue');
    await mail.waitFor();
    expect(await mail.innerText()).not.toContain('Which colour would you like?');
    const fold = mail.getByRole('button', { name: 'Show quoted text' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await fold.focus();
    await page.keyboard.press('Enter');
    await mail.getByText('Which colour would you like?').waitFor();
    expect(await mail.getByRole('button', { name: 'Hide quoted text' }).getAttribute('aria-expanded')).toBe('true');
    await mail.getByText('boss@example.org').waitFor();
  });

  chapter('shows it as it was sent, in a frame that runs nothing and asks nobody', async () => {
    await bubble('blue').getByRole('button', { name: 'View as sent' }).click();
    const frame = dialog().locator('iframe');
    await frame.waitFor();
    expect(await frame.getAttribute('sandbox')).toBe('allow-popups allow-popups-to-escape-sandbox');
    await page.frameLocator('iframe').locator('b', { hasText: 'blue' }).waitFor();
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    await dialog()
      .getByText(/1\W* remote image is not loaded/)
      .waitFor();
    await takeShot(page, 'mail page en');
    expect(await findViolations(page, '[role="dialog"]')).toEqual([]);
    expect(desk.watched.faults()).toEqual([]);
  });

  chapter('asks for the images once somebody wants them, and gives the original', async () => {
    expect(tracked).toEqual([]);
    await dialog().getByRole('button', { name: 'Load remote images' }).click();
    const image = page.frameLocator('iframe').locator('img');
    await image.waitFor({ state: 'attached' });
    expect(await image.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    // The hub asked for it, once and in its own name; the browser asked nobody.
    expect(tracked).toEqual(['Mozilla/5.0 (compatible; Peyk)']);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog().getByRole('link', { name: 'Download original' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('Which colour.eml');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  chapter('answers everybody, and takes no address that is none', async () => {
    await page.getByRole('radiogroup', { name: 'Answer whom' }).getByText('To all').click();
    await page.getByRole('button', { name: /^Remove .*boss@example\.org/ }).click();
    await page.getByRole('button', { name: 'Add Bcc, seen by nobody else' }).click();
    await page.getByLabel('Bcc', { exact: true }).fill('archive');
    await page.keyboard.press('Enter');
    await words().fill('The blue one is on its way.');
    await page.getByText('Correct or remove the addresses that are marked.').waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await takeShot(page, 'mail composer en');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Remove .*archive/ }).click();
    await page.getByLabel('Bcc', { exact: true }).fill('Archive <archive@peyk.test>');
    await send();
    const sent = await scene.world.mail.waitFor((mail) => mail.text.includes('on its way'));
    expect(sent.envelope.to.toSorted()).toEqual([ali, 'archive@peyk.test', mina]);
    expect(sent.headers['cc']).toContain(ali);
    expect(sent.headers['bcc']).toBeUndefined();
    const answer = bubble('on its way');
    await answer.getByText('archive@peyk.test').waitFor();
  });

  chapter('says that another subject begins another thread, and lets the agent choose between the two', async () => {
    await page.getByRole('textbox', { name: 'Subject' }).fill('Your invoice');
    await page.getByText('Another subject begins a new thread').waitFor();
    await words().fill('Here is your invoice.');
    await send();
    const sent = await scene.world.mail.waitFor((mail) => mail.text.includes('Here is your invoice'));
    expect(sent.subject).toBe('Your invoice');
    expect(sent.headers['in-reply-to']).toBeUndefined();
    const thread = page.getByRole('combobox', { name: 'Thread' });
    const older = thread.locator('option', { hasText: 'Which colour?' });
    await thread.selectOption(await older.getAttribute('value'));
    expect(await page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Which colour?');
    await words().fill('And a ribbon?');
    await send();
    const next = await scene.world.mail.waitFor((mail) => mail.text.includes('And a ribbon'));
    expect(next.subject).toMatch(/Which colour\?$/);
    expect(next.headers['in-reply-to']).toBeDefined();
  });

  chapter('takes a mail back while it can, and lets it leave when its writer wants', async () => {
    const careful = await openDesk(browser, scene.hub, { agentId: scene.sara.id, undo: { email: 60, other: 0 } });
    desks.push(careful);
    const own = careful.page;
    const field = own.getByRole('textbox', { name: 'Reply' });
    const waiting = own.getByRole('article').filter({ hasText: 'Sent too soon' });
    const sendOnce = async () => {
      await own.getByRole('button', { name: 'Send', exact: true }).click();
      await waiting.getByText(/Leaves in/).waitFor();
    };
    const isEarly = ({ text }: { text: string }) => text.includes('Sent too soon');
    const isBack = async () => {
      await waiting.waitFor({ state: 'detached' });
      await until(
        () => field.inputValue(),
        (words) => words === 'Sent too soon',
      );
    };
    await careful.goto(`/inbox/open/${conversation}`);
    await field.fill('Sent too soon');
    await sendOnce();
    await takeShot(own, 'held mail en');
    expect(await findViolations(own)).toEqual([]);
    await own.reload();
    await waiting.getByText(/Leaves in/).waitFor();
    await field.press('Control+KeyZ');
    await isBack();
    await sendOnce();
    await waiting.getByRole('button', { name: 'Take back' }).click();
    await isBack();
    await sendOnce();
    expect(scene.world.mail.sent.filter(isEarly)).toEqual([]);
    await waiting.getByRole('button', { name: 'Send now' }).click();
    await scene.world.mail.waitFor(isEarly);
    await waiting.getByText('Sent', { exact: true }).waitFor();
    await careful.close();
  });

  chapter('tells what came back, on the mail that failed and beside it, and warns who writes there next', async () => {
    const { messageId } = await scene.world.mail.waitFor((mail) => mail.text.includes('And a ribbon'));
    await until(
      () => bubble('And a ribbon').innerText(),
      (text) => text.includes('Sent'),
    );
    await write({
      from: worldMailbox,
      envelopeFrom: '',
      to: worldMailbox,
      raw: buildBounce({ to: worldMailbox, failed: mina, messageId }),
    });
    await bubble('And a ribbon').getByText('Not delivered').waitFor();
    const report = bubble('This address takes no mail');
    await report
      .getByText(/User unknown/)
      .first()
      .waitFor();
    const chip = report.getByRole('button', { name: 'Could not be delivered' });
    await chip.focus();
    await page.keyboard.press('Enter');
    await dialog()
      .getByText(/the server's own words/)
      .waitFor();
    expect(await findViolations(page)).toEqual([]);
    await takeShot(page, 'mail bounce en');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.reload();
    await page
      .getByText(/Nothing is sent to this address any more/)
      .first()
      .waitFor();
  });

  chapter('tells beside a mail that was sent what a server said of it later', async () => {
    const { messageId } = await scene.world.mail.waitFor((mail) => mail.text.includes('Here is your invoice'));
    const raw = buildBounce({ to: worldMailbox, failed: 'passed-on@example.org', messageId });
    await write({ from: worldMailbox, envelopeFrom: '', to: worldMailbox, raw });
    await bubble('passed-on@example.org').getByText('This address takes no mail').waitFor();
    // What came in leads to the end, and what is far above it is not drawn.
    await page.locator('.timeline-log').press('Home');
    const told = bubble('Here is your invoice');
    await told.getByText('It did not reach everybody. A mail server said:').waitFor();
    await told.getByText(/passed-on@example\.org: .*User unknown/).waitFor();
    await told.getByText('Sent', { exact: true }).waitFor();
    await takeShot(page, 'mail reported en');
    expect(await findViolations(page)).toEqual([]);
  });

  chapter('leads from a stranger’s mail to the thread that it points at', async () => {
    const { messageId } = await scene.world.mail.waitFor((mail) => mail.text.includes('Here is your invoice'));
    await write({
      from: 'Somebody <somebody@example.org>',
      to: worldMailbox,
      subject: 'Re: Your invoice',
      text: 'I have the same question.',
      inReplyTo: messageId,
    });
    const [row] = await scene.hub.database.query<{ id: string }>(
      `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = 'somebody@example.org'`,
    );
    await desk.goto(`/inbox/all/${row?.id}`);
    await bubble('I have the same question').getByRole('button', { name: 'Go to the thread it points at' }).click();
    await page.waitForURL(new RegExp(`/inbox/all/${conversation}`));
    const shown = page.locator('.timeline-item[data-shown]').getByText('Here is your invoice.');
    await shown.waitFor();
    // In sight, and not only somewhere in the log.
    await until(
      async () => ({ at: await shown.boundingBox(), log: await page.locator('.timeline-log').boundingBox() }),
      ({ at, log }) => at !== null && log !== null && at.y >= log.y && at.y + at.height <= log.y + log.height,
    );
    await takeShot(page, 'mail related en');
    expect(await findViolations(page)).toEqual([]);
  });

  chapter('explains its marks and its check of the sender', async () => {
    await scene.hub.database.query(
      `update message set content = content || $1 where body like '%blue%' and direction = 'in'`,
      [
        JSON.stringify({
          flags: ['forged', 'possibly_related', 'oversized', 'newsletter'],
          checks: { spf: 'softfail', dkim: 'none', dmarc: 'fail', by: 'peyk' },
        }),
      ],
    );
    await page.reload();
    await page.locator('.message').last().waitFor();
    await page.locator('.timeline-log').press('Home');
    const mail = bubble('Dear team');
    await mail.getByRole('button', { name: 'Possibly forged sender' }).waitFor();
    await mail.getByRole('button', { name: 'Sender check' }).click();
    await dialog().getByText('Failed').waitFor();
    await takeShot(page, 'mail marks en');
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  chapter('reads from right to left, in the dark and on a phone', async () => {
    await scene.hub.database.query(`update agent set locale = 'fa'`);
    for (const [scheme, width] of [
      ['light', 1440],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 1200 });
      await page.reload();
      await page.locator('.message').last().waitFor();
      await page.locator('.timeline-log').press('Home');
      await bubble('Dear team').getByRole('button', { name: 'نمایش متن نقل‌شده' }).click();
      if (width === 390) {
        await takeShot(page, `mail fa ${scheme} ${width} folded`);
        await page.getByRole('button', { name: /^جزئیات ایمیل/ }).click();
      }
      await page.getByRole('button', { name: 'افزودن رونوشت', exact: true }).click();
      await page.getByLabel('رونوشت', { exact: true }).fill('boss@example.org');
      await page.keyboard.press('Enter');
      await takeShot(page, `mail fa ${scheme} ${width}`);
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.getByRole('button', { name: /^حذف .*boss@example.org/ }).click();
    }
  });

  chapter('lets an administrator set a mailbox up, try every step and publish its records', async () => {
    await scene.hub.database.query(`update agent set locale = 'en'`);
    const [root] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    const office = await openDesk(browser, scene.hub, { agentId: root?.id ?? '', height: 2400 });
    desks.push(office);
    const { page: settings } = office;
    // The domain of the mailbox does not exist, and tests ask nobody outside this machine.
    await settings.route('**/api/channels/*/dns', (route) => route.fulfill({ json: dns }));
    await office.goto('/settings/channels');
    await settings.getByRole('button', { name: /^E-mail/ }).click();
    await settings.getByRole('button', { name: 'Check connection' }).click();
    await settings.getByText('Everything works with the settings as they are stored.').waitFor();
    await settings.getByText('Sending (SMTP)').first().waitFor();
    await settings.getByRole('textbox', { name: 'Address for the test' }).fill('looks@example.org');
    await settings.getByRole('button', { name: 'Send a test' }).click();
    await settings.getByText('The mail server took the test mail.').waitFor();
    await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes('looks@example.org'));
    await settings.getByText('DMARC: what receivers do with forgeries').waitFor();
    await takeShot(settings, 'mailbox en');
    expect(await findViolations(settings)).toEqual([]);

    await settings.getByLabel('SMTP server').fill('127.0.0.1');
    await settings.getByRole('textbox', { name: 'Port' }).first().fill('۱');
    await settings.locator('summary', { hasText: 'How mails look' }).click();
    await settings.getByLabel('Signature, Persian').fill('با احترام، پیک');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText('Saved', { exact: true }).waitFor();
    const [stored] = await scene.hub.database.query<{ config: Record<string, never> }>(
      `select config from channel where kind = 'email'`,
    );
    expect(stored?.config).toMatchObject({ smtp: { port: 1 }, outgoing: { signature: { fa: 'با احترام، پیک' } } });
    expect(Object.keys(stored?.config ?? {})).not.toContain('imap');
    await settings.getByRole('button', { name: 'Check connection' }).click();
    await settings.getByText('The server does not answer on this port.').waitFor();

    await scene.hub.database.query(`update agent set locale = 'fa'`);
    await settings.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await settings.setViewportSize({ width: 390, height: 2400 });
    await office.goto('/settings/channels');
    await settings.getByRole('button', { name: /^E-mail/ }).click();
    await settings.getByLabel('صندوق ایمیل نزد کیست').selectOption('gmail');
    expect(await settings.getByLabel('سرور SMTP').inputValue()).toBe('smtp.gmail.com');
    await settings.getByText('DMARC: گیرنده با جعل چه کند').waitFor();
    await takeShot(settings, 'mailbox fa dark 390');
    expect(await findViolations(settings)).toEqual([]);
    expect(await settings.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

const record = { type: 'TXT', found: [], status: 'missing' };
const dns = {
  domain: 'peyk.test',
  records: [
    { ...record, purpose: 'spf', name: 'peyk.test', value: 'v=spf1 a:mail.peyk.test ~all', status: 'ok' },
    { ...record, purpose: 'dkim', name: 'peyk._domainkey.peyk.test', value: '', status: 'unknown' },
    {
      ...record,
      purpose: 'dmarc',
      name: '_dmarc.peyk.test',
      value: 'v=DMARC1; p=none; rua=mailto:postmaster@peyk.test',
    },
    {
      ...record,
      purpose: 'mx',
      name: 'peyk.test',
      type: 'MX',
      value: '10 desk.peyk.test',
      status: 'different',
      found: ['10 mx.example.org'],
    },
    { ...record, purpose: 'return_path', name: 'peyk.test', type: 'MX', value: '10 desk.peyk.test' },
  ],
};
