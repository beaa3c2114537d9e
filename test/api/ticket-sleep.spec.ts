import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { snoozeTicket } from '#tickets';
import type { Problem, TicketView, WokenFrame } from '#contract';
import { IdleTickets } from '../../apps/hub/src/automation/idle-tickets.sweeper.js';
import { RouterSweeper } from '../../apps/hub/src/automation/router.sweeper.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import type { BuiltAgent, Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { problem, put, remove, TicketDesk, type Talk } from '../support/ticket-desk.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';
import { until } from '../support/until.js';

let nodes: TwoNodes;
let desk: TicketDesk;
let hub: TestHub;
let sara: BuiltAgent;
let reza: BuiltAgent;
let asSara: Caller;
let asReza: Caller;
let asAdmin: Caller;
let queueId: string;

beforeAll(async () => {
  nodes = await startTwoNodes();
  hub = nodes.one;
  desk = await TicketDesk.open(hub);
  ({ queueId } = desk);
  ({ sara, reza } = desk.people);
  ({ asSara, asReza, asAdmin } = desk.callers);
});
afterAll(() => nodes?.stop());

const talk: TicketDesk['talk'] = (...given) => desk.talk(...given);
const seen: TicketDesk['seen'] = (one) => desk.seen(one);
const change: TicketDesk['change'] = (...given) => desk.change(...given);
const listed: TicketDesk['listed'] = (...given) => desk.listed(...given);
const facts: TicketDesk['facts'] = (...given) => desk.facts(...given);
const lines: TicketDesk['lines'] = (...given) => desk.lines(...given);
const propertiesOf: TicketDesk['propertiesOf'] = (...given) => desk.propertiesOf(...given);

const snooze = (one: Talk, wish: object, caller = asSara) =>
  put(caller, `/api/tickets/${one.ticketId}/snooze`, { until: wish });
const inMs = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });
/** Lets the time of a sleep come. */
const due = (one: Talk) =>
  hub.database.query(`update ticket_snooze set due_at = clock_timestamp() where ticket_id = $1`, [one.ticketId]);
const isAwake = (one: Talk) =>
  until(
    () => seen(one),
    ({ snoozedUntil }) => snoozedUntil === null,
  );

describe('a ticket that is put to sleep', () => {
  it('leaves the lists for one of its own, and its line waits for nobody', async () => {
    const one = await talk();
    const wish = inMs(3_600_000);
    const { body } = await snooze(one, wish);
    expect(body.snoozedUntil).toBe(wish.at);
    expect(await listed(asSara, 'open')).not.toContain(one.ticketId);
    expect(await listed(asSara, 'unassigned')).not.toContain(one.ticketId);
    expect(await listed(asSara, 'all')).toContain(one.ticketId);
    expect(await listed(asReza, 'snoozed')).toContain(one.ticketId);
    const [work] = await hub.database.query(
      `select 1 from work_item where ticket_id = $1 and state in ('queued', 'offered', 'assigned')`,
      [one.ticketId],
    );
    expect(work).toBeUndefined();
    expect((await propertiesOf(one)).snooze).toMatchObject({ kind: 'at', until: wish.at, by: { id: sara.id } });
  });

  it('wakes at its time, once, whichever of two nodes looks, and waits in its queue again', async () => {
    const one = await talk();
    await snooze(one, inMs(3_600_000));
    const console = await openedConsole(hub, reza.id);
    await due(one);
    await Promise.all([hub.app.get(RouterSweeper).sweep(), nodes.two.app.get(RouterSweeper).sweep()]);
    await isAwake(one);
    await console.until('its queue hears', () =>
      console.of<WokenFrame>('ticket.woken').some(({ ticketId }) => ticketId === one.ticketId),
    );
    console.close();
    expect(await listed(asSara, 'unassigned')).toContain(one.ticketId);
    expect((await facts(one.ticketId, 'ticket.woken')).map(({ payload }) => payload)).toEqual([{ reason: 'time' }]);
    expect(await lines(one.ticketId, 'ticket.woken')).toHaveLength(1);
    const work = await hub.database.query(`select state from work_item where ticket_id = $1 and ended_at is null`, [
      one.ticketId,
    ]);
    expect(work).toEqual([{ state: 'queued' }]);
  });

  it('wakes by itself at its time, to the moment', async () => {
    const one = await talk();
    const wish = inMs(1_500);
    await snooze(one, wish);
    await isAwake(one);
    const [row] = await hub.database.query<{ late: number }>(
      `select extract(epoch from at - $2::timestamptz)::float8 as late from event_log where subject_id = $1 and type = 'ticket.woken'`,
      [one.ticketId, wish.at],
    );
    expect(row?.late).toBeGreaterThanOrEqual(0);
    expect(row?.late).toBeLessThan(3);
  });

  it('stays with its owner, takes nothing of them, and comes back to them', async () => {
    const one = await talk();
    await asSara.call(`/api/tickets/${one.ticketId}/assignment`, { body: { agentId: sara.id, expected: null } });
    const units = async () =>
      (await hub.database.query<{ used_units: number }>('select used_units from agent where id = $1', [sara.id]))[0]
        ?.used_units ?? 0;
    const before = await units();
    await snooze(one, { reply: true });
    expect([(await seen(one)).ownerId, (await seen(one)).snoozedUntil, before - (await units())]).toEqual([
      sara.id,
      'reply',
      5,
    ]);
    expect(await listed(asSara, 'mine')).not.toContain(one.ticketId);
    await remove(asSara, `/api/tickets/${one.ticketId}/snooze`);
    expect([(await seen(one)).ownerId, (await seen(one)).snoozedUntil, before - (await units())]).toEqual([
      sara.id,
      null,
      0,
    ]);
    expect(await listed(asSara, 'mine')).toContain(one.ticketId);
    expect((await facts(one.ticketId, 'ticket.woken')).map(({ payload }) => payload)).toEqual([{ reason: 'agent' }]);
  });

  it('wakes at once when its customer writes, and its work begins anew', async () => {
    const one = await talk();
    await snooze(one, { workDays: 3 });
    await desk.hear(one, 'Any news?');
    expect((await seen(one)).snoozedUntil).toBeNull();
    await hub.app.get(RouterSweeper).sweep();
    const woken = await until(
      () => facts(one.ticketId, 'ticket.woken'),
      (found) => found.length > 0,
    );
    expect(woken.map(({ payload }) => payload)).toEqual([{ reason: 'reply' }]);
    const work = await hub.database.query(`select state from work_item where ticket_id = $1 and ended_at is null`, [
      one.ticketId,
    ]);
    expect(work).toEqual([{ state: 'queued' }]);
  });

  it('sleeps on when a machine writes in the name of its customer', async () => {
    const one = await talk();
    await snooze(one, { reply: true });
    await hub.app.get(Receiving, { strict: false }).take(desk.channel, [
      {
        type: 'message',
        externalId: uuid(),
        raw: Buffer.from('I am away.'),
        from: { kind: 'external', address: one.address, trust: 'channel_given', name: '' },
        claims: [],
        sentAt: null,
        kind: 'text',
        text: 'I am away.',
        attachments: [],
        mail: null,
        replyTo: null,
        flags: ['automatic'],
      },
    ]);
    const [said] = await hub.database.query(
      'select ticket_id as id from message where conversation_id = $1 and body = $2',
      [one.conversation, 'I am away.'],
    );
    expect([said?.['id'], (await seen(one)).snoozedUntil]).toEqual([one.ticketId, 'reply']);
    await desk.hear(one, 'Any news?');
    expect((await seen(one)).snoozedUntil).toBeNull();
  });

  it('takes nothing of whoever takes it over asleep, and waits for nobody when it is given back', async () => {
    const one = await talk();
    await snooze(one, { reply: true });
    const units = async () =>
      (await hub.database.query<{ used_units: number }>('select used_units from agent where id = $1', [sara.id]))[0]
        ?.used_units ?? 0;
    const before = await units();
    const give = (agentId: string | null, expected: string | null) =>
      asSara.call(`/api/tickets/${one.ticketId}/assignment`, { body: { agentId, expected } });
    await give(sara.id, null);
    expect((await units()) - before).toBe(0);
    await give(null, sara.id);
    const live = () =>
      hub.database.query(`select state from work_item where ticket_id = $1 and ended_at is null`, [one.ticketId]);
    expect([await live(), (await seen(one)).ownerId, (await seen(one)).snoozedUntil]).toEqual([[], null, 'reply']);
    await remove(asSara, `/api/tickets/${one.ticketId}/snooze`);
    expect(await live()).toEqual([{ state: 'queued' }]);
  });

  it('sleeps no longer once it is solved or goes to another queue', async () => {
    const [solved, moved] = [await talk(), await talk()];
    await snooze(solved, { reply: true });
    await snooze(moved, { reply: true });
    await change(asSara, solved, { state: 'solved' });
    await change(asSara, moved, { queueId: await buildQueue(hub.database, { members: [sara.id] }) });
    expect([(await seen(solved)).snoozedUntil, (await seen(moved)).snoozedUntil]).toEqual([null, null]);
    await hub.app.get(RouterSweeper).sweep();
    await until(
      () =>
        hub.database.query('select 1 from ticket_snooze where ticket_id = any ($1)', [
          [solved.ticketId, moved.ticketId],
        ]),
      (rows) => rows.length === 0,
    );
    expect((await facts(moved.ticketId, 'ticket.woken')).map(({ payload }) => payload)).toEqual([{ reason: 'moved' }]);
  });

  it('is not put to sleep into the past, for no time, for two, or once it is solved', async () => {
    const one = await talk();
    expect(problem(await snooze(one, inMs(-1_000)))).toEqual([422, 'past', 'until.at']);
    expect(problem(await snooze(one, {}))).toEqual([422, 'invalid', 'until']);
    expect(problem(await snooze(one, { reply: true, workDays: 1 }))).toEqual([422, 'invalid', 'until']);
    expect(problem(await snooze(one, { workDays: 0 }))[2]).toBe('until.workDays');
    const [calendar] = await hub.database.query<{ id: string }>(
      `insert into calendar (id, name, tz) values (gen_random_uuid(), 'never open', 'Asia/Tehran') returning id`,
    );
    await hub.database.query('update queue set calendar_id = $2 where id = $1', [queueId, calendar?.id]);
    expect(problem(await snooze(one, { workDays: 1 }))).toEqual([422, 'no_work_day', 'until.workDays']);
    await hub.database.query('update queue set calendar_id = null where id = $1', [queueId]);
    await change(asSara, one, { state: 'solved' });
    expect(problem(await snooze(one, { reply: true }))[1]).toBe('finished');
    expect((await seen(one)).snoozedUntil).toBeNull();
  });
});

it('wakes a ticket after a start when its time came while no hub ran', async () => {
  const database = await createTestDatabase();
  const before = await startTestHub({ databaseUrl: database.url });
  const queue = await buildQueue(before.database);
  const conversation = await hearFrom(
    before,
    await buildChannel(before, { kind: 'messages', queueId: queue }),
    uuid(),
    'hi',
  );
  await before.database.transaction(async (tx) => {
    const [ticket] = await tx.query<{ id: string }>('select id from ticket where conversation_id = $1', [conversation]);
    const until = { at: new Date(Date.now() + 3_600_000).toISOString() };
    expect(await snoozeTicket(tx, { ticketId: ticket?.id ?? '', until, by: null })).toMatchObject({
      outcome: 'snoozed',
    });
  });
  await before.stop();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`update ticket_snooze set due_at = clock_timestamp() - interval '1 minute'`);
  await client.end();
  const after = await startTestHub({ databaseUrl: database.url });
  const woken = await until(
    () => after.database.query(`select payload from event_log where type = 'ticket.woken'`),
    (found) => found.length > 0,
  );
  expect(woken).toEqual([{ payload: { reason: 'time' } }]);
  expect(await after.database.query(`select state from work_item where ended_at is null`)).toEqual([
    { state: 'queued' },
  ]);
  await after.stop();
  await database.drop();
});

describe('tickets whose customers do not answer', () => {
  let own: string;
  let via: { id: string; kind: 'web' | 'messages' };
  const terms = (more: object = {}) => ({
    prefix: 'BIL',
    idleDays: 5,
    idleWarnDays: 2,
    idleTexts: { en: 'We close this for now.', fa: 'فعلاً می‌بندیم.' },
    duplicateHours: 24,
    ...more,
  });
  const ago = async (one: Talk, days: number) => {
    await hub.database.query(
      `update ticket set pending_since = clock_timestamp() - $2 * interval '1 day', last_message_at = clock_timestamp() - $2 * interval '1 day' where id = $1`,
      [one.ticketId, days],
    );
    await hub.database.query(
      `update idle_warning w set since = greatest(t.pending_since, t.last_message_at), closes_at = w.closes_at - ($2 * interval '1 day')
       from ticket t where t.id = w.ticket_id and t.id = $1`,
      [one.ticketId, days],
    );
  };
  const sweep = async () => Promise.all([hub.app.get(IdleTickets).sweep(), nodes.two.app.get(IdleTickets).sweep()]);
  async function pending(): Promise<Talk> {
    const one = await talk('hello', via);
    await change(asSara, one, { state: 'pending' });
    return one;
  }

  beforeAll(async () => {
    own = await buildQueue(hub.database, { members: [sara.id] });
    const made = await asAdmin.call<{ id: string }>('/api/channels', {
      body: {
        kind: 'messages',
        name: 'Own',
        queueId: own,
        config: { url: 'https://shop.test/replies' },
        secrets: { secret: 'a secret of the shop' },
      },
    });
    via = { id: made.body.id, kind: 'messages' };
    expect((await put(asAdmin, `/api/queues/${own}/tickets`, terms())).status).toBe(200);
  });

  it('are warned of on their timeline, once, and solved when their days are over', async () => {
    const one = await pending();
    await hub.database.query(
      `update customer set locale = 'fa' where id = (select customer_id from conversation where id = $1)`,
      [one.conversation],
    );
    await ago(one, 2.9);
    await sweep();
    expect(await lines(one.ticketId, 'ticket.idle')).toEqual([]);
    await ago(one, 3.1);
    await sweep();
    await sweep();
    expect(await lines(one.ticketId, 'ticket.idle')).toHaveLength(1);
    const { closesAt } = await propertiesOf(one);
    expect(Date.parse(closesAt ?? '') - Date.now()).toBeGreaterThan(1.9 * 86_400_000);
    expect((await seen(one)).state).toBe('pending');
    await ago(one, 5.1);
    await sweep();
    expect((await seen(one)).state).toBe('solved');
    expect((await facts(one.ticketId, 'ticket.changed')).at(-1)).toEqual({
      actor_id: null,
      payload: { from: 'pending', to: 'solved' },
    });
    const said = await hub.database.query<{ body: string }>(
      `select body from message where ticket_id = $1 and direction = 'out' and author = 'system'`,
      [one.ticketId],
    );
    expect(said).toEqual([{ body: 'فعلاً می‌بندیم.' }]);
  });

  it('are never solved unwarned, however long nobody looked', async () => {
    const one = await pending();
    await ago(one, 30);
    await sweep();
    expect((await seen(one)).state).toBe('pending');
    const { closesAt } = await propertiesOf(one);
    expect(Date.parse(closesAt ?? '') - Date.now()).toBeGreaterThan(1.9 * 86_400_000);
  });

  it('go on as before when somebody writes after the warning', async () => {
    const one = await pending();
    await ago(one, 3.1);
    await sweep();
    await hub.database.query(`update idle_warning set closes_at = clock_timestamp() where ticket_id = $1`, [
      one.ticketId,
    ]);
    await desk.hear(one, 'I am here.', via);
    await sweep();
    expect((await seen(one)).state).toBe('open');
    expect((await propertiesOf(one)).closesAt).toBeNull();
  });

  it('are neither warned of nor told of an end while children keep them from being solved', async () => {
    const one = await pending();
    const child = await talk('hello', via);
    await ago(one, 5.1);
    await sweep();
    expect(await lines(one.ticketId, 'ticket.idle')).toHaveLength(1);
    expect((await put(asSara, `/api/tickets/${child.ticketId}/parent`, { parentId: one.ticketId })).status).toBe(200);
    await hub.database.query(`update idle_warning set closes_at = clock_timestamp() where ticket_id = $1`, [
      one.ticketId,
    ]);
    await sweep();
    await sweep();
    const said = await hub.database.query(
      `select 1 from message where ticket_id = $1 and direction = 'out' and author = 'system'`,
      [one.ticketId],
    );
    expect([said.length, (await lines(one.ticketId, 'ticket.idle')).length, (await seen(one)).state]).toEqual([
      0,
      1,
      'pending',
    ]);
  });

  it('take the prefix of the queue that they are opened in, and keep it wherever they go', async () => {
    const one = await talk('hello', via);
    expect((await seen(one)).prefix).toBe('BIL');
    await change(asSara, one, { queueId });
    await put(asAdmin, `/api/queues/${own}/tickets`, terms({ prefix: 'INV' }));
    expect((await seen(one)).prefix).toBe('BIL');
    expect((await seen(await talk('hello', via))).prefix).toBe('INV');
    expect((await seen(await talk())).prefix).toBe('');
    const { number } = await seen(one);
    const found = async (ref: string) => {
      const { body } = await asSara.call<{ ticket?: TicketView }>(`/api/tickets/${encodeURIComponent(ref)}`);
      return body.ticket?.id;
    };
    const digits = String(number).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '');
    expect(await Promise.all([`BIL-${number}`, `bil ${digits}`, `#${number}`, `INV-${number}`].map(found))).toEqual([
      one.ticketId,
      one.ticketId,
      one.ticketId,
      undefined,
    ]);
  });

  it('follow settings of their queue that make sense', async () => {
    const set = (more: object, caller = asAdmin) => put<Problem>(caller, `/api/queues/${own}/tickets`, terms(more));
    expect((await set({}, asSara)).status).toBe(403);
    expect(problem(await set({ prefix: 'bil' }))[2]).toBe('prefix');
    expect(problem(await set({ idleDays: 1, idleWarnDays: 2 }))[2]).toBe('idleWarnDays');
    expect(problem(await put(asAdmin, `/api/queues/${uuid()}/tickets`, terms()))[0]).toBe(404);
  });
});
