import { isAscii, isUtf8 } from 'node:buffer';

/** What Persian mail without a charset is most often written in when it is not UTF-8; an inbox may say otherwise. */
const lastResort = 'windows-1256';
/** A charset is declared at the top of a page; browsers look no further than this either. */
const metaWindow = 4096;
const metaCharset = /<meta[^>]{0,200}charset\s{0,20}=\s{0,20}["']?\s{0,20}([\w:.-]{1,40})/iu;

/**
 * The text of bytes whose charset nobody, or somebody wrong, has named: byte order mark, then UTF-8 if it is that, then what an
 * HTML page says of itself, then what the inbox expects. UTF-8 goes before the page's own word because servers
 * re-encode pages and leave the word standing, while other encodings are hardly ever valid UTF-8 by chance.
 */
export function decodeText(bytes: Uint8Array, fallback?: string): string {
  const marked = byteOrderMark(bytes);
  if (marked) {
    return new TextDecoder(marked).decode(bytes);
  }
  const named = charsetOfPage(bytes);
  // Seven-bit text can still be ISO-2022-JP, whose page says so.
  const isPlain = isAscii(bytes) ? named === null || !named.startsWith('iso-2022') : isUtf8(bytes);
  return new TextDecoder(isPlain ? 'utf-8' : (named ?? knownCharset(fallback) ?? lastResort)).decode(bytes);
}

function byteOrderMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return 'utf-8';
  }
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
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

/** Header bytes as UTF-8 text. Headers should be ASCII, yet many hold raw UTF-8 and old ones the charset of their writer. */
export function decodeHeaderBlock(bytes: Uint8Array, fallback?: string): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : (knownCharset(fallback) ?? lastResort)).decode(bytes);
}
