import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inboundFaults } from '../contract/contract-rules.js';
import type { InboundAttachment } from '../message.js';
import { mailLimits, parseEmail, parseHeadOnly, type MailContext } from './parse-email.js';
import { signThreadToken } from './thread-token.js';

const context: MailContext = {
  envelopeTo: ['support@shop.example'],
  envelopeFrom: 'maryam@example.com',
  accountAddresses: ['support@shop.example', 'help@shop.example'],
  verdict: 'none',
};

function mail(headers: Record<string, string>, body = 'hello\r\n'): Buffer {
  const all = { From: 'Maryam <maryam@example.com>', To: 'support@shop.example', Subject: 'Order', ...headers };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${lines.join('')}\r\n${body}`);
}

function multipart(kind: string, ...parts: string[]): Buffer {
  const body = `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
  return mail({ 'MIME-Version': '1.0', 'Content-Type': `multipart/${kind}; boundary=b` }, body);
}

const read = (raw: Uint8Array, over: Partial<MailContext> = {}) => parseEmail(raw, { ...context, ...over });
const bytesOf = (file: InboundAttachment | undefined) =>
  file && 'bytes' in file.source ? Buffer.from(file.source.bytes) : null;

/** Persian in the charset that old mail programs used; the few letters that the samples need. */
function windows1256(text: string): Buffer {
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(Uint8Array.of(byte)), byte]),
  );
  return Buffer.from(Array.from(text, (letter) => table.get(letter) ?? 0x3f));
}

describe('the sender of a mail', () => {
  it('is the From address in its normal form, with its name', async () => {
    const { from } = await read(mail({ From: '=?utf-8?B?2YXYsduM2YU=?= <Maryam@EXAMPLE.com>' }));
    expect(from).toEqual({ kind: 'email', address: 'maryam@example.com', name: 'مریم', trust: 'unauthenticated' });
  });

  it('is believed only when its domain vouches for the mail', async () => {
    const pass = await read(mail({}), { verdict: 'pass' });
    const none = await read(mail({}), { verdict: 'none' });
    const fail = await read(mail({}), { verdict: 'fail' });
    expect([pass, none, fail].map(({ from, flags }) => [from.trust, flags])).toEqual([
      ['channel_given', []],
      ['unauthenticated', ['unverified']],
      ['unauthenticated', ['forged']],
    ]);
  });

  it.each([
    ['two addresses', 'From: a@example.com, b@example.com\r\n', ['unverified']],
    ['two From headers', 'From: a@example.com\r\nFrom: b@example.com\r\n', ['unverified', 'malformed']],
    [
      'a second address in coded words',
      'From: =?utf-8?Q?x_=3Cboss@bank.example=3E?=, a@example.com\r\n',
      ['unverified'],
    ],
  ])('is not believed when there are %s', async (_, header, told) => {
    const { from, flags } = await read(Buffer.from(`${header}To: support@shop.example\r\n\r\nhi`), { verdict: 'pass' });
    expect([from.trust, flags]).toEqual(['unauthenticated', told]);
  });

  it('is the first of several From headers', async () => {
    const raw = Buffer.from('From: first@example.com\r\nFrom: second@example.com\r\nSubject: x\r\n\r\nhi');
    expect((await read(raw)).from.address).toBe('first@example.com');
  });

  it('cannot be chosen by Reply-To, which stays a claim', async () => {
    const message = await read(mail({ 'Reply-To': 'boss@bank.example, maryam@example.com, help@shop.example' }), {
      verdict: 'pass',
    });
    expect(message.from.address).toBe('maryam@example.com');
    expect(message.claims).toEqual([{ kind: 'email', address: 'boss@bank.example', source: 'reply_to' }]);
  });

  it.each([
    ['Sender', { From: '', Sender: 'desk@example.com' }, 'desk@example.com'],
    ['Reply-To', { From: 'Maryam', 'Reply-To': 'desk@example.com' }, 'desk@example.com'],
    ['the envelope', { From: 'undisclosed:;' }, 'maryam@example.com'],
    ['a group', { From: 'Shop team: desk@example.com, other@example.com;' }, 'desk@example.com'],
  ])('is salvaged from %s, without belief, when From has no address', async (_, headers, expected) => {
    const { from, flags } = await read(mail(headers as unknown as Record<string, string>), { verdict: 'pass' });
    expect([from.address, from.trust, flags]).toEqual([expected, 'unauthenticated', ['unverified']]);
  });

  it('is nobody in particular, and another nobody each time, when nothing names one', async () => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map((body) => read(mail({ From: '' }, body), { envelopeFrom: '' })),
    );
    expect(one?.from.address).toMatch(/^unknown-[0-9a-f]{16}@sender\.invalid$/);
    expect(two?.from.address).not.toBe(one?.from.address);
    expect(one?.flags).toContain('malformed');
  });

  it('carries no line break or reversing mark in its name', async () => {
    const { from } = await read(mail({ From: '=?utf-8?Q?a=0D=0ABcc=3A_x=E2=80=AEb?= <maryam@example.com>' }));
    expect(from.name).toBe('a Bcc: xb');
  });
});

describe('the ids of a mail', () => {
  it('are null when absent or empty', async () => {
    const { mail: headers, replyTo } = await read(mail({ 'Message-ID': ' ', 'In-Reply-To': '<>' }));
    expect([headers?.messageId, headers?.inReplyTo, headers?.references, headers?.threadToken, replyTo]).toEqual([
      null,
      null,
      [],
      null,
      null,
    ]);
  });

  it('are kept as written, in their order', async () => {
    const { mail: headers, replyTo } = await read(
      mail({ 'Message-ID': '<a@@b>', 'In-Reply-To': 'Your mail <p@x> of today', References: '<1@x>\r\n <2@x>\t<3@x>' }),
    );
    expect([headers?.messageId, headers?.inReplyTo, replyTo, headers?.references]).toEqual([
      '<a@@b>',
      '<p@x>',
      '<p@x>',
      ['<1@x>', '<2@x>', '<3@x>'],
    ]);
  });

  it.each([
    ['the first of two', 'Message-ID: <1@x>\r\nMessage-ID: <2@x>', '<1@x>'],
    ['one without brackets', 'Message-ID: 20260101.abc', '20260101.abc'],
    ['one that is folded', 'Message-ID:\r\n <a@x>', '<a@x>'],
    ['one with a NUL in it', 'Message-ID: <a\0b@x>', '<ab@x>'],
  ])('are salvaged from odd heads: %s', async (_, header, expected) => {
    const { mail: headers } = await read(Buffer.from(`From: a@example.com\r\n${header}\r\n\r\nhi`));
    expect(headers?.messageId).toBe(expected);
  });

  it.each([
    ['Mon, 01 Jan 2024 10:00:00 +0330', '2024-01-01T06:30:00.000Z'],
    ['yesterday', undefined],
    ['Mon, 32 Foo 2024', undefined],
    ['Thu, 01 Jan 9999 00:00:00 +0000', undefined],
  ])('are accompanied by a time only when %j is one', async (date, expected) => {
    expect((await read(mail({ Date: date }))).sentAt?.toISOString()).toBe(expected);
  });

  it('make one mail that came two ways one, and two mails with one id two', async () => {
    const direct = await read(mail({ 'Message-ID': '<a@x>' }, 'one\r\n'));
    const relayed = await read(mail({ Received: 'by relay', 'Message-ID': '<a@x>' }, 'one\n\n'));
    const other = await read(mail({ 'Message-ID': '<a@x>' }, 'two\r\n'));
    expect(relayed.externalId).toBe(direct.externalId);
    expect(other.externalId).not.toBe(direct.externalId);
  });

  it('are made of the bytes when the mail has none', async () => {
    const first = await read(mail({}));
    expect(first.externalId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await read(mail({}))).externalId).toBe(first.externalId);
    expect((await read(mail({}, 'other'))).externalId).not.toBe(first.externalId);
  });
});

describe('the thread token', () => {
  const token = signThreadToken('0190c0de-1234-7abc-8def-0123456789ab', Buffer.alloc(32, 1));

  it.each([
    ['the envelope', {}, { envelopeTo: [`support+${token.toUpperCase()}@shop.example`] }],
    ['Delivered-To', { 'Delivered-To': `support+${token}@shop.example` }, {}],
    ['To', { To: `Shop <help+${token}@shop.example>` }, {}],
    ['Cc', { Cc: `x@example.com, support+${token}@shop.example` }, {}],
  ])('is found in %s', async (_, headers, over) => {
    expect((await read(mail(headers as unknown as Record<string, string>), over)).mail?.threadToken).toBe(token);
  });

  it('is nothing at a foreign mailbox, and other plus tags are none', async () => {
    const { mail: headers } = await read(mail({ To: `support+${token}@evil.example, support+sales@shop.example` }));
    expect(headers?.threadToken).toBeNull();
  });
});

describe('the text of a mail', () => {
  const persian = 'می‌خواهم سفارشم را لغو کنم';

  it('is the plain one of two alternatives', async () => {
    const { text } = await read(
      multipart('alternative', 'Content-Type: text/plain\r\n\r\nplain', 'Content-Type: text/html\r\n\r\n<b>html</b>'),
    );
    expect(text).toBe('plain');
  });

  it('comes from HTML when the plain one is blank', async () => {
    const { text } = await read(
      multipart(
        'alternative',
        'Content-Type: text/plain\r\n\r\n  ',
        'Content-Type: text/html\r\n\r\n<p>one</p><p>two &amp; three</p>',
      ),
    );
    expect(text).toBe('one\n\ntwo & three');
  });

  it('keeps both when a list adds a plain footer to an HTML mail', async () => {
    const { text } = await read(
      multipart('mixed', 'Content-Type: text/html\r\n\r\n<p>body</p>', 'Content-Type: text/plain\r\n\r\nfooter'),
    );
    expect(text).toBe('body\n\nfooter');
  });

  it.each([
    ['UTF-8 that says so', 'Content-Type: text/plain; charset=utf-8', Buffer.from(persian)],
    ['UTF-8 without a word about it', 'Content-Type: text/plain', Buffer.from(persian)],
    ['UTF-8 that claims to be ASCII', 'Content-Type: text/plain; charset=us-ascii', Buffer.from(persian)],
    ['UTF-8 with a byte order mark', 'Content-Type: text/plain', Buffer.from(`\ufeff${persian}`)],
    ['an unknown charset', 'Content-Type: text/plain; charset=x-mac-whatever', Buffer.from(persian)],
    [
      'base64',
      'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64',
      Buffer.from(Buffer.from(persian).toString('base64')),
    ],
  ])('is read from %s', async (_, type, body) => {
    const raw = Buffer.concat([Buffer.from(`From: a@example.com\r\nMIME-Version: 1.0\r\n${type}\r\n\r\n`), body]);
    expect((await read(raw)).text).toBe(persian);
  });

  const old = 'سفارش من نرسيد';
  it.each([
    ['that names itself', 'Content-Type: text/plain; charset=windows-1256', windows1256(old)],
    ['that says nothing', 'Content-Type: text/plain', windows1256(old)],
    ['that claims to be UTF-8', 'Content-Type: text/plain; charset=utf-8', windows1256(old)],
    [
      'whose page alone names it',
      'Content-Type: text/html',
      Buffer.concat([
        Buffer.from(
          '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head><body>',
        ),
        windows1256(old),
      ]),
    ],
  ])('is read from windows-1256 %s', async (_, type, body) => {
    const raw = Buffer.concat([
      Buffer.from('Subject: '),
      windows1256(old),
      Buffer.from(`\r\nFrom: a@example.com\r\n${type}\r\n\r\n`),
      body,
    ]);
    const message = await read(raw);
    expect([message.text, message.mail?.subject]).toEqual([old, old]);
  });

  it('follows the page where its charset is another one', async () => {
    const page = Buffer.concat([
      Buffer.from('<meta charset=koi8-r><p>'),
      Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]),
    ]);
    const raw = Buffer.concat([Buffer.from('From: a@example.com\r\nContent-Type: text/html\r\n\r\n'), page]);
    expect((await read(raw)).text).toBe('Привет');
  });

  it('ends with a note when it is longer than a message keeps', async () => {
    const long = await read(mail({}, 'سلام دنیا\r\n'.repeat(700_000)));
    expect(long.text).toMatch(/^سلام دنیا\n/u);
    expect(long.text).toMatch(/longer than is shown here.*\n.*طولانی‌تر[^\n]*$/u);
    expect([long.text.length < 1_001_000, long.flags]).toEqual([true, ['unverified']]);
  });

  it('holds nothing that a database refuses', async () => {
    const { text } = await read(mail({}, 'a\0b\r\n\uD800'));
    expect(text.includes('\0')).toBe(false);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('the files of a mail', () => {
  it('come with their names, types, content ids and bytes', async () => {
    const { attachments, text } = await read(
      multipart(
        'related',
        'Content-Type: text/html\r\n\r\n<img src="cid:pic@x">',
        `Content-Type: image/png; name="=?utf-8?B?${Buffer.from('رسید.png').toString('base64')}?="\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==`,
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%D9%81%D8%A7%DA%A9%D8%AA%D9%88%D8%B1.pdf\r\n\r\nPDF",
      ),
    );
    expect(attachments.map(({ name, mediaType, contentId }) => [name, mediaType, contentId])).toEqual([
      ['رسید.png', 'image/png', 'pic@x'],
      ['فاکتور.pdf', 'application/pdf', null],
    ]);
    expect(bytesOf(attachments[0])).toEqual(Buffer.from('iVBORw==', 'base64'));
    expect(text).toBe('');
  });

  it('keep a forwarded mail whole, named by its subject', async () => {
    const inner = 'From: x@example.com\r\nSubject: Re: a/b\r\n\r\ninner text';
    const { attachments, text } = await read(
      multipart('mixed', 'Content-Type: text/plain\r\n\r\nsee below', `Content-Type: message/rfc822\r\n\r\n${inner}`),
    );
    expect([text, attachments.map(({ name }) => name), bytesOf(attachments[0])?.toString()]).toEqual([
      'see below',
      ['Re a b.eml'],
      inner,
    ]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\x\\\\invoice.pdf', 'invoice.pdf'],
    ['=?utf-8?Q?=E2=80=AEfdp.exe?=', 'fdp.exe'],
    ['', 'attachment.bin'],
    [`${'a'.repeat(400)}.pdf`, `${'a'.repeat(146)}.pdf`],
  ])('are given a harmless name for %j', async (written, expected) => {
    const { attachments } = await read(
      multipart('mixed', `Content-Type: application/octet-stream; name="${written}"\r\n\r\nx`),
    );
    expect(attachments.map(({ name }) => name)).toEqual([expected]);
  });
});

describe('what else is known of a mail', () => {
  it('is that it has a page, and the event it invites to', async () => {
    const plain = await read(mail({}));
    const rich = await read(
      multipart(
        'alternative',
        'Content-Type: text/html\r\n\r\n<b>x</b>',
        'Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270321T060000Z\r\nSUMMARY:Nowruz\r\nEND:VEVENT\r\nEND:VCALENDAR',
      ),
    );
    expect([plain.hasHtml, plain.calendar, rich.hasHtml]).toEqual([undefined, undefined, true]);
    expect(rich.calendar).toMatchObject({ summary: 'Nowruz', start: '2027-03-21T06:00:00.000Z' });
  });

  it('is what the checks of its sender found', async () => {
    const checks = { spf: 'pass', dkim: 'none', dmarc: 'pass', by: 'peyk' } as const;
    expect((await read(mail({}), { checks })).checks).toEqual(checks);
  });

  it('is what it reports about mail of ours', async () => {
    const raw = mail(
      { From: 'MAILER-DAEMON@mx.example', 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
      '--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; gone@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--',
    );
    expect((await read(raw)).report).toMatchObject({ kind: 'bounce', recipients: [{ address: 'gone@example.com' }] });
  });

  it('is the same key over line ends and blanks at the end, for a body of megabytes too', async () => {
    const body = `${'line of text\r\n'.repeat(200_000)}\r\n\r\n`;
    const one = await read(mail({ 'Message-ID': '<a@x>' }, body));
    const other = await read(mail({ 'Message-ID': '<a@x>' }, body.replaceAll('\r\n', '\n').trimEnd()));
    expect(other.externalId).toBe(one.externalId);
  });
});

describe('automatic mail', () => {
  it.each<[string, Record<string, string>, Partial<MailContext>]>([
    ['an absence note', { 'Auto-Submitted': 'auto-replied' }, {}],
    ['a list', { 'List-Id': '<news.example.com>' }, {}],
    ['bulk mail', { Precedence: 'bulk' }, {}],
    ['a robot', { From: 'No-Reply@example.com' }, {}],
    ['a null sender', {}, { envelopeFrom: '' }],
    ['a null return path', { 'Return-Path': '<>' }, {}],
    ['a server that gives only its name', { From: 'Mail Delivery Subsystem <x@mx.example>' }, {}],
    ['our own address', { From: 'help@shop.example' }, {}],
    ['an answering machine', { 'X-Autoreply': 'yes' }, {}],
  ])('is recognised: %s', async (_, headers, over) => {
    expect((await read(mail(headers), over)).flags.slice(0, 2)).toEqual(['unverified', 'automatic']);
  });

  it('is not seen where a person wrote', async () => {
    const { flags } = await read(mail({ 'Auto-Submitted': 'no', Precedence: 'normal' }), { verdict: 'pass' });
    expect(flags).toEqual([]);
  });

  it('is a bounce when a server says in its subject that it could not deliver', async () => {
    const failed = { From: 'Postmaster@mx.example', Subject: 'Undeliverable: order' };
    expect((await read(mail(failed))).flags).toEqual(['unverified', 'automatic', 'bounce']);
    expect((await read(mail({ Subject: 'Undeliverable: my parcel' }))).flags).toEqual(['unverified']);
  });

  it('is a bounce when it reports on delivery', async () => {
    const raw = mail(
      { From: 'MAILER-DAEMON@mx.example', 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
      '--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n--b--',
    );
    const { flags, text, attachments } = await read(raw, { envelopeFrom: '' });
    expect([flags, text, attachments.map(({ name }) => name)]).toEqual([
      ['unverified', 'automatic', 'bounce'],
      'failed',
      [],
    ]);
  });
});

describe('a mail beyond reading', () => {
  it('tells nothing of what it reports where only its head is read', async () => {
    const raw = mail(
      { From: 'MAILER-DAEMON@mx.example', Subject: 'Delivery error' },
      '<gone@example.org>: 550 5.1.1 User unknown',
    );
    const { report, flags } = await parseHeadOnly(raw, context);
    expect([report, flags]).toEqual([undefined, ['unverified', 'automatic', 'bounce', 'malformed']]);
  });

  const limits = { ...mailLimits, mailBytes: 2_000, fileBytes: 100, parts: 10, depth: 4 };

  it.each([
    ['too large', mail({}, 'x'.repeat(3_000))],
    [
      'with too many parts',
      multipart('mixed', ...Array.from({ length: 15 }, () => 'Content-Type: text/plain\r\n\r\nx')),
    ],
    ['with too large a file', multipart('mixed', `Content-Type: application/pdf\r\n\r\n${'x'.repeat(200)}`)],
    ['nested too deep', mail({ 'Content-Type': 'multipart/mixed; boundary=b0' }, nested(0, 6))],
  ])('keeps its head and its bytes and is flagged: %s', async (_, raw) => {
    const message = await parseEmail(raw, context, limits);
    expect([message.from.address, message.mail?.subject, message.flags]).toEqual([
      'maryam@example.com',
      'Order',
      ['unverified', 'oversized'],
    ]);
    expect(message.raw).toBe(raw);
  });

  it('of forty megabytes says in both languages why nothing of it is shown', async () => {
    const raw = Buffer.concat([mail({ 'Message-ID': '<big@x>' }), Buffer.alloc(40 * 1024 * 1024, 'x')]);
    const { text, flags, externalId, attachments } = await read(raw);
    expect([flags, attachments]).toEqual([['unverified', 'oversized'], []]);
    expect(text).toMatch(/too large to be shown here.*\n.*بزرگ‌تر از آن است/u);
    expect(externalId).toMatch(/^<big@x> [0-9a-f]{32}$/);
  });

  it('is given up on in time, with what was read', async () => {
    const slow = multipart('mixed', ...Array.from({ length: 90 }, () => 'Content-Type: text/plain\r\n\r\nx'));
    const message = await parseEmail(slow, context, { ...mailLimits, timeMs: 0 });
    expect([message.from.address, message.flags]).toEqual(['maryam@example.com', ['unverified', 'malformed']]);
  });

  it.each([
    ['nothing at all', ''],
    ['no head', '\r\n\r\njust text'],
    ['only noise', '\0\x01\x02\xff\xfe'.repeat(50)],
    ['a head without an end', 'From: maryam@example.com'],
    [
      'a boundary that never ends',
      'From: a@b.c\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q',
    ],
    [
      'base64 that is none',
      'From: a@b.c\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\u0600',
    ],
  ])('still gives a message: %s', async (_, raw) => {
    expect(inboundFaults(await read(Buffer.from(raw, 'latin1')))).toEqual(raw === '' ? ['raw was not kept'] : []);
  });

  it('is never the end of the reader, whatever bytes were changed', async () => {
    const good = multipart(
      'mixed',
      'Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=D8=B3\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--c--',
      'Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==',
      'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx',
    );
    const change = fc.record({ at: fc.nat(good.length), cut: fc.nat(30), put: fc.uint8Array({ maxLength: 30 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        const raw = changes.reduce(
          (mailSoFar, { at, cut, put }) =>
            Buffer.concat([mailSoFar.subarray(0, at), put, mailSoFar.subarray(at + cut)]),
          good,
        );
        const message = await read(raw);
        expect(inboundFaults(message)).toEqual(raw.length === 0 ? ['raw was not kept'] : []);
      }),
      { numRuns: 300 },
    );
  });
});

function nested(level: number, depth: number): string {
  const inner =
    level === depth
      ? 'Content-Type: text/plain\r\n\r\nx'
      : `Content-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n${nested(level + 1, depth)}`;
  return `--b${level}\r\n${inner}\r\n--b${level}--\r\n`;
}
