import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { ChannelKind, InboundEvent } from '#channels';
import { failpoint } from '#failpoint';

/** Events of one verified request, waiting for the database. */
export interface Spooled {
  channel: { id: string; kind: ChannelKind };
  events: InboundEvent[];
}

/** The spool holds as much as it may. The provider is told to come again. */
export class SpoolFull extends Error {
  readonly code = 'spool_full';

  constructor(readonly limitBytes: number) {
    super('The hub cannot keep more messages until its database is back.');
    this.name = 'SpoolFull';
  }
}

/** Written between the others: all before this byte of the file was taken. */
interface Mark {
  replayedTo: number;
}

/** A record and the byte behind it. */
interface Entry {
  record: Spooled | Mark;
  end: number;
}

/** Length and checksum before each record. */
const headBytes = 8;
/** What is read at once, in bytes, unless a single record is larger. */
const readBytes = 4 * 1024 * 1024;

/**
 * A bounded file of what providers sent while the database was away. A record counts once `append` resolved: it is on disk. A crash
 * in the middle of a write leaves a torn record at the end, which was never acknowledged and is cut off.
 *
 * How far it was replayed is written into the file itself, so that a hub which dies again and again still gets through. A mark that a
 * crash swallowed repeats a run; deduplication makes that harmless.
 */
export class Spool {
  private file: FileHandle | null = null;
  private size = 0;
  /** How far it has been replayed. */
  private position = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly limitBytes: number,
  ) {}

  static async open(folder: string, limitBytes: number): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spool = new Spool(join(folder, 'inbound.spool'), limitBytes);
    spool.file = await open(spool.path, 'a+', 0o600);
    for (let entries = await spool.read(0); entries.length > 0; entries = await spool.read(spool.size)) {
      spool.size = entries.at(-1)?.end ?? spool.size;
      spool.position =
        entries.flatMap(({ record }) => ('replayedTo' in record ? [record.replayedTo] : [])).at(-1) ?? spool.position;
    }
    await spool.file.truncate(spool.size);
    return spool;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Bytes that were not taken yet. */
  get waitingBytes(): number {
    return this.size - this.position;
  }

  /** Resolves when the record is on disk. Throws SpoolFull. */
  append(spooled: Spooled): Promise<void> {
    return this.inTurn(() => this.write(spooled));
  }

  /**
   * Gives the records to `take` in runs of at most `runSize`, oldest first, then empties the file. Ends early when `take` throws, and goes
   * on from there the next time. Appends go on meanwhile, except for the last few records, which they wait for.
   */
  async replay(take: (run: Spooled[]) => Promise<void>, runSize = 64): Promise<void> {
    await this.drain(take, runSize, () => this.inTurn(() => this.mark()));
    await this.inTurn(async () => {
      await this.drain(take, runSize, () => Promise.resolve());
      failpoint('spool.before-empty');
      await this.handle.truncate(0);
      this.size = 0;
      this.position = 0;
    });
  }

  private async drain(
    take: (run: Spooled[]) => Promise<void>,
    runSize: number,
    mark: () => Promise<void>,
  ): Promise<void> {
    while (this.position < this.size) {
      const entries = await this.read(this.position);
      if (entries.length === 0) {
        throw new Error(`the spool has an unreadable record at byte ${this.position}`);
      }
      for (let start = 0; start < entries.length; start += runSize) {
        const run = entries.slice(start, start + runSize);
        const spooled = run.flatMap(({ record }) => ('events' in record ? [record] : []));
        if (spooled.length > 0) {
          await take(spooled);
          failpoint('spool.after-replayed');
        }
        this.position = run.at(-1)?.end ?? this.position;
        if (spooled.length > 0) {
          await mark();
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.close();
    this.file = null;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.writing.then(work);
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private async write(spooled: Spooled): Promise<void> {
    const bytes = framed(spooled);
    if (this.size + bytes.length > this.limitBytes) {
      throw new SpoolFull(this.limitBytes);
    }
    failpoint('spool.before-write');
    await this.put(bytes, () => this.handle.datasync());
    failpoint('spool.after-write');
  }

  private mark(): Promise<void> {
    return this.put(framed({ replayedTo: this.position }), () => Promise.resolve());
  }

  private async put(bytes: Buffer, sync: () => Promise<void>): Promise<void> {
    try {
      await this.handle.write(bytes);
      await sync();
    } catch (error) {
      // Half a record in the middle would hide every record behind it.
      await this.handle.truncate(this.size);
      throw error;
    }
    this.size += bytes.length;
  }

  private get handle(): FileHandle {
    if (!this.file) {
      throw new Error('the spool is closed');
    }
    return this.file;
  }

  /** Whole records from a position on: as many as are read at once, and at least one when there is one. */
  private async read(position: number): Promise<Entry[]> {
    const { size } = await this.handle.stat();
    const entries = await this.readAtMost(position, Math.min(readBytes, size - position));
    return entries.length > 0 || size - position <= readBytes ? entries : this.readAtMost(position, size - position);
  }

  private async readAtMost(position: number, length: number): Promise<Entry[]> {
    const bytes = Buffer.alloc(Math.max(0, length));
    await this.handle.read(bytes, 0, bytes.length, position);
    const entries: Entry[] = [];
    let at = 0;
    while (at + headBytes <= bytes.length) {
      const end = at + headBytes + bytes.readUInt32LE(at);
      const body = bytes.subarray(at + headBytes, end);
      if (end > bytes.length || crc32(body) !== bytes.readUInt32LE(at + 4)) {
        break;
      }
      entries.push({ record: deserialize(body) as Spooled | Mark, end: position + end });
      at = end;
    }
    return entries;
  }
}

function framed(record: Spooled | Mark): Buffer {
  const body = serialize(record);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([head, body]);
}
