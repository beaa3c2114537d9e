import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Outgoing } from '../../apps/hub/src/delivery/outgoing.service.js';
import { beginChat, said, seen, type BotChat } from '../support/bot-chat.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(async () => {
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene.close();
});

const choices = [
  { id: 'track', label: 'پیگیری سفارش' },
  { id: 'agent', label: 'گفتگو با پشتیبان' },
];

/** A message with answers to choose from, as bots write it. @returns its number on the customer's phone. */
async function offer({ chat, conversation }: BotChat): Promise<number> {
  const before = scene.world.bot.receivedBy(chat).length;
  const id = uuid();
  await scene.hub.database.transaction(async (tx) => {
    const [row] = await tx.query<{ seq: number }>(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body, content, delivery)
       select $1, $2, $3, i.id, 'out', 'system', 'چه کاری؟', $4, 'queued' from identity i where i.address = $5 returning seq`,
      [id, conversation, scene.channels.telegram, JSON.stringify({ choices }), String(chat)],
    );
    await scene.hub.app.get(Outgoing, { strict: false }).enqueue(tx, {
      conversationId: conversation,
      seq: row?.seq ?? 0,
      channelId: scene.channels.telegram,
      threadId: null,
      address: String(chat),
      mailId: null,
    });
  });
  await seen(scene, conversation, (view) => view.messages.some((one) => one.id === id && one.delivery === 'sent'));
  return scene.world.bot.receivedBy(chat)[before]?.messageId ?? 0;
}

interface Answer {
  text?: string;
  show_alert?: boolean;
}

/** How the presses that came after the first `skip` were answered. */
const answers = (skip: number) =>
  scene.world.bot.asked
    .filter(({ method }) => method === 'answerCallbackQuery')
    .slice(skip)
    .map(({ call }): Answer => call as Answer);

const countAnswers = () => answers(0).length;

async function press({ chat, name }: BotChat, data: string, number: number): Promise<Answer> {
  const before = countAnswers();
  scene.world.bot.customer(chat, name).press(data, number);
  const [answer] = await until(
    () => Promise.resolve(answers(before)),
    (found) => found.length > 0,
  );
  return answer ?? {};
}

describe('answers to choose from', () => {
  it('arrive as what the customer read, are answered at once, and cannot be chosen again', async () => {
    const chat = await beginChat(scene, 'سلام');
    const number = await offer(chat);
    expect(scene.world.bot.receivedBy(chat.chat).at(-1)?.buttons).toEqual(
      choices.map(({ id, label }) => ({ text: label, data: id })),
    );
    expect(await press(chat, 'track', number)).not.toHaveProperty('text');
    const view = await seen(scene, chat.conversation, (now) => said(now).length === 2);
    expect(said(view)[1]).toMatchObject({ kind: 'keys', body: 'پیگیری سفارش' });
    expect(view.messages.find(({ choices: offered }) => offered)?.choices).toEqual(choices);
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat.chat).at(-1)?.buttons),
      (buttons) => buttons?.length === 0,
    );
  });

  it('are explained once they do nothing any more, in the customer’s language, and are still kept', async () => {
    const chat = await beginChat(scene, 'سلام');
    const number = await offer(chat);
    await press(chat, 'track', number);
    expect(await press(chat, 'agent', number)).toMatchObject({
      text: expect.stringContaining('دکمه'),
      show_alert: true,
    });
    expect(await press(chat, 'unknown', number)).toHaveProperty('text');
    expect(await press(chat, 'track', 999_999)).toHaveProperty('text');
    const english = await beginChat(scene, 'hello');
    expect(await press(english, 'track', 999_999)).toMatchObject({ text: expect.stringContaining('button') });
    const view = await seen(scene, chat.conversation, (now) => said(now).length === 5);
    expect(said(view).map(({ kind }) => kind)).toEqual(['text', 'keys', 'keys', 'keys', 'keys']);
  });

  it('hold up nobody when Telegram does not take the answer', async () => {
    const chat = await beginChat(scene);
    const number = await offer(chat);
    scene.world.bot.faults.arm('server_error', { only: 'answerCallbackQuery' });
    scene.world.bot.customer(chat.chat, chat.name).press('track', number);
    scene.world.bot.customer(chat.chat, chat.name).say('and then');
    await seen(scene, chat.conversation, (now) => said(now).length === 3);
  });
});
