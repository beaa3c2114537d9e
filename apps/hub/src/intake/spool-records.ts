import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { ChannelKind, InboundEvent } from '#channels';

/** Events of one verified request, waiting for the database. */
export interface Spooled {
  channel: { id: string; kind: ChannelKind };
  events: InboundEvent[];
}

/** Written between the others: all before this byte of the file was taken. */
export interface Mark {
  replayedTo: number;
}

/** A record, its first byte and the byte behind it. */
export interface Entry {
  record: Spooled | Mark;
  start: number;
  end: number;
}

/** Length and checksum before each record. */
const headBytes = 8;
/** What every body begins with in this folder. Nobody who sends us something knows it, so nobody can send us a record. */
export const markerBytes = 16;
/** How V8 begins what it writes: so began the bodies of hubs that had no marker. */
const v8Version = 0xff;

export function framed(record: Spooled | Mark, marker: Buffer): Buffer {
  const body = Buffer.concat([marker, serialize(record)]);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([head, body]);
}

/** The records of these bytes from the first on, up to one that is torn, damaged or not there; `offset` is where the bytes begin. */
export function readRecords(bytes: Buffer, marker: Buffer, offset = 0): Entry[] {
  const entries: Entry[] = [];
  let entry = recordAt(bytes, 0, marker);
  while (entry) {
    entries.push({ record: entry.record, start: offset + entry.start, end: offset + entry.end });
    entry = recordAt(bytes, entry.end, marker);
  }
  return entries;
}

/**
 * Whether what begins here is a record that was whole once: something readable follows it, or it is as long as it says. A crash in the
 * middle of a write leaves neither, only a piece or zeros at the end of the file.
 */
export function isDamaged(bytes: Buffer, marker: Buffer): boolean {
  if (bytes.every((byte) => byte === 0)) {
    return false;
  }
  if (bytes.length < headBytes) {
    return false;
  }
  return (
    nextRecord(bytes, 0, marker) !== null || endOf(bytes, 0) <= bytes.length || lastRecord(bytes, 0, marker) !== null
  );
}

/** Every record that can be read, whatever lies between them. */
export function rescueRecords(bytes: Buffer, marker: Buffer): Entry[] {
  const entries: Entry[] = [];
  let entry = anyRecord(bytes, 0, marker);
  while (entry) {
    entries.push(entry);
    entry = anyRecord(bytes, entry.end, marker);
  }
  return entries;
}

function anyRecord(bytes: Buffer, start: number, marker: Buffer): Entry | null {
  return recordAt(bytes, start, marker) ?? nextRecord(bytes, start, marker) ?? lastRecord(bytes, start, marker);
}

/** A record at the end of the file whose length is not true any more: by its checksum, all that is left is its body. */
function lastRecord(bytes: Buffer, start: number, marker: Buffer): Entry | null {
  const body = bytes.subarray(start + headBytes);
  if (body.length === 0 || crc32(body) !== bytes.readUInt32LE(start + 4)) {
    return null;
  }
  const record = recordOf(body, marker);
  return record && { record, start, end: bytes.length };
}

/** The first readable record behind an unreadable one: where its length points, else where the marker says that one begins. */
function nextRecord(bytes: Buffer, from: number, marker: Buffer): Entry | null {
  if (from + headBytes > bytes.length) {
    return null;
  }
  const pointed = recordAt(bytes, endOf(bytes, from), marker);
  const first = from + headBytes;
  for (let found = bytes.indexOf(marker, first); found >= 0; found = bytes.indexOf(marker, found + 1)) {
    const entry = recordAt(bytes, found - headBytes, marker);
    if (entry) {
      return pointed && pointed.start < entry.start ? pointed : entry;
    }
  }
  return pointed;
}

function endOf(bytes: Buffer, start: number): number {
  return start + headBytes + bytes.readUInt32LE(start);
}

function recordAt(bytes: Buffer, start: number, marker: Buffer): Entry | null {
  if (start + headBytes >= bytes.length) {
    return null;
  }
  const end = endOf(bytes, start);
  const body = bytes.subarray(start + headBytes, end);
  if (end > bytes.length || crc32(body) !== bytes.readUInt32LE(start + 4)) {
    return null;
  }
  const record = recordOf(body, marker);
  return record && { record, start, end };
}

function recordOf(body: Buffer, marker: Buffer): Spooled | Mark | null {
  const isMarked = body.subarray(0, markerBytes).equals(marker);
  if (!isMarked && body[0] !== v8Version) {
    return null;
  }
  try {
    return deserialize(isMarked ? body.subarray(markerBytes) : body) as Spooled | Mark;
  } catch {
    return null;
  }
}
