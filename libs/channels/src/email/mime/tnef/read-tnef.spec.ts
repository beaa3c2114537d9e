import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mailLimits } from '../../parse-email.js';
import { readParts } from '../read-parts.js';
import { readRtf } from './read-rtf.js';
import { readTnef } from './read-tnef.js';
import { unpackRtf } from './unpack-rtf.js';

const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function attribute(level: number, id: number, type: number, content: Buffer): Buffer {
  const sum = content.reduce((total, byte) => (total + byte) & 0xffff, 0);
  return Buffer.concat([Buffer.from([level]), u16(id), u16(type), u32(content.length), content, u16(sum)]);
}

type Property = [id: number, type: number, content: Buffer];
const fixed = (id: number, type: number, content: Buffer): Property => [id, type, content];

function properties(...list: Property[]): Buffer {
  const rows = list.map(([id, type, content]) =>
    [0x1e, 0x1f, 0x0d, 0x102].includes(type)
      ? Buffer.concat([u16(type), u16(id), u32(1), u32(content.length), padded(content)])
      : Buffer.concat([u16(type), u16(id), padded(content)]),
  );
  return Buffer.concat([u32(list.length), ...rows]);
}

const unicode = (text: string) => Buffer.from(`${text}\0`, 'utf16le');

function file(title: string, data: Buffer, ...more: Property[]): Buffer {
  return Buffer.concat([
    attribute(2, 0x9002, 6, Buffer.alloc(14)),
    attribute(2, 0x8010, 1, Buffer.from(`${title}\0`)),
    attribute(2, 0x800f, 6, data),
    attribute(2, 0x9005, 6, properties(...more)),
  ]);
}

function tnef(...parts: Buffer[]): Buffer {
  const head = attribute(1, 0x9006, 8, u32(0x10000));
  return Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    head,
    attribute(1, 0x9007, 6, Buffer.concat([u32(1256), u32(0)])),
    ...parts,
  ]);
}

/** RTF as Exchange packs it when it does not bother to make it smaller: letters only. */
function packed(rtf: string): Buffer {
  const letters = Buffer.from(rtf, 'latin1');
  const groups = [];
  for (let at = 0; at < letters.length; at += 8) {
    groups.push(Buffer.from([0]), letters.subarray(at, at + 8));
  }
  const body = Buffer.concat(groups);
  return Buffer.concat([u32(body.length + 12), u32(letters.length), Buffer.from('LZFu'), u32(0), body]);
}

const longName = 'صورت‌حساب بسیار طولانی مشتری برای سال ۱۴۰۵.pdf';
const bodyProperties = (...list: Property[]) => attribute(1, 0x9003, 6, properties(...list));

describe('a winmail.dat', () => {
  it('gives its files with their long names', () => {
    const mail = readTnef(
      tnef(
        file(
          'INVOIC~1.PDF',
          Buffer.from('%PDF'),
          [0x3707, 0x1f, unicode(longName)],
          [0x370e, 0x1f, unicode('application/pdf')],
        ),
      ),
    );
    expect(mail?.files.map(({ name, mediaType, bytes }) => [name, mediaType, Buffer.from(bytes).toString()])).toEqual([
      [longName, 'application/pdf', '%PDF'],
    ]);
  });

  it('gives its HTML in its own code page', () => {
    const html = Buffer.concat([Buffer.from('<p>'), Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]), Buffer.from('</p>')]);
    expect(readTnef(tnef(bodyProperties([0x1013, 0x102, html])))?.html).toBe('<p>سلام</p>');
  });

  it('gives the HTML that its RTF carries', () => {
    const rtf = `{\\rtf1\\ansi\\ansicpg1256\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p dir="rtl">}\\htmlrtf {\\htmlrtf0 \\'d3\\'e1\\'c7\\'e3 \\u1740?{\\*\\htmltag84 &nbsp;}\\htmlrtf\\'a0\\htmlrtf0 \\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}`;
    expect(readTnef(tnef(bodyProperties([0x1009, 0x102, packed(rtf)])))?.html).toBe('<p dir="rtl">سلام ی&nbsp;</p>');
  });

  it('gives plain RTF as text, and plain text where there is no more', () => {
    const rtf = '{\\rtf1\\ansi{\\colortbl;\\red1;}first\\par second \\b bold\\b0{\\*\\generator X;}}';
    expect(readTnef(tnef(bodyProperties([0x1009, 0x102, packed(rtf)])))?.text).toBe('first\nsecond bold');
    expect(readTnef(tnef(attribute(1, 0x800c, 2, Buffer.from([0xd3, 0xe1, 0]))))?.text).toBe('سل');
  });

  it('reads over properties of every type, named and many-valued ones included', () => {
    const named = Buffer.concat([
      u16(0x1f),
      u16(0x8001),
      Buffer.alloc(16),
      u32(1),
      u32(4),
      padded(Buffer.from('a\0b\0')),
      u32(1),
      u32(4),
      unicode('x'),
    ]);
    const many = Buffer.concat([u16(0x1003), u16(0x4001), u32(2), u32(7), u32(8)]);
    const list = [
      fixed(0x0017, 0x03, u32(1)),
      fixed(0x0e06, 0x40, Buffer.alloc(8)),
      fixed(0x0e1b, 0x0b, u16(1)),
      fixed(0x4002, 0x48, Buffer.alloc(16)),
    ];
    const content = properties(...list, [0x1000, 0x1f, unicode('found')]).subarray(4);
    expect(readTnef(tnef(attribute(1, 0x9003, 6, Buffer.concat([u32(7), named, many, content]))))?.text).toBe('found');
  });

  it('gives a mail inside it as its text and its files', () => {
    const inner = tnef(bodyProperties([0x1000, 0x1f, unicode('inner words')]), file('deep.txt', Buffer.from('deep')));
    const outer = Buffer.concat([
      attribute(2, 0x9002, 6, Buffer.alloc(14)),
      attribute(
        2,
        0x9005,
        6,
        properties([0x3001, 0x1f, unicode('Old mail')], [0x3701, 0x0d, Buffer.concat([Buffer.alloc(16), inner])]),
      ),
    ]);
    const files = readTnef(tnef(outer))?.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]);
    expect(files).toEqual([
      ['Old mail.txt', 'inner words'],
      ['deep.txt', 'deep'],
    ]);
  });

  it('gives what stands before a damage, and is none when it does not begin as one', () => {
    const whole = tnef(file('a.txt', Buffer.from('first')), file('b.txt', Buffer.from('second')));
    expect(readTnef(whole.subarray(0, whole.length - 60))?.files[0]?.name).toBe('a.txt');
    expect(readTnef(Buffer.from('PK\x03\x04 something else'))).toBeNull();
  });

  it('is opened in time whatever was changed in it', () => {
    const good = tnef(
      bodyProperties([0x1009, 0x102, packed('{\\rtf1 text}')]),
      file('a.txt', Buffer.from('x'.repeat(100)), [0x3707, 0x1f, unicode('long.txt')]),
    );
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const bytes = Buffer.from(good);
        changes.forEach(([at, value]) => bytes.writeUInt8(value, at));
        const from = process.cpuUsage();
        readTnef(bytes);
        expect(process.cpuUsage(from).user).toBeLessThan(500_000);
      }),
      { numRuns: 500 },
    );
  });

  it("is opened as part of a mail: its files are the mail's, its body is the text", async () => {
    const content = tnef(
      bodyProperties([0x1013, 0x102, Buffer.from('<p>hello</p>')]),
      file('X.TXT', Buffer.from('x'), [0x3707, 0x1f, unicode('long name.txt')]),
    );
    const raw = Buffer.from(
      `Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64')}`,
    );
    const { text, html, attachments } = await readParts(raw, mailLimits);
    expect([text, html, attachments.map(({ name }) => name)]).toEqual(['hello', '<p>hello</p>', ['long name.txt']]);
    const broken = Buffer.from('Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nnothing of the kind');
    expect((await readParts(broken, mailLimits)).attachments.map(({ name }) => name)).toEqual(['winmail.dat']);
  });

  it('gives the same files as the tnef program, where there is one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'peyk-tnef-'));
    const given = tnef(
      file('ONE~1.TXT', Buffer.from('first'), [0x3707, 0x1f, unicode('one long name.txt')]),
      file('TWO.BIN', Buffer.from([0, 1, 2, 255]), [0x3707, 0x1e, Buffer.from('two.bin\0')]),
    );
    writeFileSync(join(folder, 'winmail.dat'), given);
    const { error } = spawnSync('tnef', ['-f', 'winmail.dat'], { cwd: folder });
    const files = readdirSync(folder).filter((name) => name !== 'winmail.dat');
    const theirs = files.map((name) => [name, readFileSync(join(folder, name)).toString('hex')]);
    rmSync(folder, { recursive: true });
    if (error) {
      process.stderr.write('SKIPPED: the program "tnef" is not installed, its reading was not compared\n');
      return;
    }
    const ours = readTnef(given)?.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]);
    expect(ours).toHaveLength(2);
    expect(new Map(ours as [string, string][])).toEqual(new Map(theirs as [string, string][]));
  });
});

describe('compressed RTF', () => {
  it('is unpacked as the examples of its specification are', () => {
    const simple = Buffer.from(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      'hex',
    );
    expect(unpackRtf(simple)).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    const crossing = Buffer.from('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', 'hex');
    expect(unpackRtf(crossing)).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
  });

  it('is nothing when it is damaged, and never more than it says', () => {
    expect(unpackRtf(Buffer.from('short'))).toBeNull();
    expect(
      unpackRtf(Buffer.concat([u32(100), u32(0x7fffffff), Buffer.from('LZFu'), u32(0), Buffer.alloc(50)])),
    ).toBeNull();
    expect(unpackRtf(Buffer.concat([u32(100), u32(5), Buffer.from('MELA'), u32(0), Buffer.from('helloworld')]))).toBe(
      'hello',
    );
  });
});

it('reads RTF of any size in time that grows with it', () => {
  for (const unit of ['{', '}', "\\'e1", '\\u1740?', '{\\*\\htmltag <', '\\par ', '\\constructor ', 'x']) {
    const from = process.cpuUsage();
    readRtf(`{\\rtf1\\fromhtml1 ${unit.repeat(Math.floor(1_000_000 / unit.length))}`);
    expect(process.cpuUsage(from).user).toBeLessThan(3_000_000);
  }
});
