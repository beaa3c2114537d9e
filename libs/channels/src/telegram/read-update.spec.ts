import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InboundEvent, InboundMessage } from '../message.js';
import { readUpdate } from './read-update.js';

const person = { id: 42, is_bot: false, first_name: 'مریم', last_name: 'رضایی' };
const privately = { message_id: 7, date: 1_700_000_000, chat: { id: 42, type: 'private' }, from: person };

function read(update: Record<string, unknown>, rules = { allowGroups: false }): InboundEvent {
  const whole = { update_id: 1001, ...update };
  return readUpdate(whole, Buffer.from(JSON.stringify(whole)), rules).event;
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
      externalId: 'u1001',
      from: { kind: 'telegram', address: '42', trust: 'proven', name: 'مریم رضایی' },
      sentAt: new Date('2023-11-14T22:13:20Z'),
      kind: 'text',
      text: 'سلام',
      replyTo: '42:3',
      flags: [],
    });
  });

  it('takes the largest size of a photo, with its caption', () => {
    const sizes = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', width: 1280, height: 853 },
      { file_id: 'middle', width: 320, height: 213 },
    ];
    const message = readMessage({ photo: sizes, caption: 'رسید' });
    expect(message.text).toBe('رسید');
    expect(message.attachments).toEqual([
      { name: 'photo-7.jpg', mediaType: 'image/jpeg', contentId: null, source: { reference: 'large' } },
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

  it('takes the own contact card as a claim only', () => {
    const card = { phone_number: '989121234567', first_name: 'مریم' };
    const own = readMessage({ contact: { ...card, user_id: 42 } });
    expect(own.claims).toEqual([{ kind: 'phone', address: '+989121234567', source: 'form' }]);
    expect(own.from.kind).toBe('telegram');
    expect(own.text).toBe('👤 مریم, 989121234567');
  });

  it('claims nothing from the card of somebody else', () => {
    const card = { phone_number: '+989121234567', first_name: 'علی' };
    expect(readMessage({ contact: { ...card, user_id: 43 } }).claims).toEqual([]);
    expect(readMessage({ contact: card }).claims).toEqual([]);
  });

  it('takes a pressed button as keys and says which press waits for an answer', () => {
    const press = {
      id: 'q1',
      from: person,
      data: 'menu:2',
      message: { message_id: 9, chat: { id: 42, type: 'private' } },
    };
    const { event, callbackQueryId } = readUpdate({ update_id: 5, callback_query: press }, Buffer.from('x'), {
      allowGroups: false,
    });
    expect(event).toMatchObject({ type: 'message', kind: 'keys', text: 'menu:2', replyTo: '42:9', externalId: 'u5' });
    expect(callbackQueryId).toBe('q1');
  });

  it('never lets content vanish that it does not know', () => {
    expect(readMessage({ story: { id: 1 } }).text).toBe('[unsupported: story]');
  });

  it.each([
    ['edit', { edited_message: { ...privately, text: 'x' } }],
    ['my_chat_member:kicked', { my_chat_member: { new_chat_member: { status: 'kicked' } } }],
    ['notice', { message: { ...privately, pinned_message: {} } }],
    ['channel_post', { channel_post: {} }],
    ['group', { message: { ...privately, chat: { id: -5, type: 'group' }, text: 'x' } }],
  ])('stores and ignores with the reason %s', (reason, update) => {
    expect(read(update)).toMatchObject({ type: 'ignored', reason, externalId: 'u1001' });
  });

  it('takes messages of groups where the account allows them', () => {
    const message = { ...privately, chat: { id: -5, type: 'group', title: 'Team' }, text: 'x' };
    expect(read({ message }, { allowGroups: true })).toMatchObject({ type: 'message', from: { address: '-5' } });
  });

  it('keeps an update it cannot read as ignored, with its number', () => {
    const update = { update_id: 8, message: { message_id: 'seven' } };
    const result = readUpdate(update, Buffer.from('{}'), { allowGroups: false });
    expect(result).toMatchObject({ updateId: 8, event: { type: 'ignored', externalId: 'u8' } });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (content, value) => {
        const update = { update_id: 1, message: { ...privately, text: content, contact: value, photo: [value] } };
        expect(readUpdate(update, Buffer.from('x'), { allowGroups: true }).event.raw).toHaveLength(1);
        expect(readUpdate(value, Buffer.from('x'), { allowGroups: true }).event.raw).toHaveLength(1);
      }),
    );
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
    const { event } = readUpdate(JSON.parse(raw.toString('utf8')), raw, { allowGroups: false });
    if (expected.outcome === 'event' || event.type === 'message') {
      expect(event).toMatchObject({ type: 'message', from: { address: String(expected.chat_id) } });
      expect(event).toMatchObject(expected.text === undefined ? {} : { text: expected.text });
    } else {
      expect(event).toMatchObject({ type: 'ignored', reason: expect.stringMatching(/./) });
    }
  });
});
