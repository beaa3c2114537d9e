import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { refusals, type Refusal } from './refusals.js';
import { story } from './story.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ poolSize: 1 });
  await database.transaction((tx) => tx.query(story));
});

afterAll(() => database.close());

async function attempt({ how }: Refusal): Promise<string> {
  try {
    await database.transaction((tx) => tx.query(how));
    return 'accepted';
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return `${constraint ?? ''} ${message}`;
  }
}

describe.each(Object.entries(refusals))('the schema of %s refuses', (_room, cases) => {
  it.each(cases)('$what', async (refusal) => {
    expect(await attempt(refusal)).toContain(refusal.by);
  });
});

it('refuses in the guard that is named, and accepts once that guard is gone', async () => {
  const stale = { what: '', by: '', how: "select say('ben', 'bot', 0)" };
  await database.query('alter table message disable trigger message_append');
  expect(await attempt(stale)).not.toContain('no longer speaks');
  await database.query('alter table message enable trigger message_append');
  expect(await attempt(stale)).toContain('no longer speaks');
});

it('lets the demonstration and the account of an agent be told apart and dated', async () => {
  await database.query("update agent set last_login_at = now(), demo = true where id = u('sara')");
  const [row] = await database.query(`
    select (select demo from customer where id = u('ann')) as customer, (select demo from channel where id = u('sms')) as channel,
           (select demo from queue where id = u('support')) as queue, demo as agent, created_at is not null as dated
    from agent where id = u('sara')`);
  expect(row).toEqual({ customer: false, channel: false, queue: false, agent: true, dated: true });
});
