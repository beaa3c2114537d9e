import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, DraftFrame, DraftView, ListRow, Page } from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let sara: BuiltAgent;
let agent: Caller;
let colleague: Caller;
let outsider: Caller;
let channel: { id: string; kind: 'web' | 'messages' };

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  sara = await buildAgent(hub.database, { name: 'Sara', email: 'sara@peyk.test' });
  const reza = await buildAgent(hub.database, { name: 'Reza', email: 'reza@peyk.test' });
  const nobody = await buildAgent(hub.database, { name: 'Nobody', email: 'nobody@peyk.test' });
  const queueId = await buildQueue(hub.database, { members: [sara.id, reza.id] });
  channel = await buildChannel(hub, { kind: 'messages', queueId });
  [agent, colleague, outsider] = (await Promise.all([sara, reza, nobody].map(({ id }) => signedIn(hub, id)))) as [
    Caller,
    Caller,
    Caller,
  ];
}, 60_000);

afterAll(() => hub?.stop());

const writer = () => hearFrom(hub, channel, uuid(), 'Where is my order?');
const keep = (caller: Caller, conversation: string, draft: object) =>
  caller.call(`/api/conversations/${conversation}/draft`, { method: 'PUT', body: draft });
const drop = (caller: Caller, conversation: string, kind: string) =>
  caller.call(`/api/conversations/${conversation}/draft?kind=${kind}`, { method: 'DELETE' });
const draftsOf = async (caller: Caller, conversation: string) =>
  (await caller.call<DraftView[]>('/api/me/drafts')).body.filter((draft) => draft.conversationId === conversation);
const listed = async (caller: Caller) =>
  (await caller.call<Page<ListRow>>('/api/conversations?view=drafts')).body.rows.map(
    ({ conversation }) => conversation,
  );

describe('a draft', () => {
  it('is kept per conversation and kind, the latest of each, and listed until it is dropped', async () => {
    const conversation = await writer();
    const content = { body: 'Dear Mina', attachments: [] };
    expect((await keep(agent, conversation, { kind: 'text', content: { body: 'De' } })).status).toBe(204);
    expect((await keep(agent, conversation, { kind: 'text', content })).status).toBe(204);
    expect((await keep(agent, conversation, { kind: 'note', content: { body: 'ask the shop' } })).status).toBe(204);
    expect(await draftsOf(agent, conversation)).toMatchObject([
      { kind: 'note', content: { body: 'ask the shop' } },
      { kind: 'text', content },
    ]);
    expect(await listed(agent)).toEqual([conversation]);
    await drop(agent, conversation, 'note');
    expect(await draftsOf(agent, conversation)).toMatchObject([{ kind: 'text' }]);
    await drop(agent, conversation, 'text');
    expect(await draftsOf(agent, conversation)).toEqual([]);
    expect(await listed(agent)).toEqual([]);
  });

  it('is its writer’s alone, and told to their other windows', async () => {
    const conversation = await writer();
    const console = await openedConsole(hub, sara.id);
    await keep(agent, conversation, { kind: 'text', content: { body: 'secret' }, window: 'one' });
    await drop(agent, conversation, 'text');
    await console.until('told', () => console.of<DraftFrame>('draft.changed').length === 2);
    console.close();
    expect(console.of<DraftFrame>('draft.changed')).toEqual([
      { conversationId: conversation, kind: 'text', content: { body: 'secret' }, window: 'one' },
      { conversationId: conversation, kind: 'text', content: null, window: '' },
    ]);
    await keep(agent, conversation, { kind: 'text', content: { body: 'secret' } });
    expect(await draftsOf(colleague, conversation)).toEqual([]);
    expect(await listed(colleague)).toEqual([]);
  });

  it('is for nobody who may not read the conversation, and not without end', async () => {
    const conversation = await writer();
    expect((await keep(outsider, conversation, { kind: 'text', content: { body: 'x' } })).status).toBe(404);
    expect((await drop(outsider, conversation, 'text')).status).toBe(404);
    expect((await keep(agent, uuid(), { kind: 'text', content: { body: 'x' } })).status).toBe(404);
    const long = { kind: 'text', content: { body: 'x'.repeat(200_001) } };
    expect(await keep(agent, conversation, long)).toMatchObject({ status: 422, body: { field: 'content' } });
    expect(await keep(agent, conversation, { kind: 'call', content: {} })).toMatchObject({ status: 422 });
  });

  it('goes with the person when two customers turn out to be one', async () => {
    const [first, second] = [await writer(), await writer()];
    await keep(agent, first, { kind: 'text', content: { body: 'to the first' } });
    const customerOf = async (id: string) =>
      (await agent.call<ConversationView>(`/api/conversations/${id}`)).body.customer.id;
    const into = await customerOf(second);
    expect((await agent.call(`/api/customers/${await customerOf(first)}/merge`, { body: { into } })).status).toBe(200);
    expect(await draftsOf(agent, second)).toMatchObject([{ kind: 'text', content: { body: 'to the first' } }]);
    expect(await listed(agent)).toContain(second);
    expect(await listed(agent)).not.toContain(first);
    await keep(agent, second, { kind: 'text', content: { body: 'to the second' } });
    expect(await draftsOf(agent, second)).toHaveLength(2);
    const both = { kind: 'text', content: { body: 'to both' }, joined: true };
    expect((await keep(agent, second, both)).status).toBe(204);
    expect(await draftsOf(agent, second)).toMatchObject([{ content: { body: 'to both' } }]);
    await drop(agent, second, 'text');
    expect(await draftsOf(agent, second)).toEqual([]);
  });
});
