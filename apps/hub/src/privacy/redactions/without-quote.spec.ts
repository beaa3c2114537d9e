import { describe, expect, it } from '@jest/globals';
import { withoutQuote } from './without-quote.js';

describe('What a draft keeps when the message that it quotes is redacted', () => {
  it('loses the quoted lines and keeps its own', () => {
    expect(withoutQuote('> my card is 4242\n> please help\nWe will see to it.', 'my card is 4242\n  please help')).toBe(
      'We will see to it.',
    );
  });

  it('keeps what quotes another message, and what is not quoted', () => {
    const draft = '> something else\nmy card is 4242';
    expect(withoutQuote(draft, 'my card is 4242')).toBe(draft);
  });

  it('finds a quote within a quote', () => {
    expect(withoutQuote('> > my card is 4242', 'my card is 4242')).toBe('');
  });
});
