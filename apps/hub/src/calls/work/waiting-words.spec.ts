import { describe, expect, it } from '@jest/globals';
import { music, offerWords, placeWords } from './waiting-words.js';

const all = () => true;
const none = () => false;

describe('what callers hear who wait', () => {
  it('tells a place from recordings, number by number', () => {
    expect(placeWords(21, 'fa', all)).toEqual(
      ['line/fa/your-place-is.wav', 'numbers/fa/20.wav', 'numbers/fa/and.wav', 'numbers/fa/1.wav'].map((play) => ({
        play,
        locale: 'fa',
      })),
    );
  });

  it('reads it aloud in one sentence where a recording is missing, or in a language that is spoken', () => {
    const isMissing = (name: string) => name !== 'numbers/fa/and.wav';
    expect(placeWords(21, 'fa', isMissing)).toEqual([{ say: 'نوبت شما در صف ۲۱.', locale: 'fa' }]);
    expect(placeWords(3, 'en-GB', all)).toEqual([{ say: 'Your place in the queue is 3.', locale: 'en' }]);
  });

  it('waits for one key after the offer, and plays music for so long at most', () => {
    expect(offerWords('en', none).at(-1)).toMatchObject({ gather: { dtmf: true, speech: false, numDigits: 1 } });
    expect(music('fa', 3_000)).toEqual({ hold: { music: 'line/fa/hold-music.wav', maxMs: 3_000 } });
  });
});
