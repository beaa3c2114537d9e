import { describe, expect, it } from '@jest/globals';
import { parseEmail, type MailContext } from './parse-email.js';

const context: MailContext = {
  envelopeTo: [],
  envelopeFrom: null,
  accountAddresses: ['support@shop.example'],
  verdict: 'none',
};
const mail = (headers: Record<string, string>) =>
  Buffer.from(
    `${Object.entries({ Subject: 'Order', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\nhello`,
  );
const read = (raw: Uint8Array, over: Partial<MailContext> = {}) => parseEmail(raw, { ...context, ...over });

describe('the sender of a mail', () => {
  it('is the customer behind a group of our own that puts itself into From', async () => {
    const group = { From: "'Maryam Z.' via Support <support@shop.example>", 'X-Original-Sender': 'maryam@example.com' };
    const { from, flags, claims } = await read(mail({ ...group, 'Reply-To': 'Maryam <maryam@example.com>' }), {
      verdict: 'pass',
    });
    expect(from).toEqual({ kind: 'email', address: 'maryam@example.com', name: 'Maryam Z.', trust: 'unauthenticated' });
    expect([flags, claims]).toEqual([['unverified'], []]);
  });

  it.each([
    ['our domain does not vouch for the group', 'support@shop.example', 'none' as const],
    ['it came from somebody else', 'ali@example.com', 'pass' as const],
  ])('is not chosen by such a field where %s', async (_, author, verdict) => {
    const { from } = await read(mail({ From: author, 'X-Original-Sender': 'maryam@example.com' }), { verdict });
    expect(from.address).toBe(author);
  });
});

describe('the ids of a mail', () => {
  it('are read where a program wrote them as encoded words', async () => {
    const { mail: headers } = await read(
      mail({
        From: 'a@b.example',
        'Message-ID': '=?utf-8?q?=3Cx=2E1=40odd=2Eexample=3E?=',
        'In-Reply-To':
          '=?utf-8?q?=3Cm=2E2fqeqx72efdxvhcke6ujzrup44=2Eagrae6ddev3ltpit6?=\r\n =?utf-8?q?zz3kyhvku=40shop=2Eexample=3E?=',
        References: '=?utf-8?q?=3Ca=40b=2Eexample=3E?=\r\n =?utf-8?q?_=3Cc=40d=2Eexample=3E?=',
      }),
    );
    expect([headers?.messageId, headers?.inReplyTo, headers?.references]).toEqual([
      '<x.1@odd.example>',
      '<m.2fqeqx72efdxvhcke6ujzrup44.agrae6ddev3ltpit6zz3kyhvku@shop.example>',
      ['<a@b.example>', '<c@d.example>'],
    ]);
  });
});
