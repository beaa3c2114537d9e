/** Which keys lead to lists of records: wherever they stand, or only where they are an object's first. */
export type Wrappers = ReadonlyMap<string, 'any' | 'first'>;

/** A record as it is written. `number` counts from 1. `isListed`: it stands in a list or on a line of its own, so it is meant as one. */
export interface JsonRecord {
  number: number;
  text: string;
  isListed: boolean;
}

/** The file is no JSON, ends in the middle, or has a record beyond all measure. */
export class BrokenRecords extends Error {
  constructor(readonly code: 'ends_within' | 'too_long') {
    super(code);
    this.name = 'BrokenRecords';
  }
}

const longestRecord = 64 * 1024 * 1024;

/**
 * The objects of a JSON file, one after the other: of one JSON text, of lists in lists, or one a line. An object that has one of the
 * `wrappers` is none itself: what is in its list is. Only the record that is read is in memory.
 */
export async function* readJsonRecords(
  content: AsyncIterable<Uint8Array>,
  wrappers: Wrappers,
  longest = longestRecord,
): AsyncGenerator<JsonRecord> {
  const decoder = new TextDecoder();
  const splitter = new RecordSplitter(wrappers, longest);
  for await (const bytes of content) {
    yield* splitter.take(decoder.decode(bytes, { stream: true }));
  }
  yield* splitter.take(decoder.decode());
  splitter.end();
}

class RecordSplitter {
  private number = 0;
  /** The lists and wrappers that are open around the record. */
  private readonly around: string[] = [];
  /** How deep the record is open that is being read; 0: none is. */
  private depth = 0;
  private parts: string[] = [];
  private length = 0;
  private isString = false;
  private isEscaped = false;
  /** Of the outermost level of the record: the last string, the key before the value that comes, and how many keys were there. */
  private said = '';
  private key: string | null = null;
  private keys = 0;
  private found: JsonRecord[] = [];

  constructor(
    private readonly wrappers: Wrappers,
    private readonly longest: number,
  ) {}

  take(text: string): JsonRecord[] {
    let start = this.depth > 0 ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] as string;
      if (this.isString) {
        this.readString(sign);
      } else if (sign === '{' || sign === '[') {
        start = this.open(sign, at, start);
      } else if (sign === '}' || sign === ']') {
        start = this.close(text, at, start);
      } else {
        this.readSign(sign);
      }
    }
    if (this.depth > 0) {
      this.keep(text.slice(Math.max(start, 0)));
    }
    return this.found.splice(0);
  }

  end(): void {
    if (this.depth > 0 || this.isString || this.around.length > 0) {
      throw new BrokenRecords('ends_within');
    }
  }

  private readSign(sign: string): void {
    if (sign === '"') {
      this.isString = true;
      this.said = '';
    } else if (sign === ',') {
      this.key = null;
    } else if (sign === ':' && this.depth === 1) {
      this.key = this.said;
      this.keys += 1;
    }
  }

  private readString(sign: string): void {
    if (this.isEscaped) {
      this.isEscaped = false;
    } else if (sign === '\\') {
      this.isEscaped = true;
    } else if (sign === '"') {
      this.isString = false;
    } else if (this.depth === 1 && this.said.length < 100) {
      this.said += sign;
    }
  }

  private open(sign: string, at: number, start: number): number {
    if (this.depth === 1 && this.leadsToRecords()) {
      this.around.push('{');
      this.forget();
    }
    this.key = null;
    if (this.depth > 0) {
      this.depth += 1;
      return start;
    }
    if (sign === '[') {
      this.around.push(sign);
      return -1;
    }
    this.depth = 1;
    this.keys = 0;
    return at;
  }

  private close(text: string, at: number, start: number): number {
    if (this.depth === 0) {
      this.around.pop();
      return -1;
    }
    this.depth -= 1;
    if (this.depth > 0) {
      return start;
    }
    this.keep(text.slice(Math.max(start, 0), at + 1));
    this.number += 1;
    this.found.push({ number: this.number, text: this.parts.join(''), isListed: this.around.at(-1) !== '{' });
    this.forget();
    return -1;
  }

  private leadsToRecords(): boolean {
    const where = this.key === null ? undefined : this.wrappers.get(this.key);
    return where === 'any' || (where === 'first' && this.keys === 1);
  }

  private keep(part: string): void {
    this.length += part.length;
    if (this.length > this.longest) {
      throw new BrokenRecords('too_long');
    }
    this.parts.push(part);
  }

  private forget(): void {
    this.depth = 0;
    this.parts = [];
    this.length = 0;
  }
}
