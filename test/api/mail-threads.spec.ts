import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseEmail } from '../../libs/channels/src/email/parse-email.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import type { ThreadPlaceView } from '../../apps/hub/src/desk/messages/thread-place.service.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import type { CustomerMail, SentMail } from '../../tools/stand-ins/mail-server.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';

let all: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  all = await startConnectedWorld();
});
afterAll(() => all.close());

/** A mail of a customer as the hub keeps it. */
interface Kept {
  conversation: string;
  thread: string;
  subject: string;
  participants: string[];
  flags: string[];
  related: string | null;
  from: string;
}

async function keptOf(messageId: string): Promise<Kept> {
  const [row] = await all.hub.database.query<Kept>(
    `select m.conversation_id as conversation, t.id as thread, t.subject, t.participants, coalesce(m.content -> 'flags', '[]') as flags,
            m.content ->> 'relatedThread' as related, i.address as from
     from message m join thread t on t.id = m.thread_id join identity i on i.id = m.identity_id
     where m.mail_id = $1 and m.direction = 'in'`,
    [messageId],
  );
  if (!row) {
    throw new Error(`no mail ${messageId} was kept`);
  }
  return row;
}

type Wish = Partial<CustomerMail> & { from: string };

/** A customer's mail over SMTP, and what became of it. */
async function write(wish: Wish): Promise<Kept & { messageId: string }> {
  count += 1;
  const mail = {
    to: worldMailbox,
    subject: 'Order 17',
    text: `mail ${count}`,
    messageId: `<c${count}@example.org>`,
    ...wish,
  };
  await all.world.mail.writeTo(all.hub.app.get(MailReceiver).port as number, mail);
  return { ...(await keptOf(mail.messageId)), messageId: mail.messageId };
}

/** The same with a domain that vouches for it, or denies it. */
async function writeAs(verdict: 'pass' | 'fail', head: Record<string, string>, text = 'hello'): Promise<Kept> {
  count += 1;
  const messageId = `<v${count}@example.org>`;
  const lines = Object.entries({ To: worldMailbox, 'Message-ID': messageId, ...head }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const event = await parseEmail(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`), {
    envelopeTo: [worldMailbox],
    envelopeFrom: null,
    accountAddresses: [worldMailbox],
    verdict,
  } as Parameters<typeof parseEmail>[1]);
  await all.hub.app.get(Receiving).take({ id: all.channels.email, kind: 'email' }, [event]);
  return keptOf(messageId);
}

/** An agent's answer, as it left. */
async function answer(to: Kept, more: object = {}): Promise<SentMail> {
  const { body, mailId } = await replyTo(to, more);
  expect(body).toBe('answer');
  return all.world.mail.waitFor(({ messageId }) => messageId === mailId);
}

async function replyTo({ conversation, thread }: Pick<Kept, 'conversation' | 'thread'>, more: object) {
  const { id, body } = await replyBy(all.agent, conversation, 'email', 'answer', { threadId: thread, ...more });
  const [row] = await all.hub.database.query<{ mail_id: string }>('select mail_id from message where id = $1', [id]);
  return { body, mailId: row?.mail_id ?? '' };
}

describe('a mail that answers ours', () => {
  it('joins by the plus address alone, though every header is gone', async () => {
    const asked = await write({ from: 'token@example.org' });
    const { headers } = await answer(asked);
    const back = await write({ from: 'token@example.org', to: headers['reply-to'] as string, subject: 'RE: Order 17' });
    expect(back.thread).toBe(asked.thread);
  });

  it('joins by In-Reply-To alone, also after a mail program cut References to one', async () => {
    const asked = await write({ from: 'apple@example.org' });
    const { messageId } = await answer(asked);
    const back = await write({ from: 'apple@example.org', inReplyTo: messageId, references: [messageId] });
    expect(back.thread).toBe(asked.thread);
    const again = await write({ from: 'apple@example.org', references: ['<never-seen@example.org>', back.messageId] });
    expect(again.thread).toBe(asked.thread);
  });

  it('joins by the id that a server on the way gave our mail', async () => {
    const asked = await write({ from: 'relay@example.org' });
    await answer(asked);
    const { learnMailIds } = await import('../../apps/hub/src/delivery/thread-ids.query.js');
    await learnMailIds(all.hub.database, asked.thread, ['<0102-000000@eu-west-1.amazonses.com>']);
    const back = await write({ from: 'relay@example.org', inReplyTo: '<0102-000000@eu-west-1.amazonses.com>' });
    expect(back.thread).toBe(asked.thread);
  });

  it('joins by References to a mail of ours that is stored nowhere any more', async () => {
    const asked = await write({ from: 'proof@example.org' });
    const { ThreadTokens } = await import('../../apps/hub/src/delivery/thread-tokens.service.js');
    const lost = all.hub.app
      .get(ThreadTokens)
      .messageIdFor({ messageId: '0190c0de-1234-7abc-8def-0123456789ab', threadId: asked.thread }, 'peyk.test');
    expect((await write({ from: 'proof@example.org', references: [lost] })).thread).toBe(asked.thread);
    expect((await write({ from: 'other-proof@example.org', references: [lost] })).thread).not.toBe(asked.thread);
  });

  it('joins by the mark in the mail of ours that it quotes, when a system on the way cut every header off', async () => {
    const asked = await write({ from: 'mark@example.org' });
    const { headers } = await answer(asked);
    const token = /\+([a-z2-7]{39})@/u.exec(headers['reply-to'] as string)?.[1] ?? '';
    const text = `thanks\n\n> answer\n> peyk:${token}`;
    expect((await write({ from: 'mark@example.org', text })).thread).toBe(asked.thread);
    expect((await write({ from: 'other-mark@example.org', text })).thread).not.toBe(asked.thread);
  });

  it('meets its sibling that answered the same mail we never saw', async () => {
    const first = await write({ from: 'sibling@example.org', inReplyTo: '<unseen@elsewhere.example>' });
    const second = await write({ from: 'sibling@example.org', references: ['<unseen@elsewhere.example>'] });
    expect(second.thread).toBe(first.thread);
  });

  it.each(['Re: order 17', 'AW: RE: Order 17', 'پاسخ: Order 17', 'Fwd: Re[2]: Order 17', '[EXT] Re: Order 17', ''])(
    'stays in its thread under the subject “%s”',
    async (subject) => {
      const from = `prefix${count}@example.org`;
      const asked = await write({ from });
      expect((await write({ from, subject, inReplyTo: asked.messageId })).thread).toBe(asked.thread);
    },
  );
});

describe('a mail that must not join', () => {
  it('is a stranger’s with a valid ticket number', async () => {
    const asked = await write({ from: 'owner@example.org' });
    const [ticket] = await all.hub.database.query<{ number: number }>(
      'select number from ticket where conversation_id = $1',
      [asked.conversation],
    );
    const stranger = await write({ from: 'stranger1@example.org', subject: `Re: Order 17 [#${ticket?.number}]` });
    expect([stranger.thread === asked.thread, stranger.conversation === asked.conversation]).toEqual([false, false]);
  });

  it('is a stranger’s with valid References: it begins a thread of its own, with a hint for the agent', async () => {
    const asked = await write({ from: 'victim@example.org' });
    const { messageId } = await answer(asked);
    const stranger = await write({ from: 'stranger2@example.org', inReplyTo: messageId, references: [messageId] });
    expect(stranger.thread).not.toBe(asked.thread);
    expect(stranger.conversation).not.toBe(asked.conversation);
    expect(stranger.flags).toContain('possibly_related');
    expect(stranger.related).toBe(asked.thread);
    const place = await all.agent.call<ThreadPlaceView>(`/api/threads/${asked.thread}/place`);
    const [mine] = await all.hub.database.query<{ id: string }>('select id from message where mail_id = $1', [
      messageId,
    ]);
    expect([place.status, place.body.conversation, place.body.message.id]).toEqual([200, asked.conversation, mine?.id]);
    // And what the agent answers there names nothing of the other thread.
    const { raw, headers } = await answer(stranger);
    expect(headers['references']).toBe(stranger.messageId);
    expect(Buffer.from(raw).toString()).not.toContain(messageId);
  });

  it('carries a forged token', async () => {
    const asked = await write({ from: 'forger@example.org' });
    const { headers } = await answer(asked);
    const forged = (headers['reply-to'] as string).replace(
      /\+(.)/u,
      (_, letter: string) => `+${letter === 'a' ? 'b' : 'a'}`,
    );
    const back = await write({ from: 'someone@example.org', to: forged });
    expect([back.thread === asked.thread, back.flags.includes('possibly_related')]).toEqual([false, false]);
  });

  it('is denied by its own domain, whatever it names', async () => {
    const asked = await writeAs('pass', { From: 'denied@example.org', Subject: 'Order 17' });
    const { messageId, headers } = await answer(asked);
    const forged = await writeAs('fail', {
      From: 'boss@example.org',
      To: headers['reply-to'] as string,
      Subject: 'Re: Order 17',
      'In-Reply-To': messageId,
    });
    expect(forged.thread).not.toBe(asked.thread);
    expect(forged.conversation).not.toBe(asked.conversation);
  });

  it('was forwarded to us by somebody else', async () => {
    const asked = await write({ from: 'passed-on@example.org' });
    const { messageId } = await answer(asked);
    const forwarded = await write({ from: 'colleague@example.org', subject: 'Fwd: Order 17', references: [messageId] });
    expect(forwarded.thread).not.toBe(asked.thread);
    expect(forwarded.flags).toContain('possibly_related');
  });
});

describe('a mail under another subject', () => {
  it('begins a thread of its own in the same conversation, and is answered under its own subject', async () => {
    const asked = await write({ from: 'topics@example.org' });
    await answer(asked);
    const other = await write({ from: 'topics@example.org', subject: 'Refund 99', inReplyTo: asked.messageId });
    expect([other.thread === asked.thread, other.conversation === asked.conversation]).toEqual([false, true]);
    expect([other.subject, other.related, other.flags.includes('possibly_related')]).toEqual([
      'Refund 99',
      asked.thread,
      false,
    ]);
    const outward = await answer(other);
    expect([outward.subject, outward.headers['in-reply-to'], outward.headers['references']]).toEqual([
      'Re: Refund 99',
      other.messageId,
      other.messageId,
    ]);
    const still = await answer(asked);
    expect(still.subject).toBe('Re: Order 17');
  });
});

describe('the people of a thread', () => {
  it('grow by those whom a vouched-for sender copies, and by nobody else', async () => {
    const asked = await writeAs('pass', {
      From: 'Ali <grow@example.org>',
      Cc: `reza@example.org, ${worldMailbox}`,
      Subject: 'Order 17',
    });
    expect(asked.participants.toSorted()).toEqual(['grow@example.org', 'reza@example.org']);
    const { messageId } = await answer(asked);
    const fromReza = await write({ from: 'reza@example.org', inReplyTo: messageId });
    expect(fromReza.thread).toBe(asked.thread);
    const spoofed = await write({
      from: 'grow@example.org',
      inReplyTo: messageId,
      headers: { Cc: 'attacker@example.org' },
    });
    expect([spoofed.thread === asked.thread, spoofed.participants.includes('attacker@example.org')]).toEqual([
      true,
      false,
    ]);
  });

  it('grow by those whom an agent copies', async () => {
    const asked = await write({ from: 'agent-cc@example.org' });
    const { messageId } = await answer(asked, { cc: ['lawyer@example.org'] });
    expect((await write({ from: 'lawyer@example.org', inReplyTo: messageId })).thread).toBe(asked.thread);
  });
});
