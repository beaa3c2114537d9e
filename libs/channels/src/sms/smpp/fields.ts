/** Writes the fields of a unit's body one after the other. */
export class FieldWriter {
  private readonly parts: Buffer[] = [];

  /** A text that ends with a zero octet, cut to what the field holds. */
  text(value: string, most: number): this {
    const bytes = Buffer.from(value.replaceAll('\0', ''), 'latin1').subarray(0, most - 1);
    this.parts.push(bytes, Buffer.of(0));
    return this;
  }

  octets(...values: number[]): this {
    this.parts.push(Buffer.from(values));
    return this;
  }

  bytes(value: Uint8Array): this {
    this.parts.push(Buffer.from(value));
    return this;
  }

  optional(tag: number, value: Uint8Array): this {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(tag, 0);
    head.writeUInt16BE(value.length, 2);
    this.parts.push(head, Buffer.from(value));
    return this;
  }

  done(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** Reads them back. Beyond the end everything is empty: centres leave out what they have nothing to say in. */
export class FieldReader {
  private at = 0;

  constructor(private readonly body: Buffer) {}

  text(): string {
    const zero = this.body.indexOf(0, this.at);
    const end = zero < 0 ? this.body.length : zero;
    const value = this.body.subarray(this.at, end).toString('latin1');
    this.at = end + 1;
    return value;
  }

  octet(): number {
    const value = this.body[this.at] ?? 0;
    this.at += 1;
    return value;
  }

  bytes(length: number): Buffer {
    const value = this.body.subarray(this.at, this.at + length);
    this.at += length;
    return value;
  }

  /** Everything that is left, as optional parameters by their tags; of one that comes twice the first counts. */
  optionals(): Map<number, Buffer> {
    const found = new Map<number, Buffer>();
    while (this.at + 4 <= this.body.length) {
      const tag = this.body.readUInt16BE(this.at);
      const length = this.body.readUInt16BE(this.at + 2);
      this.at += 4;
      const value = this.bytes(length);
      if (!found.has(tag)) {
        found.set(tag, value);
      }
    }
    return found;
  }
}

/** Optional parameters that text messages use. */
export const tags = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  payload: 0x0424,
  messageState: 0x0427,
} as const;
