import { describe, expect, it } from '@jest/globals';
import { readEndings, usualTimes, wholeInside } from './chat-inside-value.js';

describe('the inside of a web chat in its settings', () => {
  it('has the defaults of the hub where a channel was saved before there was one', () => {
    expect(wholeInside(undefined, 'Asia/Tehran')).toMatchObject({
      before: { isOn: false, email: 'optional' },
      away: { when: 'nobody_online', hours: { timeZone: 'Asia/Tehran', times: [] } },
      files: { isOn: true, maxMegabytes: 25 },
    });
    const some = wholeInside({ away: { when: 'never' }, before: { phone: 'required' } }, 'UTC');
    expect([some.away.when, some.before.phone, some.before.name]).toEqual(['never', 'required', 'optional']);
  });

  it('begins with the usual week of where one is', () => {
    expect(usualTimes('Asia/Tehran').map(({ day }) => day)).toEqual([6, 7, 1, 2, 3]);
    expect(usualTimes('Europe/Berlin').map(({ day }) => day)).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads endings as people write them', () => {
    expect(readEndings(' .PDF, jpg، *.png  pdf')).toEqual(['pdf', 'jpg', 'png']);
    expect(readEndings('  ')).toEqual([]);
  });
});
