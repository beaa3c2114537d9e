import { describe, expect, it } from '@jest/globals';
import { buildMessage } from '../../../live/testing/build-views.js';
import { lastSurveyNews, mayHaveSurveys } from './survey-news.js';

const event = (id: string, at: string, name: string) =>
  buildMessage({ seq: 1, id, at, kind: 'event', direction: 'internal', event: { name } });

describe('what a timeline tells of surveys', () => {
  it('is its last line about one, or the last that the hub itself wrote for the ticket', () => {
    const asked = buildMessage({
      seq: 2,
      id: 'asked',
      at: '2026-11-22T10:00:00.000Z',
      direction: 'out',
      ticketId: 't',
      author: { kind: 'system', id: null, name: '' },
    });
    const answered = event('answered', '2026-11-22T11:00:00.000Z', 'survey.answered');
    const other = event('other', '2026-11-22T12:00:00.000Z', 'ticket.state');
    expect(lastSurveyNews({ messages: [] }, 't')).toBe('');
    expect(lastSurveyNews({ messages: [other, asked] }, 't')).toBe('asked');
    expect(lastSurveyNews({ messages: [other, asked] }, 'another')).toBe('');
    expect(lastSurveyNews({ messages: [answered, asked, other] }, 't')).toBe('answered');
  });

  it('is not asked for while a ticket is worked on for the first time', () => {
    expect(mayHaveSurveys({ state: 'open' }, { before: null }, '')).toBe(false);
    expect(mayHaveSurveys({ state: 'open' }, undefined, '')).toBe(false);
    expect(mayHaveSurveys({ state: 'open' }, { before: 'x' }, '')).toBe(true);
    expect(mayHaveSurveys({ state: 'open' }, { before: null }, 'asked')).toBe(true);
    expect(mayHaveSurveys({ state: 'solved' }, { before: null }, '')).toBe(true);
  });
});
