import { gsmCodes } from '../gsm-alphabet.js';
import { countSegments, segmentRoom } from '../segments.js';
import { tags } from './fields.js';
import type { SmppSettings } from '../sms-settings.js';

/** One message on the wire: its octets with their header, their alphabet, and what ties them to the others. */
export interface EncodedPart {
  octets: Buffer;
  coding: number;
  hasHeader: boolean;
  optionals: Map<number, Buffer>;
}

const ucs2Coding = 8;
const latin1Coding = 3;

type Wire = Pick<SmppSettings, 'alphabet' | 'longMessages'>;

/**
 * A text as the octets of one message, or of as many as it takes. `reference` ties the parts together on the phone. An escape
 * sequence or a surrogate pair is never torn between two parts.
 */
export function encodeText(text: string, wire: Wire, reference: number): EncodedPart[] {
  const { encoding } = countSegments(text);
  const alphabet = alphabetOf(text, encoding, wire.alphabet);
  const letters = Array.from(text, (letter) => alphabet.encode(letter));
  const length = letters.reduce((sum, octets) => sum + octets.length, 0);
  if (length <= alphabet.alone || wire.longMessages === 'payload') {
    return [{ octets: Buffer.concat(letters), coding: alphabet.coding, hasHeader: false, optionals: new Map() }];
  }
  const pieces = fill(letters, alphabet.part);
  return pieces.map((octets, index) =>
    tied({ octets, coding: alphabet.coding }, { reference, total: pieces.length, part: index + 1 }, wire.longMessages),
  );
}

interface Alphabet {
  coding: number;
  /** Octets of a message that is alone, and of one among several. */
  alone: number;
  part: number;
  encode(letter: string): Buffer;
}

function alphabetOf(text: string, encoding: 'GSM-7' | 'UCS-2', setting: SmppSettings['alphabet']): Alphabet {
  if (setting === 'gsm7' && encoding === 'GSM-7') {
    return { coding: 0, ...segmentRoom['GSM-7'], encode: (letter) => Buffer.from(gsmCodes(letter) ?? []) };
  }
  if (setting === 'latin1' && /^[\n\r\x20-\x7e\xa0-\xff]*$/u.test(text)) {
    return { coding: latin1Coding, alone: 140, part: 134, encode: (letter) => Buffer.from(letter, 'latin1') };
  }
  const { alone, part } = segmentRoom['UCS-2'];
  return {
    coding: ucs2Coding,
    alone: alone * 2,
    part: part * 2,
    encode: (letter) => Buffer.from(letter, 'utf16le').swap16(),
  };
}

function fill(letters: Buffer[], room: number): Buffer[] {
  const pieces: Buffer[][] = [[]];
  let used = 0;
  for (const letter of letters) {
    if (used + letter.length > room) {
      pieces.push([]);
      used = 0;
    }
    pieces.at(-1)?.push(letter);
    used += letter.length;
  }
  return pieces.map((piece) => Buffer.concat(piece));
}

interface Tie {
  reference: number;
  total: number;
  part: number;
}

function tied(
  piece: Pick<EncodedPart, 'octets' | 'coding'>,
  { reference, total, part }: Tie,
  how: SmppSettings['longMessages'],
): EncodedPart {
  if (how === 'sar') {
    const two = Buffer.alloc(2);
    two.writeUInt16BE(reference & 0xffff);
    const optionals = new Map<number, Buffer>([
      [tags.sarReference, two],
      [tags.sarTotal, Buffer.of(total)],
      [tags.sarPart, Buffer.of(part)],
    ]);
    return { ...piece, hasHeader: false, optionals };
  }
  const header = Buffer.of(5, 0, 3, reference & 0xff, total, part);
  return { ...piece, octets: Buffer.concat([header, piece.octets]), hasHeader: true, optionals: new Map() };
}
