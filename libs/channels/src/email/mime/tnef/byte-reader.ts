/** Reads little-endian values one after another. Past the end it throws RangeError, which its users take for a damaged file. */
export class ByteReader {
  at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    return this.bytes.readUInt8(this.step(1));
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.step(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.step(4));
  }

  take(length: number): Buffer {
    const from = this.step(length);
    return this.bytes.subarray(from, from + length);
  }

  private step(length: number): number {
    const from = this.at;
    if (length > this.left) {
      throw new RangeError('the file ends too early');
    }
    this.at += length;
    return from;
  }
}
