import { wroteEnd } from './attribution-words.js';
import { foldLine } from './fold-line.js';

/** What the structure of an HTML mail says of a line. */
export const lineSign = { quote: 1, bareQuote: 2, head: 4, rule: 8, rest: 16, marker: 32, forward: 64 } as const;

/** A text as lines, each looked at when it is asked for. Offsets are UTF-16 units. */
export class Lines {
  readonly count: number;
  private readonly starts: number[] = [0];
  private readonly folded = new Map<number, string>();

  constructor(
    readonly text: string,
    private readonly signs: ReadonlyMap<number, number> = new Map(),
  ) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
    this.count = this.starts.length;
  }

  /** Where a line begins; the end of the text for the line after the last. */
  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  raw(line: number): string {
    return this.text.slice(this.start(line), this.start(line + 1));
  }

  fold(line: number): string {
    const known = this.folded.get(line);
    if (known !== undefined) {
      return known;
    }
    const folded = foldLine(this.raw(line));
    this.folded.set(line, folded);
    return folded;
  }

  sign(line: number): number {
    return this.signs.get(line) ?? 0;
  }

  has(line: number, sign: number): boolean {
    return (this.sign(line) & sign) !== 0;
  }

  isBlank(line: number): boolean {
    return this.firstSign(line) === -1;
  }

  /**
   * Whether the line is quoted, by its `>` or by the element that it came from. A wrapped `<address>` leaves lines such as
   * `> wrote:`, which are no quotes.
   */
  isQuote(line: number): boolean {
    if (this.has(line, lineSign.quote | lineSign.bareQuote)) {
      return true;
    }
    const first = this.firstSign(line);
    if (first === -1) {
      return false;
    }
    return this.text[first] === '>' ? !this.isCutAddress(line, first) : this.isInitialled(first);
  }

  /** The next line from here on that is not blank; `count` when there is none. */
  nextFilled(line: number): number {
    let at = line;
    while (at < this.count && this.isBlank(at)) {
      at += 1;
    }
    return at;
  }

  /** The line that holds an offset. */
  at(offset: number): number {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      [low, high] = this.start(middle) <= offset ? [middle, high] : [low, middle - 1];
    }
    return low;
  }

  /** Where the first sign of a line stands that can be seen, or -1. */
  private firstSign(line: number): number {
    return firstSeen(this.text, this.start(line), this.start(line + 1));
  }

  /** The Bat! and others put the initials of who is quoted before the `>`. */
  private isInitialled(first: number): boolean {
    const mark = this.text.slice(first, first + 3).indexOf('>') + first;
    return mark > first && mark <= first + 2 && /^[A-ZА-Я]+> ?(?!>)/u.test(this.text.slice(first, mark + 2));
  }

  private isCutAddress(line: number, first: number): boolean {
    const above = line === 0 ? -1 : this.firstSign(line - 1);
    if (this.start(line + 1) - first > 60 || above === -1 || this.text[above] === '>') {
      return false;
    }
    if (!/[:：]\s*$/u.test(this.text.slice(first, this.start(line + 1)))) {
      return false;
    }
    const folded = this.fold(line);
    return /^>\s?[:：]$/u.test(folded) || wroteEnd.test(folded);
  }
}

/** Where the first sign that can be seen stands in a stretch of a text, or -1. */
export function firstSeen(text: string, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (!isUnseen(text.charCodeAt(at))) {
      return at;
    }
  }
  return -1;
}

function isUnseen(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0xa0 ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202f) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff ||
    code === 0x3000
  );
}
