import { describe, expect, test } from '@jest/globals';
import type { BotSay } from '../engine/types/bot-say.js';
import { numberFolder, persianPromptNames, persianPrompts } from './persian-prompts.js';
import { renderFor } from './render-for.js';
import type { VoiceStep, WrittenMessage } from './rendered.js';
import { readWireId, wireId } from './wire-id.js';

function say(changes: Partial<BotSay>): BotSay {
  return {
    node: 'menu',
    locale: 'en',
    text: '',
    short: null,
    speech: null,
    audio: null,
    values: [],
    media: null,
    options: [],
    input: null,
    line: null,
    turn: 3,
    ...changes,
  };
}

const option = (id: string, label: string, dtmf: string | null = null) => ({ id, label, dtmf });
const written = (says: BotSay[], channel: 'web' | 'telegram' | 'sms' | 'email') =>
  renderFor(channel, says, { session: 'k3x9a1bz' }) as WrittenMessage[];
const spoken = (says: BotSay[]): VoiceStep[] => {
  const [turn] = renderFor('voice', says);
  return turn?.kind === 'voice' ? turn.steps : [];
};

describe('a written message', () => {
  test('has the longest ids that Telegram takes', () => {
    const id = wireId({ session: 'k3x9a1bz', turn: 9999, option: `o${'x'.repeat(47)}` });
    expect(Buffer.byteLength(id)).toBe(64);
    expect(readWireId(id)).toEqual({ session: 'k3x9a1bz', turn: 9999, option: `o${'x'.repeat(47)}` });
  });

  test.each(['', 'b:', 'b:k3x9a1bz:1', 'b:k3x9a1bz:x:track', 'b:k3x9a1bz:1:__proto__', 'cb:ours:1:no'])(
    'has no choice in %j',
    (id) => {
      expect(readWireId(id)).toBeNull();
    },
  );

  test('cuts a label that no button can show between two letters', () => {
    const label = '👩‍👩‍👧‍👦'.repeat(20);
    const [message] = written([say({ text: '?', options: [option('a', label)] })], 'telegram');
    const shown = message?.choices[0]?.label ?? '';
    expect(shown.length).toBeLessThanOrEqual(64);
    expect(shown).toBe(`${'👩‍👩‍👧‍👦'.repeat(5)}…`);
  });

  test('counts a Persian menu as the two parts that it is sent as', () => {
    const options = [
      option('a', 'پیگیری سفارش', '1'),
      option('b', 'ساعت کاری فروشگاه', '2'),
      option('c', 'گفتگو با کارشناس', '0'),
    ];
    const [message] = written([say({ locale: 'fa', text: 'چه کمکی از ما برمی‌آید؟', options })], 'sms');
    expect(message?.body).toBe('چه کمکی از ما برمی‌آید؟\n۱) پیگیری سفارش\n۲) ساعت کاری فروشگاه\n۰) گفتگو با کارشناس');
    expect(message?.smsParts).toBe(2);
  });

  test('numbers a menu by place where not every option has a key of its own', () => {
    const options = [option('a', 'First', '5'), option('b', 'Second')];
    expect(written([say({ text: 'Which?', options })], 'sms')[0]?.body).toBe('Which?\n1) First\n2) Second');
  });

  test('has its menu in its words where nobody can press, under the numbers that answers are read by', () => {
    const options = [option('a', 'First', '1'), option('b', 'A person', '0')];
    const [message] = renderFor('web', [say({ text: 'Which?', options })], { session: 'k3x9a1bz', isPlain: true });
    expect(message).toMatchObject({ body: 'Which?\n1) First\n0) A person', choices: [{}, { label: 'A person' }] });
    expect(written([say({ text: 'Which?', options })], 'web')[0]?.body).toBe('Which?');
  });

  test('lists no marks that are their own numbers', () => {
    const options = ['1', '2', '3'].map((mark) => option(`mark_${mark}`, mark, mark));
    expect(written([say({ text: '1 to 3?', options })], 'sms')[0]?.body).toBe('1 to 3?');
  });

  test.each(['sms', 'email'] as const)('is one for everything that a turn says by %s', (channel) => {
    const says = [
      say({ text: 'Found it.' }),
      say({ text: 'Anything else?', short: 'More?', options: [option('y', 'Yes')] }),
    ];
    const messages = written(says, channel);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.body).toContain('Found it.');
    expect(messages[0]?.choices).toEqual([{ id: 'b:k3x9a1bz:3:y', label: 'Yes' }]);
    expect(messages[0]?.body).toContain(channel === 'sms' ? 'More?' : 'Anything else?');
  });

  test('links each choice of a mail to the place of a signed address, and escapes what a customer may have written', () => {
    const [mail] = written([say({ text: 'Hello <b>Sara</b> & co', options: [option('a', 'A "quote"')] })], 'email');
    expect(mail?.html).toContain(
      '<p dir="ltr" lang="en" style="unicode-bidi: plaintext">Hello &lt;b&gt;Sara&lt;/b&gt; &amp; co</p>',
    );
    expect(mail?.html).toContain('<a href="{{choice:b:k3x9a1bz:3:a}}">A &quot;quote&quot;</a>');
    expect(mail?.body).toContain('A "quote": {{choice:b:k3x9a1bz:3:a}}');
  });

  test('is none for a pause on the line', () => {
    expect(written([say({ line: { act: 'pause', ms: 2_000 } })], 'web')).toEqual([]);
  });
});

describe('a call', () => {
  test('reads a menu with its keys where nothing was recorded or worded for it', () => {
    const options = [option('a', 'Orders', '1'), option('b', 'A person', '0'), option('c', 'Nothing')];
    const steps = spoken([say({ text: 'How can we help?', options })]);
    expect(steps).toEqual([
      { say: 'How can we help?', locale: 'en' },
      { say: 'Orders: press 1.', locale: 'en' },
      { say: 'A person: press 0.', locale: 'en' },
    ]);
  });

  test('plays a recording and then the values of its sentence', () => {
    const values = [
      { kind: 'digits', value: '407' },
      { kind: 'money', value: '1250000' },
      { kind: 'date_jalali', value: '1405-01-05' },
    ] as const;
    const steps = spoken([say({ locale: 'fa', text: 'x', audio: 'p/state.wav', values: [...values] })]);
    expect(
      steps.map((step) => ('play' in step ? step.play.replace('numbers/fa/', '').replace('.wav', '') : step)),
    ).toEqual([
      'p/state',
      ...'4 0 7'.split(' '),
      ...'1 million and 200 and 50 thousand toman'.split(' '),
      ...'day-5 month-1 thousand and 400 and 5'.split(' '),
    ]);
  });

  test('does not ask for a secret to be said aloud', () => {
    const input = { kind: 'digits', sensitive: true, finishOnKey: null, timeoutMs: 6_000 } as const;
    expect(spoken([say({ text: 'Card?', input })]).at(-1)).toMatchObject({
      gather: { dtmf: true, speech: false, finishOnKey: '#', numDigits: null },
    });
  });

  test('stays on the line in a queue, for a message and until it is over', () => {
    const acts = [{ act: 'enqueue', queue: 'support' }, { act: 'record', maxMs: 60_000 }, { act: 'hangup' }] as const;
    expect(spoken(acts.map((line) => say({ line })))).toEqual([
      { enqueue: { queue: 'support' } },
      { record: { maxMs: 60_000 } },
      { hangup: true },
    ]);
  });
});

describe('a value read in Persian', () => {
  const read = (kind: 'number' | 'money' | 'date_jalali' | 'digits', value: string, currency?: string) =>
    persianPrompts({ kind, value, ...(currency !== undefined && { currency }) }).map((name) =>
      name.slice(numberFolder.length + 1, -'.wav'.length),
    );

  test.each([
    ['0', '0'],
    ['7', '7'],
    ['19', '19'],
    ['21', '20 and 1'],
    ['100', '100'],
    ['305', '300 and 5'],
    ['1000', 'thousand'],
    ['2001', '2 thousand and 1'],
    ['1000000', '1 million'],
    ['1001100', '1 million and thousand and 100'],
    [
      '999999999999',
      '900 and 90 and 9 billion and 900 and 90 and 9 million and 900 and 90 and 9 thousand and 900 and 90 and 9',
    ],
    ['-3.25', 'minus 3 point 2 5'],
    ['007', '7'],
  ])('says %s as its words', (value, words) => {
    expect(read('number', value).join(' ')).toBe(words);
  });

  test('reads a number too long to be heard digit by digit', () => {
    expect(read('number', '6037991234567890')).toHaveLength(16);
  });

  test('names the money that it is', () => {
    expect(read('money', '20000').at(-1)).toBe('toman');
    expect(read('money', '20000', 'IRR').at(-1)).toBe('rial');
  });

  test.each(['', 'abc', '1405-13-01', '2'.repeat(3) + '-'])('reads nothing of %j as a date', (value) => {
    expect(read('date_jalali', value)).toEqual([]);
  });

  test('needs no recording that is not on the list', () => {
    const all = new Set(persianPromptNames());
    const numbers = Array.from({ length: 400 }, (_, index) => String(index * 7_919 * (index % 9)));
    const used = numbers.flatMap((value) => persianPrompts({ kind: 'money', value }));
    const days = Array.from(
      { length: 31 },
      (_, day) => `1405-0${String((day % 9) + 1)}-${String(day + 1).padStart(2, '0')}`,
    );
    const dates = days.flatMap((value) => persianPrompts({ kind: 'date_jalali', value }));
    expect([...used, ...dates].filter((name) => !all.has(name))).toEqual([]);
  });
});
