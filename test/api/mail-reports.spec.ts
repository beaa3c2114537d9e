import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerView, MessageView, Page, SuppressionView, TicketView } from '#contract';
import type { InboundMessage } from '#channels';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import type { CustomerMail, SentMail } from '../../tools/stand-ins/mail-server.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildBounce, type BounceWish } from '../support/build-bounce.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

const inbox = worldMailbox;
let scene: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(() => scene?.close());

/** Somebody who wrote once, with the answer that an agent gave. */
interface Exchange {
  address: string;
  conversation: string;
  ticket: TicketView;
  answer: MessageView;
  sent: SentMail;
}

const write = (mail: CustomerMail) => scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, mail);
const open = (conversation: string): Promise<ConversationView> => openConversation(scene.agent, conversation);

async function conversationOf(address: string): Promise<string> {
  const [row] = await scene.hub.database.query<{ id: string }>(
    `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
    [address],
  );
  return row?.id ?? '';
}

async function exchange(): Promise<Exchange> {
  count += 1;
  const address = `person${count}@example.org`;
  await write({
    from: address,
    to: inbox,
    subject: `Order ${count}`,
    text: 'Where is it?',
    messageId: `<q${count}@example.org>`,
  });
  const conversation = await conversationOf(address);
  const answer = await replyBy(scene.agent, conversation, 'email', `On its way, ${count}.`);
  const sent = await scene.world.mail.waitFor((mail) => mail.text.includes(`On its way, ${count}.`));
  await until(
    async () => (await open(conversation)).messages.find(({ id }) => id === answer.id)?.delivery,
    (state) => state === 'sent',
  );
  const [ticket] = (await open(conversation)).tickets;
  return { address, conversation, ticket: ticket as TicketView, answer, sent };
}

async function bounce(of: Exchange, wish: Partial<BounceWish> = {}): Promise<void> {
  const raw = buildBounce({ to: inbox, failed: of.address, messageId: of.sent.messageId, ...wish });
  await write({ from: inbox, envelopeFrom: '', to: inbox, raw });
}

async function solve({ conversation }: Exchange): Promise<void> {
  const [ticket] = (await open(conversation)).tickets as [TicketView];
  const path = `/api/tickets/${ticket.id}`;
  const answer = await scene.agent.call(path, { method: 'PATCH', body: { version: ticket.version, state: 'solved' } });
  expect(answer.status).toBe(200);
}

async function workOf(ticket: string): Promise<number> {
  const rows = await scene.hub.database.query(`select 1 from work_item where ticket_id = $1`, [ticket]);
  return rows.length;
}

const shown = async ({ conversation, answer }: Exchange) =>
  (await open(conversation)).messages.find(({ id }) => id === answer.id) as MessageView;

/** An exchange that goes on with an answer which others have too. */
async function withCopies(more: { cc?: string[]; bcc?: string[] }): Promise<Exchange> {
  const one = await exchange();
  const body = `For ${one.address} and others.`;
  const answer = await replyBy(scene.agent, one.conversation, 'email', body, more);
  const sent = await scene.world.mail.waitFor((mail) => mail.text.includes(body));
  await until(
    () => shown({ ...one, answer }),
    ({ delivery }) => delivery === 'sent',
  );
  return { ...one, answer, sent };
}

const waitingOf = ({ answer }: Exchange) =>
  scene.hub.database.query(
    `select id, only_to from delivery where conversation_id = $1 and seq = $2 and state = 'queued'`,
    [answer.conversation, answer.seq],
  );

describe('a bounce', () => {
  it('marks the message it is about with the words of the server, and stops what would follow to the address', async () => {
    const one = await exchange();
    await bounce(one);
    const failed = await shown(one);
    expect(failed.delivery).toBe('failed');
    expect(failed.deliveryError).toContain('User unknown');
    const [identity] = (await open(one.conversation)).customer.identities;
    expect(identity?.unreachable).toContain('User unknown');

    const before = scene.world.mail.sent.length;
    const next = await replyBy(scene.agent, one.conversation, 'email', 'Are you there?');
    const stopped = await until(
      async () => (await open(one.conversation)).messages.find(({ id }) => id === next.id),
      (message) => message?.delivery === 'failed',
    );
    expect(stopped?.deliveryError).toContain('Nothing is sent to this address');
    expect(scene.world.mail.sent).toHaveLength(before);
  });

  it('comes onto the timeline with its ticket, and is there without it at no moment', async () => {
    const one = await exchange();
    // A ticket that it must not wake.
    await solve(one);
    // What a row is when it is written, before anything could change it: a crash may leave it so.
    await scene.hub.database.query(`
      create table if not exists born (ticket_id uuid, flags jsonb);
      create or replace function is_born() returns trigger language plpgsql as $$
      begin
        insert into born values (new.ticket_id, new.content -> 'flags');
        return new;
      end $$;
      create or replace trigger is_born after insert on message for each row execute function is_born();`);
    try {
      await bounce(one);
      await write({
        from: one.address,
        to: inbox,
        subject: 'Automatic reply: Order',
        text: 'I am out of the office.',
        headers: { 'Auto-Submitted': 'auto-replied' },
        inReplyTo: one.sent.messageId,
      });
      const born = await scene.hub.database.query<{ ticket_id: string }>('select ticket_id from born');
      expect(born).toEqual([{ ticket_id: one.ticket.id }, { ticket_id: one.ticket.id }]);
      expect((await open(one.conversation)).tickets.map(({ state }) => state)).toEqual(['solved']);
    } finally {
      await scene.hub.database.query('drop table born; drop function is_born() cascade;');
    }
  });

  it('stands beside the message it is about, without a customer, work or a state of its own', async () => {
    const one = await exchange();
    await solve(one);
    const worked = await workOf(one.ticket.id);
    await bounce(one);
    const { messages, tickets } = await open(one.conversation);
    const report = messages[0];
    expect(report?.flags).toEqual(expect.arrayContaining(['automatic', 'bounce']));
    expect(report?.ticketId).toBe(one.ticket.id);
    expect(tickets.map(({ state }) => state)).toEqual(['solved']);
    expect(await workOf(one.ticket.id)).toBe(worked);
    expect(await conversationOf('mailer-daemon@mx.example.net')).toBe('');
  });

  it('keeps copies of later mails from the address as well', async () => {
    const [gone, other] = [await exchange(), await exchange()];
    await bounce(gone);
    await replyBy(scene.agent, other.conversation, 'email', 'A copy for both.', {
      cc: [gone.address, 'third@example.org'],
    });
    const sent = await scene.world.mail.waitFor((mail) => mail.text.includes('A copy for both.'));
    expect(sent.envelope.to).toEqual([other.address, 'third@example.org']);
  });

  it('lets an agent lift the block, after which mail leaves again', async () => {
    const one = await exchange();
    await bounce(one);
    const { customer } = await open(one.conversation);
    const [identity] = customer.identities;
    const list = () => scene.admin.call<Page<SuppressionView>>('/api/suppressed-addresses?limit=100');
    expect((await list()).body.rows.map(({ address }) => address)).toContain(one.address);

    const path = `/api/customers/${customer.id}/identities/${identity?.id}/suppression`;
    expect((await scene.agent.call(path, { method: 'DELETE' })).status).toBe(200);
    expect((await scene.agent.call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await list()).body.rows.map(({ address }) => address)).not.toContain(one.address);
    await replyBy(scene.agent, one.conversation, 'email', 'Found your new mailbox.');
    await scene.world.mail.waitFor((mail) => mail.text.includes('Found your new mailbox.'));
  });

  it('for a passing reason tries the same mail again later, a few times, and silences nobody', async () => {
    const one = await exchange();
    const full = { status: '5.2.2', words: '552 5.2.2 Mailbox full' };
    for (const tries of [1, 2, 3, 4]) {
      await bounce(one, full);
      const waiting = await scene.hub.database.query<{ late: boolean; mail_id: string }>(
        `select due_at > clock_timestamp() + interval '20 minutes' as late, mail_id from delivery
         where conversation_id = $1 and seq = $2 and state = 'queued'`,
        [one.answer.conversation, one.answer.seq],
      );
      expect(waiting).toEqual(tries === 4 ? [] : [{ late: true, mail_id: one.sent.messageId }]);
      await scene.hub.database.query(
        `update delivery set state = 'failed' where conversation_id = $1 and state = 'queued'`,
        [one.answer.conversation],
      );
    }
    expect((await open(one.conversation)).customer.identities[0]?.unreachable).toBeNull();
  });

  it('for a passing reason sends nothing again to those who had a copy', async () => {
    for (const more of [{ cc: ['copied@example.org'] }, { bcc: ['hidden@example.org'] }]) {
      const one = await withCopies(more);
      await bounce(one, { status: '4.2.2', words: '452 4.2.2 Mailbox full' });
      const waiting = await shown(one);
      expect([waiting.delivery, waiting.deliveryError]).toEqual(['queued', expect.stringContaining('Mailbox full')]);
      expect(await waitingOf(one)).toEqual([{ id: expect.anything(), only_to: [one.address] }]);
    }
  });

  it('that waits to be tried again holds up no later answer of its thread', async () => {
    const one = await exchange();
    await bounce(one, { status: '5.2.2', words: '552 5.2.2 Mailbox full' });
    expect(await waitingOf(one)).toHaveLength(1);
    await replyBy(scene.agent, one.conversation, 'email', `Later word for ${one.address}.`);
    await scene.world.mail.waitFor((mail) => mail.text.includes(`Later word for ${one.address}.`));
    expect(await waitingOf(one)).toHaveLength(1);
  });

  it('of a hidden copy is told by its address', async () => {
    const one = await withCopies({ bcc: ['gone@example.org'] });
    await bounce(one, { failed: 'gone@example.org' });
    const failed = await shown(one);
    expect(failed.delivery).toBe('failed');
    expect(failed.deliveryError).toMatch(/^gone@example\.org: .*User unknown/u);
  });

  it('of mail to an address that somebody only claims makes nobody who owns it', async () => {
    const one = await exchange();
    const address = `claimed${count}@example.org`;
    const { customer } = await open(one.conversation);
    const path = `/api/customers/${customer.id}`;
    const typed = await scene.agent.call<CustomerView>(`${path}/identities`, { body: { kind: 'email', address } });
    const claim = typed.body.claims[0];
    const way = (await open(one.conversation)).ways.find((found) => found.address === address);
    const { body: answer } = await scene.agent.call<MessageView>(`/api/conversations/${one.conversation}/messages`, {
      body: {
        id: uuid(),
        kind: 'text',
        body: `Is ${address} yours?`,
        subject: 'hello',
        channelId: way?.channelId,
        identityId: way?.identityId,
      },
    });
    const sent = await scene.world.mail.waitFor((mail) => mail.text.includes(`Is ${address} yours?`));
    const claimed = { ...one, address, answer, sent };
    await until(
      () => shown(claimed),
      ({ delivery }) => delivery === 'sent',
    );
    const people = await scene.hub.database.query('select 1 from customer');
    await bounce(claimed);
    expect(await scene.hub.database.query('select 1 from customer')).toHaveLength(people.length);
    expect((await shown(claimed)).deliveryError).toContain('User unknown');
    const kept = await scene.hub.database.query(
      `select state from inbound_event where position(convert_to($1, 'UTF8') in raw) > 0 and state = 'ignored'`,
      [`Final-Recipient: rfc822; ${address}`],
    );
    expect(kept).toHaveLength(1);
    const confirmed = await scene.agent.call(`${path}/claims/${claim?.id}/confirm`, { method: 'POST' });
    expect(confirmed.status).toBe(200);
  });

  it('that names our mail keeps its words when mail was passed on to an address that we do not know', async () => {
    const one = await exchange();
    const { rev } = await shown(one);
    await bounce(one, { failed: 'passed-on@example.org' });
    const told = await shown(one);
    expect([told.delivery, told.deliveryError]).toEqual([
      'sent',
      expect.stringMatching(/^passed-on@example\.org: .*User unknown/u),
    ]);
    // Consoles that have the message open hear of it.
    expect(told.rev).toBeGreaterThan(rev);
    const blocked = await scene.hub.database.query(`select 1 from suppressed_address where address = $1`, [
      'passed-on@example.org',
    ]);
    expect(blocked).toEqual([]);
  });

  it('that only tells of a delay changes nothing', async () => {
    const one = await exchange();
    await bounce(one, { action: 'delayed', status: '4.4.1', words: 'connection timed out' });
    expect((await shown(one)).delivery).toBe('sent');
    expect((await open(one.conversation)).customer.identities[0]?.unreachable).toBeNull();
  });

  it('silences nobody whom the message had not gone to', async () => {
    const [one, other] = [await exchange(), await exchange()];
    await bounce(one, { failed: other.address });
    expect((await open(other.conversation)).customer.identities[0]?.unreachable).toBeNull();
    expect((await shown(one)).delivery).toBe('sent');
  });

  it('about a mail that is not ours opens nothing and is kept', async () => {
    count += 1;
    const tickets = await scene.hub.database.query('select 1 from ticket');
    const raw = buildBounce({ to: inbox, failed: 'nobody@example.org', messageId: '<never@elsewhere.example>' });
    await write({ from: inbox, envelopeFrom: '', to: inbox, raw });
    expect(await scene.hub.database.query('select 1 from ticket')).toHaveLength(tickets.length);
    expect(await conversationOf('mailer-daemon@mx.example.net')).not.toBe('');
  });

  it('is written once, however often its mail comes', async () => {
    const one = await exchange();
    const raw = buildBounce({ to: inbox, failed: one.address, messageId: one.sent.messageId });
    for (let turn = 0; turn < 3; turn++) {
      await write({ from: inbox, envelopeFrom: '', to: inbox, raw });
    }
    const rows = await scene.hub.database.query(`select 1 from mail_report where address = $1`, [one.address]);
    expect(rows).toHaveLength(1);
    expect((await open(one.conversation)).messages.filter(({ flags }) => flags.includes('bounce'))).toHaveLength(1);
  });
});

describe('what was queued before its address was blocked', () => {
  it('fails when its time comes, and does not leave', async () => {
    const one = await exchange();
    await bounce(one, { status: '5.2.2', words: '552 5.2.2 Mailbox full' });
    await bounce(one);
    const copies = scene.world.mail.copiesOf(one.sent.messageId);
    await scene.hub.database.query(
      `update delivery set due_at = clock_timestamp() where conversation_id = $1 and state = 'queued'`,
      [one.answer.conversation],
    );
    const message = await until(
      () => shown(one),
      ({ deliveryError }) => deliveryError?.includes('Nothing is sent to this address') === true,
    );
    expect(message.delivery).toBe('failed');
    expect(scene.world.mail.copiesOf(one.sent.messageId)).toBe(copies);
  });
});

describe('a complaint', () => {
  it('blocks the address of whoever complained and leaves the message as it arrived', async () => {
    const one = await exchange();
    const raw = [
      'From: Feedback <feedback@provider.example>',
      `To: ${inbox}`,
      'Subject: Fw: your mail',
      'Message-ID: <arf1@provider.example>',
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      '',
      '--b',
      '',
      'This is an abuse report.',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      `Original-Rcpt-To: ${one.address}`,
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${one.sent.messageId}`,
      '',
      'text',
      '--b--',
    ].join('\r\n');
    await write({ from: 'feedback@provider.example', to: inbox, raw: Buffer.from(raw) });
    const { customer, messages } = await open(one.conversation);
    expect(customer.identities[0]?.unreachable).toBe('abuse');
    expect(messages[0]?.flags).toEqual(expect.arrayContaining(['automatic', 'complaint']));
    expect((await shown(one)).delivery).toBe('sent');
  });
});

describe('an absence note', () => {
  it('shows until when somebody is away and reopens nothing', async () => {
    const one = await exchange();
    await solve(one);
    await write({
      from: one.address,
      to: inbox,
      subject: 'Automatic reply: Order',
      text: 'I am out of the office until 24 December 2027.',
      headers: { 'Auto-Submitted': 'auto-replied' },
      inReplyTo: one.sent.messageId,
    });
    const { messages, tickets, customer } = await open(one.conversation);
    expect(messages[0]?.flags).toEqual(expect.arrayContaining(['automatic', 'out_of_office']));
    expect(messages[0]?.ticketId).toBe(one.ticket.id);
    expect(tickets.map(({ state }) => state)).toEqual(['solved']);
    expect(customer.identities[0]?.awayUntil).toBe('2027-12-24');
  });
});

describe('mail that nobody wrote', () => {
  const ticketsOf = async (address: string) => (await open(await conversationOf(address))).tickets;

  it('opens no ticket when it is a newsletter, and one when it is a form or an alarm', async () => {
    const list = { 'List-Unsubscribe': '<mailto:leave@news.example>', Precedence: 'bulk' };
    await write({ from: 'news@news.example', to: inbox, subject: 'Our week', text: 'Offers', headers: list });
    const form = { 'Auto-Submitted': 'auto-generated' };
    await write({ from: 'form@site.example', to: inbox, subject: 'Contact form', text: 'Call me', headers: form });
    const [news] = await scene.hub.database.query<{ ticket_id: string | null }>(
      `select m.ticket_id from message m join identity i on i.id = m.identity_id where i.address = 'news@news.example'`,
    );
    expect(news).toEqual({ ticket_id: null });
    expect(await ticketsOf('form@site.example')).toHaveLength(1);
  });

  it('is a customer when it came through a group of our own', async () => {
    const group = { 'List-Id': '<support.peyk.test>', Precedence: 'list', 'List-Unsubscribe': '<mailto:x@peyk.test>' };
    await write({ from: 'grouped@example.org', to: inbox, subject: 'Help', text: 'Please', headers: group });
    const [ticket] = await ticketsOf('grouped@example.org');
    expect(ticket?.state).toBe('new');
  });
});

describe('a mail that its domain disowns', () => {
  const forged = (from: string, text: string): InboundMessage => ({
    type: 'message',
    externalId: uuid(),
    raw: Buffer.from(text),
    from: { kind: 'email', address: from, trust: 'unauthenticated', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: {
      messageId: `<${uuid()}@x>`,
      inReplyTo: null,
      references: [],
      subject: text,
      to: [inbox],
      cc: [],
      threadToken: null,
    },
    replyTo: null,
    flags: ['forged'],
  });
  const take = (message: InboundMessage) =>
    scene.hub.app.get(Receiving).take({ id: scene.channels.email, kind: 'email' }, [message]);

  it('stays on the timeline and reopens nothing', async () => {
    const one = await exchange();
    await solve(one);
    await take(forged(one.address, 'Change my password'));
    const { messages, tickets } = await open(one.conversation);
    expect(messages[0]).toMatchObject({ body: 'Change my password', ticketId: null });
    expect(tickets.map(({ state }) => state)).toEqual(['solved']);
  });

  it('opens a ticket where it would vanish otherwise', async () => {
    await take(forged('disowned@example.org', 'Is this read?'));
    expect((await open(await conversationOf('disowned@example.org'))).tickets).toHaveLength(1);
  });
});
