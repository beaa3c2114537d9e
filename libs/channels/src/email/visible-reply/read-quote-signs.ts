import { htmlToText } from '../mime/html-to-text.js';
import { lineSign } from './lines.js';
import { markQuotes, quoteMarks, type QuoteMark } from './mark-quotes.js';

const names = new Map<string, QuoteMark>(
  (Object.keys(quoteMarks) as QuoteMark[]).map((name) => [quoteMarks[name], name]),
);
const points: Partial<Record<QuoteMark, number>> = {
  rest: lineSign.rest,
  rule: lineSign.rule,
  marker: lineSign.marker,
  forward: lineSign.forward,
};

interface Placed {
  mark: QuoteMark;
  /** How many signs that are no space stand before it. */
  after: number;
}

/**
 * What the structure of a mail's HTML says of each line of the text that was made of it; nothing when there is no structure.
 *
 * The HTML is turned into text once more with marks in it, and the marks are found again by counting what is not space, so this need
 * not know how HTML becomes text. Where the count does not agree, the text speaks for itself.
 */
export function readQuoteSigns(html: string, text: string): Map<number, number> {
  const { page, marks } = markQuotes(html);
  const { placed, filled } = marks.length === 0 ? { placed: [], filled: 0 } : placeMarks(htmlToText(page).text);
  const isTrue = placed.length === marks.length && placed.every(({ mark }, index) => mark === marks[index]);
  return marks.length > 0 && isTrue && filled === placeMarks(text).filled
    ? signLines(text, placed)
    : new Map<number, number>();
}

function placeMarks(text: string): { placed: Placed[]; filled: number } {
  const placed: Placed[] = [];
  let filled = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = isMark(text.charCodeAt(at)) ? names.get(text.charAt(at)) : undefined;
    if (mark !== undefined) {
      placed.push({ mark, after: filled });
    } else if (!isSpace(text.charCodeAt(at))) {
      filled += 1;
    }
  }
  return { placed, filled };
}

function isMark(code: number): boolean {
  return code >= 0xfdd0 && code <= 0xfddf;
}

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0;
}

/** Goes through lines and marks together; a line is what its first sign is inside of. */
function signLines(text: string, placed: readonly Placed[]): Map<number, number> {
  const signs = new Map<number, number>();
  const nesting = new Nesting(placed);
  let [line, filled, isNew] = [0, 0, true];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      [line, isNew] = [line + 1, true];
    } else if (!isSpace(code)) {
      const sign = isNew ? nesting.signAt(filled) : 0;
      if (sign !== 0) {
        signs.set(line, sign);
      }
      [filled, isNew] = [filled + 1, false];
    }
  }
  return signs;
}

/** An element of the words above a quote and the quote together. */
interface Wrap {
  holdsQuote: boolean;
  /** Whether its quote is still to come. */
  isHead: boolean;
}

/** Which quoting elements are open while the text is passed. */
class Nesting {
  private next = 0;
  private point = 0;
  private readonly depth = { quote: 0, bare: 0, head: 0, whole: 0 };
  private readonly wraps: Wrap[] = [];
  private readonly holding: ReadonlySet<number>;

  constructor(private readonly placed: readonly Placed[]) {
    this.holding = wrapsWithQuote(placed);
  }

  /** What the sign after so many others stands in; asked for in order. */
  signAt(filled: number): number {
    for (let mark = this.placed[this.next]; mark && mark.after <= filled; mark = this.placed[this.next]) {
      this.point |= points[mark.mark] ?? 0;
      this.pass(mark.mark, this.next);
      this.next += 1;
    }
    const sign = this.current() | this.point;
    this.point = 0;
    return sign;
  }

  private current(): number {
    const { quote, bare, head, whole } = this.depth;
    if (quote > 0 || whole > 0 || (bare > 0 && this.wraps.length > 0)) {
      return lineSign.quote;
    }
    if (bare > 0) {
      return lineSign.bareQuote;
    }
    return head > 0 || this.wraps.at(-1)?.isHead === true ? lineSign.head : 0;
  }

  private pass(mark: QuoteMark, index: number): void {
    if (mark === 'wrapClose') {
      this.depth.whole -= this.wraps.pop()?.holdsQuote === false ? 1 : 0;
    } else if (mark === 'wrapOpen') {
      this.endHead();
      const holdsQuote = this.holding.has(index);
      this.depth.whole += holdsQuote ? 0 : 1;
      this.wraps.push({ holdsQuote, isHead: holdsQuote });
    } else {
      this.count(mark);
    }
  }

  private count(mark: QuoteMark): void {
    const kind = (['quote', 'bare', 'head'] as const).find((one) => mark.startsWith(one));
    if (kind === undefined) {
      return;
    }
    this.depth[kind] += mark.endsWith('Open') ? 1 : -1;
    if (kind !== 'head') {
      this.endHead();
    }
  }

  private endHead(): void {
    const wrap = this.wraps.at(-1);
    if (wrap) {
      wrap.isHead = false;
    }
  }
}

/** The places of the wraps that hold a quote of their own or another wrap. */
function wrapsWithQuote(placed: readonly Placed[]): Set<number> {
  const holding = new Set<number>();
  const open: number[] = [];
  for (const [index, { mark }] of placed.entries()) {
    const around = open.at(-1);
    if (around !== undefined && /^(?:quote|bare|wrap)Open$/u.test(mark)) {
      holding.add(around);
    }
    if (mark === 'wrapOpen') {
      open.push(index);
    } else if (mark === 'wrapClose') {
      open.pop();
    }
  }
  return holding;
}
