import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { migrate, undoLastMigration, UnfitDatabase } from '../../apps/hub/src/database/migrate.js';
import { migrations } from '../../apps/hub/src/database/migrations/index.js';
import { createTestDatabase, TestDatabase } from '../support/test-database.js';
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
