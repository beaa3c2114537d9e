import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SendingPaces } from '../../apps/hub/src/delivery/sending-paces.service.js';
import { beginChat, type BotChat } from '../support/bot-chat.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let console: LiveConsole;

beforeAll(async () => {
  scene = await startConnectedWorld();
  console = await openedConsole(scene.hub, scene.sara.id);
}, 60_000);

afterAll(async () => {
  console?.close();
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene?.close();
});

const signsFor = ({ chat }: BotChat) =>
  scene.world.bot.asked.filter(
    ({ method, call }) => method === 'sendChatAction' && (call as { chat_id?: number }).chat_id === chat,
  );

async function type({ conversation }: BotChat): Promise<void> {
  expect(await console.watch(conversation)).toMatchObject({ ok: true });
  console.socket.emit('typing', { conversation, on: true });
}

describe('an agent who writes to somebody on Telegram', () => {
  it('is seen there to write, and not asked about more often than Telegram shows it', async () => {
    const talk = await beginChat(scene);
    await type(talk);
    const [sign] = await until(
      () => Promise.resolve(signsFor(talk)),
      (signs) => signs.length > 0,
    );
    expect(sign?.call).toEqual({ chat_id: talk.chat, action: 'typing' });
    // Another console of the same person, at the same moment.
    const second = await openedConsole(scene.hub, scene.sara.id);
    await second.watch(talk.conversation);
    second.socket.emit('typing', { conversation: talk.conversation, on: true });
    second.close();
    const other = await beginChat(scene);
    await type(other);
    await until(
      () => Promise.resolve(signsFor(other)),
      (signs) => signs.length === 1,
    );
    expect(signsFor(talk)).toHaveLength(1);
  });

  it('is not where the account was told to wait, nor where the customer blocked the bot', async () => {
    const [waits, blocked, asked] = [await beginChat(scene), await beginChat(scene), await beginChat(scene)];
    await scene.hub.database.query(`update identity set reachable = 'blocked' where address = $1`, [
      String(blocked.chat),
    ]);
    await type(blocked);
    await type(asked);
    await until(
      () => Promise.resolve(signsFor(asked)),
      (signs) => signs.length === 1,
    );
    expect(signsFor(blocked)).toEqual([]);
    await scene.hub.app.get(SendingPaces, { strict: false }).pause(scene.channels.telegram, 60_000, 'a test');
    await type(waits);
    await console.ask('feed', { cursor: null });
    expect(signsFor(waits)).toEqual([]);
  });
});
