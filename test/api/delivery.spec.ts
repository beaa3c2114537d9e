import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let chats = 7000;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(() => scene?.close());

/** A customer of the bot who wrote, and the agent's view of them. */
async function buildChat(): Promise<{ chat: number; conversation: string }> {
  const chat = chats++;
  scene.world.bot.customer(chat, `Customer ${chat}`).say(`hello from ${chat}`);
  const row = await until(
    async () => (await listRows(scene.agent, 'open')).find((entry) => entry.customer.name === `Customer ${chat}`),
    (found) => found !== undefined,
  );
  return { chat, conversation: row?.conversation ?? '' };
}

const shown = async (conversation: string, id: string): Promise<MessageView | undefined> =>
  (await openConversation(scene.agent, conversation)).messages.find((message) => message.id === id);
const becomes = (conversation: string, id: string, delivery: string) =>
  until(
    () => shown(conversation, id),
    (message) => message?.delivery === delivery,
  );
const received = (chat: number) => scene.world.bot.receivedBy(chat).map(({ text }) => text);

describe('the way out', () => {
  it('keeps the order of a line', async () => {
    const { chat, conversation } = await buildChat();
    for (const text of ['one', 'two', 'three']) {
      await replyBy(scene.agent, conversation, 'telegram', text);
    }
    await until(
      () => Promise.resolve(received(chat)),
      (texts) => texts.length === 3,
    );
    expect(received(chat)).toEqual(['one', 'two', 'three']);
  });

  it('shows a doubtful send as unconfirmed, never sends it again by itself, and sends it again when an agent says so', async () => {
    const { chat, conversation } = await buildChat();
    scene.world.bot.faults.arm('cut_after', { only: 'sendMessage' });
    const { id, seq } = await replyBy(scene.agent, conversation, 'telegram', 'did you get this?');
    await becomes(conversation, id, 'unconfirmed');
    await replyBy(scene.agent, conversation, 'telegram', 'next');
    await until(
      () => Promise.resolve(received(chat)),
      (texts) => texts.includes('next'),
    );
    expect(received(chat)).toEqual(['did you get this?', 'next']);
    const again = await scene.agent.call<MessageView>(
      `/api/conversations/${conversation}/messages/${seq}/resend?part=${conversation}`,
      { body: {} },
    );
    expect(again.status).toBe(200);
    await becomes(conversation, id, 'sent');
    expect(received(chat)).toEqual(['did you get this?', 'next', 'did you get this?']);
  });

  it('waits as long as a provider asks and then sends once', async () => {
    const { chat, conversation } = await buildChat();
    scene.world.bot.faults.arm('rate_limit', { retryAfter: 1, only: 'sendMessage' });
    const { id } = await replyBy(scene.agent, conversation, 'telegram', 'a little later');
    await becomes(conversation, id, 'sent');
    expect(received(chat)).toEqual(['a little later']);
  });

  it('lets a message that can never arrive fail visibly, and the next one pass', async () => {
    const { chat, conversation } = await buildChat();
    scene.world.bot.faults.arm('refused', { only: 'sendMessage' });
    const { id } = await replyBy(scene.agent, conversation, 'telegram', 'poison');
    const failed = await becomes(conversation, id, 'failed');
    expect(failed?.deliveryError).toBeTruthy();
    await replyBy(scene.agent, conversation, 'telegram', 'wholesome');
    await until(
      () => Promise.resolve(received(chat)),
      (texts) => texts.includes('wholesome'),
    );
  });

  it('writes a reply once when its writer repeats it', async () => {
    const { chat, conversation } = await buildChat();
    const { ways } = await openConversation(scene.agent, conversation);
    const [way] = ways;
    const body = {
      id: crypto.randomUUID(),
      kind: 'text',
      body: 'once',
      channelId: way?.channelId,
      identityId: way?.identityId,
    };
    const answers = await Promise.all(
      [1, 2, 3].map(() => scene.agent.call(`/api/conversations/${conversation}/messages`, { body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    await until(
      () => Promise.resolve(received(chat)),
      (texts) => texts.includes('once'),
    );
    expect(received(chat)).toEqual(['once']);
  });

  it('refuses what cannot arrive before anything is written', async () => {
    const { conversation } = await buildChat();
    const { ways, messages } = await openConversation(scene.agent, conversation);
    const send = (over: object) =>
      scene.agent.call(`/api/conversations/${conversation}/messages`, {
        body: {
          id: crypto.randomUUID(),
          kind: 'text',
          body: 'x',
          channelId: ways[0]?.channelId,
          identityId: ways[0]?.identityId,
          ...over,
        },
      });
    expect((await send({ channelId: scene.channels.sms })).body).toMatchObject({ status: 422, field: 'identityId' });
    expect((await send({ body: ' ' })).body).toMatchObject({ status: 422, field: 'body' });
    expect((await send({ body: 'x'.repeat(20_000) })).body).toMatchObject({ status: 422, field: 'body' });
    expect((await openConversation(scene.agent, conversation)).messages).toHaveLength(messages.length);
  });

  it('holds a mail under one Message-ID over its retries', async () => {
    const { hub, world, agent } = scene;
    const { MailReceiver } = await import('../../apps/hub/src/intake/mail-receiver.service.js');
    await world.mail.writeTo(hub.app.get(MailReceiver).port as number, {
      from: 'Ali <ali@example.org>',
      to: 'support@peyk.test',
      subject: 'hi',
      text: 'hello',
    });
    const row = await until(
      async () => (await listRows(agent, 'open')).find(({ customer }) => customer.name === 'Ali'),
      (found) => found !== undefined,
    );
    world.mail.setMood({ kind: 'cut', kept: true });
    const { id } = await replyBy(agent, row?.conversation ?? '', 'email', 'answer');
    const first = await world.mail.waitFor(({ envelope }) => envelope.to.includes('ali@example.org'));
    world.mail.setMood({ kind: 'accept' });
    await becomes(row?.conversation ?? '', id, 'sent');
    expect(new Set(world.mail.sent.map(({ messageId }) => messageId)).size).toBe(1);
    expect(world.mail.copiesOf(first.messageId)).toBe(2);
  });
});
