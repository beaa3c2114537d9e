import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  acceptOffer,
  assign,
  changeTicket,
  expireOffer,
  findStuckQueues,
  findWorkFor,
  matchWork,
  openWork,
  revokeLostOffer,
} from '#tickets';
import { findLoadDrift, findOverfull, RoutingScene } from '../support/routing-scene.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** Trials of each race. A long run sets more. */
const trials = Number(process.env['RACE_TRIALS'] ?? 40);

let database: TestDatabase;
let scene: RoutingScene;
let queueId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = new RoutingScene(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  queueId = await scene.buildQueue();
});

/** What the hub does after a fact about a queue: matches until nothing can be matched. */
const afterQueued = (queue: string) => scene.matchAll(queue);

/** What it does after a fact about an agent. */
async function afterFreed(agentId: string): Promise<void> {
  const done: string[] = [];
  for (;;) {
    const queue = await findWorkFor(database, agentId, done);
    if (queue === null) {
      return;
    }
    if ((await scene.match(queue)) === null) {
      done.push(queue);
    }
  }
}

const versionOf = async (ticketId: string) =>
  (await database.query<{ version: number }>('select version from ticket where id = $1', [ticketId]))[0]?.version ?? 0;

async function solve(ticketId: string): Promise<void> {
  const version = await versionOf(ticketId);
  await database.transaction((tx) => changeTicket(tx, { ticketId, version, state: 'solved', by: null }));
}

/** A ticket without work yet, so that queueing it is one short transaction. */
async function buildTicket(queue: string): Promise<{ ticketId: string; enqueue: () => Promise<void> }> {
  const { ticketId, workId } = await scene.buildWaiting({ queueId: queue });
  await database.query(`delete from work_item where id = $1`, [workId]);
  return {
    ticketId,
    enqueue: () => database.transaction(async (tx) => void (await openWork(tx, { id: ticketId, queueId: queue }))),
  };
}

describe('facts that meet head-on', () => {
  it('leave no work beside a free agent: it is queued at the moment in which the agent is freed', async () => {
    const agent = await scene.buildPresent({ queues: [queueId], columns: { cap_units: 5 } });
    let held = (await scene.buildWaiting({ queueId })).ticketId;
    await scene.matchAll(queueId);
    for (let trial = 0; trial < trials; trial++) {
      const { ticketId, enqueue } = await buildTicket(queueId);
      await Promise.all([enqueue().then(() => afterQueued(queueId)), solve(held).then(() => afterFreed(agent))]);
      expect(await scene.holders(ticketId)).toEqual([agent]);
      held = ticketId;
    }
    expect(await findLoadDrift(database)).toEqual([]);
  });

  it('leave no work beside a free agent: they come to their console at the moment in which it is queued', async () => {
    const agent = await scene.buildPresent({
      queues: [queueId],
      columns: { cap_units: 100_000 },
      caps: { async: 10_000 },
      isPresent: false,
    });
    for (let trial = 0; trial < trials; trial++) {
      await database.query('delete from agent_presence where agent_id = $1', [agent]);
      const { ticketId, enqueue } = await buildTicket(queueId);
      await Promise.all([
        enqueue().then(() => afterQueued(queueId)),
        scene.arrive(agent).then(() => afterFreed(agent)),
      ]);
      expect(await scene.holders(ticketId)).toEqual([agent]);
    }
  });

  it('give as much as there is room for, to each ticket one agent, when everything happens at once', async () => {
    const other = await scene.buildQueue();
    const queues = [queueId, other];
    const agents = await Promise.all(
      [15, 20, 10].map((units) => scene.buildPresent({ queues, columns: { cap_units: units } })),
    );
    const rounds = Math.max(3, Math.floor(trials / 15));
    for (let round = 0; round < rounds; round++) {
      const tickets = await Promise.all(
        Array.from({ length: 12 }, (_, index) => buildTicket(queues[index % 2] ?? queueId)),
      );
      await Promise.all([
        ...tickets.map(({ enqueue }, index) => enqueue().then(() => afterQueued(queues[index % 2] ?? queueId))),
        ...agents.map((agent) => afterFreed(agent)),
      ]);
      const holders = await scene.holders(...tickets.map(({ ticketId }) => ticketId));
      expect(holders.filter((holder) => holder !== null)).toHaveLength(9);
      expect(await findOverfull(database)).toEqual([]);
      const stuck = await findStuckQueues(database);
      expect(queues.filter((queue) => stuck.includes(queue))).toEqual([]);
      await Promise.all(tickets.map(({ ticketId }) => solve(ticketId)));
    }
    expect(await findLoadDrift(database)).toEqual([]);
  });
});

describe('two sides that hold', () => {
  it('a matcher that sees a full agent and one that meets a held item do not both give up', async () => {
    const agent = await scene.buildPresent({ queues: [queueId], columns: { cap_units: 5 } });
    const held = await scene.buildWaiting({ queueId });
    await scene.matchAll(queueId);
    const waiting = await scene.buildWaiting({ queueId });
    let freed: Promise<void> = Promise.resolve();
    await database.transaction(async (tx) => {
      // Somebody works on the waiting ticket; its matcher sees a full agent, and the one of the agent who is freed must wait for its rows.
      await tx.query('select 1 from work_item where id = $1 for update', [waiting.workId]);
      expect(await matchWork(tx, queueId)).toBeNull();
      freed = solve(held.ticketId).then(() => afterFreed(agent));
      await until(
        () =>
          database.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        (rows) => rows.length > 0,
      );
    });
    await freed;
    expect(await scene.holders(waiting.ticketId)).toEqual([agent]);
  });
});

describe('one ticket that several want at once', () => {
  it('goes to one of two supervisors and the router, and the others hear who has it', async () => {
    await scene.buildPresent({ queues: [queueId], columns: { cap_units: 100_000 }, caps: { async: 10_000 } });
    const [ann, ben] = [await scene.buildPresent({ isPresent: false }), await scene.buildPresent({ isPresent: false })];
    const take = (ticketId: string, agentId: string) =>
      database.transaction((tx) =>
        assign(tx, {
          ticketId,
          agentId,
          expectedOwnerId: null,
          by: agentId,
          withinCapacity: false,
          endReason: 'transferred',
        }),
      );
    for (let trial = 0; trial < trials; trial++) {
      const { ticketId } = await scene.buildWaiting({ queueId });
      const [first, second] = await Promise.all([take(ticketId, ann), take(ticketId, ben), scene.match(queueId)]);
      const owner = await scene.ownerOf(ticketId);
      expect(await scene.holders(ticketId)).toEqual([owner]);
      for (const [agent, result] of [
        [ann, first],
        [ben, second],
      ] as const) {
        expect(result).toMatchObject(
          owner === agent ? { outcome: 'assigned' } : { outcome: 'already_taken', ownerId: owner },
        );
      }
    }
    expect(await findLoadDrift(database)).toEqual([]);
  });

  it('is accepted, runs out, is taken by hand and is solved: one of them happens, and every unit is accounted for', async () => {
    queueId = await scene.buildQueue({ accept_secs: 30 });
    const agent = await scene.buildPresent({
      queues: [queueId],
      columns: { cap_units: 100_000 },
      caps: { async: 10_000 },
    });
    const supervisor = await scene.buildPresent({ isPresent: false });
    const seen = new Set<string>();
    for (let trial = 0; trial < trials; trial++) {
      const { ticketId } = await scene.buildWaiting({ queueId });
      await scene.match(queueId);
      const [offer] = await database.query<{ id: string }>(
        `update assignment a set expires_at = clock_timestamp() + interval '3 ms' from work_item w where w.id = a.work_item_id and w.ticket_id = $1 returning a.id`,
        [ticketId],
      );
      const offerId = offer?.id ?? '';
      const [accepted, expired, taken] = await Promise.all([
        database.transaction((tx) => acceptOffer(tx, { offerId, agentId: agent })),
        database.transaction((tx) => expireOffer(tx, { id: offerId, ticketId })),
        database.transaction((tx) =>
          assign(tx, {
            ticketId,
            agentId: supervisor,
            expectedOwnerId: null,
            by: supervisor,
            withinCapacity: false,
            endReason: 'transferred',
          }),
        ),
        database.transaction((tx) => revokeLostOffer(tx, { id: offerId, ticketId })),
      ]);
      const owner = await scene.ownerOf(ticketId);
      expect(await scene.holders(ticketId)).toEqual([owner]);
      expect(accepted.outcome === 'accepted').toBe(owner === agent);
      expect(taken.outcome === 'assigned').toBe(owner === supervisor);
      expect(expired !== null && owner === agent).toBe(false);
      seen.add(accepted.outcome);
      await database.query(`update agent set missed_offers = 0, status = 'online' where id = $1`, [agent]);
    }
    expect(seen.size).toBeGreaterThan(0);
    expect(await findLoadDrift(database)).toEqual([]);
  });

  it('changes hands between two agents in both directions at once without a deadlock that is seen', async () => {
    const [ann, ben] = [
      await scene.buildPresent({ queues: [queueId] }),
      await scene.buildPresent({ isPresent: false }),
    ];
    const [one, two] = [await scene.buildWaiting({ queueId }), await scene.buildWaiting({ queueId })];
    const give = (ticketId: string, agentId: string, expectedOwnerId: string | null) =>
      database.transaction((tx) =>
        assign(tx, { ticketId, agentId, expectedOwnerId, by: null, withinCapacity: false, endReason: 'transferred' }),
      );
    await give(one.ticketId, ann, null);
    await give(two.ticketId, ben, null);
    for (let trial = 0; trial < trials / 2; trial++) {
      const results = await Promise.all([give(one.ticketId, ben, ann), give(two.ticketId, ann, ben)]);
      expect(results.map(({ outcome }) => outcome)).toEqual(['assigned', 'assigned']);
      await Promise.all([give(one.ticketId, ann, ben), give(two.ticketId, ben, ann)]);
    }
    expect(await findLoadDrift(database)).toEqual([]);
  });
});
