import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AssignmentFrame, ConversationView, CustomerView, MessageView, TicketView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import type { SentMail } from '../../tools/stand-ins/mail-server.js';
import { connectVisitor, type Visitor } from '../../tools/stand-ins/visitor.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildAgent } from '../support/build-rows.js';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { until } from '../support/until.js';

const phone = '+989121234567';
const mailbox = 'mina@example.org';
const chat = 42;

let scene: ConnectedWorld;
/** Sara's open console: what makes her present, and what she hears. */
let desk: LiveConsole;
let visitor: Visitor;
/** What everybody calls Mina's conversation: that of the customer she was first. */
let conversation = '';
/** Her mails and ours, in order, by their Message-IDs: what a thread's References must name. */
const thread: string[] = [];

beforeAll(async () => {
  scene = await startConnectedWorld();
  desk = await openedConsole(scene.hub, scene.sara.id);
  const absent = await buildAgent(scene.hub.database, { name: 'Reza' });
  await scene.hub.database.query(`update agent set status = 'online' where id = $1`, [absent.id]);
  await scene.hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [absent.id]);
}, 60_000);

afterAll(async () => {
  desk?.close();
  visitor?.close();
  await scene?.close();
});

const open = (): Promise<ConversationView> => openConversation(scene.agent, conversation);
const reply = (kind: string, body: string) => replyBy(scene.agent, conversation, kind, body);
const pushed = (to: LiveConsole = desk): AssignmentFrame[] => to.of<AssignmentFrame>('ticket.assigned');
const sms = (body: string) => scene.world.twilio.sms(scene.channels.sms, { from: phone, to: '+15005550006', body });
const writeMail = (mail: { to: string; subject: string; text: string; references: string[]; file?: string }) =>
  scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, {
    from: `Mina <${mailbox}>`,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    references: mail.references,
    ...(mail.references.length > 0 ? { inReplyTo: mail.references.at(-1) as string } : {}),
    attachments:
      mail.file === undefined
        ? []
        : [{ filename: 'فاکتور.txt', contentType: 'text/plain', content: Buffer.from(mail.file) }],
  });

/** The message with these words, once it is there and as the condition wants it. */
const message = (body: string, fits: (found: MessageView) => boolean = () => true): Promise<MessageView> =>
  until(
    async () => (await open()).messages.find((one) => one.body === body),
    (found) => found !== undefined && fits(found),
  ) as Promise<MessageView>;

const ticketOf = async (number: number): Promise<TicketView> =>
  (await open()).tickets.find((ticket) => ticket.number === number) as TicketView;

async function solve(number: number): Promise<void> {
  const { id, version } = await ticketOf(number);
  const answer = await scene.agent.call(`/api/tickets/${id}`, { method: 'PATCH', body: { version, state: 'solved' } });
  expect(answer.status).toBe(200);
}

/** The agent writes an address down, and confirms that it is really hers: whoever writes from it is Mina from now on. */
async function note(person: string, identity: { kind: 'phone' | 'email'; address: string }): Promise<void> {
  const path = `/api/customers/${person}`;
  const typed = await scene.agent.call<CustomerView>(`${path}/identities`, { body: identity });
  expect(typed.status).toBe(201);
  for (const { id } of typed.body.claims) {
    expect((await scene.agent.call(`${path}/claims/${id}/confirm`, { method: 'POST' })).status).toBe(200);
  }
}

/** What was said and called, from the first word on, with the way it went and the ticket it belongs to. */
function story({ messages, tickets }: Pick<ConversationView, 'messages' | 'tickets'>): string[] {
  const numbers = new Map(tickets.map(({ id, number }) => [id, number]));
  return messages
    .toReversed()
    .filter(({ kind }) => kind === 'text' || kind === 'call')
    .map(
      ({ channel, direction, kind, body, ticketId }) =>
        `#${numbers.get(ticketId ?? '')} ${channel?.kind} ${direction}: ${kind === 'call' ? '(call)' : body}`,
    );
}

/** The whole story as it is told below. */
const told = [
  '#1 web in: سلام، سفارش من نرسیده',
  '#1 web in: شماره سفارش ۱۲۳۴ است',
  '#1 web out: سلام! شماره و نشانی‌تان چیست؟',
  '#1 sms in: این شماره من است',
  '#1 phone in: (call)',
  '#1 email in: فاکتور پیوست است.\nلطفاً بررسی کنید.',
  '#1 sms out: پیامک شما رسید.',
  '#1 email out: فاکتور درست است.',
  '#1 email in: سپاس. کی می‌رسد؟',
  '#1 email out: فردا می‌رسد.',
  '#2 telegram in: یک پرسش تازه دارم',
  '#2 telegram out: بله، شناختم.',
  '#2 sms in: پیامک تازه',
  '#2 email in: یک چیز دیگر',
  '#2 phone in: (call)',
  '#2 web in: در سایت هم هستم',
  '#2 web in: نه، هنوز تمام نشده',
  '#2 telegram out: حتماً پیگیری می‌کنم.',
];

describe('one person, five channels, one conversation, two tickets, one agent', () => {
  it('keeps a visitor’s first words, and pushes their ticket to the agent who comes online, with all that was said before', async () => {
    visitor = await connectVisitor({ hub: scene.hub.url, channel: scene.channels.web, locale: 'fa' });
    await visitor.say('سلام، سفارش من نرسیده');
    await visitor.say('شماره سفارش ۱۲۳۴ است');
    expect(await listRows(scene.agent, 'mine')).toEqual([]);
    await scene.agent.call('/api/me', { method: 'PATCH', body: { status: 'online' } });
    await desk.until('the ticket', () => pushed().length === 1);
    conversation = pushed()[0]?.conversation ?? '';
    expect(pushed()).toEqual([
      {
        ticketId: (await ticketOf(1)).id,
        number: 1,
        prefix: '',
        conversation,
        agentId: scene.sara.id,
        by: 'router',
      },
    ]);
    await desk.watch(conversation);
    await desk.catchUp({ [conversation]: 0 });
    expect(desk.bodies(conversation).filter(Boolean)).toEqual(['سلام، سفارش من نرسیده', 'شماره سفارش ۱۲۳۴ است']);
    expect(await ticketOf(1)).toMatchObject({ state: 'open', ownerId: scene.sara.id });
  });

  it('shows each side that the other writes, and the agent how far her answer came', async () => {
    visitor.typing(true);
    await desk.until('typing', () => desk.of<{ conversation: string }>('customer.typing').length > 0);
    expect(desk.of<{ conversation: string }>('customer.typing')[0]?.conversation).toBe(conversation);
    desk.socket.emit('typing', { conversation, on: true });
    await until(
      () => Promise.resolve(visitor.typingSigns),
      (signs) => signs.some(({ name }) => name === 'Sara'),
    );
    await reply('web', 'سلام! شماره و نشانی‌تان چیست؟');
    await visitor.waitFor(({ body, from, name }) => body.startsWith('سلام!') && from === 'agent' && name === 'Sara');
    await message('سلام! شماره و نشانی‌تان چیست؟', ({ delivery }) => delivery === 'delivered');
    visitor.seen();
    await message('سلام! شماره و نشانی‌تان چیست؟', ({ delivery }) => delivery === 'read');
  });

  it('puts an SMS, a call and a mail into the same conversation and ticket, once the agent has confirmed number and address', async () => {
    const person = (await open()).customer.id;
    await note(person, { kind: 'phone', address: '0912 123 4567' });
    await note(person, { kind: 'email', address: 'Mina@Example.org' });
    await sms('این شماره من است');
    await scene.world.pbx?.call({ from: '09121234567', to: '02188888888', answeredBy: '101' });
    const file = '۱۲۳۴';
    const text = 'فاکتور پیوست است.\nلطفاً بررسی کنید.';
    const first = await writeMail({ to: worldMailbox, subject: 'فاکتور', text, references: [], file });
    thread.push(first.messageId);
    const mail = await message(text);
    expect(mail).toMatchObject({ subject: 'فاکتور', ticketReason: 'only_open' });
    expect(mail.attachments).toMatchObject([{ name: 'فاکتور.txt', bytes: 8, state: 'stored' }]);
    const call = await until(
      async () => (await open()).messages.find(({ kind }) => kind === 'call'),
      (found) => found?.call?.state === 'ended',
    );
    expect(call?.call).toMatchObject({ direction: 'in', outcome: 'answered' });
    const view = await open();
    expect(view.parts.map((part) => part.conversation)).toEqual([conversation]);
    expect(view.tickets).toHaveLength(1);
    expect(new Set(view.messages.map((one) => one.ticketId))).toEqual(new Set([view.tickets[0]?.id]));
    await desk.until('all of it', () => desk.hasHeard('این شماره من است') && desk.hasHeard('بررسی کنید'));
  });

  it('answers by SMS, and shows that it arrived', async () => {
    await reply('sms', 'پیامک شما رسید.');
    await message('پیامک شما رسید.', ({ delivery }) => delivery === 'delivered');
    expect(scene.world.twilio.receivedBy(phone).map(({ body }) => body)).toEqual(['پیامک شما رسید.']);
  });

  it('answers mail in its thread over real SMTP, and takes the answer to the answer into the same thread', async () => {
    const first = await answerByMail('فاکتور درست است.');
    expect(first).toMatchObject({ subject: 'Re: فاکتور', text: 'فاکتور درست است.' });
    const replyTo = /[^\s<>]+@[^\s<>]+/.exec(first.headers['reply-to'] ?? '')?.[0] ?? '';
    expect(replyTo).toMatch(/^support\+.+@peyk\.test$/);
    const text = 'سپاس. کی می‌رسد؟';
    const { messageId } = await writeMail({ to: replyTo, subject: 'Re: فاکتور', text, references: thread });
    thread.push(messageId);
    const asked = (await open()).messages.find(({ subject }) => subject === 'فاکتور');
    expect(await message(text)).toMatchObject({ threadId: asked?.threadId, ticketReason: 'reference' });
    await answerByMail('فردا می‌رسد.');
  });

  /** Our mail as the recipient's server has it, its place in the thread checked. */
  async function answerByMail(body: string): Promise<SentMail> {
    const sent = await reply('email', body);
    const mail = await scene.world.mail.waitFor(({ text }) => text === body, 10_000);
    expect(mail.envelope).toEqual({ from: worldMailbox, to: [mailbox] });
    expect(mail.headers['in-reply-to']).toBe(thread.at(-1));
    expect(mail.headers['references']?.split(/\s+/)).toEqual(thread);
    expect(scene.world.mail.copiesOf(mail.messageId)).toBe(1);
    const [stored] = await scene.hub.database.query<{ mail_id: string }>('select mail_id from message where id = $1', [
      sent.id,
    ]);
    expect(mail.messageId).toBe(stored?.mail_id);
    thread.push(mail.messageId);
    return mail;
  }

  it('opens a second ticket for a Telegram chat after the first is past reopening, pushes it, and joins the two people', async () => {
    await solve(1);
    await scene.hub.database.query(`update ticket set reopen_until = clock_timestamp() - interval '1 second'`);
    scene.world.bot.customer(chat, 'Mina').say('یک پرسش تازه دارم');
    await desk.until('the second ticket', () => pushed().length === 2);
    const second = pushed()[1] as AssignmentFrame;
    expect(second).toMatchObject({ number: 2, agentId: scene.sara.id, by: 'router' });
    const other = (await openConversation(scene.agent, second.conversation)).customer.id;
    const into = (await open()).customer.id;
    expect((await scene.agent.call(`/api/customers/${other}/merge`, { body: { into } })).status).toBe(200);
    const view = await open();
    expect(view.customer.identities.map(({ kind }) => kind).toSorted()).toEqual(['email', 'phone', 'telegram', 'web']);
    expect([...new Set(view.ways.map(({ channelKind }) => channelKind))].toSorted()).toEqual([
      'email',
      'sms',
      'telegram',
      'web',
    ]);
    await reply('telegram', 'بله، شناختم.');
    await message('بله، شناختم.', ({ delivery }) => delivery === 'sent');
  });

  it('takes whatever comes from any of the five into the second ticket, and opens no third', async () => {
    await sms('پیامک تازه');
    const text = 'یک چیز دیگر';
    await writeMail({ to: worldMailbox, subject: 'Re: فاکتور', text, references: thread });
    await message(text);
    await scene.world.pbx?.call({ from: '09121234567', to: '02188888888', answeredBy: '101' });
    await visitor.say('در سایت هم هستم');
    const { id } = await ticketOf(2);
    const view = await open();
    // What is past reopening is closed by the hub in its own time.
    expect(view.tickets.map(({ number, state }) => `#${String(number)} ${state}`).toSorted()).toEqual([
      expect.stringMatching(/^#1 (solved|closed)$/),
      '#2 open',
    ]);
    expect(view.messages.slice(0, 4).map(({ ticketId }) => ticketId)).toEqual([id, id, id, id]);
    expect(await message(text)).toMatchObject({ ticketReason: 'only_open' });
  });

  it('reopens the second ticket within its window, and pushes it to a console that was just opened, with the whole history', async () => {
    desk.close();
    desk = await openedConsole(scene.hub, scene.sara.id);
    await solve(2);
    await visitor.say('نه، هنوز تمام نشده');
    await desk.until('the ticket again', () => pushed().length === 1);
    expect(pushed()[0]).toMatchObject({ number: 2, conversation, agentId: scene.sara.id, by: 'router' });
    const watched = await desk.watch(conversation);
    const revs = watched.ok ? Object.keys(watched.value.revs).map((part) => [part, 0]) : [];
    expect(revs).toHaveLength(2);
    await desk.catchUp(Object.fromEntries(revs) as Record<string, number>);
    const messages = [...desk.rows.values()]
      .flatMap((row) => [...row.messages.values()])
      .toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
    expect(story({ messages, tickets: (await open()).tickets })).toEqual(told.slice(0, -1));
    await reply('telegram', 'حتماً پیگیری می‌کنم.');
    await message('حتماً پیگیری می‌کنم.', ({ delivery }) => delivery === 'sent');
  });

  it('ends with one conversation in one order without a gap, two tickets, one agent, and everything sent exactly once', async () => {
    const view = await open();
    expect(story(view)).toEqual(told);
    expect(await listRows(scene.agent, 'mine')).toMatchObject([{ conversation, ticket: { number: 2, state: 'open' } }]);
    expect(await scene.hub.database.query('select number::int, owner_id from ticket order by number')).toEqual([
      { number: 1, owner_id: scene.sara.id },
      { number: 2, owner_id: scene.sara.id },
    ]);
    expect(await scene.hub.database.query('select distinct agent_id from assignment')).toEqual([
      { agent_id: scene.sara.id },
    ]);
    expect(await scene.hub.database.query('select count(*)::int from customer where merged_into is null')).toEqual([
      { count: 1 },
    ]);
    const gaps = `select c.id from conversation c join message m on m.conversation_id = c.id
      group by c.id having array_agg(m.seq order by m.seq) <> array(select generate_series(1, c.last_seq))`;
    expect(await scene.hub.database.query(gaps)).toEqual([]);
    expect(scene.world.twilio.receivedBy(phone)).toHaveLength(1);
    expect(scene.world.mail.sent.map(({ messageId }) => messageId)).toEqual([thread[1], thread[3]]);
    expect(scene.world.bot.receivedBy(chat).map(({ text }) => text)).toEqual(['بله، شناختم.', 'حتماً پیگیری می‌کنم.']);
    expect(visitor.screen.messages.map(({ from, body }) => `${from}: ${body}`)).toEqual(
      told
        .filter((line) => line.includes(' web '))
        .map((line) => line.replace(/^#. web in: /, 'me: ').replace(/^#. web out: /, 'agent: ')),
    );
    expect(visitor.screen.faults).toEqual([]);
  });
});
