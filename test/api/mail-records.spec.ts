import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { freshMail, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

it('what mail leaves behind goes once it decides nothing any more, and not before', async () => {
  const { database, app } = desk.hub;
  const writer = await desk.hear({ kind: 'email', address: freshMail(), trust: 'proven' }, desk.mail);
  const ids = { report: [uuid(), uuid()], answer: [uuid(), uuid()], link: [uuid(), uuid(), uuid(), uuid()] };
  for (const [id, days] of [
    [ids.report[0], 179],
    [ids.report[1], 181],
  ]) {
    await database.query(
      `insert into mail_report (id, channel_id, external_id, conversation_id, seq, address, kind, hard, at)
       values ($1, $2, $6, $3, 1, $4, 'bounce', false, clock_timestamp() - $5 * interval '1 day')`,
      [id, desk.mail.id, writer.conversation, writer.address, days, `report ${days}`],
    );
  }
  for (const [id, days] of [
    [ids.answer[0], 89],
    [ids.answer[1], 91],
  ]) {
    await database.query(
      `insert into automatic_answer (id, channel_id, address, at) values ($1, $2, $3, clock_timestamp() - $4 * interval '1 day')`,
      [id, desk.mail.id, writer.address, days],
    );
  }
  // Open still, over lately, over long ago, and over long ago with a wish that stays on record.
  for (const [id, days, asked] of [
    [ids.link[0], -1, false],
    [ids.link[1], 89, false],
    [ids.link[2], 91, false],
    [ids.link[3], 91, true],
  ]) {
    await database.query(
      `insert into customer_link (id, identity_id, members, created_by, created_at, expires_at, deletion_asked_at)
       values ($1, $2, '{}', $3, clock_timestamp() - interval '200 days', clock_timestamp() - $4 * interval '1 day',
               case when $5 then clock_timestamp() end)`,
      [id, writer.identity, desk.agentId, days, asked],
    );
  }
  await app.get(Housekeeping).run();
  const left = async (table: string) =>
    (await database.query<{ id: string }>(`select id from ${table} order by id`)).map(({ id }) => id);
  expect(await left('mail_report')).toEqual([ids.report[0]]);
  expect(await left('automatic_answer')).toEqual([ids.answer[0]]);
  expect(await left('customer_link')).toEqual([ids.link[0], ids.link[1], ids.link[3]]);
});
