import { asciiLower } from '../mime/ascii-lower.js';
import { TagEnds } from '../mime/tag-ends.js';

/**
 * Signs that stand for the structure of quoting in a text. They are noncharacters of Unicode, which no mail has any business to hold;
 * one that does is shown without the help of its structure.
 */
export const quoteMarks = {
  quoteOpen: '\ufdd0',
  quoteClose: '\ufdd1',
  bareOpen: '\ufdd2',
  bareClose: '\ufdd3',
  headOpen: '\ufdd4',
  headClose: '\ufdd5',
  wrapOpen: '\ufdd6',
  wrapClose: '\ufdd7',
  rest: '\ufdd8',
  rule: '\ufdd9',
  marker: '\ufdda',
  forward: '\ufddb',
} as const;

export type QuoteMark = keyof typeof quoteMarks;
type Element = 'quote' | 'bare' | 'head' | 'wrap';
type Point = 'rest' | 'rule' | 'marker' | 'forward';

/** Elements by class, id or name, as mail programs set them; Outlook copies them with `x_` before. */
const meanings: Record<string, Element | Point> = {
  // The words above the quote and the quote, with room for answers in between.
  gmail_quote: 'wrap',
  gmail_quote_container: 'wrap',
  protonmail_quote: 'wrap',
  // The whole older mail.
  yahoo_quoted: 'quote',
  'yahoo-quoted': 'quote',
  yahooquoted: 'quote',
  zmail_extra: 'quote',
  tutanota_quote: 'quote',
  'front-blockquote': 'quote',
  spark_quote: 'quote',
  olk_src_body_section: 'quote',
  'mail-editor-reference-message-container': 'quote',
  'ms-outlook-mobile-reference-message': 'quote',
  isreplycontent: 'quote',
  // The words above it.
  gmail_attr: 'head',
  'moz-cite-prefix': 'head',
  'reply-intro': 'head',
  // Older mail follows to the end.
  divrplyfwdmsg: 'rest',
  appendonsend: 'rest',
  outlookmessageheader: 'rest',
  replysplit: 'rest',
  stopspelling: 'rest',
  zwchr: 'rest',
  'moz-forward-container': 'forward',
  isforwardcontent: 'forward',
};
const tracked = new Set(['div', 'blockquote', 'span', 'section', 'article', 'table', 'td']);
const attributes =
  /\s(id|class|name|type|style|cite|data-peyk-reply)(?:\s{0,5}=\s{0,5}(?:"([^"]{0,600})"|'([^']{0,600})'|([^\s"'>]{1,300})))?(?=[\s/>])/gu;
const unseen = /^(?:script|style|head|title|template|noscript|svg|math|select|textarea)$/u;
const longestTag = 8_000;
/** The structure of a mail has a few dozen; what follows the ten thousandth is left to the text. */
const mostMarks = 10_000;

interface Open {
  name: string;
  element: Element | null;
}

interface Marking {
  page: string;
  lower: string;
  tags: TagEnds;
  out: string[];
  marks: QuoteMark[];
  stack: Open[];
  counts: Map<string, number>;
  neverClosed: Set<string>;
}

/** The page with a mark wherever quoting begins or ends, and the marks in order. One pass, whatever the nesting. */
export function markQuotes(html: string): { page: string; marks: QuoteMark[] } {
  const marking: Marking = {
    page: html,
    lower: asciiLower(html),
    tags: new TagEnds(html),
    out: [],
    marks: [],
    stack: [],
    counts: new Map(),
    neverClosed: new Set(),
  };
  let at = 0;
  while (at < html.length && marking.marks.length < mostMarks) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      break;
    }
    marking.out.push(html.slice(at, open));
    at = passMarkup(marking, open);
  }
  marking.out.push(html.slice(at));
  while (marking.stack.length > 0) {
    close(marking);
  }
  return { page: marking.out.join(''), marks: marking.marks };
}

function passMarkup(marking: Marking, from: number): number {
  const { page, lower, tags, out } = marking;
  const name = /^<\/?([a-z][a-z0-9]{0,20})/u.exec(lower.slice(from, from + 24))?.[1];
  const end = name === undefined ? namelessEnd(page, from) : tags.endOf(from);
  if (name === undefined) {
    out.push(page.slice(from, end));
    return end;
  }
  if (page[from + 1] === '/') {
    passEnd(marking, name);
  } else if (unseen.test(name)) {
    const past = unseenEnd(marking, name, end);
    out.push(page.slice(from, past));
    return past;
  } else {
    passStart(marking, name, lower.slice(from, Math.min(end, from + longestTag)));
  }
  out.push(page.slice(from, end));
  return end;
}

function passStart(marking: Marking, name: string, tag: string): void {
  const meaning = meaningOf(name, tag);
  if (isPoint(meaning)) {
    mark(marking, meaning);
  }
  if (!tracked.has(name) || tag.endsWith('/>')) {
    return;
  }
  const element = isPoint(meaning) ? null : meaning;
  if (element !== null) {
    mark(marking, `${element}Open`);
  }
  marking.stack.push({ name, element });
  marking.counts.set(name, (marking.counts.get(name) ?? 0) + 1);
}

function isPoint(meaning: Element | Point | null): meaning is Point {
  return meaning === 'rest' || meaning === 'rule' || meaning === 'marker' || meaning === 'forward';
}

/** An end closes what was left open inside, as in a browser; a stray one closes nothing, and no span closes a block. */
function passEnd(marking: Marking, name: string): void {
  const isStray = (marking.counts.get(name) ?? 0) === 0 || (name === 'span' && marking.stack.at(-1)?.name !== 'span');
  if (isStray) {
    return;
  }
  while (close(marking) !== name) {
    // Goes on until the element itself is closed.
  }
}

function close(marking: Marking): string {
  const { name = '', element = null } = marking.stack.pop() ?? {};
  marking.counts.set(name, (marking.counts.get(name) ?? 0) - 1);
  if (element !== null) {
    mark(marking, `${element}Close`);
  }
  return name;
}

function mark({ out, marks }: Marking, what: QuoteMark): void {
  out.push(quoteMarks[what]);
  marks.push(what);
}

function meaningOf(name: string, tag: string): Element | Point | null {
  if (!tag.includes('=') && !tag.includes('data-')) {
    return name === 'blockquote' ? 'bare' : ruleMeaning(name, '');
  }
  const set = new Map(
    [...tag.matchAll(attributes)].map((found) => [found[1] ?? '', found[2] ?? found[3] ?? found[4] ?? '']),
  );
  if (set.has('data-peyk-reply')) {
    return 'marker';
  }
  const names = ['id', 'class', 'name'].flatMap((key) => (set.get(key) ?? '').split(/\s+/u));
  const known = names.map((one) => meanings[one.replace(/^(?:x_)+/u, '')]).find((one) => one !== undefined);
  if (name === 'blockquote') {
    return quoteMeaning(set, known);
  }
  return known ?? (isQuoteName(name, set) ? 'quote' : ruleMeaning(name, set.get('style') ?? ''));
}

/** Web mail indents with block quotes that have no border. */
function quoteMeaning(set: ReadonlyMap<string, string>, known: Element | Point | undefined): Element | null {
  if (known === 'wrap' || known === 'quote' || set.get('type') === 'cite' || set.has('cite')) {
    return 'quote';
  }
  const style = set.get('style') ?? '';
  const isBordered = /border-left[^;]{0,60}\b(?:solid|[1-9])/u.test(style);
  return !isBordered && /border(?:-left)?\s{0,3}:\s{0,3}(?:none|0)/u.test(style) ? null : 'bare';
}

function isQuoteName(name: string, set: ReadonlyMap<string, string>): boolean {
  return name === 'div' && set.get('name') === 'quote';
}

/** Outlook draws just this line above older mail, in whatever language its head is; other programs draw lines for other ends too. */
const outlookLine =
  /border:\s?none;\s?border-top:\s?solid #?[0-9a-z]{3,12} 1\.0pt;\s?padding:\s?3\.0pt|padding-top: 5px; border-top-color: rgb\(229, 229, 229\)/u;

function ruleMeaning(name: string, style: string): 'rest' | 'rule' | null {
  if (name === 'div' && outlookLine.test(style)) {
    return 'rest';
  }
  const isDrawn = /border-top(?:-style)?\s{0,3}:[^;]{0,60}\bsolid/u.test(style);
  return name === 'hr' || (name === 'div' && isDrawn) ? 'rule' : null;
}

function namelessEnd(page: string, from: number): number {
  if (page.startsWith('<!--', from)) {
    return after(page, '-->', from + 4);
  }
  return ['!', '?', '/'].includes(page[from + 1] ?? '') ? after(page, '>', from) : from + 1;
}

function unseenEnd({ page, lower, neverClosed }: Marking, name: string, from: number): number {
  const end = neverClosed.has(name) ? -1 : lower.indexOf(`</${name}`, from);
  if (end === -1) {
    neverClosed.add(name);
    return from;
  }
  return after(page, '>', end);
}

function after(page: string, sign: string, from: number): number {
  const found = page.indexOf(sign, from);
  return found === -1 ? page.length : found + sign.length;
}
