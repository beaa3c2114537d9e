import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '#failpoint';
import {
  framed,
  isDamaged,
  markerBytes,
  readRecords,
  rescueRecords,
  type Entry,
  type Spooled,
} from './spool-records.js';

export type { Spooled } from './spool-records.js';

/** The spool holds as much as it may. The provider is told to come again. */
export class SpoolFull extends Error {
  readonly code = 'spool_full';

  constructor(readonly limitBytes: number) {
    super('The hub cannot keep more messages until its database is back.');
    this.name = 'SpoolFull';
  }
}

/** A spool file that could not be read whole: where it is kept, and how many of its records go on. */
export interface Damage {
  keptAs: string;
  rescued: number;
}

/** What was readable when it was written is not any more. */
class UnreadableRecord extends Error {
  constructor(position: number) {
    super(`the spool has an unreadable record at byte ${position}`);
    this.name = 'UnreadableRecord';
  }
}

/** What is read at once, in bytes, unless a single record is larger. */
const readBytes = 4 * 1024 * 1024;

/**
 * A bounded file of what providers sent while the database was away. A record counts once `append` resolved: it is on disk. A crash
 * in the middle of a write leaves a torn record at the end, which was never acknowledged and is cut off. A record that was damaged later
 * costs no other: the file is set aside as it is, and every record that can be read goes on.
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
  private readonly path: string;

  private constructor(
    private readonly folder: string,
    private readonly limitBytes: number,
    private readonly marker: Buffer,
    private readonly onDamage: (damage: Damage) => void,
  ) {
    this.path = join(folder, 'inbound.spool');
  }

  static async open(
    folder: string,
    limitBytes: number,
    onDamage: (damage: Damage) => void = () => undefined,
  ): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spool = new Spool(folder, limitBytes, await markerOf(folder), onDamage);
    await spool.openFile();
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
    try {
      await this.drainAll(take, runSize);
    } catch (error) {
      if (error instanceof UnreadableRecord) {
        await this.inTurn(() => this.rescue());
      }
      throw error;
    }
  }

  private async drainAll(take: (run: Spooled[]) => Promise<void>, runSize: number): Promise<void> {
    await this.drain(take, runSize, () => this.inTurn(() => this.mark()));
    await this.inTurn(async () => {
      await this.drain(take, runSize, () => Promise.resolve());
      failpoint('spool.before-empty');
      await this.handle.truncate(0);
      this.size = 0;
      this.position = 0;
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.close();
    this.file = null;
  }

  private async openFile(): Promise<void> {
    this.file = await open(this.path, 'a+', 0o600);
    await syncFolder(this.folder);
    await this.measure();
    const { size } = await this.handle.stat();
    if (this.size === size) {
      return;
    }
    if (isDamaged(await this.readBytes(this.size, size - this.size), this.marker)) {
      await this.rescue();
    } else {
      await this.handle.truncate(this.size);
    }
  }

  private async measure(): Promise<void> {
    this.size = 0;
    this.position = 0;
    for (let entries = await this.read(0); entries.length > 0; entries = await this.read(this.size)) {
      this.size = entries.at(-1)?.end ?? this.size;
      this.position = replayedTo(entries) ?? this.position;
    }
  }

  /** Sets the file aside and goes on with one of all that is readable and was not replayed. A crash in between begins this anew. */
  private async rescue(): Promise<void> {
    const bytes = await readFile(this.path);
    const entries = rescueRecords(bytes, this.marker);
    const position = replayedTo(entries) ?? 0;
    const waiting = entries.filter(({ record, start }) => 'events' in record && start >= position);
    const keptAs = join(this.folder, `damaged-${new Date().toISOString().replaceAll(':', '-')}.spool`);
    await copyFile(this.path, keptAs);
    await syncFile(keptAs);
    const fresh = `${this.path}.new`;
    await writeFile(fresh, Buffer.concat(waiting.map(({ record }) => framed(record, this.marker))), {
      mode: 0o600,
      flush: true,
    });
    await rename(fresh, this.path);
    await syncFolder(this.folder);
    await this.file?.close();
    this.file = await open(this.path, 'a+', 0o600);
    await this.measure();
    this.onDamage({ keptAs, rescued: waiting.length });
  }

  private async drain(
    take: (run: Spooled[]) => Promise<void>,
    runSize: number,
    mark: () => Promise<void>,
  ): Promise<void> {
    while (this.position < this.size) {
      const entries = await this.read(this.position);
      if (entries.length === 0) {
        throw new UnreadableRecord(this.position);
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

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.writing.then(work);
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private async write(spooled: Spooled): Promise<void> {
    const bytes = framed(spooled, this.marker);
    if (this.size + bytes.length > this.limitBytes) {
      throw new SpoolFull(this.limitBytes);
    }
    failpoint('spool.before-write');
    await this.put(bytes, () => this.handle.datasync());
    failpoint('spool.after-write');
  }

  private mark(): Promise<void> {
    return this.put(framed({ replayedTo: this.position }, this.marker), () => Promise.resolve());
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
    return readRecords(await this.readBytes(position, length), this.marker, position);
  }

  private async readBytes(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, length));
    await this.handle.read(bytes, 0, bytes.length, position);
    return bytes;
  }
}

function replayedTo(entries: Entry[]): number | undefined {
  return entries.flatMap(({ record }) => ('replayedTo' in record ? [record.replayedTo] : [])).at(-1);
}

/** Made once for a folder. */
async function markerOf(folder: string): Promise<Buffer> {
  const path = join(folder, 'marker');
  const known = await readFile(path).catch(() => null);
  if (known?.length === markerBytes) {
    return known;
  }
  const marker = randomBytes(markerBytes);
  // A first byte that no body without a marker has.
  marker[0] = 0x50;
  await writeFile(path, marker, { mode: 0o600, flush: true });
  return marker;
}

async function syncFile(path: string): Promise<void> {
  await synced(await open(path, 'r+'));
}

/** A new name is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  await synced(await open(folder, 'r'));
}

async function synced(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
