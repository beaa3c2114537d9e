import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { NoticesFrame, NoticeView, Page, PushKeyView, PushView } from '#contract';
import { NoticesSweeper } from '../../apps/hub/src/notices/notices.sweeper.js';
import { PushPayloads } from '../../apps/hub/src/notices/push/push-payloads.service.js';
import { PushSender } from '../../apps/hub/src/notices/push/push-sender.service.js';
import { PushRelay } from '../../apps/hub/src/notices/push/push.relay.js';
import { Log } from '../../apps/hub/src/platform/operations/log.js';
import { startPushService, type PushBrowser, type PushService } from '../../tools/stand-ins/push-service.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk, type Talk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';

let hub: TestHub;
let desk: TicketDesk;
let service: PushService;
/** Another one, of which some tests make one that gives no answer. */
/** Push services that give no answer. */
let hanging: PushService[];
let asSara: Caller;
let asReza: Caller;

beforeAll(async () => {
  [service, ...hanging] = await Promise.all([startPushService(), startPushService(), startPushService()]);
  hub = await startTestHub({
    env: {
      ROLE: 'web',
      PUSH_HOSTS: ['fcm.googleapis.com', ...[service, ...hanging].map(({ origin }) => origin)].join(),
      OUTBOUND_ALLOW: '127.0.0.1',
    },
  });
  desk = await TicketDesk.open(hub);
  ({ asSara, asReza } = desk.callers);
  // This hub does no work by itself: a test says when it looks.
  await hub.database.query(
    `insert into fact_cursor (reader, xid, position) values ('notices', pg_snapshot_xmin(pg_current_snapshot()), 0)`,
  );
}, 60_000);

afterAll(async () => {
  await hub?.stop();
  await Promise.all([service, ...(hanging ?? [])].map((one) => one?.close()));
});

const sweep = () => hub.app.get(NoticesSweeper).sweep();
const plain = (text: unknown): string => String(text).replaceAll(/[\u2068\u2069]/gu, '');
const page = async (caller: Caller, query = '') =>
  (await caller.call<Page<NoticeView>>(`/api/me/notices${query}`)).body;
const read = async (caller: Caller, which: object = {}) =>
  (await caller.call<NoticesFrame>('/api/me/notices/read', { body: which })).body.unread;

/** What an agent is told about a person, once the hub has looked far enough for it to fit. */
async function told(caller: Caller, talk: Talk, fits: (notices: NoticeView[]) => boolean): Promise<NoticeView[]> {
  return until(
    async () => {
      await sweep();
      return (await page(caller)).rows.filter((one) => one.about?.conversation === talk.conversation);
    },
    fits,
    8_000,
  );
}

const give = (caller: Caller, { ticketId }: Talk, body: { agentId: string; expected: string | null }) =>
  caller.call(`/api/tickets/${ticketId}/assignment`, { body });

const kinds = (notices: NoticeView[]) => notices.map(({ kind }) => kind);

async function talkOf(caller: Caller): Promise<Talk> {
  const talk = await desk.talk();
  await give(caller, talk, {
    agentId: caller === asSara ? desk.people.sara.id : desk.people.reza.id,
    expected: null,
  });
  return talk;
}

/** A fact as the hub writes it when a provider refuses, or a promise comes due. */
const fact = (type: string, talk: Talk, subject: string, payload: object) =>
  hub.database.query(`insert into event_log (type, conversation_id, subject_id, payload) values ($1, $2, $3, $4)`, [
    type,
    talk.conversation,
    subject,
    JSON.stringify(payload),
  ]);

describe('what is kept for an agent to look at', () => {
  it('is one line for all that a customer goes on to write, with the latest words, until it is read', async () => {
    const talk = await talkOf(asSara);
    const console = await openedConsole(hub, desk.people.sara.id);
    await desk.hear(talk, 'Are you there?');
    const [first] = await told(asSara, talk, (all) => all.length === 1);
    expect(first).toMatchObject({
      kind: 'reply',
      isRead: false,
      about: { text: 'Are you there?', ticket: { id: talk.ticketId }, channelKind: 'messages', by: null },
    });
    expect(first?.about?.message).not.toBeNull();
    await desk.hear(talk, 'Hello?');
    const later = await told(asSara, talk, (all) => all[0]?.about?.text === 'Hello?');
    expect(kinds(later)).toEqual(['reply']);
    await console.until('told', () => console.of<NoticesFrame>('notices.changed').some(({ isNews }) => isNews));
    expect(await read(asSara, { ids: [later[0]?.id] })).toBe(0);
    await console.until('read', () => console.of<NoticesFrame>('notices.changed').at(-1)?.unread === 0);
    console.close();
    await desk.hear(talk, 'Thanks.');
    expect(kinds(await told(asSara, talk, (all) => all.length === 2))).toEqual(['reply', 'reply']);
    await read(asSara);
  });

  it('tells of mentions, of tickets that somebody else gave, of promises and of messages that did not leave', async () => {
    const talk = await talkOf(asReza);
    await asReza.call(`/api/conversations/${talk.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: '@Sara can you look?', ticketId: talk.ticketId },
    });
    await give(asReza, talk, {
      agentId: desk.people.sara.id,
      expected: desk.people.reza.id,
    });
    await fact('sla.warned', talk, talk.ticketId, { metric: 'next_response' });
    const sent = await asSara.call<{ seq: number }>(`/api/conversations/${talk.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'I look into it.', ticketId: talk.ticketId },
    });
    await fact('delivery.failed', talk, uuid(), { seq: sent.body.seq, code: 'x' });
    const notices = await told(asSara, talk, (all) => kinds(all).includes('failed'));
    expect(kinds(notices)).toEqual(['failed', 'promise', 'assigned', 'mention']);
    expect(notices[3]?.about).toMatchObject({ text: '@Sara can you look?', by: { name: 'رضا کریمی' } });
    expect(notices[2]?.about?.by?.name).toBe('رضا کریمی');
    expect(notices[1]?.promise).toEqual({ metric: 'next_response', kind: 'warning' });
    expect(notices[0]).toMatchObject({ failure: 'failed', about: { text: 'I look into it.' } });
    expect((await page(asReza)).rows.filter((one) => one.about?.conversation === talk.conversation)).toEqual([]);
    const first = await page(asSara, '?limit=3');
    expect(first.rows).toHaveLength(3);
    expect((await page(asSara, `?limit=3&before=${first.next}`)).rows[0]?.id).not.toBe(first.rows[2]?.id);
    expect(await read(asSara, { conversation: talk.conversation })).toBe(0);
  });

  it('says nothing about somebody whom the agent may not read any more', async () => {
    const talk = await talkOf(asSara);
    await desk.hear(talk, 'My card is 6037 9911.');
    const [notice] = await told(asSara, talk, (all) => all.length === 1);
    await give(asReza, talk, {
      agentId: desk.people.reza.id,
      expected: desk.people.sara.id,
    });
    const member = 'queue_id = $1 and agent_id = $2';
    await hub.database.query(`delete from queue_member where ${member}`, [desk.queueId, desk.people.sara.id]);
    const answer = await asSara.call<Page<NoticeView>>('/api/me/notices');
    expect(answer.body.rows.find(({ id }) => id === notice?.id)).toMatchObject({ about: null, kind: 'reply' });
    expect(answer.text).not.toContain('6037');
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [
      desk.queueId,
      desk.people.sara.id,
    ]);
    await read(asSara);
  });
});

describe('a browser that is to be woken', () => {
  let key: string;
  let browser: PushBrowser;

  beforeEach(async () => {
    await read(asSara);
    await hub.database.query('delete from push_subscription');
    ({ key } = (await asSara.call<PushKeyView>('/api/me/push/key')).body);
    browser = service.subscribe(key);
  });

  const signUp = (who: PushBrowser, wish: object = {}, caller = asSara) =>
    caller.call<PushView>('/api/me/push', { body: { ...who.subscription, ...wish } });

  /** Somebody writes to Sara, and the hub looks as if its patience were over. */
  async function wake(text: string, talk?: Talk): Promise<Talk> {
    const about = talk ?? (await talkOf(asSara));
    await desk.hear(about, text);
    await told(asSara, about, (all) => all[0]?.about?.text === text);
    await makeDue();
    return about;
  }

  async function makeDue(): Promise<void> {
    await hub.database.query('update push_due set due_at = clock_timestamp()');
    await sweep();
  }

  const waiting = () => hub.database.query('select 1 from push_due');
  const signedUp = () => hub.database.query('select 1 from push_subscription');

  it('is told who wrote and by which channel, in the agent’s language, and what only where they wish it', async () => {
    await hub.database.query(`update agent set locale = 'fa' where id = $1`, [desk.people.sara.id]);
    await signUp(browser);
    const talk = await wake('The secret word.');
    expect(browser.pushes).toHaveLength(1);
    const [{ payload, headers, claims }] = browser.pushes as [(typeof browser.pushes)[0]];
    expect(plain(payload['title'])).toMatch(/ نوشت$/u);
    expect(plain(payload['body'])).toMatch(/^پیام‌ها · تیکت [۰-۹]+$/u);
    expect(String(payload['url'])).toMatch(new RegExp(`^/inbox/mine/${talk.conversation}\\?ticket=.+&message=.+$`));
    expect(JSON.stringify(payload)).not.toContain('secret word');
    expect(headers).toMatchObject({ urgency: 'normal', ttl: '43200' });
    expect(claims).toMatchObject({ aud: service.origin, sub: 'mailto:admin@peyk.test' });
    await hub.database.query(`update agent set locale = 'en' where id = $1`, [desk.people.sara.id]);
    await signUp(browser, { withText: true });
    await wake('The second secret word.', talk);
    expect(browser.pushes[1]?.payload['body']).toBe('The second secret word.');
    expect(browser.pushes[1]?.headers['topic']).toBe(headers['topic']);
    expect(headers['topic']).not.toContain(talk.conversation.slice(0, 8));
  });

  it('is woken once however many nodes look, and not at all while a console is open or after it was read', async () => {
    await signUp(browser);
    const talk = await talkOf(asSara);
    await desk.hear(talk, 'One.');
    await told(asSara, talk, (all) => all.length === 1);
    await hub.database.query('update push_due set due_at = clock_timestamp()');
    const [payloads, sender, log] = [hub.app.get(PushPayloads), hub.app.get(PushSender), hub.app.get(Log)];
    const nodes = Array.from({ length: 3 }, () => new PushRelay(hub.database, payloads, sender, log));
    nodes.forEach((node) => node.look());
    await Promise.all(nodes.map((node) => node.settled()));
    expect(browser.pushes).toHaveLength(1);
    const console = await openedConsole(hub, desk.people.sara.id);
    await until(
      () => hub.database.query('select 1 from agent_presence where agent_id = $1', [desk.people.sara.id]),
      (rows) => rows.length > 0,
    );
    await wake('Two.', talk);
    expect([browser.pushes.length, await waiting()]).toEqual([1, []]);
    console.close();
    await until(
      () => hub.database.query('select 1 from agent_presence where agent_id = $1', [desk.people.sara.id]),
      (rows) => rows.length === 0,
    );
    await desk.hear(talk, 'Three.');
    await told(asSara, talk, (all) => all[0]?.about?.text === 'Three.');
    await read(asSara);
    await makeDue();
    expect([browser.pushes.length, await waiting()]).toEqual([1, []]);
  });

  it('is tried again while its service has no time, and forgotten once the service does not know it', async () => {
    await signUp(browser);
    browser.answer = { status: 503, headers: { 'retry-after': '60' } };
    const talk = await wake('Anybody?');
    const [row] = await hub.database.query<{ seconds: number; tries: number }>(
      'select extract(epoch from due_at - clock_timestamp())::float8 as seconds, tries from push_due',
    );
    expect(row?.tries).toBe(1);
    expect(row?.seconds).toBeGreaterThan(45);
    browser.answer = { status: 201 };
    await makeDue();
    expect([browser.pushes.length, await waiting()]).toEqual([1, []]);
    browser.answer = { status: 503 };
    await wake('Still there?', talk);
    await makeDue();
    await makeDue();
    await makeDue();
    expect(await waiting()).toEqual([]);
    browser.answer = { status: 410 };
    expect(await signedUp()).toHaveLength(1);
    await wake('Hello?', talk);
    expect([await waiting(), await signedUp()]).toEqual([[], []]);
  });

  it('is told the latest few of many things that come at once', async () => {
    await signUp(browser);
    const talk = await talkOf(asSara);
    for (const metric of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
      await fact('sla.warned', talk, talk.ticketId, { metric });
    }
    await told(asSara, talk, (all) => all.filter(({ kind }) => kind === 'promise').length === 7);
    await makeDue();
    expect([browser.pushes.length, await waiting()]).toEqual([5, []]);
  });

  it('keeps no other waiting while two services give no answer, and is not tried for ever', async () => {
    const answer = Promise.withResolvers<void>();
    // With the one that is woken below, each of them has as many browsers as there may be.
    const slow = hanging.flatMap((one, place) =>
      Array.from({ length: 10 - place }, () => ({ one: one.subscribe(key), owner: place === 0 ? asSara : asReza })),
    );
    for (const { one, owner } of slow) {
      one.answer = { status: 503, after: answer.promise };
      await signUp(one, {}, owner);
    }
    for (const word of ['Slow.', 'Slower.', 'Slowest.']) {
      for (const caller of [asSara, asReza]) {
        const talk = await talkOf(caller);
        await desk.hear(talk, word);
        await told(caller, talk, (all) => all.length === 1);
      }
    }
    await hub.database.query('update push_due set due_at = clock_timestamp()');
    const stuck = sweep();
    await signUp(browser, {}, asReza);
    const other = await talkOf(asReza);
    await desk.hear(other, 'Meanwhile.');
    await until(
      async () => {
        void sweep();
        await hub.database.query(
          'update push_due set due_at = clock_timestamp() where tries = 0 and subscription_id in (select id from push_subscription where endpoint = $1)',
          [browser.subscription.endpoint],
        );
        return browser.pushes;
      },
      (pushes) => pushes.length === 1,
      5_000,
    );
    answer.resolve();
    await stuck;
    slow.forEach(({ one }) => (one.answer = { status: 201 }));
    await hub.database.query('update push_due set tries = 9');
    await makeDue();
    expect([slow.flatMap(({ one }) => one.pushes), await waiting()]).toEqual([[], []]);
  });

  it('belongs to whoever is signed in there, and is left alone once they are not', async () => {
    await signUp(browser);
    await signUp(browser, {}, asReza);
    expect(await signedUp()).toHaveLength(1);
    await wake('For Sara.');
    expect(browser.pushes).toEqual([]);
    const { p256dh } = browser.subscription.keys;
    expect((await signUp(browser, { keys: { p256dh, auth: 'A'.repeat(22) } })).status).toBe(404);
    const again = await signedIn(hub, desk.people.sara.id);
    await signUp(browser, {}, again);
    await again.call('/api/session', { method: 'DELETE' });
    await wake('Gone?');
    expect([browser.pushes, await signedUp()]).toEqual([[], []]);
  });

  it('can be tried out, switched off by its own agent only, and lies at a push service that the settings name', async () => {
    const { body } = await signUp(browser);
    expect((await asReza.call(`/api/me/push/${body.id}/test`, { method: 'POST' })).status).toBe(404);
    expect((await asSara.call(`/api/me/push/${body.id}/test`, { method: 'POST' })).status).toBe(204);
    expect(browser.pushes).toMatchObject([{ payload: { tag: 'test' }, headers: { urgency: 'high' } }]);
    await asReza.call(`/api/me/push/${body.id}`, { method: 'DELETE' });
    expect(await signedUp()).toHaveLength(1);
    await asSara.call(`/api/me/push/${body.id}`, { method: 'DELETE' });
    expect(await signedUp()).toEqual([]);
    const endpoints = ['https://169.254.169.254/latest', 'http://127.0.0.1:1/x', 'https://example.org/push'];
    for (const endpoint of endpoints) {
      expect(await signUp(browser, { endpoint })).toMatchObject({
        status: 422,
        body: { code: 'push_host', field: 'endpoint' },
      });
    }
    expect((await signUp(browser, { keys: { p256dh: 'no', auth: 'no' } })).status).toBe(422);
    const { auth } = browser.subscription.keys;
    expect((await signUp(browser, { keys: { p256dh: `B${'A'.repeat(86)}`, auth } })).status).toBe(422);
  });

  it('has the one key of the installation, which is not readable where it is kept', async () => {
    const [kept] = await hub.database.query<{ public_key: string; private_key: Buffer }>(
      'select public_key, private_key from push_key',
    );
    expect(kept?.public_key).toBe(key);
    expect(kept?.private_key.length).toBeGreaterThan(60);
    expect((await asReza.call<PushKeyView>('/api/me/push/key')).body.key).toBe(key);
  });
});
