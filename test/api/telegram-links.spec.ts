import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerView, StartLinkView } from '#contract';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { beginChat, conversationOf, newChat, said, seen, told } from '../support/bot-chat.js';
import { listRows, openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(async () => {
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene.close();
});

let senders = 0;

/** Somebody whom we know from another channel. */
async function someoneElsewhere(): Promise<{ customer: CustomerView; conversation: string }> {
  senders += 1;
  const from = `+98912000${String(1000 + senders)}`;
  await scene.world.gateway.sms({ from, text: 'hello' });
  const row = await until(
    async () => (await listRows(scene.admin, 'all')).find(({ customer }) => customer.name === from),
    (found) => found !== undefined,
  );
  const conversation = row?.conversation ?? '';
  return { customer: (await openConversation(scene.admin, conversation)).customer, conversation };
}

async function makeLink(customer: string, more: object = {}): Promise<StartLinkView & { token: string }> {
  const { status, body } = await scene.agent.call<StartLinkView>(`/api/customers/${customer}/start-links`, {
    body: { channelId: scene.channels.telegram, ...more },
  });
  expect(status).toBe(201);
  const token = new URL(body.url ?? '').searchParams.get('start') ?? '';
  expect(body.url).toBe(`https://t.me/peyk_bot?start=${token}`);
  expect(token).toMatch(/^[\w-]{16,64}$/);
  return { ...body, token };
}

const addressesOf = async (conversation: string) =>
  (await openConversation(scene.admin, conversation)).customer.identities.map(({ address }) => address);

describe('a link that opens a chat', () => {
  it('makes whoever follows it first the customer it was made for', async () => {
    const { customer, conversation } = await someoneElsewhere();
    const { token } = await makeLink(customer.id);
    const chat = newChat();
    scene.world.bot.customer(chat, 'Maryam').say(`/start ${token}`);
    const view = await seen(scene, conversation, (now) => told(now).includes('start_link.linked'));
    expect(said(view).map(({ body }) => body)).toEqual(['hello', '/start']);
    expect(view.customer.identities).toContainEqual(
      expect.objectContaining({ kind: 'telegram', address: String(chat), trust: 'proven' }),
    );
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat)),
      ([answer]) => answer?.text.includes('connected') === true || answer?.text.includes('وصل') === true,
    );
  });

  it('works once: the second who follows it stays who they are, and is told', async () => {
    const { customer, conversation } = await someoneElsewhere();
    const { token } = await makeLink(customer.id);
    scene.world.bot.customer(newChat(), 'First').say(`/start ${token}`);
    await seen(scene, conversation, (now) => told(now).includes('start_link.linked'));
    const second = newChat();
    scene.world.bot.customer(second, `Second ${String(second)}`).say(`/start ${token}`);
    const own = await conversationOf(scene, `Second ${String(second)}`);
    const view = await seen(scene, own, (now) => told(now).includes('start_link.refused'));
    expect(own).not.toBe(conversation);
    expect(said(view).map(({ body }) => body)).toEqual(['/start']);
    expect(await addressesOf(conversation)).not.toContain(String(second));
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(second)),
      (received) => received.length === 1,
    );
  });

  it('joins two who wrote before, and the join can be undone', async () => {
    const { customer, conversation } = await someoneElsewhere();
    const chat = await beginChat(scene);
    const { token } = await makeLink(customer.id);
    scene.world.bot.customer(chat.chat, chat.name).say(`/start ${token}`);
    const view = await seen(scene, chat.conversation, (now) => now.parts.length === 2);
    expect(view.parts.map((part) => part.conversation)).toEqual(
      expect.arrayContaining([conversation, chat.conversation]),
    );
  });

  it('does nothing once it is revoked or too old, or over another bot', async () => {
    const { customer } = await someoneElsewhere();
    const revoked = await makeLink(customer.id);
    const gone = await scene.agent.call(`/api/customers/${customer.id}/start-links/${revoked.id}`, {
      method: 'DELETE',
    });
    expect(gone.status).toBe(204);
    const old = await makeLink(customer.id);
    await scene.hub.database.query(
      `update start_link set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
      [old.id],
    );
    for (const { token } of [revoked, old]) {
      const chat = newChat();
      scene.world.bot.customer(chat, `Late ${String(chat)}`).say(`/start ${token}`);
      const own = await conversationOf(scene, `Late ${String(chat)}`);
      await seen(scene, own, (now) => told(now).includes('start_link.refused'));
    }
    const { body: links } = await scene.agent.call<StartLinkView[]>(`/api/customers/${customer.id}/start-links`);
    expect(links.map(({ url }) => url)).toEqual([null, null]);
  });

  it('is not taken for one where somebody only starts the bot with a word', async () => {
    const { conversation } = await beginChat(scene, '/start spring-sale');
    const view = await openConversation(scene.admin, conversation);
    expect(said(view).map(({ body }) => body)).toEqual(['/start spring-sale']);
    expect(told(view)).toEqual([]);
  });

  it('is made by whoever serves the customer only, over a channel that can have one', async () => {
    const { customer } = await someoneElsewhere();
    const stranger = await signedIn(scene.hub, (await buildAgent(scene.hub.database)).id);
    const body = { channelId: scene.channels.telegram };
    expect((await stranger.call(`/api/customers/${customer.id}/start-links`, { body })).status).toBe(404);
    const wrong = { channelId: scene.channels.sms };
    expect((await scene.agent.call(`/api/customers/${customer.id}/start-links`, { body: wrong })).body).toMatchObject({
      status: 422,
      field: 'channelId',
    });
    const [row] = await scene.hub.database.query<{ known: boolean }>(
      `select exists (select 1 from start_link where encode(token_hash, 'escape') like '%' || 'peyk' || '%') as known`,
    );
    expect(row?.known).toBe(false);
  });
});

describe('a contact card', () => {
  const card = (number: string, user: number) => ({
    text: undefined,
    contact: { phone_number: number, first_name: 'Maryam', user_id: user },
  });

  it('of the sender gives them their number, and brings them together with who they were', async () => {
    const { customer } = await someoneElsewhere();
    const number = customer.identities[0]?.address ?? '';
    const chat = await beginChat(scene);
    scene.world.bot.customer(chat.chat, chat.name).say('', card(number.slice(1), chat.chat));
    const view = await seen(scene, chat.conversation, (now) => now.customer.identities.length === 2);
    expect(view.customer.identities.map(({ address }) => address)).toContain(number);
    expect(said(view).find(({ shared }) => shared?.contact)?.shared?.contact).toMatchObject({ own: true });
  });

  it('of somebody else gives them nothing', async () => {
    const { customer, conversation } = await someoneElsewhere();
    const number = customer.identities[0]?.address ?? '';
    const chat = await beginChat(scene);
    scene.world.bot.customer(chat.chat, chat.name).say('', card(number, chat.chat + 1_000_000));
    const view = await seen(scene, chat.conversation, (now) => said(now).length === 2);
    expect(view.customer.identities.map(({ address }) => address)).toEqual([String(chat.chat)]);
    expect(view.customer.claims).toEqual([]);
    expect(await addressesOf(conversation)).toEqual([number]);
  });
});
