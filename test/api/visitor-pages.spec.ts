import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, MessageView } from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, openedChat, visitorToken, type VisitorChat } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let agent: BuiltAgent;
let desk: Caller;
const open: { close(): void }[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  agent = await buildAgent(hub.database, { name: 'Sara' });
  desk = await signedIn(hub, agent.id);
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => hub?.stop());

async function visit(inside: object = {}): Promise<VisitorChat> {
  const queueId = await buildQueue(hub.database, { members: [agent.id] });
  const { id } = await buildChannel(hub, { kind: 'web', queueId, config: { inside } });
  const chat = await openedChat(hub, id, await visitorToken(hub, id));
  open.push(chat);
  return chat;
}

async function say(chat: VisitorChat, page: unknown, more: object = {}): Promise<string> {
  const body = uuid();
  expect(await chat.ask('say', { id: uuid(), body, page, ...more })).toMatchObject({ ok: true });
  return body;
}

async function shownTo(body: string): Promise<MessageView | undefined> {
  const [row] = await hub.database.query<{ id: string }>('select conversation_id as id from message where body = $1', [
    body,
  ]);
  const view = await desk.call<ConversationView>(`/api/conversations/${row?.id ?? ''}`);
  return view.body.messages.find((message) => message.body === body);
}

const bag = { url: 'https://shop.test/bag?token=1&size=2#reviews', title: 'A bag', referrer: 'https://search.test/' };
const kept = { url: 'https://shop.test/bag?size=2', title: 'A bag', referrer: 'https://search.test/' };

describe('the page that a visitor writes on', () => {
  it('is shown to agents with the first message there, without what opens anything', async () => {
    const chat = await visit();
    const first = await say(chat, bag);
    const second = await say(chat, bag);
    const third = await say(chat, { ...bag, url: 'https://shop.test/pay' });
    expect((await shownTo(first))?.shared).toEqual({ page: kept });
    expect((await shownTo(second))?.shared).toBeUndefined();
    expect((await shownTo(third))?.shared?.page?.url).toBe('https://shop.test/pay');
    const [mine] = (await chat.catchUp()).messages;
    expect(JSON.stringify(mine)).not.toContain('shop.test');
  });

  it('is where they came from when the chat is a page of the hub’s own', async () => {
    const url = `${hub.url}/chat/some-channel`;
    const framed = await say(await visit(), { url, title: 'Chat', referrer: 'https://shop.test/help' });
    expect((await shownTo(framed))?.shared).toEqual({
      page: { url: 'https://shop.test/help', title: '', referrer: '' },
    });
    const linked = await say(await visit(), { url, title: 'Chat', referrer: '' });
    expect((await shownTo(linked))?.shared).toBeUndefined();
  });

  it('is kept out where the channel says so, and never a reason to refuse a message', async () => {
    expect((await shownTo(await say(await visit({ showsPage: false }), bag)))?.shared).toBeUndefined();
    const chat = await visit();
    for (const wrong of [7, { url: 5 }, { ...bag, url: `https://x.test/${'a'.repeat(9_000)}` }, { ...bag, url: 'x' }]) {
      expect((await shownTo(await say(chat, wrong)))?.shared).toBeUndefined();
    }
  });

  it('comes with a form as well', async () => {
    const chat = await visit({ before: { isOn: true, name: 'required', email: 'off' } });
    const name = uuid();
    const filled = { id: uuid(), kind: 'before', locale: 'en', values: { name }, page: bag };
    expect(await chat.ask('form', filled)).toMatchObject({ ok: true });
    expect((await shownTo(`Name: ${name}`))?.shared).toEqual({ page: kept });
  });
});
