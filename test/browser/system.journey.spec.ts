import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Heartbeats } from '../../apps/hub/src/operations/system/heartbeats.service.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    fine: 'Everything does its work',
    silent: /Rules.* on .*other/u,
    banner: 'A part of Peyk has stopped working.',
    look: 'Look',
    file: 'Diagnostic file',
    heldBack: /reports not mailed: .*2/u,
  },
  fa: {
    fine: 'همه‌چیز به کار خود مشغول است',
    silent: /قاعده‌ها.* روی .*other/u,
    banner: 'بخشی از پیک از کار افتاده است.',
    look: 'دیدن',
    file: 'فایل عیب‌یابی',
    heldBack: /گزارش‌هایی که ایمیل نشدند: .*۲/u,
  },
};

let hub: TestHub;
let browser: Browser;

const die = async () => {
  await hub.database.query(
    `insert into hub_node (name, version, node_version, role, started_at, memory_bytes)
     values ('other', '0.1.0', '24.21.0', 'worker', clock_timestamp() - interval '3 hours', 180000000) on conflict do nothing`,
  );
  await hub.database.query(
    `insert into worker_turn values ('other', 'rules', clock_timestamp() - interval '20 minutes', 1000) on conflict do nothing`,
  );
};

describeInBrowser('how the installation is', () => {
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startTestHub(), launchChromium(), buildPage('console')]);
    await hub.app.get(Heartbeats, { strict: false }).tell();
    const heldBack = [
      { what: 'messages', count: 31 },
      { what: 'reports', count: 2 },
    ];
    await hub.database.query(`insert into setting (key, value) values ('restored', $1)`, [
      JSON.stringify({ madeAt: '2026-11-22T01:00:00.000Z', heldBack }),
    ]);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const say = words[locale];
    let desk: Desk;
    const chapter = tellStory(() => [desk]);

    beforeAll(async () => {
      await hub.database.query(`delete from hub_node where name = 'other'`);
      const [root] = await hub.database.query<{ id: string }>('update agent set locale = $1 returning id', [locale]);
      desk = await openDesk(browser, hub, {
        agentId: root?.id ?? '',
        locale,
        scheme: locale === 'fa' ? 'dark' : 'light',
      });
    });
    afterAll(() => desk?.close());

    chapter('shows what works while it works', async () => {
      await desk.page.goto(`${hub.url}/settings/system`);
      await desk.page.getByText(say.heldBack).waitFor();
      await desk.page.getByText(say.fine).waitFor();
      expect(await desk.page.getByRole('link', { name: say.file }).getAttribute('href')).toBe(
        '/api/system/diagnostics',
      );
      expect(await findViolations(desk.page)).toEqual([]);
      await takeShot(desk.page, `system-${locale}`);
    });

    chapter('says by itself which worker fell silent, and on every screen that one did', async () => {
      await die();
      await desk.page.getByRole('alert').filter({ hasText: say.silent }).waitFor();
      await desk.page.setViewportSize({ width: 390, height: 844 });
      await takeShot(desk.page, `system-${locale}-silent-phone`);
      await desk.page.setViewportSize({ width: 1280, height: 800 });
      await desk.page.goto(`${hub.url}/`);
      const banner = desk.page.locator('.banner').filter({ hasText: say.banner });
      await banner.waitFor();
      await takeShot(desk.page, `system-${locale}-banner`);
      await banner.getByRole('button', { name: say.look }).click();
      await desk.page.getByRole('alert').filter({ hasText: say.silent }).waitFor();
    });
  });
});
