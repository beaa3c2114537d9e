import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationChanges, TicketView } from '#contract';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openedConsole, type LiveConsole } from '../support/live-client.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';
import type { TestHub } from '../support/start-hub.js';

let nodes: TwoNodes;
const open: { close(): void }[] = [];

beforeAll(async () => {
  nodes = await startTwoNodes();
}, 60_000);
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => nodes?.stop());

interface Desk {
  agent: BuiltAgent;
  queueId: string;
  channel: { id: string; kind: 'messages' | 'web' };
}

async function buildDesk(): Promise<Desk> {
  const agent = await buildAgent(nodes.one.database, { email: `${uuid()}@peyk.test` });
  const queueId = await buildQueue(nodes.one.database, { members: [agent.id] });
  return { agent, queueId, channel: await buildChannel(nodes.one, { kind: 'messages', queueId }) };
}

async function enter(hub: TestHub, agent: BuiltAgent): Promise<LiveConsole> {
  const client = await openedConsole(hub, agent.id);
  open.push(client);
  return client;
}

async function ticketOf(conversation: string): Promise<{ id: string; version: number }> {
  const [row] = await nodes.one.database.query<{ id: string; version: number }>(
    'select id, version from ticket where conversation_id = $1',
    [conversation],
  );
  return row as { id: string; version: number };
}

const framesOf = (client: LiveConsole, ticketId: string): { changes: ConversationChanges; ticket: TicketView }[] =>
  client.of<ConversationChanges>('conversation.changes').flatMap((changes) => {
    const ticket = changes.tickets.find(({ id }) => id === ticketId);
    return ticket ? [{ changes, ticket }] : [];
  });

describe.each([
  ['on the same node', () => nodes.one],
  ['on another node', () => nodes.two],
])('agents whom a ticket leaves, %s', (_where, hub) => {
  it('hear where it went and nothing that is said from then on', async () => {
    const [from, to] = [await buildDesk(), await buildDesk()];
    const [left, joined] = [await enter(hub(), from.agent), await enter(hub(), to.agent)];
    const address = uuid();
    const conversation = await hearFrom(nodes.one, from.channel, address, 'before the move');
    const { id, version } = await ticketOf(conversation);
    await left.until('the message', () => left.hasHeard('before the move'));

    const mover = await signedIn(nodes.one, from.agent.id);
    const secret = `a subject of ${uuid()}`;
    const moved = await mover.call(`/api/tickets/${id}`, {
      method: 'PATCH',
      body: { version, queueId: to.queueId, subject: secret },
    });
    expect(moved.status).toBe(200);
    await left.until('that it went', () => framesOf(left, id).some(({ ticket }) => ticket.queueId === to.queueId));
    await joined.until('all of it', () => joined.hasHeard(secret));
    expect(left.hasHeard(secret)).toBe(false);
    const farewell = framesOf(left, id).at(-1)?.changes;
    expect(farewell).toMatchObject({ conversation, messages: [] });
    expect(farewell?.since).toBe(farewell?.rev);

    await hearFrom(nodes.one, from.channel, address, 'after the move');
    await joined.until('what was said after', () => joined.hasHeard('after the move'));
    await hearFrom(nodes.one, from.channel, uuid(), 'a marker');
    await left.until('the marker', () => left.hasHeard('a marker'));
    expect(left.hasHeard('after the move')).toBe(false);
  });

  it('hear that they lost it, though they serve no queue of it', async () => {
    const desk = await buildDesk();
    const guest = await buildAgent(nodes.one.database, { email: `${uuid()}@peyk.test` });
    const conversation = await hearFrom(nodes.one, desk.channel, uuid(), 'for the guest');
    const { id } = await ticketOf(conversation);
    const member = await signedIn(nodes.one, desk.agent.id);
    const give = (agentId: string, expected: string | null) =>
      member.call(`/api/tickets/${id}/assignment`, { body: { agentId, expected } });
    const console = await enter(hub(), guest);
    expect((await give(guest.id, null)).status).toBe(200);
    await console.until('the ticket', () => framesOf(console, id).some(({ ticket }) => ticket.ownerId === guest.id));
    expect((await give(desk.agent.id, guest.id)).status).toBe(200);
    await console.until('the loss', () => framesOf(console, id).at(-1)?.ticket.ownerId === desk.agent.id);
  });

  it('hear that a ticket of their queue was closed', async () => {
    const desk = await buildDesk();
    const console = await enter(hub(), desk.agent);
    const conversation = await hearFrom(nodes.one, desk.channel, uuid(), 'done soon');
    const { id, version } = await ticketOf(conversation);
    const caller = await signedIn(nodes.one, desk.agent.id);
    const solved = await caller.call<TicketView>(`/api/tickets/${id}`, {
      method: 'PATCH',
      body: { version, state: 'solved' },
    });
    await caller.call(`/api/tickets/${id}`, {
      method: 'PATCH',
      body: { version: solved.body.version, state: 'closed' },
    });
    await console.until('that it is closed', () => framesOf(console, id).at(-1)?.ticket.state === 'closed');
    expect(framesOf(console, id).at(-1)?.ticket.subject).toBe(solved.body.subject);
  });
});
