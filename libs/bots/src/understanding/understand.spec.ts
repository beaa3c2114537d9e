import { describe, expect, it } from '@jest/globals';
import type { NodeOf, ScriptNode } from '../script/nodes.js';
import type { Script } from '../script/script.js';
import {
  labels,
  mistakes,
  pickFrom,
  questions,
  rewordings,
  spellings,
  type Variant,
} from './fixtures/spelling-variants.js';
import { understand, type Heard, type Understood } from './understand.js';

const fa = { locale: 'fa', now: Date.parse('2026-11-22T09:00:00Z'), zone: 'Asia/Tehran' } as const;
const en = { ...fa, locale: 'en' } as const;
const text = (written: string): Heard => ({ kind: 'text', text: written });
const said = { text: { en: '?', fa: '؟' } };

const menu: NodeOf<'ask'> = {
  do: 'ask',
  message: said,
  options: [
    {
      id: 'track',
      label: { en: 'Track an order', fa: 'پیگیری سفارش' },
      dtmf: '1',
      say: { fa: ['پیگیری'] },
      next: 'bye',
    },
    { id: 'refund', label: { en: 'Money back', fa: 'بازگشت وجه' }, dtmf: '2', say: { en: ['refund'] }, next: 'bye' },
    { id: 'human', label: { en: 'Talk to a person', fa: 'گفتگو با کارشناس' }, dtmf: '0', next: 'bye' },
  ],
};
const collect = (type: NodeOf<'collect'>['type']): ScriptNode => ({
  do: 'collect',
  message: said,
  into: 'x',
  type,
  next: 'bye',
});
const faq: NodeOf<'match'> = {
  do: 'match',
  message: said,
  intents: Object.keys(questions).map((intent) => ({ intent, next: `to_${intent}` })),
  otherwise: 'bye',
};
const script: Script = {
  format: 'hub-script/1',
  id: 'shop',
  title: { en: 'Shop', fa: 'فروشگاه' },
  locales: ['en', 'fa'],
  default_locale: 'fa',
  channels: ['web'],
  start: { default: 'bye' },
  fallback: 'bye',
  intents: {
    ...Object.fromEntries(
      Object.entries(questions).map(([intent, question]) => [intent, { examples: { fa: [question] } }]),
    ),
    lost_card: { keywords: { fa: ['کارت گم شده', 'سرقت کارت'], en: ['lost card'] }, global: true, next: 'block_card' },
  },
  nodes: { bye: { do: 'end', outcome: 'resolved' } },
};

describe('an answer to a menu', () => {
  it.each<[string, Heard, Partial<Understood>]>([
    ['the id of a button', { kind: 'choice', option: 'refund' }, { option: 'refund', by: 'choice' } as never],
    ['a key of the phone', { kind: 'digits', digits: '0' }, { option: 'human', by: 'key' } as never],
    ['a number', text('2'), { option: 'refund', by: 'number' } as never],
    ['a Persian number', text('۲'), { option: 'refund', by: 'number' } as never],
    ['an Arabic number with a bracket', text('١)'), { option: 'track', by: 'number' } as never],
    ['a number with a word', text('گزینه ۱'), { option: 'track', by: 'number' } as never],
    ['a drawn number', text('1️⃣'), { option: 'track', by: 'number' } as never],
    ['the number of a key', text('۰'), { option: 'human', by: 'number' } as never],
    ['a label', text('پیگیری سفارش'), { option: 'track', by: 'label' } as never],
    ['a label of an Arabic keyboard', text('پيگيري سفارش'), { option: 'track', by: 'label' } as never],
    ['a label in the other language', text('money back'), { option: 'refund', by: 'label' } as never],
    ['another word', text('پی گیری'), { option: 'track', by: 'label' } as never],
    ['a word in a sentence', text('سلام می‌خواستم پیگیری کنم'), { option: 'track', by: 'words' } as never],
    ['a label with a letter wrong', text('بازگشت وچه'), { option: 'refund', by: 'likeness' } as never],
    [
      'the label of a person rather than the wish for one',
      text('گفتگو با کارشناس'),
      { option: 'human', by: 'label' } as never,
    ],
  ])('is understood as %s', (_, heard, expected) => {
    expect(understand(script, menu, heard, fa)).toEqual({ kind: 'option', ...expected });
  });

  it('is missed where it means nothing, and where it means two things', () => {
    expect(understand(script, menu, text('هوا چطور است'), fa)).toEqual({ kind: 'miss', code: 'choice', best: null });
    expect(understand(script, menu, text('پیگیری بازگشت وجه'), fa)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, text('؟!'), fa)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, text('7'), fa)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, { kind: 'choice', option: 'gone' }, fa)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, { kind: 'digits', digits: '9' }, fa)).toMatchObject({ kind: 'miss' });
  });

  it('counts only what was offered', () => {
    const world = { ...fa, offered: ['refund', 'human'] };

    expect(understand(script, menu, { kind: 'choice', option: 'track' }, world)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, text('پیگیری سفارش'), world)).toMatchObject({ kind: 'miss' });
    expect(understand(script, menu, text('2'), world)).toMatchObject({ option: 'refund' });
  });
});

describe('what everybody may say', () => {
  it.each([
    ['agent', null, 'اپراتور', fa],
    ['agent', null, 'Talk to a human', fa],
    ['stop', null, 'لغو', fa],
    ['menu', null, 'منوي اصلي', fa],
    ['menu', null, 'start over', en],
    ['language', 'en', 'English please', fa],
    ['language', 'fa', 'فارسی', en],
    ['language', null, 'تغییر زبان', fa],
  ] as const)('is %s (%s) for %s', (intent, locale, written, world) => {
    for (const node of [null, menu, collect('number'), faq]) {
      expect(understand(script, node, text(written), world)).toEqual({ kind: 'built_in', intent, locale, next: null });
    }
  });

  it('is heard inside a short sentence that answers nothing', () => {
    expect(understand(script, menu, text('لطفا وصلم کنید به یک اپراتور'), fa)).toMatchObject({ intent: 'agent' });
    expect(understand(script, collect('digits'), text('can I get a real person'), en)).toMatchObject({
      intent: 'agent',
    });
  });

  it('takes nothing away from a free text', () => {
    expect(understand(script, collect('text'), text('کارشناس شما بد حرف زد'), fa)).toEqual({
      kind: 'value',
      value: 'کارشناس شما بد حرف زد',
    });
  });

  it('offers no language that the script does not speak', () => {
    const one = { ...script, locales: ['fa' as const] };

    expect(understand(one, null, text('english'), fa)).toMatchObject({ kind: 'miss' });
  });

  it('follows the words and the way that a script gives it', () => {
    const own: Script = { ...script, intents: { agent: { keywords: { fa: ['رئیس'] }, next: 'to_boss' } } };

    expect(understand(own, menu, text('رئیس'), fa)).toMatchObject({
      kind: 'built_in',
      intent: 'agent',
      next: 'to_boss',
    });
  });
});

describe('what a script listens for', () => {
  it('goes its global way from any question', () => {
    const expected = { kind: 'intent', intent: 'lost_card', next: 'block_card' };

    expect(understand(script, menu, text('کارت گم شده'), fa)).toMatchObject(expected);
    expect(understand(script, collect('number'), text('فکر کنم کارت گم شده'), fa)).toMatchObject(expected);
    expect(understand(script, null, text('lost card'), en)).toMatchObject(expected);
  });

  it('reads the value that is collected, and says why it is none', () => {
    expect(understand(script, collect('number'), text('بیست'), fa)).toEqual({ kind: 'value', value: 20 });
    expect(understand(script, collect('number'), { kind: 'digits', digits: '42' }, fa)).toEqual({
      kind: 'value',
      value: 42,
    });
    expect(understand(script, collect('email'), text('ندارم'), fa)).toEqual({
      kind: 'miss',
      code: 'email',
      best: null,
    });
  });

  it('asks which was meant where two fit alike', () => {
    const found = understand(script, faq, text('سفارش'), fa);
    const both = understand(script, faq, text('سفارش چطور'), fa);

    expect([found.kind, both.kind]).toEqual(expect.arrayContaining(['between']));
    for (const one of [found, both]) {
      expect(one.kind === 'between' ? one.intents.length : 2).toBeGreaterThan(0);
      expect(one.kind === 'between' ? one.intents.length : 2).toBeLessThanOrEqual(3);
    }
  });

  it('prefers the longer keyword to one that is part of it', () => {
    const keyworded: Script = {
      ...script,
      intents: { order: { keywords: { fa: ['سفارش'] } }, cancel: { keywords: { fa: ['لغو سفارش'] } } },
    };
    const node: NodeOf<'match'> = {
      ...faq,
      intents: [
        { intent: 'order', next: 'bye' },
        { intent: 'cancel', next: 'bye' },
      ],
    };

    expect(understand(keyworded, node, text('درخواست لغو سفارش دارم'), fa)).toMatchObject({
      kind: 'intent',
      intent: 'cancel',
    });
    expect(understand(keyworded, node, text('یک سفارش دارم'), fa)).toMatchObject({ kind: 'intent', intent: 'order' });
  });

  it('does not take a stranger’s question for one of its own', () => {
    for (const other of ['امروز هوا خیلی سرد شده', 'نتیجه بازی دیشب را دیدی', 'غذای گربه دوست دارم', 'asdf qwer']) {
      expect(understand(script, faq, text(other), fa).kind).toBe('miss');
    }
  });
});

interface Tally {
  right: number;
  asked: number;
  wrong: number;
  all: number;
  failures: string[];
}

function tally(found: Understood, intent: string, written: string, into: Tally): void {
  into.all += 1;
  const isAsked = found.kind === 'between' && found.intents.some((one) => one.intent === intent);
  if (found.kind === 'intent' && found.intent === intent) {
    into.right += 1;
  } else if (isAsked) {
    into.asked += 1;
  } else {
    into.wrong += found.kind === 'intent' ? 1 : 0;
    into.failures.push(`${intent}: ${written}`);
  }
}

function measure(variants: Record<string, Variant>, rounds: number): Tally {
  const into: Tally = { right: 0, asked: 0, wrong: 0, all: 0, failures: [] };
  const pick = pickFrom(2_026);
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of Object.values(variants)) {
      for (const [intent, question] of Object.entries(questions)) {
        const written = variant(question, pick);
        tally(understand(script, faq, text(written), fa), intent, written, into);
      }
    }
  }
  return into;
}

describe('five hundred ways to write twenty questions', () => {
  it('understands every other spelling', () => {
    const { right, all, failures } = measure(spellings, 1);

    expect(failures).toEqual([]);
    expect([right, all]).toEqual([160, 160]);
  });

  it('understands nearly every question with a letter wrong, and asks about the rest', () => {
    const { right, asked, wrong, all } = measure(mistakes, 3);

    expect(all).toBe(240);
    expect(wrong).toBe(0);
    expect(right / all).toBeGreaterThanOrEqual(0.97);
    expect((right + asked) / all).toBeGreaterThanOrEqual(0.99);
  });

  it('understands most questions of which two words in five are gone, and polite ones', () => {
    const { right, asked, all } = measure(rewordings, 3);

    expect(all).toBe(120);
    expect((right + asked) / all).toBeGreaterThanOrEqual(0.9);
    expect(right / all).toBeGreaterThanOrEqual(0.85);
  });

  it('finds the label of a menu in every spelling, and never another one', () => {
    const wide: NodeOf<'ask'> = {
      do: 'ask',
      message: said,
      options: labels.map((label, index) => ({ id: `o${index}`, label: { fa: label }, next: 'bye' })),
    };
    const pick = pickFrom(7);
    for (const [index, label] of labels.entries()) {
      for (const variant of Object.values(spellings)) {
        const written = variant(label, pick);
        expect([written, understand(script, wide, text(written), fa)]).toEqual([
          written,
          { kind: 'option', option: `o${index}`, by: 'label' },
        ]);
      }
      for (const variant of Object.values(mistakes)) {
        const found = understand(script, wide, text(variant(label, pick)), fa);
        expect(found.kind === 'option' ? found.option : `o${index}`).toBe(`o${index}`);
      }
    }
  });
});
