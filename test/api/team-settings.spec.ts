import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { openWork } from '#tickets';
import type { AgentSettingsView, AgentView, CustomerView, QueueSettingsView, SkillView } from '#contract';
import { AgentWork } from '../../apps/hub/src/settings/agents/agent-work.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let rootId: string;
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
  rootId = (root as { id: string }).id;
  admin = await signedIn(hub, rootId);
});

afterAll(() => hub?.stop());

/** The id of nothing. */
const nothing = '01900000-0000-7000-8000-000000000000';
const byNumber = (one: number, other: number): number => one - other;
const fresh = (what: string): string => `${what} ${String((count += 1))}`;
const change = (id: string, body: object, caller = admin) =>
  caller.call<AgentSettingsView & { code?: string; field?: string }>(`/api/agents/${id}`, { method: 'PATCH', body });
const settingsOf = async (id: string) => (await admin.call<AgentSettingsView>(`/api/agents/${id}/settings`)).body;
const makeQueue = async () =>
  (await admin.call<QueueSettingsView>('/api/queues', { body: { name: fresh('Queue') } })).body;
const makeSkill = async () => (await admin.call<SkillView>('/api/skills', { body: { name: fresh('Skill') } })).body;

const newcomer = (more: object = {}) => ({
  email: `${fresh('person').replace(' ', '')}@peyk.test`,
  name: fresh('Person'),
  role: 'agent',
  ...more,
});

interface Talk {
  ticket: string;
  customer: string;
  conversation: string;
}

async function buildTicket(queueId: string): Promise<Talk> {
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
  return { ticket, customer, conversation };
}

const workOf = async (ticketId: string) =>
  (
    await hub.database.query<{ state: string; rank: string; owner: string | null; boost: number }>(
      `select w.state, w.rank_at::text as rank, t.owner_id as owner, extract(epoch from w.enqueued_at - w.rank_at)::float8 / 60 as boost
       from work_item w join ticket t on t.id = w.ticket_id where t.id = $1`,
      [ticketId],
    )
  )[0];

describe('colleagues', () => {
  it('are made with how they work, before they have come', async () => {
    const [queue, skill] = [await makeQueue(), await makeSkill()];
    const wish = newcomer({
      queues: [{ queueId: queue.id, level: 2 }],
      skills: [{ skillId: skill.id, level: 4 }],
      capUnits: 60,
      caps: { voice: 0, chat: 2 },
    });
    const made = await admin.call<AgentSettingsView>('/api/agents', { body: wish });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      queues: [{ queueId: queue.id, level: 2 }],
      skills: [{ skillId: skill.id, level: 4 }],
      capUnits: 60,
      usedUnits: 0,
      caps: { voice: 0, chat: 2, async: 10 },
      calendarId: null,
      disabled: false,
    });
    expect(made.body.invitation).toMatchObject({ state: 'none' });
  });

  it('change in one go, and what is not named stays', async () => {
    const [queue, other, skill] = [await makeQueue(), await makeQueue(), await makeSkill()];
    const { body } = await admin.call<AgentSettingsView>('/api/agents', {
      body: newcomer({ queues: [{ queueId: queue.id, level: 1 }], skills: [{ skillId: skill.id, level: 2 }] }),
    });
    const moved = await change(body.id, { version: body.version, queues: [{ queueId: other.id, level: 3 }] });
    expect(moved.body).toMatchObject({
      version: body.version + 1,
      queues: [{ queueId: other.id, level: 3 }],
      skills: [{ skillId: skill.id, level: 2 }],
    });
    expect((await change(body.id, { skills: [], caps: { async: 4 } })).body).toMatchObject({
      skills: [],
      caps: { voice: 1, chat: 3, async: 4 },
      queues: [{ queueId: other.id, level: 3 }],
    });
  });

  it.each([
    [{ role: 'king' }, 'role'],
    [{ queues: [{ queueId: nothing, level: 1 }] }, 'queues'],
    [{ skills: [{ skillId: nothing, level: 1 }] }, 'skills'],
    [{ skills: [{ skillId: nothing, level: 6 }] }, 'skills.0.level'],
    [{ calendarId: nothing }, 'calendarId'],
    [{ capUnits: -1 }, 'capUnits'],
    [{ caps: { voice: 2 } }, 'caps.voice'],
    [{ password: 'a river of stones' }, 'password'],
  ])('are not changed by what is not valid, and the field is named: %j', async (wish, field) => {
    const agent = await buildAgent(hub.database);
    const before = await settingsOf(agent.id);
    expect((await change(agent.id, { name: 'Somebody else', ...wish })).body).toMatchObject({ status: 422, field });
    expect(await settingsOf(agent.id)).toEqual(before);
  });

  it('are not overwritten by an administrator who looked at something older', async () => {
    const agent = await buildAgent(hub.database);
    const { version } = await settingsOf(agent.id);
    const answers = await Promise.all([
      change(agent.id, { version, capUnits: 50 }),
      change(agent.id, { version, capUnits: 70 }),
    ]);
    expect(answers.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 409]);
  });

  it('lose their sessions and their open work with their account', async () => {
    const queue = await makeQueue();
    const agent = await buildAgent(hub.database);
    const caller = await signedIn(hub, agent.id);
    const { ticket } = await buildTicket(queue.id);
    const waiting = await workOf(ticket);
    await admin.call(`/api/tickets/${ticket}/assignment`, { body: { agentId: agent.id, expected: null } });
    expect((await settingsOf(agent.id)).usedUnits).toBe(5);

    expect((await change(agent.id, { disabled: true })).body).toMatchObject({ disabled: true, usedUnits: 0 });
    expect((await caller.call('/api/me')).status).toBe(401);
    expect(await workOf(ticket)).toMatchObject({ state: 'queued', owner: null, rank: waiting?.rank });
    const shown = (await admin.call<AgentView[]>('/api/agents')).body.map(({ id }) => id);
    expect(shown).not.toContain(agent.id);
    expect((await admin.call<AgentSettingsView[]>('/api/agents/settings')).body.at(-1)?.disabled).toBe(true);
    expect((await change(agent.id, { disabled: false })).body.disabled).toBe(false);
  });

  it('who were switched off just before the hub died give back what they hold at the next clean-up', async () => {
    const queue = await makeQueue();
    const agent = await buildAgent(hub.database);
    const { ticket } = await buildTicket(queue.id);
    await admin.call(`/api/tickets/${ticket}/assignment`, { body: { agentId: agent.id, expected: null } });
    await hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [agent.id]);
    await hub.app.get(AgentWork).releaseAll();
    expect(await workOf(ticket)).toMatchObject({ state: 'queued', owner: null });
  });

  it('always have an administrator among them, even when two switch each other off at once', async () => {
    const pair = [
      await buildAgent(hub.database, { role: 'admin' }),
      await buildAgent(hub.database, { role: 'admin' }),
    ] as const;
    const callers = await Promise.all(pair.map(({ id }) => signedIn(hub, id)));
    await hub.database.query(`update agent set role = 'agent' where id = $1`, [rootId]);
    const answers = await Promise.all([
      change(pair[1].id, { disabled: true }, callers[0]),
      change(pair[0].id, { role: 'agent' }, callers[1]),
    ]);
    await hub.database.query(`update agent set role = 'admin' where id = $1`, [rootId]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    // Whoever came second was refused: as the last one, or because they were no administrator any more when they asked.
    const refused = answers.find(({ status }) => status !== 200);
    expect(['last_admin', 'forbidden', 'unauthenticated']).toContain(refused?.body.code);
    const left = await hub.database.query(
      `select 1 from agent where role = 'admin' and disabled_at is null and id = any ($1::uuid[])`,
      [pair.map(({ id }) => id)],
    );
    expect(left).toHaveLength(1);
  });

  it('who are administrators have to ask another one to take that from them', async () => {
    for (const wish of [{ disabled: true }, { role: 'supervisor' }]) {
      expect((await change(rootId, wish)).body).toMatchObject({ status: 409, code: 'own_account' });
    }
    expect((await change(rootId, { name: 'Root' })).status).toBe(200);
  });
});

describe('the tier of a customer', () => {
  it('is changed by supervisors, moves them ahead in line, and is carried to what promises follow', async () => {
    const queue = await makeQueue();
    await admin.call(`/api/queues/${queue.id}`, {
      method: 'PATCH',
      body: { boosts: { priority: { 2: 5 }, tier: { 3: 40 }, cap: 120 } },
    });
    const { ticket, customer } = await buildTicket(queue.id);
    const agent = await buildAgent(hub.database);
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queue.id, agent.id]);
    const asAgent = await signedIn(hub, agent.id);
    const wish = { method: 'PATCH', body: { tier: 3 } };
    expect((await asAgent.call(`/api/customers/${customer}`, wish)).status).toBe(403);
    expect((await workOf(ticket))?.boost).toBe(5);
    const supervisor = await signedIn(hub, (await buildAgent(hub.database, { role: 'supervisor' })).id);
    const answer = await supervisor.call<CustomerView>(`/api/customers/${customer}`, wish);
    expect(answer.body).toMatchObject({ id: customer, tier: 3 });
    expect((await workOf(ticket))?.boost).toBe(45);
    const facts = await hub.database.query<{ type: string }>(
      `select type from event_log where subject_id = $1 and type in ('ticket.changed', 'work.reranked') order by type`,
      [ticket],
    );
    expect(facts.map(({ type }) => type)).toEqual(['ticket.changed', 'work.reranked']);
    expect(
      (await supervisor.call(`/api/customers/${customer}`, { method: 'PATCH', body: { tier: 10 } })).body,
    ).toMatchObject({ status: 422, field: 'tier' });
  });

  it('goes along when two people turn out to be one, and back when they are parted', async () => {
    const queue = await makeQueue();
    await admin.call(`/api/queues/${queue.id}`, {
      method: 'PATCH',
      body: { boosts: { priority: { 2: 5 }, tier: { 4: 20 }, cap: 120 } },
    });
    const [valued, other] = [await buildTicket(queue.id), await buildTicket(queue.id)];
    await admin.call(`/api/customers/${valued.customer}`, { method: 'PATCH', body: { tier: 4 } });
    const boosts = async () => [(await workOf(valued.ticket))?.boost, (await workOf(other.ticket))?.boost];
    expect(await boosts()).toEqual([25, 5]);
    const merged = await admin.call(`/api/customers/${other.customer}/merge`, { body: { into: valued.customer } });
    expect(merged.status).toBe(200);
    expect(await boosts()).toEqual([25, 25]);
    expect((await admin.call(`/api/customers/${other.customer}/merge`, { method: 'DELETE' })).status).toBe(200);
    expect(await boosts()).toEqual([25, 5]);
  });
});
