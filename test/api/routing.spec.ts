import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { assign, findStuckQueues, matchWork, openWork } from '#tickets';
import type { TicketView } from '#contract';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let queueId: string;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
});

afterAll(() => hub.stop());

beforeEach(async () => {
  queueId = uuid();
  await hub.database.query('insert into queue (id, name) values ($1, $2)', [queueId, queueId]);
});

/** An agent of the queue with an open console. */
async function buildPresent(
  overrides: { status?: string; leaseSeconds?: number; units?: number } = {},
): Promise<BuiltAgent> {
  const agent = await buildAgent(hub.database);
  await hub.database.query(`update agent set status = $2, cap_units = $3 where id = $1`, [
    agent.id,
    overrides.status ?? 'online',
    overrides.units ?? 100,
  ]);
  await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, agent.id]);
  await hub.database.query(
    `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + $3 * interval '1 second')`,
    [uuid(), agent.id, overrides.leaseSeconds ?? 240],
  );
  return agent;
}

/** A ticket of a customer of its own, waiting in the queue. */
async function buildWaiting(): Promise<string> {
  const [customer, conversation, ticket] = [uuid(), uuid(), uuid()];
  await hub.database.transaction(async (tx) => {
    await tx.query('insert into customer (id) values ($1)', [customer]);
    await tx.query('insert into conversation (id, customer_id) values ($1, $2)', [conversation, customer]);
    await tx.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
      ticket,
      conversation,
      queueId,
    ]);
    await openWork(tx, { id: ticket, queueId });
  });
  return ticket;
}

const byNumber = (a = 0, b = 0) => a - b;
const match = () => hub.database.transaction((tx) => matchWork(tx, queueId));
const holdersOf = (ticketId: string) =>
  hub.database.query<{ agent_id: string }>(
    `select a.agent_id from assignment a join work_item w on w.id = a.work_item_id where w.ticket_id = $1 and a.state in ('offered', 'accepted')`,
    [ticketId],
  );
const unitsOf = async (agentId: string) =>
  (await hub.database.query<{ used_units: number }>('select used_units from agent where id = $1', [agentId]))[0]
    ?.used_units;

describe('matching work to agents', () => {
  it('gives the longest waiting ticket to the agent who was idle the longest', async () => {
    const [first, second] = [await buildPresent(), await buildPresent()];
    await hub.database.query(`update agent set idle_since = clock_timestamp() - interval '1 hour' where id = $1`, [
      second.id,
    ]);
    await hub.database.query(`update agent set idle_since = clock_timestamp() where id = $1`, [first.id]);
    const [older, newer] = [await buildWaiting(), await buildWaiting()];
    await match();
    await match();
    expect(await holdersOf(older)).toEqual([{ agent_id: second.id }]);
    expect(await holdersOf(newer)).toEqual([{ agent_id: first.id }]);
  });

  it.each([
    ['is away', { status: 'away' }],
    ['has no console open', { leaseSeconds: -1 }],
    ['is full', { units: 4 }],
  ])('gives nothing to an agent who %s', async (_why, overrides) => {
    await buildPresent(overrides);
    const ticket = await buildWaiting();
    expect(await match()).toBeNull();
    expect(await holdersOf(ticket)).toEqual([]);
  });

  it('never gives one ticket to two agents nor fills an agent beyond the cap, when matchers run head-on', async () => {
    const agents = await Promise.all(Array.from({ length: 3 }, () => buildPresent({ units: 20 })));
    const tickets = [];
    for (let n = 0; n < 20; n++) {
      tickets.push(await buildWaiting());
    }
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        while ((await match()) !== null) {
          // Until nothing can be matched.
        }
      }),
    );
    const held = (await Promise.all(tickets.map(holdersOf))).map((holders) => holders.length);
    expect(held.filter((n) => n > 1)).toEqual([]);
    expect(held.filter((n) => n === 1)).toHaveLength(12);
    expect(await Promise.all(agents.map(({ id }) => unitsOf(id)))).toEqual([20, 20, 20]);
    expect(await findStuckQueues(hub.database)).not.toContain(queueId);
  });

  it('lets one of an agent and the router win, and tells the other who has it', async () => {
    const [routed, clicking] = [await buildPresent(), await buildPresent({ status: 'away' })];
    const ticket = await buildWaiting();
    const click = hub.database.transaction((tx) =>
      assign(tx, {
        ticketId: ticket,
        agentId: clicking.id,
        expectedOwnerId: null,
        by: clicking.id,
        withinCapacity: false,
        endReason: 'transferred',
      }),
    );
    const [clicked] = await Promise.all([click, match()]);
    const [holder] = await holdersOf(ticket);
    expect(await holdersOf(ticket)).toHaveLength(1);
    expect(clicked).toMatchObject(
      holder?.agent_id === clicking.id ? { outcome: 'assigned' } : { outcome: 'already_taken', ownerId: routed.id },
    );
    expect([await unitsOf(routed.id), await unitsOf(clicking.id)].toSorted(byNumber)).toEqual([0, 5]);
  });

  it('finds no queue stuck unless work waits beside somebody free', async () => {
    await buildWaiting();
    expect(await findStuckQueues(hub.database)).not.toContain(queueId);
    await buildPresent();
    expect(await findStuckQueues(hub.database)).toContain(queueId);
    await match();
    expect(await findStuckQueues(hub.database)).not.toContain(queueId);
  });
});

describe('tickets over the API', () => {
  async function take(): Promise<{ ticket: TicketView; agent: BuiltAgent }> {
    const agent = await buildPresent({ status: 'away' });
    const id = await buildWaiting();
    const caller = await signedIn(hub, agent.id);
    const { body } = await caller.call<TicketView>(`/api/tickets/${id}/assignment`, {
      body: { agentId: agent.id, expected: null },
    });
    return { ticket: body, agent };
  }

  it('refuses a stale claim and names who has the ticket', async () => {
    const { ticket, agent } = await take();
    const rival = await buildPresent({ status: 'away' });
    const answer = await (
      await signedIn(hub, rival.id)
    ).call(`/api/tickets/${ticket.id}/assignment`, { body: { agentId: rival.id, expected: null } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'already_taken', detail: expect.stringContaining(agent.name) });
  });

  it('frees the agent when the ticket is solved, and queues it anew for them when it is reopened', async () => {
    const { ticket, agent } = await take();
    const caller = await signedIn(hub, agent.id);
    expect(await unitsOf(agent.id)).toBe(5);
    const solved = await caller.call<TicketView>(`/api/tickets/${ticket.id}`, {
      method: 'PATCH',
      body: { version: ticket.version, state: 'solved' },
    });
    expect(solved.body).toMatchObject({ state: 'solved', ownerId: agent.id });
    expect(await unitsOf(agent.id)).toBe(0);
    const reopened = await caller.call<TicketView>(`/api/tickets/${ticket.id}`, {
      method: 'PATCH',
      body: { version: solved.body.version, state: 'open' },
    });
    expect(reopened.body).toMatchObject({ state: 'open', ownerId: null });
    const [work] = await hub.database.query<{ preferred_agent: string }>(
      `select preferred_agent from work_item where ticket_id = $1 and state = 'queued'`,
      [ticket.id],
    );
    expect(work?.preferred_agent).toBe(agent.id);
  });

  it('refuses a change made on an old version, and an illegal move', async () => {
    const { ticket, agent } = await take();
    const caller = await signedIn(hub, agent.id);
    const change = (body: object) => caller.call(`/api/tickets/${ticket.id}`, { method: 'PATCH', body });
    expect((await change({ version: ticket.version - 1, priority: 4 })).body).toMatchObject({
      status: 409,
      code: 'stale',
    });
    expect((await change({ version: ticket.version, state: 'closed' })).body).toMatchObject({
      status: 409,
      code: 'illegal_transition',
    });
  });

  it('does not show or move a ticket of a queue that the agent does not serve', async () => {
    const { ticket } = await take();
    const outsider = await buildAgent(hub.database);
    const caller = await signedIn(hub, outsider.id);
    const foreign = await caller.call(`/api/tickets/${ticket.id}`, {
      method: 'PATCH',
      body: { version: ticket.version, priority: 4 },
    });
    const absent = await caller.call(`/api/tickets/${uuid()}`, { method: 'PATCH', body: { version: 1, priority: 4 } });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  });

  it('keeps the speaker of the person in step with the work', async () => {
    const holder = async (id: string) =>
      (
        await hub.database.query<{ holder: string }>(
          'select holder from conversation c join ticket t on t.conversation_id = c.id where t.id = $1',
          [id],
        )
      )[0]?.holder;
    const waiting = await buildWaiting();
    expect(await holder(waiting)).toBe('queue');
    const { ticket } = await take();
    expect(await holder(ticket.id)).toBe('agent');
  });
});
