import type { ByteReader } from './byte-reader.js';

/** MAPI properties by their 16-bit id: the first value of each, as bytes. Named properties are read over. */
export type MapiProperties = Map<number, { type: number; bytes: Buffer }>;

const mostProperties = 5_000;
const multiValued = 0x1000;
const unicodeString = 0x1f;
/** Types whose values carry their own length: strings, binaries, objects. */
const measured = new Set([0x1e, unicodeString, 0x0d, 0x102]);
/** Bytes of the fixed types, padded to four. */
const sizes = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

/** Reads the properties of a message or a file. What comes after a type that nobody knows is left out, for its length is unknown. */
export function readMapiProperties(reader: ByteReader): MapiProperties {
  const properties: MapiProperties = new Map();
  const count = Math.min(reader.u32(), mostProperties);
  for (let index = 0; index < count; index++) {
    const tag = reader.u16();
    const id = reader.u16();
    const type = tag & ~multiValued;
    if (id >= 0x8000) {
      skipName(reader);
    }
    const bytes = readValues(reader, type, tag !== type);
    if (bytes === null) {
      return properties;
    }
    if (!properties.has(id)) {
      properties.set(id, { type, bytes });
    }
  }
  return properties;
}

/** The first of a property's values; null for a type that nobody knows. */
function readValues(reader: ByteReader, type: number, isMany: boolean): Buffer | null {
  const isMeasured = measured.has(type);
  const size = sizes.get(type);
  if (!isMeasured && size === undefined) {
    return null;
  }
  const count = isMeasured || isMany ? reader.u32() : 1;
  let first: Buffer | null = null;
  for (let index = 0; index < count; index++) {
    const bytes = isMeasured ? padded(reader, reader.u32()) : reader.take(size ?? 4);
    first ??= bytes;
  }
  return first ?? Buffer.alloc(0);
}

/** The text of a property, '' when it is not there. Eight-bit strings are in the message's code page. */
export function mapiText(properties: MapiProperties, id: number, codePage: string): string {
  const found = properties.get(id);
  if (!found) {
    return '';
  }
  return decodeCodePage(found.bytes, found.type === unicodeString ? 'utf-16le' : codePage).replace(/\0+$/u, '');
}

export function mapiNumber(properties: MapiProperties, id: number): number | null {
  const bytes = properties.get(id)?.bytes;
  return bytes && bytes.length >= 4 ? bytes.readUInt32LE(0) : null;
}

/** The name of a Windows code page as TextDecoder knows it. */
export function codePageName(number: number | null): string {
  const known: Record<number, string> = {
    65001: 'utf-8',
    1200: 'utf-16le',
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
  };
  return number === null ? 'windows-1252' : (known[number] ?? (number < 1250 ? 'windows-1252' : `windows-${number}`));
}

export function decodeCodePage(bytes: Uint8Array, codePage: string): string {
  try {
    return new TextDecoder(codePage).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function skipName(reader: ByteReader): void {
  reader.take(16);
  if (reader.u32() === 0) {
    reader.u32();
  } else {
    padded(reader, reader.u32());
  }
}

function padded(reader: ByteReader, length: number): Buffer {
  const bytes = reader.take(length);
  reader.take(Math.min((4 - (length % 4)) % 4, reader.left));
  return bytes;
}
