import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { blockBytes, BrokenBackup, paddingOf, readHeader, sealBytes, sealOf } from './archive-format.js';
import { keyEntry, manifestEntry, readManifest, type Manifest } from './manifest.js';

interface FoundEntry {
  offset: number;
  bytes: number;
  sha256: string;
}

const chunkBytes = 1 << 20;

/** A backup of which every byte was found as it was written. */
export class CheckedArchive {
  private constructor(
    private readonly file: FileHandle,
    private readonly entries: Map<string, FoundEntry>,
    readonly manifest: Manifest,
    readonly bytes: number,
  ) {}

  /** Reads the whole file once. Throws BrokenBackup. */
  static async open(path: string): Promise<CheckedArchive> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const entries = await readEntries(file, size);
      const found = entries.get(manifestEntry);
      if (found === undefined) {
        throw new BrokenBackup('The backup has no manifest.');
      }
      const manifest = readManifest(await readAll(file, found));
      refuseOthers(manifest, entries);
      return new CheckedArchive(file, entries, manifest, size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The content of an entry, whole. It is compared again, for a disk may answer otherwise the second time. */
  async read(name: string): Promise<Buffer> {
    const entry = this.entryOf(name);
    const content = await readAll(this.file, entry);
    if (createHash('sha256').update(content).digest('hex') !== entry.sha256) {
      throw new BrokenBackup(`${name} was read differently the second time. Look at the disk.`);
    }
    return content;
  }

  /** The content of an entry, in pieces. Throws BrokenBackup after the last one when they are not what they were. */
  async *stream(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.entryOf(name);
    const hash = createHash('sha256');
    for await (const chunk of readPieces(this.file, entry.offset, entry.bytes)) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') !== entry.sha256) {
      throw new BrokenBackup(`${name} was read differently the second time. Look at the disk.`);
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private entryOf(name: string): FoundEntry {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      throw new BrokenBackup(`The backup has no ${name}.`);
    }
    return entry;
  }
}

/** Every entry and where it is; every byte of the file is compared with the seal. */
async function readEntries(file: FileHandle, size: number): Promise<Map<string, FoundEntry>> {
  const entries = new Map<string, FoundEntry>();
  const whole = createHash('sha256');
  const end = size - sealBytes;
  let at = 0;
  if (end <= 0 || size % blockBytes !== 0) {
    throw new BrokenBackup('The backup is cut off.');
  }
  while (at < end) {
    const header = await readPiece(file, at, blockBytes);
    whole.update(header);
    const { name, bytes } = readHeader(header);
    const offset = at + blockBytes;
    at = offset + bytes + paddingOf(bytes);
    if (at > end) {
      throw new BrokenBackup('The backup is cut off.');
    }
    const hash = createHash('sha256');
    for await (const chunk of readPieces(file, offset, bytes)) {
      hash.update(chunk);
      whole.update(chunk);
    }
    whole.update(await readPiece(file, offset + bytes, paddingOf(bytes)));
    entries.set(name, { offset, bytes, sha256: hash.digest('hex') });
  }
  if (!sealOf(whole.digest('hex')).equals(await readPiece(file, end, sealBytes))) {
    throw new BrokenBackup('The backup is damaged: its bytes are not those that were written.');
  }
  return entries;
}

/** The manifest names every part with its size and hash: nothing more is there, and nothing less. */
function refuseOthers(manifest: Manifest, entries: Map<string, FoundEntry>): void {
  const wanted = [...manifest.tables.flatMap(({ parts }) => parts), ...manifest.files];
  for (const { name, bytes, sha256 } of wanted) {
    const found = entries.get(name);
    if (found?.bytes !== bytes || found.sha256 !== sha256) {
      throw new BrokenBackup(`The backup is damaged: ${name} is not what its manifest says.`);
    }
  }
  const beside = [manifestEntry, 'about.json', ...(manifest.keys.sealed ? [keyEntry] : [])];
  if (entries.size !== wanted.length + beside.length || beside.some((name) => !entries.has(name))) {
    throw new BrokenBackup('The backup is damaged: it holds other parts than its manifest names.');
  }
}

async function readAll(file: FileHandle, { offset, bytes }: FoundEntry): Promise<Buffer> {
  return readPiece(file, offset, bytes);
}

async function* readPieces(file: FileHandle, offset: number, bytes: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < bytes; done += chunkBytes) {
    yield await readPiece(file, offset + done, Math.min(chunkBytes, bytes - done));
  }
}

async function readPiece(file: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const piece = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await file.read(piece, done, bytes - done, offset + done);
    if (bytesRead === 0) {
      throw new BrokenBackup('The backup is cut off.');
    }
    done += bytesRead;
  }
  return piece;
}
