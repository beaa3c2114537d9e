import { describe, expect, it } from '@jest/globals';
import { parseEmail } from '../parse-email.js';

function read(type: string, body: Uint8Array) {
  const head = `From: maryam@example.com\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n`;
  return parseEmail(Buffer.concat([Buffer.from(head), body]), {
    envelopeTo: [],
    envelopeFrom: null,
    accountAddresses: [],
    verdict: 'none',
  });
}

describe('a text whose lines were broken by its program', () => {
  const flowed = (lines: string[], more = '') =>
    read(`text/plain; charset=utf-8; format=flowed${more}`, Buffer.from(lines.join('\r\n')));

  it('hides the quote and nothing of the answer, whatever stands at the ends of the lines', async () => {
    const { text, hidden } = await flowed([
      'Please send ',
      'another one.',
      '',
      'On Monday, Support wrote:',
      '> We are sorry ',
      '> to hear that. ',
      '>> It came broken, ',
      '>> as you see. ',
      'Thank you ',
      'very much.',
      '',
    ]);
    expect(text).toBe(
      [
        'Please send another one.',
        '',
        'On Monday, Support wrote:',
        '> We are sorry to hear that. ',
        '>> It came broken, as you see. ',
        'Thank you very much.',
      ].join('\n'),
    );
    // An answer stands below the quote too, so that nothing of it may go.
    const seen = (hidden ?? []).reduceRight((whole, [from, to]) => whole.slice(0, from) + whole.slice(to), text);
    expect(seen).toContain('Please send another one.');
    expect(seen).toContain('Thank you very much.');
  });

  it('is put together in Persian and in other charsets as well', async () => {
    const { text } = await flowed(['سفارش من ', 'شکسته است.', '> پاسخ ', '> ما'], '; delsp=no');
    expect(text).toBe('سفارش من شکسته است.\n> پاسخ ما');
    // "> سلام " and "> خوبي" in windows-1256.
    const bytes = Buffer.from('3e20d3e1c7e3200d0a3e20cee6c8ed', 'hex');
    const old = await read('text/plain; charset=windows-1256; format=flowed', bytes);
    expect(old.text).toBe('> سلام خوبي');
  });
});
