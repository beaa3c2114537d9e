import { describe, expect, it } from '@jest/globals';
import { csvLine } from './csv.js';

describe('a line for office programs', () => {
  it.each(['=1+1', '+98', '-1', '@sum', '\t=1', '\rx', ' =cmd|x', '\n=1', '＝1', '－2'])(
    'runs nothing that a stranger wrote: %j',
    (text) => {
      expect(csvLine([text])).toBe(`"'${text}"\r\n`);
    },
  );

  it('keeps numbers numbers, empty cells empty, and every other text as it is', () => {
    expect(csvLine([-1.5, null, undefined, 'سلام، «دنیا»', 'a "b", c\r\nd', 0])).toBe(
      '-1.5,,,"سلام، «دنیا»","a ""b"", c\r\nd",0\r\n',
    );
  });
});
