import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationChanges, MessageView } from '#contract';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, Caller, signedIn, stranger, type BuiltAgent } from '../support/build-rows.js';
import {
  buildChannel,
  buildQueue,
  openChat,
  openedChat,
  openedConsole,
  refusalOf,
  visitorToken,
  type LiveConsole,
  type VisitorChat,
} from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let agent: BuiltAgent;
let desk: Caller;
let channel: { id: string };
const open: { close(): void }[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  agent = await buildAgent(hub.database, { name: 'Sara' });
  desk = await signedIn(hub, agent.id);
  channel = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database, { members: [agent.id] }) });
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => hub.stop());

async function come(token?: string): Promise<VisitorChat> {
  const chat = await openedChat(hub, channel.id, token ?? (await visitorToken(hub, channel.id)));
  open.push(chat);
  return chat;
}

async function watch(): Promise<LiveConsole> {
  const client = await openedConsole(hub, agent.id);
  open.push(client);
  return client;
}

/** The message with this text, as the agent's console has it. */
async function heardBy(client: LiveConsole, body: string): Promise<MessageView> {
  const find = (): MessageView | undefined =>
    client
      .of<ConversationChanges>('conversation.changes')
      .flatMap(({ messages }) => messages)
      .findLast((message) => message.body === body);
  await client.until(body, () => find() !== undefined);
  return find() as MessageView;
}

async function answer(to: MessageView, body: string, kind: 'text' | 'note' = 'text'): Promise<void> {
  const way = kind === 'note' ? {} : { channelId: channel.id, identityId: to.identityId };
  const answered = await desk.call(`/api/conversations/${to.conversation}/messages`, {
    body: { id: uuid(), kind, body, ...way },
  });
  expect([answered.status, answered.text]).toEqual([201, expect.anything()]);
}

async function countOf(table: 'customer' | 'identity' | 'session' | 'inbound_event'): Promise<number> {
  const [row] = await hub.database.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return row?.n ?? 0;
}

describe('files for a visitor', () => {
  it('are theirs to fetch with their token, and nobody else’s', async () => {
    const token = await visitorToken(hub, channel.id);
    const [chat, client] = [await come(token), await watch()];
    await chat.say('send me the invoice, please');
    const asked = await heardBy(client, 'send me the invoice, please');
    const uploaded = await desk.call<{ id: string }>(`/api/attachments?conversation=${asked.conversation}`, {
      file: { name: 'invoice.txt', content: 'total: 12' },
    });
    const { id } = uploaded.body;
    const sent = await desk.call(`/api/conversations/${asked.conversation}/messages`, {
      body: {
        id: uuid(),
        kind: 'text',
        body: '',
        channelId: channel.id,
        identityId: asked.identityId,
        attachmentIds: [id],
      },
    });
    expect(sent.status).toBe(201);
    const fetchAs = async (as: string) => {
      const answer = await fetch(`${hub.url}/api/chat/${channel.id}/attachments/${id}`, {
        headers: { authorization: `Bearer ${as}` },
      });
      return { status: answer.status, text: await answer.text() };
    };
    expect(await fetchAs(token)).toEqual({ status: 200, text: 'total: 12' });
    expect((await fetchAs(await visitorToken(hub, channel.id))).status).toBe(404);
    expect((await fetchAs('nonsense')).status).toBe(404);
  });
});

describe('beginning a chat', () => {
  it('gives a token to any page when the channel names no site, and stores nothing', async () => {
    const before = [await countOf('customer'), await countOf('identity')];
    const answered = await stranger(hub).call(`/api/chat/${channel.id}/session`, {
      body: { locale: 'fa' },
      headers: { origin: 'https://shop.test' },
    });
    expect(answered).toMatchObject({
      status: 201,
      body: { token: expect.any(String), name: expect.any(String), locale: 'fa' },
    });
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answered.headers.get('set-cookie')).toBeNull();
    await come((answered.body as { token: string }).token);
    expect([await countOf('customer'), await countOf('identity')]).toEqual(before);
  });

  it('is for the sites that the channel names, and for the hub itself', async () => {
    const own = await buildChannel(hub, {
      kind: 'web',
      queueId: await buildQueue(hub.database),
      config: { allowedOrigins: ['https://shop.test'] },
    });
    const path = `/api/chat/${own.id}/session`;
    const from = (origin: string) => stranger(hub).call(path, { body: {}, headers: { origin } });
    expect(await from('https://shop.test')).toMatchObject({ status: 201 });
    expect(await from(hub.url)).toMatchObject({ status: 201 });
    const foreign = await from('https://evil.test');
    expect(foreign.status).toBe(403);
    expect(foreign.body).toMatchObject({ code: 'origin_not_allowed' });

    const token = await from('https://shop.test').then(({ body }) => (body as { token: string }).token);
    expect(await refusalOf(openChat(hub, own.id, token, { origin: 'https://evil.test' }))).toBe('forbidden');
    const chat = openChat(hub, own.id, token);
    open.push(chat);
    await chat.connected();
    await hub.database.query('update channel set enabled = false where id = $1', [own.id]);
    await hub.app.get(ChannelDirectory).refresh();
    await chat.until('put out', () => !chat.socket.connected, 1_000);
    expect(await refusalOf(openChat(hub, own.id, token))).toBe('not_found');
    expect((await from('https://shop.test')).status).toBe(404);
  });

  it('refuses a token of another channel, a forged one and none', async () => {
    const other = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database) });
    const token = await visitorToken(hub, channel.id);
    expect(await refusalOf(openChat(hub, other.id, token))).toBe('unauthenticated');
    expect(await refusalOf(openChat(hub, channel.id, `${token}x`))).toBe('unauthenticated');
    expect(await refusalOf(openChat(hub, channel.id, ''))).toBe('unauthenticated');
    expect(await refusalOf(openChat(hub, uuid(), token))).toBe('not_found');
  });

  it('is refused to a place that begins too many', async () => {
    const answers = await Promise.all(
      Array.from({ length: 45 }, () =>
        stranger(hub).call(`/api/chat/${channel.id}/session`, { body: {}, headers: {} }),
      ),
    );
    expect(answers.some(({ status }) => status === 429)).toBe(true);
    expect(answers.every(({ status }) => status === 201 || status === 429)).toBe(true);
  });
});

describe('talking', () => {
  // Beginning a chat is limited per place, so these begin theirs without asking for it over HTTP.
  let tokens: { issue(channelId: string, visitorId?: string): string };
  beforeAll(async () => {
    const { VisitorTokens } = await import('../../apps/hub/src/auth/visitors/visitor-tokens.service.js');
    tokens = hub.app.get(VisitorTokens, { strict: false });
  });
  const begin = (): Promise<VisitorChat> => come(tokens.issue(channel.id));

  it('goes both ways, and a repeated message is stored once', async () => {
    const [chat, console] = [await begin(), await watch()];
    const id = uuid();
    const first = await chat.say('سلام، کسی هست؟', id);
    expect(first).toMatchObject({ ok: true, value: { seq: 1 } });
    expect(await chat.say('سلام، کسی هست؟', id)).toMatchObject({ ok: true, value: { seq: 1 } });
    const heard = await heardBy(console, 'سلام، کسی هست؟');
    expect(heard).toMatchObject({ direction: 'in', seq: 1, channel: { kind: 'web' } });
    await answer(heard, 'Hello!');
    await chat.until('the answer', () => chat.messages().some(({ body }) => body === 'Hello!'));
    expect(chat.messages().find(({ body }) => body === 'Hello!')).toMatchObject({
      from: 'agent',
      name: 'Sara',
      seq: 2 + 1,
    });
    const [row] = await hub.database.query('select kind, trust from identity where id = $1', [heard.identityId]);
    expect(row).toEqual({ kind: 'web', trust: 'proven' });
  });

  it('says what is wrong with what cannot be said', async () => {
    const chat = await begin();
    expect(await chat.say('   ')).toEqual({ ok: false, code: 'empty' });
    expect(await chat.say('x'.repeat(10_001))).toEqual({ ok: false, code: 'too_long' });
    expect(await chat.say('hello', 'not a uuid')).toEqual({ ok: false, code: 'invalid' });
    expect(await chat.ask('say', null)).toEqual({ ok: false, code: 'invalid' });
    expect(await chat.ask('say', { id: uuid(), body: 'x', attachmentIds: [uuid()] })).toEqual({
      ok: false,
      code: 'file_gone',
    });
    expect(await chat.say('half a pair \ud83d and a nul \u0000 too')).toMatchObject({ ok: true });
    expect((await chat.catchUp()).messages).toMatchObject([{ from: 'me', body: 'half a pair \ufffd and a nul  too' }]);
  });

  it('brakes a script, and answers what was stored before the brake', async () => {
    const chat = await begin();
    const id = uuid();
    expect(await chat.say('first', id)).toMatchObject({ ok: true });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => chat.say(`spam ${String(n)}`)));
    expect(answers.filter((one) => !one.ok)).toContainEqual({ ok: false, code: 'too_many' });
    expect(answers.filter(({ ok }) => ok).length).toBeLessThan(30);
    expect(await chat.say('first', id)).toMatchObject({ ok: true, value: { seq: 1 } });
  });

  it('keeps visitors apart, even when they use the same ids', async () => {
    const [one, two, console] = [await begin(), await begin(), await watch()];
    const [id, secret] = [uuid(), `canary ${uuid()}`];
    await one.say(secret, id);
    await heardBy(console, secret);
    expect(await two.say('mine', id)).toMatchObject({ ok: true, value: { seq: 1 } });
    const mine = await heardBy(console, 'mine');
    await answer(mine, 'only for two');
    await two.until('the answer', () => two.hasHeard('only for two'));
    (two.socket.emit as (name: string, call: object) => void)('conversation.open', {
      conversation: (await heardBy(console, secret)).conversation,
    });
    expect((await two.catchUp()).messages.map(({ body }) => body)).toEqual(['mine', 'only for two']);
    expect(two.hasHeard(secret)).toBe(false);
    expect(one.hasHeard('only for two')).toBe(false);
  });

  it('shows a visitor nothing but their own chat: no notes, no other channel, no merged person', async () => {
    const [one, two, console] = [await begin(), await begin(), await watch()];
    await one.say('I am one');
    await two.say('I am two');
    const [first, second] = [await heardBy(console, 'I am one'), await heardBy(console, 'I am two')];
    const secret = `canary ${uuid()}`;
    await answer(first, secret, 'note');
    const sms = uuid();
    await hub.database.query(`insert into channel (id, kind, name) values ($1, 'sms', $2)`, [sms, `sms ${sms}`]);
    await hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, kind, body, delivery)
       values ($1, $2, $3, $4, 'out', 'agent', $5, 'text', $6, 'sent')`,
      [uuid(), first.conversation, sms, first.identityId, agent.id, secret],
    );
    // Another browser of the same customer: one person to agents, and yet two who do not read each other's chat.
    const other = uuid();
    await hub.database.query(
      `insert into identity (id, customer_id, kind, address, trust) select $1, customer_id, 'web', $2, 'proven' from conversation where id = $3`,
      [other, uuid(), first.conversation],
    );
    await hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, kind, body, delivery)
       values ($1, $2, $3, $4, 'out', 'agent', $5, 'text', $6, 'sent')`,
      [uuid(), first.conversation, channel.id, other, agent.id, secret],
    );
    await merge(first.conversation, second.conversation);
    await hub.app.get(LiveFeed).moved([first, second].map(({ conversation }) => ({ conversation, since: 0 })));
    await answer(second, 'to two alone');
    await two.until('the answer', () => two.hasHeard('to two alone'));
    expect((await two.catchUp()).messages.map(({ body }) => body)).toEqual(['I am two', 'to two alone']);
    expect((await one.catchUp()).messages.map(({ body }) => body)).toEqual(['I am one']);
    expect(one.hasHeard(secret) || two.hasHeard(secret) || one.hasHeard('two') || two.hasHeard('I am one')).toBe(false);
  });

  it('gives back exactly what changed after a pause, and marks it delivered; then read, never back', async () => {
    const [console, token] = [await watch(), tokens.issue(channel.id)];
    const chat = await come(token);
    await chat.say('are you there?');
    const heard = await heardBy(console, 'are you there?');
    const { rev } = await chat.catchUp();
    expect(await chat.catchUp(rev)).toEqual({ rev, messages: [] });
    chat.close();
    await answer(heard, 'yes');
    await answer(heard, 'still there?');
    const back = await come(token);
    const missed = await back.catchUp(rev);
    expect(missed.messages.map(({ body, delivery }) => [body, delivery])).toEqual([
      ['yes', 'sent'],
      ['still there?', 'sent'],
    ]);
    const stateOf = async (body: string): Promise<string | null> => {
      const [row] = await hub.database.query<{ delivery: string | null }>(
        'select delivery from message where conversation_id = $1 and body = $2',
        [heard.conversation, body],
      );
      return row?.delivery ?? null;
    };
    await console.until(
      'delivered',
      () => console.row(heard.conversation).messages.size > 0 && latest(console, 'still there?') === 'delivered',
    );
    back.socket.emit('seen', { seq: missed.messages[0]?.seq ?? 0 });
    await console.until('read', () => latest(console, 'yes') === 'read');
    expect([await stateOf('yes'), await stateOf('still there?')]).toEqual(['read', 'delivered']);
    back.socket.emit('seen', { seq: 1_000_000 });
    await console.until('read', () => latest(console, 'still there?') === 'read');
    await back.catchUp();
    expect([await stateOf('yes'), await stateOf('still there?')]).toEqual(['read', 'read']);
  });

  it('puts every tab of a visitor where it hears the answer, once one of them wrote', async () => {
    const [console, token] = [await watch(), tokens.issue(channel.id)];
    const [one, two] = [await come(token), await come(token)];
    await one.say('from the first tab');
    await two.until('what the other tab said', () => two.hasHeard('from the first tab'));
    await answer(await heardBy(console, 'from the first tab'), 'to both');
    await Promise.all([one, two].map((tab) => tab.until('the answer', () => tab.hasHeard('to both'))));
  });

  it('tells what is said to whoever became known by another call of theirs than the one that wrote', async () => {
    const [console, visitorId] = [await watch(), uuid()];
    const [chat, other] = [await come(tokens.issue(channel.id, visitorId)), await begin()];
    await other.say('somebody else');
    const { conversation } = await heardBy(console, 'somebody else');
    await hub.database.query(
      `insert into identity (id, customer_id, kind, address, trust) select $1, customer_id, 'web', $2, 'proven' from conversation where id = $3`,
      [uuid(), visitorId, conversation],
    );
    chat.socket.emit('typing', { on: true });
    await chat.until('what was said so far', () => chat.of('messages').length === 1);
    await chat.say('it is me');
    await answer(await heardBy(console, 'it is me'), 'and this is the answer');
    await chat.until('the answer', () => chat.hasHeard('and this is the answer'));
  });

  it('shows who types, to those who have the person open and to the visitor', async () => {
    const [chat, console] = [await begin(), await watch()];
    await chat.say('a question');
    const { conversation } = await heardBy(console, 'a question');
    chat.socket.emit('typing', { on: true });
    await chat.catchUp();
    expect(console.of('customer.typing')).toEqual([]);
    await console.watch(conversation);
    chat.socket.emit('typing', { on: false });
    chat.socket.emit('typing', { on: true });
    await console.until('typing', () =>
      console.of<{ conversation: string }>('customer.typing').some((frame) => frame.conversation === conversation),
    );
    console.socket.emit('typing', { conversation, on: true });
    await chat.until('typing', () => chat.of<{ name: string }>('typing').length === 1);
    expect(chat.of<{ name: string; until: string }>('typing')[0]).toMatchObject({ name: 'Sara' });
    console.socket.emit('typing', { conversation, on: false });
    await chat.until('not typing', () => chat.of('typing').length === 2);
    expect(Date.parse(chat.of<{ until: string }>('typing')[1]?.until ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('survives garbage', async () => {
    const chat = await begin();
    const emit = chat.socket.emit.bind(chat.socket) as unknown as (name: string, ...payload: unknown[]) => void;
    for (let n = 0; n < 2_000; n += 1) {
      emit(
        ['say', 'seen', 'typing', 'catch-up', 'x'][n % 5] ?? '',
        [null, 1, [], { seq: -1 }, { on: 1 }, { rev: '0' }, { id: {} }][n % 7],
      );
    }
    chat.close();
    const next = await begin();
    expect(await next.say('still works')).toMatchObject({ ok: true });
    expect(hub.logged()).not.toContain('A socket call failed');
  });

  it('keeps every token out of the log', async () => {
    const token = tokens.issue(channel.id);
    await (await come(token)).say('hello');
    expect(hub.logged()).not.toContain(token);
    expect(hub.logged()).not.toContain(token.split('.')[1]);
  });
});

function latest(console: LiveConsole, body: string): string | null {
  const all = console.of<ConversationChanges>('conversation.changes').flatMap(({ messages }) => messages);
  return all.findLast((message) => message.body === body)?.delivery ?? null;
}

/** Joins the second person to the first, as a merge does. */
async function merge(into: string, from: string): Promise<void> {
  await hub.database.transaction(async (tx) => {
    const [journal] = await tx.query<{ id: string }>(
      `insert into merge_journal (id, kind, before)
       select $1, 'customer_merge', jsonb_build_object(customer_id, jsonb_build_object('merged_into', null)) from conversation where id = $2 returning id`,
      [uuid(), from],
    );
    await tx.query(`select set_config('peyk.journal', $1, true)`, [journal?.id]);
    await tx.query(
      `update customer set merged_into = (select customer_id from conversation where id = $1) where id = (select customer_id from conversation where id = $2)`,
      [into, from],
    );
  });
}
