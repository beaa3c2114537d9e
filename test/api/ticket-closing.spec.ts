import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { closeDueTicket, findDueTickets } from '#tickets';
import type { ConversationChanges, TicketState } from '#contract';
import { TicketClosing } from '../../apps/hub/src/automation/ticket-closing.sweeper.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openedConsole } from '../support/live-client.js';
import type { TestHub } from '../support/start-hub.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';

let nodes: TwoNodes;
let hub: TestHub;
let sara: BuiltAgent;
let agent: Caller;
let channel: { id: string; kind: 'web' | 'messages' };

beforeAll(async () => {
  nodes = await startTwoNodes();
  hub = nodes.one;
  sara = await buildAgent(hub.database);
  agent = await signedIn(hub, sara.id);
  const queueId = await buildQueue(hub.database, { members: [sara.id] });
  channel = await buildChannel(hub, { kind: 'messages', queueId });
});
afterAll(() => nodes.stop());

interface Ticket {
  id: string;
  number: number;
  version: number;
  state: TicketState;
  conversation_id: string;
  solved_at: Date | null;
  closed_at: Date | null;
}

/** A ticket that a customer's message opened and an agent solved. */
async function buildSolved(
  address: string = uuid(),
): Promise<{ ticketId: string; conversation: string; address: string }> {
  const conversation = await hearFrom(hub, channel, address, 'My lamp flickers.');
  const { id, version } = (await ticketsOf(conversation)).at(-1) as Ticket;
  const answer = await agent.call(`/api/tickets/${id}`, { method: 'PATCH', body: { version, state: 'solved' } });
  expect(answer.status).toBe(200);
  return { ticketId: id, conversation, address };
}

/** Lets the reopen window pass, or leaves `seconds` of it. */
const endWindow = (ticketId: string, seconds = -1): Promise<unknown> =>
  hub.database.query(`update ticket set reopen_until = clock_timestamp() + $2 * interval '1 second' where id = $1`, [
    ticketId,
    seconds,
  ]);
const ticketsOf = (conversation: string): Promise<Ticket[]> =>
  hub.database.query<Ticket>('select * from ticket where conversation_id = $1 order by number', [conversation]);
const stateOf = async (ticketId: string): Promise<string | undefined> =>
  (await hub.database.query<Ticket>('select * from ticket where id = $1', [ticketId]))[0]?.state;
/** Both nodes are of one process, which has one log of the rooms. */
const logged = (): string => nodes.one.logged() + nodes.two.logged();
const sweep = (): Promise<number> => hub.app.get(TicketClosing).sweep();
const changesOf = (ticketId: string) =>
  hub.database.query<{ actor_id: string | null; payload: object }>(
    `select actor_id, payload from event_log where subject_id = $1 and type = 'ticket.changed' order by position`,
    [ticketId],
  );

describe('closing solved tickets', () => {
  it('closes a ticket when its reopen window has passed, and no moment earlier', async () => {
    const { ticketId, conversation } = await buildSolved();
    await endWindow(ticketId, 60);
    expect(await sweep()).toBe(0);
    expect(await stateOf(ticketId)).toBe('solved');
    await endWindow(ticketId);
    expect(await sweep()).toBe(1);
    const [ticket] = await ticketsOf(conversation);
    expect(ticket).toMatchObject({ state: 'closed', closed_at: expect.any(Date), solved_at: expect.any(Date) });
  });

  it('writes one line on the timeline and one fact, by nobody in particular', async () => {
    const { ticketId, conversation } = await buildSolved();
    await endWindow(ticketId);
    await sweep();
    await sweep();
    const [ticket] = await ticketsOf(conversation);
    const lines = await hub.database.query<{ author: string; author_id: string | null; content: object }>(
      `select author, author_id, content from message where ticket_id = $1 and content -> 'event' ->> 'to' = 'closed'`,
      [ticketId],
    );
    expect(lines).toEqual([
      {
        author: 'system',
        author_id: null,
        content: { event: { name: 'ticket.state', number: ticket?.number, from: 'solved', to: 'closed' } },
      },
    ]);
    expect((await changesOf(ticketId)).at(-1)).toEqual({ actor_id: null, payload: { from: 'solved', to: 'closed' } });
    expect(await changesOf(ticketId)).toHaveLength(2);
  });

  it('shows it to those who watch, without a reload', async () => {
    const { ticketId, conversation } = await buildSolved();
    const console = await openedConsole(hub, sara.id);
    await console.watch(conversation);
    await endWindow(ticketId);
    await sweep();
    await console.until('the ticket is shown closed', () =>
      console
        .of<ConversationChanges>('conversation.changes')
        .some(({ tickets }) => tickets.some(({ id, state }) => id === ticketId && state === 'closed')),
    );
    console.close();
  });

  it('leaves a ticket alone that its customer or an agent reopened after it was found due', async () => {
    const [written, reopened] = [await buildSolved(), await buildSolved()];
    for (const { ticketId } of [written, reopened]) {
      await endWindow(ticketId);
    }
    const due = await findDueTickets(hub.database, { limit: 10, except: [] });
    await endWindow(written.ticketId, 60);
    await hearFrom(hub, channel, written.address, 'It flickers again.');
    const [{ version }] = (await ticketsOf(reopened.conversation)) as [Ticket];
    await agent.call(`/api/tickets/${reopened.ticketId}`, { method: 'PATCH', body: { version, state: 'open' } });
    const outcomes = [];
    for (const ticket of due) {
      outcomes.push((await hub.database.transaction((tx) => closeDueTicket(tx, ticket))).outcome);
    }
    expect(outcomes).toEqual(['stale', 'stale']);
    expect([await stateOf(written.ticketId), await stateOf(reopened.ticketId)]).toEqual(['open', 'open']);
  });

  it('opens a new ticket for a customer who writes after the closing', async () => {
    const { ticketId, conversation, address } = await buildSolved();
    await endWindow(ticketId);
    await sweep();
    await hearFrom(hub, channel, address, 'Now the other lamp.');
    expect((await ticketsOf(conversation)).map(({ state }) => state)).toEqual(['closed', 'new']);
  });

  it('closes more tickets than one batch holds, each once, while two nodes sweep and customers write', async () => {
    const solved = [];
    for (let count = 0; count < 60; count++) {
      solved.push(await buildSolved());
    }
    await hub.database.query(
      `update ticket set reopen_until = clock_timestamp() - interval '1 second' where id = any ($1)`,
      [solved.map(({ ticketId }) => ticketId)],
    );
    const writing = solved.slice(0, 20).map(({ address }) => hearFrom(hub, channel, address, 'One more thing.'));
    const [here, there] = await Promise.all([sweep(), nodes.two.app.get(TicketClosing).sweep(), ...writing]);
    expect(here + there).toBe(60);
    const facts = await hub.database.query<{ count: number }>(
      `select count(*)::int as count from event_log where subject_id = any ($1) and payload ->> 'to' = 'closed'`,
      [solved.map(({ ticketId }) => ticketId)],
    );
    expect(facts).toEqual([{ count: 60 }]);
    expect(logged()).not.toContain('cannot be closed');
  });

  it('passes over one that cannot be closed and closes the rest', async () => {
    const [stuck, fine] = [await buildSolved(), await buildSolved()];
    for (const { ticketId } of [stuck, fine]) {
      await endWindow(ticketId);
    }
    await hub.database.query(
      `create function stay() returns trigger language plpgsql as $$ begin raise 'this one stays'; end $$;
       create trigger stay before update on ticket for each row when (old.id = '${stuck.ticketId}') execute function stay()`,
    );
    expect(await sweep()).toBe(1);
    await hub.database.query('drop trigger stay on ticket; drop function stay()');
    expect([await stateOf(stuck.ticketId), await stateOf(fine.ticketId)]).toEqual(['solved', 'closed']);
    expect(logged()).toContain('cannot be closed');
  });
});
