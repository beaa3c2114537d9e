import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { glob, link, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '#failpoint';
import { FileStorage, FileTooLarge, type FilePart, type StoredFile } from './file-storage.js';

const keyShape = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;
/** What file systems say that give a file one name only, or no more of them. */
const unlinkable = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);
/** file-type looks no further than this. */
const sniffBytes = 4_100;

/** Attachments as files of a folder, fanned out over 256 folders by the first byte of their random name. */
export class DiskStorage extends FileStorage {
  /** Files that this process is storing now, by where they are meanwhile. */
  private readonly writing = new Set<string>();

  constructor(private readonly folder: string) {
    super();
  }

  async store(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredFile> {
    const { key, path, folder } = await this.newPlace();
    const aside = `${path}.part`;
    this.writing.add(aside);
    const file = await open(aside, 'wx', 0o600);
    try {
      const written = await write(file, content, limitBytes);
      await file.sync();
      failpoint('attachment.before-rename');
      await rename(aside, path);
      failpoint('attachment.after-rename');
      await syncFolder(folder);
      return { key, ...written };
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    } finally {
      this.writing.delete(aside);
      await file.close();
    }
  }

  /** Files are never written again, so two names may share one. */
  async copy(key: string): Promise<string> {
    const { key: copy, path, folder } = await this.newPlace();
    try {
      await link(this.pathOf(key), path);
    } catch (error) {
      if (!unlinkable.has((error as NodeJS.ErrnoException).code ?? '')) {
        throw error;
      }
      return (await this.store(createReadStream(this.pathOf(key)), Infinity)).key;
    }
    await syncFolder(folder);
    return copy;
  }

  open(key: string, part?: FilePart): NodeJS.ReadableStream {
    return createReadStream(this.pathOf(key), part);
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async removeUnfinished(before: Date): Promise<number> {
    let removed = 0;
    for await (const name of glob('[0-9a-f][0-9a-f]/*.part', { cwd: this.folder })) {
      const path = join(this.folder, name);
      if (!this.writing.has(path) && (await isOlder(path, before))) {
        await rm(path, { force: true });
        removed += 1;
      }
    }
    return removed;
  }

  private async newPlace(): Promise<{ key: string; path: string; folder: string }> {
    const name = randomBytes(16).toString('hex');
    const key = `${name.slice(0, 2)}/${name}`;
    const folder = join(this.folder, name.slice(0, 2));
    await mkdir(folder, { recursive: true });
    return { key, path: this.pathOf(key), folder };
  }

  private pathOf(key: string): string {
    if (!keyShape.test(key)) {
      throw new Error('not a storage key');
    }
    return join(this.folder, key);
  }
}

/** A file of another node that was finished or given up meanwhile is gone from here. */
async function isOlder(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.mtime < before;
}

async function write(
  file: FileHandle,
  content: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Omit<StoredFile, 'key'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > limitBytes) {
      throw new FileTooLarge(limitBytes);
    }
    if (head.length < sniffBytes) {
      head = Buffer.concat([head, chunk.subarray(0, sniffBytes - head.length)]);
    }
    hash.update(chunk);
    await file.write(chunk);
    failpoint('attachment.mid-write');
  }
  return { bytes, sha256: hash.digest('hex'), mediaType: await sniff(head) };
}

/** Plain text has no magic number; anything that may be markup stays an opaque download. */
async function sniff(head: Buffer): Promise<string> {
  // Loaded at the first file: it knows hundreds of kinds, and not every hub is sent one.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found) {
    return found.mime;
  }
  if (head.toString('latin1', 0, 2) === '#!') {
    return 'text/x-shellscript';
  }
  const isText = !head.includes(0) && !head.toString('utf8').includes('\ufffd');
  return isText && !head.toString('latin1').includes('<') ? 'text/plain' : 'application/octet-stream';
}

/** A rename is durable only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
