/** Elements in which mail programs wrap older mail, by class or id; Outlook copies them with `x_` before the name. */
const wrappers = new Set([
  'gmail_quote',
  'gmail_quote_container',
  'gmail_attr',
  'moz-cite-prefix',
  'moz-forward-container',
  'yahoo_quoted',
  'yahoo-quoted',
  'protonmail_quote',
  'zmail_extra',
  'tutanota_quote',
  'olk_src_body_section',
]);
/** Elements after which older mail follows to the end of the page. */
const separators = new Set([
  'divrplyfwdmsg',
  'appendonsend',
  'mail-editor-reference-message-container',
  'ms-outlook-mobile-reference-message',
  'outlookmessageheader',
  'replysplit',
]);
const namesOf = /\s(?:id|class)\s{0,5}=\s{0,5}(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'>]{1,300}))/gu;
const citeType = /\stype\s{0,5}=\s{0,5}["']?cite\b/u;

/** The text so far, as far as a range needs it. */
interface Written {
  readonly length: number;
}

/**
 * Notes which ranges of a text came from quoting elements, while a page is read tag by tag. A quote inside a quote is part of it, so
 * only the outermost is followed: by counting the tags of its name, which no nesting makes slow.
 */
export class QuoteRanges {
  private readonly ranges: [number, number][] = [];
  private open: { name: string; depth: number; from: number } | null = null;
  private restFrom: number | null = null;

  /** Takes each tag in lower case. */
  pass(name: string, isClosing: boolean, tag: string, { length }: Written): void {
    if (this.open?.name === name) {
      this.open.depth += isClosing ? -1 : 1;
      this.closeAt(length);
    } else if (this.open === null && !isClosing && this.restFrom === null) {
      this.begin(name, tag, length);
    }
  }

  /** The ranges, in order, none blank. */
  end({ length }: Written): [number, number][] {
    this.add(this.open?.from ?? length, length);
    this.add(this.restFrom ?? length, length);
    return this.ranges;
  }

  private begin(name: string, tag: string, length: number): void {
    if (!tag.includes('=')) {
      return;
    }
    const names = [...tag.matchAll(namesOf)].flatMap((found) => (found[1] ?? found[2] ?? found[3] ?? '').split(/\s+/u));
    const plain = names.map((one) => one.replace(/^(?:x_)+/u, ''));
    if (plain.some((one) => separators.has(one))) {
      this.restFrom = length;
    } else if (plain.some((one) => wrappers.has(one)) || (name === 'blockquote' && citeType.test(tag))) {
      this.open = { name, depth: 1, from: length };
    }
  }

  private closeAt(length: number): void {
    if (this.open?.depth === 0) {
      this.add(this.open.from, length);
      this.open = null;
    }
  }

  /** Quotes that follow each other with nothing between them are one. */
  private add(from: number, to: number): void {
    const last = this.ranges.at(-1);
    if (last && last[1] >= from) {
      last[1] = Math.max(last[1], to);
    } else if (to > from) {
      this.ranges.push([from, to]);
    }
  }
}
