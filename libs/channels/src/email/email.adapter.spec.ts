import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MailServer, startMailServer } from '../../../../tools/stand-ins/mail-server.js';
import { type ChannelAccount, ChannelError } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import { createEmailAdapter, emailConfig, type EmailAdapter, type EmailSettings } from './email.adapter.js';
import { signThreadToken } from './thread-token.js';

let world: MailServer;
let adapter: EmailAdapter;

beforeEach(async () => {
  world = await startMailServer();
  adapter = createEmailAdapter({ patience: { connectMs: 3_000, answerMs: 3_000 } });
});

afterEach(async () => {
  adapter.close();
  await world.close();
});

function account(over: Partial<EmailSettings['smtp']> = {}): ChannelAccount<EmailSettings> {
  const config = emailConfig.parse({
    address: 'Support@Shop.example',
    fromName: 'فروشگاه',
    smtp: { host: '127.0.0.1', port: world.port, ...over },
  });
  return { id: 'email-1', name: 'Support', settings: { ...config, smtpPassword: '' }, publicUrl: null };
}

function message(
  over: Partial<OutboundMessage> = {},
  mail: Partial<NonNullable<OutboundMessage['mail']>> = {},
): OutboundMessage {
  return {
    id: '01900000-0000-7000-8000-000000000001',
    to: { kind: 'email', address: 'maryam@example.com' },
    toName: 'مریم',
    text: 'سلام',
    attachments: [],
    replyTo: null,
    ...over,
    mail: {
      messageId: '<m1@shop.example>',
      inReplyTo: null,
      references: [],
      subject: 'سفارش',
      cc: [],
      threadToken: null,
      ...mail,
    },
  };
}

async function sent(out: OutboundMessage) {
  const before = world.sent.length;
  await adapter.send(out, account());
  const mail = world.sent[before];
  if (!mail) {
    throw new Error('nothing arrived');
  }
  return mail;
}

async function failure(out: OutboundMessage, over: Partial<EmailSettings['smtp']> = {}): Promise<ChannelError> {
  const error: unknown = await adapter.send(out, account(over)).catch((caught: unknown) => caught);
  if (!(error instanceof ChannelError)) {
    throw new Error('expected a ChannelError', { cause: error });
  }
  return error;
}

describe('a mail of ours', () => {
  it('stands in its thread, under the id it was given', async () => {
    const token = signThreadToken('0190c0de-1234-7abc-8def-0123456789ab', Buffer.alloc(32, 1));
    const mail = await sent(
      message(
        {},
        {
          inReplyTo: '<c2@example.com>',
          references: ['<c1@example.com>', '<c2@example.com>'],
          subject: 'Re: سفارش',
          threadToken: token,
        },
      ),
    );
    expect(mail.messageId).toBe('<m1@shop.example>');
    expect(mail.subject).toBe('Re: سفارش');
    expect(mail.headers).toMatchObject({
      'in-reply-to': '<c2@example.com>',
      references: '<c1@example.com> <c2@example.com>',
      'reply-to': `support+${token}@shop.example`,
    });
    expect(mail.envelope).toEqual({ from: 'support@shop.example', to: ['maryam@example.com'] });
  });

  it('goes to the copies too, once each and never to ourselves', async () => {
    const cc = ['Reza@example.com', 'reza@example.com', 'maryam@example.com', 'support@shop.example', 'not an address'];
    expect((await sent(message({}, { cc }))).envelope.to).toEqual(['maryam@example.com', 'reza@example.com']);
  });

  it('gives each block its own direction and shows no markup as markup', async () => {
    const { html } = await sent(message({ text: 'می‌خواهم <b>\n\nHello & bye\nsecond' }));
    expect(html).toContain('<p dir="rtl"');
    expect(html).toContain('می&zwnj;خواهم &lt;b&gt;</p>');
    expect(html).toMatch(/<p dir="ltr"[^>]*>Hello &amp; bye<br>\r?\nsecond<\/p>/);
  });

  it('keeps the ends of a chain that has grown too long', async () => {
    const references = Array.from({ length: 100 }, (_, at) => `<r${at}@x>`);
    const ids = (await sent(message({}, { references }))).headers['references']?.split(' ') ?? [];
    expect([ids.length, ids[0], ids[19], ids[20], ids.at(-1)]).toEqual([40, '<r0@x>', '<r19@x>', '<r80@x>', '<r99@x>']);
  });

  it('carries files as they are read, and opens them again for a second try', async () => {
    const opened: Readable[] = [];
    const open = () => {
      const stream = Readable.from([Buffer.from('part one, '), Buffer.from('part two')]);
      opened.push(stream);
      return stream;
    };
    const out = message({ attachments: [{ name: 'گزارش.txt', mediaType: 'text/plain', bytes: 18, open }] });
    world.setMood({ kind: 'answer', at: 'recipient', code: 451, text: 'later' });
    await failure(out);
    world.setMood({ kind: 'accept' });
    const { attachments } = await sent(out);
    expect(attachments.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['گزارش.txt', 'part one, part two'],
    ]);
    expect([opened.length, opened.every((stream) => stream.destroyed)]).toEqual([2, true]);
  });

  it.each<[string, Partial<OutboundMessage>, Partial<NonNullable<OutboundMessage['mail']>>]>([
    ['the subject', {}, { subject: 'x\r\nBcc: evil@example.org\r\n\r\nbody' }],
    ['the name', { toName: 'x"\r\nBcc: evil@example.org' }, {}],
    ['the ids', {}, { inReplyTo: '<a@b>\r\nBcc: evil@example.org', references: ['<a@b>\nBcc: evil@example.org'] }],
    [
      'the copies',
      {},
      {
        cc: [
          'x@example.com\r\nBcc: evil@example.org',
          '"a@evil.example"@example.com',
          'a@example.com,evil@example.org',
        ],
      },
    ],
    [
      'a file',
      {
        attachments: [
          {
            name: 'a"\r\nBcc: evil@example.org',
            mediaType: 'text/plain\r\nX: y',
            bytes: 1,
            open: () => Readable.from(['x']),
          },
        ],
      },
      {},
    ],
  ])('lets nobody add a header through %s', async (_, over, mail) => {
    const { headers, envelope, raw, messageId } = await sent(message(over, mail));
    expect([headers['bcc'], headers['x'], messageId, envelope.to]).toEqual([
      undefined,
      undefined,
      '<m1@shop.example>',
      ['maryam@example.com'],
    ]);
    expect(Buffer.from(raw).toString()).not.toMatch(/^(?:Bcc|X):/mu);
  });
});

describe('a mail that cannot be sent', () => {
  it.each([
    ['an address that is none', message({ to: { kind: 'email', address: 'maryam' } })],
    ['a sender who never named one', message({ to: { kind: 'email', address: 'unknown-1@sender.invalid' } })],
    ['a broken Message-ID', message({}, { messageId: 'm1' })],
    ['no mail headers', { ...message(), mail: null }],
  ])('is given up at once: %s', async (_, out) => {
    expect((await failure(out)).retry).toBe('never');
    expect(world.sent).toHaveLength(0);
  });

  it.each([
    [421, 'recipient', 'soon'],
    [450, 'recipient', 'soon'],
    [452, 'message', 'soon'],
    [530, 'recipient', 'after-reconnect'],
    [550, 'recipient', 'never'],
    [552, 'message', 'never'],
    [554, 'message', 'never'],
  ] as const)('is retried as the answer %i at the %s says', async (code, at, retry) => {
    world.setMood({ kind: 'answer', at, code, text: 'because of this' });
    const error = await failure(message());
    expect([error.retry, error.doubtful]).toEqual([retry, false]);
    expect(error.message).toContain('because of this');
  });

  it('is in doubt when the line is cut after the mail, and keeps its id at the next try', async () => {
    world.setMood({ kind: 'cut', kept: true });
    const error = await failure(message());
    expect([error.retry, error.doubtful, error.code]).toEqual(['soon', true, 'unconfirmed']);
    world.setMood({ kind: 'accept' });
    await adapter.send(message(), account());
    expect(world.copiesOf('<m1@shop.example>')).toBe(2);
  });

  it('is not in doubt when a file breaks off while it is read', async () => {
    const open = () =>
      new Readable({
        read() {
          this.destroy(new Error('storage is gone'));
        },
      });
    const error = await failure(message({ attachments: [{ name: 'a.txt', mediaType: 'text/plain', bytes: 9, open }] }));
    expect([error.retry, error.doubtful]).toEqual(['soon', false]);
    expect(world.sent).toHaveLength(0);
  });

  it('waits for the administrator rather than send a password in clear over a network', async () => {
    // This address reaches the stand-in, but not by a name that says so.
    const error = await failure(message(), { host: '0.0.0.0', user: 'support' });
    expect([error.retry, error.doubtful, error.code]).toEqual(['after-reconnect', false, 'insecure']);
    expect(world.sent).toHaveLength(0);
  });
});

describe('the connections of an account', () => {
  it('are kept between mails and replaced when the settings change', async () => {
    const other = await startMailServer();
    try {
      await adapter.send(message(), account());
      await adapter.send(message(), account());
      await adapter.send(message({}, { messageId: '<m2@shop.example>' }), account({ port: other.port }));
      expect([world.copiesOf('<m1@shop.example>'), other.copiesOf('<m2@shop.example>')]).toEqual([2, 1]);
    } finally {
      await other.close();
    }
  });

  it('carry many mails at once, each of them once', async () => {
    const mails = Array.from({ length: 25 }, (_, at) =>
      message({ text: `mail ${at}` }, { messageId: `<n${at}@shop.example>` }),
    );
    await Promise.all(mails.map((out) => adapter.send(out, account())));
    expect(mails.map((_, at) => world.copiesOf(`<n${at}@shop.example>`))).toEqual(mails.map(() => 1));
  });
});
