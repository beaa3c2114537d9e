import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { withExamples } from './with-examples.js';

const source = `# our script
intents:
  refund: # money
    examples:
      en:
        - money back
`;

describe('a script that is taught', () => {
  it('gets the new words, keeps its remarks, and knows a spelling that it has', () => {
    const taught = withExamples(source, { intent: 'refund', locale: 'en', words: ['Money  Back!', 'refund me'] });
    expect(taught).toBe(`${source}        - refund me\n`);
    expect(withExamples(taught, { intent: 'refund', locale: 'en', words: ['REFUND me'] })).toBe(taught);
  });

  it('in one line is taught in that line', () => {
    const line = 'intents: { refund: { examples: { en: [ money back ] } } } # all';
    const taught = withExamples(line, { intent: 'refund', locale: 'en', words: ['give: it back', 'now'] });
    expect(taught).toBe('intents: { refund: { examples: { en: [ money back, "give: it back", "now" ] } } } # all');
    const json = '{"intents":{"refund":{"examples":{"en":["money back"]}}}}';
    expect(JSON.parse(withExamples(json, { intent: 'refund', locale: 'en', words: ['now'] }))).toEqual({
      intents: { refund: { examples: { en: ['money back', 'now'] } } },
    });
  });

  it('gets a language that the intent had no words of', () => {
    const taught = withExamples(source, { intent: 'refund', locale: 'fa', words: ['پولم را پس بدهید'] });
    expect(taught).toContain('fa:\n        - پولم را پس بدهید');
    expect(taught).toContain('# our script');
  });

  it.each([
    ['in a list', source],
    ['in a list behind a remark, without an end of line', `${source.trimEnd()} # the first`],
    ['in a list with lines of Windows', source.replaceAll('\n', '\r\n')],
    ['in one line', 'intents: { refund: { examples: { en: [ money back ] } } } # all'],
    ['in no list yet', 'intents:\n  refund: { examples: { en: [] } } # all\n'],
  ])('holds whatever customers say, %s', (_, written) => {
    const words = [
      `- a: "b" 'c' # d`,
      '[x], {y}: *z &w !t %p @q `r`',
      '| >- \\n \\u0041 \\',
      '\u200fسلام\u200c: «قیمت»؟\u202b#\u202c',
      '😀: 👨‍👩‍👧',
      '---',
      'null and void?',
      'true',
      '12_3',
      '~',
      '\u2028 next \u0085 \ufeff\u0007',
    ];
    const taught = withExamples(written, { intent: 'refund', locale: 'en', words });
    const { intents } = parse(taught) as { intents: { refund: { examples: { en: string[] } } } };
    const before = written.includes('money') ? ['money back'] : [];
    expect(intents).toEqual({ refund: { examples: { en: [...before, ...words] } } });
    expect(taught.match(/#[^\n\r"']*$/mu)).not.toBeNull();
  });

  it('must have the intent, and room in it', () => {
    const words = Array.from({ length: 100 }, (_, index) => `word number ${index}`);
    expect(() => withExamples(source, { intent: 'other', locale: 'en', words })).toThrow(/no such intent/);
    expect(() => withExamples(source, { intent: 'refund', locale: 'en', words })).toThrow(/100 examples/);
    expect(() => withExamples('a: [', { intent: 'refund', locale: 'en', words })).toThrow(/no such intent/);
  });
});
