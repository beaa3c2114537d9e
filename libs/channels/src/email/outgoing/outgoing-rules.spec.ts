import { describe, expect, it } from '@jest/globals';
import { isSameSubject } from '../same-subject.js';
import { readMessageId, signMessageId } from '../thread-token.js';
import { idsInAnswer } from './other-ids.js';
import { mayBeQuotedTo, replyAllCopies } from './reply-all.js';
import { bodyMark, findBodyToken } from './reply-marker.js';
import { readUnsubscribe, signUnsubscribe, unsubscribeHeaders } from './unsubscribe.js';

const key = Buffer.alloc(32, 7);
const mail = { messageId: '0190c0de-1234-7abc-8def-0123456789ab', threadId: '0190c0de-0000-7abc-8def-0123456789ab' };

describe('a Message-ID of ours', () => {
  const id = signMessageId(mail, 'shop.example', key);

  it('names its mail and thread, whatever became of the domain and of letter case', () => {
    expect(id).toMatch(/^<m\.[a-z2-7]{26}\.[a-z2-7]{26}\.[a-z2-7]{13}@shop\.example>$/u);
    expect(readMessageId(id, key)).toEqual(mail);
    expect(readMessageId(id.toUpperCase().replace('SHOP.EXAMPLE', 'Other.example'), key)).toEqual(mail);
  });

  it('is refused under another key and when any letter of it was changed', () => {
    const end = id.indexOf('@');
    const forged = Array.from(
      id.slice(0, end),
      (letter, at) => id.slice(0, at) + (letter === 'a' ? 'b' : 'a') + id.slice(at + 1),
    );
    expect(forged.filter((one) => one !== id && readMessageId(one, key) !== null)).toEqual([]);
    expect([
      readMessageId(id, Buffer.alloc(32, 8)),
      readMessageId('<a@b>', key),
      readMessageId(id.slice(1), key),
    ]).toEqual([null, null, null]);
  });
});

describe('what a server says of the id it gave', () => {
  it.each([
    [
      '250 2.0.0 OK <AM0PR01MB1@AM0PR01MB1.eurprd01.prod.outlook.com> [Hostname=x]',
      'smtp.office365.com',
      ['<AM0PR01MB1@AM0PR01MB1.eurprd01.prod.outlook.com>'],
    ],
    [
      '250 Ok 0102018c3f2b5e0a-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d-000000',
      'email-smtp.eu-west-1.amazonaws.com',
      ['<0102018c3f2b5e0a-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d-000000@eu-west-1.amazonses.com>'],
    ],
    [
      '250 Ok 0100018c3f2b5e0a-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d-000000',
      'email-smtp.us-east-1.amazonaws.com',
      ['<0100018c3f2b5e0a-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d-000000@email.amazonses.com>'],
    ],
    ['250 2.0.0 Ok: queued as 4F2A71C0DE', 'mail.shop.example', []],
    ['250 2.0.0 OK 1700000000 x20-20020a05 - gsmtp', 'smtp.gmail.com', []],
    ['250 kept <own@shop.example>', 'mail.shop.example', []],
  ])('%s', (answer, host, ids) => {
    expect(idsInAnswer(answer, host, '<own@shop.example>')).toEqual(ids);
  });
});

describe('an answer to everybody', () => {
  it('reaches all but the one who is answered and ourselves, plus tags included', () => {
    const people = {
      from: 'ali@example.org',
      to: ['support+abc@shop.example', 'Sara@example.org'],
      cc: ['sara@example.org', 'sales@shop.example', 'not one'],
    };
    expect(replyAllCopies(people, 'ali@example.org', ['support@shop.example', 'sales@shop.example'])).toEqual([
      'sara@example.org',
    ]);
  });

  it('repeats a mail only to those who had it', () => {
    const people = { from: 'ali@example.org', to: ['us@shop.example'], cc: ['sara@example.org'] };
    expect([
      mayBeQuotedTo(people, ['ali@example.org', 'sara@example.org']),
      mayBeQuotedTo(people, ['ali@example.org', 'new@example.org']),
    ]).toEqual([true, false]);
  });
});

describe('a subject', () => {
  it.each([
    ['سفارش من', 'پاسخ: سفارش من', true],
    ['سفارش شماره ۱۲', 'Re: سفارش شماره 12', true],
    ['علی', 'ارجاع: علي', true],
    ['Order 17', 'RE: AW: [EXTERNAL] order  17', true],
    ['Order 17', 'Order 18', false],
    ['Order', 'Re: Reorder', false],
    ['🙂', 'Re: 👍', false],
    ['', 'Re: Order', false],
    ['Order', 'Re:', true],
  ])('“%s” is continued by “%s”: %s', (thread, subject, same) => {
    expect(isSameSubject(thread, subject)).toBe(same);
  });
});

it('finds the thread that a quoted mail of ours names in its body', () => {
  const token = 'a'.repeat(39);
  expect(findBodyToken(`> -- reply above -- ${bodyMark(token)}\n> hello`)).toBe(token);
  expect(findBodyToken(`peyk:${'a'.repeat(40)}`)).toBeNull();
});

describe('the address to unsubscribe at', () => {
  const wish = { channelId: 'c1', list: 'csat', address: 'ali@example.org' };

  it('says who leaves which list, and is worth nothing once changed', () => {
    const token = signUnsubscribe(wish, key);
    expect(readUnsubscribe(token, key)).toEqual(wish);
    const forged = Array.from(
      token.slice(0, -1),
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    expect(forged.filter((one) => readUnsubscribe(one, key) !== null)).toEqual([]);
    expect([readUnsubscribe('', key), readUnsubscribe('%%', key), readUnsubscribe('A'.repeat(5_000), key)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is in a mail only where it is safe on its way', () => {
    const isThere = (url: string) => 'List-Unsubscribe' in unsubscribeHeaders(url);
    expect(['https://desk.example/u/t', 'http://127.0.0.1:3000/u/t', 'http://[::1]/u/t'].filter(isThere)).toHaveLength(
      3,
    );
    expect(['http://desk.example/u/t', 'http://127.0.0.1.evil.example/u', 'https://x y', ''].filter(isThere)).toEqual(
      [],
    );
  });
});
