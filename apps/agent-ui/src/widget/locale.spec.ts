import { describe, expect, it } from '@jest/globals';
import { chooseLocale } from './locale.js';

describe('the language of the chat', () => {
  it('is the first wish that it speaks', () => {
    expect(chooseLocale(['fa-IR', 'en'])).toBe('fa');
    expect(chooseLocale([undefined, '', 'de-DE', 'fa', 'en'])).toBe('fa');
  });

  it('is English when it speaks none of them', () => {
    expect(chooseLocale(['de', 'fr-CA', null])).toBe('en');
  });
});
