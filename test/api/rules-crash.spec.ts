import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { RuleRuns } from '../../apps/hub/src/automation/rules/rule-runs.service.js';
import { RulesSweeper } from '../../apps/hub/src/automation/rules/rules.sweeper.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
const tickets = 12;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let survivors: TestHub[];
let doomed: SpawnedNode;
const ruleIds = [uuid(), uuid()];

/** The survivors do nothing for rules until they are woken. */
let sleeping: { mockRestore(): void }[];

beforeAll(async () => {
  database = await createTestDatabase();
  survivors = [
    await startTestHub({ databaseUrl: database.url, env }),
    await startTestHub({ databaseUrl: database.url, env }),
  ];
}, 90_000);

beforeEach(async () => {
  sleeping = survivors.map(({ app }) => jest.spyOn(app.get(RulesSweeper), 'sweep').mockResolvedValue());
  await sql('delete from rule');
  for (const [index, id] of ruleIds.entries()) {
    await sql(
      `insert into rule (id, name, enabled, position, event, conditions, actions)
       values ($1, $2, true, $3, 'ticket_created', '{"all": []}', $4)`,
      [
        id,
        `Rule ${index}`,
        index,
        JSON.stringify([
          { do: 'add_tags', tags: [`by ${index}`] },
          { do: 'note', text: `by ${index}` },
        ]),
      ],
    );
  }
});

afterEach(() => doomed?.close());

afterAll(async () => {
  jest.restoreAllMocks();
  for (const hub of survivors ?? []) {
    await hub.stop();
  }
  await database?.drop();
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  (survivors[0] as TestHub).database.query<Row>(text, values);

/** Tickets of as many people, each with the fact that it was opened. */
async function openTickets(): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `with person as (insert into customer (id) select gen_random_uuid() from generate_series(1, $1) returning id),
     talk as (insert into conversation (id, customer_id) select gen_random_uuid(), id from person returning id)
     select id from talk`,
    [tickets],
  );
  const opened = await sql<{ id: string }>(
    `insert into ticket (id, conversation_id, queue_id)
     select gen_random_uuid(), c.id, (select id from queue limit 1) from conversation c where c.id = any ($1::uuid[]) returning id`,
    [rows.map(({ id }) => id)],
  );
  await sql(
    `insert into event_log (type, conversation_id, subject_id)
     select 'ticket.opened', t.conversation_id, t.id from ticket t where t.id = any ($1::uuid[])`,
    [opened.map(({ id }) => id)],
  );
  return opened.map(({ id }) => id);
}

const runs = (ids: string[]) =>
  sql<{ ticket: string; rule: string; state: string }>(
    `select target_id as ticket, rule_id as rule, state from rule_run where target_id = any ($1::uuid[]) order by target_id, rule_id`,
    [ids],
  );

/** Both survivors look at once, again and again, until nothing is left to do. */
async function finish(ids: string[]): Promise<void> {
  sleeping.forEach((one) => one.mockRestore());
  await until(
    async () => {
      await Promise.all(survivors.map(({ app }) => app.get(RulesSweeper).sweep()));
      return runs(ids);
    },
    (rows) => rows.length === tickets * ruleIds.length && rows.every(({ state }) => state === 'done'),
  );
}

async function eachOnce(ids: string[]): Promise<void> {
  const notes = await sql<{ ticket: string; said: string[] }>(
    `select ticket_id as ticket, array_agg(body order by seq) as said from message
     where ticket_id = any ($1::uuid[]) and kind = 'note' group by ticket_id`,
    [ids],
  );
  expect(notes).toHaveLength(tickets);
  expect(notes.filter(({ said }) => said.join() !== 'by 0,by 1')).toEqual([]);
  const [{ fired } = { fired: 0 }] = await sql<{ fired: number }>(
    `select count(*)::int as fired from event_log where type = 'rule.fired' and subject_id = any ($1::uuid[])`,
    [ids],
  );
  expect(fired).toBe(tickets * ruleIds.length);
}

it('leaves no event out where runs fail for a while', async () => {
  const [{ app }] = survivors as [TestHub];
  sleeping[0]?.mockRestore();
  const broken = jest.spyOn(app.get(RuleRuns), 'runDue').mockRejectedValue(new Error('nothing runs here'));
  const early = await openTickets();
  await until(
    () => runs(early),
    (rows) => rows.length === tickets * ruleIds.length,
  );
  for (let look = 0; look < 8; look++) {
    await app.get(RulesSweeper).sweep();
  }
  let late: string[] = [];
  broken.mockImplementationOnce(async () => {
    late = await openTickets();
    throw new Error('nothing runs here');
  });
  await until(
    () => Promise.resolve(late),
    (ids) => ids.length > 0,
  );
  broken.mockRestore();
  for (const ids of [early, late]) {
    await finish(ids);
    await eachOnce(ids);
  }
}, 60_000);

it.each(['rule.before-turn-commit', 'rule.between-turns', 'rule.before-run-commit'])(
  'runs each rule once for an event when a node dies at %s and two others go on at once',
  async (place) => {
    doomed = await spawnNode({ ...env, DATABASE_URL: database.url });
    await doomed.dieAt(place);
    const ids = await openTickets();
    await doomed.gone;
    const left = await runs(ids);
    expect(left.filter(({ state }) => state === 'done')).toEqual([]);
    await finish(ids);
    await eachOnce(ids);
  },
  60_000,
);
