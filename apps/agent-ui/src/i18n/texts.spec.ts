import { describe, expect, it } from '@jest/globals';
import enAccounts from './accounts.en.json' with { type: 'json' };
import faAccounts from './accounts.fa.json' with { type: 'json' };
import enOidc from './oidc.en.json' with { type: 'json' };
import faOidc from './oidc.fa.json' with { type: 'json' };
import enActs from './acts.en.json' with { type: 'json' };
import faActs from './acts.fa.json' with { type: 'json' };
import enAlerts from './alerts.en.json' with { type: 'json' };
import faAlerts from './alerts.fa.json' with { type: 'json' };
import enChannels from './channels.en.json' with { type: 'json' };
import faChannels from './channels.fa.json' with { type: 'json' };
import enTexts from './en.json' with { type: 'json' };
import faTexts from './fa.json' with { type: 'json' };
import enCallSources from './call-sources.en.json' with { type: 'json' };
import faCallSources from './call-sources.fa.json' with { type: 'json' };
import enQuality from './quality.en.json' with { type: 'json' };
import faQuality from './quality.fa.json' with { type: 'json' };
import enKeys from './keys.en.json' with { type: 'json' };
import faKeys from './keys.fa.json' with { type: 'json' };
import enDates from './dates.en.json' with { type: 'json' };
import faDates from './dates.fa.json' with { type: 'json' };
import enRoles from './roles.en.json' with { type: 'json' };
import faRoles from './roles.fa.json' with { type: 'json' };
import enMine from './mine.en.json' with { type: 'json' };
import faMine from './mine.fa.json' with { type: 'json' };
import enPhone from './phone.en.json' with { type: 'json' };
import faPhone from './phone.fa.json' with { type: 'json' };
import enSending from './sending.en.json' with { type: 'json' };
import faSending from './sending.fa.json' with { type: 'json' };
import enReading from './reading.en.json' with { type: 'json' };
import faReading from './reading.fa.json' with { type: 'json' };
import enReplies from './replies.en.json' with { type: 'json' };
import faReplies from './replies.fa.json' with { type: 'json' };
import enProperties from './properties.en.json' with { type: 'json' };
import faProperties from './properties.fa.json' with { type: 'json' };
import enRouting from './routing.en.json' with { type: 'json' };
import faRouting from './routing.fa.json' with { type: 'json' };
import enRules from './rules.en.json' with { type: 'json' };
import faRules from './rules.fa.json' with { type: 'json' };
import enBots from './bots.en.json' with { type: 'json' };
import faBots from './bots.fa.json' with { type: 'json' };
import enScripts from './scripts.en.json' with { type: 'json' };
import faScripts from './scripts.fa.json' with { type: 'json' };
import enOutreach from './outreach.en.json' with { type: 'json' };
import faOutreach from './outreach.fa.json' with { type: 'json' };
import enHistory from './history.en.json' with { type: 'json' };
import faHistory from './history.fa.json' with { type: 'json' };
import enSegments from './segments.en.json' with { type: 'json' };
import faSegments from './segments.fa.json' with { type: 'json' };
import enSurveys from './surveys.en.json' with { type: 'json' };
import faSurveys from './surveys.fa.json' with { type: 'json' };
import enTickets from './tickets.en.json' with { type: 'json' };
import faTickets from './tickets.fa.json' with { type: 'json' };
import enStart from './start.en.json' with { type: 'json' };
import faStart from './start.fa.json' with { type: 'json' };
import enReports from './reports.en.json' with { type: 'json' };
import faReports from './reports.fa.json' with { type: 'json' };
import enBrand from './brand.en.json' with { type: 'json' };
import faBrand from './brand.fa.json' with { type: 'json' };
import enPrivacy from './privacy.en.json' with { type: 'json' };
import faPrivacy from './privacy.fa.json' with { type: 'json' };
import enViews from './views.en.json' with { type: 'json' };
import faViews from './views.fa.json' with { type: 'json' };
import enMonitor from './monitor.en.json' with { type: 'json' };
import faMonitor from './monitor.fa.json' with { type: 'json' };
import enSteering from './steering.en.json' with { type: 'json' };
import faSteering from './steering.fa.json' with { type: 'json' };
import enSearch from './search.en.json' with { type: 'json' };
import enBulk from './bulk.en.json' with { type: 'json' };
import faSearch from './search.fa.json' with { type: 'json' };
import faBulk from './bulk.fa.json' with { type: 'json' };
import { createTranslator, knowsPart, learnPart, speak } from './i18n.js';

type Texts = { [key: string]: string | Texts };
const flatten = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );
const values = (text: string) => (text.match(/{{-?\s*\w+/g) ?? []).map((one) => one.replace(/{{-?\s*/, '')).toSorted();

const en = new Map(
  flatten({
    ...enTexts,
    ...enActs,
    ...enQuality,
    ...enAlerts,
    ...enSearch,
    ...enViews,
    ...enBrand,
    ...enPrivacy,
    ...enMonitor,
    ...enSteering,
    ...enBulk,
    ...enReports,
    ...enStart,
    ...enProperties,
    ...enChannels,
    ...enTickets,
    ...enRouting,
    ...enPhone,
    ...enCallSources,
    ...enReplies,
    ...enReading,
    ...enSending,
    ...enRules,
    ...enScripts,
    ...enBots,
    ...enOutreach,
    ...enHistory,
    ...enSegments,
    ...enKeys,
    ...enAccounts,
    ...enOidc,
    ...enMine,
    ...enRoles,
    ...enDates,
    ...enSurveys,
  }),
);
const fa = new Map(
  flatten({
    ...faTexts,
    ...faActs,
    ...faQuality,
    ...faAlerts,
    ...faSearch,
    ...faViews,
    ...faBrand,
    ...faPrivacy,
    ...faMonitor,
    ...faSteering,
    ...faBulk,
    ...faReports,
    ...faStart,
    ...faProperties,
    ...faChannels,
    ...faTickets,
    ...faRouting,
    ...faPhone,
    ...faCallSources,
    ...faReplies,
    ...faReading,
    ...faSending,
    ...faRules,
    ...faScripts,
    ...faBots,
    ...faOutreach,
    ...faHistory,
    ...faSegments,
    ...faKeys,
    ...faAccounts,
    ...faOidc,
    ...faMine,
    ...faRoles,
    ...faDates,
    ...faSurveys,
  }),
);

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

const counts = (text: string) => /\{\{-?\s*count\b/u.test(text);

/** Keys of counts that lack a form: Persian asks for one and other just as English does. */
function lackingForms(texts: ReadonlyMap<string, string>): string[] {
  const forms = (key: string) => ['one', 'other'].map((form) => key.replace(/_(?:one|other)$/u, `_${form}`));
  return [...texts]
    .filter(([key, text]) => key.endsWith('_one') || (key.endsWith('_other') && counts(text)))
    .flatMap(([key]) => forms(key).filter((form) => !texts.has(form)));
}

/** Counts that are written with the digits of the program instead of the reader's. */
function rawCounts(texts: ReadonlyMap<string, string>): string[] {
  return [...texts]
    .filter(([key, text]) => /_(?:one|other)$/u.test(key) && /\{\{-?\s*count\s*\}\}/u.test(text))
    .map(([key]) => key);
}

describe('texts that count', () => {
  it('have both forms in both languages', () => {
    expect([...lackingForms(en), ...lackingForms(fa)]).toEqual([]);
    expect(lackingForms(new Map([['list.unread_other', '{{count, number}} new']]))).toEqual(['list.unread_one']);
  });

  it('write the number as the reader reads numbers', () => {
    expect([...rawCounts(en), ...rawCounts(fa)]).toEqual([]);
    expect(rawCounts(new Map([['list.unread_other', '{{count}} new']]))).toEqual(['list.unread_other']);
  });

  it('take the form that the language asks for', async () => {
    const translator = createTranslator();
    await speak(translator, 'fa');
    await learnPart(translator, 'mine');
    const spoken = [0, 1, 2, 11].map((count) => translator.t('mine.undoSeconds', { count }));
    expect(spoken).toEqual(['۰', '۱', '۲', '۱۱'].map((count) => `\u2068${count}\u2069 ثانیه`));
    await speak(translator, 'en');
    expect(translator.t('mine.undoSeconds', { count: 1 })).toBe('\u20681\u2069 second');
    expect(translator.t('mine.undoSeconds', { count: 0 })).toBe('\u20680\u2069 seconds');
  });
});

describe('every text that takes a value', () => {
  /** Keys of texts in which a value would turn its neighbours around. */
  const unsafe = async (locale: 'en' | 'fa', texts: ReadonlyMap<string, string>) => {
    const translator = createTranslator();
    await translator.changeLanguage(locale);
    const flat = Object.fromEntries([...texts].map(([key, text], at) => [`text${String(at)}`, [key, text] as const]));
    for (const [name, [, text]] of Object.entries(flat)) {
      translator.addResource(locale, 'translation', name, text);
    }
    const stranger = locale === 'en' ? 'سارا' : 'Liam';
    return Object.entries(flat).flatMap(([name, [key, text]]) => {
      const put = Object.fromEntries(values(text).map((value) => [value, stranger]));
      const said = translator.t(name as never, put as never) as unknown as string;
      return said.replaceAll(`\u2068${stranger}\u2069`, '').includes(stranger) ? [key] : [];
    });
  };

  it('sets each value apart, in both languages', async () => {
    expect([...(await unsafe('en', en)), ...(await unsafe('fa', fa))]).toEqual([]);
  });

  it('would be found out if it did not', async () => {
    expect(await unsafe('en', new Map([['list.typing', '{{- name}} is typing…']]))).toEqual(['list.typing']);
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

describe('texts that come with what needs them', () => {
  it('are there in the language that is being changed to while they are learnt', async () => {
    const translator = createTranslator();
    await speak(translator, 'en');
    const changed = speak(translator, 'fa');
    await learnPart(translator, 'mine');
    await changed;
    expect(translator.t('mine.looks')).toBe('زبان و ظاهر');
  });
});

describe('the texts of the channels’ settings', () => {
  it('are learnt by those who open them, and stay known when the language changes', async () => {
    const translator = createTranslator();
    await speak(translator, 'en');
    expect(knowsPart(translator, 'channels')).toBe(false);
    await learnPart(translator, 'channels');
    expect(translator.t('mailbox.check')).toBe('Check connection');
    await speak(translator, 'fa');
    expect(translator.t('mailbox.check')).toBe('بررسی اتصال');
    expect(translator.t('common.save')).toBe('ذخیره');
  });

  it('come in every language whichever component asked for them: each has a wrapper of its own around the translator', async () => {
    const translator = createTranslator();
    const wrapped = () => new Proxy(translator, {});
    await speak(translator, 'en');
    await learnPart(wrapped(), 'channels');
    await speak(wrapped(), 'fa');
    expect(translator.t('mailbox.check')).toBe('بررسی اتصال');
  });
});
