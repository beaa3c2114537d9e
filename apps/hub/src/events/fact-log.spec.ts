import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { webhooksBehind } from '../webhooks/fan-out.query.js';
import { firstUnseenAt, hasFacts, nextFacts } from './fact-log.query.js';

let database: TestDatabase;
const facts = 20_000;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.query(
    `insert into event_log (type, subject_id) select 'ticket.changed', gen_random_uuid() from generate_series(1, $1::int)`,
    [facts],
  );
  await database.query(
    `insert into fact_cursor (reader, xid, position) select 'slow', xid, position from event_log order by xid desc, position desc limit 1 offset 2`,
  );
});
afterAll(() => database.close());

const looks: [string, string][] = [
  ['for facts behind a cursor', `select ${hasFacts.replaceAll('$1', `'slow'::text`)}`],
  ['for the next facts', nextFacts.text.replaceAll('$1', `'3'`).replaceAll('$2', `'${facts}'`).replaceAll('$3', '200')],
  ['for the first that cannot be seen', `select ${firstUnseenAt}`],
  ['for webhooks that are behind', webhooksBehind.text],
];

it.each(looks)('does not read the whole log when it looks %s', async (_name, look) => {
  for (const isAnalyzed of [false, true]) {
    await database.query(isAnalyzed ? 'analyze event_log' : 'select 1');
    const plan = await database.query<{ 'QUERY PLAN': string }>(`explain ${look}`);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on event_log');
  }
});

it('says whether facts stand behind a cursor', async () => {
  const ask = async (reader: string) => {
    const [row] = await database.query<{ found: boolean }>(`select ${hasFacts} as found`, [reader]);
    return row?.found;
  };
  expect(await ask('slow')).toBe(true);
  await database.query(
    `insert into fact_cursor (reader, xid, position) select 'ready', xid, position from event_log order by xid desc, position desc limit 1`,
  );
  expect(await ask('ready')).toBe(false);
  expect(await ask('nobody')).toBe(false);
});
