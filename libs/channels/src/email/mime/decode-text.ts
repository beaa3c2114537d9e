import { isAscii, isUtf8 } from 'node:buffer';

/** What Persian mail without a charset is most often written in when it is not UTF-8; an inbox may say otherwise. */
const lastResort = 'windows-1256';
/** A charset is declared at the top of a page; browsers look no further than this either. */
const metaWindow = 4096;
const metaCharset = /<meta[^>]{0,200}charset\s{0,20}=\s{0,20}["']?\s{0,20}([\w:.-]{1,40})/iu;

/**
 * The text of bytes whose charset nobody, or somebody wrong, has named: byte order mark, then UTF-8 if it is that, then what an
 * HTML page says of itself, then what the inbox expects. A few bad bytes make UTF-8 no other charset. UTF-8 goes before the page's own word because servers
 * re-encode pages and leave the word standing, while other encodings are hardly ever valid UTF-8 by chance.
 */
export function decodeText(bytes: Uint8Array, fallback?: string): string {
  const marked = byteOrderMark(bytes);
  if (marked) {
    return new TextDecoder(marked).decode(bytes);
  }
  const named = charsetOfPage(bytes);
  // Seven-bit text can still be ISO-2022-JP, whose page says so.
  const isPlain = isAscii(bytes) ? named === null || !named.startsWith('iso-2022') : isMostlyUtf8(bytes);
  return new TextDecoder(isPlain ? 'utf-8' : (named ?? knownCharset(fallback) ?? lastResort)).decode(bytes);
}

/** Bytes that are read the same whatever charset they claim: ASCII, or UTF-8. */
export function isPlainText(bytes: Uint8Array): boolean {
  return isAscii(bytes) || isUtf8(bytes);
}

/**
 * Whether bytes that claim a charset of western Europe are in another one: whole UTF-8, which other text hardly ever is by chance, or a
 * script of which most letters lie beyond ASCII. Programs of long ago called everything they sent by their own default. `fewLetters`: fewer
 * of them than that say nothing.
 */
export function isMisnamedLatin(bytes: Uint8Array, fewLetters = 8): boolean {
  if (isPlainText(bytes)) {
    return !isAscii(bytes);
  }
  const { plain, high } = countLetters(bytes);
  return high >= fewLetters && high > plain;
}

/** Letters of ASCII, those inside of tags left out, and letters beyond it. */
function countLetters(bytes: Uint8Array): { plain: number; high: number } {
  const counts = { plain: 0, high: 0 };
  let isTag = false;
  for (const byte of bytes) {
    isTag = byte === 0x3c || (isTag && byte !== 0x3e);
    const lower = byte | 0x20;
    counts.plain += !isTag && lower >= 0x61 && lower <= 0x7a ? 1 : 0;
    counts.high += byte >= 0xc0 ? 1 : 0;
  }
  return counts;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return 'utf-8';
  }
  if (first === 0xff && second === 0xfe) {
    return isOfPairs(bytes, 1) ? 'utf-16le' : null;
  }
  return first === 0xfe && second === 0xff && isOfPairs(bytes, 0) ? 'utf-16be' : null;
}

/**
 * Whether bytes read like letters of two bytes each: those of one script share the higher one. Broken text of another charset may begin
 * with a mark by chance, and read as UTF-16 nothing of it would be left. `high` is where the higher byte of a pair stands.
 */
function isOfPairs(bytes: Uint8Array, high: 0 | 1): boolean {
  const counts = new Uint32Array(256);
  for (let at = 2 + high; at < Math.min(bytes.length, metaWindow); at += 2) {
    const value = bytes[at] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const pairs = (Math.min(bytes.length, metaWindow) - 2) / 2;
  return bytes.length % 2 === 0 && pairs >= 3 && Math.max(...counts) >= 0.3 * pairs;
}

function charsetOfPage(bytes: Uint8Array): string | null {
  const top = Buffer.from(bytes.subarray(0, metaWindow)).toString('latin1');
  return knownCharset(metaCharset.exec(top)?.[1]);
}

/** A charset's own name, or null for one that nobody knows. */
function knownCharset(label: string | undefined): string | null {
  try {
    return label === undefined ? null : new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** The bytes of one header field as text. Headers should be ASCII, yet many hold raw UTF-8 and old ones the charset of their writer. */
export function decodeHeaderField(bytes: Uint8Array, fallback?: string): string {
  return new TextDecoder(isMostlyUtf8(bytes) ? 'utf-8' : (knownCharset(fallback) ?? lastResort)).decode(bytes);
}

/** Whether bytes are UTF-8, but for a few that were cut or broken on the way: more than four of five outside ASCII are whole letters. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) {
    return true;
  }
  let [whole, all] = [0, 0];
  for (let at = 0; at < bytes.length;) {
    const length = letterLength(bytes, at);
    whole += length > 1 ? length : 0;
    all += (bytes[at] ?? 0) < 0x80 ? 0 : Math.max(1, length);
    at += Math.max(1, length);
  }
  return whole / all > 0.8;
}

/** How many bytes the UTF-8 letter at `at` has; 0 where there is none. */
function letterLength(bytes: Uint8Array, at: number): number {
  const length = announcedLength(bytes[at] ?? 0);
  for (let next = at + 1; next < at + length; next += 1) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}

function announcedLength(first: number): number {
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2 || first > 0xf4) {
    return 0;
  }
  if (first < 0xe0) {
    return 2;
  }
  return first < 0xf0 ? 3 : 4;
}
