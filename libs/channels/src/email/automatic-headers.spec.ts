import { describe, expect, it } from '@jest/globals';
import { automaticEnvelope } from './automatic-headers.js';
import { automaticFlags } from './automatic-mail.js';
import { readHead } from './mime/read-head.js';

describe('a mail that Peyk sends by itself', () => {
  it('leaves with the null sender, and is told for automatic by each of its marks alone', async () => {
    const { envelopeFrom, headers } = automaticEnvelope('0190-a.b');
    expect(envelopeFrom).toBe('');
    for (const { key, value } of headers) {
      const head = await readHead(Buffer.from(`From: us@shop.example\r\n${key}: ${value}\r\n\r\n`));
      expect(automaticFlags(head, { address: 'us@shop.example', name: '' }, null, new Set())).toEqual(['automatic']);
    }
  });

  it('takes no id that could add a header', () => {
    expect(() => automaticEnvelope('a\r\nBcc: x@y.example')).toThrow(TypeError);
  });
});

describe('the kinds of automatic mail', () => {
  const flags = async (...fields: string[]) =>
    automaticFlags(
      await readHead(Buffer.from(['From: a@b.example', ...fields, '', ''].join('\r\n'))),
      { address: 'a@b.example', name: '' },
      null,
      new Set(['support@shop.example']),
    );

  it.each([
    ['List-Unsubscribe: <mailto:x@b.example>', ['automatic', 'newsletter']],
    ['List-Id: <news.b.example>', ['automatic', 'newsletter']],
    ['Subject: Automatic reply: Hello', ['automatic', 'out_of_office']],
    ['X-Failed-Recipients: x@y.example', ['automatic', 'bounce']],
    ['X-Autoreply: yes', ['automatic']],
    ['Precedence: bulk', ['automatic']],
    ['Auto-Submitted: no', []],
    ['Subject: Hello', []],
  ])('%s', async (field, wanted) => {
    expect(await flags(field)).toEqual(wanted);
  });

  it.each([
    ['List-Id: <support.shop.example>', 'Precedence: list'],
    ['List-Post: <mailto:support@shop.example>', 'List-Unsubscribe: <mailto:leave@shop.example>'],
  ])('a mail through a group of our own is from a person', async (...fields) => {
    expect(await flags(...fields)).toEqual([]);
  });
});
