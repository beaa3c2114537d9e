import { gsmCodes } from './gsm-alphabet.js';

/** How a text travels: GSM-7 when every letter is in that alphabet, UCS-2 otherwise (all Persian is). */
export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** Septets for GSM-7, UTF-16 units for UCS-2. */
  units: number;
}

/** A lone SMS holds more than each part of a long one, whose parts carry a header. */
export const segmentRoom = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } };

/** Counts the SMS segments of a text. An escape sequence or a surrogate pair is never torn between two segments. */
export function countSegments(text: string): Segments {
  const letters = Array.from(text);
  const isGsm = letters.every((letter) => gsmCodes(letter) !== null);
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const sizes = letters.map((letter) => (isGsm ? (gsmCodes(letter)?.length ?? 0) : letter.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = segmentRoom[encoding];
  return { encoding, segments: units <= alone ? 1 : fill(sizes, part), units };
}

function fill(sizes: number[], capacity: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
