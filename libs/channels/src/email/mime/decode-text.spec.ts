import { describe, expect, it } from '@jest/globals';
import { mailLimits } from '../parse-email.js';
import { readHead } from './read-head.js';
import { readParts } from './read-parts.js';

/** "سلام" as old mail programs wrote it. */
const old = Buffer.from('d3e1c7e3', 'hex');
const damaged = Buffer.concat([Buffer.from('سفارش من نرسید'), Buffer.from([0xc0]), Buffer.from(' پایان')]);
const repaired = 'سفارش من نرسید\ufffd پایان';

describe('UTF-8 of which a byte was broken on the way', () => {
  it.each(['; charset=utf-8', ''])('stays UTF-8 in a text that says "%s" of its charset', async (charset) => {
    const raw = Buffer.concat([Buffer.from(`Content-Type: text/plain${charset}\r\n\r\n`), damaged]);
    expect((await readParts(raw, mailLimits)).text.trim()).toBe(repaired);
  });

  it('stays UTF-8 in a header', async () => {
    const raw = Buffer.concat([Buffer.from('Subject: '), damaged, Buffer.from('\r\n\r\nhi')]);
    expect((await readHead(raw)).subject).toBe(repaired);
  });
});

describe('headers in several charsets', () => {
  it('are decoded one by one', async () => {
    const raw = Buffer.concat([
      Buffer.from('X-Old: '),
      old,
      Buffer.from('\r\nSubject: سلام دنیا\r\nTo: '),
      old,
      Buffer.from(' <b@example.com>\r\n\r\nhi'),
    ]);
    const head = await readHead(raw);
    expect([head.subject, head.field('x-old'), head.addresses('to')]).toEqual([
      'سلام دنیا',
      'سلام',
      [{ address: 'b@example.com', name: 'سلام' }],
    ]);
  });
});

it('a text of an old charset is not taken for UTF-8 because some of its letters could be', async () => {
  // "گلک پاک": few of its pairs are letters of UTF-8 too.
  const bytes = Buffer.from('d3e1c7e32090e1981081c798', 'hex');
  const raw = Buffer.concat([Buffer.from('Content-Type: text/plain\r\n\r\n'), bytes]);
  expect((await readParts(raw, mailLimits)).text).toContain('سلام');
});
