import { describe, expect, it } from '@jest/globals';
import jsQr from 'jsqr';
import { qrPath } from './qr-path.js';

const scale = 4;

/** What a camera sees of the path: dark rectangles on white, as pixels. */
function paint({ side, path }: { side: number; path: string }): { pixels: Uint8ClampedArray; width: number } {
  const width = side * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/gu)) {
    const [left, top, right] = [Number(x), Number(y), Number(x) + Number(length)].map((units) => units * scale);
    for (let row = top ?? 0; row < (top ?? 0) + scale; row += 1) {
      for (let column = left ?? 0; column < (right ?? 0); column += 1) {
        pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return { pixels, width };
}

describe('the picture of a key', () => {
  it.each([
    'otpauth://totp/Peyk:ida%40peyk.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Peyk',
    `otpauth://totp/Peyk:${'a.very.long.name.'.repeat(15)}%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Peyk`,
  ])('is read by a camera as what it was made of: %s', (uri) => {
    const { pixels, width } = paint(qrPath(uri));
    expect(jsQr(pixels, width, width)?.data).toBe(uri);
  });
});
