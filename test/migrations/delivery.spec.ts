import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import * as statements from './statements.js';
import { story } from './story.js';

interface Claimed {
  id: string;
  line: string;
  seq: number;
  attempts: number;
  was: string;
}

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ poolSize: 4 });
  await database.transaction((tx) => tx.query(story));
});

afterAll(() => database.close());

function claim(worker: string, leaseMs = 60_000, count = 9): Promise<Claimed[]> {
  return database.query<Claimed>(statements.claim, [worker, leaseMs, count]);
}

function settle(row: Claimed, outcome: string): Promise<unknown[]> {
  const { name, text } = statements.settle;
  return database.query({ name, text: `${text} returning id` }, [row.id, row.attempts, outcome, null]);
}

async function queue(who: string): Promise<void> {
  await database.query(
    `insert into delivery (id, conversation_id, seq, channel_id, address)
     select gen_random_uuid(), u('c ' || $1), say($1), u('sms'), '+1'`,
    [who],
  );
}

describe('the way out', () => {
  beforeEach(() => database.query('delete from delivery'));

  it('sends each message once and in the order of its line, whoever works', async () => {
    for (let i = 0; i < 30; i++) {
      await queue(['ann', 'gil', 'hal'][i % 3] ?? '');
    }
    const sent: Claimed[] = [];
    const work = async (worker: string): Promise<void> => {
      for (let idle = 0; sent.length < 30 && idle < 200; idle++) {
        for (const row of await claim(worker, 60_000, 2)) {
          sent.push(row);
          await settle(row, sent.length % 9 === 0 ? 'unconfirmed' : 'sent');
        }
      }
    };
    await Promise.all([work('one'), work('two')]);
    expect(sent).toHaveLength(30);
    for (const line of new Set(sent.map((row) => row.line))) {
      const seqs = sent.filter((row) => row.line === line).map((row) => row.seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    }
  });

  it('makes a line wait for its head until the lease ends, and shows the next worker the doubt', async () => {
    await queue('ann');
    await queue('ann');
    const [lost] = await claim('one');
    expect(await claim('two')).toEqual([]);

    await database.query("update delivery set due_at = clock_timestamp() where state = 'sending'");
    const [again] = await claim('two');
    expect(again).toMatchObject({ id: lost?.id, was: 'sending', attempts: 2 });
    expect(await settle(lost as Claimed, 'sent')).toEqual([]);
    expect(await settle(again as Claimed, 'unconfirmed')).toHaveLength(1);

    const [next] = await claim('two');
    expect(next?.seq).toBeGreaterThan(again?.seq ?? Infinity);
  });

  it('makes an agent’s resend wait for what is in flight', async () => {
    await queue('ann');
    await queue('ann');
    const [first] = await claim('one');
    await settle(first as Claimed, 'unconfirmed');
    await claim('one');
    await database.query(
      `insert into delivery (id, conversation_id, seq, channel_id, address)
       select gen_random_uuid(), conversation_id, seq, channel_id, address from delivery where id = $1`,
      [first?.id],
    );
    expect(await claim('two')).toEqual([]);
  });
});

describe('readers', () => {
  const FACT = "insert into event_log (type, subject_id) values ('x', gen_random_uuid())";

  async function feed(cursor: [string, number]): Promise<[string, number][]> {
    const rows = await database.query<{ xid: string; position: number }>(statements.feed, [...cursor, 100]);
    return rows.map((row) => [row.xid, row.position]);
  }

  /** A transaction of any database of the cluster holds the feed back, so what may come is waited for. */
  async function feedOf(size: number, cursor: [string, number]): Promise<[string, number][]> {
    for (const deadline = performance.now() + 10_000; ;) {
      const facts = await feed(cursor);
      if (facts.length >= size || performance.now() > deadline) {
        return facts;
      }
    }
  }

  it('miss no fact that commits after a later one', async () => {
    const start = (await feedOf(1, ['0', 0])).at(-1) ?? ['0', 0];
    let seenBetween: [string, number][] = [];
    await database.transaction(async (early) => {
      await early.query('select pg_current_xact_id()');
      await database.transaction(async (late) => {
        await late.query(FACT);
        await early.query(FACT);
      });
      seenBetween = await feed(start);
    });
    expect(seenBetween).toEqual([]);
    expect(await feedOf(2, start)).toHaveLength(2);
  });

  it('see a fact as soon as nothing older can still commit', async () => {
    const start = (await feedOf(1, ['0', 0])).at(-1) ?? ['0', 0];
    await database.transaction(async (late) => {
      await database.query(FACT);
      await late.query(FACT);
      expect(await feedOf(1, start)).toHaveLength(1);
    });
    expect(await feedOf(2, start)).toHaveLength(2);
  });

  it('of an account are one at a time', async () => {
    const lease = (poller: string, ms: number): Promise<{ token: number }[]> =>
      database.query<{ token: number }>(statements.lease, ['b6c1b6a1-0000-7000-8000-000000000001', poller, ms]);
    await database.query(
      "insert into channel (id, kind, name) values ('b6c1b6a1-0000-7000-8000-000000000001', 'email', 'Second mail')",
    );
    expect(await lease('one', 60_000)).toEqual([expect.objectContaining({ token: 1 })]);
    expect(await lease('two', 60_000)).toEqual([]);
    await database.query(
      "update account_lease set lease_until = clock_timestamp() - interval '1 ms' where holder = 'one'",
    );
    expect(await lease('two', 60_000)).toEqual([expect.objectContaining({ token: 2 })]);
  });
});

it.each([
  ['queue-page', statements.queuePage, ["u('support')", "'open'", "'infinity'", "u('x')", '50']],
  ['catch-up', statements.catchUp, ["u('c ann')", '1', '50']],
  ['feed', statements.feed, ["'0'", '0', '50']],
])('the statement %s walks its index and sorts nothing', async (_name, { text }, values) => {
  const plain = values.reduce((sql, value, n) => sql.replaceAll(`$${String(n + 1)}`, value), text);
  const source = await createDataSource(database.url, { poolSize: 1 }).initialize();
  await source.query('set enable_seqscan = off; set enable_bitmapscan = off');
  const plan = JSON.stringify(await source.query(`explain (format json) ${plain}`));
  await source.destroy();
  expect(plan).toContain('Index Scan');
  expect(plan).not.toContain('Sort');
});
