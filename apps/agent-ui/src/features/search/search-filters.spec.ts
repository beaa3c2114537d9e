import { describe, expect, it } from '@jest/globals';
import { facetsIn, withFacet } from './search-filters.js';

describe('what is chosen beside the words', () => {
  it('is read from filters of either language, however they are spelled', () => {
    expect(facetsIn('refund is:open queue:"Sales team" tag:vip after:1405/08/10 http://x.test')).toEqual({
      is: 'open',
      queue: 'Sales team',
      tag: 'vip',
      after: '1405/08/10',
    });
    expect(facetsIn('کتاب وضعیت:بی‌مسئول کانال:پیامک مسئول:من پیش‌از:2026-11-01')).toEqual({
      is: 'unassigned',
      channel: 'sms',
      assignee: 'me',
      before: '2026-11-01',
    });
    expect(facetsIn('is: "tag:vip" from:customer')).toEqual({});
  });

  it('stands in the text once, by the names of the reader, and leaves the words as they are', () => {
    expect(withFacet('is:open refund', 'is', 'solved', 'en')).toBe('refund is:solved');
    expect(withFacet('is:mine وضعیت:یادداشت refund', 'is', 'solved', 'en')).toBe('وضعیت:یادداشت refund is:solved');
    expect(withFacet('tag:vip tag:late', 'tag', null, 'en')).toBe('tag:late');
    expect(withFacet('کتاب "نرسیده است"', 'is', 'mine', 'fa')).toBe('کتاب "نرسیده است" وضعیت:مال‌من');
    expect(withFacet('refund', 'queue', 'The "best" team', 'en')).toBe('refund queue:"The best team"');
    expect(withFacet('refund queue:"Sales team"', 'queue', null, 'en')).toBe('refund');
  });

  it('comes back as it was chosen', () => {
    for (const locale of ['en', 'fa'] as const) {
      const text = withFacet(withFacet('کتاب', 'channel', 'email', locale), 'assignee', 'Sara Ahmadi', locale);
      expect(facetsIn(text)).toEqual({ channel: 'email', assignee: 'Sara Ahmadi' });
    }
  });
});
