import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ExplainView, OfferView, Problem, RoutingPlaceView, SlaPolicyView } from '#contract';
import { openWork } from '#tickets';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { bePresent, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let admin: Caller;
let sara: BuiltAgent;
let agent: Caller;
let queueId: string;

beforeAll(async () => {
  // Without a worker nothing moves by itself: what is recorded here stays as it is.
  hub = await startTestHub({ env: { ROLE: 'web' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, root?.id ?? '');
  sara = await buildAgent(hub.database, { name: 'Sara' });
  agent = await signedIn(hub, sara.id);
});

afterAll(() => hub?.stop());

beforeEach(async () => {
  queueId = await buildQueue();
  await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, sara.id]);
});

async function buildQueue(restricted = false): Promise<string> {
  const id = uuid();
  await hub.database.query('insert into queue (id, name, restricted) values ($1, $2, $3)', [
    id,
    `Queue ${id}`,
    restricted,
  ]);
  return id;
}

/** A ticket of a customer of its own, waiting in a queue. */
async function buildWaiting(queue = queueId): Promise<string> {
  const [customer, conversation, ticket] = [uuid(), uuid(), uuid()];
  await hub.database.transaction(async (tx) => {
    await tx.query('insert into customer (id) values ($1)', [customer]);
    await tx.query('insert into conversation (id, customer_id) values ($1, $2)', [conversation, customer]);
    await tx.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
      ticket,
      conversation,
      queue,
    ]);
    await openWork(tx, { id: ticket, queueId: queue });
  });
  return ticket;
}

async function buildSkill(): Promise<string> {
  const id = uuid();
  await hub.database.query('insert into skill (id, name) values ($1, $2)', [id, `Skill ${id}`]);
  return id;
}

/** Something that was decided about a ticket, as the hub records it. */
const record = (ticketId: string, type: string, payload: object, by: string | null = null) =>
  hub.database.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload)
     select $2, conversation_id, id, $3, $4 from ticket where id = $1`,
    [ticketId, type, by, JSON.stringify(payload)],
  );

const explain = (caller: Caller, ticketId: string) => caller.call<ExplainView>(`/api/tickets/${ticketId}/explain`);
const putRouting = (ticketId: string, body: object, caller = agent) =>
  caller.call<RoutingPlaceView>(`/api/tickets/${ticketId}/routing`, { method: 'PUT', body });

describe('why a ticket is where it is', () => {
  it('is told from what was recorded of it and of nothing else, in the order in which it happened', async () => {
    const [ticket, other] = [await buildWaiting(), await buildWaiting()];
    await record(ticket, 'work.offered', {
      agentId: sara.id,
      expiresAt: '2026-11-22T08:00:30.000Z',
      strategy: 'longest_idle',
      why: 'longest_idle',
      eligible: 1,
      candidates: [{ agentId: sara.id, skill: 0, idleMs: 90_000 }],
      waitedMs: 1_000,
      ahead: 0,
    });
    await record(ticket, 'work.declined', { agentId: sara.id, reason: 'in a call' }, sara.id);
    await record(other, 'work.expired', { agentId: sara.id });
    const { status, body } = await explain(agent, ticket);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ticketId: ticket,
      state: 'new',
      queue: { id: queueId, name: `Queue ${queueId}` },
      owner: null,
      place: { state: 'queued', position: 1, offers: [] },
      servers: [{ agent: { id: sara.id, name: 'Sara' }, hindrance: 'not_online' }],
      promises: [],
    });
    expect(body.steps.map(({ kind }) => kind)).toEqual(['queued', 'offered', 'declined']);
    expect(body.steps[0]).toMatchObject({ reason: 'new', queue: { id: queueId }, by: null });
    expect(body.steps[1]).toMatchObject({ agent: { id: sara.id, name: 'Sara' }, why: 'longest_idle', eligible: 1 });
    expect(body.steps[2]).toMatchObject({ reason: 'in a call', by: { name: 'Sara' } });
  });

  it('says of a waiting ticket what keeps each of those who serve its queue from it, whose account still works', async () => {
    const [away, closed] = [
      await buildAgent(hub.database, { name: 'Away' }),
      await buildAgent(hub.database, { disabled: true }),
    ];
    await hub.database.query('insert into queue_member (queue_id, agent_id) select $1, unnest($2::uuid[])', [
      queueId,
      [away.id, closed.id],
    ]);
    await hub.database.query(`update agent set status = 'online' where id = $1`, [sara.id]);
    const { body } = await explain(agent, await buildWaiting());
    const told = new Map(body.servers.map(({ agent: { name }, hindrance }) => [name, hindrance]));
    expect(told).toEqual(
      new Map([
        ['Sara', 'not_present'],
        ['Away', 'not_online'],
      ]),
    );
    await hub.database.query(`update agent set status = 'offline' where id = $1`, [sara.id]);
  });

  it('names by whom it was taken, and that no router chose', async () => {
    const ticket = await buildWaiting();
    const taken = await agent.call(`/api/tickets/${ticket}/assignment`, { body: { agentId: sara.id, expected: null } });
    expect(taken.status).toBe(200);
    const { body } = await explain(agent, ticket);
    expect(body).toMatchObject({ owner: { name: 'Sara' }, place: { state: 'assigned', position: null }, servers: [] });
    expect(body.steps.findLast(({ kind }) => kind === 'handed')).toMatchObject({
      from: null,
      to: { name: 'Sara' },
      by: { name: 'Sara' },
    });
  });

  it('says which version of which promise counts, over which hours, and until when', async () => {
    const calendar = await admin.call<{ id: string }>('/api/calendars', {
      body: {
        name: 'Head office',
        timeZone: 'Asia/Tehran',
        windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 1440 })),
        exceptions: [],
      },
    });
    const policy = await admin.call<SlaPolicyView>('/api/sla-policies', {
      body: {
        name: 'For this queue',
        draft: {
          scope: { queueIds: [queueId] },
          targets: { first_response: 600_000 },
          calendarId: calendar.body.id,
          pausedIn: ['pending'],
        },
      },
    });
    await admin.call(`/api/sla-policies/${policy.body.id}/publish`, { body: {} });
    const ticket = await buildWaiting();
    await hub.database.query(
      `insert into sla_clock (id, ticket_id, metric, policy_version_id, calendar_id, target_ms, state, started_at, resumed_at, due_at)
       values ($1, $2, 'first_response', (select id from sla_policy_version where policy_id = $3 and status = 'published'), $4, 600000,
               'running', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z', '2026-11-22T08:10:00Z')`,
      [uuid(), ticket, policy.body.id, calendar.body.id],
    );
    const { body } = await explain(agent, ticket);
    expect(body.promises).toMatchObject([
      {
        metric: 'first_response',
        state: 'running',
        policyName: 'For this queue',
        version: 1,
        chosenBy: ['queue'],
        calendar: { name: 'Head office', timeZone: 'Asia/Tehran' },
        pausedIn: ['pending'],
        targetMs: 600_000,
        consumedMs: 0,
        startedAt: '2026-11-22T08:00:00.000Z',
        dueAt: '2026-11-22T08:10:00.000Z',
        breachedAt: null,
        endedAt: null,
      },
    ]);
  });

  it('is told to those who may work on the ticket, and looks to all others as if it were not there', async () => {
    const [mine, elsewhere, restricted] = [
      await buildWaiting(),
      await buildWaiting(await buildQueue()),
      await buildWaiting(await buildQueue(true)),
    ];
    expect((await explain(agent, mine)).status).toBe(200);
    for (const ticket of [elsewhere, restricted, uuid()]) {
      const { status, body } = await explain(agent, ticket);
      expect([status, (body as unknown as Problem).code]).toEqual([404, 'not_found']);
    }
    expect((await explain(admin, restricted)).status).toBe(200);
    expect((await explain(agent, 'no-id')).status).toBe(400);
  });
});

describe('where a ticket waits', () => {
  it('is counted by those before it in its queue', async () => {
    const tickets = [await buildWaiting(), await buildWaiting(), await buildWaiting()];
    const { body } = await agent.call<RoutingPlaceView[]>(`/api/tickets/routing?ids=${tickets.join()}`);
    const places = new Map(body.map(({ ticketId, position }) => [ticketId, position]));
    expect(tickets.map((ticket) => places.get(ticket))).toEqual([1, 2, 3]);
  });

  it('is kept from those who may not see the ticket, and left out where nobody waits', async () => {
    const [mine, elsewhere] = [await buildWaiting(), await buildWaiting(await buildQueue())];
    const solved = await buildWaiting();
    expect(
      (await agent.call(`/api/tickets/${solved}`, { method: 'PATCH', body: { version: 1, state: 'solved' } })).status,
    ).toBe(200);
    const { body } = await agent.call<RoutingPlaceView[]>(
      `/api/tickets/routing?ids=${[mine, elsewhere, solved].join()}`,
    );
    expect(body.map(({ ticketId }) => ticketId)).toEqual([mine]);
    expect((await agent.call('/api/tickets/routing?ids=what')).status).toBe(422);
    expect((await agent.call(`/api/tickets/${elsewhere}/routing`)).status).toBe(404);
  });

  it('names to whom it is offered, and for how long', async () => {
    const ticket = await buildWaiting();
    await hub.database.query(
      `insert into assignment (id, work_item_id, agent_id, state, expires_at)
       select $1, id, $2, 'offered', clock_timestamp() + interval '30 seconds' from work_item where ticket_id = $3`,
      [uuid(), sara.id, ticket],
    );
    await hub.database.query(`update work_item set state = 'offered' where ticket_id = $1`, [ticket]);
    const { body } = await agent.call<RoutingPlaceView>(`/api/tickets/${ticket}/routing`);
    expect(body).toMatchObject({ state: 'offered', offers: [{ agent: { name: 'Sara' } }] });
    expect(body.offers[0]?.remainingMs).toBeGreaterThan(0);
    expect(body.offers[0]?.remainingMs).toBeLessThanOrEqual(30_000);
  });
});

describe('whom a ticket needs', () => {
  it('is changed by an agent who may work on it, and that stands in its reasons', async () => {
    const [ticket, skill] = [await buildWaiting(), await buildSkill()];
    const { status, body } = await putRouting(ticket, {
      skillIds: [skill, skill],
      skillLevel: 3,
      preferredAgentId: sara.id,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ skills: [{ id: skill }], skillLevel: 3, preferred: { name: 'Sara' } });
    expect((await putRouting(ticket, { preferredAgentId: null })).body).toMatchObject({
      skills: [{ id: skill }],
      skillLevel: 3,
      preferred: null,
    });
    expect((await explain(agent, ticket)).body.steps.filter(({ kind }) => kind === 'asked')).toMatchObject([
      { by: { name: 'Sara' }, skills: [{ id: skill }], skillLevel: 3, preferred: { name: 'Sara' } },
      { by: { name: 'Sara' }, skills: [{ id: skill }], preferred: null },
    ]);
  });

  it.each([
    ['a skill that is not there', { skillIds: [uuid()] }, 'skillIds'],
    ['a level that is none', { skillLevel: 6 }, 'skillLevel'],
    ['an agent who is not there', { preferredAgentId: uuid() }, 'preferredAgentId'],
  ])('is refused for %s', async (_what, wish, field) => {
    const ticket = await buildWaiting();
    const { status, body } = await putRouting(ticket, wish);
    expect([status, (body as unknown as Problem).field]).toEqual([422, field]);
  });

  it('is no business of those who may not see it, nor of a ticket that is solved', async () => {
    const solved = await buildWaiting();
    await agent.call(`/api/tickets/${solved}`, { method: 'PATCH', body: { version: 1, state: 'solved' } });
    expect((await putRouting(solved, { skillLevel: 2 })).status).toBe(409);
    expect((await putRouting(await buildWaiting(await buildQueue()), { skillLevel: 2 })).status).toBe(404);
  });
});

describe('the reasons of work that the router gave out', () => {
  let scene: ConnectedWorld;

  beforeAll(async () => {
    scene = await startConnectedWorld();
    await scene.hub.database.query('update queue set accept_secs = 600');
  }, 60_000);

  afterAll(() => scene?.close());

  /** What is offered to somebody, once something is. */
  async function offerTo(caller: Caller): Promise<OfferView> {
    const ask = async () => (await caller.call<{ offers: OfferView[] }>('/api/me/offers')).body.offers;
    const [offer] = await until(ask, (offers) => offers.length > 0);
    return offer as OfferView;
  }

  it('tell who was asked and why, who said no, and who has it', async () => {
    const reza = await buildAgent(scene.hub.database, { name: 'Reza' });
    await scene.hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [reza.id]);
    const his = await signedIn(scene.hub, reza.id);
    await bePresent(scene);
    scene.world.bot.customer(91_001, 'Mina').say('where is my order?');
    const hers = await offerTo(scene.agent);
    await bePresent({ ...scene, sara: reza, agent: his });
    const declined = await scene.agent.call(`/api/offers/${hers.id}/decline`, { body: { reason: 'in a call' } });
    expect(declined.status).toBe(204);
    const offer = await offerTo(his);
    expect((await his.call(`/api/offers/${offer.id}/accept`, { method: 'POST' })).status).toBe(200);
    const { body } = await explain(his, offer.ticketId);
    expect(body).toMatchObject({ owner: { name: 'Reza' }, place: { state: 'assigned', class: 'chat' } });
    const told = body.steps.filter(({ kind }) => kind !== 'opened' && kind !== 'moved');
    expect(told).toMatchObject([
      { kind: 'queued', boostMs: 300_000, parts: { priority: 300_000, tier: 0, overdue: 0 } },
      { kind: 'offered', agent: { name: 'Sara' }, why: 'longest_idle', eligible: 1, ahead: 0 },
      { kind: 'declined', agent: { name: 'Sara' }, reason: 'in a call', by: { name: 'Sara' } },
      { kind: 'queued', reason: 'declined' },
      { kind: 'offered', agent: { name: 'Reza' }, candidates: [{ agent: { name: 'Reza' } }] },
      { kind: 'accepted', agent: { name: 'Reza' }, auto: false },
      { kind: 'handed', to: { name: 'Reza' }, by: { name: 'Reza' } },
    ]);
  });
});
