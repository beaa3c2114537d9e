import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { matchWork, openWork } from '#tickets';
import type {
  CalendarView,
  QueueContentsView,
  QueueSettingsView,
  QueueView,
  SkillView,
  SlaPolicyView,
} from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, hearFrom, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
  admin = await signedIn(hub, (root as { id: string }).id);
});

afterAll(() => hub?.stop());

/** The id of nothing. */
const nothing = '01900000-0000-7000-8000-000000000000';
const byNumber = (one: number, other: number): number => one - other;
const fresh = (what: string): string => `${what} ${String((count += 1))}`;
const patch = (path: string, body: object, caller = admin) =>
  caller.call<QueueSettingsView>(path, { method: 'PATCH', body });
const remove = (id: string, moveTo?: string, caller = admin) =>
  caller.call<{ code: string; field?: string; detail: string }>(
    `/api/queues/${id}${moveTo === undefined ? '' : `?moveTo=${moveTo}`}`,
    { method: 'DELETE' },
  );
const get = async (id: string) => (await admin.call<QueueSettingsView>(`/api/queues/${id}`)).body;

async function makeQueue(more: object = {}): Promise<QueueSettingsView> {
  const made = await admin.call<QueueSettingsView>('/api/queues', { body: { name: fresh('Queue'), ...more } });
  expect(made.status).toBe(201);
  return made.body;
}

async function makeSkill(): Promise<SkillView> {
  return (await admin.call<SkillView>('/api/skills', { body: { name: fresh('Skill') } })).body;
}

/** A ticket of a customer of its own, which began to wait this many minutes ago. */
async function buildTicket(queueId: string, waitedMinutes = 0): Promise<string> {
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
    await tx.query(
      `update work_item set enqueued_at = enqueued_at - $2 * interval '1 minute', rank_at = rank_at - $2 * interval '1 minute' where ticket_id = $1`,
      [ticket, waitedMinutes],
    );
  });
  return ticket;
}

async function take(ticketId: string, agent: BuiltAgent): Promise<void> {
  const answer = await admin.call(`/api/tickets/${ticketId}/assignment`, {
    body: { agentId: agent.id, expected: null },
  });
  expect(answer.status).toBe(200);
}

async function solve(ticketId: string): Promise<void> {
  const [row] = await hub.database.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
  const answer = await admin.call(`/api/tickets/${ticketId}`, {
    method: 'PATCH',
    body: { version: row?.version, state: 'solved' },
  });
  expect(answer.status).toBe(200);
}

interface Place extends Record<string, unknown> {
  queue: string;
  work: string;
  owner: string | null;
  state: string;
  enqueued: string;
}

/** Where a ticket stands: its own queue and that of its live work, who has it, and since when it waits. */
async function placeOf(ticketId: string): Promise<Place> {
  const [row] = await hub.database.query<Place>(
    `select t.queue_id as queue, w.queue_id as work, t.owner_id as owner, w.state, w.enqueued_at::text as enqueued
     from ticket t left join work_item w on w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned') where t.id = $1`,
    [ticketId],
  );
  return row as Place;
}

describe('the settings of a queue', () => {
  it('are what was set, and as usual where nothing was', async () => {
    const calendar = await admin.call<CalendarView>('/api/calendars', {
      body: { name: fresh('Hours'), timeZone: 'Asia/Tehran' },
    });
    const [agent, skill, other] = [await buildAgent(hub.database), await makeSkill(), await makeQueue()];
    expect(other).toMatchObject({
      version: 2,
      strategy: 'longest_idle',
      acceptSecs: null,
      stickySecs: null,
      outOfHours: 'wait',
      boosts: { priority: { 1: 0, 2: 5, 3: 15, 4: 60 }, tier: {}, cap: 120 },
      steps: [],
      skillIds: [],
    });
    const set = {
      strategy: 'broadcast',
      acceptSecs: 45,
      stickySecs: 0,
      maxWaitSecs: 600,
      calendarId: calendar.body.id,
      outOfHours: 'route',
      skillIds: [skill.id],
      skillLevel: 3,
      restricted: true,
      boosts: { priority: { 1: 0, 2: 0, 3: 10, 4: 90 }, tier: { 5: 30 }, cap: 100 },
      steps: [
        { afterSecs: 60, do: 'widen_level', level: 2 },
        { afterSecs: 300, do: 'add_queue', queueId: other.id },
      ],
      members: [{ agentId: agent.id, level: 2 }],
    };
    const made = await makeQueue(set);
    expect(made).toMatchObject({ ...set, memberIds: [agent.id] });
    expect(await get(made.id)).toEqual(made);
    const cleared = await patch(`/api/queues/${made.id}`, { calendarId: null, maxWaitSecs: null, stickySecs: null });
    expect(cleared.body).toMatchObject({ calendarId: null, maxWaitSecs: null, stickySecs: null, acceptSecs: 45 });
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ strategy: 'loudest' }, 'strategy'],
    [{ strategy: 'broadcast' }, 'acceptSecs'],
    [{ acceptSecs: 4 }, 'acceptSecs'],
    [{ calendarId: nothing }, 'calendarId'],
    [{ outOfHours: 'never' }, 'outOfHours'],
    [{ skillIds: [nothing] }, 'skillIds.0'],
    [{ skillLevel: 6 }, 'skillLevel'],
    [{ memberIds: [nothing] }, 'memberIds'],
    [{ members: [{ agentId: nothing, level: 9 }] }, 'members.0.level'],
    [{ boosts: { priority: { 4: -1 }, tier: {}, cap: 5 } }, 'boosts.priority.4'],
    [{ boosts: { priority: {}, tier: {}, cap: 9999 } }, 'boosts.cap'],
    [{ steps: [{ afterSecs: 1, do: 'alert' }] }, 'steps.0.afterSecs'],
    [{ steps: [{ afterSecs: 60, do: 'dance' }] }, 'steps.0.do'],
    [
      {
        steps: [
          { afterSecs: 60, do: 'alert' },
          { afterSecs: 90, do: 'boost' },
        ],
      },
      'steps.1.minutes',
    ],
    [{ steps: [{ afterSecs: 60, do: 'move_queue', queueId: nothing }] }, 'steps.0.queueId'],
    [{ colour: 'red' }, 'colour'],
  ])('are refused by the name of the field at fault, and nothing is changed: %j', async (wish, field) => {
    const queue = await makeQueue();
    expect((await patch(`/api/queues/${queue.id}`, { maxWaitSecs: 60, ...wish })).body).toMatchObject({
      status: 422,
      field,
    });
    expect(await get(queue.id)).toEqual(queue);
  });

  it('keep apart what two administrators change at once: the second one looks again', async () => {
    const queue = await makeQueue();
    const answers = await Promise.all(
      [10, 20].map((maxWaitSecs) => patch(`/api/queues/${queue.id}`, { version: queue.version, maxWaitSecs })),
    );
    expect(answers.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'stale', field: 'version' });
  });

  it('keep the rings of members who are only named, and put new ones into the first', async () => {
    const [old, fresher] = [await buildAgent(hub.database), await buildAgent(hub.database)];
    const queue = await makeQueue({ members: [{ agentId: old.id, level: 3 }] });
    const changed = await patch(`/api/queues/${queue.id}`, { memberIds: [old.id, fresher.id] });
    expect(changed.body.members).toEqual([
      { agentId: fresher.id, level: 1 },
      { agentId: old.id, level: 3 },
    ]);
  });

  it('put waiting work where new head starts say', async () => {
    const queue = await makeQueue();
    const ticket = await buildTicket(queue.id);
    const headStart = async () =>
      (
        await hub.database.query<{ minutes: number }>(
          'select extract(epoch from enqueued_at - rank_at)::float8 / 60 as minutes from work_item where ticket_id = $1',
          [ticket],
        )
      )[0]?.minutes;
    expect(await headStart()).toBe(5);
    await patch(`/api/queues/${queue.id}`, { boosts: { priority: { 2: 25 }, tier: {}, cap: 120 } });
    expect(await headStart()).toBe(25);
  });

  it('are for administrators; everybody knows the names', async () => {
    const queue = await makeQueue();
    const supervisor = await signedIn(hub, (await buildAgent(hub.database, { role: 'supervisor' })).id);
    const calls = await Promise.all([
      supervisor.call(`/api/queues/${queue.id}`),
      supervisor.call('/api/queues', { body: { name: fresh('Queue') } }),
      patch(`/api/queues/${queue.id}`, { name: 'Mine' }, supervisor),
      remove(queue.id, undefined, supervisor),
      supervisor.call('/api/skills', { body: { name: fresh('Skill') } }),
      supervisor.call('/api/agents/settings'),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    const names = await supervisor.call<QueueView[]>('/api/queues');
    expect(names.body.map(({ id }) => id)).toContain(queue.id);
  });

  it('reach every open console at once: a new queue is on the lists of those who do not serve it', async () => {
    const desk = await openedConsole(hub, (await buildAgent(hub.database)).id);
    await makeQueue();
    await desk.until('told of the new queue', () => desk.of('team.changed').length > 0);
    desk.close();
  });

  it('leave a line in the audit for every change', async () => {
    const queue = await makeQueue();
    await patch(`/api/queues/${queue.id}`, { maxWaitSecs: 90 });
    await remove(queue.id);
    const acts = await hub.database.query<{ action: string }>(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [queue.id],
    );
    expect(acts.map(({ action }) => action)).toEqual(['queue.created', 'queue.changed', 'queue.removed']);
  });
});

describe('removing a queue', () => {
  it('deletes one that was never used, and frees its name', async () => {
    const queue = await makeQueue({ members: [{ agentId: (await buildAgent(hub.database)).id, level: 1 }] });
    expect((await remove(queue.id)).status).toBe(204);
    expect((await admin.call(`/api/queues/${queue.id}`)).status).toBe(404);
    expect(await hub.database.query('select 1 from queue where id = $1', [queue.id])).toEqual([]);
    expect((await makeQueue({ name: queue.name })).name).toBe(queue.name);
  });

  it('is refused while there is something in it, and says what', async () => {
    const [queue, agent, other] = [await makeQueue(), await buildAgent(hub.database), await makeQueue()];
    const [, held, solved] = [await buildTicket(queue.id), await buildTicket(queue.id), await buildTicket(queue.id)];
    await take(held, agent);
    await solve(solved);
    const channel = uuid();
    await hub.database.query(`insert into channel (id, kind, name, queue_id) values ($1, 'messages', $2, $3)`, [
      channel,
      fresh('Channel'),
      queue.id,
    ]);
    await patch(`/api/queues/${other.id}`, { steps: [{ afterSecs: 60, do: 'move_queue', queueId: queue.id }] });
    const refused = await remove(queue.id);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'queue_in_use',
      field: 'moveTo',
      detail: expect.stringContaining('1 tickets that wait, 1 in work and 1 that are done'),
    });
    const contents = await admin.call<QueueContentsView>(`/api/queues/${queue.id}/contents`);
    expect(contents.body).toMatchObject({
      tickets: { waiting: 1, held: 1, solved: 1, closed: 0 },
      channels: [{ id: channel }],
      policies: [],
      queues: [{ id: other.id, name: other.name }],
    });
  });

  it('moves everything that is in it in one go: who waits keeps their time, who works on something keeps it', async () => {
    const [queue, target, agent] = [await makeQueue(), await makeQueue(), await buildAgent(hub.database)];
    const [waiting, held, solved] = [
      await buildTicket(queue.id, 30),
      await buildTicket(queue.id, 20),
      await buildTicket(queue.id),
    ];
    const newer = await buildTicket(target.id, 10);
    await take(held, agent);
    await solve(solved);
    const [before, heldBefore] = [await placeOf(waiting), await placeOf(held)];
    const channel = uuid();
    await hub.database.query(`insert into channel (id, kind, name, queue_id) values ($1, 'messages', $2, $3)`, [
      channel,
      fresh('Channel'),
      queue.id,
    ]);
    const leading = await makeQueue({ steps: [{ afterSecs: 60, do: 'add_queue', queueId: queue.id }] });
    await patch(`/api/queues/${target.id}`, { steps: [{ afterSecs: 60, do: 'move_queue', queueId: queue.id }] });

    expect((await remove(queue.id, target.id)).status).toBe(204);

    expect(await placeOf(waiting)).toEqual({ ...before, queue: target.id, work: target.id });
    expect(await placeOf(held)).toEqual({ ...heldBefore, queue: target.id, work: target.id });
    expect((await placeOf(held)).owner).toBe(agent.id);
    expect((await placeOf(solved)).queue).toBe(target.id);
    const order = await hub.database.query<{ ticket_id: string }>(
      `select ticket_id from work_item where queue_id = $1 and state = 'queued' order by rank_at, id`,
      [target.id],
    );
    expect(order.map((row) => row.ticket_id)).toEqual([waiting, newer]);
    expect(await hub.database.query('select queue_id from channel where id = $1', [channel])).toEqual([
      { queue_id: target.id },
    ]);
    expect((await get(leading.id)).steps).toEqual([{ afterSecs: 60, do: 'add_queue', queueId: target.id }]);
    expect((await get(target.id)).steps).toEqual([]);
    expect((await admin.call<QueueView[]>('/api/queues')).body.map(({ id }) => id)).not.toContain(queue.id);
    expect(await unitsOf(agent.id)).toBe(5);
  });

  it('leads what still comes for it to the queue that took over, however often that one moves on', async () => {
    const [old, skill] = [await makeSkill(), await makeSkill()];
    const [first, second, third] = [
      await makeQueue({ skillIds: [old.id] }),
      await makeQueue({ skillIds: [skill.id], skillLevel: 2 }),
      await makeQueue(),
    ];
    await buildTicket(first.id);
    await remove(first.id, second.id);
    const late = await buildTicket(first.id);
    expect(await placeOf(late)).toMatchObject({ queue: second.id, work: second.id, state: 'queued' });
    expect(
      await hub.database.query('select skill_ids, skill_level from work_item where ticket_id = $1', [late]),
    ).toEqual([{ skill_ids: [skill.id], skill_level: 2 }]);
    await remove(second.id, third.id);
    expect(await placeOf(late)).toMatchObject({ queue: third.id, work: third.id });
    expect(await placeOf(await buildTicket(first.id))).toMatchObject({ queue: third.id, work: third.id });
  });

  it('loses no ticket that is opened at the same moment', async () => {
    const [queue, target] = [await makeQueue(), await makeQueue()];
    const tickets = [await buildTicket(queue.id)];
    const [removed, ...opened] = await Promise.all([
      remove(queue.id, target.id),
      ...Array.from({ length: 12 }, () => buildTicket(queue.id)),
    ]);
    expect(removed.status).toBe(204);
    const places = await Promise.all([...tickets, ...opened].map(placeOf));
    expect(new Set(places.map(({ queue: at, work, state }) => `${at} ${work} ${state}`))).toEqual(
      new Set([`${target.id} ${target.id} queued`]),
    );
  });

  it('loses no message that comes in at the same moment, over a channel that still leads there', async () => {
    const [queue, target] = [await makeQueue(), await makeQueue()];
    const channel = await buildChannel(hub, { kind: 'messages', queueId: queue.id });
    const known = fresh('customer');
    await hearFrom(hub, channel, known, 'hello');
    const names = [known, ...Array.from({ length: 8 }, () => fresh('customer'))];
    const [removed, ...conversations] = await Promise.all([
      remove(queue.id, target.id),
      ...names.map((name) => hearFrom(hub, channel, name, 'is anybody there?')),
    ]);
    expect(removed.status).toBe(204);
    const work = await hub.database.query<{ heard: number; queue: string; state: string }>(
      `select (select count(*)::int from message m where m.conversation_id = t.conversation_id and m.direction = 'in') as heard,
              w.queue_id as queue, w.state
       from ticket t join work_item w on w.ticket_id = t.id where t.conversation_id = any ($1::uuid[]) order by 1`,
      [conversations],
    );
    const waiting = { queue: target.id, state: 'queued' };
    expect(work).toEqual([...names.slice(1).map(() => ({ heard: 1, ...waiting })), { heard: 2, ...waiting }]);
  });

  it('and an agent who takes a ticket at the same moment leave it with one of the two, whole', async () => {
    const [queue, target, agent] = [await makeQueue(), await makeQueue(), await buildAgent(hub.database)];
    const tickets = [await buildTicket(queue.id), await buildTicket(queue.id), await buildTicket(queue.id)];
    const [removed] = await Promise.all([
      remove(queue.id, target.id),
      ...tickets.map((id) =>
        admin.call(`/api/tickets/${id}/assignment`, { body: { agentId: agent.id, expected: null } }),
      ),
    ]);
    expect(removed.status).toBe(204);
    const places = await Promise.all(tickets.map(placeOf));
    for (const { queue: at, work, owner, state } of places) {
      expect([at, work]).toEqual([target.id, target.id]);
      expect(state).toBe(owner === null ? 'queued' : 'assigned');
    }
    expect(await unitsOf(agent.id)).toBe(5 * places.filter(({ owner }) => owner !== null).length);
  });

  it('takes back what was only offered: it waits in the other queue, since when it began to', async () => {
    const [queue, target] = [await makeQueue({ acceptSecs: 60 }), await makeQueue()];
    const agent = await buildAgent(hub.database);
    await hub.database.query(`update agent set status = 'online' where id = $1`, [agent.id]);
    await hub.database.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '4 minutes')`,
      [uuid(), agent.id],
    );
    await patch(`/api/queues/${queue.id}`, { members: [{ agentId: agent.id, level: 1 }] });
    const ticket = await buildTicket(queue.id, 15);
    const before = await placeOf(ticket);
    expect(await hub.database.transaction((tx) => matchWork(tx, queue.id))).toMatchObject({ outcome: 'offered' });
    expect(await unitsOf(agent.id)).toBe(5);
    expect((await remove(queue.id, target.id)).status).toBe(204);
    expect(await placeOf(ticket)).toEqual({ ...before, queue: target.id, work: target.id, state: 'queued' });
    expect(await unitsOf(agent.id)).toBe(0);
  });

  it('lets one of two removals win that lead to each other', async () => {
    const [one, other] = [await makeQueue(), await makeQueue()];
    const tickets = [await buildTicket(one.id), await buildTicket(other.id)];
    const answers = await Promise.all([remove(one.id, other.id), remove(other.id, one.id)]);
    expect(answers.map(({ status }) => status).toSorted(byNumber)).toEqual([204, 422]);
    const left = answers[0]?.status === 204 ? other.id : one.id;
    const places = await Promise.all(tickets.map(placeOf));
    expect(places.map(({ queue }) => queue)).toEqual([left, left]);
  });

  it('is refused towards itself, towards nothing, and while a promise names it', async () => {
    const [queue, target] = [await makeQueue(), await makeQueue()];
    await buildTicket(queue.id);
    expect((await remove(queue.id, queue.id)).body).toMatchObject({ status: 422, field: 'moveTo' });
    expect((await remove(queue.id, uuid())).body).toMatchObject({ status: 422, field: 'moveTo' });
    expect((await remove(uuid(), target.id)).status).toBe(404);
    const policy = await admin.call<SlaPolicyView>('/api/sla-policies', {
      body: { name: fresh('Policy'), draft: { scope: { queueIds: [queue.id] }, targets: { resolution: 60_000 } } },
    });
    expect(policy.status).toBe(201);
    const refused = await remove(queue.id, target.id);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'in_use',
      detail: expect.stringContaining(policy.body.name),
    });
    expect((await placeOf(await buildTicket(queue.id))).queue).toBe(queue.id);
  });
});

async function unitsOf(agentId: string): Promise<number | undefined> {
  const [row] = await hub.database.query<{ used_units: number }>('select used_units from agent where id = $1', [
    agentId,
  ]);
  return row?.used_units;
}

describe('skills', () => {
  it('are made, renamed and listed with who has them and what asks for them', async () => {
    const skill = await makeSkill();
    const name = fresh('Persian');
    const { body } = await admin.call<SkillView>(`/api/skills/${skill.id}`, { method: 'PATCH', body: { name } });
    expect(body).toEqual({ id: skill.id, name, agents: 0, queues: 0 });
    await makeQueue({ skillIds: [skill.id] });
    expect((await admin.call<SkillView[]>('/api/skills')).body).toContainEqual({
      id: skill.id,
      name,
      agents: 0,
      queues: 1,
    });
    expect((await admin.call('/api/skills', { body: { name } })).body).toMatchObject({
      code: 'name_taken',
      field: 'name',
    });
  });

  it('go only with a word when something asks for them, and then nothing waits for them any more', async () => {
    const skill = await makeSkill();
    const queue = await makeQueue({ skillIds: [skill.id] });
    const ticket = await buildTicket(queue.id);
    expect((await admin.call(`/api/skills/${skill.id}`, { method: 'DELETE' })).body).toMatchObject({
      status: 409,
      code: 'in_use',
    });
    expect((await admin.call(`/api/skills/${skill.id}?everywhere=true`, { method: 'DELETE' })).status).toBe(204);
    expect((await get(queue.id)).skillIds).toEqual([]);
    expect(await hub.database.query('select skill_ids from work_item where ticket_id = $1', [ticket])).toEqual([
      { skill_ids: [] },
    ]);
  });
});
