/** A file found inside the text of a mail, as programs sent them before MIME. */
export interface EmbeddedFile {
  name: string;
  bytes: Uint8Array;
}

const mostFiles = 50;
const uuBegin = /^begin [0-7]{3,4} (.{1,200})$/u;

/**
 * Takes uuencoded files out of a text. Only a block that is whole and sound counts: a sentence that starts with "begin 644" stays what
 * somebody wrote.
 */
export function takeUuencoded(text: string): { text: string; files: EmbeddedFile[] } {
  if (!/^begin [0-7]{3}/mu.test(text)) {
    return { text, files: [] };
  }
  const lines = text.split('\n');
  const kept: string[] = [];
  const files: EmbeddedFile[] = [];
  for (let at = 0; at < lines.length; at++) {
    const found = files.length === mostFiles ? null : uuFile(lines, at);
    if (found) {
      files.push(found.file);
      at = found.end;
    } else {
      kept.push(lines[at] ?? '');
    }
  }
  return { text: kept.join('\n'), files };
}

function uuFile(lines: readonly string[], at: number): { file: EmbeddedFile; end: number } | null {
  const name = uuBegin.exec(lines[at]?.trimEnd() ?? '')?.[1];
  const block = name === undefined ? null : uuBlock(lines, at + 1);
  return name !== undefined && block ? { file: { name, bytes: block.bytes }, end: block.end } : null;
}

/** The bytes of the lines from `from` on, and where `end` stands; null when a line is none of a file's. */
function uuBlock(lines: readonly string[], from: number): { bytes: Uint8Array; end: number } | null {
  const chunks: Uint8Array[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]?.replace(/\r$/u, '') ?? '';
    if (line.trimEnd() === 'end') {
      const bytes = Buffer.concat(chunks);
      return bytes.length > 0 ? { bytes, end: at } : null;
    }
    const chunk = uuLine(line);
    if (!chunk) {
      return null;
    }
    chunks.push(chunk);
  }
  return null;
}

function uuLine(line: string): Uint8Array | null {
  // Trailing spaces stand for zeros and are often lost on the way; a blank line is a lost "`".
  const length = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
  const signs = Math.ceil(length / 3) * 4;
  const body = line.slice(1, 1 + signs).padEnd(signs, ' ');
  if (line.length > 1 + signs + 2 || /[^\x20-\x60]/u.test(line)) {
    return null;
  }
  const bytes = Buffer.alloc((signs / 4) * 3);
  for (let at = 0; at < signs; at += 4) {
    const word = [0, 1, 2, 3].reduce((sum, n) => (sum << 6) | ((body.charCodeAt(at + n) - 32) & 63), 0);
    bytes.writeUIntBE(word, (at / 4) * 3, 3);
  }
  return bytes.subarray(0, length);
}

const yBegin = Buffer.from('=ybegin ');
const yEnd = Buffer.from('=yend');

/**
 * Takes yEnc files out of a body. They use all eight bits, so this works on bytes, before any charset is thought of; a file whose size
 * is not what it says stays in the text.
 */
export function takeYenc(body: Uint8Array): { body: Uint8Array; files: EmbeddedFile[] } {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const kept: Uint8Array[] = [];
  const files: EmbeddedFile[] = [];
  let from = 0;
  for (
    let begin = bytes.indexOf(yBegin);
    begin !== -1 && files.length < mostFiles;
    begin = bytes.indexOf(yBegin, from)
  ) {
    const end = bytes.indexOf(yEnd, begin);
    const file = end === -1 ? null : yencFile(bytes.subarray(begin, end));
    const next = end === -1 ? bytes.length : lineEnd(bytes, end);
    kept.push(bytes.subarray(from, file ? begin : next));
    files.push(...(file ? [file] : []));
    from = next;
  }
  kept.push(bytes.subarray(from));
  return { body: files.length === 0 ? body : Buffer.concat(kept), files };
}

function yencFile(block: Buffer): EmbeddedFile | null {
  const firstEnd = lineEnd(block, 0);
  const head = block.subarray(0, firstEnd).toString('utf8');
  const size = Number(/\ssize=(\d{1,9})\b/u.exec(head)?.[1] ?? -1);
  const name = /\sname=([^\r\n]{1,200})/u.exec(head)?.[1]?.trim();
  const isPart = block.subarray(firstEnd, firstEnd + 7).toString('latin1') === '=ypart ';
  if (name === undefined || isPart) {
    return null;
  }
  const bytes = yencBytes(block.subarray(firstEnd));
  return bytes.length === size ? { name, bytes } : null;
}

/** Every byte was moved on by 42; one that would be a line end or a sign of its own stands behind `=`, moved on by 64 more. */
function yencBytes(lines: Buffer): Buffer {
  const out = Buffer.alloc(lines.length);
  let length = 0;
  let isEscaped = false;
  for (const sign of lines) {
    if (sign === 0x3d && !isEscaped) {
      isEscaped = true;
    } else if (sign !== 0x0a && sign !== 0x0d) {
      out[length++] = (sign - (isEscaped ? 106 : 42)) & 255;
      isEscaped = false;
    }
  }
  return out.subarray(0, length);
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end === -1 ? bytes.length : end + 1;
}
