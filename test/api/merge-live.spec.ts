import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerView, MessageView } from '#contract';
import { GuardedAccess } from '../../apps/hub/src/auth/access.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import {
  buildChannel,
  buildQueue,
  hearFrom,
  openedChat,
  openedConsole,
  visitorToken,
  type LiveConsole,
  type VisitorChat,
} from '../support/live-client.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';
import { until } from '../support/until.js';

let nodes: TwoNodes;
let sara: BuiltAgent;
let caller: Caller;
let texts: { id: string; kind: 'messages' };
let web: { id: string };
const open: { close(): void }[] = [];

beforeAll(async () => {
  nodes = await startTwoNodes();
  sara = await buildAgent(nodes.one.database, { name: 'Sara' });
  const queueId = await buildQueue(nodes.one.database, { members: [sara.id] });
  texts = (await buildChannel(nodes.one, { kind: 'messages', queueId })) as typeof texts;
  web = await buildChannel(nodes.one, { kind: 'web', queueId });
  await nodes.two.app.get(ChannelDirectory).refresh();
  caller = await signedIn(nodes.one, sara.id);
}, 60_000);
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => nodes?.stop());

async function consoles(...conversations: string[]): Promise<[LiveConsole, LiveConsole]> {
  const both = await Promise.all([nodes.one, nodes.two].map((hub) => openedConsole(hub, sara.id)));
  open.push(...both);
  for (const client of both) {
    for (const conversation of conversations) {
      expect((await client.watch(conversation)).ok).toBe(true);
    }
  }
  return both as [LiveConsole, LiveConsole];
}

const view = async (conversation: string) =>
  (await caller.call<ConversationView>(`/api/conversations/${conversation}`)).body;
const merge = async (from: string, into: string) =>
  caller.call<CustomerView>(`/api/customers/${from}/merge`, { body: { into } });

async function reply(conversation: string, to: MessageView, body: string): Promise<void> {
  const answer = await caller.call(`/api/conversations/${conversation}/messages`, {
    body: { id: uuid(), kind: 'text', body, channelId: to.channel?.id, identityId: to.identityId },
  });
  expect(answer.status).toBe(201);
}

/** A visitor at the second node who wrote, and somebody else who did. */
async function buildPair(): Promise<{
  chat: VisitorChat;
  said: MessageView;
  customer: string;
  other: ConversationView;
}> {
  const chat = await openedChat(nodes.two, web.id, await visitorToken(nodes.two, web.id));
  open.push(chat);
  const words = `hello ${uuid()}`;
  expect((await chat.say(words)).ok).toBe(true);
  const [row] = await nodes.one.database.query<{ conversation_id: string }>(
    'select conversation_id from message where body = $1',
    [words],
  );
  const mine = await view(row?.conversation_id ?? '');
  const other = await view(await hearFrom(nodes.one, texts, uuid(), 'from elsewhere'));
  return { chat, said: mine.messages[0] as MessageView, customer: mine.customer.id, other };
}

describe('a merge while people are talking', () => {
  it('keeps the visitor’s open chat going, through the merge and its undo, and shows them nobody else’s words', async () => {
    const { chat, said, customer, other } = await buildPair();
    expect((await merge(customer, other.customer.id)).status).toBe(200);
    await reply(other.id, said, 'after the merge');
    await chat.until('the answer', () => chat.hasHeard('after the merge'));
    expect((await chat.say('I am still here')).ok).toBe(true);
    const joined = await view(other.id);
    expect(joined.messages.map(({ body }) => body)).toEqual(
      expect.arrayContaining(['I am still here', 'from elsewhere']),
    );
    await hearFrom(nodes.one, texts, other.customer.identities[0]?.address ?? '', 'for the other alone');
    expect((await caller.call(`/api/customers/${customer}/merge`, { method: 'DELETE' })).status).toBe(200);
    await reply(said.conversation, said, 'after the undo');
    await chat.until('the answer', () => chat.hasHeard('after the undo'));
    expect(chat.hasHeard('for the other alone') || chat.hasHeard('from elsewhere')).toBe(false);
    expect((await chat.catchUp()).messages.map(({ body }) => body)).toEqual([
      said.body,
      'after the merge',
      'I am still here',
      'after the undo',
    ]);
  });

  it('tells agents on both nodes who have either of the two open, and lets them hear the one person on', async () => {
    const [one, two] = [
      await view(await hearFrom(nodes.one, texts, uuid(), 'one')),
      await view(await hearFrom(nodes.one, texts, uuid(), 'two')),
    ];
    const outsider = await buildAgent(nodes.one.database, { role: 'supervisor', name: 'Boss' });
    const boss = await openedConsole(nodes.two, outsider.id);
    open.push(boss);
    expect((await boss.watch(one.id)).ok).toBe(true);
    const both = await consoles(one.id);
    await merge(one.customer.id, two.customer.id);
    const frame = { from: one.id, into: two.id };
    for (const client of [...both, boss]) {
      await client.until('the merge', () => client.of('conversation.merged').length > 0);
      expect(client.of('conversation.merged')).toEqual([frame]);
    }
    // By the old name they hear what is said in the other's row, on either node.
    for (const hub of [nodes.one, nodes.two]) {
      const words = `heard ${uuid()}`;
      const [address] = two.customer.identities;
      await hearFrom(hub, texts, address?.address ?? '', words);
      await Promise.all([...both, boss].map((client) => client.until(words, () => client.hasHeard(words))));
    }
    await caller.call(`/api/customers/${one.customer.id}/merge`, { method: 'DELETE' });
    for (const client of [...both, boss]) {
      await client.until('the undo', () => client.of('conversation.parted').length > 0);
      expect(client.of('conversation.parted')).toEqual([{ freed: one.id, from: two.id }]);
    }
  });

  it('answers to the old names over REST and sockets, on both nodes', async () => {
    const [one, two] = [
      await view(await hearFrom(nodes.one, texts, uuid(), 'alias one')),
      await view(await hearFrom(nodes.one, texts, uuid(), 'alias two')),
    ];
    await merge(one.customer.id, two.customer.id);
    const [here, there] = await consoles();
    for (const [hub, client] of [
      [nodes.one, here],
      [nodes.two, there],
    ] as const) {
      const who = await signedIn(hub, sara.id);
      expect((await who.call<ConversationView>(`/api/conversations/${one.id}`)).body.id).toBe(two.id);
      expect((await who.call<CustomerView>(`/api/customers/${one.customer.id}`)).body.id).toBe(two.customer.id);
      expect(await client.watch(one.id)).toMatchObject({
        ok: true,
        value: { revs: { [one.id]: expect.anything(), [two.id]: expect.anything() } },
      });
    }
    const words = `to the alias ${uuid()}`;
    const written = await caller.call<MessageView>(`/api/conversations/${one.id}/messages`, {
      body: { id: uuid(), kind: 'note', body: words },
    });
    expect(written.body.conversation).toBe(two.id);
    await there.until('the note', () => there.hasHeard(words));
  });

  it('takes the rest of a person from whoever may read only the part that was freed', async () => {
    const stranger = await buildAgent(nodes.one.database, { name: 'Other desk' });
    const theirs = (await buildChannel(nodes.one, {
      kind: 'messages',
      queueId: await buildQueue(nodes.one.database, { members: [stranger.id] }),
    })) as typeof texts;
    await nodes.two.app.get(ChannelDirectory).refresh();
    const [one, two] = [
      await view(await hearFrom(nodes.one, texts, uuid(), 'mine')),
      await hearFrom(nodes.one, theirs, uuid(), 'theirs'),
    ];
    const [root] = await nodes.one.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    const admin = await signedIn(nodes.one, root?.id ?? '');
    const other = (await admin.call<ConversationView>(`/api/conversations/${two}`)).body;
    await admin.call(`/api/customers/${one.customer.id}/merge`, { body: { into: other.customer.id } });
    const [, there] = await consoles(one.id);
    await admin.call(`/api/customers/${one.customer.id}/merge`, { method: 'DELETE' });
    await there.until('the undo', () => there.of('conversation.parted').length > 0);
    expect(await there.watch(two)).toEqual({ ok: false, code: 'not_found' });
    const secret = `canary ${uuid()}`;
    await hearFrom(nodes.two, theirs, other.customer.identities[0]?.address ?? '', secret);
    const marker = `marker ${uuid()}`;
    await hearFrom(nodes.two, texts, one.customer.identities[0]?.address ?? '', marker);
    await there.until('the marker', () => there.hasHeard(marker));
    expect(there.hasHeard(secret)).toBe(false);
  });

  it('tells a console nothing of those who were parted until its rights on them were read again', async () => {
    const stranger = await buildAgent(nodes.one.database, { name: 'Third desk' });
    const theirs = (await buildChannel(nodes.one, {
      kind: 'messages',
      queueId: await buildQueue(nodes.one.database, { members: [stranger.id] }),
    })) as typeof texts;
    const [one, two] = [
      await view(await hearFrom(nodes.one, texts, uuid(), 'mine')),
      await hearFrom(nodes.one, theirs, uuid(), 'theirs'),
    ];
    const [root] = await nodes.one.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
    const admin = await signedIn(nodes.one, root?.id ?? '');
    const other = (await admin.call<ConversationView>(`/api/conversations/${two}`)).body;
    await admin.call(`/api/customers/${one.customer.id}/merge`, { body: { into: other.customer.id } });
    const [here] = await consoles(one.id);
    const access = nodes.one.app.get(GuardedAccess, { strict: false });
    const listPersons = access.listPersons.bind(access);
    const gate = Promise.withResolvers<void>();
    access.listPersons = async (actor, ...wish) => {
      await (actor.id === sara.id ? gate.promise : undefined);
      return listPersons(actor, ...wish);
    };
    await admin.call(`/api/customers/${one.customer.id}/merge`, { method: 'DELETE' });
    const [secret, marker] = [`canary ${uuid()}`, `marker ${uuid()}`];
    await hearFrom(nodes.one, theirs, other.customer.identities[0]?.address ?? '', secret);
    await hearFrom(nodes.one, texts, one.customer.identities[0]?.address ?? '', marker);
    await here.until('the marker', () => here.hasHeard(marker));
    expect(here.hasHeard(secret)).toBe(false);
    gate.resolve();
    access.listPersons = listPersons;
    // Whom it may still read it hears on, from where it was.
    await until(
      () => here.watch(one.id),
      ({ ok }) => ok,
    );
    const note = `note ${uuid()}`;
    await caller.call(`/api/conversations/${one.id}/messages`, { body: { id: uuid(), kind: 'note', body: note } });
    await here.until('the note', () => here.hasHeard(note));
    expect(here.hasHeard(secret)).toBe(false);
  });
});
