import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assign, changeTicket, findStuckQueues, findWorkFor, reorderQueue, rerankPerson } from '#tickets';
import { findLoadDrift, RoutingScene } from '../support/routing-scene.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let scene: RoutingScene;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = new RoutingScene(database);
});
afterAll(() => database.close());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe('the order of the line', () => {
  it('gives a head start to what is urgent and to customers of a tier, up to the cap of the queue', async () => {
    const queueId = await scene.buildQueue({ boosts: { tier: { 3: 30 }, cap: 70 } });
    const wishes = [{}, { priority: 4 }, { priority: 1 }, { tier: 3 }, { priority: 4, tier: 3 }, { priority: 3 }];
    const waiting = [];
    for (const wish of wishes) {
      waiting.push(await scene.buildWaiting({ queueId, ...wish }));
    }
    const rows = await database.query<{ id: string; minutes: number }>(
      `select id, (extract(epoch from enqueued_at - rank_at) / 60)::int as minutes from work_item where queue_id = $1 order by rank_at, id`,
      [queueId],
    );
    const minutes = new Map(rows.map((row) => [row.id, row.minutes]));
    expect(waiting.map(({ workId }) => minutes.get(workId))).toEqual([5, 60, 0, 35, 70, 15]);
    expect((await scene.facts(waiting[4]?.ticketId ?? ''))[0]).toEqual({
      type: 'work.queued',
      payload: expect.objectContaining({
        queueId,
        reason: 'new',
        boostMs: 70 * 60_000,
        parts: { priority: 60 * 60_000, tier: 30 * 60_000, overdue: 0 },
      }),
    });
  });

  it('follows the priority of a ticket, the tier of its person and the settings of its queue while it waits', async () => {
    const queueId = await scene.buildQueue({ boosts: { tier: { 9: 20 } } });
    const { ticketId, workId, conversationId } = await scene.buildWaiting({ queueId });
    const minutes = async () =>
      (
        await database.query<{ minutes: number }>(
          'select (extract(epoch from enqueued_at - rank_at) / 60)::int as minutes from work_item where id = $1',
          [workId],
        )
      )[0]?.minutes;
    await database.transaction((tx) => changeTicket(tx, { ticketId, version: 1, priority: 4, by: null }));
    expect(await minutes()).toBe(60);
    await database.query(
      'update customer set tier = 9 where id = (select customer_id from conversation where id = $1)',
      [conversationId],
    );
    await database.transaction((tx) => rerankPerson(tx, conversationId));
    expect(await minutes()).toBe(80);
    await scene.set('queue', queueId, { boosts: { priority: { 4: 7 }, cap: 10 } });
    await database.transaction((tx) => reorderQueue(tx, queueId));
    expect(await minutes()).toBe(7);
    expect((await scene.facts(ticketId)).map(({ type, payload }) => [type, payload['reason']])).toEqual([
      ['work.queued', 'new'],
      ['work.reranked', 'priority'],
      ['work.reranked', 'tier'],
    ]);
  });

  it('lets nobody wait behind something that nobody who is free can have', async () => {
    const [queueId, skill] = [await scene.buildQueue(), await scene.buildSkill()];
    const agent = await scene.buildPresent({ queues: [queueId] });
    const skilled = await scene.buildWaiting({ queueId, columns: { skill_ids: [skill] } });
    const plain = await scene.buildWaiting({ queueId });
    await scene.matchAll(queueId);
    expect(await scene.holders(skilled.ticketId, plain.ticketId)).toEqual([null, agent]);
  });

  it('gives an agent of several queues the first in line of all of them', async () => {
    const [one, two] = [await scene.buildQueue(), await scene.buildQueue()];
    await scene.buildWaiting({ queueId: one });
    await scene.buildWaiting({ queueId: two, priority: 4 });
    const agent = await scene.buildPresent({ queues: [one, two] });
    expect(await findWorkFor(database, agent)).toBe(two);
    expect(await findWorkFor(database, agent, [two])).toBe(one);
    expect(await findWorkFor(database, agent, [one, two])).toBeNull();
    expect(await findStuckQueues(database)).toEqual(expect.arrayContaining([one, two]));
  });
});

describe('who is chosen', () => {
  it.each([
    ['longest_idle', 'who was idle longer', { idle_since: ago(60) }, { idle_since: ago(30) }],
    [
      'longest_idle',
      'who is idle before who works',
      { idle_since: ago(60), last_assigned_at: ago(5) },
      { last_assigned_at: ago(99) },
    ],
    [
      'round_robin',
      'who got work longer ago',
      { last_assigned_at: ago(60) },
      { last_assigned_at: ago(30), idle_since: ago(90) },
    ],
    ['least_loaded', 'who has more of their units left', { cap_units: 100 }, { cap_units: 20 }],
  ])('%s: %s', async (strategy, _who, first, second) => {
    const queueId = await scene.buildQueue({ strategy });
    const other = await scene.buildPresent({ queues: [queueId], columns: second });
    const best = await scene.buildPresent({ queues: [queueId], columns: first });
    if (strategy === 'least_loaded') {
      const { ticketId: a } = await scene.buildWaiting({ queueId });
      const { ticketId: b } = await scene.buildWaiting({ queueId });
      for (const [ticketId, agentId] of [
        [a, best],
        [b, other],
      ] as const) {
        await database.transaction((tx) =>
          assign(tx, {
            ticketId,
            agentId,
            expectedOwnerId: null,
            by: agentId,
            withinCapacity: true,
            endReason: 'transferred',
          }),
        );
      }
    }
    const { ticketId } = await scene.buildWaiting({ queueId });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([best]);
    const accepted = (await scene.facts(ticketId)).at(-1);
    expect(accepted).toMatchObject({
      type: 'work.accepted',
      payload: { agentId: best, auto: true, why: strategy, strategy, eligible: 2, ahead: 0 },
    });
    expect(accepted?.payload['candidates']).toMatchObject([{ agentId: best }, { agentId: other }]);
  });

  it('goes by skill before anything else, and asks for all skills on their level', async () => {
    const [queueId, fa, billing] = [await scene.buildQueue(), await scene.buildSkill(), await scene.buildSkill()];
    await scene.set('queue', queueId, { skill_ids: [fa, billing], skill_level: 2 });
    await scene.buildPresent({ queues: [queueId], skills: { [fa]: 5 }, columns: { idle_since: ago(900) } });
    await scene.buildPresent({
      queues: [queueId],
      skills: { [fa]: 5, [billing]: 1 },
      columns: { idle_since: ago(900) },
    });
    await scene.buildPresent({
      queues: [queueId],
      skills: { [fa]: 2, [billing]: 2 },
      columns: { idle_since: ago(900) },
    });
    const best = await scene.buildPresent({ queues: [queueId], skills: { [fa]: 2, [billing]: 3 } });
    const { ticketId } = await scene.buildWaiting({ queueId });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([best]);
    expect((await scene.facts(ticketId)).at(-1)?.payload).toMatchObject({
      why: 'skill',
      eligible: 2,
      candidates: [{ skill: 5 }, { skill: 4 }],
    });
  });

  it.each([
    ['has no room in units', { columns: { cap_units: 4 } }],
    ['has no room in the class', { caps: { async: 0 } }],
    ['is on an outer ring', { level: 2 }],
    ['is not a member', { queues: [] }],
    ['is not at the console', { isPresent: false }],
    ['is away', { columns: { status: 'away' } }],
    ['is disabled', { columns: { disabled_at: new Date() } }],
  ])('passes over an agent who %s', async (_why, wish) => {
    const queueId = await scene.buildQueue();
    await scene.buildPresent({ queues: [queueId], ...wish });
    await scene.buildWaiting({ queueId });
    expect(await scene.match(queueId)).toBeNull();
    expect(await findStuckQueues(database)).not.toContain(queueId);
  });

  it('gives nobody a call beside a chat, nor a chat beside a call, but what can wait', async () => {
    const queueId = await scene.buildQueue();
    const agent = await scene.buildPresent({
      queues: [queueId],
      columns: { cap_units: 1000 },
      caps: { voice: 5, chat: 5 },
      phone: '101',
    });
    const call = await scene.buildWaiting({ queueId, class: 'voice', weight: 100 });
    const second = await scene.buildWaiting({ queueId, class: 'voice', weight: 100 });
    const chat = await scene.buildWaiting({ queueId, class: 'chat', weight: 30 });
    const mail = await scene.buildWaiting({ queueId });
    await scene.matchAll(queueId);
    const tickets = [call, second, chat, mail].map(({ ticketId }) => ticketId);
    expect(await scene.holders(...tickets)).toEqual([agent, null, null, agent]);
    expect(await scene.loadOf(agent)).toEqual({ units: 105, classes: { voice: 1, async: 1 } });
  });

  it('fills each class to its cap and no further', async () => {
    const queueId = await scene.buildQueue();
    const agent = await scene.buildPresent({ queues: [queueId], columns: { cap_units: 100 }, caps: { async: 2 } });
    for (let count = 0; count < 4; count++) {
      await scene.buildWaiting({ queueId, class: 'chat', weight: 30 });
      await scene.buildWaiting({ queueId });
    }
    await scene.matchAll(queueId);
    expect(await scene.loadOf(agent)).toEqual({ units: 100, classes: { chat: 3, async: 2 } });
    expect(await findLoadDrift(database)).toEqual([]);
  });
});

describe('work that prefers an agent', () => {
  const chat = { class: 'chat', weight: 30 } as const;

  it('goes to them before all others', async () => {
    const queueId = await scene.buildQueue();
    await scene.buildPresent({ queues: [queueId], columns: { idle_since: ago(900) } });
    const preferred = await scene.buildPresent({ queues: [queueId] });
    const { ticketId } = await scene.buildWaiting({ queueId, preferredAgent: preferred });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([preferred]);
    expect((await scene.facts(ticketId)).at(-1)?.payload).toMatchObject({ why: 'sticky' });
  });

  it('waits a minute for them while they are there and full, and then goes to another, which is on record', async () => {
    const queueId = await scene.buildQueue();
    const preferred = await scene.buildPresent({ queues: [queueId], caps: { chat: 0 } });
    const other = await scene.buildPresent({ queues: [queueId] });
    const { ticketId, workId } = await scene.buildWaiting({ queueId, ...chat, preferredAgent: preferred });
    expect(await scene.match(queueId)).toBeNull();
    expect(await findStuckQueues(database)).not.toContain(queueId);
    expect(await findWorkFor(database, other)).toBeNull();
    await database.query(
      `update work_item set enqueued_at = enqueued_at - interval '61 s', rank_at = rank_at - interval '61 s' where id = $1`,
      [workId],
    );
    expect(await findWorkFor(database, other)).toBe(queueId);
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([other]);
    expect((await scene.facts(ticketId)).map(({ type }) => type)).toContain('work.sticky_waited');
  });

  it('holds up nothing behind it', async () => {
    const queueId = await scene.buildQueue();
    const preferred = await scene.buildPresent({ queues: [queueId], caps: { chat: 0 } });
    const other = await scene.buildPresent({ queues: [queueId] });
    const kept = await scene.buildWaiting({ queueId, ...chat, preferredAgent: preferred });
    const behind = await scene.buildWaiting({ queueId, ...chat });
    await scene.matchAll(queueId);
    expect(await scene.holders(kept.ticketId, behind.ticketId)).toEqual([null, other]);
  });

  it.each([
    ['are not there', { isPresent: false }],
    ['are away', { columns: { status: 'away' } }],
    ['do not serve the queue', { queues: [] }],
  ])('does not wait for those who %s', async (_why, wish) => {
    const queueId = await scene.buildQueue();
    const preferred = await scene.buildPresent({ queues: [queueId], caps: { chat: 0 }, ...wish });
    const other = await scene.buildPresent({ queues: [queueId] });
    const { ticketId } = await scene.buildWaiting({ queueId, ...chat, preferredAgent: preferred });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([other]);
  });
});

describe('hours', () => {
  it('nothing is given from a queue that is closed, unless it says so', async () => {
    const queueId = await scene.buildQueue({ calendar_id: await scene.buildCalendar(null) });
    const agent = await scene.buildPresent({ queues: [queueId] });
    const { ticketId } = await scene.buildWaiting({ queueId });
    expect(await scene.match(queueId)).toBeNull();
    expect(await findStuckQueues(database)).not.toContain(queueId);
    await scene.set('queue', queueId, { out_of_hours: 'route' });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([agent]);
  });

  it('a calendar that opens while work waits is seen by the next look', async () => {
    const calendar = await scene.buildCalendar(null);
    const queueId = await scene.buildQueue({ calendar_id: calendar });
    await scene.buildPresent({ queues: [queueId] });
    await scene.buildWaiting({ queueId });
    expect(await findStuckQueues(database)).not.toContain(queueId);
    await database.query(
      `insert into calendar_exception (calendar_id, day, minutes) values ($1, (clock_timestamp() at time zone 'UTC')::date, '{[0,1440)}')`,
      [calendar],
    );
    expect(await findStuckQueues(database)).toContain(queueId);
  });

  it('nothing is given to an agent outside their shift', async () => {
    const queueId = await scene.buildQueue();
    await scene.buildPresent({ queues: [queueId], columns: { calendar_id: await scene.buildCalendar(null) } });
    const { ticketId } = await scene.buildWaiting({ queueId });
    expect(await scene.match(queueId)).toBeNull();
    const onShift = await scene.buildPresent({
      queues: [queueId],
      columns: { calendar_id: await scene.buildCalendar('[0,1440)') },
    });
    await scene.match(queueId);
    expect(await scene.holders(ticketId)).toEqual([onShift]);
  });
});

describe('the load of an agent', () => {
  it('is nothing for a ticket that waits for its customer, and is there again when it goes on, even beyond the cap', async () => {
    const queueId = await scene.buildQueue();
    const agent = await scene.buildPresent({ queues: [queueId], columns: { cap_units: 30 } });
    const first = await scene.buildWaiting({ queueId, class: 'chat', weight: 30 });
    await scene.match(queueId);
    const move = async (ticketId: string, state: 'pending' | 'open') => {
      const [row] = await database.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
      return database.transaction((tx) => changeTicket(tx, { ticketId, version: row?.version ?? 0, state, by: agent }));
    };
    expect(await move(first.ticketId, 'pending')).toMatchObject({ outcome: 'changed', freedAgent: agent });
    expect(await scene.loadOf(agent)).toEqual({ units: 0, classes: {} });
    await scene.buildWaiting({ queueId, class: 'chat', weight: 30 });
    await scene.match(queueId);
    await move(first.ticketId, 'open');
    expect(await scene.loadOf(agent)).toEqual({ units: 60, classes: { chat: 2 } });
    expect(await findLoadDrift(database)).toEqual([]);
    await scene.buildWaiting({ queueId });
    expect(await scene.match(queueId)).toBeNull();
  });

  it('follows a customer who writes again, whoever writes the row', async () => {
    const queueId = await scene.buildQueue();
    const agent = await scene.buildPresent({ queues: [queueId] });
    const { ticketId } = await scene.buildWaiting({ queueId });
    await scene.match(queueId);
    await database.query(`update ticket set state = 'on_hold' where id = $1`, [ticketId]);
    expect(await scene.loadOf(agent)).toEqual({ units: 0, classes: {} });
    await database.query(`update ticket set state = 'open' where id = $1`, [ticketId]);
    expect(await scene.loadOf(agent)).toEqual({ units: 5, classes: { async: 1 } });
  });

  it('is right after any order of taking, moving, waiting and giving back', async () => {
    const queues = [await scene.buildQueue(), await scene.buildQueue({ accept_secs: 30 })];
    const agents = [await scene.buildPresent({ queues }), await scene.buildPresent({ queues })];
    const tickets = [];
    for (let count = 0; count < 8; count++) {
      tickets.push((await scene.buildWaiting({ queueId: queues[count % 2] ?? '' })).ticketId);
    }
    let seed = 7;
    const pick = <T>(list: readonly T[]): T => list[(seed = (seed * 48_271) % 2_147_483_647) % list.length] as T;
    for (let turn = 0; turn < 120; turn++) {
      const ticketId = pick(tickets);
      const [row] = await database.query<{ version: number; owner_id: string | null }>(
        'select version, owner_id from ticket where id = $1',
        [ticketId],
      );
      const act = pick(['match', 'take', 'state', 'queue'] as const);
      await database.transaction<unknown>((tx) => {
        const version = row?.version ?? 0;
        switch (act) {
          case 'match':
            return Promise.resolve();
          case 'take':
            return assign(tx, {
              ticketId,
              agentId: pick([...agents, null]),
              expectedOwnerId: row?.owner_id ?? null,
              by: null,
              withinCapacity: false,
              endReason: 'released',
            });
          case 'state':
            return changeTicket(tx, {
              ticketId,
              version,
              state: pick(['open', 'pending', 'on_hold', 'solved']),
              by: null,
            });
          case 'queue':
            return changeTicket(tx, { ticketId, version, queueId: pick(queues), by: null });
        }
      });
      await scene.match(pick(queues));
      expect(await findLoadDrift(database)).toEqual([]);
    }
  });
});
