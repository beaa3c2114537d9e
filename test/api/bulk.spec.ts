import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { BulkAct, BulkRunView, ListRow, Page } from '#contract';
import { endRun } from '../../apps/hub/src/desk/bulk/bulk.query.js';
import { BulkSweeper } from '../../apps/hub/src/desk/bulk/bulk.sweeper.js';
import type { Caller } from '../support/build-rows.js';
import { counted, dying } from '../support/dying-database.js';
import { buildChannel, buildQueue, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { problem, TicketDesk, type Talk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';

let hub: TestHub;
let desk: TicketDesk;
let sweeper: BulkSweeper;

beforeAll(async () => {
  hub = await startTestHub();
  desk = await TicketDesk.open(hub);
  sweeper = hub.app.get(BulkSweeper, { strict: false });
});
afterAll(() => hub?.stop());

const talks = (count: number): Promise<Talk[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => desk.talk(`Question ${String(index)}`)));
const idsOf = (many: Talk[]): string[] => many.map(({ ticketId }) => ticketId);

const ask = <Answer = BulkRunView>(caller: Caller, target: object, act: BulkAct, id = uuid()) =>
  caller.call<Answer>('/api/bulk', { body: { id, target, act } });
const read = async (caller: Caller, id: string): Promise<BulkRunView> =>
  (await caller.call<BulkRunView>(`/api/bulk/${id}`)).body;

function ended(caller: Caller, id: string, state: BulkRunView['state'] = 'done'): Promise<BulkRunView> {
  return until(
    () => read(caller, id),
    (run) => run.state === state,
  );
}

async function run(caller: Caller, tickets: string[], act: BulkAct): Promise<BulkRunView> {
  const asked = await ask(caller, { tickets }, act);
  expect([asked.status, asked.text]).toEqual([202, expect.stringContaining('"total"')]);
  return ended(caller, asked.body.id);
}

async function takeBack(caller: Caller, id: string): Promise<BulkRunView> {
  const asked = await caller.call<BulkRunView>(`/api/bulk/${id}/undo`, { method: 'POST' });
  expect(asked.status).toBe(202);
  return ended(caller, id, 'undone');
}

describe('an act on many tickets', () => {
  it('does what the single act does to each, says how far it is, and is taken back as a whole', async () => {
    const { asSara } = desk.callers;
    const many = await talks(3);
    const console = await openedConsole(hub, desk.people.sara.id);
    const done = await run(asSara, idsOf(many), { do: 'tags', add: ['Refund'], remove: [] });
    expect(done).toMatchObject({ total: 3, done: 3, nothing: 0, refused: 0, problems: [] });
    expect(done.undoMs).toBeGreaterThan(500_000);
    await console.until('told', () => console.of<BulkRunView>('bulk.progress').some(({ state }) => state === 'done'));
    console.close();
    for (const one of many) {
      expect((await desk.seen(one)).tags).toEqual(['Refund']);
      expect(await desk.facts(one.ticketId, 'ticket.changed')).toMatchObject([{ actor_id: desk.people.sara.id }]);
    }
    const again = await run(asSara, idsOf(many), { do: 'tags', add: ['refund'], remove: [] });
    expect(again).toMatchObject({ done: 0, nothing: 3 });
    expect(await takeBack(asSara, done.id)).toMatchObject({ undone: 3, left: 0, undoMs: null });
    expect((await Promise.all(many.map((one) => desk.seen(one)))).map(({ tags }) => tags)).toEqual([[], [], []]);
  });

  it.each<[string, BulkAct]>([
    ['its owner', { do: 'assign', agentId: '' }],
    ['its queue', { do: 'route', queueId: '' }],
    ['its state', { do: 'state', state: 'solved' }],
    ['its priority', { do: 'priority', priority: 4 }],
    ['its sleep', { do: 'snooze', until: { reply: true } }],
    ['being spam', { do: 'spam' }],
  ])('gives back %s', async (_what, wish) => {
    const { asSara, asReza } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    await asSara.call(`/api/tickets/${one.ticketId}/assignment`, {
      body: { agentId: desk.people.sara.id, expected: null },
    });
    await desk.change(asSara, one, { state: 'pending', priority: 3 });
    const other = await buildQueue(hub.database, { members: [] });
    const act =
      wish.do === 'assign'
        ? { ...wish, agentId: desk.people.reza.id }
        : wish.do === 'route'
          ? { ...wish, queueId: other }
          : wish;
    const before = await desk.seen(one);
    const done = await run(asReza, [one.ticketId], act);
    expect(done).toMatchObject({ done: 1 });
    const known = (view: typeof before) => {
      const { state, priority, queueId, ownerId, snoozedUntil, isSpam } = view;
      return { state, priority, queueId, ownerId, snoozedUntil, isSpam };
    };
    expect(known(await desk.seen(one))).not.toEqual(known(before));
    expect(await takeBack(asReza, done.id)).toMatchObject({ undone: 1, problems: [] });
    expect(known(await desk.seen(one))).toEqual(known(before));
  });

  it('marks as read and as unread for the one who asks alone', async () => {
    const { asSara, asReza } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const unread = async (caller: Caller): Promise<number | undefined> => {
      const { body } = await caller.call<Page<ListRow>>('/api/conversations?view=open&limit=100');
      return body.rows.find(({ ticket }) => ticket.id === one.ticketId)?.unread;
    };
    const marked = await run(asSara, [one.ticketId], { do: 'read', read: true });
    expect([await unread(asSara), await unread(asReza)]).toEqual([0, 1]);
    await run(asSara, [one.ticketId], { do: 'read', read: false });
    expect(await unread(asSara)).toBe(1);
    const late = await takeBack(asSara, marked.id);
    expect(late).toMatchObject({ undone: 0, left: 1, problems: [{ code: 'changed_since', during: 'undo' }] });
  });

  it('asked for twice under one id is one', async () => {
    const { asSara, asReza } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const id = uuid();
    const target = { tickets: [one.ticketId, one.ticketId, uuid()] };
    await Promise.all([1, 2, 3].map(() => ask(asSara, target, { do: 'priority', priority: 4 }, id)));
    expect(await ended(asSara, id)).toMatchObject({ total: 1, done: 1 });
    expect((await asReza.call(`/api/bulk/${id}`)).status).toBe(404);
    expect((await asReza.call(`/api/bulk/${id}/undo`, { method: 'POST' })).status).toBe(404);
  });

  it('refuses what names nothing, and what says too little', async () => {
    const { asSara } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const tickets = { tickets: [one.ticketId] };
    const refusal = async (target: object, act: object) => problem(await ask(asSara, target, act as BulkAct));
    expect(await refusal({}, { do: 'spam' })).toEqual([422, 'invalid', 'target']);
    expect(await refusal({ tickets: [] }, { do: 'spam' })).toEqual([422, 'invalid', 'target.tickets']);
    expect(await refusal(tickets, { do: 'priority' })).toEqual([422, 'missing', 'act.priority']);
    expect(await refusal(tickets, { do: 'tags' })).toEqual([422, 'missing', 'act.add']);
    expect(await refusal(tickets, { do: 'assign', agentId: uuid() })).toEqual([422, 'invalid', 'act.agentId']);
    expect(await refusal(tickets, { do: 'route', queueId: uuid() })).toEqual([422, 'invalid', 'act.queueId']);
    expect(await refusal(tickets, { do: 'snooze', until: { reply: true, workDays: 2 } })).toEqual([
      422,
      'invalid',
      'act.until',
    ]);
  });
});

it('a tag that no database keeps is kept without what it cannot keep', async () => {
  const [one] = (await talks(1)) as [Talk];
  await run(desk.callers.asSara, [one.ticketId], { do: 'tags', add: ['re\u0000fund'], remove: [] });
  expect((await desk.seen(one)).tags.map((tag) => tag.toLowerCase())).toEqual(['refund']);
});

describe('tickets of many that cannot be changed', () => {
  it('are told with the reason, those that nobody may know of without their names, and the others are changed', async () => {
    const { asSara, asAdmin } = desk.callers;
    const [open, solved] = (await talks(2)) as [Talk, Talk];
    await desk.change(asSara, solved, { state: 'solved' });
    const closedQueue = await buildQueue(hub.database, { members: [], restricted: true });
    const channel = await buildChannel(hub, { kind: 'messages', queueId: closedQueue });
    const secret = await desk.talk('Nobody may read this.', channel);
    const wish: BulkAct = { do: 'assign', agentId: desk.people.sara.id };
    const done = await run(asSara, idsOf([open, secret, solved]), wish);
    expect(done).toMatchObject({ done: 1, refused: 2 });
    expect(done.problems).toEqual([
      expect.objectContaining({ ticketId: secret.ticketId, code: 'not_found', number: null, customer: null }),
      expect.objectContaining({ ticketId: solved.ticketId, code: 'finished', conversation: solved.conversation }),
    ]);
    expect((await desk.seen(secret)).ownerId).toBeNull();
    expect(await run(asAdmin, [secret.ticketId], { do: 'priority', priority: 1 })).toMatchObject({ done: 1 });
  });

  it('keep what somebody changed since, when the act is taken back; twice is once', async () => {
    const { asSara, asReza } = desk.callers;
    const [one, two] = (await talks(2)) as [Talk, Talk];
    const done = await run(asSara, idsOf([one, two]), { do: 'priority', priority: 4 });
    await desk.change(asReza, two, { priority: 1 });
    await Promise.all([1, 2].map(() => asSara.call(`/api/bulk/${done.id}/undo`, { method: 'POST' })));
    const undone = await ended(asSara, done.id, 'undone');
    expect(undone).toMatchObject({ undone: 1, left: 1, problems: [{ ticketId: two.ticketId, during: 'undo' }] });
    expect([(await desk.seen(one)).priority, (await desk.seen(two)).priority]).toEqual([2, 1]);
    expect(await desk.facts(one.ticketId, 'ticket.changed')).toHaveLength(2);
  });

  it('come back out of a queue that their mover does not serve, and stay in a restricted one', async () => {
    const { asSara } = desk.callers;
    const [one, two] = (await talks(2)) as [Talk, Talk];
    const away = await buildQueue(hub.database, { members: [] });
    const closedQueue = await buildQueue(hub.database, { members: [], restricted: true });
    const moved = await run(asSara, [one.ticketId], { do: 'route', queueId: away });
    const hidden = await run(asSara, [two.ticketId], { do: 'route', queueId: closedQueue });
    expect(await takeBack(asSara, moved.id)).toMatchObject({ undone: 1 });
    expect(await takeBack(asSara, hidden.id)).toMatchObject({ left: 1, problems: [{ code: 'not_found' }] });
  });

  it('stay with whoever took them over since', async () => {
    const { asSara, asReza } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const done = await run(asSara, [one.ticketId], { do: 'state', state: 'pending' });
    await asReza.call(`/api/tickets/${one.ticketId}/assignment`, {
      body: { agentId: desk.people.reza.id, expected: null },
    });
    expect(await takeBack(asSara, done.id)).toMatchObject({
      undone: 0,
      left: 1,
      problems: [{ code: 'changed_since' }],
    });
    expect((await desk.seen(one)).ownerId).toBe(desk.people.reza.id);
  });

  it('cannot be given back ten minutes later', async () => {
    const { asSara } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const done = await run(asSara, [one.ticketId], { do: 'priority', priority: 4 });
    await hub.database.query(`update bulk_run set finished_at = finished_at - interval '11 minutes' where id = $1`, [
      done.id,
    ]);
    expect(problem(await asSara.call(`/api/bulk/${done.id}/undo`, { method: 'POST' }))).toEqual([
      409,
      'undo_over',
      undefined,
    ]);
    expect((await read(asSara, done.id)).undoMs).toBeNull();
  });
});

describe('a whole list', () => {
  it('is what it shows, without what came after it was looked at', async () => {
    const { asSara } = desk.callers;
    const queueId = await buildQueue(hub.database, { members: [desk.people.sara.id] });
    const channel = await buildChannel(hub, { kind: 'messages', queueId });
    const many = [await desk.talk('one', channel), await desk.talk('two', channel)];
    const before = new Date(Date.parse((await desk.seen(many[1] as Talk)).openedAt) + 1).toISOString();
    const late = await desk.talk('three', channel);
    await hub.database.query(`update ticket set opened_at = opened_at + interval '1 minute' where id = $1`, [
      late.ticketId,
    ]);
    const filter = { view: 'unassigned', queue: queueId, before };
    const asked = await ask(asSara, { filter }, { do: 'priority', priority: 3 });
    expect(await ended(asSara, asked.body.id)).toMatchObject({ total: 2, done: 2 });
    expect((await desk.seen(late)).priority).toBe(2);
  });
});

describe('a hub that dies in the middle', () => {
  beforeAll(() => sweeper.onApplicationShutdown());
  afterAll(() => sweeper.onApplicationBootstrap());

  const rest = () => hub.database.query('update bulk_run set claimed_until = null, turn_at = asked_at');
  const work = async (): Promise<void> => {
    while (await sweeper.workTurn()) {
      // The next turn.
    }
  };

  /** A run of two tickets that is worked off by somebody who dies at one place, and then by somebody who does not. */
  async function survive(at: number, isBefore: boolean): Promise<number> {
    const many = await talks(2);
    const asked = await ask(desk.callers.asSara, { tickets: idsOf(many) }, { do: 'priority', priority: 4 });
    const uses = await dying({ at, isBefore }, () => work().catch(() => undefined));
    await rest();
    await work();
    expect(await read(desk.callers.asSara, asked.body.id)).toMatchObject({ state: 'done', done: 2, nothing: 0 });
    for (const one of many) {
      expect(await desk.facts(one.ticketId, 'ticket.changed')).toHaveLength(1);
    }
    return uses;
  }

  it('has changed each ticket once when another has gone on, wherever it was', async () => {
    const many = await talks(2);
    await ask(desk.callers.asSara, { tickets: idsOf(many) }, { do: 'priority', priority: 4 });
    const uses = await counted(work);
    expect(uses).toBeGreaterThan(5);
    for (let at = 1; at <= uses; at++) {
      await survive(at, true);
      await survive(at, false);
    }
  });

  it('does not end a run that is taken back at that moment', async () => {
    const { asSara } = desk.callers;
    const [one] = (await talks(1)) as [Talk];
    const { id } = (await ask(asSara, { tickets: [one.ticketId] }, { do: 'priority', priority: 4 })).body;
    await sweeper.workTurn();
    await asSara.call(`/api/bulk/${id}/undo`, { method: 'POST' });
    // Whoever worked at it last had found nothing more to do, and did not know that yet.
    expect(await hub.database.query(endRun, [id, 'running'])).toEqual([]);
    await work();
    expect(await read(asSara, id)).toMatchObject({ state: 'undone', undone: 1 });
  });

  it('and others who work at once on the same tickets for two agents bring both to their end', async () => {
    const { asSara, asReza } = desk.callers;
    const tickets = idsOf(await talks(12));
    const runs = await Promise.all([
      ask(asSara, { tickets }, { do: 'tags', add: ['a'], remove: [] }),
      ask(asReza, { tickets: tickets.toReversed() }, { do: 'tags', add: ['b'], remove: [] }),
    ]);
    await Promise.all([work(), work(), work()]);
    expect(await read(asSara, runs[0].body.id)).toMatchObject({ state: 'done', done: 12 });
    expect(await read(asReza, runs[1].body.id)).toMatchObject({ state: 'done', done: 12 });
  });
});
