import type { Locale } from '../../i18n/i18n.js';
import { foldWords } from '../../ui/fold-words.js';

/** What can be chosen beside the words. In the text it is a filter as somebody would type it. */
export type Facet = 'is' | 'channel' | 'queue' | 'assignee' | 'tag' | 'after' | 'before';

interface Spelling {
  /** As the reader's own language has it. */
  written: Record<Locale, string>;
  /** What else is understood. */
  also?: readonly string[];
}

const names: Record<Facet, Spelling> = {
  is: { written: { en: 'is', fa: 'وضعیت' } },
  channel: { written: { en: 'channel', fa: 'کانال' } },
  queue: { written: { en: 'queue', fa: 'صف' } },
  assignee: { written: { en: 'assignee', fa: 'مسئول' } },
  tag: { written: { en: 'tag', fa: 'برچسب' } },
  after: { written: { en: 'after', fa: 'پس' }, also: ['پس از', 'بعد', 'بعد از'] },
  before: { written: { en: 'before', fa: 'پیش' }, also: ['پیش از', 'قبل', 'قبل از'] },
};

/** Values with a name in each language; all others are names that the organisation gave. */
const values: Partial<Record<Facet, Record<string, Spelling>>> = {
  is: {
    open: { written: { en: 'open', fa: 'باز' } },
    solved: { written: { en: 'solved', fa: 'حل‌شده' }, also: ['closed', 'حل'] },
    unassigned: { written: { en: 'unassigned', fa: 'بی‌مسئول' }, also: ['بدون مسئول'] },
    mine: { written: { en: 'mine', fa: 'مال‌من' } },
    note: { written: { en: 'note', fa: 'یادداشت' } },
  },
  channel: {
    email: { written: { en: 'email', fa: 'ایمیل' }, also: ['mail'] },
    web: { written: { en: 'web', fa: 'وب' }, also: ['chat', 'گفتگو'] },
    telegram: { written: { en: 'telegram', fa: 'تلگرام' } },
    sms: { written: { en: 'sms', fa: 'پیامک' } },
    phone: { written: { en: 'phone', fa: 'تلفن' }, also: ['call', 'تماس'] },
    messages: { written: { en: 'messages', fa: 'messages' } },
  },
  assignee: {
    me: { written: { en: 'me', fa: 'من' }, also: ['خودم'] },
    nobody: { written: { en: 'nobody', fa: 'هیچ‌کس' }, also: ['هیچکس'] },
  },
};

/** The terms of a text, as the hub reads them. */
const term = /(?<filter>[\p{L}\p{M}\u200c]+):(?!\/\/)(?:"(?<quoted>[^"]*)"|(?<bare>\S*))|"[^"]*"|\S+/gu;

/** Values that the facets of a text can have, for the choices that a page offers. */
export const choicesOf = (facet: 'is' | 'channel' | 'assignee'): string[] => Object.keys(values[facet] ?? {});

/** What is chosen in a text, by the first filter of each name. Pure. */
export function facetsIn(text: string): Partial<Record<Facet, string>> {
  const chosen: Partial<Record<Facet, string>> = {};
  for (const { groups } of text.matchAll(term)) {
    const facet = facetOf(groups);
    const value = valueIn(groups);
    if (facet && value !== '') {
      chosen[facet] ??= keyOf(values[facet], value) ?? value;
    }
  }
  return chosen;
}

/** The text with another value for what is chosen, or without it where `value` is null; more filters of that name stay. Pure. */
export function withFacet(text: string, facet: Facet, value: string | null, locale: Locale): string {
  const terms = [...text.matchAll(term)];
  const at = terms.findIndex(({ groups }) => facetOf(groups) === facet && valueIn(groups) !== '');
  const kept = terms.filter((_, index) => index !== at).map(([typed]) => typed);
  return [...kept, ...(value === null ? [] : [written(facet, value, locale)])].join(' ');
}

const valueIn = (groups: Record<string, string | undefined> | undefined): string =>
  groups?.['quoted'] ?? groups?.['bare'] ?? '';

function written(facet: Facet, value: string, locale: Locale): string {
  const said = (values[facet]?.[value]?.written[locale] ?? value).replaceAll('"', '');
  return `${names[facet].written[locale]}:${/\s/u.test(said) ? `"${said}"` : said}`;
}

function facetOf(groups: Record<string, string | undefined> | undefined): Facet | undefined {
  const filter = groups?.['filter'];
  return filter === undefined ? undefined : keyOf(names, filter);
}

function keyOf<Key extends string>(table: Record<Key, Spelling> | undefined, typed: string): Key | undefined {
  const folded = foldWords(typed);
  const entries = Object.entries(table ?? {}) as [Key, Spelling][];
  return entries.find(([, { written: own, also = [] }]) =>
    [...Object.values(own), ...also].some((one) => foldWords(one) === folded),
  )?.[0];
}
