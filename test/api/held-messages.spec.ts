import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { AttemptView, ConversationView, DraftView, HeldEndedFrame, HeldMessageView, MessageView } from '#contract';
import { LeftMessages } from '../../apps/hub/src/desk/messages/held/left-messages.service.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildQueue, hearFrom, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let sara: BuiltAgent;
let agent: Caller;
let colleague: Caller;
let channel: { id: string; kind: 'messages' };

/** The conversation that is written in, its latest message, and the address that answers go to. */
let talk: { id: string; identity: string; latest: string };

beforeAll(async () => {
  hub = await startTestHub();
  sara = await buildAgent(hub.database, { name: 'Sara', email: 'sara@peyk.test' });
  const reza = await buildAgent(hub.database, { name: 'Reza', email: 'reza@peyk.test' });
  const queueId = await buildQueue(hub.database, { members: [sara.id, reza.id] });
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
  const admin = await signedIn(hub, (root as { id: string }).id);
  const wish = {
    kind: 'messages',
    name: 'Shop',
    queueId,
    config: { url: 'http://127.0.0.1:9' },
    secrets: { secret: 'a secret of the shop' },
  };
  const added = await admin.call<{ id: string }>('/api/channels', { body: wish });
  expect(added.status).toBe(201);
  channel = { id: added.body.id, kind: 'messages' };
  [agent, colleague] = await Promise.all([signedIn(hub, sara.id), signedIn(hub, reza.id)]);
}, 60_000);

afterAll(() => hub?.stop());

beforeEach(async () => {
  const address = `writer-${uuid()}`;
  await hearFrom(hub, channel, address, 'Where is my order?');
  const [row] = await hub.database.query<{ id: string; identity: string; latest: string }>(
    `select c.id, i.id as identity, m.id as latest from identity i join conversation c on c.customer_id = i.customer_id
     join message m on m.conversation_id = c.id where i.address = $1`,
    [address],
  );
  talk = row as typeof talk;
});

const wordsOf = (body: string, more: object = {}) => ({
  id: uuid(),
  kind: 'text',
  body,
  channelId: channel.id,
  identityId: talk.identity,
  ...more,
});

const hold = (message: object, seconds = 30, caller = agent) =>
  caller.call<HeldMessageView & { code?: string }>(`/api/conversations/${talk.id}/held-messages`, {
    body: { ...message, seconds },
  });

async function said(): Promise<string[]> {
  const { body } = await agent.call<ConversationView>(`/api/conversations/${talk.id}`);
  return body.messages.filter(({ direction }) => direction === 'out').map((message) => message.body);
}

describe('a message that its writer may take back', () => {
  it('is in no timeline until its time has come, and then it is, once, with the id that it was given', async () => {
    const console = await openedConsole(hub, sara.id);
    const message = wordsOf('It left yesterday.');
    expect(await hold(message, 1)).toMatchObject({ status: 201, body: { id: message.id, state: 'held' } });
    expect(await said()).toEqual([]);
    await console.until('sent', () => console.of<HeldEndedFrame>('held.ended').length > 0);
    console.close();
    expect(console.of<HeldEndedFrame>('held.ended')).toEqual([
      { id: message.id, conversationId: talk.id, outcome: 'sent', code: null, problem: null },
    ]);
    expect(await said()).toEqual(['It left yesterday.']);
    expect((await agent.call<HeldMessageView[]>('/api/me/held-messages')).body).toEqual([]);
  });

  it('is taken back with its words, and never leaves', async () => {
    const message = wordsOf('Too soon');
    await hold(message);
    expect((await agent.call<HeldMessageView[]>('/api/me/held-messages')).body).toMatchObject([{ id: message.id }]);
    const taken = await agent.call<HeldMessageView>(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    expect(taken).toMatchObject({ status: 200, body: { body: 'Too soon', state: 'held' } });
    expect((await agent.call<HeldMessageView[]>('/api/me/held-messages')).body).toEqual([]);
    expect(await said()).toEqual([]);
  });

  it('goes at once where its writer says so, and cannot be taken back any more', async () => {
    const message = wordsOf('Now');
    await hold(message);
    expect((await agent.call(`/api/held-messages/${message.id}/send`, { body: {} })).status).toBe(200);
    await until(said, (texts) => texts.includes('Now'));
    const late = await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    expect(late).toMatchObject({ status: 409, body: { code: 'already_sent' } });
  });

  it('is held once, however often it is sent', async () => {
    const message = wordsOf('Once');
    await hold(message);
    expect((await hold(message)).status).toBe(201);
    await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
    await until(
      async () => (await agent.call<HeldMessageView[]>('/api/me/held-messages')).body,
      (rows) => rows.length === 0,
    );
    expect(await hold(message)).toMatchObject({ status: 201, body: { state: 'sent' } });
    expect(await said()).toEqual(['Once']);
  });

  it('is nobody else’s to see, to hurry or to take back', async () => {
    const message = wordsOf('Mine');
    await hold(message);
    expect((await colleague.call<HeldMessageView[]>('/api/me/held-messages')).body).toEqual([]);
    expect((await colleague.call(`/api/held-messages/${message.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await colleague.call(`/api/held-messages/${message.id}/send`, { body: {} })).status).toBe(404);
    expect(await hold(message, 30, colleague)).toMatchObject({ status: 409, body: { code: 'id_taken' } });
    await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
  });

  it('is refused at once where it could not leave, and told when it cannot later', async () => {
    expect(await hold(wordsOf('Hi ⟦customer.name⟧'))).toMatchObject({ status: 422 });
    expect(await hold(wordsOf('   '))).toMatchObject({ status: 422 });
    const console = await openedConsole(hub, sara.id);
    const message = wordsOf('Blocked meanwhile');
    await hold(message);
    await hub.database.query(`update identity set reachable = 'blocked' where id = $1`, [talk.identity]);
    await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
    await console.until('failed', () => console.of<HeldEndedFrame>('held.ended').length > 0);
    console.close();
    expect(console.of<HeldEndedFrame>('held.ended')).toMatchObject([{ id: message.id, outcome: 'failed' }]);
    const [kept] = (await agent.call<HeldMessageView[]>('/api/me/held-messages')).body;
    expect(kept).toMatchObject({ id: message.id, state: 'failed', code: 'blocked', body: 'Blocked meanwhile' });
    await hub.database.query(`update identity set reachable = 'yes' where id = $1`, [talk.identity]);
    await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
    await until(said, (texts) => texts.includes('Blocked meanwhile'));
  });

  it('is either taken back or sent, also where its writer is slow', async () => {
    const message = wordsOf('One of the two');
    await hold(message);
    let hasBegun = false;
    const slow = hub.database.transaction(async (tx) => {
      await tx.query('select 1 from conversation where id = $1 for update', [talk.id]);
      await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
      await until(
        () =>
          hub.database.query('select 1 from held_message where id = $1 and claimed_until is not null', [message.id]),
        (rows) => rows.length === 1,
      );
      hasBegun = true;
      return agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    });
    const { status } = await slow;
    expect([hasBegun, status]).toEqual([true, 200]);
    const next = wordsOf('Behind it');
    await hold(next);
    await agent.call(`/api/held-messages/${next.id}/send`, { body: {} });
    await until(said, (texts) => texts.includes('Behind it'));
    expect(await said()).toEqual(['Behind it']);
  });

  it('tells all windows that it was taken back', async () => {
    const console = await openedConsole(hub, sara.id);
    const message = wordsOf('Gone');
    await hold(message);
    await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    await console.until('told', () => console.of<HeldEndedFrame>('held.ended').length > 0);
    console.close();
    expect(console.of<HeldEndedFrame>('held.ended')).toMatchObject([{ id: message.id, outcome: 'taken_back' }]);
  });

  it('leaves although a colleague was faster, where its writer says so', async () => {
    const message = wordsOf('Mine as well', { seen: talk.latest });
    await hold(message);
    const path = `/api/conversations/${talk.id}/messages`;
    expect((await colleague.call(path, { body: wordsOf('By Reza') })).status).toBe(201);
    const send = (body?: object) => agent.call(`/api/held-messages/${message.id}/send`, { method: 'POST', body });
    const held = async () => (await agent.call<HeldMessageView[]>('/api/me/held-messages')).body;
    expect((await send()).status).toBe(200);
    await until(held, ([row]) => row?.code === 'answered_meanwhile');
    expect((await send({ anyway: true })).status).toBe(200);
    await until(said, (texts) => texts.includes('Mine as well'));
  });

  it('is written once where the process died behind the commit, and the row ends', async () => {
    const message = wordsOf('Before the crash');
    const written = await agent.call<MessageView>(`/api/conversations/${talk.id}/messages`, { body: message });
    expect(written.status).toBe(201);
    await hub.database.query(
      `insert into held_message (id, conversation_id, agent_id, message, due_at, claimed_until)
       values ($1, $2, $3, $4, clock_timestamp(), clock_timestamp() - interval '1 second')`,
      [message.id, talk.id, sara.id, JSON.stringify(message)],
    );
    const taken = await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'already_sent' } });
    await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
    await until(
      () => hub.database.query('select 1 from held_message where id = $1', [message.id]),
      (rows) => rows.length === 0,
    );
    expect(await said()).toEqual(['Before the crash']);
  });
});

describe('a reply that decides about its ticket', () => {
  const write = (message: object) => agent.call(`/api/conversations/${talk.id}/messages`, { body: message });
  const ticket = async () => (await agent.call<ConversationView>(`/api/conversations/${talk.id}`)).body.tickets[0];
  const stream = async () =>
    (await agent.call<ConversationView>(`/api/conversations/${talk.id}`)).body.messages
      .toSorted((a, b) => a.seq - b.seq)
      .map(({ kind, event, body }) => (kind === 'event' ? JSON.stringify([event?.['name'], event?.['to']]) : body));

  it('is sent and solves it, the one right after the other, however often it arrives', async () => {
    const message = wordsOf('It is on its way.', { afterwards: { do: 'solve' } });
    expect((await write(message)).status).toBe(201);
    expect((await write(message)).status).toBe(201);
    expect(await ticket()).toMatchObject({ state: 'solved', ownerId: sara.id });
    expect((await stream()).slice(-2)).toEqual(['It is on its way.', '["ticket.state","solved"]']);
  });

  it('waits for the customer, or is put away, where it says so', async () => {
    await write(wordsOf('Which number?', { afterwards: { do: 'pending' } }));
    expect(await ticket()).toMatchObject({ state: 'pending' });
    expect((await write(wordsOf('Tomorrow.', { afterwards: { do: 'snooze', until: { workDays: 1 } } }))).status).toBe(
      201,
    );
    const [row] = await hub.database.query<{ is: boolean }>(
      'select snoozed_until is not null as is from ticket where id = $1',
      [(await ticket())?.id],
    );
    expect(row?.is).toBe(true);
  });

  it('is not sent where its ticket cannot be solved, and solves nothing where it cannot be sent', async () => {
    const id = (await ticket())?.id ?? '';
    const child = await agent.call<{ id: string }>(`/api/conversations/${talk.id}/tickets`, {
      body: { subject: 'a part of it', queueId: (await ticket())?.queueId },
    });
    await hub.database.query(
      'update queue set children_first = true where id = (select queue_id from ticket where id = $1)',
      [id],
    );
    await hub.database.query('update ticket set parent_id = $2 where id = $1', [child.body.id, id]);
    const message = wordsOf('Done', { ticketId: id, afterwards: { do: 'solve' } });
    expect(await write(message)).toMatchObject({ status: 409, body: { code: 'children_open' } });
    expect(await hold(message)).toMatchObject({ status: 409, body: { code: 'children_open' } });
    expect(await said()).toEqual([]);
    await hub.database.query(`update identity set reachable = 'blocked' where id = $1`, [talk.identity]);
    await hub.database.query('update ticket set parent_id = null where id = $1', [child.body.id]);
    expect(await write(message)).toMatchObject({ status: 409, body: { code: 'blocked' } });
    const [row] = await hub.database.query<{ state: string }>('select state from ticket where id = $1', [id]);
    expect(row?.state).not.toBe('solved');
    expect(await write({ ...wordsOf('aside'), kind: 'note', afterwards: { do: 'solve' } })).toMatchObject({
      status: 422,
      body: { field: 'afterwards' },
    });
  });

  it('changes nothing while it can be taken back, nor when it was', async () => {
    const message = wordsOf('Bye', { afterwards: { do: 'solve' } });
    expect(await hold(message)).toMatchObject({ status: 201, body: { written: { afterwards: { do: 'solve' } } } });
    expect(await ticket()).not.toMatchObject({ state: 'solved' });
    await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
    const again = wordsOf('Bye then', { afterwards: { do: 'solve' } });
    await hold(again);
    await agent.call(`/api/held-messages/${again.id}/send`, { body: {} });
    await until(ticket, (found) => found?.state === 'solved');
    expect(await said()).toEqual(['Bye then']);
  });

  it('leaves its ticket alone where its writer thinks again', async () => {
    const message = wordsOf('Only this', { afterwards: { do: 'solve' } });
    await hold(message);
    await agent.call(`/api/held-messages/${message.id}/send`, { body: { alone: true } });
    await until(said, (texts) => texts.includes('Only this'));
    expect(await ticket()).not.toMatchObject({ state: 'solved' });
  });
});

describe('a held message that is found in another browser', () => {
  it('holds its files and all else that was written, to go on with', async () => {
    const uploaded = await agent.call<{ id: string }>(`/api/attachments?conversation=${talk.id}`, {
      file: { name: 'map.txt', content: 'the way' },
    });
    const { id: file } = uploaded.body;
    const message = wordsOf('See the map', { attachmentIds: [file], seen: talk.latest, cc: ['boss@peyk.test'] });
    await hub.database.query(
      `insert into held_message (id, conversation_id, agent_id, message, due_at) values ($1, $2, $3, $4, clock_timestamp() + interval '1 hour')`,
      [message.id, talk.id, sara.id, JSON.stringify(message)],
    );
    const [found] = (await agent.call<HeldMessageView[]>('/api/me/held-messages')).body;
    expect(found).toMatchObject({
      id: message.id,
      written: {
        channelId: channel.id,
        channelKind: 'messages',
        identityId: talk.identity,
        cc: ['boss@peyk.test'],
        seen: talk.latest,
        attachments: [{ id: file, name: 'map.txt', url: `/api/attachments/${file}` }],
      },
    });
    await agent.call(`/api/held-messages/${message.id}`, { method: 'DELETE' });
  });

  it('goes with the person when two customers turn out to be one, and leaves all the same', async () => {
    const other = await hearFrom(hub, channel, uuid(), 'me again');
    const customerOf = async (id: string) =>
      (await agent.call<ConversationView>(`/api/conversations/${id}`)).body.customer.id;
    const message = wordsOf('To whoever you are');
    await hold(message);
    const into = await customerOf(other);
    expect((await agent.call(`/api/customers/${await customerOf(talk.id)}/merge`, { body: { into } })).status).toBe(
      200,
    );
    expect((await agent.call<HeldMessageView[]>('/api/me/held-messages')).body).toMatchObject([
      { id: message.id, conversationId: other },
    ]);
    await agent.call(`/api/held-messages/${message.id}/send`, { body: {} });
    await until(said, (texts) => texts.includes('To whoever you are'));
  });

  it('goes, with drafts, when the customer is erased', async () => {
    await hold(wordsOf('Never said'));
    const draft = { kind: 'text', content: { body: 'about them' } };
    await agent.call(`/api/conversations/${talk.id}/draft`, { method: 'PUT', body: draft });
    const kept = () =>
      hub.database.query(
        'select conversation_id from held_message where conversation_id = $1 union all select conversation_id from draft where conversation_id = $1',
        [talk.id],
      );
    expect(await kept()).toHaveLength(2);
    // What an erasure ends with; everything else about somebody goes before it, and these two are in nobody's way.
    const follows = await hub.database.query<{ relation: string; follows: string }>(
      `select conrelid::regclass::text as relation, confdeltype as follows from pg_constraint
       where contype = 'f' and confrelid = 'conversation'::regclass and conrelid in ('held_message'::regclass, 'draft'::regclass)`,
    );
    expect(follows.toSorted((a, b) => (a.relation < b.relation ? -1 : 1))).toEqual([
      { relation: 'draft', follows: 'c' },
      { relation: 'held_message', follows: 'c' },
    ]);
  });
});

describe('a held message that could not leave', () => {
  it('goes back to its writer’s drafts after a week, before what is begun there, with its files', async () => {
    const put = (id: string, age: string) =>
      hub.database.query(
        `insert into held_message (id, conversation_id, agent_id, message, due_at, state, code, problem)
         values ($1, $2, $3, $4, clock_timestamp() - $5::interval, 'failed', 'blocked', 'No.')`,
        [id, talk.id, sara.id, JSON.stringify(wordsOf('An old answer', { id, seen: talk.latest })), age],
      );
    const [old, recent] = [uuid(), uuid()];
    const begun = { kind: 'text', content: { body: 'A new one', subject: 'Mine', attachments: [] } };
    // Before there is anything to give back: the hub may do so by itself at any moment from then on.
    await agent.call(`/api/conversations/${talk.id}/draft`, { method: 'PUT', body: begun });
    await put(old, '8 days');
    await put(recent, '6 days');
    await hub.app.get(LeftMessages).giveBack(new Date());
    const drafts = (await agent.call<DraftView[]>('/api/me/drafts')).body.filter(
      ({ conversationId }) => conversationId === talk.id,
    );
    expect(drafts).toMatchObject([{ kind: 'text', content: { body: 'An old answer\n\nA new one', subject: 'Mine' } }]);
    const left = (await agent.call<HeldMessageView[]>('/api/me/held-messages')).body.map(({ id }) => id);
    expect([left.includes(old), left.includes(recent)]).toEqual([false, true]);
  });
});

describe('the attempts of a message', () => {
  it('are told to whoever may read it, with what went wrong', async () => {
    const message = wordsOf('To a dead shop');
    await agent.call(`/api/conversations/${talk.id}/messages`, { body: message });
    const attempts = async () =>
      (await colleague.call<AttemptView[]>(`/api/messages/${message.id}/attempts`)).body.map(({ words, tries }) => ({
        tries,
        isExplained: words !== null,
      }));
    await until(attempts, ([first]) => first?.isExplained === true);
    const stranger = await signedIn(hub, (await buildAgent(hub.database, { name: 'Stranger' })).id);
    expect((await stranger.call(`/api/messages/${message.id}/attempts`)).status).toBe(404);
  });
});

describe('an answer to what a colleague has answered meanwhile', () => {
  it('is asked about once, and goes where its writer insists', async () => {
    const seen = { seen: talk.latest };
    const first = await colleague.call(`/api/conversations/${talk.id}/messages`, { body: wordsOf('By Reza', seen) });
    expect(first.status).toBe(201);
    const message = wordsOf('By Sara');
    const path = `/api/conversations/${talk.id}/messages`;
    expect(await agent.call(path, { body: { ...message, ...seen } })).toMatchObject({
      status: 409,
      body: { code: 'answered_meanwhile', detail: 'Answered meanwhile by Reza.' },
    });
    expect(await hold({ ...message, ...seen })).toMatchObject({ status: 409 });
    expect((await agent.call(path, { body: message })).status).toBe(201);
    expect(await said()).toEqual(['By Sara', 'By Reza']);
  });

  it('is not asked about after one’s own answers, nor after a note', async () => {
    const seen = { seen: talk.latest };
    const path = `/api/conversations/${talk.id}/messages`;
    await agent.call(path, { body: wordsOf('One', seen) });
    await colleague.call(path, { body: { id: uuid(), kind: 'note', body: 'Look at this.' } });
    expect((await agent.call(path, { body: wordsOf('Two', seen) })).status).toBe(201);
  });
});
