import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, openTestDatabase, TestDatabase } from '../../../../test/support/test-database.js';
import { createDataSource } from './data-source.js';
import { checkDatabase, UnfitDatabase } from './migrate.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

describe('the check of a database', () => {
  it('warns of settings that put data at risk', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`alter database ${name} set default_transaction_isolation = 'serializable'`);
    const fresh = await createDataSource(database.url, { poolSize: 1 }).initialize();
    const warnings = await checkDatabase(fresh);
    await fresh.destroy();
    expect(warnings).toEqual([
      expect.stringContaining('default_transaction_isolation is "serializable"'),
      expect.stringContaining('fsync is off'),
      expect.stringContaining('synchronous_commit is off'),
    ]);
  });

  it('refuses one in which Persian letters are no letters', async () => {
    const { url, drop } = await createTestDatabase('empty');
    const name = `${new URL(url).pathname.slice(1)}_latin`;
    await database.query(`create database ${name} template template0 locale_provider libc lc_collate 'C' lc_ctype 'C'`);
    const latin = await createDataSource(`${url}_latin`, { poolSize: 1 }).initialize();
    await expect(checkDatabase(latin)).rejects.toThrow('does not know Persian letters');
    await latin.destroy();
    await database.query(`drop database ${name}`);
    await drop();
  });

  it('refuses a server that is too old, by its name', async () => {
    const old = { query: () => Promise.resolve([{ version: 140_011, name: '14.11' }]) };
    await expect(checkDatabase(old as never)).rejects.toThrow(UnfitDatabase);
    await expect(checkDatabase(old as never)).rejects.toThrow('the server is 14.11');
  });
});
