const longestHead = 64 * 1024;

/** The same bytes with line feeds as their line ends, where they have none: so wrote the Macintosh of long ago. */
export function withLineFeeds(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return bytes.includes(0x0a) || !bytes.includes(0x0d)
    ? raw
    : Uint8Array.from(bytes, (byte) => (byte === 0x0d ? 0x0a : byte));
}

/** Whether a mail begins with what it says instead of with a head. */
export function isHeadless(raw: Uint8Array): boolean {
  const top = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longestHead)).toString('latin1');
  const head = top.startsWith('\n') || top.startsWith('\r\n') ? '' : (top.split(/\r?\n\r?\n/u, 1)[0] ?? '');
  return top.trim() !== '' && !/^[!-9;-~]{1,100}[ \t]*:/mu.test(head);
}
