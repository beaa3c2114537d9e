/** What a published suite says of a case; the README of the corpus explains each. */
export interface ReplyExpectation {
  visible_equals?: string;
  first_visible_equals?: string;
  visible_matches?: string[];
  hidden_matches?: string[];
  hidden_contains?: string[];
  visible_not_contains?: string[];
  hidden_equals?: string;
  visible_html_equals_ws_insensitive?: string;
  visible_text_equals_ws_insensitive?: string;
  nothing_hidden?: boolean;
}

export interface ReplyCase {
  id: string;
  set: string;
  kind: 'text' | 'html' | 'eml-plain';
  file?: string;
  input_text?: string;
  expect: ReplyExpectation;
}

/** What a reader sees of a text, and what is kept from view. */
export interface Extraction {
  visible: string;
  hidden: string;
}

/** What was left out, for a parser that only gives what it shows: all between the longest common beginning and end. */
export function leftOut(text: string, visible: string): string {
  const [whole, shown] = [text, visible].map(withoutSpace) as [string, string];
  let start = 0;
  while (start < shown.length && shown[start] === whole[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shown.length - start && shown.at(-1 - end) === whole.at(-1 - end)) {
    end += 1;
  }
  return whole.slice(start, whole.length - end);
}

type Check = (expect: ReplyExpectation, found: Extraction, toText: (html: string) => string) => boolean | undefined;

const same = (one: string, other: string) => withoutSpace(one) === withoutSpace(other);
const matches = (text: string) => (pattern: string) => new RegExp(pattern, 'mu').test(text);
const checks: Record<keyof ReplyExpectation, Check> = {
  visible_equals: ({ visible_equals: all }, { visible }) => visible.trim() === all?.trim(),
  first_visible_equals: ({ first_visible_equals: first }, { visible }) =>
    visible.trim().startsWith((first ?? '').trim()),
  visible_matches: (expect, { visible }) => expect.visible_matches?.every(matches(visible)),
  hidden_matches: (expect, { visible }) => !expect.hidden_matches?.some(matches(visible)),
  hidden_contains: (expect, { hidden }) =>
    expect.hidden_contains?.every((part) => withoutSpace(hidden).includes(withoutSpace(part))),
  visible_not_contains: (expect, { visible }) => !expect.visible_not_contains?.some((part) => visible.includes(part)),
  hidden_equals: (expect, { hidden }) => same(hidden, expect.hidden_equals ?? ''),
  visible_html_equals_ws_insensitive: (expect, { visible }, toText) =>
    same(visible, toText(expect.visible_html_equals_ws_insensitive ?? '')),
  visible_text_equals_ws_insensitive: (expect, { visible }) =>
    same(visible, expect.visible_text_equals_ws_insensitive ?? ''),
  nothing_hidden: (_, { hidden }) => withoutSpace(hidden) === '',
};

/** Which expectations of a case are not met; `toText` reads expected HTML as the visible HTML was read. */
export function faultsOf(expect: ReplyExpectation, found: Extraction, toText: (html: string) => string): string[] {
  const named = Object.keys(expect) as (keyof ReplyExpectation)[];
  return named.filter((name) => checks[name](expect, found, toText) !== true);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, '');
}
