import { describe, expect, it } from '@jest/globals';
import { readSearch } from './read-search.js';

const utc = ({ year, month, day }: { year: number; month: number; day: number }) =>
  new Date(Date.UTC(year, month - 1, day));
const read = (text: string) => readSearch(text, utc);

describe('reading a search', () => {
  it('takes words by their keys, and phrases as words', () => {
    expect(read('Refund  «كتاب‌ها» ۱۲۳').words).toEqual(['refund', 'کتابها', '123']);
    expect(read('کتاب ها').words).toEqual(['کتابها']);
    expect(read('"order late"').words).toEqual(['order', 'late']);
  });

  it.each([
    ['from:customer', { from: 'customer' }],
    ['از:مشتری', { from: 'customer' }],
    ['from:me', { author: 'me' }],
    ['from:"Sara A"', { author: 'sara a' }],
    ['channel:SMS', { channel: 'sms' }],
    ['کانال:پیامک', { channel: 'sms' }],
    ['is:open', { states: 'open' }],
    ['وضعیت:باز', { states: 'open' }],
    ['is:closed', { states: 'solved' }],
    ['is:note', { isNote: true }],
    ['is:unassigned', { assignee: 'nobody', states: 'open' }],
    ['assignee:me', { assignee: 'me' }],
    ['مسئول:من', { assignee: 'me' }],
    ['tag:refund tag:"very late"', { tags: ['refund', 'very late'] }],
    ['queue:"Sales team"', { queue: 'sales team' }],
    ['before:2026-11-01', { until: utc({ year: 2026, month: 11, day: 1 }) }],
    ['after:1405/08/10', { since: utc({ year: 2026, month: 11, day: 1 }) }],
    ['پس:۱۴۰۵/۸/۱۰', { since: utc({ year: 2026, month: 11, day: 1 }) }],
    ['پیش‌از:۱۴۰۵/۸/۱۰', { until: utc({ year: 2026, month: 11, day: 1 }) }],
    ['پس‌از:1405-08-10', { since: utc({ year: 2026, month: 11, day: 1 }) }],
    ['وضعیت:حل‌شده', { states: 'solved' }],
    ['وضعیت:بی‌مسئول', { assignee: 'nobody', states: 'open' }],
    ['وضعیت:"مال من"', { assignee: 'me', states: 'open' }],
    ['tag:re\u0000fund', { tags: ['refund'] }],
    ['#12', { number: 12 }],
    ['#SUP-۱۲', { number: 12 }],
  ])('understands %s', (text, expected) => {
    expect(read(text)).toMatchObject({ ...expected, words: [], problems: [] });
  });

  it.each([
    ['colour:blue', 'unknown_filter'],
    ['channel:pigeon', 'unknown_value'],
    ['is:asleep', 'unknown_value'],
    ['constructor:x', 'unknown_filter'],
    ['channel:constructor', 'unknown_value'],
    ['is:constructor', 'unknown_value'],
    ['from:', 'unknown_value'],
    ['از:؟؟', 'unknown_value'],
    ['queue:!', 'unknown_value'],
    ['before:tomorrow', 'bad_date'],
    ['after:2026-13-40', 'bad_date'],
  ])('says what is wrong with %s', (term, why) => {
    expect(read(`late ${term}`)).toMatchObject({ words: ['late'], problems: [{ term, why }] });
  });

  it('takes addresses of pages and words before a colon as words', () => {
    expect(read('https://peyk.ir/faq')).toMatchObject({ words: ['https', 'peyk', 'ir', 'faq'], problems: [] });
    expect(read('reminder: call')).toMatchObject({ words: ['reminder', 'call'], problems: [] });
  });

  it('never throws, and does not read without end', () => {
    const long = 'a:b "c" #1 '.repeat(2_000);
    expect(read(long).problems.length).toBeLessThanOrEqual(30);
    for (const text of ['', ':', '"', 'from:', 'from:""', '#', '###', '\u0000', "it's", ':::"']) {
      expect(() => read(text)).not.toThrow();
    }
  });
});
