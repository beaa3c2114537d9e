import { describe, expect, it } from '@jest/globals';
import enChannels from './channels.en.json' with { type: 'json' };
import faChannels from './channels.fa.json' with { type: 'json' };
import enTexts from './en.json' with { type: 'json' };
import faTexts from './fa.json' with { type: 'json' };
import enRouting from './routing.en.json' with { type: 'json' };
import faRouting from './routing.fa.json' with { type: 'json' };
import { createTranslator, knowsChannels, learnChannels, speak } from './i18n.js';

type Texts = { [key: string]: string | Texts };
const flatten = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );
const values = (text: string) => (text.match(/{{\s*\w+/g) ?? []).map((one) => one.replace(/{{\s*/, '')).toSorted();

const en = new Map(flatten({ ...enTexts, ...enChannels, ...enRouting }));
const fa = new Map(flatten({ ...faTexts, ...faChannels, ...faRouting }));

describe('the texts of the console', () => {
  it('exist in both languages', () => {
    expect([...fa.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    expect([...en.values(), ...fa.values()].filter((text) => text.trim() === '')).toEqual([]);
  });

  it('speak of the same things in both', () => {
    const differing = [...en].filter(([key, text]) => String(values(text)) !== String(values(fa.get(key) ?? '')));
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('are written with Persian letters and punctuation, not Arabic or Latin ones', () => {
    const foreign = [...fa].filter(([, text]) => /[يك٠-٩]|[\u0600-\u06ff][,;?]/u.test(text));
    expect(foreign.map(([key]) => key)).toEqual([]);
  });

  it('join "می" and plural endings by a zero-width non-joiner', () => {
    const torn = [...fa].filter(([, text]) =>
      /(^|\s)ن?می [\u0600-\u06ff]|[\u0600-\u06ff] (ها|های|هایی)(\s|$|\.)/u.test(text),
    );
    expect(torn.map(([key]) => key)).toEqual([]);
  });
});

describe('a value put into a text', () => {
  const translator = createTranslator();
  translator.addResourceBundle('en', 'translation', enTexts);
  translator.addResourceBundle('fa', 'translation', faTexts);

  it('is set apart, so that a Persian name does not turn an English sentence around', () => {
    expect(translator.t('list.typing', { name: 'سارا' })).toBe('\u2068سارا\u2069 is typing…');
  });

  it('is set apart in Persian too, where an e-mail address would turn the sentence', async () => {
    await translator.changeLanguage('fa');
    expect(translator.t('alert.message', { name: 'Liam (VIP)' })).toBe('\u2068Liam (VIP)\u2069 پیام داد');
    expect(translator.t('list.unread', { count: 12 })).toBe('\u2068۱۲\u2069 پیام نخوانده');
    await translator.changeLanguage('en');
  });

  it('keeps its own characters: markup is escaped where it is shown', () => {
    expect(translator.t('customer.mergeInto', { name: '<b> & "Co"' })).toBe('Merge into \u2068<b> & "Co"\u2069');
  });
});

describe('the texts of the channels’ settings', () => {
  it('are learnt by those who open them, and stay known when the language changes', async () => {
    const translator = createTranslator();
    await speak(translator, 'en');
    expect(knowsChannels(translator)).toBe(false);
    await learnChannels(translator);
    expect(translator.t('mailbox.check')).toBe('Check connection');
    await speak(translator, 'fa');
    expect(translator.t('mailbox.check')).toBe('بررسی اتصال');
    expect(translator.t('common.save')).toBe('ذخیره');
  });
});
