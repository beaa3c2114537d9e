import { describe, expect, it } from '@jest/globals';
import {
  askedForDigits,
  askedWithButtons,
  labelOf,
  questionIn,
  type Language,
} from '../../apps/hub/src/surveys/survey-words.js';
import {
  buttonsIn,
  digitsLine,
  legendIn,
  scoresOf,
  shownQuestion,
} from '../../apps/agent-ui/src/features/settings/surveys/own-words.js';

const empty = { en: '', fa: '' };

describe('the preview of a survey', () => {
  it.each(['en', 'fa'] as Language[])('says in %s what the hub says', (language) => {
    for (const kind of ['csat', 'nps', 'ces'] as const) {
      const question = shownQuestion(language, kind, empty);
      expect(question).toBe(questionIn(language, kind, empty));
      expect(buttonsIn(language, kind)).toEqual(scoresOf(kind).map((score) => labelOf(language, kind, score)));
      expect(`${question}\n${digitsLine(language, kind)}`).toBe(askedForDigits(language, kind, question));
      expect([question, legendIn(language, kind)].filter(Boolean).join('\n')).toBe(
        askedWithButtons(language, kind, question),
      );
    }
  });

  it('shows the other language’s words where a reader has none', () => {
    expect(shownQuestion('fa', 'csat', { en: 'How was it?', fa: ' ' })).toBe('How was it?');
    expect(shownQuestion('en', 'csat', { en: 'How was it?', fa: 'چطور بود؟' })).toBe('How was it?');
  });
});
