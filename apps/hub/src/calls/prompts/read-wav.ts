/** Sound as numbers between -1 and 1, both sides of a stereo recording mixed. */
export interface Sound {
  rate: number;
  samples: Float32Array;
}

export type WavProblem = 'not_wav' | 'mp3' | 'not_pcm' | 'rate' | 'channels' | 'empty' | 'cut_off';

/** Bytes that are no recording which can be used here; `problem` says why. */
export class BadWav extends Error {
  constructor(readonly problem: WavProblem) {
    super(`The recording cannot be used: ${problem}.`);
    this.name = 'BadWav';
  }
}

interface Format {
  rate: number;
  channels: number;
  bits: number;
}

const pcm = 1;
const extensible = 0xfffe;
const rates = { least: 8_000, most: 48_000 };

/**
 * Reads a WAV file of PCM samples, judged by its bytes alone: 8, 16, 24 or 32 bits, one or two channels, 8 to 48 kHz. Throws BadWav.
 * Chunks that say something else are skipped; a data chunk that claims more than there is ends where the file does.
 */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') {
    throw new BadWav(isMp3(bytes) ? 'mp3' : 'not_wav');
  }
  let format: Format | null = null;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const size = view.getUint32(at + 4, true);
    if (tag(view, at) === 'fmt ') {
      format = readFormat(view, at + 8, size);
    }
    if (tag(view, at) === 'data' && format) {
      return mixed(view, at + 8, Math.min(size, view.byteLength - at - 8), format);
    }
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
  throw new BadWav(format ? 'empty' : 'not_wav');
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + 16 > view.byteLength) {
    throw new BadWav('cut_off');
  }
  const format = {
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  const problem = problemOf(kindAt(view, at, size), format);
  if (problem !== null) {
    throw new BadWav(problem);
  }
  return format;
}

/** What the samples are; a wide header says it in the first two bytes of a longer name. */
function kindAt(view: DataView, at: number, size: number): number {
  const kind = view.getUint16(at, true);
  return kind === extensible && size >= 26 && at + 26 <= view.byteLength ? view.getUint16(at + 24, true) : kind;
}

function problemOf(kind: number, { rate, channels, bits }: Format): WavProblem | null {
  if (kind !== pcm || ![8, 16, 24, 32].includes(bits)) {
    return 'not_pcm';
  }
  if (rate < rates.least || rate > rates.most) {
    return 'rate';
  }
  return channels === 1 || channels === 2 ? null : 'channels';
}

function mixed(view: DataView, from: number, size: number, { rate, channels, bits }: Format): Sound {
  const width = bits / 8;
  const count = Math.floor(size / (width * channels));
  if (count === 0) {
    throw new BadWav('empty');
  }
  const samples = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    const at = from + index * width * channels;
    const first = sampleAt(view, at, bits);
    samples[index] = channels === 1 ? first : (first + sampleAt(view, at + width, bits)) / 2;
  }
  return { rate, samples };
}

function sampleAt(view: DataView, at: number, bits: number): number {
  switch (bits) {
    case 8:
      // Only samples of one byte have no sign.
      return (view.getUint8(at) - 128) / 128;
    case 16:
      return view.getInt16(at, true) / 0x8000;
    case 24:
      return (view.getInt8(at + 2) * 0x10000 + view.getUint16(at, true)) / 0x800000;
    default:
      return view.getInt32(at, true) / 0x80000000;
  }
}

function tag(view: DataView, at: number): string {
  return at + 4 <= view.byteLength ? String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4)) : '';
}

/** An ID3 tag, or the eleven bits with which every frame of MPEG audio begins. */
function isMp3(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  return (first === 0x49 && second === 0x44 && third === 0x33) || (first === 0xff && (second & 0xe0) === 0xe0);
}
