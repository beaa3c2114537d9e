import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { AgentWorkView, AuditEntryView, BulkRunView, DraftView, LoadView, Page } from '#contract';
import { BulkSweeper } from '../../apps/hub/src/desk/bulk/bulk.sweeper.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedChat, openedConsole, visitorToken } from '../support/live-client.js';
import { problem } from '../support/ticket-desk.js';
import { until } from '../support/until.js';

let all: ConnectedWorld;
let lead: BuiltAgent;
let supervisor: Caller;

beforeAll(async () => {
  all = await startConnectedWorld();
  lead = await buildAgent(all.hub.database, { name: 'Leyla', role: 'supervisor' });
  supervisor = await signedIn(all.hub, lead.id);
}, 60_000);

afterAll(async () => {
  await all.close();
});

interface Talk {
  conversation: string;
  ticket: string;
}

/** A visitor's chat that Sara has. */
async function talk(): Promise<Talk> {
  const visitor = await openedChat(all.hub, all.channels.web, await visitorToken(all.hub, all.channels.web));
  const word = `hello ${uuid()}`;
  await visitor.say(word);
  visitor.close();
  const [row] = await all.hub.database.query<{ conversation: string; ticket: string }>(
    `select m.conversation_id as conversation, t.id as ticket
     from message m join ticket t on t.conversation_id = m.conversation_id where m.body = $1`,
    [word],
  );
  const made = row as Talk;
  const body = { agentId: all.sara.id, expected: null };
  expect((await all.admin.call(`/api/tickets/${made.ticket}/assignment`, { body })).status).toBe(200);
  return made;
}

const takeOver = (who: Caller, ticket: string, reason?: string) =>
  who.call(`/api/tickets/${ticket}/take-over`, {
    body: { from: all.sara.id, ...(reason !== undefined && { reason }) },
  });

/** A supervisor of one queue, in which there is nobody. */
async function elsewhere(): Promise<Caller> {
  const { database } = all.hub;
  const [one, role, queue] = [await buildAgent(database, { role: 'supervisor' }), uuid(), uuid()];
  await database.query(
    `insert into own_role (id, name, base, permissions, sees) values ($1, $2, 'supervisor', '{work.steer}', 'own_queues')`,
    [role, JSON.stringify({ en: role })],
  );
  await database.query('update agent set own_role_id = $2 where id = $1', [one.id, role]);
  await database.query('insert into queue (id, name) values ($1, $2)', [queue, `Elsewhere ${queue}`]);
  await database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queue, one.id]);
  return signedIn(all.hub, one.id);
}

it('gives the supervisor the work, says why in the timeline, and tells the agent at once', async () => {
  const { conversation, ticket } = await talk();
  const sara = await openedConsole(all.hub, all.sara.id);
  try {
    expect((await takeOver(supervisor, ticket, 'She went home ill.')).status).toBe(204);
    const taken = () =>
      sara
        .of<{ ticketId: string; agentId: string; by: string }>('ticket.assigned')
        .find(({ ticketId, agentId }) => ticketId === ticket && agentId === lead.id);
    await sara.until('it is taken over', () => taken() !== undefined);
    expect(taken()?.by).toBe(lead.id);
  } finally {
    sara.close();
  }
  const { tickets } = await openConversation(supervisor, conversation);
  expect(tickets.find(({ id }) => id === ticket)?.ownerId).toBe(lead.id);
  const notes = await all.hub.database.query(
    `select body, author_id as by, direction from message where ticket_id = $1 and kind = 'note'`,
    [ticket],
  );
  expect(notes).toEqual([{ body: 'She went home ill.', by: lead.id, direction: 'internal' }]);
  const [move] = await all.hub.database.query<{ event: unknown }>(
    `select content -> 'event' as event from message where ticket_id = $1 and kind = 'event' and content -> 'event' ->> 'agentId' = $2`,
    [ticket, lead.id],
  );
  expect(move?.event).toMatchObject({ name: 'ticket.assigned', from: all.sara.id });
  const { rows } = (await all.admin.call<Page<AuditEntryView>>('/api/audit')).body;
  const act = rows.find(
    ({ action, subject }) => action === 'ticket.taken_over' && JSON.stringify(subject).includes(ticket),
  );
  expect(act?.details).toEqual({ before: all.sara.id, after: lead.id, withReason: true });
  expect(JSON.stringify(act)).not.toContain('ill');
});

it('lets one of two supervisors have it, and nobody once the agent has solved it', async () => {
  const { ticket } = await talk();
  const both = await Promise.all([supervisor, all.admin].map((who) => takeOver(who, ticket)));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
  const solved = await talk();
  const view = await openConversation(all.agent, solved.conversation);
  const version = view.tickets.find(({ id }) => id === solved.ticket)?.version;
  const done = await all.agent.call(`/api/tickets/${solved.ticket}`, {
    method: 'PATCH',
    body: { version, state: 'solved' },
  });
  expect(done.status).toBe(200);
  expect(problem(await takeOver(supervisor, solved.ticket, 'Too late.'))).toEqual([409, 'finished', undefined]);
  const notes = await all.hub.database.query(`select 1 from message where ticket_id = $1 and kind = 'note'`, [
    solved.ticket,
  ]);
  expect(notes).toEqual([]);
});

it('ends in one hand, whichever of taking and solving comes first', async () => {
  const { conversation, ticket } = await talk();
  const view = await openConversation(all.agent, conversation);
  const version = view.tickets.find(({ id }) => id === ticket)?.version;
  const [taken, solved] = await Promise.all([
    takeOver(supervisor, ticket),
    all.agent.call(`/api/tickets/${ticket}`, { method: 'PATCH', body: { version, state: 'solved' } }),
  ]);
  const after = (await openConversation(all.admin, conversation)).tickets.find(({ id }) => id === ticket);
  if (taken.status === 204) {
    expect([solved.status, after?.ownerId, after?.state]).toEqual([409, lead.id, 'open']);
  } else {
    expect([taken.status, solved.status, after?.state]).toEqual([409, 200, 'solved']);
  }
});

it('leaves the agent the draft they were writing', async () => {
  const { conversation, ticket } = await talk();
  const body = { kind: 'text', content: { body: 'I am about to' } };
  const kept = await all.agent.call(`/api/conversations/${conversation}/draft`, { method: 'PUT', body });
  expect(kept.status).toBe(204);
  expect((await takeOver(supervisor, ticket)).status).toBe(204);
  const drafts = async (who: Caller) =>
    (await who.call<DraftView[]>('/api/me/drafts')).body
      .filter(({ conversationId }) => conversationId === conversation)
      .map(({ content }) => content);
  expect(await drafts(all.agent)).toEqual([body.content]);
  expect(await drafts(supervisor)).toEqual([]);
});

it('is for those who steer, in their own queues, and not for their own work', async () => {
  const { ticket } = await talk();
  expect((await takeOver(all.agent, ticket)).status).toBe(403);
  expect((await takeOver(await elsewhere(), ticket)).status).toBe(404);
  const own = await supervisor.call(`/api/tickets/${ticket}/take-over`, { body: { from: lead.id } });
  expect(own.status).toBe(422);
});

/** Everything that Sara has goes. */
async function handOver(who: Caller, to: string | null, id = uuid()) {
  return who.call<BulkRunView>(`/api/agents/${all.sara.id}/hand-over`, { body: { id, to } });
}

async function settled(who: Caller, run: string): Promise<BulkRunView> {
  return until(
    async () => (await who.call<BulkRunView>(`/api/bulk/${run}`)).body,
    ({ state }) => state === 'done' || state === 'undone',
  );
}

const ownersOf = async (tickets: string[]): Promise<unknown[]> =>
  (
    await all.hub.database.query<{ owner: string | null }>(
      'select owner_id as owner from ticket where id = any ($1) order by opened_at, id',
      [tickets],
    )
  ).map(({ owner }) => owner);

it('hands over everything that an agent has, but what another took meanwhile, and takes it back', async () => {
  const tickets = [await talk(), await talk(), await talk()].map(({ ticket }) => ticket);
  const { body: work } = await supervisor.call<AgentWorkView>(`/api/agents/${all.sara.id}/work`);
  expect(work.tickets.map(({ id }) => id)).toEqual(expect.arrayContaining(tickets));
  expect(work).toMatchObject({ count: work.tickets.length, elsewhere: 0 });
  const colleague = await buildAgent(all.hub.database, { name: 'Nika', role: 'agent' });
  const id = uuid();
  const asked = await handOver(supervisor, colleague.id, id);
  expect([asked.status, asked.body.total]).toEqual([202, work.count]);
  expect((await handOver(supervisor, colleague.id, id)).body.total).toBe(work.count);
  expect(await settled(supervisor, id)).toMatchObject({ done: work.count, refused: 0 });
  expect(await ownersOf(tickets)).toEqual(tickets.map(() => colleague.id));
  expect((await supervisor.call<AgentWorkView>(`/api/agents/${all.sara.id}/work`)).body.count).toBe(0);
  expect((await supervisor.call(`/api/bulk/${id}/undo`, { method: 'POST' })).status).toBe(202);
  expect(await settled(supervisor, id)).toMatchObject({ state: 'undone', undone: work.count, left: 0 });
  expect(await ownersOf(tickets)).toEqual(tickets.map(() => all.sara.id));

  // Of what goes back to the queue nothing is asked of her again, and what is another's by now stays theirs.
  const turn = jest.spyOn(all.hub.app.get(BulkSweeper, { strict: false }), 'workTurn').mockResolvedValue(false);
  const back = uuid();
  expect((await handOver(supervisor, null, back)).status).toBe(202);
  expect((await takeOver(all.admin, tickets[0] as string)).status).toBe(204);
  turn.mockRestore();
  all.hub.app.get(EventBus).emit('bulk.asked', {});
  const { done, refused, problems } = await settled(supervisor, back);
  expect([done, refused, problems.map(({ code }) => code)]).toEqual([work.count - 1, 1, ['already_taken']]);
  const rows = await all.hub.database.query<{ excluded: string[] }>(
    `select w.excluded_agents as excluded from work_item w where w.ticket_id = $1 and w.state in ('queued', 'offered')`,
    [tickets[1]],
  );
  expect(rows.map(({ excluded }) => excluded.includes(all.sara.id))).toEqual([true]);
  const { rows: acts } = (await all.admin.call<Page<AuditEntryView>>('/api/audit')).body;
  expect(acts.find(({ subject }) => JSON.stringify(subject).includes(id))).toBeDefined();
  expect(acts.map(({ details }) => details)).toContainEqual({
    act: 'assign',
    tickets: work.count,
    before: all.sara.id,
    after: colleague.id,
  });
});

it('sets the status of an agent, who learns by whom and why, until they set their own', async () => {
  const force = (who: Caller, status: string, reason?: string) =>
    who.call(`/api/agents/${all.sara.id}/status`, { method: 'PUT', body: { status, ...(reason && { reason }) } });
  expect(problem(await force(supervisor, 'online'))).toEqual([409, 'not_present', undefined]);
  const sara = await openedConsole(all.hub, all.sara.id);
  try {
    expect((await force(supervisor, 'away', 'Lunch is waiting.')).status).toBe(204);
    await sara.until('she is told', () => {
      const load = sara.of<LoadView>('load.changed').at(-1);
      return load?.statusReason === 'supervisor';
    });
    expect(sara.of<LoadView>('load.changed').at(-1)).toMatchObject({
      status: 'away',
      statusBy: { name: 'Leyla', words: 'Lunch is waiting.' },
    });
    expect((await force(supervisor, 'online')).status).toBe(204);
    expect((await force(supervisor, 'busy')).status).toBe(204);
    expect((await all.agent.call('/api/me', { method: 'PATCH', body: { status: 'online' } })).status).toBe(200);
    expect((await all.agent.call<LoadView>('/api/me/load')).body).toMatchObject({
      status: 'online',
      statusReason: null,
      statusBy: null,
    });
  } finally {
    sara.close();
  }
  const { rows } = (await all.admin.call<Page<AuditEntryView>>('/api/audit')).body;
  const act = rows.find(({ action, details }) => action === 'agent.status_forced' && details['after'] === 'away');
  expect(act?.details).toMatchObject({ after: 'away', withReason: true });
  for (const who of [all.agent, await elsewhere()]) {
    const refused = who === all.agent ? 403 : 404;
    expect((await force(who, 'away')).status).toBe(refused);
    expect((await handOver(who, null)).status).toBe(refused);
    expect((await who.call(`/api/agents/${all.sara.id}/work`)).status).toBe(refused);
  }
});
