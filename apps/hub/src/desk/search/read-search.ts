import { isValidJalaaliDate, toGregorian } from 'jalaali-js';
import { matchKey, storableText, type ChannelKind } from '#channels';
import type { SearchProblem } from '#contract';

/** What somebody searches for, by name still where names must be looked up. */
export interface SearchWish {
  /** Keys of words that must all stand in a message; the last letters of each may be missing. */
  words: string[];
  from: 'customer' | 'agent' | 'bot' | null;
  /** By whom it was written, or who has the ticket: 'me', 'nobody', or a part of a name. */
  author: string | null;
  assignee: string | null;
  channel: ChannelKind | null;
  isNote: boolean;
  states: 'open' | 'solved' | null;
  tags: string[];
  queue: string | null;
  /** Days, as instants of their beginning: not before the first, before the second. */
  since: Date | null;
  until: Date | null;
  number: number | null;
  problems: SearchProblem[];
}

type Filter = 'from' | 'channel' | 'is' | 'assignee' | 'tag' | 'queue' | 'before' | 'after';

/** Filters by what they are called in both languages; names are matched by their keys, so spelling and spaces matter little. */
const filters: Record<string, Filter> = {
  from: 'from',
  channel: 'channel',
  is: 'is',
  assignee: 'assignee',
  tag: 'tag',
  queue: 'queue',
  before: 'before',
  after: 'after',
  از: 'from',
  کانال: 'channel',
  وضعیت: 'is',
  مسیول: 'assignee',
  برچسب: 'tag',
  صف: 'queue',
  پیش: 'before',
  'پیش از': 'before',
  قبل: 'before',
  'قبل از': 'before',
  پس: 'after',
  'پس از': 'after',
  بعد: 'after',
  'بعد از': 'after',
};

const senders: Record<string, SearchWish['from']> = {
  customer: 'customer',
  agent: 'agent',
  bot: 'bot',
  مشتری: 'customer',
  کارشناس: 'agent',
  ربات: 'bot',
};

const channels: Record<string, ChannelKind> = {
  email: 'email',
  mail: 'email',
  sms: 'sms',
  telegram: 'telegram',
  web: 'web',
  chat: 'web',
  phone: 'phone',
  call: 'phone',
  messages: 'messages',
  ایمیل: 'email',
  پیامک: 'sms',
  تلگرام: 'telegram',
  وب: 'web',
  گفتگو: 'web',
  تلفن: 'phone',
  تماس: 'phone',
};

const states: Record<string, 'open' | 'solved' | 'note'> = {
  open: 'open',
  solved: 'solved',
  closed: 'solved',
  note: 'note',
  باز: 'open',
  حل: 'solved',
  یادداشت: 'note',
};

const assignments: Record<string, 'me' | 'nobody'> = {
  mine: 'me',
  'مال من': 'me',
  unassigned: 'nobody',
  'بی مسیول': 'nobody',
  'بدون مسیول': 'nobody',
};

const persons: Record<string, 'me' | 'nobody'> = { من: 'me', خودم: 'me', هیچکس: 'nobody', 'هیچ کس': 'nobody' };

/** What a table has of its own under a key: `constructor` is in none. */
function own<Value>(table: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

const nobody: SearchWish = {
  words: [],
  from: null,
  author: null,
  assignee: null,
  channel: null,
  isNote: false,
  states: null,
  tags: [],
  queue: null,
  since: null,
  until: null,
  number: null,
  problems: [],
};

/** More words or filters than this are not looked at. */
const mostTerms = 30;
/** Names of filters may hold a half-space; the address of a page is none. */
const term =
  /(?<filter>[\p{L}\p{M}\u200c]+):(?!\/\/)(?:"(?<quoted>[^"]*)"|(?<bare>\S*))|"(?<phrase>[^"]*)"|(?<word>\S+)/gu;
/** The beginning of a word says as much, and the index takes none that are longer than its own limit. */
const longestWord = 100;

/**
 * Reads what was typed: words, and filters such as `from:customer`, `channel:sms`, `is:open`, `assignee:me`, `tag:refund`, `queue:"Sales team"`,
 * `before:2026-11-01`, `after:1405/08/10`, `#123`. Filters have Persian names as well. Pure. `startOf` gives the beginning of a day of the
 * Gregorian calendar in the reader's zone.
 */
export function readSearch(
  text: string,
  startOf: (day: { year: number; month: number; day: number }) => Date,
): SearchWish {
  const terms = [...text.matchAll(term)].slice(0, mostTerms);
  const plain: string[] = [];
  const wish = terms.reduce<SearchWish>((before, { groups = {}, 0: typed }) => {
    const asked = filterIn(groups);
    if (asked) {
      return withFilter(before, { ...asked, typed }, startOf);
    }
    const word = groups['phrase'] ?? groups['word'] ?? groups['filter'] ?? '';
    const number = numberIn(word);
    plain.push(...(number === null ? [word] : []));
    return number === null ? before : { ...before, number };
  }, nobody);
  // All at once: Persian affixes are glued to the word before them.
  const words = matchKey(plain.join(' ')).split(' ');
  return { ...wish, words: words.filter((word) => word !== '').map(cut) };
}

/** A word before a colon and nothing is a filter only where there is one of that name. */
function filterIn({ filter, quoted, bare }: Record<string, string | undefined>): Omit<Typed, 'typed'> | null {
  const value = quoted ?? bare;
  if (filter === undefined || value === undefined) {
    return null;
  }
  return value !== '' || own(filters, matchKey(filter)) ? { filter, value } : null;
}

function cut(word: string): string {
  return word.length > longestWord ? Array.from(word).slice(0, longestWord).join('') : word;
}

function numberIn(text: string): number | null {
  const number = /^#(?:[\p{L}]{1,8}-)?([\d۰-۹٠-٩]{1,15})$/u.exec(text)?.[1];
  return number === undefined ? null : Number(matchKey(number));
}

interface Typed {
  filter: string;
  value: string;
  typed: string;
}

type StartOf = Parameters<typeof readSearch>[1];

/** What a filter makes of a wish; null or '': its value says nothing to it. Values are given as they were typed and by their keys. */
const readers: Record<Filter, (wish: SearchWish, value: string, startOf: StartOf) => SearchWish | null | ''> = {
  from: (wish, value) => {
    const key = matchKey(value);
    const from = own(senders, key);
    return from ? { ...wish, from } : key && { ...wish, author: meOr(key) };
  },
  assignee: (wish, value) => matchKey(value) && { ...wish, assignee: meOr(matchKey(value)) },
  channel: (wish, value) => {
    const channel = own(channels, matchKey(value));
    return channel ? { ...wish, channel } : null;
  },
  is: (wish, value) => withState(wish, matchKey(value)),
  tag: (wish, value) => {
    const tag = storableText(value).trim();
    return tag && { ...wish, tags: [...wish.tags, tag] };
  },
  queue: (wish, value) => matchKey(value) && { ...wish, queue: matchKey(value) },
  before: (wish, value, startOf) => withDay(wish, 'until', { value, startOf }),
  after: (wish, value, startOf) => withDay(wish, 'since', { value, startOf }),
};

function withFilter(wish: SearchWish, { filter, value, typed }: Typed, startOf: StartOf): SearchWish {
  const name = own(filters, matchKey(filter));
  const read = name && readers[name](wish, value, startOf);
  if (read) {
    return read;
  }
  const isDay = name === 'before' || name === 'after';
  const why = name === undefined ? 'unknown_filter' : isDay ? 'bad_date' : 'unknown_value';
  return { ...wish, problems: [...wish.problems, { term: typed, why }] };
}

function withDay(
  wish: SearchWish,
  side: 'since' | 'until',
  { value, startOf }: { value: string; startOf: StartOf },
): SearchWish | null {
  const day = dayOf(value);
  return day && { ...wish, [side]: startOf(day) };
}

function withState(wish: SearchWish, key: string): SearchWish | null {
  const assignee = own(assignments, key);
  if (assignee) {
    return { ...wish, assignee, states: 'open' };
  }
  const state = own(states, key.split(' ')[0] ?? '');
  if (state === undefined) {
    return null;
  }
  return state === 'note' ? { ...wish, isNote: true } : { ...wish, states: state };
}

function meOr(key: string): string {
  return own(persons, key) ?? key;
}

/** Below it a year is of the Persian calendar. */
const firstGregorianYear = 1700;

function dayOf(value: string): { year: number; month: number; day: number } | null {
  const written = /^(\d{4}) (\d{1,2}) (\d{1,2})$/u.exec(matchKey(value));
  const [year = 0, month = 0, day = 0] = (written ?? []).slice(1).map(Number);
  if (year >= firstGregorianYear) {
    const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
    return isDay ? { year, month, day } : null;
  }
  if (!isValidJalaaliDate(year, month, day)) {
    return null;
  }
  const { gy, gm, gd } = toGregorian(year, month, day);
  return { year: gy, month: gm, day: gd };
}
