import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { SMTPServer } from 'smtp-server';
import { type MailServer, startMailServer, type SentMail } from '../../../../../tools/stand-ins/mail-server.js';
import type { ChannelAccount } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { ownIdHeader } from '../render-mail.js';
import { SmtpPools } from '../smtp-pools.js';
import { dkimRecord, makeDkimKey } from './dkim.js';
import type { OutgoingFile, OutgoingMail } from './outgoing-mail.js';
import { outgoingConfig } from './outgoing-settings.js';
import { otherIdsOf } from './other-ids.js';
import { sendMail, type SendingMeans, type SendingSettings } from './send-mail.js';

let world: MailServer;
let pools: SmtpPools;

beforeEach(async () => {
  world = await startMailServer();
  pools = new SmtpPools({ connectMs: 3_000, answerMs: 3_000 }, undefined);
});

afterEach(async () => {
  pools.closeAll();
  await world.close();
});

type Look = Parameters<typeof outgoingConfig.parse>[0];

function account(outgoing: Look = {}, over: Partial<SendingSettings> = {}): ChannelAccount<SendingSettings> {
  return {
    id: 'email-1',
    name: 'Support',
    publicUrl: null,
    settings: {
      address: 'support@shop.example',
      fromName: 'فروشگاه',
      smtp: { host: '127.0.0.1', port: world.port, secure: false, user: '' },
      smtpPassword: '',
      outgoing: outgoingConfig.parse(outgoing),
      ...over,
    },
  };
}

function message(mail: Partial<OutgoingMail> = {}, over: Partial<OutboundMessage> = {}): OutboundMessage {
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
    } as OutgoingMail,
  };
}

async function sent(out: OutboundMessage, from = account(), means: Partial<SendingMeans> = {}): Promise<SentMail> {
  const before = world.sent.length;
  await sendMail(out, from, { pools, ...means });
  const mail = world.sent[before];
  if (!mail) {
    throw new Error('nothing arrived');
  }
  return mail;
}

const verify = (mail: SentMail, record: string) =>
  dkimVerify(Buffer.from(mail.raw), {
    resolver: (name: string) =>
      name === 'peyk._domainkey.shop.example'
        ? Promise.resolve([[record]])
        : Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' })),
  });

describe('a mail with a signing key', () => {
  it('is believed by a verifier that reads the key from DNS, the unsubscribe headers included', async () => {
    const key = await makeDkimKey();
    const mail = await sent(
      message({ unsubscribeUrl: 'https://desk.shop.example/u/token', cc: ['sara@example.com'] }),
      account({ dkim: { selector: 'peyk' } }, { dkimPrivateKey: key }),
    );
    const { results } = await verify(mail, dkimRecord(key));
    expect(results.map(({ status, signingDomain }) => [status.result, signingDomain])).toEqual([
      ['pass', 'shop.example'],
    ]);
    const covered =
      /;\s*h=([^;]+);/u
        .exec(mail.headers['dkim-signature'] ?? '')?.[1]
        ?.toLowerCase()
        .split(':') ?? [];
    expect(covered.map((name) => name.trim())).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'cc',
        'subject',
        'message-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
    expect([mail.headers['list-unsubscribe'], mail.headers['list-unsubscribe-post']]).toEqual([
      '<https://desk.shop.example/u/token>',
      'List-Unsubscribe=One-Click',
    ]);
  });

  it('is not believed once a word of it, or of its unsubscribe headers, was changed', async () => {
    const key = await makeDkimKey();
    const mail = await sent(
      message({ unsubscribeUrl: 'https://desk.shop.example/u/token' }, { text: 'Pay 100' }),
      account({ dkim: { selector: 'peyk' } }, { dkimPrivateKey: key }),
    );
    const raw = Buffer.from(mail.raw).toString('latin1');
    const changed = [
      raw.replace('/u/token', '/u/other'),
      raw.replace('One-Click', 'Two-Click'),
      raw.replace(/\r\n\r\n[^]*$/u, '\r\n\r\nPay 999'),
    ];
    const verdicts = await Promise.all(
      changed.map(
        async (one) =>
          (await verify({ ...mail, raw: Buffer.from(one, 'latin1') }, dkimRecord(key))).results[0]?.status.result,
      ),
    );
    expect(verdicts.filter((verdict) => verdict === 'pass')).toEqual([]);
    expect((await verify(mail, dkimRecord(await makeDkimKey()))).results[0]?.status.result).not.toBe('pass');
  });

  it('has no list headers when it is no bulk mail', async () => {
    const { headers } = await sent(message());
    expect([headers['list-unsubscribe'], headers['dkim-signature']]).toEqual([undefined, undefined]);
  });
});

describe('how a mail looks', () => {
  const look: Look = {
    fromStyle: 'agent',
    signature: { en: '{agent}, {account}', fa: '{agent}\n**{account}**' },
    footer: { en: 'Shop Inc., 1 Main St.' },
  };

  it('names the agent and signs in the language of what was written, the other language standing in', async () => {
    const mail = await sent(message({ agentName: 'سارا' }), account(look));
    expect(Buffer.from(mail.raw).toString()).toContain(`From: ${'=?UTF-8?'}`);
    expect(mail.text).toBe('سلام\n\n-- \nسارا\nفروشگاه\n\nShop Inc., 1 Main St.');
    expect(mail.html).toMatch(/<html lang="fa" dir="rtl">[^]*<body dir="rtl"[^]*<strong>فروشگاه<\/strong>/u);
    const english = await sent(message({ agentName: 'Sara' }, { text: 'Hello' }), account(look));
    expect(english.text).toBe('Hello\n\n-- \nSara, فروشگاه\n\nShop Inc., 1 Main St.');
    expect(english.html).toContain('<body dir="ltr"');
  });

  it('takes a name for a name, whatever somebody calls himself', async () => {
    const { html, text, headers } = await sent(
      message({ agentName: '[win](https://evil.example)<b>\r\nBcc: x@evil.example' }, { text: 'Hello' }),
      account(look),
    );
    expect(html).not.toContain('<a ');
    expect(html).not.toContain('<b>');
    expect(text).not.toContain('https://');
    expect(headers['bcc']).toBeUndefined();
  });

  it('repeats the thread in the form that mail programs fold away, and only when it is given', async () => {
    const quote = [{ at: new Date('2024-03-20T10:00:00Z'), author: 'Ali <b>', text: 'when?\n<i>' }];
    const { html, text } = await sent(message({ quote }, { text: 'Tomorrow' }));
    expect(text).toBe('Tomorrow\n\nOn 20 March 2024, Ali <b> wrote:\n> when?\n> <i>');
    expect(html).toMatch(
      /<div class="gmail_quote[^]*<blockquote class="gmail_quote"[^]*when\?<br>\r?\n&lt;i&gt;[^]*<\/blockquote>/u,
    );
    expect((await sent(message({ quote }, { text: 'فردا' }))).text).toContain('در تاریخ ۱ فروردین ۱۴۰۳، Ali <b> نوشت:');
    expect((await sent(message())).html).not.toContain('gmail_quote');
  });

  it('shows a picture where the text says so', async () => {
    const id = '0190c0de-1234-7abc-8def-0123456789ab';
    const file = {
      name: 'plan.png',
      mediaType: 'image/png',
      bytes: 3,
      contentId: `${id}@peyk`,
      open: () => Readable.from([Buffer.from('png')]),
    };
    const mail = await sent(
      message({}, { text: `see ![plan](attachment:${id})`, attachments: [file as OutgoingFile] }),
    );
    expect(mail.html).toContain(`<img src="cid:${id}@peyk" alt="plan"`);
    expect(Buffer.from(mail.raw).toString()).toMatch(
      new RegExp(
        `multipart/related[^]*Content-Disposition: inline[^]*Content-Id: <${id}@peyk>|multipart/related[^]*Content-Id: <${id}@peyk>[^]*Content-Disposition: inline`,
        'iu',
      ),
    );
  });
});

describe('where a mail goes', () => {
  it('reaches those in bcc, whom nobody sees', async () => {
    const mail = await sent(message({ cc: ['sara@example.com'], bcc: ['boss@example.com', 'sara@example.com'] }));
    expect(mail.envelope.to).toEqual(['maryam@example.com', 'sara@example.com', 'boss@example.com']);
    expect(Buffer.from(mail.raw).toString()).not.toContain('boss@example.com');
  });

  it('asks for no answer when a program wrote it', async () => {
    const { envelope, headers } = await sent(message({ automatic: { instance: 'abc123' }, cc: ['sara@example.com'] }));
    expect(envelope).toEqual({ from: '', to: ['maryam@example.com', 'sara@example.com'] });
    expect([headers['auto-submitted'], headers['x-auto-response-suppress'], headers['x-loop']]).toEqual([
      'auto-replied',
      'All',
      'abc123',
    ]);
  });

  it('asks for answers to the bare address where plus addresses do not work', async () => {
    const threadToken = 'a'.repeat(39);
    expect((await sent(message({ threadToken }))).headers['reply-to']).toBe(`support+${threadToken}@shop.example`);
    const bare = await sent(message({ threadToken }), account({ plusAddresses: false }));
    expect(bare.headers['reply-to']).toBeUndefined();
    expect(bare.html).toContain(`peyk:${threadToken}`);
  });

  it('repeats its Message-ID where no server replaces it', async () => {
    expect((await sent(message())).headers[ownIdHeader.toLowerCase()]).toBe('<m1@shop.example>');
  });

  it('is known by the id that its server gave it', async () => {
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _, done) => {
        stream.on('end', () =>
          (done as (error: null, text: string) => void)(null, '2.0.0 OK <AM0@eurprd01.prod.outlook.com> [Hostname=x]'),
        );
        stream.resume();
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const result = await sendMail(
      message(),
      account({}, { smtp: { host: '127.0.0.1', port, secure: false, user: '' } }),
      { pools },
    );
    pools.closeAll();
    await new Promise<void>((resolve) => server.close(resolve));
    expect([result.providerId, otherIdsOf(result)]).toEqual(['<m1@shop.example>', ['<AM0@eurprd01.prod.outlook.com>']]);
  });
});

describe('a server that takes a mail for some of its recipients only', () => {
  const refusing = async (refused: Record<string, string>, out: OutboundMessage) => {
    let taken = 0;
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, done) => {
        const words = refused[address];
        done(words === undefined ? null : Object.assign(new Error(words), { responseCode: Number(words.slice(0, 3)) }));
      },
      onData: (stream, _, done) => {
        stream.on('end', () => {
          taken += 1;
          done();
        });
        stream.resume();
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const from = account({}, { smtp: { host: '127.0.0.1', port, secure: false, user: '' } });
    const end = await sendMail(out, from, { pools }).then(
      () => null,
      (error: unknown) => error,
    );
    pools.closeAll();
    await new Promise<void>((resolve) => server.close(resolve));
    return { end, taken };
  };
  const copies = { cc: ['sara@example.com'], bcc: ['boss@example.com'] };

  it('is asked again for the customer only where only the customer was put off, because the copies have it', async () => {
    const { end, taken } = await refusing({ 'maryam@example.com': '450 4.2.1 busy' }, message(copies));
    expect(taken).toBe(1);
    expect(end).toMatchObject({ code: 'deferred', retry: 'soon', doubtful: false, refused: ['maryam@example.com'] });
    expect(String(end)).toMatch(/Refused for maryam@example\.com: 450 .*busy/u);
  });

  it('is quoted for every copy that it refused, hidden ones too', async () => {
    const { end } = await refusing(
      { 'sara@example.com': '550 5.1.1 nobody', 'boss@example.com': '552 5.3.4 too large' },
      message(copies),
    );
    expect(end).toMatchObject({
      code: 'partly_refused',
      retry: 'never',
      refused: ['sara@example.com', 'boss@example.com'],
    });
    expect(String(end)).toMatch(/Refused for sara@example\.com, boss@example\.com: .*nobody.*too large/u);
  });

  it('is asked again where one of those whom it refused was only put off', async () => {
    const { end } = await refusing(
      { 'maryam@example.com': '450 4.2.1 busy', 'boss@example.com': '550 5.1.1 nobody' },
      message(copies),
    );
    expect(end).toMatchObject({
      code: 'deferred',
      retry: 'soon',
      refused: ['maryam@example.com', 'boss@example.com'],
    });
  });

  it('is asked again where it took it for nobody', async () => {
    const { end, taken } = await refusing(
      {
        'maryam@example.com': '450 4.2.1 busy',
        'sara@example.com': '450 4.2.1 busy',
        'boss@example.com': '450 4.2.1 busy',
      },
      message(copies),
    );
    expect([taken, end]).toEqual([0, expect.objectContaining({ code: 'deferred', retry: 'soon' })]);
  });
});

describe('a mail that some of its recipients have already', () => {
  const again = (onlyTo: string[]) => message({ cc: ['sara@example.com'], bcc: ['boss@example.com'], onlyTo });

  it('is brought to the others only, and names in its head whom it did before', async () => {
    const mail = await sent(again(['sara@example.com', 'boss@example.com']));
    expect([mail.envelope.from, mail.envelope.to]).toEqual([
      'support@shop.example',
      ['sara@example.com', 'boss@example.com'],
    ]);
    expect([mail.headers['to'], mail.headers['cc']]).toEqual([
      expect.stringContaining('maryam@example.com'),
      'sara@example.com',
    ]);
    expect(Buffer.from(mail.raw).toString()).not.toContain('boss@example.com');
  });

  it('goes to nobody whom it never named', async () => {
    const { envelope } = await sent(again(['sara@example.com', 'eve@evil.example']));
    expect(envelope.to).toEqual(['sara@example.com']);
    await expect(sendMail(again(['eve@evil.example']), account(), { pools })).rejects.toMatchObject({
      code: 'no_address',
      retry: 'never',
    });
  });

  it('is put into the Sent folder no second time', async () => {
    let copies = 0;
    const appendSent = () => Promise.resolve(void (copies += 1));
    await sent(again(['sara@example.com']), account({ sentCopy: true }), { appendSent });
    expect(copies).toBe(0);
  });
});

describe('the copy for the Sent folder', () => {
  it('is the mail that left, put there after it has, when the account wants one', async () => {
    const copies: Buffer[] = [];
    const appendSent = (_: unknown, raw: Uint8Array) => Promise.resolve(void copies.push(Buffer.from(raw)));
    const mail = await sent(message({ bcc: ['boss@example.com'] }), account({ sentCopy: true }), { appendSent });
    expect(copies.map(String)).toEqual([Buffer.from(mail.raw).toString()]);
    await sent(message(), account(), { appendSent });
    expect(copies).toHaveLength(1);
  });

  it('never makes a mail that left look unsent, however it fails', async () => {
    const lost: unknown[] = [];
    const failing = {
      appendSent: () => Promise.reject(new Error('no such folder')),
      onCopyLost: (id: string) => void lost.push(id),
    };
    await expect(sendMail(message(), account({ sentCopy: true }), { pools, ...failing })).resolves.toMatchObject({
      state: 'sent',
    });
    await Promise.resolve();
    expect([world.copiesOf('<m1@shop.example>'), lost]).toEqual([1, ['email-1']]);
  });

  it('is not made of a mail that was refused', async () => {
    let asked = 0;
    const appendSent = () => Promise.resolve(void (asked += 1));
    world.setMood({ kind: 'answer', at: 'message', code: 550, text: 'no' });
    await expect(sendMail(message(), account({ sentCopy: true }), { pools, appendSent })).rejects.toMatchObject({
      retry: 'never',
    });
    expect(asked).toBe(0);
  });
});
