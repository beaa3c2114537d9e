import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { countSegments } from './segments.js';

describe('counting SMS segments', () => {
  it.each([
    ['empty', '', 'GSM-7', 1, 0],
    ['160 Latin letters', 'a'.repeat(160), 'GSM-7', 1, 160],
    ['161 Latin letters', 'a'.repeat(161), 'GSM-7', 2, 161],
    ['306 Latin letters', 'a'.repeat(306), 'GSM-7', 2, 306],
    ['307 Latin letters', 'a'.repeat(307), 'GSM-7', 3, 307],
    ['70 Persian letters', 'پ'.repeat(70), 'UCS-2', 1, 70],
    ['71 Persian letters', 'پ'.repeat(71), 'UCS-2', 2, 71],
    ['134 Persian letters', 'پ'.repeat(134), 'UCS-2', 2, 134],
    ['135 Persian letters', 'پ'.repeat(135), 'UCS-2', 3, 135],
    ['80 euro signs, two septets each', '€'.repeat(80), 'GSM-7', 1, 160],
    ['35 emoji, two units each', '👍'.repeat(35), 'UCS-2', 1, 70],
  ])('%s', (_, text, encoding, segments, units) => {
    expect(countSegments(text)).toEqual({ encoding, segments, units });
  });

  it('tears no emoji and no escape sequence between segments', () => {
    // 66 units, then a pair that does not fit into the 67th place.
    expect(countSegments(`${'پ'.repeat(66)}👍${'پ'.repeat(65)}`)).toMatchObject({ segments: 2, units: 133 });
    expect(countSegments(`${'پ'.repeat(66)}👍${'پ'.repeat(66)}`)).toMatchObject({ segments: 3, units: 134 });
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ segments: 3, units: 306 });
  });
});

const corpus = new URL('../../../../../shared/corpus/sms/index.json', import.meta.url);
const isHere = existsSync(corpus);
if (!isHere) {
  process.stderr.write('SKIPPED: the SMS corpus is missing, published segment counts were not checked.\n');
}

interface SegmentCase {
  id: string;
  set: string;
  body: string;
  encoding: string;
  segments: number;
}

(isHere ? describe : describe.skip)('the published segment counts', () => {
  const { cases } = isHere ? (JSON.parse(readFileSync(corpus, 'utf8')) as { cases: SegmentCase[] }) : { cases: [] };
  const counted = cases.filter(({ set }) => set === 'sms-segments');
  it.each(counted.map((one): [string, SegmentCase] => [one.id, one]))('%s', (_, { body, encoding, segments }) => {
    expect(countSegments(body)).toMatchObject({ encoding, segments });
  });
});
