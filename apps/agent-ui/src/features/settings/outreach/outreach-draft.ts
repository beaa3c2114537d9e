import type { OutreachPurpose, OutreachView } from '#contract';
import type { OutreachDraft } from '../../../api/outreach.js';

export const purposes: readonly OutreachPurpose[] = ['offers', 'news', 'feedback', 'service'];

/** What a form starts from. */
export function draftOf(outreach: OutreachView | null, segmentId: string): OutreachDraft {
  if (!outreach) {
    return {
      name: '',
      purpose: 'offers',
      consent: 'explicit',
      segmentId,
      texts: { en: { subject: '', body: '' }, fa: { subject: '', body: '' } },
      channelIds: [],
      ownChannelFirst: true,
      queueId: null,
      repeats: 'once',
      startsAt: null,
      coolDownDays: 0,
      hours: 'person',
      fromMinute: 540,
      toMinute: 1200,
      calendarId: null,
      holdOutPercent: 0,
      perMinute: 600,
      answerDays: 7,
    };
  }
  const {
    id: _id,
    version: _version,
    state: _state,
    round: _round,
    nextAt: _next,
    createdAt: _created,
    changedAt: _changed,
    ...draft
  } = outreach;
  return draft;
}

/** A minute of the day as a field of time has it: 540 is '09:00', the end of the day '23:59'. */
export function clockOf(minute: number): string {
  const shown = Math.min(minute, 1439);
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/** The minute that a field of time says; null for none. */
export function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/u.exec(clock) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}
