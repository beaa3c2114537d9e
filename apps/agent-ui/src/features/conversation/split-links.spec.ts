import { describe, expect, it } from '@jest/globals';
import { splitLinks } from './split-links.js';

const links = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

describe('finding web addresses in a message', () => {
  it('leaves the punctuation of the sentence outside, the Persian too', () => {
    expect(links('Look at https://example.com/a?b=1, then (https://example.org/x).')).toEqual([
      'https://example.com/a?b=1',
      'https://example.org/x',
    ]);
    expect(links('این را ببینید: https://example.com/راهنما؟')).toEqual(['https://example.com/راهنما']);
  });

  it('links nothing but http and https', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://example.com mailto:a@b.c')).toEqual([]);
  });

  it('loses no character of the message', () => {
    const text = 'سلام https://example.com/1 و https://example.com/2';
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
