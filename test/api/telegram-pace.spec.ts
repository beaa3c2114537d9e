import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { MessageView } from '#contract';
import { Outgoing } from '../../apps/hub/src/delivery/outgoing.service.js';
import { beginChat, seen } from '../support/bot-chat.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { startTestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: { url: string; drop: () => Promise<void> };
let scene: ConnectedWorld;
const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };

beforeAll(async () => {
  database = await createTestDatabase();
  scene = await startConnectedWorld({ databaseUrl: database.url, env });
}, 60_000);

afterEach(() => scene.world.bot.faults.clear());

afterAll(async () => {
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene.close();
  await database.drop();
});

const deliveryOf = async (conversation: string, id: string): Promise<MessageView['delivery'] | undefined> =>
  (await openConversation(scene.agent, conversation)).messages.find((message) => message.id === id)?.delivery;

const received = (chat: number) => scene.world.bot.receivedBy(chat).map(({ text }) => text);
const sends = () => scene.world.bot.calls.filter((method) => method === 'sendMessage').length;

async function pauseOf(channel: string): Promise<number> {
  const [row] = await scene.hub.database.query<{ seconds: number }>(
    'select extract(epoch from until - clock_timestamp())::float8 as seconds from account_pause where channel_id = $1',
    [channel],
  );
  return row?.seconds ?? 0;
}

const liftPause = () => scene.hub.database.query('update account_pause set until = clock_timestamp()');

describe('a bot that is told to wait', () => {
  it('waits as a whole and over a restart, while other accounts go on', async () => {
    const [one, two] = [await beginChat(scene), await beginChat(scene)];
    scene.world.bot.faults.arm('rate_limit', { retryAfter: 30, only: 'sendMessage' });
    const first = await replyBy(scene.agent, one.conversation, 'telegram', 'too fast');
    await until(
      () => pauseOf(scene.channels.telegram),
      (seconds) => seconds > 25,
    );
    const before = sends();
    const second = await replyBy(scene.agent, two.conversation, 'telegram', 'somebody else');
    // A hub that starts now, and knows nothing but what is stored, keeps to it as well.
    const restarted = await startTestHub({
      databaseUrl: database.url,
      env: { ...env, OUTBOUND_ALLOW: '127.0.0.0/8' },
    });
    await scene.world.gateway.sms({ from: '+989120007001', text: 'hello' });
    const other = await until(
      async () =>
        (
          await scene.hub.database.query<{ id: string }>(
            `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = '+989120007001'`,
          )
        )[0],
      (row) => row !== undefined,
    );
    const sms = await replyBy(scene.agent, other?.id ?? '', 'sms', 'by SMS');
    await until(
      () => deliveryOf(other?.id ?? '', sms.id),
      (delivery) => delivery === 'sent' || delivery === 'delivered',
    );
    expect([await deliveryOf(one.conversation, first.id), await deliveryOf(two.conversation, second.id)]).toEqual([
      'queued',
      'queued',
    ]);
    expect(sends()).toBe(before);
    await restarted.stop();
    await scene.hub.database.query(`update delivery set due_at = clock_timestamp() where state = 'queued'`);
    await liftPause();
    await seen(scene, two.conversation, (view) =>
      view.messages.some((m) => m.id === second.id && m.delivery === 'sent'),
    );
    await seen(scene, one.conversation, (view) =>
      view.messages.some((m) => m.id === first.id && m.delivery === 'sent'),
    );
    expect([received(one.chat), received(two.chat)]).toEqual([['too fast'], ['somebody else']]);
  }, 60_000);

  it('goes on behind the parts of a message that have left, and sends none of them twice', async () => {
    const { chat, conversation } = await beginChat(scene);
    const upload = await scene.agent.call<{ id: string }>(`/api/attachments?conversation=${conversation}`, {
      file: { name: 'a.pdf', content: 'the file' },
    });
    const { id: file } = upload.body;
    const text = 'سلام 👨‍👩‍👧 '.repeat(150).trimEnd();
    scene.world.bot.faults.arm('rate_limit', { retryAfter: 1, only: 'sendDocument' });
    const { id } = await replyBy(scene.agent, conversation, 'telegram', text, { attachmentIds: [file] });
    await seen(scene, conversation, (view) => view.messages.some((m) => m.id === id && m.delivery === 'sent'));
    expect(scene.world.bot.receivedBy(chat).map(({ method, text: read }) => [method, read])).toEqual([
      ['sendMessage', text],
      ['sendDocument', ''],
    ]);
    const [row] = await scene.hub.database.query<{ external_id: string; attempts: number }>(
      'select m.external_id, d.attempts from message m join delivery d using (conversation_id, seq) where m.id = $1',
      [id],
    );
    expect(row).toMatchObject({ attempts: 2 });
    expect(
      row?.external_id.endsWith(`:${String(chat)}:${String(scene.world.bot.receivedBy(chat)[0]?.messageId)}`),
    ).toBe(true);
  }, 30_000);

  it('sends 5,000 letters as two messages, neither of them broken', async () => {
    const { chat, conversation } = await beginChat(scene);
    const text = 'سلام‌ها 👨‍👩‍👧 **مهم** ۱۲۳ '.repeat(250).slice(0, 5400).trimEnd();
    const { id } = await replyBy(scene.agent, conversation, 'telegram', text);
    await seen(scene, conversation, (view) => view.messages.some((m) => m.id === id && m.delivery === 'sent'));
    const parts = scene.world.bot.receivedBy(chat);
    expect(parts).toHaveLength(2);
    expect(parts.map((part) => part.text).join('')).toBe(text.replaceAll('**', ''));
    for (const { text: read, entities } of parts) {
      const whole = new Set([...new Intl.Segmenter('und').segment(read)].map(({ segment }) => segment));
      expect([...whole].some((segment) => /^(?:\u200d|\p{Emoji_Modifier})/u.test(segment))).toBe(false);
      expect(entities.map(({ offset, length }) => read.slice(offset, offset + length))).toEqual(
        entities.map(() => 'مهم'),
      );
    }
  }, 30_000);
});

describe('a bot that keeps its pace', () => {
  /** Written together, as a bot or an import would. */
  async function say(conversation: string, chat: number, texts: string[]): Promise<void> {
    await scene.hub.database.transaction(async (tx) => {
      for (const text of texts) {
        const [row] = await tx.query<{ seq: number }>(
          `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body, delivery)
           select $1, $2, $3, i.id, 'out', 'system', $4, 'queued' from identity i where i.address = $5 returning seq`,
          [uuid(), conversation, scene.channels.telegram, text, String(chat)],
        );
        const line = { conversationId: conversation, channelId: scene.channels.telegram, address: String(chat) };
        const outgoing = scene.hub.app.get(Outgoing, { strict: false });
        await outgoing.enqueue(tx, { ...line, seq: row?.seq ?? 0, threadId: null, mailId: null });
      }
    });
  }

  it('sends a run to one chat in order and no faster than Telegram allows, and others in between', async () => {
    const [busy, calm] = [await beginChat(scene), await beginChat(scene)];
    const texts = Array.from({ length: 10 }, (_, index) => `part ${String(index)}`);
    const before = performance.now();
    await say(busy.conversation, busy.chat, texts);
    await say(calm.conversation, calm.chat, ['quick']);
    await until(
      () => Promise.resolve(received(busy.chat)),
      (found) => found.length === texts.length,
      30_000,
    );
    expect(received(busy.chat)).toEqual(texts);
    // Five at once, then one a second.
    expect(performance.now() - before).toBeGreaterThan(4000);
    const order = scene.world.bot.received.map(({ text }) => text);
    expect(order.indexOf('quick')).toBeLessThan(order.indexOf('part 9'));
  }, 60_000);
});
