import { readGsm } from '../gsm-alphabet.js';
import { tags } from './fields.js';
import type { ShortMessage } from './short-message.js';

/** A message that came, as text, and where it stands among its parts; null for one that is whole. */
export interface DecodedMessage {
  text: string;
  part: { reference: number; total: number; number: number } | null;
}

const headerFlag = 0x40;

/** Reads a message's alphabet and the ties to its other parts, by header or by optional parameters. */
export function decodeMessage(message: ShortMessage, alphabet: 'gsm7' | 'latin1' | 'none'): DecodedMessage {
  const { header, rest } = divide(message);
  return { text: decode(rest, message.coding, alphabet), part: partIn(header) ?? partBeside(message.optionals) };
}

function divide({ esmClass, octets }: ShortMessage): { header: Buffer; rest: Buffer } {
  const length = octets[0] ?? 0;
  const hasHeader = (esmClass & headerFlag) !== 0 && octets.length > length;
  return hasHeader
    ? { header: octets.subarray(1, 1 + length), rest: octets.subarray(1 + length) }
    : { header: Buffer.alloc(0), rest: octets };
}

/** The elements of a header that number the parts, with a reference of one octet or of two. */
function partIn(header: Buffer): DecodedMessage['part'] {
  for (let at = 0; at + 2 <= header.length;) {
    const element = header[at];
    const length = header[at + 1] ?? 0;
    const value = header.subarray(at + 2, at + 2 + length);
    if (element === 0x00 && value.length === 3) {
      return checked(value.readUInt8(0), value.readUInt8(1), value.readUInt8(2));
    }
    if (element === 0x08 && value.length === 4) {
      return checked(value.readUInt16BE(0), value.readUInt8(2), value.readUInt8(3));
    }
    at += 2 + length;
  }
  return null;
}

function partBeside(optionals: Map<number, Buffer>): DecodedMessage['part'] {
  const [reference, total, number] = [tags.sarReference, tags.sarTotal, tags.sarPart].map((tag) => optionals.get(tag));
  if (!reference || !total || !number || reference.length !== 2) {
    return null;
  }
  return checked(reference.readUInt16BE(0), total[0] ?? 0, number[0] ?? 0);
}

function checked(reference: number, total: number, number: number): DecodedMessage['part'] {
  return total > 1 && number >= 1 && number <= total ? { reference, total, number } : null;
}

function decode(octets: Buffer, coding: number, alphabet: 'gsm7' | 'latin1' | 'none'): string {
  switch (alphabetOf(coding, alphabet)) {
    case 'ucs2':
      return Buffer.from(octets.subarray(0, octets.length & ~1))
        .swap16()
        .toString('utf16le');
    case 'latin1':
      // Some write GSM-7 and call it ASCII, which has no use for escapes and other controls.
      return octets.some(isControl) ? readGsm(octets) : octets.toString('latin1');
    case 'gsm':
      // Whoever sets the high bit does not write septets, whatever was agreed on.
      return octets.some((octet) => octet > 0x7f) ? octets.toString('latin1') : readGsm(octets);
  }
}

function isControl(octet: number): boolean {
  return octet < 0x20 && octet !== 0x0a && octet !== 0x0d;
}

function alphabetOf(coding: number, alphabet: 'gsm7' | 'latin1' | 'none'): 'ucs2' | 'latin1' | 'gsm' {
  // SMPP's own number, and the groups in which GSM hides the alphabet in bits two and three.
  const isUcs2 = coding === 8 || coding === 0x18 || (coding & 0xcc) === 0x48 || coding >> 4 === 0xe;
  if (isUcs2) {
    return 'ucs2';
  }
  const isLatin = (coding >= 1 && coding <= 4) || (coding === 0 && alphabet === 'latin1');
  return isLatin ? 'latin1' : 'gsm';
}
