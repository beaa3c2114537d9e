import { describe, expect, it } from '@jest/globals';
import { parseEmail } from '../parse-email.js';
import { readMailboxMail } from './read-mailbox-mail.js';

const owner = {
  addresses: ['support@shop.example'],
  verifySenders: false,
  trustedAuthServer: 'mx.shop.example',
  parse: parseEmail,
};

/** Reads a mail that the mailbox's server vouches for, as one about `domain`. */
async function trustIn(from: string, domain: string): Promise<unknown> {
  const vouched = `Authentication-Results: mx.shop.example; dmarc=pass header.from=${domain}`;
  const raw = Buffer.from(`${vouched}\r\nFrom: ${from}\r\nMessage-ID: <a@example.com>\r\n\r\nhello\r\n`);
  const event = await readMailboxMail({ uid: 1, raw, extent: 'whole', isSent: false }, owner);
  return event.type === 'message' && 'trust' in event.from && event.from.trust;
}

describe('the word of the server that keeps the mailbox', () => {
  it('is believed about the one address of a sender', async () => {
    expect(await trustIn('Maryam <maryam@example.com>', 'example.com')).toBe('channel_given');
  });

  it.each([
    ['<maryam@example.com> <eve@evil.example>', 'evil.example'],
    ['<maryam@example.com> <eve@evil.example>', 'example.com'],
    ['"x" <eve@evil.example> <maryam@example.com>', 'evil.example'],
    ['Maryam <maryam@example.com>', 'evil.example'],
  ])('is not believed about %s when it is about %s', async (from, domain) => {
    expect(await trustIn(from, domain)).toBe('unauthenticated');
  });
});

describe('a mail that the server would not give whole', () => {
  it('is a message of what is known of it, flagged as broken', async () => {
    const raw = Buffer.from('From: maryam@example.com\r\nSubject: order\r\n\r\nthe begin');
    const event = await readMailboxMail({ uid: 1, raw, extent: 'unreadable', isSent: false }, owner);
    expect(event).toMatchObject({ type: 'message', mail: { subject: 'order' }, flags: ['unverified', 'malformed'] });
  });
});
