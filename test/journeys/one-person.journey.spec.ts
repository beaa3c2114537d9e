import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConversationChanges, ConversationView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { connectVisitor, type Visitor } from '../../tools/stand-ins/visitor.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
/** Sara's open console: what makes her present, and what she hears. */
let desk: LiveConsole;
let visitor: Visitor;
/** Her mail, as her mail program knows it. */
let written: { messageId: string };

beforeAll(async () => {
  scene = await startConnectedWorld();
  desk = await openedConsole(scene.hub, scene.sara.id);
}, 60_000);

afterAll(async () => {
  desk?.close();
  visitor?.close();
  await scene?.close();
});

const mine = () => listRows(scene.agent, 'mine');
const open = (id: string) => openConversation(scene.agent, id);
const reply = (id: string, kind: string, body: string) => replyBy(scene.agent, id, kind, body);
const oldestFirst = (view: ConversationView) => view.messages.toReversed();

describe('one person, five channels, one conversation, two tickets, one agent', () => {
  const phone = '+989121234567';
  let conversation = '';

  it('gives the first message, an SMS, to the one agent who is online', async () => {
    await scene.agent.call('/api/me', { method: 'PATCH', body: { status: 'online' } });
    await scene.world.twilio.sms(scene.channels.sms, {
      from: phone,
      to: '+15005550006',
      body: 'سلام، سفارش من نرسیده',
    });
    const [row] = await until(mine, (rows) => rows.length === 1);
    conversation = row?.conversation ?? '';
    expect(row?.ticket).toMatchObject({ state: 'open', ownerId: scene.sara.id });
    expect(row?.last?.body).toBe('سلام، سفارش من نرسیده');
    const heard = () => desk.of<ConversationChanges>('conversation.changes').flatMap(({ messages }) => messages);
    await desk.until('the message', () => heard().some(({ body }) => body === 'سلام، سفارش من نرسیده'));
  });

  it('sends the answer by SMS and shows that it arrived', async () => {
    await reply(conversation, 'sms', 'سلام! شماره سفارش را بفرستید.');
    await until(
      () => Promise.resolve(scene.world.twilio.receivedBy(phone)),
      (received) => received.length === 1,
    );
    await scene.world.twilio.settled();
    const sent = await until(
      async () => oldestFirst(await open(conversation)).find(({ direction }) => direction === 'out'),
      (message) => message?.delivery === 'delivered',
    );
    expect(sent?.body).toBe('سلام! شماره سفارش را بفرستید.');
  });

  it('puts a call of the same number on the same timeline, as one message that grows', async () => {
    await scene.world.pbx?.call({ from: '09121234567', to: '02188888888', answeredBy: '101' });
    const call = await until(
      async () => (await open(conversation)).messages.find(({ kind }) => kind === 'call'),
      (message) => message?.call?.state === 'ended',
    );
    expect(call?.call).toMatchObject({ direction: 'in', outcome: 'answered' });
  });

  it('joins a mail, a Telegram chat and a web chat of the same person when the agent links them', async () => {
    const port = scene.hub.app.get(MailReceiver).port as number;
    written = await scene.world.mail.writeTo(port, {
      from: 'Mina <mina@example.org>',
      to: worldMailbox,
      subject: 'فاکتور',
      text: 'فاکتور پیوست است.\nلطفاً بررسی کنید.',
      attachments: [{ filename: 'فاکتور.txt', contentType: 'text/plain', content: Buffer.from('۱۲۳۴') }],
    });
    scene.world.bot.customer(42, 'Mina').say('من همان مینا هستم');
    visitor = await connectVisitor({ hub: scene.hub.url, channel: scene.channels.web });
    await visitor.say('سلام از سایت');
    const rows = await until(mine, (all) => all.length === 4);
    const person = (await open(conversation)).customer.id;
    for (const other of rows.filter((row) => row.conversation !== conversation)) {
      expect(
        (await scene.agent.call(`/api/customers/${other.customer.id}/merge`, { body: { into: person } })).status,
      ).toBe(200);
    }
    const view = await open(conversation);
    expect(view.customer.identities.map(({ kind }) => kind).toSorted()).toEqual(['email', 'phone', 'telegram', 'web']);
    expect(view.parts).toHaveLength(4);
    const mail = view.messages.find(({ channel, direction }) => channel?.kind === 'email' && direction === 'in');
    expect(mail).toMatchObject({
      subject: 'فاکتور',
      attachments: [expect.objectContaining({ name: 'فاکتور.txt', bytes: 8 })],
    });
  });

  it('answers by mail in the thread, by Telegram and on the web page, from the one conversation', async () => {
    await reply(conversation, 'email', 'فاکتور درست است.');
    await reply(conversation, 'telegram', 'بله، شناختم.');
    await reply(conversation, 'web', 'سلام! در خدمتم.');
    await visitor.waitFor(({ body }) => body === 'سلام! در خدمتم.');
    expect(visitor.screen.messages.map(({ body }) => body)).toEqual(['سلام از سایت', 'سلام! در خدمتم.']);
    expect(visitor.screen.faults).toEqual([]);
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes('mina@example.org'), 10_000);
    const view = await open(conversation);
    const asked = view.messages.find(({ channel, direction }) => channel?.kind === 'email' && direction === 'in');
    expect(mail.subject).toBe('Re: فاکتور');
    expect(mail.headers['in-reply-to']).toBe(written.messageId);
    expect(mail.headers['references']).toContain(mail.headers['in-reply-to']);
    expect(asked).toBeDefined();
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(42)),
      (received) => received.some(({ text }) => text === 'بله، شناختم.'),
    );
  });

  it('keeps every part gap-free and in order, and opens the next ticket when all are solved', async () => {
    for (const ticket of (await open(conversation)).tickets.filter(({ state }) => state !== 'solved')) {
      const answer = await scene.agent.call(`/api/tickets/${ticket.id}`, {
        method: 'PATCH',
        body: { version: ticket.version, state: 'solved' },
      });
      expect(answer.status).toBe(200);
    }
    await scene.hub.database.query(
      `update ticket set reopen_until = clock_timestamp() - interval '1 second' where state = 'solved'`,
    );
    scene.world.bot.customer(42, 'Mina').say('یک پرسش تازه');
    const fresh = await until(
      async () => (await open(conversation)).tickets.filter(({ state }) => state === 'open' || state === 'new'),
      (tickets) => tickets.length === 1 && tickets[0]?.ownerId === scene.sara.id,
    );
    expect(fresh).toHaveLength(1);
    const gaps = await scene.hub.database.query(
      `select c.id from conversation c where c.last_seq <> (select count(*) from message m where m.conversation_id = c.id)`,
    );
    expect(gaps).toEqual([]);
    const view = await open(conversation);
    const instants = view.messages.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted().toReversed());
  });
});
