import { ByteReader } from './byte-reader.js';

/** What every compressed RTF text may refer to before it has said anything itself ([MS-OXRTFCP] 2.1.3.1.4). */
const primer = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const windowSize = 4096;
const compressed = 0x75465a4c;
const plain = 0x414c454d;
/** RTF of a mail is small; what claims more is an attack on memory. */
const mostBytes = 8 * 1024 * 1024;

/** RTF as Exchange packs it, unpacked; null when it is damaged or too large. Bytes stand as Latin-1 letters. */
export function unpackRtf(packed: Uint8Array): string | null {
  try {
    const reader = new ByteReader(packed);
    reader.u32();
    const size = reader.u32();
    const kind = reader.u32();
    reader.u32();
    if (size > mostBytes) {
      return null;
    }
    if (kind === plain) {
      return reader.take(Math.min(size, reader.left)).toString('latin1');
    }
    return kind === compressed ? inflate(reader, size) : null;
  } catch {
    return null;
  }
}

function inflate(reader: ByteReader, size: number): string {
  const window = Buffer.alloc(windowSize);
  primer.copy(window);
  const out = Buffer.alloc(size);
  let place = primer.length;
  let length = 0;
  const put = (byte: number) => {
    window[place] = byte;
    place = (place + 1) % windowSize;
    if (length < size) {
      out[length++] = byte;
    }
  };
  while (length < size && reader.left > 0) {
    const control = reader.u8();
    for (let bit = 0; bit < 8 && length < size && reader.left > 0; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(reader.u8());
      } else if (!copy(reader, window, place, put)) {
        return out.toString('latin1', 0, length);
      }
    }
  }
  return out.toString('latin1', 0, length);
}

/** Repeats what the window holds. False at the reference to its own place, which ends the text. */
function copy(reader: ByteReader, window: Buffer, place: number, put: (byte: number) => void): boolean {
  const reference = (reader.u8() << 8) | reader.u8();
  const from = reference >> 4;
  if (from === place) {
    return false;
  }
  for (let index = 0; index < (reference & 15) + 2; index++) {
    put(window[(from + index) % windowSize] ?? 0);
  }
  return true;
}
