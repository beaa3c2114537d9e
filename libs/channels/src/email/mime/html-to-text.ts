import { asciiLower } from './ascii-lower.js';
import { QuoteRanges } from './quote-elements.js';
import { TagEnds } from './tag-ends.js';

/** What a page names in text most often, and the signs that Persian needs; others stay as they are written. */
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  shy: '\u00ad',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  times: '×',
  euro: '€',
  pound: '£',
};

const unseen = new Set(
  ['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math'].concat(['select', 'textarea']),
);
const blocks = new Set(
  [
    'address',
    'article',
    'blockquote',
    'center',
    'dd',
    'div',
    'dl',
    'dt',
    'fieldset',
    'footer',
    'form',
    'h1',
    'h2',
    'h3',
  ].concat(['h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tr', 'ul']),
);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'table', 'ul', 'ol']);
/** How much of the pages of one mail is read, in UTF-16 units. */
export const longestPage = 4_000_000;

/** A page as text. `quoted` are the ranges that came from elements in which mail programs repeat older mail, in UTF-16 units. */
export interface PageText {
  text: string;
  quoted: [number, number][];
}

/**
 * The text of an HTML mail, for reading, searching and rules: blocks on lines of their own, list items with a dash, table cells
 * apart. It works in one pass whatever the nesting, because mail is written by strangers and a tree is what they would attack.
 */
export function htmlToText(html: string): PageText {
  const page = html.slice(0, longestPage);
  const quotes = new QuoteRanges();
  const out = new TidyText();
  const reading: Reading = {
    page,
    lower: asciiLower(page),
    tags: new TagEnds(page),
    out,
    quotes,
    preformatted: 0,
    neverClosed: new Set(),
  };
  let at = 0;
  while (at < page.length) {
    const open = page.indexOf('<', at);
    const end = open === -1 ? page.length : open;
    if (end > at) {
      addText(reading, decodeEntities(page.slice(at, end)));
    }
    at = end < page.length ? skipMarkup(reading, end) : end;
  }
  return { text: out.toString(), quoted: quotes.end(out) };
}

interface Reading {
  page: string;
  lower: string;
  tags: TagEnds;
  out: TidyText;
  quotes: QuoteRanges;
  /** How many `pre` are open: lines count in them. */
  preformatted: number;
  /** Elements known to have no end any more, so that a thousand of them are not searched for a thousand times. */
  neverClosed: Set<string>;
}

/** Text as it is written on: lines trimmed, gaps of one space or one tab, at most one blank line, nothing before or after. */
class TidyText {
  length = 0;
  private readonly pieces: string[] = [];
  private newLines = 0;
  private gap = '';

  /** Takes text without line ends. */
  add(text: string): void {
    const core = text.trim();
    if (text !== core && text.trimStart() !== text) {
      this.space(' ');
    }
    if (core === '') {
      return;
    }
    const before = this.newLines > 0 ? '\n'.repeat(Math.min(this.newLines, 2)) : this.gap;
    const piece = this.length === 0 ? core : before + core;
    this.pieces.push(piece);
    this.length += piece.length;
    this.newLines = 0;
    this.gap = text.trimEnd() === text ? '' : ' ';
  }

  space(gap: ' ' | '\t'): void {
    this.gap = this.gap === '\t' ? this.gap : gap;
  }

  lines(count: number): void {
    if (count > 0) {
      this.newLines += count;
      this.gap = '';
    }
  }

  toString(): string {
    return this.pieces.join('');
  }
}

function addText({ out, preformatted }: Reading, text: string): void {
  if (preformatted === 0) {
    out.add(text.replace(/[\s\u200b]+/gu, ' '));
    return;
  }
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    out.lines(index === 0 ? 0 : 1);
    out.add(line.replace(/[\s\u200b]+/gu, ' '));
  }
}

/** Steps over what begins with `<` at `from`, and adds what it means for the text. */
function skipMarkup(reading: Reading, from: number): number {
  const { page, lower, tags, out } = reading;
  if (page.startsWith('<!--', from)) {
    return after(page, '-->', from + 4);
  }
  const name = /^<\/?([a-z][a-z0-9]{0,20})/u.exec(lower.slice(from, from + 24))?.[1];
  if (name === undefined) {
    return skipNameless(reading, from);
  }
  const isClosing = page[from + 1] === '/';
  const end = tags.endOf(from);
  if (unseen.has(name) && !isClosing) {
    return skipUnseen(reading, name, end);
  }
  reading.quotes.pass(name, isClosing, lower.slice(from, end), out);
  if (name === 'pre') {
    reading.preformatted = Math.max(0, reading.preformatted + (isClosing ? -1 : 1));
  }
  addMeaning(out, name, isClosing);
  return end;
}

/** A declaration is skipped; any other `<` is a sign that somebody meant, as in `a < b`. */
function skipNameless({ page, out }: Reading, from: number): number {
  if (['!', '?', '/'].includes(page[from + 1] ?? '')) {
    return after(page, '>', from);
  }
  out.add('<');
  return from + 1;
}

/** An element that never ends must not take the rest of the mail with it. */
function skipUnseen({ page, lower, neverClosed }: Reading, name: string, from: number): number {
  const close = neverClosed.has(name) ? -1 : lower.indexOf(`</${name}`, from);
  if (close === -1) {
    neverClosed.add(name);
    return from;
  }
  return after(page, '>', close);
}

function addMeaning(out: TidyText, name: string, isClosing: boolean): void {
  if (name === 'td' || name === 'th') {
    if (isClosing) {
      out.space('\t');
    }
    return;
  }
  out.lines(lineEnds(name));
  if (name === 'li' && !isClosing) {
    out.add('- ');
  }
}

function lineEnds(name: string): number {
  if (paragraphs.has(name)) {
    return 2;
  }
  return name === 'br' || blocks.has(name) ? 1 : 0;
}

function after(page: string, mark: string, from: number): number {
  const found = page.indexOf(mark, from);
  return found === -1 ? page.length : found + mark.length;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/giu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') {
      return named[name.toLowerCase()] ?? whole;
    }
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
