import { describe, expect, it } from '@jest/globals';
import { parseEmail, type MailContext } from '../parse-email.js';

const context: MailContext = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' };
const top = 'From: Maryam <maryam@example.com>\r\nSubject: Order\r\n';
const read = (head: string, body: string | Buffer = 'see') =>
  parseEmail(Buffer.concat([Buffer.from(`${top}${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]), context);
const isFlagged = async (head: string, body?: string | Buffer) => (await read(head, body)).flags.includes('malformed');
const bytesOf = (source: { bytes: Uint8Array } | { reference: string } | undefined) =>
  source && 'bytes' in source ? Buffer.from(source.bytes).toString('latin1') : null;
const mixed = (...parts: string[]) => parts.map((part) => `--b\r\n${part}\r\n`).join('');
const plain = 'Content-Type: text/plain\r\n\r\nsee';
const coded = (base64: string) => `Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}`;
const several = 'Content-Type: multipart/mixed; boundary=b';

describe('a mail that did not come whole', () => {
  it.each<[string, string, string?]>([
    ['a sign in its base64 that is none', several, `${mixed(plain, coded('JVBE!RiBhYmM='))}--b--`],
    [
      'a list footer behind its base64',
      'Content-Transfer-Encoding: base64',
      'c2Vl\r\n____\r\nhttps://list.example\r\n',
    ],
    ['a piece missing of its base64', several, `${mixed(plain, coded('JVBERiBhY'))}--b--`],
    ['no end', several, mixed(plain, coded('JVBERiBhYmM='))],
    ['an encoding that nobody knows', 'Content-Transfer-Encoding: x-rot13'],
    ['two subjects', 'Subject: Another'],
    ['two authors in two fields', 'From: Ali <ali@example.com>'],
    ['two forms', 'Content-Type: text/plain\r\nContent-Type: text/html'],
  ])('with %s says so, and is kept in quarantine', async (...[, head, body]) => {
    expect(await isFlagged(head, body)).toBe(true);
  });

  it('with a charset that nobody knows is guessed, and says so where that matters', async () => {
    const head = 'Content-Type: text/plain; charset=x-our-own';
    const words = Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]);
    const guessed = await read(head, words);
    expect([guessed.text, guessed.flags.includes('malformed')]).toEqual(['سلام', true]);
    expect(await isFlagged(head, 'only ASCII')).toBe(false);
    expect(await isFlagged(head, 'سلام')).toBe(false);
  });

  it.each<[string, string, string?]>([
    ['blanks and line ends in its base64', several, `${mixed(plain, coded('JVBE RiBh\r\n\tYmM=\r\n\r\n'))}--b--`],
    ['two pieces of base64 behind each other', several, `${mixed(plain, coded('JVBE\r\nRg==\r\nYWJj\r\n'))}--b--\r\n`],
    ['an end behind which more stands', several, `${mixed(plain)}--b--\r\nsent by a list`],
    ['the same subject twice', 'Subject: Order'],
    ['many fields of where it went', 'Received: from a\r\nReceived: from b\r\nTo: a@b.example\r\nTo: c@d.example'],
    ['a plain encoding that is misspelt', 'Content-Transfer-Encoding: 8-bit'],
  ])('is not one with %s', async (...[, head, body]) => {
    expect(await isFlagged(head, body)).toBe(false);
  });

  it('shows what could be read of it all the same', async () => {
    const { text, attachments } = await read(several, mixed(plain, coded('JVBERiBhYmM=')));
    expect([text, attachments.map(({ source }) => bytesOf(source))]).toEqual(['see', ['%PDF abc']]);
  });
});

describe('a mail that is mended', () => {
  it.each([
    ['base-64', 'c2FsYW0='],
    ['Quoted_Printable', 'sal=61m'],
    ['"base64"', 'c2FsYW0='],
  ])('is decoded though it calls its encoding %s', async (encoding, body) => {
    const { text, flags } = await read(`Content-Transfer-Encoding: ${encoding}`, body);
    expect([text, flags.includes('malformed')]).toEqual(['salam', false]);
  });

  it('has its file opened that was uuencoded as a part', async () => {
    const part =
      'Content-Type: application/octet-stream; name=cat.txt\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend';
    const { attachments } = await read(several, `${mixed(plain, part)}--b--`);
    expect(attachments.map(({ name, source }) => [name, bytesOf(source)])).toEqual([['cat.txt', 'Cat']]);
  });

  it.each([
    ['no boundary is named', 'Content-Type: multipart/mixed'],
    ['another boundary is named', 'Content-Type: multipart/mixed; boundary=other'],
    ['blanks stand behind the boundary', several],
  ])('has its parts told apart where %s', async (name, head) => {
    const body = `${mixed(`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('سلام').toString('base64')}`, coded('JVBERiBhYmM='))}--b--\r\n`;
    const sent = name.startsWith('blanks') ? body.replaceAll('--b\r\n', '--b \t\r\n') : body;
    const { text, attachments, flags } = await read(head, sent);
    expect([text, attachments.map(({ source }) => bytesOf(source)), flags.includes('malformed')]).toEqual([
      'سلام',
      ['%PDF abc'],
      true,
    ]);
  });

  it('has the inner parts told apart whose boundary lost its blank on the way', async () => {
    const inner =
      'Content-Type: multipart/alternative;\r\nboundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nsee\r\n--c--';
    const { text, attachments } = await read(several, `${mixed(inner, coded('JVBERiBhYmM='))}--b--\r\n`);
    expect([text, attachments.length]).toEqual(['see', 1]);
  });

  it('went to everybody whom its fields name', async () => {
    const { mail } = await read('To: a@b.example\r\nTo: C <c@d.example>\r\nCc: e@f.example\r\nCc: g@h.example');
    expect([mail?.to, mail?.cc]).toEqual([
      ['a@b.example', 'c@d.example'],
      ['e@f.example', 'g@h.example'],
    ]);
  });
});

describe('a charset of western Europe', () => {
  const head = (charset: string) => `Content-Type: text/plain; charset=${charset}`;

  it.each(['iso-8859-1', 'windows-1252', 'ISO8859-15'])(
    'is not believed where %s stands before UTF-8',
    async (name) => {
      expect((await read(head(name), 'سلام، سفارش من')).text).toBe('سلام، سفارش من');
    },
  );

  it('is not believed where most letters lie beyond it', async () => {
    const words = Buffer.from([0xd3, 0xe1, 0xc7, 0xe3, 0x20, 0xd3, 0xdd, 0xc7, 0xd1, 0xd4, 0x20, 0xe3, 0xe4]);
    expect((await read(head('iso-8859-1'), words)).text).toBe('سلام سفارش من');
  });

  it('is believed for its own languages', async () => {
    const french = Buffer.from('Été à la forêt, déjà payé : où êtes-vous ?', 'latin1');
    expect((await read(head('iso-8859-1'), french)).text).toBe('Été à la forêt, déjà payé : où êtes-vous ?');
  });
});

describe('the charset of a header', () => {
  const old = Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]);
  const subjectOf = async (written: string | Buffer) => {
    const raw = Buffer.concat([
      Buffer.from('From: a@b.example\r\nSubject: '),
      Buffer.from(written),
      Buffer.from('\r\n\r\nx'),
    ]);
    return (await parseEmail(raw, context)).mail?.subject;
  };

  it.each([
    ['windows-1256 called UTF-8', `=?utf-8?B?${old.toString('base64')}?=`],
    ['windows-1256 called Latin', '=?iso-8859-1?Q?=D3=E1=C7=E3?='],
    ['windows-1256 without a name', old],
    ['UTF-8 called Latin', `=?windows-1252?B?${Buffer.from('سلام').toString('base64')}?=`],
    ['UTF-8 called ASCII', '=?us-ascii?Q?=D8=B3=D9=84=D8=A7=D9=85?='],
    ['UTF-8 called Latin, cut within a letter', '=?iso-8859-1?Q?=D8=B3=D9?=\r\n =?iso-8859-1?Q?=84=D8=A7=D9=85?='],
  ])('is found out for %s', async (_, written) => {
    expect(await subjectOf(written)).toBe('سلام');
  });

  it.each([
    ['=?iso-8859-1?Q?Caf=E9_=C9t=E9?=', 'Café Été'],
    ['=?utf-8?Q?Caf=C3=A9?= today', 'Café today'],
    ['=?windows-1256?B?0+HH4w==?=', 'سلام'],
  ])('is believed for %s', async (written, subject) => {
    expect(await subjectOf(written)).toBe(subject);
  });

  it('is found out for the name of a file', async () => {
    const part = Buffer.concat([
      Buffer.from('--b\r\nContent-Type: application/pdf; name="'),
      old,
      Buffer.from('.pdf"\r\n\r\nx\r\n--b--'),
    ]);
    expect((await read(several, part)).attachments.map(({ name }) => name)).toEqual(['سلام.pdf']);
  });
});

describe('a mail out of form', () => {
  const of = (raw: string) => parseEmail(Buffer.from(raw), { ...context, envelopeFrom: 'maryam@example.com' });

  it('without a head is read all the same, and says so', async () => {
    const { text, flags, from } = await of('سلام، کجاست سفارش من؟\r\nممنون');
    expect([text, flags.includes('malformed'), from.address]).toEqual([
      'سلام، کجاست سفارش من؟\nممنون',
      true,
      'maryam@example.com',
    ]);
  });

  it('with the line ends of a Macintosh is read like any', async () => {
    const { text, mail, flags } = await of('From: Maryam <maryam@example.com>\rSubject: Order\r\rline one\rline two');
    expect([mail?.subject, text, flags.includes('malformed')]).toEqual(['Order', 'line one\nline two', false]);
  });

  it('keeps its subject behind a field of three hundred kilobytes', async () => {
    const { mail, text } = await of(`From: a@b.example\r\nX-Long: ${'a'.repeat(300_000)}\r\nSubject: Order\r\n\r\nsee`);
    expect([mail?.subject, text]).toEqual(['Order', 'see']);
  });

  it('shows no boundaries where it has more parts than are read', async () => {
    const parts = 'Content-Type: text/plain\r\n\r\npart\r\n--b\r\n'.repeat(5_000);
    const { text, flags } = await read(several, `--b\r\n${parts}`);
    expect([text.includes('--b'), text === '', flags.includes('oversized')]).toEqual([false, false, true]);
  });
});
