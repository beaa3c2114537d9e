import { describe, expect, it } from '@jest/globals';
import { layLog } from './lay-log.js';
import type { Line } from './timeline.js';

function buildLine(at: string, more: Partial<Line> = {}): Line {
  return { key: at, from: 'agent', name: 'Sara', at, body: 'hello', attachments: [], mark: null, ...more };
}

const dayOf = (at: string): string => at.slice(0, 10);
const shape = (lines: Line[]) => layLog(lines, dayOf).map(({ day, opens, closes }) => [day, opens, closes]);

describe('the log', () => {
  it('joins what one author wrote without a long pause', () => {
    expect(
      shape([buildLine('2026-11-21T10:00Z'), buildLine('2026-11-21T10:01Z'), buildLine('2026-11-21T10:02Z')]),
    ).toEqual([
      ['2026-11-21', true, false],
      [null, false, false],
      [null, false, true],
    ]);
  });

  it('begins anew after a pause, with another author and on another day', () => {
    const lines = [
      buildLine('2026-11-20T23:58Z'),
      buildLine('2026-11-21T00:01Z'),
      buildLine('2026-11-21T00:02Z', { name: 'Reza' }),
      buildLine('2026-11-21T00:09Z', { name: 'Reza' }),
    ];
    expect(shape(lines)).toEqual([
      ['2026-11-20', true, true],
      ['2026-11-21', true, true],
      [null, true, true],
      [null, true, true],
    ]);
  });

  it('keeps what waits apart from what is sent', () => {
    const mine = { from: 'me', name: '' } as const;
    const lines = [
      buildLine('2026-11-21T10:00Z', { ...mine, mark: 'sent' }),
      buildLine('2026-11-21T10:00Z', { ...mine, mark: 'waiting' }),
    ];
    expect(shape(lines).map(([, , closes]) => closes)).toEqual([true, true]);
  });
});
