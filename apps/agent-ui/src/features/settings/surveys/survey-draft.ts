import type { SurveyKind, SurveyView } from '#contract';
import type { SurveyDraft } from '../../../api/surveys.js';

/** How long after a ticket was solved can be chosen, in minutes. */
export const delays = [0, 60, 240, 1440, 4320, 10_080] as const;

const first: SurveyDraft = {
  name: '',
  kind: 'csat',
  enabled: true,
  position: 0,
  queueIds: [],
  tags: [],
  fieldKey: null,
  fieldValues: [],
  askOn: 'solved',
  delayMinutes: 0,
  coolDownDays: 30,
  expiryHours: 168,
  lowScore: 2,
  followUpQueueId: null,
  question: { en: '', fa: '' },
  commentPrompt: { en: '', fa: '' },
  thanks: { en: '', fa: '' },
};

/** What a form starts from. */
export function draftOf(survey: SurveyView | null): SurveyDraft {
  if (!survey) {
    return first;
  }
  const { id: _id, isUsed: _isUsed, ...draft } = survey;
  return draft;
}

const usualLow: Record<SurveyKind, number> = { csat: 2, nps: 6, ces: 3 };

/** Another scale has another low end. */
export function withKind(draft: SurveyDraft, kind: SurveyKind): SurveyDraft {
  return { ...draft, kind, lowScore: draft.lowScore === null ? null : usualLow[kind] };
}

/** Days as they are typed, of hours as they are kept. */
export function daysOf(hours: number): number {
  return Math.max(1, Math.round(hours / 24));
}
