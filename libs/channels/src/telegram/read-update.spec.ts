import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InboundEvent, InboundMessage } from '../message.js';
import { messengerOf } from './messengers.js';
import { readUpdate, type ReadingRules } from './read-update.js';

const person = { id: 42, is_bot: false, first_name: 'مریم', last_name: 'رضایی' };
const privately = { message_id: 7, date: 1_700_000_000, chat: { id: 42, type: 'private' }, from: person };

const account = { allowGroups: false, token: '110:abc', apiRoot: 'https://api.telegram.org' };

function read(update: Record<string, unknown>, rules: Partial<ReadingRules> = {}): InboundEvent {
  const whole = { update_id: 1001, ...update };
  return readUpdate(whole, Buffer.from(JSON.stringify(whole)), { ...account, ...rules }).event;
}

function readMessage(content: Record<string, unknown>): InboundMessage {
  const event = read({ message: { ...privately, ...content } });
  if (event.type !== 'message') {
    throw new Error(`ignored: ${event.type === 'ignored' ? event.reason : event.type}`);
  }
  return event;
}

describe('reading an update of the Bot API', () => {
  it('takes a text with its sender, its time and what it answers', () => {
    expect(readMessage({ text: 'سلام', reply_to_message: { message_id: 3 } })).toMatchObject({
      externalId: '110:u1001',
      messageId: '110:42:7',
      from: { kind: 'telegram', address: '42', trust: 'proven', name: 'مریم رضایی' },
      sentAt: new Date('2023-11-14T22:13:20Z'),
      kind: 'text',
      text: 'سلام',
      replyTo: '110:42:3',
      flags: [],
    });
  });

  it('takes the largest size of a photo, with its caption', () => {
    const sizes = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', file_unique_id: 'L', width: 1280, height: 853 },
      { file_id: 'middle', width: 320, height: 213 },
    ];
    const message = readMessage({ photo: sizes, caption: 'رسید' });
    expect(message.text).toBe('رسید');
    expect(message.attachments).toEqual([
      { name: 'photo-7.jpg', mediaType: 'image/jpeg', contentId: 'L', source: { reference: 'large' } },
    ]);
  });

  it.each([
    ['document', { file_name: 'قرارداد.pdf', mime_type: 'application/pdf' }, 'قرارداد.pdf', 'application/pdf'],
    ['voice', { mime_type: 'audio/ogg' }, 'voice-7.ogg', 'audio/ogg'],
    ['video', {}, 'video-7.mp4', 'video/mp4'],
    ['video_note', {}, 'video-7.mp4', 'video/mp4'],
    ['audio', {}, 'audio-7.mp3', 'audio/mpeg'],
  ])('keeps name and type of a %s', (kind, about, name, mediaType) => {
    const { attachments } = readMessage({ [kind]: { file_id: 'f', ...about } });
    expect(attachments).toEqual([{ name, mediaType, contentId: null, source: { reference: 'f' } }]);
  });

  it('takes an animation once although it comes with a copy of itself', () => {
    const file = { file_id: 'gif', mime_type: 'video/mp4' };
    expect(readMessage({ animation: file, document: file }).attachments).toHaveLength(1);
  });

  it('shows a sticker as its emoji and its picture', () => {
    const message = readMessage({ sticker: { file_id: 's', emoji: '👍', is_animated: true } });
    expect(message.text).toBe('👍');
    expect(message.attachments[0]).toMatchObject({ name: 'sticker-7.tgs', mediaType: 'application/x-tgsticker' });
  });

  it('writes places, dice and polls out as text', () => {
    const location = { latitude: 35.6892, longitude: 51.389 };
    expect(readMessage({ location }).text).toBe('📍 35.6892, 51.389');
    expect(readMessage({ location, venue: { title: 'کافه', address: 'تهران' } }).text).toBe(
      '📍 کافه, تهران (35.6892, 51.389)',
    );
    expect(readMessage({ dice: { emoji: '🎲', value: 4 } }).text).toBe('🎲 4');
    expect(readMessage({ poll: { question: 'کی؟', options: [{ text: 'شنبه' }] } }).text).toBe('📊 کی؟\n• شنبه');
  });

  it('notes a file that is too large for Telegram to hand out, and keeps its reference', () => {
    const message = readMessage({ document: { file_id: 'big', file_size: 21 * 1024 * 1024 } });
    expect(message.flags).toEqual(['oversized']);
    expect(message.attachments).toHaveLength(1);
  });

  it('keeps the form of a place, a card, a voice and a sticker beside the words', () => {
    const location = { latitude: 35.6892, longitude: 51.389, live_period: 900 };
    const venue = { title: 'کافه', address: 'تهران' };
    expect(readMessage({ location, venue }).shared).toEqual({
      place: { latitude: 35.6892, longitude: 51.389, title: 'کافه', address: 'تهران', live: true },
    });
    expect(readMessage({ voice: { file_id: 'v', duration: 7 } }).shared).toEqual({ voice: { seconds: 7 } });
    expect(readMessage({ sticker: { file_id: 's', emoji: '👍' } }).shared).toEqual({ sticker: { emoji: '👍' } });
    expect(readMessage({ text: 'plain' }).shared).toBeUndefined();
  });

  it('says who wrote a forwarded message first', () => {
    const from = (forward_origin: object) => readMessage({ text: 'x', forward_origin }).shared?.forwardedFrom;
    expect(from({ sender_user: { id: 1, first_name: 'Ali' } })).toBe('Ali');
    expect(from({ sender_user_name: 'somebody' })).toBe('somebody');
    expect(from({ chat: { id: -1, title: 'News' } })).toBe('News');
    expect(from({})).toBe('');
  });

  it('keeps what a message answers, or the part of it that was marked', () => {
    const reply_to_message = { message_id: 3, from: { id: 110, is_bot: true }, text: 'در چه روزی؟' };
    expect(readMessage({ text: 'شنبه', reply_to_message }).shared).toEqual({
      answers: { text: 'در چه روزی؟', ours: true },
    });
    expect(readMessage({ text: 'x', reply_to_message, quote: { text: 'روزی' } }).shared?.answers?.text).toBe('روزی');
    const own = { message_id: 3, from: person, caption: '👍'.repeat(300) };
    const { answers } = readMessage({ text: 'x', reply_to_message: own }).shared ?? {};
    expect(answers).toEqual({ text: '👍'.repeat(150), ours: false });
  });

  it('takes the own contact card as proof of the number', () => {
    const card = { phone_number: '989121234567', first_name: 'مریم' };
    const own = readMessage({ contact: { ...card, user_id: 42 } });
    expect(own.proofs).toEqual([{ kind: 'phone', address: '+989121234567', trust: 'channel_given' }]);
    expect(own.shared?.contact).toEqual({ name: 'مریم', phone: '989121234567', own: true });
    expect(own.text).toBe('👤 مریم, 989121234567');
  });

  it('proves nothing by the card of somebody else, nor by one that is passed on', () => {
    const card = { phone_number: '+989121234567', first_name: 'علی' };
    for (const content of [
      { contact: { ...card, user_id: 43 } },
      { contact: card },
      { contact: { ...card, user_id: 42 }, forward_origin: { sender_user_name: 'x' } },
    ]) {
      const message = readMessage(content);
      expect(message.proofs).toBeUndefined();
      expect(message.claims).toEqual([]);
      expect(message.shared?.contact?.own).toBe(false);
    }
  });

  it('knows the parts of an album and the token of a link', () => {
    expect(readMessage({ text: 'x', media_group_id: 'g1' }).album).toBe('110:42:g1');
    expect(readMessage({ text: '/start Ab-9_x' }).startToken).toBe('Ab-9_x');
    expect(readMessage({ text: '/start@peyk_bot Ab9' }).startToken).toBe('Ab9');
    expect(readMessage({ text: '/start' }).startToken).toBeUndefined();
    expect(readMessage({ text: `/start ${'x'.repeat(65)}` }).startToken).toBeUndefined();
  });

  it('takes an edit as the new form of its message, and proves nothing by it', () => {
    const edited = { ...privately, text: 'new', edit_date: 1_700_000_100 };
    expect(read({ edited_message: edited })).toMatchObject({
      type: 'message',
      externalId: '110:u1001',
      revises: '110:42:7',
      text: 'new',
    });
    const card = { contact: { phone_number: '989121234567', user_id: 42 } };
    expect(read({ edited_message: { ...privately, ...card } })).not.toHaveProperty('proofs');
  });

  it.each([
    ['kicked', 'blocked'],
    ['member', 'yes'],
  ])('hears from %s whether the chat can be reached', (status, reachable) => {
    const chat = { id: 42, type: 'private' };
    expect(read({ my_chat_member: { chat, new_chat_member: { status } } })).toMatchObject({
      type: 'ignored',
      reach: { kind: 'telegram', address: '42', reachable },
    });
  });

  it('tells people of another messenger apart', () => {
    const bale = { apiRoot: 'https://tapi.bale.ai' };
    const message = { ...privately, text: 'سلام' };
    expect(read({ message }, bale)).toMatchObject({ from: { kind: 'telegram', address: 'bale:42' } });
    const there = { apiRoot: 'http://127.0.0.1:1', messenger: 'bale' as const };
    expect(read({ message }, there)).toMatchObject({ from: { address: 'bale:42' } });
  });

  it('takes a pressed button as keys and says which press waits for an answer', () => {
    const press = {
      id: 'q1',
      from: person,
      data: 'menu:2',
      message: {
        message_id: 9,
        chat: { id: 42, type: 'private' },
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'پیگیری سفارش', callback_data: 'menu:2' },
              { text: 'x', url: 'y' },
            ],
          ],
        },
      },
    };
    expect(read({ callback_query: press })).toMatchObject({
      type: 'message',
      kind: 'keys',
      text: 'پیگیری سفارش',
      replyTo: '110:42:9',
      externalId: '110:u1001',
      choice: { id: 'menu:2', of: '110:42:9' },
      pressId: 'q1',
    });
    expect(read({ callback_query: { ...press, message: undefined } })).toMatchObject({
      text: 'menu:2',
      choice: { id: 'menu:2', of: null },
    });
  });

  it('never lets content vanish that it does not know', () => {
    expect(readMessage({ story: { id: 1 } }).text).toBe('[unsupported: story]');
  });

  it.each([
    ['my_chat_member:kicked', { my_chat_member: { new_chat_member: { status: 'kicked' } } }],
    ['notice', { message: { ...privately, pinned_message: {} } }],
    ['channel_post', { channel_post: {} }],
    ['group', { message: { ...privately, chat: { id: -5, type: 'group' }, text: 'x' } }],
  ])('stores and ignores with the reason %s', (reason, update) => {
    expect(read(update)).toMatchObject({ type: 'ignored', reason, externalId: '110:u1001' });
  });

  it('takes messages of groups where the account allows them', () => {
    const message = { ...privately, chat: { id: -5, type: 'group', title: 'Team' }, text: 'x' };
    expect(read({ message }, { allowGroups: true })).toMatchObject({
      type: 'message',
      text: 'مریم رضایی: x',
      from: { address: '-5', name: 'Team' },
    });
  });

  it('keeps an update it cannot read as ignored, with its number', () => {
    const update = { update_id: 8, message: { message_id: 'seven' } };
    const result = readUpdate(update, Buffer.from('{}'), account);
    expect(result).toMatchObject({ updateId: 8, event: { type: 'ignored', externalId: '110:u8' } });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (content, value) => {
        const update = { update_id: 1, message: { ...privately, text: content, contact: value, photo: [value] } };
        const rules = { ...account, allowGroups: true };
        expect(readUpdate(update, Buffer.from('x'), rules).event.raw).toHaveLength(1);
        expect(readUpdate(value, Buffer.from('x'), rules).event.raw).toHaveLength(1);
      }),
    );
  });
});

const specification = new URL('../../../../../shared/corpus/specs/api.json', import.meta.url);
(existsSync(specification) ? describe : describe.skip)('the kinds of update', () => {
  it('are asked for, every one that is published', () => {
    const { types } = JSON.parse(readFileSync(specification, 'utf8')) as {
      types: { Update: { fields: { name: string }[] } };
    };
    const published = types.Update.fields.map(({ name }) => name).filter((name) => name !== 'update_id');
    expect(messengerOf(account).updateKinds).toEqual(published);
    for (const kind of published.filter((name) => !/^(edited_)?message$|^callback_query$|^my_chat/.test(name))) {
      expect(read({ [kind]: { id: 1 } })).toMatchObject({ type: 'ignored', reason: kind, externalId: '110:u1001' });
    }
  });
});

const corpus = new URL('../../../../../shared/corpus/telegram/', import.meta.url);
const isHere = existsSync(new URL('index.json', corpus));
if (!isHere) {
  process.stderr.write('SKIPPED: the Telegram corpus is missing.\n');
}

interface CorpusCase {
  id: string;
  file: string;
  expect: { outcome: string; chat_id: number; text?: string };
}

(isHere ? describe : describe.skip)('updates of the corpus', () => {
  const { cases } = isHere
    ? (JSON.parse(readFileSync(new URL('index.json', corpus), 'utf8')) as { cases: CorpusCase[] })
    : { cases: [] };
  it.each(cases.map((one): [string, CorpusCase] => [one.id, one]))('%s', (_, { file, expect: expected }) => {
    const raw = readFileSync(new URL(file, corpus));
    const { event } = readUpdate(JSON.parse(raw.toString('utf8')), raw, account);
    if (expected.outcome === 'event' || event.type === 'message') {
      expect(event).toMatchObject({ type: 'message', from: { address: String(expected.chat_id) } });
      expect(event).toMatchObject(expected.text === undefined ? {} : { text: expected.text });
    } else {
      expect(event).toMatchObject({ type: 'ignored', reason: expect.stringMatching(/./) });
    }
  });
});
