import { describe, expect, it } from '@jest/globals';
import { Announcements } from './catch-up.js';
import { buildMessage, buildView } from './testing/build-views.js';

describe('what is asked for after an announcement', () => {
  const view = buildView({ rev: 5, messages: [buildMessage({ seq: 1 })] });

  it('is the rev that the reader has, for each row that is behind', () => {
    const announced = new Announcements();
    announced.note('row', 8);
    announced.note('elsewhere', 3);
    expect(announced.behind(view)).toEqual({ row: 5 });
  });

  it('is nothing when the page came with it, or an older announcement follows a newer one', () => {
    const announced = new Announcements();
    announced.note('row', 5);
    announced.note('row', 2);
    expect(announced.behind(view)).toEqual({});
  });

  it('is remembered for a page that is still on its way', () => {
    const announced = new Announcements();
    announced.note('row', 6);
    announced.note('row', 4);
    expect(announced.behind(view)).toEqual({ row: 5 });
  });
});
