import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startSmsGateway, type GatewayStandIn } from '../../tools/stand-ins/sms-gateway.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';

const banners = {
  en: 'Storage is away. Incoming messages are kept and will appear when it is back.',
  fa: 'پایگاه داده در دسترس نیست. پیام‌های رسیده نگه داشته می‌شوند و پس از برگشت آن نمایش می‌یابند.',
};

describeInBrowser('a console while the database is away', () => {
  let browser: Browser;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let cable: Cable;
  let port: number;
  let hub: TestHub;
  let gateway: GatewayStandIn;
  /** The link of one console comes up only when storage is away already, as that of a page that was just opened. */
  const away = Promise.withResolvers<void>();
  const desks: Record<'en' | 'fa', Desk> = {} as Record<'en' | 'fa', Desk>;

  beforeAll(async () => {
    await buildPage('console');
    database = await createTestDatabase();
    cable = new Cable(new URL(database.url));
    port = await cable.plugIn();
    hub = await startTestHub({ databaseUrl: cable.url, env: { OUTBOUND_ALLOW: '127.0.0.0/8' } });
    gateway = await startSmsGateway({ retryMs: 50 });
    await connectGateway(hub, gateway);
    await gateway.sms({ from: '09120000001', text: 'پیش از قطعی' });
    browser = await launchChromium();
    for (const [locale, name] of [
      ['en', 'Dara'],
      ['fa', 'دارا'],
    ] as const) {
      const agent = await buildAgent(hub.database, { name, role: 'supervisor' });
      await hub.database.query('update agent set locale = $2 where id = $1', [agent.id, locale]);
      desks[locale] = await openDesk(browser, hub, { agentId: agent.id, locale });
      if (locale === 'en') {
        await desks.en.page.routeWebSocket(/socket\.io/u, async (socket) => {
          await away.promise;
          socket.connectToServer();
        });
      }
      await desks[locale].goto('/inbox/open');
    }
    await onBoth((page) => rowWith(page, 'پیش از قطعی').waitFor());
    await rowWith(desks.fa.page, 'پیش از قطعی').click();
    await field().waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
    await hub?.stop();
    await cable?.cut();
    await database?.drop();
  }, 30_000);

  const field = () => desks.fa.page.getByRole('textbox', { name: 'پاسخ', exact: true });
  const rowWith = (page: Page, text: string) => page.locator('.row').filter({ hasText: text });
  const onBoth = (look: (page: Page, locale: 'en' | 'fa') => Promise<unknown>): Promise<unknown> =>
    Promise.all((['en', 'fa'] as const).map((locale) => look(desks[locale].page, locale)));

  it('says so in the agent’s language for as long as it lasts, and shows afterwards what came in meanwhile', async () => {
    await cable.cut();
    away.resolve();
    await onBoth((page, locale) => page.getByText(banners[locale]).waitFor());
    expect((await gateway.sms({ from: '09120000001', text: 'در قطعی' }))?.status).toBe(200);
    await field().fill('پاسخ در قطعی');
    await desks.fa.page.getByRole('button', { name: 'ارسال', exact: true }).click();
    const waits = desks.fa.page.getByText('منتظر اتصال است، سپس خودش می‌رود');
    await waits.waitFor();
    await onBoth((page, locale) => takeShot(page, `storage away ${locale}`));
    expect(await findViolations(desks.fa.page)).toEqual([]);
    await onBoth(async (page, locale) => expect(await page.getByText(banners[locale]).isVisible()).toBe(true));
    expect(await rowWith(desks.en.page, 'در قطعی').count()).toBe(0);
    await cable.plugIn(port);
    await onBoth((page) => rowWith(page, 'در قطعی').waitFor());
    await onBoth((page, locale) => page.getByText(banners[locale]).waitFor({ state: 'detached' }));
    // What was written meanwhile leaves by itself, once. It no longer waits as soon as it is on its way, and is there a moment later.
    await waits.waitFor({ state: 'detached' });
    const said = await until(
      () => hub.database.query(`select 1 from message where body = 'پاسخ در قطعی'`),
      (found) => found.length > 0,
    );
    expect(said).toHaveLength(1);
  }, 60_000);
});

async function connectGateway(hub: TestHub, gateway: GatewayStandIn): Promise<void> {
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  const caller = await signedIn(hub, (root as { id: string }).id);
  const secrets = { apiKey: gateway.apiKey, inboundSecret: gateway.inboundSecret };
  const made = await caller.call<{ id: string }>('/api/channels', {
    body: { kind: 'sms', name: 'Gateway', config: gateway.settings(), secrets },
  });
  expect(made.status).toBe(201);
  gateway.pushTo(`${hub.url}/hooks/sms/${made.body.id}`);
}
