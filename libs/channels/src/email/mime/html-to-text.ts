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

const unseen = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'select',
  'textarea',
]);
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
const longestPage = 4_000_000;

/**
 * The text of an HTML mail, for reading, searching and rules: blocks on lines of their own, list items with a dash, table cells
 * apart. It works in one pass whatever the nesting, because mail is written by strangers and a tree is what they would attack.
 */
export function htmlToText(html: string): string {
  const page = html.slice(0, longestPage);
  const reading: Reading = { page, lower: page.toLowerCase(), out: [], neverClosed: new Set() };
  let at = 0;
  while (at < page.length) {
    const open = page.indexOf('<', at);
    const end = open === -1 ? page.length : open;
    if (end > at) {
      reading.out.push(decodeEntities(page.slice(at, end)).replace(/[\s\u200b]+/gu, ' '));
    }
    at = end < page.length ? skipMarkup(reading, end) : end;
  }
  return tidy(reading.out.join(''));
}

interface Reading {
  page: string;
  lower: string;
  out: string[];
  /** Elements known to have no end any more, so that a thousand of them are not searched for a thousand times. */
  neverClosed: Set<string>;
}

/** Steps over what begins with `<` at `from`, and adds what it means for the text. */
function skipMarkup(reading: Reading, from: number): number {
  const { page, lower, out } = reading;
  if (page.startsWith('<!--', from)) {
    return after(page, '-->', from + 4);
  }
  const name = /^<\/?([a-z][a-z0-9]{0,20})/u.exec(lower.slice(from, from + 24))?.[1];
  if (name === undefined) {
    return skipNameless(reading, from);
  }
  const isClosing = page[from + 1] === '/';
  const end = tagEnd(page, from);
  if (unseen.has(name) && !isClosing) {
    return skipUnseen(reading, name, end);
  }
  out.push(meaning(name, isClosing));
  return end;
}

/** A declaration is skipped; any other `<` is a sign that somebody meant, as in `a < b`. */
function skipNameless({ page, out }: Reading, from: number): number {
  if (['!', '?', '/'].includes(page[from + 1] ?? '')) {
    return after(page, '>', from);
  }
  out.push('<');
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

function meaning(name: string, isClosing: boolean): string {
  if (name === 'br') {
    return '\n';
  }
  if (name === 'li' && !isClosing) {
    return '\n- ';
  }
  if (name === 'td' || name === 'th') {
    return isClosing ? '\t' : '';
  }
  if (paragraphs.has(name)) {
    return '\n\n';
  }
  return blocks.has(name) ? '\n' : '';
}

/** Quotes may hold a `>`; a quote that is never closed must not swallow the page, so it ends at the first `>` then. */
function tagEnd(page: string, from: number): number {
  const first = page.indexOf('>', from);
  if (first === -1) {
    return page.length;
  }
  const rest = /^[^"'>]*(?:"[^"]{0,2000}"[^"'>]*|'[^']{0,2000}'[^"'>]*){0,100}>/u.exec(page.slice(from, from + 8_000));
  return rest ? from + rest[0].length : first + 1;
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

function tidy(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/[ \t]+/gu, (gap) => (gap.includes('\t') ? '\t' : ' ')).trim());
  return lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
