import { codePageName, decodeCodePage } from './mapi-properties.js';

/** What an RTF body says: the HTML that it was made from where it carries it, else its plain text. */
export interface RtfBody {
  html: string | null;
  text: string;
}

/** Groups that hold no text of the mail. */
const silent = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'header',
  'footer',
  'object',
  'listtable',
]);
const signs = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['row', '\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['endash', '–'],
  ['emdash', '—'],
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
  ['ltrmark', '\u200e'],
  ['rtlmark', '\u200f'],
]);
const deepest = 500;
const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/giu;

interface Group {
  isSilent: boolean;
  /** Inside `{\*\htmltag …}`: text is markup of the page. */
  isTag: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0`: text is only for readers of RTF. */
  isForRtf: boolean;
  /** How many signs follow a `\u` for readers that do not know it. */
  skips: number;
}

/** Reads RTF as it stands in mail ([MS-OXRTFEX] for HTML inside it). Takes bytes as Latin-1 letters, in one pass. */
export function readRtf(rtf: string): RtfBody {
  const isHtml = rtf.slice(0, 2_000).includes('\\fromhtml');
  const reading = new RtfReading(
    isHtml,
    codePageName(Number(/\\ansicpg(\d{1,5})/u.exec(rtf.slice(0, 500))?.[1] ?? 1252)),
  );
  for (const found of rtf.matchAll(token)) {
    reading.take(found);
  }
  const text = reading.end();
  return isHtml ? { html: text, text: '' } : { html: null, text };
}

class RtfReading {
  private readonly out: string[] = [];
  private readonly stack: Group[] = [];
  private group: Group = { isSilent: false, isTag: false, isForRtf: false, skips: 1 };
  /** Bytes of the code page that wait to be decoded together. */
  private pending: number[] = [];
  private toSkip = 0;
  private isOptional = false;
  private readonly isHtml: boolean;
  private readonly codePage: string;

  constructor(isHtml: boolean, codePage: string) {
    this.isHtml = isHtml;
    this.codePage = codePage;
  }

  take([, word, number, hex, sign, brace, text]: RegExpMatchArray): void {
    if (hex !== undefined) {
      this.byte(Number.parseInt(hex, 16));
    } else if (brace !== undefined) {
      this.brace(brace);
    } else if (word !== undefined) {
      this.word(word.toLowerCase(), number === undefined ? null : Number(number));
    } else if (sign !== undefined) {
      this.sign(sign);
    } else if (text !== undefined) {
      this.text(text);
    }
  }

  end(): string {
    this.decode();
    return this.out.join('');
  }

  private brace(brace: string): void {
    this.decode();
    this.toSkip = 0;
    this.isOptional = false;
    if (brace === '}') {
      this.group = this.stack.pop() ?? this.group;
    } else if (this.stack.length < deepest) {
      this.stack.push(this.group);
      this.group = { ...this.group };
    }
  }

  private word(word: string, number: number | null): void {
    const wasOptional = this.isOptional;
    this.isOptional = false;
    if (word === 'u') {
      this.unicode(number ?? 0);
    } else if (word === 'uc') {
      this.group.skips = Math.min(Math.max(number ?? 1, 0), 16);
    } else if (word === 'htmlrtf') {
      this.decode();
      this.group.isForRtf = number !== 0;
    } else if (word === 'htmltag') {
      this.group.isTag = true;
    } else if (wasOptional || silent.has(word)) {
      this.group.isSilent = true;
    } else {
      this.emit(signs.get(word) ?? '');
    }
  }

  private sign(sign: string): void {
    if (sign === '*') {
      this.isOptional = true;
    } else {
      this.text(sign === '~' ? '\u00a0' : sign === '-' || sign === '_' ? '' : sign);
    }
  }

  private unicode(number: number): void {
    this.emit(String.fromCharCode(number & 0xffff));
    this.toSkip = this.group.skips;
  }

  private byte(byte: number): void {
    if (this.toSkip > 0) {
      this.toSkip -= 1;
    } else if (this.isHeard()) {
      this.pending.push(byte);
    }
  }

  private text(text: string): void {
    const skipped = Math.min(this.toSkip, text.length);
    this.toSkip -= skipped;
    this.emit(text.slice(skipped));
  }

  private emit(text: string): void {
    this.decode();
    if (this.isHeard()) {
      this.out.push(text);
    }
  }

  private isHeard(): boolean {
    const { isSilent, isForRtf, isTag } = this.group;
    return !isSilent && !(this.isHtml && isForRtf && !isTag);
  }

  private decode(): void {
    if (this.pending.length > 0) {
      this.out.push(decodeCodePage(Uint8Array.from(this.pending), this.codePage));
      this.pending = [];
    }
  }
}
