import { describe, expect, it } from '@jest/globals';
import { sendsByKey } from './sends-by-key.js';

const enter = {
  code: 'Enter',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
};

describe('Enter in the composer', () => {
  it.each([
    [{ ctrlKey: true }, true, true],
    [{ metaKey: true }, true, true],
    [{ ctrlKey: true, shiftKey: true }, true, true],
    [{ code: 'NumpadEnter', ctrlKey: true }, true, true],
    [{}, false, true],
    [{ shiftKey: true }, false, false],
    [{ isComposing: true }, false, false],
    [{ ctrlKey: true, isComposing: true }, false, false],
    [{ defaultPrevented: true }, false, false],
    [{ code: 'KeyM', ctrlKey: true }, false, false],
  ])('sends, with %j: %s; where Enter alone is to send: %s', (press, usual, wished) => {
    expect([sendsByKey({ ...enter, ...press }, false), sendsByKey({ ...enter, ...press }, true)]).toEqual([
      usual,
      wished,
    ]);
  });
});
