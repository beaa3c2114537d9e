import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pickIn } from '../../libs/tickets/src/routing/pick-work.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

/** Ten queues, five hundred agents of whom most are full, twenty skills. Triggers are left out: only the look is measured. */
beforeAll(async () => {
  database = await openTestDatabase();
  await seed(`
    insert into skill (id, name) select u('skill', n), n from generate_series(1, 21) n;
    insert into queue (id, name) select u('queue', n), n from generate_series(1, 10) n;
    insert into agent (id, email, name, role, status, used_units)
      select u('agent', n), n || '@peyk.test', n, 'agent', 'online', case when n % 100 = 0 then 60 else 90 end from generate_series(1, 500) n;
    insert into agent_capacity (agent_id, class, used) select id, 'chat', used_units / 30 from agent;
    insert into agent_presence (id, agent_id, node, lease_until)
      select gen_random_uuid(), id, 'test', clock_timestamp() + interval '4 minutes' from agent;
    insert into agent_skill select u('agent', n), u('skill', k), 1 + (n * k) % 5 from generate_series(1, 500) n, generate_series(1, 20) k where (n + k) % 4 = 0;
    insert into queue_member select u('queue', k), u('agent', n), 1 from generate_series(1, 500) n, generate_series(1, 10) k where (n + k) % 5 = 0;
  `);
});
afterAll(() => database.close());

async function seed(statements: string): Promise<void> {
  await database.query(`
    begin; set local session_replication_role = replica;
    create or replace function u(what text, n int) returns uuid language sql immutable as $$ select md5(what || n)::uuid $$;
    ${statements}
    commit;`);
  await database.query('analyze');
}

/** Chats from..to, all of which ask for something: every third for a skill that nobody has. */
const wait = (from: number, to: number) =>
  seed(`
    insert into customer (id) select u('customer', n) from generate_series(${from}, ${to}) n;
    insert into conversation (id, customer_id) select u('conversation', n), u('customer', n) from generate_series(${from}, ${to}) n;
    insert into ticket (id, conversation_id, rev, queue_id)
      select u('ticket', n), u('conversation', n), 1, u('queue', 1 + n % 10) from generate_series(${from}, ${to}) n;
    insert into work_item (id, ticket_id, queue_id, class, weight, state, skill_ids, skill_level, enqueued_at, rank_at)
      select u('item', n), u('ticket', n), u('queue', 1 + n % 10), 'chat', 30, 'queued',
        array[u('skill', case when n % 3 = 0 then 21 else 1 + n / 10 % 20 end)], 1, now() - n * interval '100 ms', now() - n * interval '100 ms'
      from generate_series(${from}, ${to}) n;`);

/** Pages that a look at the first queue reads, and whether it finds a match. */
const look = () => explain(pickIn(`u('queue', 5)`));

async function explain(statement: string): Promise<{ pages: number; found: boolean }> {
  const [row] = await database.query<{ 'QUERY PLAN': Explained[] }>(
    `explain (analyze, buffers, format json) ${statement}`,
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  return {
    pages: (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0),
    found: (plan?.['Actual Rows'] ?? 0) > 0,
  };
}

interface Explained {
  Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number; 'Actual Rows': number };
}

it('the look for a match reads no more where ten thousand wait than where a thousand do', async () => {
  await wait(1, 1_000);
  const few = await look();
  await wait(1_001, 10_000);
  const many = await look();
  expect([few.found, many.found]).toEqual([true, true]);
  expect(many.pages).toBeLessThan(few.pages * 1.5);
  expect(many.pages).toBeLessThan(3_000);
});

it('nor where nobody who is free can have any of it', async () => {
  await database.query(`delete from agent_skill where agent_id in (select id from agent where used_units < 90)`);
  const none = await look();
  expect(none.found).toBe(false);
  expect(none.pages).toBeLessThan(3_000);
});

it('nor does it read more to say who speaks with a person', async () => {
  await database.query(`select derive_holder(u('conversation', 8))`);
  const derived = await explain(`select derive_holder(u('conversation', 7))`);
  expect(derived.pages).toBeLessThan(100);
});
