/** Everything of an archive comes in blocks of this many bytes. */
export const blockBytes = 512;
/** The last entry and the two empty blocks that end an archive. */
export const sealBytes = 4 * blockBytes;
/** The size of an entry is eleven octal digits. */
const mostBytes = 8 ** 11 - 1;
const sealName = 'seal';
/** No part of it is `.` or `..`: a name leads to nothing outside the folder that it is restored into. */
const nameShape = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/;

/** The file is no backup of ours, or not as it was written. */
export class BrokenBackup extends Error {
  readonly code = 'broken_backup';

  constructor(message: string) {
    super(message);
    this.name = 'BrokenBackup';
  }
}

/** The header of a file in a tar archive (ustar), always the same for the same name and size. */
export function headerOf(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) > 100 || bytes > mostBytes) {
    throw new Error(`${name} does not fit into an archive.`);
  }
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Throws BrokenBackup for anything that headerOf did not write. */
export function readHeader(header: Buffer): { name: string; bytes: number } {
  const name = header.toString('utf8', 0, Math.max(0, header.subarray(0, 100).indexOf(0)));
  const bytes = Number.parseInt(header.toString('latin1', 124, 135), 8);
  if (!nameShape.test(name) || !Number.isSafeInteger(bytes) || !headerOf(name, bytes).equals(header)) {
    throw new BrokenBackup('The backup is damaged: an entry has no readable name and size.');
  }
  return { name, bytes };
}

/** How many empty bytes follow so many bytes of content. */
export function paddingOf(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes;
}

/** What ends an archive: the hash of every byte before it. */
export function sealOf(sha256: string): Buffer {
  const text = `sha256 of everything before this entry: ${sha256}\n`;
  const end = Buffer.alloc(sealBytes);
  headerOf(sealName, text.length).copy(end);
  end.write(text, blockBytes);
  return end;
}
