import { readWav, type Sound } from './read-wav.js';

/** What every exchange plays without asking, and all that a telephone carries anyway. */
export const telephoneRate = 8_000;
export const wavHeaderBytes = 44;
/** Taps of the low-pass on each side of a sample, counted at the telephone's rate. */
const reach = 16;
const fineness = 512;

/** Any PCM recording as 8 kHz, 16 bits, mono. Throws BadWav. */
export function toTelephoneWav(bytes: Uint8Array): Buffer {
  return writeTelephoneWav(toTelephoneRate(readWav(bytes)));
}

/** How long a recording of that form plays, in milliseconds. */
export function telephoneMs(bytes: number): number {
  return Math.round(((bytes - wavHeaderBytes) / 2 / telephoneRate) * 1_000);
}

/**
 * The same sound at 8 kHz, by a windowed sinc: what lies above 4 kHz is taken out first, since it would come back as a whistle.
 */
export function toTelephoneRate({ rate, samples }: Sound): Float32Array {
  if (rate === telephoneRate) {
    return samples;
  }
  const step = rate / telephoneRate;
  const side = Math.ceil(reach * step);
  const taps = kernel();
  const made = new Float32Array(Math.floor(samples.length / step));
  for (let index = 0; index < made.length; index++) {
    const centre = index * step;
    const middle = Math.round(centre);
    let sum = 0;
    let weight = 0;
    for (let at = Math.max(0, middle - side); at <= Math.min(samples.length - 1, middle + side); at++) {
      const tap = taps[Math.round((Math.abs(at - centre) / step) * fineness)] ?? 0;
      sum += (samples[at] ?? 0) * tap;
      weight += tap;
    }
    made[index] = weight === 0 ? 0 : sum / weight;
  }
  return made;
}

/** One side of the low-pass, `fineness` values for each sample at the telephone's rate: sines cost too much to ask for each. */
function kernel(): Float32Array {
  return Float32Array.from({ length: reach * fineness }, (_, index) => windowedSinc(index / fineness));
}

/** `x` in samples at the telephone's rate. The pass band ends a little below half of it. */
function windowedSinc(x: number): number {
  if (Math.abs(x) >= reach) {
    return 0;
  }
  const width = 0.92;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * width) / (Math.PI * x * width);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
}

/** Samples between -1 and 1 at 8 kHz as a WAV file. */
export function writeTelephoneWav(samples: Float32Array): Buffer {
  const size = samples.length * 2;
  const file = Buffer.alloc(wavHeaderBytes + size);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + size, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(telephoneRate, 24);
  file.writeUInt32LE(telephoneRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(size, 40);
  samples.forEach((sample, index) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    file.writeInt16LE(Math.round(clipped * (clipped < 0 ? 0x8000 : 0x7fff)), wavHeaderBytes + index * 2);
  });
  return file;
}
