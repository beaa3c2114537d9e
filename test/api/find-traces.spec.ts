import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findTraces } from '../support/find-traces.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let folder: string;
let logged = '';

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'peyk-traces-'));
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('The search for traces', () => {
  it('finds a word in a text, in JSON, in bytes, in a file that nobody thought of, and in what the database keeps besides its rows', async () => {
    const word = 'plantedcanaryword';
    const places = async () =>
      (await findTraces({ database, dataDir: folder, logged: () => logged }, [word]))
        .map((trace) => trace.replace(/: .*$/su, '').replace(/^.*[/]/u, ''))
        .toSorted();
    await database.query('create table left_over (id int, kept bytea, said jsonb)');
    await database.query('insert into left_over values (1, $1, null), (2, null, $2)', [
      Buffer.from(`x ${word} y`),
      JSON.stringify({ deep: [word] }),
    ]);
    await writeFile(join(folder, 'left-over'), word);
    expect(await places()).toEqual(['left-over', 'public.left_over', 'public.left_over']);
    await database.query(`create materialized view seen_over as select said ->> 'deep' as words from left_over`);
    await database.query(`create table parted_over (words text) partition by list (words)`);
    await database.query(`create table part_over partition of parted_over default`);
    await database.query(`insert into parted_over values (repeat('${word} ', 2000))`);
    await database.query(`create index left_over_words on left_over ((said #>> '{deep,0}'))`);
    await database.query('delete from left_over where id = 1');
    await database.query('insert into left_over select n, null, $1 from generate_series(2, 40) n', [
      JSON.stringify({ deep: [word] }),
    ]);
    await database.query('analyze left_over');
    await database.query('delete from left_over');
    await database.query(`select lo_from_bytea(0, $1)`, [Buffer.from(word)]);
    logged = `about ${word}`;
    expect(await places()).toEqual([
      'left-over',
      'log',
      'pg_largeobject',
      // Of the column, and of what the index works out of it.
      'pg_stats',
      'pg_stats',
      'public.part_over',
      'public.seen_over',
    ]);
  });
});
