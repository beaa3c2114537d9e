import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { openTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { until } from '../../../../test/support/until.js';
import { nextFacts, type Fact } from '../events/fact-log.query.js';
import { settleRestored } from './settle-restored.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const settled = () => database.transaction(settleRestored);

/** What a reader whose cursor is this follows next, by the name that each fact carries. */
async function unread(reader: string): Promise<unknown[]> {
  const [cursor] = await database.query<{ xid: string; position: string }>(
    'select xid::text, position::text from fact_cursor where reader = $1',
    [reader],
  );
  const facts = await database.query<Fact & Record<string, unknown>>(nextFacts, [cursor?.xid, cursor?.position, 100]);
  return facts.map(({ payload }) => payload['name']);
}

const write = (name: string, xid?: string) =>
  database.query(
    `insert into event_log (type, subject_id, payload, xid)
     values ('ticket.changed', $1, jsonb_build_object('name', $2::text), coalesce($3::text::xid8, pg_current_xact_id()))`,
    [uuid(), name, xid],
  );
const begin = (reader: string, xid: string, position: string) =>
  database.query('insert into fact_cursor (reader, xid, position) values ($1, $2::text::xid8, $3)', [
    reader,
    xid,
    position,
  ]);

it('lets readers of a database from elsewhere go on where they were, and leaves one that was never moved alone', async () => {
  await write('here');
  expect(await settled()).toBe(false);

  await write('read', '900000000001');
  await write('waiting', '900000000002');
  const [{ position } = { position: '' }] = await database.query<{ position: string }>(
    `select position::text from event_log where xid = '900000000001'`,
  );
  await begin('behind', '900000000001', position);
  await begin('resting', '900000000003', '0');
  expect(await unread('behind')).toEqual([]);

  expect(await settled()).toBe(true);
  expect(await unread('behind')).toEqual(['waiting']);
  expect(await unread('resting')).toEqual([]);
  await write('new');
  // It is read once no older transaction runs on the server, and those of other databases are among them.
  const rested = await until(
    () => unread('resting'),
    (names) => names.length > 0,
  );
  expect(rested).toEqual(['new']);
  expect(await unread('behind')).toEqual(['waiting', 'new']);
  expect(await settled()).toBe(false);
});
