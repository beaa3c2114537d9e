import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { botApiRules, faultsOf } from './bot-api-rules.js';
import { readHtml } from './bot-api-text.js';

describe('the published rules of the Bot API', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['sendMessage has no txt', 'sendMessage', { chat_id: 1, text: 'x', txt: 'x' }],
    ['sendMessage needs text', 'sendMessage', { chat_id: 1 }],
    ['sendMessage.text is no String', 'sendMessage', { chat_id: 1, text: 5 }],
    ['sendMessage.chat_id is no Integer', 'sendMessage', { chat_id: 1.5, text: 'x' }],
    ['ReplyParameters needs message_id', 'sendMessage', { chat_id: 1, text: 'x', reply_parameters: {} }],
    [
      'InlineKeyboardButton.callback_data is 66 bytes long',
      'sendMessage',
      { chat_id: 1, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'ن'.repeat(33) }]] } },
    ],
    ['getUpdates.allowed_updates is no list', 'getUpdates', { allowed_updates: 'message' }],
    ['sendPhoto.photo is no InputFile', 'sendPhoto', { chat_id: 1, photo: 5 }],
  ])('%s', (fault, method, call) => {
    expect(faultsOf(method, call, false)).toEqual([fault]);
  });

  it('takes what a form writes out', () => {
    const markup = JSON.stringify({ inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] });
    expect(
      faultsOf('sendDocument', { chat_id: '-5', document: new File([], 'a'), reply_markup: markup }, true),
    ).toEqual([]);
    expect(faultsOf('sendDocument', { chat_id: '5', document: new File([], 'a'), reply_markup: '{' }, true)).toEqual([
      'sendDocument.reply_markup is no InlineKeyboardMarkup',
    ]);
  });

  it('reads marked text as Telegram does', () => {
    expect(readHtml('<b>a</b> &lt;<a href="http://x">b</a>')).toEqual({
      text: 'a <b',
      entities: [
        { type: 'bold', offset: 0, length: 1 },
        { type: 'text_link', offset: 3, length: 1, url: 'http://x' },
      ],
    });
    for (const wrong of ['<b>a', 'a</b>', '<b><a href="x">y</b></a>', 'a < b', 'a & b', '<i>x</i>']) {
      expect(readHtml(wrong)).toBeNull();
    }
  });
});

const corpus = new URL('../../../shared/corpus/specs/api.json', import.meta.url);
const isHere = existsSync(corpus);
if (!isHere) {
  process.stderr.write('SKIPPED: the specification of the Bot API is missing.\n');
}

interface Field {
  name: string;
  types: string[];
  required: boolean;
}

(isHere ? describe : describe.skip)('what is kept of the specification', () => {
  const whole = isHere
    ? (JSON.parse(readFileSync(corpus, 'utf8')) as {
        version: string;
        methods: Record<string, { fields?: Field[] }>;
        types: Record<string, { fields?: Field[] }>;
      })
    : { version: '', methods: {}, types: {} };
  const kept = (fields: Field[] = []) =>
    Object.fromEntries(fields.map(({ name, types, required }) => [name, { types, required }]));

  it('says of every method and object what the whole says', () => {
    expect(botApiRules.version).toBe(whole.version);
    for (const [name, fields] of Object.entries(botApiRules.methods)) {
      expect(fields).toEqual(kept(whole.methods[name]?.fields));
    }
    for (const [name, fields] of Object.entries(botApiRules.types)) {
      expect(fields).toEqual(kept(whole.types[name]?.fields));
    }
  });
});
