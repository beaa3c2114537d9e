import { storableText } from '../../storable-text.js';

/** One block of the manager interface: its headers by lower-case name. Of a header that comes several times the lines are joined. */
export type AmiFrame = Readonly<Record<string, string>>;

/** What was said is not the manager interface, or far too much of it. */
export class NotAmi extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotAmi';
  }
}

const longestLine = 16 * 1024;
const mostLines = 2_000;

/**
 * Cuts what an exchange sends into blocks, wherever TCP cut it. The first line is the greeting; a block ends with an empty line. Lines end
 * with CRLF, and some forks send LF alone.
 */
export class AmiFrames {
  /** The exchange's first line, e.g. `Asterisk Call Manager/5.0.1`; null until it came. */
  greeting: string | null = null;
  private rest: Buffer = Buffer.alloc(0);
  private lines: string[] = [];

  /** Throws NotAmi; then nothing on this connection can be read any more. */
  push(chunk: Buffer): AmiFrame[] {
    const all = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const frames: AmiFrame[] = [];
    let from = 0;
    for (let end = all.indexOf(10, from); end >= 0; end = all.indexOf(10, from)) {
      const line = all.toString('utf8', from, all[end - 1] === 13 && end > from ? end - 1 : end);
      from = end + 1;
      frames.push(...this.take(line));
    }
    this.rest = all.subarray(from);
    if (this.rest.length > longestLine) {
      throw new NotAmi('A line is longer than any of the manager interface.');
    }
    return frames;
  }

  private take(line: string): AmiFrame[] {
    if (this.greeting === null) {
      this.greeting = line;
      return [];
    }
    if (line !== '') {
      this.lines.push(storableText(line));
      if (this.lines.length > mostLines) {
        throw new NotAmi('A block has more lines than any of the manager interface.');
      }
      return [];
    }
    const lines = this.lines.splice(0);
    return lines.length === 0 ? [] : [frameOf(lines)];
  }
}

function frameOf(lines: string[]): AmiFrame {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = (colon < 0 ? 'output' : line.slice(0, colon)).trim().toLowerCase();
    const value = (colon < 0 ? line : line.slice(colon + 1)).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(headers);
}

/** An action as it is sent. Line breaks in values would begin headers of their own, so they are blanks here. */
export function encodeAction(action: string, headers: Record<string, string | string[]>): string {
  const all = [['Action', action] as const, ...Object.entries(headers)];
  const lines = all.flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one.replace(/[\r\n]+/gu, ' ')}\r\n`),
  );
  return `${lines.join('')}\r\n`;
}
