const block = 512;

/** A file of an archive. Its name has at most 255 bytes with its folders, as ustar can hold them. */
export interface TarFile {
  name: string;
  content: Uint8Array;
}

/** A tar archive as every system unpacks it (POSIX ustar). `at` is the time that its files get. */
export function writeTar(files: readonly TarFile[], at: Date): Buffer {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length, at),
    Buffer.from(content),
    Buffer.alloc((block - (content.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(name: string, size: number, at: Date): Buffer {
  const { prefix, rest } = parted(name);
  const head = Buffer.alloc(block);
  head.write(rest, 0, 100, 'utf8');
  head.write('0000644\0', 100, 'latin1');
  head.write('0000000\0', 108, 'latin1');
  head.write('0000000\0', 116, 'latin1');
  head.write(octal(size), 124, 'latin1');
  head.write(octal(Math.floor(at.getTime() / 1000)), 136, 'latin1');
  // The sum is taken over a header in which its own place is spaces.
  head.write('        0', 148, 'latin1');
  head.write('ustar\u000000', 257, 'latin1');
  head.write(prefix, 345, 155, 'utf8');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

/** The folders of a long name stand in a field of their own. */
function parted(name: string): { prefix: string; rest: string } {
  if (Buffer.byteLength(name) <= 100) {
    return { prefix: '', rest: name };
  }
  const cut = name.lastIndexOf('/');
  return { prefix: name.slice(0, Math.max(0, cut)), rest: name.slice(cut + 1) };
}

function octal(value: number): string {
  return `${value.toString(8).padStart(11, '0')}\0`;
}
