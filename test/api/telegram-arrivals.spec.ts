import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttachmentView, ConversationView, RevisionView } from '#contract';
import { startBotApi, type BotApiStandIn } from '../../tools/stand-ins/bot-api.js';
import { beginChat, conversationOf, newChat, said, seen, told } from '../support/bot-chat.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(async () => {
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene.close();
});

const picture = (caption?: string) => ({
  as: 'photo' as const,
  bytes: Buffer.from('not really a picture'),
  name: '',
  mediaType: 'image/jpeg',
  ...(caption !== undefined && { caption }),
});

/** Everything that the bot was sent is taken: what comes behind it is there. */
async function settled(chat: number, conversation: string): Promise<void> {
  const mark = `mark ${String(Math.random())}`;
  scene.world.bot.customer(chat, `Customer ${String(chat)}`).say(mark);
  await seen(scene, conversation, (view) => said(view).some(({ body }) => body === mark));
}

describe('what customers send over Telegram', () => {
  it('becomes one message where it is one album, with the words of all its parts', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    scene.world.bot
      .customer(chat, name)
      .sendAlbum([picture('first'), picture(), picture('third'), picture(), picture()]);
    const view = await seen(scene, conversation, (now) => said(now)[1]?.attachments.length === 5);
    expect(said(view).map(({ body, attachments }) => [body, attachments.length])).toEqual([
      ['hello', 0],
      ['first\nthird', 5],
    ]);
    const isFetched = ({ state }: AttachmentView) => state === 'stored';
    await seen(scene, conversation, (now) => said(now)[1]?.attachments.every(isFetched) ?? false);
  });

  it('is shown in its new form when it was edited, with the old ones kept', async () => {
    const { chat, name, conversation } = await beginChat(scene, 'my order is 123');
    const number = numberOf(0);
    const before = await openConversation(scene.admin, conversation);
    const customer = scene.world.bot.customer(chat, name);
    customer.edit(number, 'my order is 124');
    customer.edit(number, 'my order is 125');
    const view = await seen(scene, conversation, (now) => said(now)[0]?.body === 'my order is 125');
    await settled(chat, conversation);
    const [message] = said(view);
    expect(message).toMatchObject({ editedAt: expect.any(String), seq: 1 });
    expect(message?.rev).toBeGreaterThan(said(before)[0]?.rev ?? 0);
    const revisions = await scene.agent.call<RevisionView[]>(`/api/messages/${message?.id ?? ''}/revisions`);
    expect(revisions.body.map(({ number: count, body }) => [count, body])).toEqual([
      [1, 'my order is 123'],
      [2, 'my order is 124'],
    ]);
    const stranger = await signedIn(scene.hub, (await buildAgent(scene.hub.database)).id);
    expect((await stranger.call(`/api/messages/${message?.id ?? ''}/revisions`)).status).toBe(404);
  });

  it('keeps nothing of a withdrawn message’s old forms', async () => {
    const { chat, name, conversation } = await beginChat(scene, 'a secret');
    scene.world.bot.customer(chat, name).edit(numberOf(0), 'no secret');
    const view = await seen(scene, conversation, (now) => said(now)[0]?.body === 'no secret');
    const id = said(view)[0]?.id ?? '';
    await scene.hub.database.query(
      `update message set body = '', search_text = '', redacted_at = clock_timestamp() where id = $1`,
      [id],
    );
    expect((await scene.agent.call(`/api/messages/${id}/revisions`)).body).toEqual([]);
    scene.world.bot.customer(chat, name).edit(numberOf(1), 'a secret again');
    await settled(chat, conversation);
    expect(said(await openConversation(scene.admin, conversation))[0]).toMatchObject({ body: '' });
  });

  it('changes one part of an album, and adds the file that an edit brings', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    const customer = scene.world.bot.customer(chat, name);
    customer.sendAlbum([picture('one'), picture('two')]);
    await seen(scene, conversation, (now) => said(now)[1]?.attachments.length === 2);
    const [, second] = scene.world.bot.sent.slice(-2) as unknown as { message: Record<string, unknown> }[];
    const { message_id: number, media_group_id } = (second?.message ?? {}) as {
      message_id: number;
      media_group_id: string;
    };
    const photo = [{ file_id: 'id:photos/new', file_unique_id: 'new', width: 9, height: 9 }];
    customer.edit(number, '', { text: undefined, caption: 'zwei', media_group_id, photo });
    const view = await seen(scene, conversation, (now) => said(now)[1]?.body === 'one\nzwei');
    expect(said(view)[1]?.attachments).toHaveLength(3);
  });

  it('shows an edit of what it never saw', async () => {
    const chat = newChat();
    scene.world.bot.customer(chat, `Customer ${String(chat)}`).edit(4711, 'written before you were here');
    const conversation = await conversationOf(scene, `Customer ${String(chat)}`);
    expect(said(await openConversation(scene.admin, conversation))).toMatchObject([
      { body: 'written before you were here', editedAt: null },
    ]);
  });

  it('follows a place that moves, and calls none of it an edit', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    const customer = scene.world.bot.customer(chat, name);
    const at = (longitude: number) => ({ text: undefined, location: { latitude: 35.7, longitude, live_period: 900 } });
    customer.say('', at(51.1));
    const number = numberOf(0);
    await seen(scene, conversation, (now) => said(now).length === 2);
    customer.edit(number, '', at(51.2));
    const view = await seen(scene, conversation, (now) => said(now)[1]?.shared?.place?.longitude === 51.2);
    expect(said(view)[1]).toMatchObject({ editedAt: null, shared: { place: { live: true } } });
  });

  it('notes a file that Telegram does not hand out, and asks for it no more', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    const big = {
      as: 'document' as const,
      bytes: Buffer.alloc(21 * 1024 * 1024),
      name: 'film.mp4',
      mediaType: 'video/mp4',
    };
    scene.world.bot.customer(chat, name).sendFile({ ...big, says: 25 * 1024 * 1024 });
    const view = await seen(scene, conversation, (now) => said(now)[1]?.attachments[0]?.state === 'quarantined');
    expect(said(view)[1]).toMatchObject({ flags: ['oversized'], attachments: [{ name: 'film.mp4' }] });
    const [event] = await scene.hub.database.query<{ state: string }>(
      `select e.state from inbound_event e join message m on m.channel_id = e.channel_id and m.external_id = e.external_id where m.id = $1`,
      [said(view)[1]?.id],
    );
    expect(event?.state).toBe('accepted');
  });

  it('keeps what comes in groups and shows none of it', async () => {
    const { chat, conversation } = await beginChat(scene);
    const message = { message_id: 1, date: 1, chat: { id: -chat, type: 'group', title: 'Team' }, text: 'x' };
    scene.world.bot.push({ message: { ...message, from: { id: chat, is_bot: false, first_name: 'x' } } });
    await settled(chat, conversation);
    const rows = await scene.hub.database.query(
      `select 1 from inbound_event where state = 'ignored' and error = 'group' and convert_from(raw, 'UTF8') like $1`,
      [`%"id":-${String(chat)},%`],
    );
    expect(rows).toHaveLength(1);
    expect(await scene.hub.database.query('select 1 from identity where address = $1', [String(-chat)])).toEqual([]);
  });
});

/** The number of the newest message that a customer sent, or of one before it. */
function numberOf(back: number): number {
  const messages = scene.world.bot.sent.flatMap((update) =>
    'message' in update ? [update['message'] as { message_id: number }] : [],
  );
  return messages.at(-1 - back)?.message_id ?? 0;
}

describe('somebody who blocks the bot', () => {
  it('is shown as such, gets nothing, and is not tried again', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    const customer = scene.world.bot.customer(chat, name);
    customer.block();
    const reach = (view: ConversationView) =>
      view.ways.find(({ channelKind }) => channelKind === 'telegram')?.unavailable;
    const isToldAs = (name: string, unavailable: 'blocked' | null) => (view: ConversationView) =>
      told(view).includes(name) && reach(view) === unavailable;
    const view = await seen(scene, conversation, isToldAs('customer.blocked_us', 'blocked'));
    expect(view.customer.identities[0]?.unreachable).toEqual(expect.any(String));
    const identityId = view.customer.identities[0]?.id;
    const refused = await scene.agent.call(`/api/conversations/${conversation}/messages`, {
      body: { id: randomUUID(), kind: 'text', body: 'hello?', channelId: scene.channels.telegram, identityId },
    });
    expect(refused.body).toMatchObject({ status: 409, code: 'blocked' });
    customer.unblock();
    const again = await seen(scene, conversation, isToldAs('customer.unblocked_us', null));
    expect(again.customer.identities[0]?.unreachable).toBeNull();
    expect(scene.world.bot.receivedBy(chat)).toEqual([]);
  });

  it('is known to have done so by the first message that does not reach them', async () => {
    const { chat, name, conversation } = await beginChat(scene);
    scene.world.bot.customer(chat, name).block();
    await seen(scene, conversation, (now) => told(now).includes('customer.blocked_us'));
    await scene.hub.database.query(`update identity set reachable = 'yes' where address = $1`, [String(chat)]);
    const { id } = await replyBy(scene.agent, conversation, 'telegram', 'are you there?');
    const view = await seen(
      scene,
      conversation,
      (now) =>
        told(now).filter((name) => name === 'customer.blocked_us').length === 2 &&
        now.messages.some((message) => message.id === id && message.delivery === 'failed'),
    );
    expect(view.messages.find((message) => message.id === id)).toMatchObject({
      delivery: 'failed',
      deliveryError: expect.stringContaining('blocked'),
    });
    const [tries] = await scene.hub.database.query<{ attempts: number }>(
      'select d.attempts from delivery d join message m using (conversation_id, seq) where m.id = $1',
      [id],
    );
    expect(tries?.attempts).toBe(1);
    scene.world.bot.customer(chat, name).unblock();
    scene.world.bot.customer(chat, name).say('/start');
    await seen(scene, conversation, (now) => told(now).at(-1) === 'customer.unblocked_us');
  });
});

/** A bot that is called: what it posts, and how often, is the test's choice. */
describe('updates that come over a webhook', () => {
  const secret = 'a-webhook-secret-of-this-spec';
  let other: BotApiStandIn;
  let channel: string;

  beforeAll(async () => {
    other = await startBotApi({ token: '220222:other' });
    const made = await scene.admin.call<{ id: string }>('/api/channels', {
      body: {
        kind: 'telegram',
        name: 'Called bot',
        config: { apiRoot: other.url, mode: 'webhook' },
        secrets: { token: other.token, webhookSecret: secret },
      },
    });
    channel = made.body.id;
  });
  afterAll(() => other.close());

  async function post(update: object): Promise<number> {
    const { status } = await fetch(`${scene.hub.url}/hooks/telegram/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(update),
    });
    return status;
  }

  let updates = 0;
  const updateOf = (chat: number, message: object) => {
    updates += 1;
    const from = { id: chat, is_bot: false, first_name: `Customer ${String(chat)}` };
    return {
      update_id: updates,
      message: { message_id: updates, date: 1, chat: { id: chat, type: 'private' }, from, ...message },
    };
  };

  it('are taken once, however often they come', async () => {
    const chat = newChat();
    const one = updateOf(chat, { text: 'once' });
    const parts = ['a', 'b', 'c'].map((caption) =>
      updateOf(chat, {
        caption,
        media_group_id: 'g',
        photo: [{ file_id: caption, file_unique_id: caption, width: 1, height: 1 }],
      }),
    );
    const { message } = one;
    const edit = { update_id: 90_000, edited_message: { ...message, text: 'once more' } };
    for (const update of [one, ...parts, edit]) {
      expect(await Promise.all([post(update), post(update), post(update)])).toEqual([200, 200, 200]);
    }
    const conversation = await conversationOf(scene, `Customer ${String(chat)}`);
    const view = await openConversation(scene.admin, conversation);
    expect(said(view).map(({ body, attachments }) => [body, attachments.length])).toEqual([
      ['once more', 0],
      ['a\nb\nc', 3],
    ]);
    const revisions = await scene.agent.call(`/api/messages/${said(view)[0]?.id ?? ''}/revisions`);
    expect(revisions.body).toMatchObject([{ number: 1, body: 'once' }]);
  });

  it('become one message of an album although its parts come at the same moment', async () => {
    const chat = newChat();
    const parts = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      updateOf(chat, { media_group_id: 'g', photo: [{ file_id: id, file_unique_id: id, width: 1, height: 1 }] }),
    );
    await Promise.all(parts.map(post));
    const view = await openConversation(scene.admin, await conversationOf(scene, `Customer ${String(chat)}`));
    expect(said(view).map(({ attachments }) => attachments.length)).toEqual([5]);
  });

  it('of another messenger are of other people, whatever their numbers, and its secret is in the address', async () => {
    const chat = newChat();
    const name = `Somebody ${String(chat)}`;
    scene.world.bot.customer(chat, `Customer ${String(chat)}`).say('over Telegram');
    const here = await conversationOf(scene, `Customer ${String(chat)}`);
    const bale = await startBotApi({ token: '330333:bale' });
    const made = await scene.admin.call<{ id: string }>('/api/channels', {
      body: {
        kind: 'telegram',
        name: 'Bale',
        config: { apiRoot: bale.url, messenger: 'bale', mode: 'webhook' },
        secrets: { token: bale.token, webhookSecret: secret },
      },
    });
    const { message } = updateOf(chat, { text: 'over Bale' });
    const update = { update_id: 1, message: { ...message, from: { id: chat, first_name: name } } };
    const call = (path: string) =>
      fetch(`${scene.hub.url}/hooks/telegram/${made.body.id}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
        body: JSON.stringify(update),
      });
    expect((await call('')).status).toBe(403);
    expect((await call(`/${secret}`)).status).toBe(200);
    const there = await conversationOf(scene, name);
    expect(there).not.toBe(here);
    const waysOf = async (conversation: string) =>
      (await openConversation(scene.admin, conversation)).ways.map(({ channelName, address }) => [
        channelName,
        address,
      ]);
    expect(await waysOf(there)).toEqual([['Bale', `bale:${String(chat)}`]]);
    expect(await waysOf(here)).toEqual([['Telegram', String(chat)]]);
    await replyBy(scene.agent, there, 'telegram', '**سلام**');
    await until(
      () => Promise.resolve(bale.received),
      (received) => received.length === 1,
    );
    expect(bale.received).toMatchObject([{ chatId: chat, text: 'سلام' }]);
    expect(bale.brokenRules).toEqual([]);
    await bale.close();
  });

  it('are refused without the secret', async () => {
    const response = await fetch(`${scene.hub.url}/hooks/telegram/${channel}`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
  });

  const corpus = new URL('../../../shared/corpus/telegram/', import.meta.url);
  const isHere = existsSync(new URL('index.json', corpus));
  (isHere ? it : it.skip)('of the corpus are kept, each of them once, although all come twice', async () => {
    const { cases } = JSON.parse(readFileSync(new URL('index.json', corpus), 'utf8')) as { cases: { file: string }[] };
    const fresh = cases.map(({ file }, index) => ({
      ...(JSON.parse(readFileSync(new URL(file, corpus), 'utf8')) as object),
      update_id: 800_000 + index,
    }));
    for (const update of [...fresh, ...fresh]) {
      expect(await post(update)).toBe(200);
    }
    const [kept] = await scene.hub.database.query<{ events: number; quarantined: number }>(
      `select count(*)::int as events, count(*) filter (where state = 'quarantined')::int as quarantined
       from inbound_event where channel_id = $1 and external_id like '220222:u8000__'`,
      [channel],
    );
    expect(kept).toEqual({ events: fresh.length, quarantined: 0 });
  });
});
