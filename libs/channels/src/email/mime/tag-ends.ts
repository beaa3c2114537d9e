const longestTag = 8_000;
const longestValue = 2_000;
const mostValues = 100;

/**
 * Finds where the tags of a page end. Quotes may hold a `>`; a quote that is never closed must not swallow the page, so the tag ends at
 * its first `>` then, and so do those that follow within what was looked through: nothing is looked through twice.
 */
export class TagEnds {
  private readonly page: string;
  private brokenUntil = 0;

  constructor(page: string) {
    this.page = page;
  }

  /** Behind the tag that begins at `from`. Ask for tags in their order. */
  endOf(from: number): number {
    const first = this.page.indexOf('>', from);
    if (first === -1) {
      return this.page.length;
    }
    return (from < this.brokenUntil ? null : this.quotedEnd(from)) ?? first + 1;
  }

  private quotedEnd(from: number): number | null {
    const sign = /["'>]/gu;
    sign.lastIndex = from;
    for (let values = 0; values <= mostValues; values += 1) {
      const found = sign.exec(this.page);
      if (!found || found.index >= from + longestTag) {
        break;
      }
      if (found[0] === '>') {
        return found.index + 1;
      }
      const close = this.closing(found[0], found.index + 1);
      if (close === null) {
        break;
      }
      sign.lastIndex = close + 1;
    }
    this.brokenUntil = from + longestTag;
    return null;
  }

  private closing(quote: string, from: number): number | null {
    const at = this.page.slice(from, from + longestValue + 1).indexOf(quote);
    return at === -1 ? null : from + at;
  }
}
