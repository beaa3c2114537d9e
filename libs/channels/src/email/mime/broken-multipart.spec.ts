import { describe, expect, it } from '@jest/globals';
import { parseEmail, type MailContext } from '../parse-email.js';
import { decodeText } from './decode-text.js';

const context: MailContext = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' };
const head = 'From: Maryam <maryam@example.com>\r\nSubject: Order\r\nMIME-Version: 1.0\r\n';
const read = (type: string, body: string) =>
  parseEmail(Buffer.from(`${head}Content-Type: ${type}\r\n\r\n${body}`), context);

describe('a mail of several parts that has none', () => {
  it('is shown as it came when its boundary never comes, and said to be damaged', async () => {
    const mail = await read('multipart/mixed; boundary=b', 'سلام بدون بخش');
    expect([mail.text, mail.flags.includes('malformed')]).toEqual(['سلام بدون بخش', true]);
  });

  it('is shown as it came when it names no boundary', async () => {
    const mail = await read('multipart/mixed', '--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b--');
    expect(mail.text).toContain('see');
    expect(mail.flags).toContain('malformed');
  });

  it('is left alone when one of its parts says something', async () => {
    const mail = await read('multipart/mixed; boundary=b', '--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b--');
    expect([mail.text, mail.flags.includes('malformed')]).toEqual(['see', false]);
  });
});

describe('a mark at the beginning of a text', () => {
  it('is believed where letters of two bytes follow', () => {
    const words = 'سلام دنیا';
    expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words, 'utf16le')]))).toBe(words);
  });

  it('is not believed where they do not', () => {
    const text = decodeText(
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('order number 4512 has not come yet!')]),
      'utf-8',
    );
    expect(text).toContain('order number 4512');
  });
});
