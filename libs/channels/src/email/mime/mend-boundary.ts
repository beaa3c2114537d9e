import type { ParsedNode } from 'mailparser';

const longestHead = 256 * 1024;
/** How far a boundary is looked for, and what of a mail is worth a second reading; in bytes. */
const window = 1024 * 1024;
const longestMail = 8 * 1024 * 1024;

/** A field that goes on in the next line, whose blank at the beginning was lost on the way. */
const unfolded = /;[ \t]*\r?\n(?=(?:boundary|charset|name|filename|report-type|type)\*?\d?\*?=)/giu;

/**
 * The mail with a head that names the boundary its body uses, for one whose own head names none or another: servers on the way have
 * been seen to break it, and to take the blanks away by which its fields go on in another line. Null where no line of the body looks like a boundary with the head of a part under it.
 */
export function withUsedBoundary(raw: Uint8Array, tree: ParsedNode | false): Uint8Array | null {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = /\r?\n\r?\n/u.exec(bytes.subarray(0, longestHead).toString('latin1'));
  if (end === null || tree === false || bytes.length > longestMail) {
    return null;
  }
  const body = bytes.subarray(end.index + end[0].length).toString('latin1');
  const used = /^--([^\r\n"]{1,200}?)[ \t]*\r?\n(?:content-|mime-)/imu.exec(body.slice(0, window))?.[1];
  if (used === undefined) {
    return null;
  }
  const type = /^multipart\/[a-z]{1,30}$/u.exec(tree.contentType || '')?.[0] ?? 'multipart/mixed';
  const mark = `--${used}`;
  const lines = body
    .replace(unfolded, '; ')
    .split('\n')
    .map((line) => (line.startsWith(mark) ? line.replace(/[ \t]+(?=\r?$)/u, '') : line));
  return Buffer.from(`Content-Type: ${type}; boundary="${used}"\r\n\r\n${lines.join('\n')}`, 'latin1');
}
