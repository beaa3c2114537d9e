import type { Choice } from '#channels';
import { scoresOf, type SurveyKind } from '#tickets';
import { labelOf, type Language } from './survey-words.js';

/** A score that somebody chose of what we offered. */
export interface SurveyChoice {
  askId: string;
  score: number;
}

/** All scores of a kind as choices. */
export function surveyChoices(askId: string, kind: SurveyKind, language: Language): Choice[] {
  return scoresOf(kind).map((score) => ({
    id: `survey:${String(score)}:${askId}`,
    label: labelOf(language, kind, score),
  }));
}

/** Reads the id of a choice; null for one that is not of a survey. */
export function readSurveyChoice(id: string): SurveyChoice | null {
  const [, score, askId] = /^survey:(\d{1,2}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(id) ?? [];
  return score !== undefined && askId !== undefined ? { score: Number(score), askId } : null;
}
