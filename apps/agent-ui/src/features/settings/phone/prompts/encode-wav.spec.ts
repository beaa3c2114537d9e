import { describe, expect, it } from '@jest/globals';
import { encodeWav, tidied } from './encode-wav.js';

describe('a recording made in the page', () => {
  it('is a WAV file of 8 kHz, 16 bits, mono', () => {
    const file = new DataView(encodeWav(new Float32Array([0, 1, -1, 2, -2, 0.5])));
    const words = (at: number, count: number) => String.fromCharCode(...new Uint8Array(file.buffer, at, count));
    expect([words(0, 4), words(8, 8)]).toEqual(['RIFF', 'WAVEfmt ']);
    expect([file.getUint16(22, true), file.getUint32(24, true), file.getUint16(34, true)]).toEqual([1, 8_000, 16]);
    expect([file.getUint32(4, true), file.getUint32(40, true)]).toEqual([file.byteLength - 8, 12]);
    const samples = Array.from({ length: 6 }, (_, index) => file.getInt16(44 + index * 2, true));
    expect(samples).toEqual([0, 32_767, -32_768, 32_767, -32_768, 16_384]);
  });

  it('loses the silence around what was said, and is as loud as the others', () => {
    const said = new Float32Array(8_000).fill(0.2);
    const whole = new Float32Array(24_000);
    whole.set(said, 8_000);
    const made = tidied(whole);
    expect(made.length).toBe(8_000 + 2 * 800 - 1);
    expect(Math.max(...made)).toBeCloseTo(0.8, 5);
  });

  it('is nothing where nothing was said', () => {
    expect(tidied(new Float32Array(8_000).fill(0.001))).toHaveLength(0);
  });
});
