import { describe, expect, it } from '@jest/globals';
import { BadWav, readWav } from './read-wav.js';
import { telephoneMs, toTelephoneWav, writeTelephoneWav } from './telephone-wav.js';

interface Shape {
  rate: number;
  bits: number;
  channels: number;
  kind?: number;
}

/** A tone of `pitch` Hz that lasts `seconds`, in any form; a chunk that says something else stands before the sound. */
function buildWav(pitch: number, seconds: number, { rate, bits, channels, kind = 1 }: Shape): Buffer {
  const width = bits / 8;
  const count = Math.round(rate * seconds);
  const sound = Buffer.alloc(count * width * channels);
  for (let index = 0; index < count * channels; index++) {
    const value = 0.5 * Math.sin((2 * Math.PI * pitch * Math.floor(index / channels)) / rate);
    if (bits === 8) {
      sound.writeUInt8(Math.round(value * 127 + 128), index);
    } else {
      sound.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), index * width, width);
    }
  }
  const format = Buffer.alloc(24);
  format.write('fmt ', 0);
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(kind, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(rate, 12);
  format.writeUInt32LE(rate * width * channels, 16);
  format.writeUInt16LE(width * channels, 20);
  format.writeUInt16LE(bits, 22);
  const note = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
  const head = Buffer.alloc(8);
  head.write('data', 0);
  head.writeUInt32LE(sound.length, 4);
  const body = Buffer.concat([Buffer.from('WAVE'), format, note, head, sound]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF', 0);
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}

/** How strongly a pitch sounds, away from the ends. */
function loudness(wav: Uint8Array, pitch: number): number {
  const { rate, samples } = readWav(wav);
  const inner = samples.subarray(200, samples.length - 200);
  let [cosine, sine] = [0, 0];
  inner.forEach((sample, index) => {
    cosine += sample * Math.cos((2 * Math.PI * pitch * index) / rate);
    sine += sample * Math.sin((2 * Math.PI * pitch * index) / rate);
  });
  return (2 * Math.hypot(cosine, sine)) / inner.length;
}

function problemOf(bytes: Uint8Array): string {
  try {
    readWav(bytes);
    return 'none';
  } catch (error) {
    return error instanceof BadWav ? error.problem : String(error);
  }
}

describe('a recording for the phone', () => {
  it.each([
    { rate: 8_000, bits: 16, channels: 1 },
    { rate: 16_000, bits: 8, channels: 1 },
    { rate: 22_050, bits: 16, channels: 2 },
    { rate: 44_100, bits: 24, channels: 2 },
    { rate: 48_000, bits: 32, channels: 1 },
  ])('keeps its pitch, loudness and length from %j', (shape) => {
    const made = toTelephoneWav(buildWav(1_000, 0.5, shape));
    expect(readWav(made).rate).toBe(8_000);
    expect(Math.abs(telephoneMs(made.length) - 500)).toBeLessThanOrEqual(1);
    expect(loudness(made, 1_000)).toBeGreaterThan(0.48);
    expect(loudness(made, 1_000)).toBeLessThan(0.52);
  });

  it('loses what a telephone cannot carry instead of hearing it as a whistle', () => {
    const made = toTelephoneWav(buildWav(6_000, 0.5, { rate: 48_000, bits: 16, channels: 1 }));
    // 6 kHz would come back as 2 kHz.
    expect(loudness(made, 2_000)).toBeLessThan(0.005);
  });

  it('is refused with the reason when it is something else', () => {
    const good = { rate: 8_000, bits: 16, channels: 1 };
    expect(problemOf(Buffer.from('ID3\x04aaaaaaaaaaaaaaaa'))).toBe('mp3');
    expect(problemOf(Buffer.from([0xff, 0xfb, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBe('mp3');
    expect(problemOf(Buffer.from('OggS is something else entirely'))).toBe('not_wav');
    expect(problemOf(Buffer.alloc(0))).toBe('not_wav');
    expect(problemOf(buildWav(440, 0.1, { ...good, kind: 7 }))).toBe('not_pcm');
    expect(problemOf(buildWav(440, 0.1, { ...good, rate: 4_000 }))).toBe('rate');
    expect(problemOf(buildWav(440, 0.1, { ...good, rate: 96_000 }))).toBe('rate');
    expect(problemOf(buildWav(440, 0.1, { ...good, channels: 3 }))).toBe('channels');
    expect(problemOf(buildWav(440, 0, good))).toBe('empty');
    expect(problemOf(buildWav(440, 0.1, good).subarray(0, 24))).toBe('cut_off');
  });

  it('ends where a broken off file does', () => {
    const whole = writeTelephoneWav(new Float32Array(800).fill(0.25));
    expect(readWav(whole.subarray(0, whole.length - 400)).samples).toHaveLength(600);
  });
});
