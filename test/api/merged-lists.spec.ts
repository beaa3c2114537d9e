import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ListRow, Page } from '#contract';
import { freshMail, freshPhone, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;

beforeAll(async () => {
  desk = await PeopleDesk.start();
}, 60_000);

afterAll(() => desk?.stop());

const rowsOf = async (conversation: string): Promise<ListRow[]> =>
  (await desk.agent.call<Page<ListRow>>('/api/conversations?view=open')).body.rows.filter(
    (row) => row.conversation === conversation,
  );

describe('the row of somebody who was merged', () => {
  it('shows the last words and counts what is unread over all their conversations, and no longer once they are parted', async () => {
    const phone = await desk.hear({ address: freshPhone(), text: 'from the phone' });
    const mail = await desk.hear({ kind: 'email', address: freshMail(), text: 'from the mail' }, desk.mail);
    expect((await desk.merge(phone.customer, mail.customer)).status).toBe(200);
    await desk.hear({ address: phone.address, text: 'the newest words' });
    const merged = await rowsOf(mail.conversation);
    expect(merged.length).toBeGreaterThan(0);
    expect(merged.map(({ last, unread }) => [last?.body, unread])).toEqual(merged.map(() => ['the newest words', 3]));
    const opened = await desk.open(mail.conversation);
    expect(opened.unread).toBe(3);
    expect((await desk.part(phone.customer)).status).toBe(200);
    expect((await rowsOf(mail.conversation)).map(({ last, unread }) => [last?.body, unread])).toEqual([
      ['from the mail', 1],
    ]);
  });
});
