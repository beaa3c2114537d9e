import { describe, expect, it } from '@jest/globals';
import { unflowText } from './unflow-text.js';

const lines = (...all: string[]) => all.join('\n');

describe('a text whose lines were broken by the program', () => {
  it('is put together again, paragraph by paragraph', () => {
    expect(unflowText(lines('The parcel ', 'came broken.', '', 'Please ', 'send another.'), false)).toBe(
      lines('The parcel came broken.', '', 'Please send another.'),
    );
  });

  it('keeps every quote at its depth, and joins none with what stands beside it', () => {
    const text = lines('>> When will ', '>> it come? ', '> Tomorrow, I ', '> think. ', 'It did ', 'not.');
    expect(unflowText(text, false)).toBe(lines('>> When will it come? ', '> Tomorrow, I think. ', 'It did not.'));
  });

  it('loses the blank that marks a break where that is no part of the text', () => {
    expect(unflowText(lines('> 东京都 ', '> 新宿区', 'ok'), true)).toBe(lines('> 东京都新宿区', 'ok'));
  });

  it('takes off the blank that a program put before a line, and lets a sign that was written stand', () => {
    expect(unflowText(lines(' From here on', ' > is greater', '  two blanks'), false)).toBe(
      lines('From here on', ' > is greater', ' two blanks'),
    );
  });

  it('never lets a signature flow into the text, nor the text into it', () => {
    expect(unflowText(lines('Regards ', '-- ', 'Mina'), false)).toBe(lines('Regards ', '-- ', 'Mina'));
    expect(unflowText(lines('> Regards ', '> -- ', '> Mina'), false)).toBe(lines('> Regards ', '> -- ', '> Mina'));
  });

  it('is worked through in the time that its length takes', () => {
    const text = '>'.repeat(3) + ' word '.repeat(10) + '\n';
    const start = process.cpuUsage();
    unflowText(text.repeat(50_000), false);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });
});
