import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, ListRow, MessageView, Page } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import {
  connectChannels,
  startWorld,
  worldMailbox,
  worldPublicUrl,
  type World,
  type WorldChannels,
} from '../../tools/stand-ins/world.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let world: World;
let channels: WorldChannels;
let admin: Caller;
let sara: BuiltAgent;
let agent: Caller;

beforeAll(async () => {
  hub = await startTestHub({ env: { PUBLIC_URL: worldPublicUrl, MAIL_LISTEN: '127.0.0.1:0' } });
  world = await startWorld(hub.url);
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  channels = await connectChannels(world, hub.url, async (path, body) => {
    const answer = await admin.call<{ id: string }>(path, { body });
    if (answer.status !== 201) {
      throw new Error(`${path}: ${answer.text}`);
    }
    return answer.body;
  });
  sara = await buildAgent(hub.database, { name: 'Sara' });
  agent = await signedIn(hub, sara.id);
  await hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [sara.id]);
}, 60_000);

afterAll(async () => {
  await hub?.stop();
  await world?.close();
});

const mine = async () => (await agent.call<Page<ListRow>>('/api/conversations?view=mine')).body.rows;
const open = async (id: string) => (await agent.call<ConversationView>(`/api/conversations/${id}`)).body;
const oldestFirst = (view: ConversationView) => view.messages.toReversed();

/** Answers on the way that reaches `kind`. */
async function reply(conversation: string, kind: string, body: string): Promise<MessageView> {
  const way = (await open(conversation)).ways.find(
    ({ channelKind, unavailable }) => channelKind === kind && unavailable === null,
  );
  if (!way) {
    throw new Error(`no way to answer by ${kind}`);
  }
  const answer = await agent.call<MessageView>(`/api/conversations/${conversation}/messages`, {
    body: {
      id: uuid(),
      kind: 'text',
      body,
      channelId: way.channelId,
      identityId: way.identityId,
      threadId: way.threadId,
    },
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('one person, five channels, one conversation, two tickets, one agent', () => {
  const phone = '+989121234567';
  let conversation = '';

  it('gives the first message, an SMS, to the one agent who is online', async () => {
    await hub.database.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '4 minutes')`,
      [uuid(), sara.id],
    );
    await agent.call('/api/me', { method: 'PATCH', body: { status: 'online' } });
    await world.twilio.sms(channels.sms, { from: phone, to: '+15005550006', body: 'سلام، سفارش من نرسیده' });
    const [row] = await until(mine, (rows) => rows.length === 1);
    conversation = row?.conversation ?? '';
    expect(row?.ticket).toMatchObject({ state: 'open', ownerId: sara.id });
    expect(row?.last?.body).toBe('سلام، سفارش من نرسیده');
  });

  it('sends the answer by SMS and shows that it arrived', async () => {
    await reply(conversation, 'sms', 'سلام! شماره سفارش را بفرستید.');
    await until(
      () => Promise.resolve(world.twilio.receivedBy(phone)),
      (received) => received.length === 1,
    );
    await world.twilio.settled();
    const sent = await until(
      async () => oldestFirst(await open(conversation)).find(({ direction }) => direction === 'out'),
      (message) => message?.delivery === 'delivered',
    );
    expect(sent?.body).toBe('سلام! شماره سفارش را بفرستید.');
  });

  it('puts a call of the same number on the same timeline, as one message that grows', async () => {
    await world.pbx?.call({ from: '09121234567', to: '02188888888', answeredBy: '101' });
    const call = await until(
      async () => (await open(conversation)).messages.find(({ kind }) => kind === 'call'),
      (message) => message?.call?.state === 'ended',
    );
    expect(call?.call).toMatchObject({ direction: 'in', outcome: 'answered' });
  });

  it('joins a mail and a Telegram chat of the same person when the agent links them', async () => {
    const port = hub.app.get(MailReceiver).port as number;
    await world.mail.writeTo(port, {
      from: 'Mina <mina@example.org>',
      to: worldMailbox,
      subject: 'فاکتور',
      text: 'فاکتور پیوست است.\nلطفاً بررسی کنید.',
      attachments: [{ filename: 'فاکتور.txt', contentType: 'text/plain', content: Buffer.from('۱۲۳۴') }],
    });
    world.bot.customer(42, 'Mina').say('من همان مینا هستم');
    const rows = await until(mine, (all) => all.length === 3);
    const person = (await open(conversation)).customer.id;
    for (const other of rows.filter((row) => row.conversation !== conversation)) {
      expect((await agent.call(`/api/customers/${other.customer.id}/merge`, { body: { into: person } })).status).toBe(
        200,
      );
    }
    const view = await open(conversation);
    expect(view.customer.identities.map(({ kind }) => kind).toSorted()).toEqual(['email', 'phone', 'telegram']);
    expect(view.parts).toHaveLength(3);
    const mail = view.messages.find(({ channel, direction }) => channel?.kind === 'email' && direction === 'in');
    expect(mail).toMatchObject({
      subject: 'فاکتور',
      attachments: [expect.objectContaining({ name: 'فاکتور.txt', bytes: 8 })],
    });
  });

  it('answers by mail in the thread, and by Telegram, from the one conversation', async () => {
    await reply(conversation, 'email', 'فاکتور درست است.');
    await reply(conversation, 'telegram', 'بله، شناختم.');
    const mail = await world.mail.waitFor(({ envelope }) => envelope.to.includes('mina@example.org'), 10_000);
    const view = await open(conversation);
    const asked = view.messages.find(({ channel, direction }) => channel?.kind === 'email' && direction === 'in');
    expect(mail.subject).toBe('Re: فاکتور');
    expect(mail.headers['in-reply-to']).toBeTruthy();
    expect(mail.headers['references']).toContain(mail.headers['in-reply-to']);
    expect(asked).toBeDefined();
    await until(
      () => Promise.resolve(world.bot.receivedBy(42)),
      (received) => received.some(({ text }) => text === 'بله، شناختم.'),
    );
  });

  it('keeps every part gap-free and in order, and opens the next ticket when all are solved', async () => {
    for (const ticket of (await open(conversation)).tickets.filter(({ state }) => state !== 'solved')) {
      const answer = await agent.call(`/api/tickets/${ticket.id}`, {
        method: 'PATCH',
        body: { version: ticket.version, state: 'solved' },
      });
      expect(answer.status).toBe(200);
    }
    await hub.database.query(
      `update ticket set reopen_until = clock_timestamp() - interval '1 second' where state = 'solved'`,
    );
    world.bot.customer(42, 'Mina').say('یک پرسش تازه');
    const fresh = await until(
      async () => (await open(conversation)).tickets.filter(({ state }) => state === 'open' || state === 'new'),
      (tickets) => tickets.length === 1 && tickets[0]?.ownerId === sara.id,
    );
    expect(fresh).toHaveLength(1);
    const gaps = await hub.database.query(
      `select c.id from conversation c where c.last_seq <> (select count(*) from message m where m.conversation_id = c.id)`,
    );
    expect(gaps).toEqual([]);
    const view = await open(conversation);
    const instants = view.messages.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted().toReversed());
  });
});
