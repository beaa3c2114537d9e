import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import type { ChannelView } from '#contract';
import { writeTelephoneWav } from '../../apps/hub/src/calls/prompts/telephone-wav.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { listenOnLoopback, type LoopbackServer } from '../../tools/stand-ins/loopback-server.js';
import { buildCallEvent } from '../support/build-call.js';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';
import { buildPage } from './support/build-pages.js';
import { findViolations } from './support/find-violations.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk, type Desk } from './support/open-desk.js';
import { takeShot } from './support/take-shot.js';
import { tellStory } from './support/tell-story.js';

const words = {
  en: {
    label: 'Recording of the call',
    play: 'Play',
    pause: 'Pause',
    speed: /^Speed/u,
    faster: '1.25×',
    position: 'Position in the recording',
    listens: 'Who listened',
    refused: 'Not kept: nothing shows that the caller was told of the recording.',
    own: 'your recording',
    replace: 'Replace',
    keep: 'Keep this recording',
    remove: 'Delete',
    synthesised: 'synthesised',
    policies: 'Recording calls',
    mode: /^Recording:.*Line/u,
    announced: 'Record, after saying so',
    days: /^Days to keep:.*Line/u,
  },
  fa: {
    label: 'صدای ضبط‌شدهٔ تماس',
    play: 'پخش',
    pause: 'مکث',
    speed: /^سرعت/u,
    faster: '۱٫۲۵×',
    position: 'موقعیت پخش',
    listens: 'چه کسانی گوش داده‌اند',
    refused: 'نگه داشته نشد: معلوم نیست به تماس‌گیرنده گفته شده باشد که تماس ضبط می‌شود.',
    own: 'صدای شما',
    replace: 'جایگزینی',
    keep: 'نگه‌داشتن این صدا',
    remove: 'حذف',
    synthesised: 'ماشینی',
    policies: 'ضبط تماس‌ها',
    mode: /^ضبط:.*Line/u,
    announced: 'پس از اعلام، ضبط شود',
    days: /^مدت نگه‌داری:.*Line/u,
  },
} as const;

const sound = writeTelephoneWav(
  Float32Array.from({ length: 8_000 * 20 }, (_, index) => 0.3 * Math.sin((2 * Math.PI * 440 * index) / 8_000)),
);

describeInBrowser('what is heard on the phone', () => {
  let browser: Browser;
  let hub: TestHub;
  let provider: LoopbackServer;
  let admin: BuiltAgent;
  let channelId: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    await buildPage('console');
    provider = await listenOnLoopback(() => ({ status: 200, headers: { 'content-type': 'audio/wav' }, body: sound }));
    hub = await startTestHub({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } });
    admin = await buildAgent(hub.database, { role: 'admin', name: 'Mona' });
    const caller = await signedIn(hub, admin.id);
    const made = await caller.call<ChannelView>('/api/channels', {
      body: {
        kind: 'phone',
        name: 'Line',
        config: { driver: 'twilio', accountSid: `AC${'0'.repeat(32)}`, baseUrl: provider.url },
        secrets: { authToken: 'a token of the test' },
      },
    });
    channelId = made.body.id;
    browser = await launchChromium();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    await provider?.close();
  });

  /** Somebody called and was recorded, after being told or not. @returns the conversation. */
  async function callIn(isTold: boolean): Promise<string> {
    const callId = `CA${uuid()}`;
    const event = buildCallEvent(callId, {
      state: 'ended',
      outcome: 'answered',
      answeredAt: new Date(),
      endedAt: new Date(),
      durationSeconds: 20,
    });
    const receiving = hub.app.get(Receiving, { strict: false });
    await receiving.take({ id: channelId, kind: 'phone' }, [event]);
    if (isTold) {
      await hub.database.query(
        `insert into phone_call (id, channel_id, call_id, direction, from_address, to_address, phase, ended_at, consent, consent_at, consent_prompt)
         values ($1, $2, $3, 'in', '', '', 'over', clock_timestamp(), 'granted', clock_timestamp(), 'notice@aa')`,
        [uuid(), channelId, callId],
      );
    }
    const recordings = [{ id: 'RE1', url: `${provider.url}/2010-04-01/Recordings/RE1`, seconds: 20 }];
    await receiving.take({ id: channelId, kind: 'phone' }, [{ ...event, externalId: uuid(), details: { recordings } }]);
    const [row] = await until(
      () =>
        hub.database.query<{ conversation: string }>(
          `select conversation_id as conversation from call_recording where call_id = $1 and state <> 'due'`,
          [callId],
        ),
      (rows) => rows.length > 0,
    );
    return row?.conversation ?? '';
  }

  describe.each(['en', 'fa'] as const)('in %s', (locale) => {
    const text = words[locale];
    const chapter = tellStory(() => desks);
    let page: Page;

    beforeAll(async () => {
      await hub.database.query('update agent set locale = $2 where id = $1', [admin.id, locale]);
      const wish = locale === 'fa' ? ({ scheme: 'dark', width: 390, height: 844 } as const) : {};
      const desk = await openDesk(browser, hub, { agentId: admin.id, locale, ...wish });
      desks.push(desk);
      ({ page } = desk);
    });

    afterAll(async () => {
      expect(desks.flatMap(({ watched }) => watched.faults())).toEqual([]);
      await Promise.all(desks.splice(0).map((desk) => desk.close()));
    });

    chapter('a recording is heard by keys alone, and nothing of it is fetched before', async () => {
      const conversation = await callIn(true);
      const asked: string[] = [];
      page.on('request', (request) => void (request.url().includes('/audio') && asked.push(request.url())));
      await desks[0]?.goto(`/inbox/all/${conversation}`);
      const player = page.getByRole('group', { name: text.label });
      await player.waitFor();
      expect(await findViolations(page, '.call')).toEqual([]);
      expect(asked).toEqual([]);
      const slider = player.getByRole('slider', { name: text.position });
      await slider.focus();
      await page.keyboard.press('Space');
      await player.getByRole('button', { name: text.pause }).waitFor();
      await page.keyboard.press('Space');
      await player.getByRole('button', { name: text.play, exact: true }).waitFor();
      expect(new Set(asked).size).toBe(1);
      const place = () => slider.inputValue().then(Number);
      const before = await place();
      await page.keyboard.press('ArrowRight');
      await until(place, (at) => at >= before + 4.5);
      await page.keyboard.press('ArrowLeft');
      await until(place, (at) => at <= before + 0.5);
      expect(await player.getByRole('alert').count()).toBe(0);
      await player.getByRole('button', { name: text.speed }).click();
      await player.getByText(text.faster).waitFor();
      await page.getByText(text.listens).click();
      await page.locator('.recording-listens').getByText('Mona').waitFor();
      await takeShot(page, `recordings ${locale} player`);
      await desks[0]?.goto(`/inbox/all/${await callIn(false)}`);
      await page.getByText(text.refused).waitFor();
    });

    chapter('a sentence is recorded, heard as callers hear it, kept, and given back to the machine', async () => {
      await desks[0]?.goto('/settings/prompts');
      const row = page.locator('.prompt-row').filter({ hasText: `line/${locale}/goodbye.wav` });
      await row.getByText(text.synthesised).waitFor();
      expect(await findViolations(page)).toEqual([]);
      await row.getByRole('button', { name: text.replace }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'tone.wav', mimeType: 'audio/wav', buffer: sound });
      await dialog.getByRole('button', { name: text.keep }).waitFor();
      expect(await findViolations(page, '[role=dialog]')).toEqual([]);
      await takeShot(page, `recordings ${locale} dialog`);
      await dialog.getByRole('button', { name: text.keep }).click();
      await row.getByText(text.own).waitFor();
      await row.getByRole('button', { name: text.remove }).click();
      await row.getByText(text.synthesised).waitFor();
    });

    chapter('calls are recorded once somebody says so', async () => {
      await page.getByRole('link', { name: text.policies }).click();
      await page.getByRole('combobox', { name: text.mode }).selectOption({ label: text.announced });
      await page.getByRole('combobox', { name: text.days }).waitFor();
      const kept = () =>
        hub.database.query<{ mode: string }>(`select recording ->> 'mode' as mode from channel where id = $1`, [
          channelId,
        ]);
      await until(kept, ([row]) => row?.mode === 'announced');
      expect(await findViolations(page, '.settings-body')).toEqual([]);
      await takeShot(page, `recordings ${locale} policies`);
      await hub.database.query(`update channel set recording = '{}' where id = $1`, [channelId]);
    });
  });
});
