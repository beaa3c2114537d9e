import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { BoardAlert, BoardThreshold, BoardView, NoticeView, Page } from '#contract';
import { readActor } from '../../apps/hub/src/auth/read-actor.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { beginCursor } from '../../apps/hub/src/events/fact-log.query.js';
import { NoticesSweeper } from '../../apps/hub/src/notices/notices.sweeper.js';
import { BoardAlerts } from '../../apps/hub/src/supervision/board/board-alerts.sweeper.js';
import { BoardReader } from '../../apps/hub/src/supervision/board/board-reader.service.js';
import { WebhookPayload } from '../../apps/hub/src/webhooks/webhook-payload.service.js';
import { BoardTraffic, watchBoard } from '../support/board-traffic.js';
import { buildAgent, signedIn, stranger, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import {
  countedOf,
  countRows,
  readRows,
  recountBoard,
  written,
  type Counted,
  type RowsOfMoment,
} from '../support/recount-board.js';
import { problem } from '../support/ticket-desk.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';
import { until } from '../support/until.js';

/** How long fifty agents are at work: longer by hand, to measure. */
const measuredSeconds = process.env['PEYK_BOARD_SECONDS'];
const seconds = Number(measuredSeconds ?? 3);
const eventsPerSecond = 20;
/** From a commit to every console that watches. A machine that does ten things at once is given more. */
const budgetMs = measuredSeconds === undefined ? 5_000 : 1_000;

let nodes: TwoNodes;
let traffic: BoardTraffic;
let boss: BuiltAgent;
let shift: BuiltAgent;
let supervisor: Caller;
let scoped: Caller;
const consoles: LiveConsole[] = [];

beforeAll(async () => {
  nodes = await startTwoNodes({ ROLE: 'web' });
  const { database } = nodes.one;
  traffic = await BoardTraffic.begin(nodes.one, { agents: 50, queues: 4 });
  boss = await buildAgent(database, { role: 'supervisor' });
  shift = await buildAgent(database, { role: 'supervisor' });
  const role = uuid();
  await database.query(
    `insert into own_role (id, name, base, permissions, sees) values ($1, '{"en": "Shift lead"}', 'supervisor', '{board.watch}', 'own_queues')`,
    [role],
  );
  await database.query('update agent set own_role_id = $2 where id = $1', [shift.id, role]);
  await database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [traffic.queues[0], shift.id]);
  // Where nothing but a test sweeps, it is the one who follows the facts.
  await database.query(beginCursor, ['notices']);
  [supervisor, scoped] = [await signedIn(nodes.one, boss.id), await signedIn(nodes.one, shift.id)];
}, 60_000);

afterEach(() => {
  jest.restoreAllMocks();
  consoles.splice(0).forEach((console) => console.close());
});
afterAll(() => nodes?.stop());

const open = async (hub: TwoNodes['one'], agentId: string): Promise<LiveConsole> => {
  const console = await openedConsole(hub, agentId);
  consoles.push(console);
  return console;
};
/** Resolves once something stands on the board of a console. */
const shows = (holds: () => boolean): Promise<boolean> => until(() => Promise.resolve(holds()), Boolean);
const watchers = async (hub: TwoNodes['one']): Promise<string | undefined> =>
  /^peyk_board_watchers (\d+)/mu.exec((await stranger(hub).call('/metrics')).text)?.[1];
const put = (caller: Caller, wish: object) =>
  caller.call<BoardThreshold>('/api/board/thresholds', { method: 'PUT', body: { forSeconds: 0, ...wish } });

interface Reading {
  /** As performance.now() tells it. */
  began: number;
  ended: number;
  board: BoardView;
  rows: RowsOfMoment;
}

interface Watch {
  /** All of them, once the last is whole. */
  readings: () => Promise<Reading[]>;
  shown: () => BoardView;
  /** When everything that was true at a moment was on the console. */
  shownAfter: (moment: number, readings: Reading[]) => number;
}

/** A console that watches. Of all that is read for it, the raw rows of the same snapshot are kept, to count it again; it waits for none of that. */
async function watched(hub: TwoNodes['one']): Promise<Watch> {
  const readings: Promise<Reading>[] = [];
  const reader = hub.app.get(BoardReader, { strict: false });
  const read = reader.read.bind(reader);
  const arrived = new Map<string, number>();
  jest.spyOn(reader, 'read').mockImplementation((scope) => {
    const { promise, resolve, reject } = Promise.withResolvers<BoardView>();
    const reading = hub.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read');
      const began = performance.now();
      const board = await read(scope, tx);
      const ended = performance.now();
      resolve(board);
      return { began, ended, board, rows: await readRows(tx) };
    });
    reading.catch(reject);
    readings.push(reading);
    return promise;
  });
  const console = await open(hub, boss.id);
  const told = await watchBoard(console, ({ at }, now) => void arrived.set(at, now));
  await shows(() => told.shown() !== null);
  return {
    readings: () => Promise.all(readings),
    shown: () => told.shown() as BoardView,
    // Where a reading found nothing new, nothing is sent: all of it was shown by then.
    shownAfter: (moment, all) => {
      const first = all.find(({ began }) => began > moment);
      return first ? (arrived.get(first.board.at) ?? first.ended) : Number.POSITIVE_INFINITY;
    },
  };
}

/** Clocks here know no microseconds. */
function isNear(one: Counted['firstReply'], other: Counted['firstReply']): boolean {
  return one.of === other.of && Math.abs((one.seconds ?? 0) - (other.seconds ?? 0)) < 0.01;
}

function tellFigures(lags: number[], readings: Reading[]): void {
  const share = (sorted: number[], part: number) =>
    String(Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0));
  const took = readings.map(({ began, ended }) => ended - began).toSorted((a, b) => a - b);
  if (measuredSeconds !== undefined) {
    process.stdout.write(
      `board: ${String(lags.length / 2)} events, shown after p50 ${share(lags, 0.5)}, p95 ${share(lags, 0.95)}, max ${share(lags, 1)} ms; ` +
        `a look takes p50 ${share(took, 0.5)}, p95 ${share(took, 0.95)} ms\n`,
    );
  }
}

describe('the live board', () => {
  it('shows on every node, while fifty agents work, what a recount of raw rows shows', async () => {
    const watches = [await watched(nodes.one), await watched(nodes.two)];
    const committed: number[] = [];
    const began = performance.now();
    for (let event = 0; event < seconds * eventsPerSecond; event += 1) {
      await until(
        () => Promise.resolve(performance.now() - began),
        (now) => now >= (event * 1_000) / eventsPerSecond,
      );
      await traffic.next();
      committed.push(performance.now());
    }
    const last = await recountBoard(nodes.one.database);
    for (const { shown } of watches) {
      await shows(() => written(countedOf(shown())) === written(last));
    }
    const lags: number[] = [];
    const readings: Reading[] = [];
    for (const watch of watches) {
      const mine = await watch.readings();
      readings.push(...mine);
      lags.push(...committed.map((at) => watch.shownAfter(at, mine) - at));
    }
    lags.sort((x, y) => x - y);
    // Each and its rows are of the same snapshot: whatever happened meanwhile, they are the same.
    const odd = readings
      .map(({ board, rows }) => [countedOf(board), countRows(rows)] as const)
      .filter(([told, counted]) => written(told) !== written(counted) || !isNear(told.firstReply, counted.firstReply));
    expect(odd).toEqual([]);
    tellFigures(lags, readings);
    expect(lags.at(-1)).toBeLessThanOrEqual(budgetMs);

    const { body: board } = await supervisor.call<BoardView>('/api/board');
    expect(written(countedOf(board))).toBe(written(last));
    expect(board.zone).toBe('UTC');
    // All of it moved.
    const sums = [board.hours.solved, Object.values(board.broken), board.queues.map(({ inProgress }) => inProgress)];
    const moved = [...sums.map((many) => many.reduce((all, one) => all + one, 0)), board.firstReply.of, board.bots.of];
    expect(moved.filter((one) => one === 0)).toEqual([]);
  });

  it('costs nothing where nobody watches', async () => {
    const reads = jest.spyOn(nodes.one.app.get(BoardReader, { strict: false }), 'read');
    const [here, there] = [await open(nodes.one, boss.id), await open(nodes.two, boss.id)];
    const mine = await watchBoard(here);
    const other = await watchBoard(there);
    await shows(() => mine.frames() > 0);
    await here.ask('board.unwatch', {});
    await until(
      () => watchers(nodes.one),
      (count) => count === '0',
    );
    const [before, frames] = [reads.mock.calls.length, mine.frames()];
    await traffic.arrive();
    const { waiting } = await recountBoard(nodes.one.database);
    await shows(() => other.shown()?.waiting === waiting);
    await traffic.arrive();
    await shows(() => other.shown()?.waiting === waiting + 1);
    expect(reads.mock.calls.length).toBeLessThanOrEqual(before + 1);
    expect(mine.frames()).toBe(frames);
    here.close();
    there.close();
    await until(
      () => watchers(nodes.two),
      (count) => count === '0',
    );
  });

  it('shows somebody of some queues those, and is over the moment that the right goes', async () => {
    const { database } = nodes.one;
    const own = [traffic.queues[0] as string];
    await traffic.call(null);
    const console = await open(nodes.one, shift.id);
    const told = await watchBoard(console);
    await shows(() => told.shown() !== null);
    const shown = told.shown() as BoardView;
    expect(shown.queues.map(({ id }) => id)).toEqual(own);
    expect(written(countedOf(shown))).toBe(written(await recountBoard(database, own)));
    expect([shown.bots.of, shown.calls.onLine].filter((one) => one === 0)).toEqual([]);
    expect(countedOf((await scoped.call<BoardView>('/api/board')).body)).toEqual(countedOf(shown));
    expect(
      (await scoped.call<BoardView>('/api/board')).body.agents.every(({ queueIds }) =>
        queueIds.every((id) => own.includes(id)),
      ),
    ).toBe(true);

    await database.query(`update own_role set permissions = '{}'`);
    nodes.one.app.get(EventBus, { strict: false }).emit('rights.changed', { agentId: shift.id });
    await until(
      () => watchers(nodes.one),
      (count) => count === '0',
    );
    expect(await console.ask('board.watch', {})).toEqual({ ok: false, code: 'forbidden' });
    expect(problem(await scoped.call('/api/board')).slice(0, 2)).toEqual([403, 'forbidden']);
    await database.query(`update own_role set permissions = '{board.watch}'`);
    const agent = await open(nodes.one, traffic.agents[0] as string);
    expect(await agent.ask('board.watch', {})).toEqual({ ok: false, code: 'forbidden' });
  });
});

describe('a limit', () => {
  /** Both nodes look, at the same moment. */
  const look = async (): Promise<void> => {
    await nodes.one.database.query(`update board_look set at = '-infinity'`);
    await Promise.all([nodes.one, nodes.two].map((hub) => hub.app.get(BoardAlerts, { strict: false }).sweep()));
  };
  const facts = () =>
    nodes.one.database.query<{ state: string; id: string }>(
      `select payload ->> 'state' as state, subject_id as id from event_log where type = 'queue.alert' order by position`,
    );

  it('that is passed is told once, by one node, and once more when it is kept again', async () => {
    const [queueId] = traffic.queues;
    const console = await open(nodes.two, boss.id);
    const told = await watchBoard(console);
    await shows(() => told.shown() !== null);
    const waiting = told.shown()?.queues.find(({ id }) => id === queueId)?.waiting ?? 0;
    const { body: limit } = await put(supervisor, { queueId, measure: 'waiting', limit: waiting });
    await look();
    expect(await facts()).toEqual([]);
    await traffic.arrive(queueId);
    await look();
    await look();
    expect((await facts()).map(({ state }) => state)).toEqual(['raised']);
    await shows(() => told.shown()?.alerts[0]?.queueId === queueId);
    expect(told.shown()?.alerts).toMatchObject([
      { measure: 'waiting', limit: waiting, value: waiting + 1, endedAt: null },
    ]);

    await nodes.one.app.get(NoticesSweeper, { strict: false }).sweep();
    const notices = async (caller: Caller) => (await caller.call<Page<NoticeView>>('/api/me/notices')).body.rows;
    const alert = { queue: { id: queueId }, measure: 'waiting', limit: waiting, value: waiting + 1 };
    expect(await notices(supervisor)).toMatchObject([{ kind: 'alert', about: null, alert }]);
    expect(await notices(scoped)).toMatchObject([{ kind: 'alert', alert }]);
    expect(await notices(await signedIn(nodes.one, traffic.agents[0] as string))).toEqual([]);

    await put(supervisor, { queueId, measure: 'waiting', limit: waiting + 1 });
    await look();
    await look();
    expect((await facts()).map(({ state }) => state)).toEqual(['raised', 'ended']);
    await shows(() => told.shown()?.alerts.length === 0);
    const { body: past } = await supervisor.call<BoardAlert[]>('/api/board/alerts');
    expect(past).toMatchObject([{ measure: 'waiting', endedAt: expect.any(String) }]);
    expect((await supervisor.call(`/api/board/thresholds/${limit.id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('is told to webhooks of those who watch the queue', async () => {
    const payloads = nodes.one.app.get(WebhookPayload, { strict: false });
    const [fact] = await nodes.one.database.query<Record<string, never>>(
      `select *, at as happened_at from event_log where type = 'queue.alert' order by position limit 1`,
    );
    const tell = async (id: string) =>
      payloads.compose((await readActor(nodes.one.database, id)) as never, fact as never);
    expect(await tell(boss.id)).toMatchObject({
      type: 'queue.alert',
      data: { alert: { state: 'raised', measure: 'waiting' }, queue: { id: traffic.queues[0] } },
    });
    expect(await tell(shift.id)).toMatchObject({ type: 'queue.alert' });
    expect(await tell(traffic.agents[0] as string)).toBeNull();
  });

  it('is of a queue that its maker watches, and of what can be measured there', async () => {
    const [, foreign] = traffic.queues;
    expect((await put(scoped, { queueId: traffic.queues[0], measure: 'agents_online', limit: 2 })).status).toBe(200);
    expect(problem(await put(scoped, { queueId: foreign, measure: 'waiting', limit: 2 }))[0]).toBe(404);
    expect(problem(await put(scoped, { queueId: null, measure: 'waiting', limit: 2 }))[0]).toBe(404);
    expect(problem(await put(supervisor, { queueId: foreign, measure: 'bot_share', limit: 0.3 }))[0]).toBe(422);
    expect(problem(await put(supervisor, { queueId: null, measure: 'bot_share', limit: 3 }))[0]).toBe(422);
    const first = await put(supervisor, { queueId: null, measure: 'bot_share', limit: 0.3 });
    const second = await put(supervisor, { queueId: null, measure: 'bot_share', limit: 0.4, forSeconds: 60 });
    expect(second.body).toEqual({ ...first.body, limit: 0.4, forSeconds: 60 });
  });
});
