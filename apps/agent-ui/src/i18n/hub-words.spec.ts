import { describe, expect, it } from '@jest/globals';
import { HubWords } from './hub-words.js';
import sentences from './problems.fa.json' with { type: 'json' };

describe('what the hub says to a Persian reader', () => {
  it('names everything that the sentence names', () => {
    const holes = (text: string) => (text.match(/\{\d\}/gu) ?? []).toSorted().join();
    expect(Object.entries(sentences).filter(([sentence, text]) => holes(sentence) !== holes(text))).toEqual([]);
  });

  it('keeps what is named in it apart, and leaves alone what nobody has said in Persian', () => {
    const words = new HubWords({
      'There is no folder {0}.': 'پوشه‌ای به نام {0} نیست.',
      'Fill this in.': 'این را پر کنید.',
    });
    expect(words.say('There is no folder INBOX/Sent.')).toBe('پوشه‌ای به نام \u2068INBOX/Sent\u2069 نیست.');
    expect(words.say('Fill this in.')).toBe('این را پر کنید.');
    expect(words.say('Something else.')).toBe('Something else.');
  });
});
