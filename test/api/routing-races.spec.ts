import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { assign, matchWork, openWork, type Matched } from '#tickets';
import { buildAgent, type BuiltAgent } from '../support/build-rows.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let queueId: string;
let agent: BuiltAgent;
let ticketId: string;
let conversationId: string;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A queue in which one ticket waits for the one agent who is there. */
beforeEach(async () => {
  queueId = uuid();
  ticketId = uuid();
  conversationId = uuid();
  agent = await buildAgent(database, { email: `${uuid()}@peyk.test` });
  await database.query(`update agent set status = 'online' where id = $1`, [agent.id]);
  await database.query('insert into queue (id, name) values ($1::uuid, $1::text)', [queueId]);
  await database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, agent.id]);
  await database.query(
    `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '4 minutes')`,
    [uuid(), agent.id],
  );
  await database.transaction(async (tx) => {
    const customerId = uuid();
    await tx.query('insert into customer (id) values ($1)', [customerId]);
    await tx.query('insert into conversation (id, customer_id) values ($1, $2)', [conversationId, customerId]);
    await tx.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
      ticketId,
      conversationId,
      queueId,
    ]);
    await openWork(tx, { id: ticketId, queueId });
  });
});

/** Matches while somebody holds the conversation: the agent is picked, and then something changes before the locks are had. */
async function matchMeanwhile(change: () => Promise<unknown>): Promise<Matched | null> {
  let matching: Promise<Matched | null> = Promise.resolve(null);
  await database.transaction(async (tx) => {
    await tx.query('select 1 from conversation where id = $1 for no key update', [conversationId]);
    matching = database.transaction((other) => matchWork(other, queueId));
    await until(
      () =>
        database.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update of c%'`,
        ),
      (waiting) => waiting.length === 1,
    );
    await change();
  });
  return matching;
}

const owner = async () =>
  (await database.query<{ owner_id: string | null }>('select owner_id from ticket where id = $1', [ticketId]))[0]
    ?.owner_id;
const units = async () =>
  (await database.query<{ used_units: number }>('select used_units from agent where id = $1', [agent.id]))[0]
    ?.used_units;

describe('matching that had to wait for its locks', () => {
  it('gives the ticket when nothing has changed', async () => {
    expect(await matchMeanwhile(() => Promise.resolve())).toMatchObject({ outcome: 'assigned', agentId: agent.id });
    expect(await owner()).toBe(agent.id);
  });

  it.each([
    ['went away', () => database.query(`update agent set status = 'away' where id = $1`, [agent.id])],
    ['closed the last console', () => database.query('delete from agent_presence where agent_id = $1', [agent.id])],
    [
      'was not heard of any more',
      () => database.query('update agent_presence set lease_until = clock_timestamp() where agent_id = $1', [agent.id]),
    ],
    ['left the queue', () => database.query('delete from queue_member where agent_id = $1', [agent.id])],
    ['was filled up', () => database.query('update agent set used_units = cap_units where id = $1', [agent.id])],
  ])('gives nothing to an agent who %s', async (_what, change) => {
    const before = async (): Promise<void> => void (await change());
    expect(await matchMeanwhile(before)).toEqual({ outcome: 'full' });
    expect(await owner()).toBeNull();
    expect(await database.transaction((tx) => matchWork(tx, queueId))).toBeNull();
  });

  it('gives nothing to an agent who left the queue while their own row was held', async () => {
    let matching: Promise<Matched | null> = Promise.resolve(null);
    await database.transaction(async (tx) => {
      await tx.query('select 1 from agent where id = $1 for no key update', [agent.id]);
      matching = database.transaction((other) => matchWork(other, queueId));
      await until(
        () =>
          database.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%agent%'`,
          ),
        (waiting) => waiting.length === 1,
      );
      await tx.query('delete from queue_member where agent_id = $1', [agent.id]);
    });
    expect(await matching).toEqual({ outcome: 'full' });
    expect(await units()).toBe(0);
  });

  it('does not give a ticket back to whoever took and declined it meanwhile', async () => {
    const move = (agentId: string | null, expectedOwnerId: string | null) =>
      database.transaction((tx) =>
        assign(tx, {
          ticketId,
          agentId,
          expectedOwnerId,
          by: agent.id,
          withinCapacity: false,
          endReason: 'released',
        }),
      );
    await move(agent.id, null);
    await move(null, agent.id);
    await database.query(`update work_item set excluded_agents = '{}' where ticket_id = $1`, [ticketId]);
    const declined = () =>
      database.query('update work_item set excluded_agents = array[$2::uuid] where ticket_id = $1', [
        ticketId,
        agent.id,
      ]);
    expect(await matchMeanwhile(declined)).toMatchObject({ outcome: 'already_taken' });
    expect(await owner()).toBeNull();
  });
});
