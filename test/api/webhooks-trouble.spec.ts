import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { guardAddresses } from '../../apps/hub/src/platform/outbound/guard-addresses.js';
import { FanOut } from '../../apps/hub/src/webhooks/fan-out.service.js';
import { WebhookDoor } from '../../apps/hub/src/webhooks/webhook-door.js';
import { WebhookRelay } from '../../apps/hub/src/webhooks/webhook.relay.js';
import { buildAgent } from '../support/build-rows.js';
import { until } from '../support/until.js';
import { startReceiver, startWebhookScene, toldBy, type Told, type WebhookScene } from '../support/webhook-receiver.js';

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
const sorted = (told: Told[]) => told.map(bodyOf).toSorted((a, b) => a.localeCompare(b));

describe('facts that are written by many at once', () => {
  let restore = (): void => {};
  afterEach(() => restore());

  it('become one delivery each, in the order of their conversation, while several nodes read', async () => {
    const { webhook } = await scene.add({ types: ['ticket.changed'], enabled: false });
    await scene.admin.call(`/api/webhooks/${webhook.id}`, { method: 'PATCH', body: { enabled: true } });
    // What is read here is not sent meanwhile.
    const wake = jest.spyOn(scene.hub.app.get(WebhookRelay), 'wake').mockReturnValue();
    restore = () => wake.mockRestore();
    const conversations = [uuid(), uuid(), uuid()];
    const write = (n: number) =>
      scene.hub.database.transaction(async (tx) => {
        const conversation = conversations[n % conversations.length] as string;
        // The transaction has its number before it waits for the conversation, as an agent's may.
        await tx.query('select pg_current_xact_id()');
        await tx.query('select pg_advisory_xact_lock(hashtext($1))', [conversation]);
        await tx.query(
          `insert into event_log (type, conversation_id, subject_id, payload) values ('ticket.changed', $1, $2, jsonb_build_object('n', $3::int))`,
          [conversation, uuid(), n],
        );
        await tx.query('select pg_sleep($1)', [Math.random() * 0.01]);
      });
    let isWriting = true;
    const readers = [0, 1, 2].map(async () => {
      while (isWriting) {
        await scene.hub.app.get(FanOut).run();
      }
    });
    await Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let n = lane; n < 240; n += 8) {
          await write(n);
        }
      }),
    );
    isWriting = false;
    await Promise.all(readers);
    await until(
      async () => {
        await scene.hub.app.get(FanOut).run();
        return scene.hub.database.query('select 1 from webhook_delivery');
      },
      (rows) => rows.length >= 240,
    );
    const rows = await scene.hub.database.query<{ n: number; made: string; position: number; conversation_id: string }>(
      `select (payload ->> 'n')::int as n, id as made, position::int, conversation_id from webhook_delivery order by id`,
    );
    expect(rows.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 240 }, (_, n) => n));
    for (const conversation of conversations) {
      const positions = rows.filter((row) => row.conversation_id === conversation).map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    }
  });
});

describe('a webhook whose worker died', () => {
  it('is told again under the same id once the lease has lapsed', async () => {
    const { webhook } = await scene.add();
    await scene.say('mina', 'doubtful');
    const [first] = await toldBy(scene.receiver, 1);
    await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows[0]?.state === 'sent',
    );
    await scene.hub.database.query(
      `update webhook_delivery set state = 'sending', due_at = clock_timestamp() + interval '1 hour', ended_at = null`,
    );
    await scene.hurry();
    expect((await scene.deliveries(webhook.id))[0]?.state).toBe('sending');
    await scene.hub.database.query(`update webhook_delivery set due_at = clock_timestamp()`);
    const [, again] = await toldBy(scene.receiver, 2);
    expect(again?.id).toBe(first?.id);
  });
});

describe('order', () => {
  it('is kept where it is promised: what failed holds up those behind it', async () => {
    const { webhook } = await scene.add({ ordered: true });
    let isBroken = true;
    scene.receiver.answer = (told) => ({ status: isBroken && bodyOf(told) === 'first' ? 500 : 200 });
    for (const text of ['first', 'second', 'third']) {
      await scene.say('mina', text);
    }
    await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows.length === 3 && rows[2]?.last !== null,
    );
    isBroken = false;
    await scene.hurry();
    const told = await toldBy(scene.receiver, 4);
    expect(told.map(bodyOf)).toEqual(['first', 'first', 'second', 'third']);
  });

  it('gives way elsewhere: what failed holds up nothing', async () => {
    await scene.add();
    scene.receiver.answer = (told) => ({ status: bodyOf(told) === 'first' ? 500 : 200 });
    for (const text of ['first', 'second']) {
      await scene.say('mina', text);
    }
    const told = await toldBy(scene.receiver, 2);
    expect(sorted(told)).toEqual(['first', 'second']);
  });
});

describe('a webhook that only fails', () => {
  it('is switched off after five days of it, says so, and later hears what it missed', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 500 });
    await scene.say('mina', 'into the void');
    await toldBy(scene.receiver, 1);
    await until(
      () => scene.get(webhook.id),
      ({ failingSince }) => failingSince !== null,
    );
    expect((await scene.get(webhook.id)).enabled).toBe(true);
    await scene.hub.database.query(`update webhook set failing_since = clock_timestamp() - interval '121 hours'`);
    await scene.hurry();
    const off = await until(
      () => scene.get(webhook.id),
      ({ enabled }) => !enabled,
    );
    expect(off.off).toMatchObject({ reason: 'failing' });
    await scene.say('mina', 'while it was off');
    scene.receiver.told.length = 0;
    scene.receiver.answer = () => ({ status: 200 });
    const on = await scene.admin.call(`/api/webhooks/${webhook.id}`, { method: 'PATCH', body: { enabled: true } });
    expect(on.body).toMatchObject({ enabled: true, off: null, failingSince: null });
    const told = await toldBy(scene.receiver, 2);
    expect(sorted(told)).toEqual(['into the void', 'while it was off']);
  });

  it('is switched off at once when its address says that it is gone', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 410 });
    await scene.say('mina', 'anybody?');
    const off = await until(
      () => scene.get(webhook.id),
      ({ enabled }) => !enabled,
    );
    expect(off.off).toMatchObject({ reason: 'gone' });
  });

  it('can be switched on from now on, without what it missed', async () => {
    const { webhook } = await scene.add({ enabled: false });
    await scene.say('mina', 'missed');
    await scene.admin.call(`/api/webhooks/${webhook.id}`, { method: 'PATCH', body: { enabled: true, catchUp: false } });
    await scene.say('mina', 'heard');
    expect((await toldBy(scene.receiver, 1)).map(bodyOf)).toEqual(['heard']);
  });

  it('hears nothing of what it missed either when somebody was at work all the while', async () => {
    const { webhook } = await scene.add({ enabled: false });
    await scene.hub.database.transaction(async (tx) => {
      await tx.query('select pg_current_xact_id()');
      await scene.say('mina', 'missed');
      const change = { enabled: true, catchUp: false };
      await scene.admin.call(`/api/webhooks/${webhook.id}`, { method: 'PATCH', body: change });
    });
    await scene.say('mina', 'heard');
    expect((await toldBy(scene.receiver, 1)).map(bodyOf)).toEqual(['heard']);
    const told = await scene.deliveries(webhook.id);
    expect(told).toHaveLength(1);
  });

  it('is left alone for as long as it asks', async () => {
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 429, headers: { 'retry-after': '120' } });
    await scene.say('mina', 'slower');
    await toldBy(scene.receiver, 1);
    const [waiting] = await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows[0]?.last?.status === 429,
    );
    expect(Date.parse(waiting?.dueAt ?? '') - Date.now()).toBeGreaterThan(100_000);
    await scene.say('mina', 'another');
    await scene.hub.app.get(FanOut).run();
    scene.hub.app.get(WebhookRelay).wake();
    const rows = await until(
      () => scene.deliveries(webhook.id),
      (all) => all.length === 2,
    );
    expect(rows.map(({ attempts }) => attempts)).toEqual([0, 1]);
  });
});

describe('an address that webhooks must not reach', () => {
  it('is not followed to by a redirect', async () => {
    const inner = await startReceiver();
    const { webhook } = await scene.add();
    scene.receiver.answer = () => ({ status: 302, headers: { location: inner.url } });
    await scene.say('mina', 'round the corner');
    await until(
      () => scene.deliveries(webhook.id),
      (rows) => rows[0]?.last?.status === 302,
    );
    expect(inner.told).toEqual([]);
    await inner.close();
  });

  const spellings = [
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://localhost.:PORT',
    'http://2130706433:PORT',
    'http://0x7f.1:PORT',
    'http://0177.0.0.1:PORT',
    'http://[::1]:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://[64:ff9b::7f00:1]:PORT',
    'http://0.0.0.0:PORT',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1',
    'http://rebound.test:PORT',
  ];

  it.each(spellings)('is refused when it is dialled: %s', async (spelling) => {
    // The name of a rebinding attack leads to this machine by the time it is dialled.
    const guard = guardAddresses([], (hostname, options, done) => {
      const found = hostname.startsWith('rebound') || hostname.startsWith('localhost') ? '127.0.0.1' : hostname;
      if (options.all) {
        done(null, [{ address: found, family: 4 }]);
        return;
      }
      done(null, found, 4);
    });
    scene.door.mockImplementation(guard);
    const url = spelling.replace('PORT', new URL(scene.receiver.url).port);
    const { webhook } = await scene.add({ url });
    const answer = await scene.admin.call<{ ok: boolean; code: string }>(`/api/webhooks/${webhook.id}/test`, {
      method: 'POST',
    });
    expect(answer.body).toMatchObject({ ok: false, code: 'address_refused' });
    expect(scene.receiver.told).toEqual([]);
    scene.door.mockReturnValue(undefined);
  });

  it('is refused even where OUTBOUND_ALLOW opens it to providers', async () => {
    const { webhook } = await scene.add();
    const test = () =>
      scene.admin.call<{ ok: boolean; code: string }>(`/api/webhooks/${webhook.id}/test`, { method: 'POST' });
    expect((await test()).body.ok).toBe(true);
    const door = new (scene.hub.app.get(WebhookDoor).constructor as typeof WebhookDoor)();
    scene.door.mockImplementation((url) => door.agentFor(url));
    expect((await test()).body).toMatchObject({ ok: false, code: 'address_refused' });
    expect(scene.receiver.told).toHaveLength(1);
    scene.door.mockReturnValue(undefined);
  });
});

describe('whoever answers for a webhook', () => {
  async function demote(role: string, disabled = false): Promise<void> {
    await scene.hub.database.query(
      `update agent set role = $1, disabled_at = case when $2 then clock_timestamp() end where id in (select owner_id from webhook)`,
      [role, disabled],
    );
  }

  afterEach(async () => {
    await scene.hub.database.query(`update agent set role = 'admin', disabled_at = null where name = 'Root'`);
  });

  it('hears of nobody whom they may not read', async () => {
    const { webhook } = await scene.add();
    await demote('agent');
    await scene.say('stranger', 'none of yours');
    const rows = await until(
      () =>
        scene.hub.database.query<{ state: string }>('select state from webhook_delivery where webhook_id = $1', [
          webhook.id,
        ]),
      (all) => all[0]?.state === 'skipped',
    );
    expect(rows).toHaveLength(1);
    expect(scene.receiver.told).toEqual([]);
  });

  it('hears that something was said in a restricted queue that they do not serve, and not what', async () => {
    await scene.add();
    await scene.say('patient', 'hello');
    await toldBy(scene.receiver, 1);
    const owner = `(select owner_id from webhook)`;
    const [open] = await scene.hub.database.query<{ id: string }>(
      `insert into queue (id, name) values ($1, 'open') returning id`,
      [uuid()],
    );
    await scene.hub.database.query(`insert into queue_member (queue_id, agent_id) select $1, ${owner}`, [open?.id]);
    await scene.hub.database.query(
      // An old matter of another queue gives them the right to the person; new words go to the restricted one.
      `insert into ticket (id, conversation_id, queue_id, last_message_at)
       select $1, conversation_id, $2, clock_timestamp() - interval '1 day' from message where body = 'hello'`,
      [uuid(), open?.id],
    );
    await scene.hub.database.query(
      `update queue set restricted = true where id in (select queue_id from ticket t join message m on m.ticket_id = t.id where m.body = 'hello')`,
    );
    await demote('agent');
    await scene.say('patient', 'a diagnosis');
    const told = await toldBy(scene.receiver, 2);
    expect(told[1]?.event.data['message']).toMatchObject({ withheld: true, body: '' });
    expect(JSON.stringify(told)).not.toContain('a diagnosis');
    await scene.hub.database.query('update queue set restricted = false');
  });

  it('takes the webhook with them when their account is closed', async () => {
    const { webhook } = await scene.add();
    const other = await buildAgent(scene.hub.database, { role: 'admin' });
    await scene.hub.database.query('update webhook set owner_id = $1', [other.id]);
    await scene.hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [other.id]);
    await scene.say('mina', 'for whom?');
    const off = await until(
      () => scene.get(webhook.id),
      ({ enabled }) => !enabled,
    );
    expect(off.off).toMatchObject({ reason: 'owner' });
    expect(scene.receiver.told).toEqual([]);
    const on = await scene.admin.call(`/api/webhooks/${webhook.id}`, { method: 'PATCH', body: { enabled: true } });
    expect(on.body).toMatchObject({ owner: { name: 'Root' } });
    expect((await toldBy(scene.receiver, 1)).map(bodyOf)).toEqual(['for whom?']);
  });

  it('hears what colleagues write for themselves only when they asked for it', async () => {
    await scene.say('noted', 'hi');
    const usual = await scene.add({ types: undefined });
    const wanted = await scene.add({ types: ['note.written'] });
    expect(usual.webhook.types).not.toContain('note.written');
    const [row] = await scene.hub.database.query<{ conversation_id: string }>(
      `select conversation_id from message where body = 'hi'`,
    );
    const note = { id: uuid(), kind: 'note', body: 'a difficult one' };
    await scene.admin.call(`/api/conversations/${row?.conversation_id ?? ''}/messages`, { body: note });
    await toldBy(scene.receiver, 1);
    expect(scene.receiver.told.map(({ event }) => event.type)).toEqual(['note.written']);
    const deliveries = await until(
      () => scene.deliveries(wanted.webhook.id),
      (rows) => rows[0]?.state === 'sent',
    );
    expect(deliveries).toHaveLength(1);
    expect((await scene.deliveries(usual.webhook.id)).map(({ type }) => type)).not.toContain('note.written');
  });
});
