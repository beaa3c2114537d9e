import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { migrate, undoLastMigration, UnfitDatabase } from '../../apps/hub/src/database/migrate.js';
import { ExportsForget } from '../../apps/hub/src/database/migrations/0068-exports-forget.js';
import { migrations } from '../../apps/hub/src/database/migrations/index.js';
import { createTestDatabase, openTestDatabase, TestDatabase } from '../support/test-database.js';
import { readCatalogue } from './catalogue.js';

const SNAPSHOT = join(import.meta.dirname, 'catalogue.txt');

async function openEmpty(): Promise<TestDatabase> {
  const { url, drop } = await createTestDatabase('empty');
  return new TestDatabase(url, await createDataSource(url, { poolSize: 3 }).initialize(), drop);
}

describe('the timeline of migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openEmpty();
  });

  afterAll(() => database.close());

  it('makes the schema that is on record', async () => {
    const done = await migrate(database.source);
    expect(done).toHaveLength(migrations.length);
    const catalogue = await readCatalogue(database);
    // Written by hand when the schema changes on purpose, and read in the review. A CI run never has the variable.
    if (process.env['UPDATE_CATALOGUE'] === '1' && process.env['CI'] === undefined) {
      writeFileSync(SNAPSHOT, catalogue);
    }
    expect(catalogue).toBe(readFileSync(SNAPSHOT, 'utf8'));
  });

  it('goes back step by step, each migration to what was there before it, and forward again without drift', async () => {
    const catalogues = [];
    const down = [];
    const other = await openEmpty();
    while (await undoLastMigration(database.source)) {
      down.unshift(await readCatalogue(database));
    }
    for (const size of migrations.keys()) {
      catalogues.push(await readCatalogue(other));
      other.source.migrations.splice(0, Infinity, ...migrations.slice(0, size + 1).map((Migration) => new Migration()));
      await migrate(other.source);
    }
    await other.close();
    expect(down[0]).toBe('');
    expect(down).toEqual(catalogues);
    await migrate(database.source);
    expect(await readCatalogue(database)).toBe(readFileSync(SNAPSHOT, 'utf8'));
  });

  it('has nothing to do the second time', async () => {
    expect(await migrate(database.source)).toEqual([]);
  });

  it('refuses a schema that a newer version made', async () => {
    await database.query(
      "insert into migration (timestamp, name) values (1999000000000, 'FromTheFuture1999000000000')",
    );
    await expect(migrate(database.source)).rejects.toThrow(UnfitDatabase);
    await expect(migrate(database.source)).rejects.toThrow('FromTheFuture1999000000000');
  });
});

it('is walked once when two hubs start at the same moment', async () => {
  const database = await openEmpty();
  const second = await createDataSource(database.url).initialize();
  const done = await Promise.all([migrate(database.source), migrate(second)]);
  await second.destroy();
  expect(done.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([0, migrations.length]);
  await database.close();
});

it('has exports of an older version made again, without bringing back what was over or had failed', async () => {
  const database = await openTestDatabase();
  const runner = database.source.createQueryRunner();
  await new ExportsForget().down(runner);
  await database.query(`
    with maker as (insert into agent (id, email, name, role) values (gen_random_uuid(), 'm@example.org', 'Maker', 'admin') returning id),
    made as (
      insert into report_export (id, kind, format, wish, locale, state, behind, done, rows, why, made_by, ended_at, expires_at)
      select gen_random_uuid(), kind, 'csv', '{"from": "2026-01-01"}', 'fa', state, 'x', 3, 7, why, maker.id, ended_at, ended_at + kept
      from maker, (values ('tickets', 'done', '', now(), interval '7 days'), ('customers', 'done', '', now() - interval '8 days', interval '7 days'),
        ('conversations', 'running', '', null, null), ('tickets', 'failed', 'no_right', now(), null)) e(kind, state, why, ended_at, kept)
      returning id)
    insert into report_export_part (export_id, ordinal, storage_key, bytes) select id, 0, 'file ' || id, 9 from made`);
  await new ExportsForget().up(runner);
  await runner.release();
  const left = await database.query(
    'select kind, state, behind, done, rows::int, why, ended_at is null as open, wish from report_export order by kind, state',
  );
  const again = { state: 'running', behind: '', done: 0, rows: 0, why: '', open: true, wish: { from: '2026-01-01' } };
  expect(left).toEqual([
    { kind: 'conversations', ...again },
    { ...again, kind: 'tickets', state: 'failed', behind: 'x', done: 3, rows: 7, why: 'no_right', open: false },
    { kind: 'tickets', ...again },
  ]);
  const files = await database.query(
    'select 1 from spent_file where storage_key not in (select storage_key from report_export_part)',
  );
  expect(files).toHaveLength(4);
  await database.close();
});
