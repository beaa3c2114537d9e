import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource, type DataSourceWishes } from '../../apps/hub/src/database/data-source.js';
import { Database } from '../../apps/hub/src/database/database.js';

/** An open database of a test file's own. */
export class TestDatabase extends Database {
  constructor(
    readonly url: string,
    readonly source: DataSource,
    private readonly drop: () => Promise<void>,
  ) {
    super(source);
  }

  /** Closes the connections and drops the database. */
  async close(): Promise<void> {
    if (this.source.isInitialized) {
      await this.source.destroy();
    }
    await this.drop();
  }
}

/** A copy of the migrated template, or with 'empty' a database without a schema. */
export async function createTestDatabase(
  content: 'migrated' | 'empty' = 'migrated',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const cluster = process.env['PEYK_TEST_DATABASE_URL'];
  if (cluster === undefined) {
    throw new Error('There is no test cluster: run the test with "npm test", whose set-up starts one.');
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = content === 'empty' ? 'template1' : 'peyk_template';
  await asAdmin(cluster, `create database ${name} template ${template} strategy wal_log`);
  return {
    url: cluster.replace(/\/peyk$/, `/${name}`),
    drop: () => asAdmin(cluster, `drop database if exists ${name} with (force)`),
  };
}

/** A migrated database of its own, open. Close it in afterAll. */
export async function openTestDatabase(wishes: DataSourceWishes = {}): Promise<TestDatabase> {
  const { url, drop } = await createTestDatabase();
  const source = await createDataSource(url, { poolSize: 8, ...wishes }).initialize();
  return new TestDatabase(url, source, drop);
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const source = await createDataSource(url, { poolSize: 1 }).initialize();
  try {
    await source.query(statement);
  } finally {
    await source.destroy();
  }
}
