import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { startHoldingProxy, type HoldingProxy } from '../support/holding-proxy.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: { url: string; drop: () => Promise<void> };
let scene: ConnectedWorld;
let other: TestHub;
let proxy: HoldingProxy;
let chats = 9100;

/** Two nodes that can both send, before a bot that answers when the test says so. */
beforeAll(async () => {
  database = await createTestDatabase();
  const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  scene = await startConnectedWorld({ databaseUrl: database.url, env });
  other = await startTestHub({ databaseUrl: database.url, env: { ...env, OUTBOUND_ALLOW: '127.0.0.0/8' } });
}, 60_000);

afterEach(() => proxy?.close());

afterAll(async () => {
  await other?.stop();
  await scene?.close();
  await database.drop();
});

/** A reply that the bot has and that nobody here knows of yet. */
async function replyHeld(text: string): Promise<{ chat: number; conversation: string; message: MessageView }> {
  proxy = await startHoldingProxy(scene.world.bot.url, (path) => path.endsWith('/sendMessage'));
  await scene.admin.call(`/api/channels/${scene.channels.telegram}`, {
    method: 'PATCH',
    body: { config: { apiRoot: proxy.url, mode: 'poll' } },
  });
  const chat = chats++;
  scene.world.bot.customer(chat, `Customer ${chat}`).say('hello');
  const row = await until(
    async () => (await listRows(scene.agent, 'open')).find(({ customer }) => customer.name === `Customer ${chat}`),
    (found) => found !== undefined,
  );
  const conversation = row?.conversation ?? '';
  const message = await replyBy(scene.agent, conversation, 'telegram', text);
  await until(
    () => Promise.resolve(proxy.held()),
    (held) => held === 1,
  );
  return { chat, conversation, message };
}

const shown = async (conversation: string, id: string): Promise<MessageView | undefined> =>
  (await openConversation(scene.agent, conversation)).messages.find((message) => message.id === id);
const becomes = (conversation: string, id: string, delivery: string) =>
  until(
    () => shown(conversation, id),
    (message) => message?.delivery === delivery,
  );

/** The lease of what is being sent runs out, as it does while the database is away, and the other node finds it open. */
async function overtake(conversation: string, id: string): Promise<void> {
  await until(
    async () => {
      await scene.hub.database.query(`update delivery set due_at = clock_timestamp() where state = 'sending'`);
      return shown(conversation, id);
    },
    (message) => message?.delivery === 'unconfirmed',
  );
}

describe('the word of a sender whose claim was overtaken', () => {
  it('turns the doubt into what is known: it was sent, once', async () => {
    const { chat, conversation, message } = await replyHeld('are you there?');
    await overtake(conversation, message.id);
    proxy.release();
    const sent = await becomes(conversation, message.id, 'sent');
    expect(sent?.deliveryError).toBeNull();
    expect(scene.world.bot.receivedBy(chat)).toHaveLength(1);
  }, 30_000);

  it('turns the doubt into what is known: it was refused and never left', async () => {
    scene.world.bot.faults.arm('refused', { only: 'sendMessage' });
    const { chat, conversation, message } = await replyHeld('poison');
    await overtake(conversation, message.id);
    proxy.release();
    const failed = await becomes(conversation, message.id, 'failed');
    expect(failed?.deliveryError).toContain('chat not found');
    expect(scene.world.bot.receivedBy(chat)).toHaveLength(0);
  }, 30_000);

  it('does not speak over what an agent has sent again meanwhile', async () => {
    scene.world.bot.faults.arm('refused', { only: 'sendMessage' });
    const { conversation, message } = await replyHeld('twice');
    await overtake(conversation, message.id);
    const { hub } = scene;
    await hub.database.query(
      `insert into delivery (id, conversation_id, seq, channel_id, address, state, provider_id)
       select gen_random_uuid(), conversation_id, seq, channel_id, address, 'sent', 'again' from delivery where conversation_id = $1 and seq = $2`,
      [conversation, message.seq],
    );
    await hub.database.query(`update message set delivery = 'sent' where conversation_id = $1 and seq = $2`, [
      conversation,
      message.seq,
    ]);
    proxy.release();
    await until(
      () =>
        hub.database.query<{ state: string }>(
          `select state from delivery where conversation_id = $1 and seq = $2 order by created_at`,
          [conversation, message.seq],
        ),
      ([first]) => first?.state === 'failed',
    );
    expect((await shown(conversation, message.id))?.delivery).toBe('sent');
  }, 30_000);
});
