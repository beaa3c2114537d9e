import { describe, expect, it } from '@jest/globals';
import { mailLimits } from '../parse-email.js';
import { readParts } from './read-parts.js';

function part(head: string, body: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
}

function multipart(kind: string, ...parts: Buffer[]): Buffer {
  const boundary = `b${kind.replace(/\W/g, '')}`;
  const body = parts.flatMap((one) => [Buffer.from(`--${boundary}\r\n`), one, Buffer.from('\r\n')]);
  return part(
    `Content-Type: multipart/${kind}; boundary=${boundary}`,
    Buffer.concat([...body, Buffer.from(`--${boundary}--\r\n`)]),
  );
}

const plain = part('Content-Type: text/plain; charset=utf-8', 'hello');
const page = (html: string) => part('Content-Type: text/html; charset=utf-8', html);
const image = (more: string) => part(`Content-Type: image/png\r\n${more}`.trim(), 'PNG');
const read = (raw: Buffer, charset?: string) => readParts(raw, mailLimits, charset);
const names = async (raw: Buffer) => (await read(raw)).attachments.map(({ name }) => name);
const bytes = (source: { bytes: Uint8Array } | { reference: string } | undefined) =>
  source && 'bytes' in source ? Buffer.from(source.bytes).toString('latin1') : null;

describe('what is a file of the sender', () => {
  it.each<[string, Buffer, string[]]>([
    [
      'a detached signature is none',
      multipart('signed', plain, part('Content-Type: application/pgp-signature; name=signature.asc', 'sig')),
      [],
    ],
    [
      'an S/MIME signature is none',
      multipart('signed', plain, part('Content-Type: application/pkcs7-signature; name=smime.p7s', 'sig')),
      [],
    ],
    [
      'the control part of a sealed mail is none',
      multipart(
        'encrypted',
        part('Content-Type: application/pgp-encrypted', 'Version: 1'),
        part('Content-Type: application/octet-stream; name=encrypted.asc', 'x'),
      ),
      ['encrypted.asc'],
    ],
    [
      'a signature of a file that was sent is one',
      multipart('mixed', plain, part('Content-Type: application/pgp-signature; name=release.sig', 'sig')),
      ['release.sig'],
    ],
    [
      'what a report returns is none',
      multipart(
        'report',
        plain,
        part('Content-Type: message/delivery-status', 'Status: 5.1.1'),
        part('Content-Type: message/rfc822', 'Subject: x\r\n\r\ny'),
      ),
      [],
    ],
    [
      'a form of the text for watches is none',
      multipart('alternative', plain, part('Content-Type: text/watch-html', '<b>x</b>')),
      [],
    ],
    [
      'a nameless part is one, named by its type',
      multipart('mixed', plain, part('Content-Type: application/pdf', '%PDF')),
      ['document.pdf'],
    ],
    [
      'an empty nameless part is none',
      multipart('mixed', plain, part('Content-Type: application/octet-stream', '')),
      [],
    ],
    [
      'a text with a name after the body is one',
      multipart(
        'mixed',
        plain,
        part('Content-Type: text/plain; name=log.txt\r\nContent-Disposition: inline; filename=log.txt', 'lines'),
      ),
      ['log.txt'],
    ],
    [
      'half of a Macintosh file is none',
      multipart(
        'mixed',
        plain,
        multipart(
          'appledouble',
          part('Content-Type: application/applefile; name=a.pdf', 'fork'),
          part('Content-Type: application/pdf; name=a.pdf', '%PDF'),
        ),
      ),
      ['a.pdf'],
    ],
  ])('%s', async (_, raw, expected) => {
    expect(await names(raw)).toEqual(expected);
  });

  it.each<[string, string, string, string | null]>([
    ['shown by the page though it says nothing of itself', '<img src="cid:a@x">', 'Content-ID: <a@x>', 'a@x'],
    ['shown under a name that is written differently', '<img src="cid:a%20b&amp;c">', 'Content-ID: <a b&c>', 'a b&c'],
    ['called inline without being shown', '<p>x</p>', 'Content-Disposition: inline\r\nContent-ID: <a@x>', null],
    ['called inline without a name to show it by', '<img src="cid:a@x">', 'Content-Disposition: inline', null],
  ])('an image keeps its content id only when it is really %s', async (_, html, head, expected) => {
    const { attachments } = await read(multipart('related', page(html), image(head)));
    expect(attachments.map(({ contentId }) => contentId)).toEqual([expected]);
  });
});

describe('the page of a mail', () => {
  it('is the richest alternative while the text is the plain one', async () => {
    const { text, html } = await read(
      multipart('alternative', plain, multipart('related', page('<b>rich</b>'), image(''))),
    );
    expect([text, html]).toEqual(['hello', '<b>rich</b>']);
  });

  it('shows the text that stands beside it', async () => {
    const { html } = await read(multipart('mixed', page('<b>rich</b>'), part('Content-Type: text/plain', 'a < b')));
    expect(html).toMatch(/^<b>rich<\/b>\n<div[^>]*>a &lt; b<\/div>$/);
  });

  it('is not there for a mail of text alone', async () => {
    expect((await read(multipart('mixed', plain))).html).toBeNull();
  });
});

describe('an invitation', () => {
  const event = [
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'BEGIN:VTIMEZONE',
    'TZID:Iran Standard Time',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'DTSTART;TZID=Iran Standard Time:20261222T100000',
    'DTEND:20261222T073000Z',
    'SUMMARY:جلسه\\, دوم',
    'LOCATION:Room 1\\nsecond floor',
    'ORGANIZER;CN="Sara: S.":mailto:sara@example.com',
    'BEGIN:VALARM',
    'SUMMARY:alarm',
    'END:VALARM',
    'DESCRIPTION:long',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const calendar = part(
    'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
    event.replace('second', 'sec\r\n ond'),
  );

  it('is a card and a file', async () => {
    const { calendar: card, attachments } = await read(multipart('alternative', plain, calendar));
    expect(card).toEqual({
      method: 'REQUEST',
      summary: 'جلسه, دوم',
      start: '2026-12-22T06:30:00.000Z',
      end: '2026-12-22T07:30:00.000Z',
      location: 'Room 1 second floor',
      organizer: 'sara@example.com',
    });
    expect(attachments.map(({ name }) => name)).toEqual(['invite.ics']);
  });

  it('that comes twice is one file', async () => {
    const twice = multipart(
      'mixed',
      multipart('alternative', plain, calendar),
      part('Content-Type: application/ics; name=meeting.ics', event),
    );
    expect(await names(twice)).toEqual(['meeting.ics']);
  });

  it.each([
    ['DTSTART;VALUE=DATE:20270321', '2027-03-21'],
    ['DTSTART:20270321T090000', '2027-03-21T09:00:00'],
    ['DTSTART;TZID=Nowhere/Land:20270321T090000', '2027-03-21T09:00:00'],
    ['DTSTART;TZID=Europe/Berlin:20270702T090000', '2027-07-02T07:00:00.000Z'],
  ])('begins at %s', async (line, expected) => {
    const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${line}\r\nEND:VEVENT\r\nEND:VCALENDAR`;
    expect((await read(part('Content-Type: text/calendar', text))).calendar?.start).toBe(expected);
  });

  it('is read in time, whatever its lines are made of', async () => {
    const lines = [
      `DTSTART${`;${'A'.repeat(200)}`.repeat(20)}`,
      `SUMMARY;${'a'.repeat(200_000)}`,
      ';X="'.repeat(50_000),
    ];
    const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${lines.map((line) => `${line}\r\nX${line}`).join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR`;
    const from = process.cpuUsage();
    await read(part('Content-Type: text/calendar', text));
    expect(process.cpuUsage(from).user).toBeLessThan(1_000_000);
  });

  it('without an event is only a file', async () => {
    const { calendar: card, attachments } = await read(part('Content-Type: text/calendar', 'BEGIN:VCALENDAR'));
    expect([card, attachments.length]).toEqual([null, 1]);
  });
});

describe('files inside a text', () => {
  it('are taken out of uuencoding, and what stands around them stays', async () => {
    const { text, attachments } = await read(
      part(
        'Content-Type: text/plain',
        'before\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nafter\r\nbegin 644 is only said here',
      ),
    );
    expect(text).toBe('before\nafter\nbegin 644 is only said here');
    expect(attachments.map(({ name, source }) => [name, bytes(source)])).toEqual([['cat.txt', 'Cat']]);
  });

  it.each(['us-ascii', 'iso-8859-1'])('are taken out of yEnc in a body that claims %s', async (charset) => {
    const content = Buffer.from([0, 1, 200, 214, 255, 19, 227, 10, 13]);
    const coded = [...content].flatMap((byte) => {
      const sign = (byte + 42) & 255;
      return [0, 10, 13, 61].includes(sign) ? [61, (sign + 64) & 255] : [sign];
    });
    const body = Buffer.concat([
      Buffer.from(`see this\r\n=ybegin line=128 size=${content.length} name=odd file.bin\r\n`),
      Buffer.from(coded),
      Buffer.from(`\r\n=yend size=${content.length}\r\nbye`),
    ]);
    const { text, attachments } = await read(part(`Content-Type: text/plain; charset=${charset}`, body));
    expect(text).toBe('see this\nbye');
    expect(attachments.map(({ name, source }) => [name, bytes(source)])).toEqual([
      ['odd file.bin', content.toString('latin1')],
    ]);
  });

  it('stay in the text when they are not what they say', async () => {
    const broken =
      'begin 644 a.txt\nthis is no line of a file, as everybody can see\nend\n=ybegin line=128 size=5 name=x\nab\n=yend size=5';
    const { text, attachments } = await read(part('Content-Type: text/plain', broken));
    expect([text, attachments]).toEqual([broken, []]);
  });
});

it('reads no more of many pages together than of one', async () => {
  const long = page('a'.repeat(2_500_000));
  const { text } = await read(multipart('mixed', long, long, long));
  expect(text.length).toBeGreaterThan(2_500_000);
  expect(text.length).toBeLessThan(4_000_010);
});

it('takes mail without a charset for what the inbox expects', async () => {
  const body = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  expect((await read(part('Content-Type: text/plain', body), 'windows-1251')).text).toBe('Привет');
  expect((await read(part('Content-Type: text/plain', body), 'no-such-charset')).text).not.toBe('');
});
