import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelTestView, WebhookAttemptView, WebhookView } from '#contract';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { until } from '../support/until.js';
import { isSignedWith, startWebhookScene, toldBy, type Told, type WebhookScene } from '../support/webhook-receiver.js';

let scene: WebhookScene;

beforeAll(async () => {
  scene = await startWebhookScene();
}, 60_000);
afterAll(() => scene.close());
afterEach(async () => {
  await scene.hub.database.query('delete from webhook');
  scene.receiver.told.length = 0;
  scene.receiver.answer = () => ({ status: 200, body: 'ok' });
});

const bodyOf = ({ event }: Told) => (event.data['message'] as { body: string } | null)?.body ?? '';

describe('a webhook', () => {
  it('is told of what it was made for and of nothing else, signed with the secret that was shown once', async () => {
    const { webhook, secret } = await scene.add();
    await scene.say('mina', 'سلام، سفارشم نرسیده');
    const [told] = (await toldBy(scene.receiver, 1)) as [Told];
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(isSignedWith(secret, told)).toBe(true);
    expect(isSignedWith(`whsec_${Buffer.from('another').toString('base64')}`, told)).toBe(false);
    expect(told.headers['content-type']).toBe('application/json');
    expect(Math.abs(Date.now() / 1000 - Number(told.headers['webhook-timestamp']))).toBeLessThan(60);
    expect(told.event).toMatchObject({
      type: 'message.received',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        customer: { name: 'mina' },
        message: { body: 'سلام، سفارشم نرسیده', direction: 'in', channel: { kind: 'messages' } },
        ticket: { state: 'new' },
        actor: null,
      },
    });
    const [delivery] = await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows[0]?.state === 'sent',
    );
    expect(delivery).toMatchObject({ id: told.id, attempts: 1, dueAt: null, last: { status: 200, answer: 'ok' } });
    expect(scene.receiver.told).toHaveLength(1);
    expect((await scene.admin.call('/api/webhooks')).text).not.toContain(secret);
  });

  it('hears nothing from before it was there', async () => {
    await scene.say('mina', 'earlier');
    await scene.add();
    await scene.say('mina', 'later');
    const told = await toldBy(scene.receiver, 1);
    expect(told.map(bodyOf)).toEqual(['later']);
  });

  it('is told again what failed, under the same id, and keeps every try', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 500, body: 'گیر کرده است' });
    await scene.say('mina', 'again please');
    await toldBy(scene.receiver, 1);
    const [failed] = await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows[0]?.last !== null,
    );
    expect(failed).toMatchObject({ state: 'queued', last: { status: 500, answer: 'گیر کرده است' } });
    expect(Date.parse(failed?.dueAt ?? '') - Date.now()).toBeGreaterThan(2_000);
    expect((await scene.get(webhook.id)).failingSince).not.toBeNull();

    scene.receiver.answer = () => ({ status: 204 });
    await scene.hurry();
    const told = await toldBy(scene.receiver, 2);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    await until(
      () => scene.get(webhook.id),
      ({ failingSince, waiting }) => failingSince === null && waiting === 0,
    );
    const attempts = await scene.admin.call<WebhookAttemptView[]>(
      `/api/webhooks/${webhook.id}/deliveries/${failed?.id ?? ''}/attempts`,
    );
    expect(attempts.body.map(({ status }) => status)).toEqual([204, 500]);
  });

  it('gets the words as they are by then, not as they were at the first try', async () => {
    await scene.add();
    scene.receiver.answer = () => ({ status: 500 });
    await scene.say('mina', 'a card number');
    await toldBy(scene.receiver, 1);
    await until(
      () => scene.hub.database.query(`select 1 from webhook_delivery where state = 'queued'`),
      (rows) => rows.length === 1,
    );
    await scene.hub.database.query(
      `update message set body = '', search_text = '', redacted_at = clock_timestamp() where body = 'a card number'`,
    );
    await scene.hurry();
    const [first, second] = await toldBy(scene.receiver, 2);
    expect(first?.body).toContain('a card number');
    expect(second?.body).not.toContain('a card number');
  });

  it('is not told again what was given up, until somebody asks', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 500 });
    await scene.say('mina', 'the last of eight');
    await toldBy(scene.receiver, 1);
    await scene.hub.database.query(`update webhook_delivery set tries = 7`);
    await until(
      async () => {
        await scene.hurry();
        return scene.deliveries(webhook.id);
      },
      (rows) => rows[0]?.state === 'failed',
    );
    const before = scene.receiver.told.length;
    await scene.hurry();
    scene.receiver.answer = () => ({ status: 200 });
    const [given] = await scene.deliveries(webhook.id);
    const replay = { body: { delivery: given?.id } };
    expect((await scene.admin.call(`/api/webhooks/${webhook.id}/replay`, replay)).body).toEqual({ replayed: 1 });
    const told = await toldBy(scene.receiver, before + 1);
    expect(told).toHaveLength(before + 1);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('is told a stretch of time again, and of that only what failed when asked so', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = ({ event }) => ({ status: bodyOf({ event } as Told) === 'bad' ? 400 : 200 });
    for (const text of ['one', 'bad', 'two']) {
      await scene.say('mina', text);
    }
    await toldBy(scene.receiver, 3);
    await until(
      () => scene.hub.database.query(`select 1 from webhook_attempt`),
      (rows) => rows.length === 3,
    );
    await scene.hub.database.query(
      `update webhook_delivery set state = 'failed', ended_at = clock_timestamp() where state = 'queued'`,
    );
    scene.receiver.told.length = 0;
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const replay = (more: object) =>
      scene.admin.call<{ replayed: number }>(`/api/webhooks/${webhook.id}/replay`, { body: { from, ...more } });
    expect((await replay({ to: from })).body).toEqual({ replayed: 0 });
    expect((await replay({ failedOnly: true })).body).toEqual({ replayed: 1 });
    expect((await toldBy(scene.receiver, 1)).map(bodyOf)).toEqual(['bad']);
    await until(
      () => scene.hub.database.query(`select 1 from webhook_attempt`),
      (rows) => rows.length === 4,
    );
    expect((await replay({})).body).toEqual({ replayed: 2 });
    expect((await toldBy(scene.receiver, 3)).map(bodyOf).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'bad',
      'one',
      'two',
    ]);
  });

  it('signs with both secrets while one is replaced', async () => {
    const { webhook, secret } = await scene.add();
    const rotated = await scene.admin.call<{ secret: string; webhook: WebhookView }>(
      `/api/webhooks/${webhook.id}/secret`,
      { method: 'POST' },
    );
    expect(rotated.body.webhook.formerSecretUntil).not.toBeNull();
    await scene.say('mina', 'under two');
    const [told] = (await toldBy(scene.receiver, 1)) as [Told];
    expect([secret, rotated.body.secret].map((one) => isSignedWith(one, told))).toEqual([true, true]);
    await scene.hub.database.query('update webhook set former_until = clock_timestamp()');
    await scene.say('mina', 'under one');
    const [, later] = (await toldBy(scene.receiver, 2)) as [Told, Told];
    expect([secret, rotated.body.secret].map((one) => isSignedWith(one, later))).toEqual([false, true]);
  });

  it('can be tried out, and says what came of it', async () => {
    const { webhook, secret } = await scene.add({ enabled: false });
    const test = async () =>
      (await scene.admin.call<ChannelTestView>(`/api/webhooks/${webhook.id}/test`, { method: 'POST' })).body;
    expect(await test()).toMatchObject({ ok: true, code: 'ok' });
    const [told] = scene.receiver.told as [Told];
    expect(told.event.type).toBe('webhook.test');
    expect(isSignedWith(secret, told)).toBe(true);
    scene.receiver.answer = () => ({ status: 404, body: 'no such page' });
    expect(await test()).toEqual({ ok: false, code: 'status_404', text: 'The receiver answered 404. no such page' });
  });

  it.each([
    ['ftp://example.com', 'url'],
    ['example.com', 'url'],
    ['https://user:pass@example.com', 'url'],
  ])('is not made with the address %s', async (url, field) => {
    const answer = await scene.admin.call('/api/webhooks', { body: { name: 'x', url } });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ field });
  });

  it('is not made with a type that there is not', async () => {
    const answer = await scene.admin.call('/api/webhooks', {
      body: { name: 'x', url: 'https://example.com', types: ['message.read_minds'] },
    });
    expect(answer.status).toBe(422);
  });

  it('is counted for whoever watches the installation', async () => {
    const { webhook } = await scene.add();
    const figures = async () =>
      (await scene.admin.call('/metrics')).text.split('\n').filter((line) => line.startsWith('peyk_webhooks{'));
    expect(await figures()).toContain('peyk_webhooks{state="well"} 1');
    await scene.hub.database.query(`update webhook set enabled = false, off_reason = 'gone' where id = $1`, [
      webhook.id,
    ]);
    expect(await figures()).toEqual(
      expect.arrayContaining(['peyk_webhooks{state="well"} 0', 'peyk_webhooks{state="switched_off"} 1']),
    );
  });

  it('forgets after thirty days what has ended, and nothing that has not', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = ({ event }) => ({ status: bodyOf({ event } as Told) === 'stuck' ? 500 : 200 });
    for (const text of ['old', 'stuck', 'young']) {
      await scene.say('mina', text);
    }
    await until(
      () => scene.hub.database.query('select 1 from webhook_attempt'),
      (rows) => rows.length === 3,
    );
    await scene.hub.database.query(
      `update webhook_delivery d set ended_at = clock_timestamp() - interval '31 days' from message m
       where m.conversation_id = d.conversation_id and m.seq = (d.payload ->> 'seq')::bigint and m.body = 'old'`,
    );
    await scene.hub.app.get(Housekeeping).run();
    expect((await scene.deliveries(webhook.id)).map(({ state }) => state)).toEqual(['sent', 'queued']);
    expect(await scene.hub.database.query('select 1 from webhook_attempt')).toHaveLength(2);
  });

  it('is for administrators only', async () => {
    const { webhook } = await scene.add();
    const supervisor = await signedIn(scene.hub, (await buildAgent(scene.hub.database, { role: 'supervisor' })).id);
    for (const path of ['', `/${webhook.id}/deliveries`]) {
      expect((await supervisor.call(`/api/webhooks${path}`)).status).toBe(403);
    }
    const rotate = await supervisor.call(`/api/webhooks/${webhook.id}/secret`, { method: 'POST' });
    expect(rotate.status).toBe(403);
  });
});
