import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { AuditEntryView, DraftView, Page } from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedChat, openedConsole, visitorToken } from '../support/live-client.js';
import { problem } from '../support/ticket-desk.js';

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
