import { describe, expect, it } from '@jest/globals';
import { findDuplicates, type ComparedTicket } from './compare-tickets.js';

const hour = 3_600_000;
const now = Date.parse('2026-11-22T10:00:00Z');

function buildTicket(
  id: string,
  more: Partial<Omit<ComparedTicket, 'openedAt'>> & { hoursAgo?: number } = {},
): ComparedTicket {
  const { hoursAgo = 100, subject = '', text = '' } = more;
  return { id, subject, text, openedAt: new Date(now - hoursAgo * hour) };
}

const reasonOf = (one: ComparedTicket, other: ComparedTicket, togetherMs = 24 * hour) =>
  findDuplicates(one, [other], togetherMs)[0]?.reason ?? null;

describe('tickets that may be about one problem', () => {
  it('have one subject, whatever stands before it and however it is spelled', () => {
    const one = buildTicket('one', { subject: 'Re: فاكتور شماره ۱۲' });
    expect(reasonOf(one, buildTicket('two', { subject: 'فاکتور شماره 12', hoursAgo: 1 }))).toBe('same_subject');
  });

  it('say much the same', () => {
    const one = buildTicket('one', { text: 'سلام، سفارش من هنوز نرسیده است' });
    expect(reasonOf(one, buildTicket('two', { text: 'سفارش من هنوز نرسیده', hoursAgo: 1 }))).toBe('similar_text');
    expect(reasonOf(one, buildTicket('two', { text: 'سلام، رمز عبورم را گم کرده‌ام', hoursAgo: 1 }))).toBeNull();
  });

  it('are not told by a greeting', () => {
    expect(
      reasonOf(buildTicket('one', { text: 'hello there' }), buildTicket('two', { text: 'hello there', hoursAgo: 1 })),
    ).toBeNull();
  });

  it('were opened together, and not a moment further apart than asked', () => {
    const one = buildTicket('one', { text: 'a', hoursAgo: 24 });
    expect(reasonOf(one, buildTicket('two', { text: 'b', hoursAgo: 1 }))).toBe('opened_together');
    expect(reasonOf(one, buildTicket('two', { text: 'b', hoursAgo: 0 }))).toBeNull();
    expect(reasonOf(one, buildTicket('two', { text: 'b', hoursAgo: 24 }), 0)).toBeNull();
  });

  it('come with the surest first, and never name the ticket itself', () => {
    const one = buildTicket('one', { subject: 'Broken lamp', hoursAgo: 1 });
    const found = findDuplicates(
      one,
      [one, buildTicket('near', { hoursAgo: 2 }), buildTicket('same', { subject: 'broken lamp' })],
      24 * hour,
    );
    expect(found.map(({ ticket, reason }) => [ticket.id, reason])).toEqual([
      ['same', 'same_subject'],
      ['near', 'opened_together'],
    ]);
  });
});
