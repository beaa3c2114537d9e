/** The first and the last byte that are wanted, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The part of a file that a `Range` header asks for: null for the whole file, 'outside' where it has no such part. Only one part is ever
 * sent; several, or what cannot be read, mean the whole, as RFC 9110 allows.
 */
export function readRange(header: string | undefined, size: number): ByteRange | null | 'outside' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header?.trim() ?? '') ?? [];
  if (first === '') {
    return last === '' ? null : theLast(Number(last), size);
  }
  return between(Number(first), last === '' ? Infinity : Number(last), size);
}

function theLast(count: number, size: number): ByteRange | 'outside' {
  return count === 0 ? 'outside' : { start: Math.max(0, size - count), end: size - 1 };
}

function between(start: number, last: number, size: number): ByteRange | null | 'outside' {
  if (last < start) {
    return null;
  }
  return start >= size ? 'outside' : { start, end: Math.min(last, size - 1) };
}
