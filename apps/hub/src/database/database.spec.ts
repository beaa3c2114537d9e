import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { openTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { createDataSource } from './data-source.js';
import { Database, isAway, type AfterCommit } from './database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ poolSize: 4, applicationName: 'database.spec' });
  await database.query('create table note (id int primary key, text text not null)');
});

afterEach(async () => {
  await database.query('delete from note');
});

afterAll(() => database.close());

function add(id: number, text = ''): [string, unknown[]] {
  return ['insert into note (id, text) values ($1, $2)', [id, text]];
}

async function ids(): Promise<number[]> {
  return (await database.query<{ id: number }>('select id from note order by id')).map((row) => row.id);
}

const raise = (code: string): string => `do $$ begin raise exception 'no' using errcode = '${code}'; end $$`;

describe('a statement', () => {
  it('answers with rows, whatever kind it is', async () => {
    expect(await database.query(...add(1))).toEqual([]);
    expect(await database.query('update note set text = $1 returning id', ['سلام'])).toEqual([{ id: 1 }]);
    expect(await database.query('select 1 as a; select 2 as b')).toEqual([{ b: 2 }]);
  });

  it('with a name is prepared once per connection', async () => {
    await database.transaction(async (tx) => {
      await tx.query({ name: 'note-by-id', text: 'select * from note where id = $1' }, [1]);
      await tx.query({ name: 'note-by-id', text: 'select * from note where id = $1' }, [2]);
      const prepared = await tx.query("select name from pg_prepared_statements where name = 'note-by-id'");
      expect(prepared).toEqual([{ name: 'note-by-id' }]);
    });
  });

  it('gives counts as numbers, instants as dates, days as text, and runs in UTC', async () => {
    const [row] = await database.query(`
      select 9007199254740991::int8 as big, array[1, null]::int8[] as bigs, '2026-03-20'::date as day,
             '2026-03-20T01:00+03:30'::timestamptz as at, '-infinity'::timestamptz as never, current_setting('TimeZone') as tz`);
    expect(row).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      bigs: [1, null],
      day: '2026-03-20',
      at: new Date('2026-03-19T21:30:00Z'),
      never: -Infinity,
      tz: 'UTC',
    });
  });
});

describe('a transaction', () => {
  it('commits all or nothing, under READ COMMITTED', async () => {
    const level = await database.transaction(async (tx) => {
      await tx.query(...add(1));
      expect(await ids()).toEqual([]);
      return tx.query('show transaction_isolation');
    });
    expect(level).toEqual([{ transaction_isolation: 'read committed' }]);
    const failed = database.transaction(async (tx) => {
      await tx.query(...add(2));
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await ids()).toEqual([1]);
  });

  it('starts over after a real deadlock, and both sides succeed', async () => {
    await database.query("insert into note values (1, ''), (2, '')");
    let waiting = 0;
    let release = (): void => undefined;
    const bothHoldOne = new Promise<void>((resolve) => (release = resolve));
    const lockBoth = (first: number, second: number): Promise<void> =>
      database.transaction(async (tx) => {
        await tx.query("set local deadlock_timeout = '20ms'");
        await tx.query("update note set text = text || 'x' where id = $1", [first]);
        waiting += 1;
        if (waiting === 2) {
          release();
        }
        await bothHoldOne;
        await tx.query("update note set text = text || 'x' where id = $1", [second]);
      });
    await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
    expect(waiting).toBeGreaterThan(2);
    expect(await database.query('select text from note')).toEqual([{ text: 'xx' }, { text: 'xx' }]);
  });

  it.each(['40001', '40P01'])('gives up after three more tries at %s', async (code) => {
    let tries = 0;
    const work = database.transaction((tx) => {
      tries += 1;
      return tx.query(raise(code));
    });
    await expect(work).rejects.toMatchObject({ code });
    expect(tries).toBe(4);
  });

  it('is tried once when the database refuses it', async () => {
    let tries = 0;
    const work = database.transaction((tx) => {
      tries += 1;
      return tx.query(raise('23514'));
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(tries).toBe(1);
  });

  it('says so when a failed statement was swallowed and nothing could be committed', async () => {
    const called = jest.fn<AfterCommit>();
    const work = database.transaction(async (tx) => {
      await tx.query(...add(1));
      tx.afterCommit(called);
      await tx.query(raise('23514')).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('Nothing was committed');
    expect(called).not.toHaveBeenCalled();
  });

  it('refuses statements and callbacks that come too late', async () => {
    const late = await database.transaction((tx) => Promise.resolve(tx));
    await expect(late.query('select 1')).rejects.toThrow('This transaction is over');
    expect(() => late.afterCommit(() => undefined)).toThrow('This transaction is over');
  });
});

describe('what is done alone', () => {
  it('is refused to whoever comes meanwhile, here and elsewhere, and free again afterwards, also after a failure', async () => {
    const source = await createDataSource(database.url, { poolSize: 2 }).initialize();
    const other = new Database(source);
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = database.alone('one', async () => {
      begun.resolve();
      await goOn.promise;
      throw new Error('it failed');
    });
    await begun.promise;
    expect(await database.alone('one', () => Promise.resolve('here'))).toBeNull();
    expect(await other.alone('one', () => Promise.resolve('elsewhere'))).toBeNull();
    expect(await other.alone('two', () => Promise.resolve('another'))).toEqual({ done: 'another' });
    goOn.resolve();
    await expect(first).rejects.toThrow('it failed');
    expect(await database.alone('one', () => Promise.resolve('again'))).toEqual({ done: 'again' });
    await source.destroy();
  });

  it('leaves connections to the work, however many wait for their turn', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `turn ${String(index)}`);
    const done = await Promise.all(names.map((name) => database.alone(name, () => database.query('select 1 as one'))));
    expect(done).toEqual(names.map(() => ({ done: [{ one: 1 }] })));
  });
});

describe('what follows a rollback', () => {
  it('runs once for each try that changed nothing, and not for the one that did', async () => {
    const tidied: number[] = [];
    let tries = 0;
    await database.transaction(async (tx) => {
      tries += 1;
      const mine = tries;
      tx.afterRollback(() => void tidied.push(mine));
      await tx.query(tries < 3 ? raise('40P01') : 'select 1');
    });
    expect(tidied).toEqual([1, 2]);
    const failed = database.transaction((tx) => {
      tx.afterRollback(() => void tidied.push(0));
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(tidied).toEqual([1, 2, 0]);
  });

  it('runs where a swallowed failure turned the commit into a rollback', async () => {
    const called = jest.fn<AfterCommit>();
    const work = database.transaction(async (tx) => {
      tx.afterRollback(called);
      await tx.query(raise('23514')).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('Nothing was committed');
    expect(called).toHaveBeenCalledTimes(1);
  });

  it('does not run where nobody knows whether it was committed', async () => {
    const called = jest.fn<AfterCommit>();
    const work = database.transaction(async (tx) => {
      tx.afterRollback(called);
      await tx.query(`create function die_at_commit() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
      await tx.query(`create constraint trigger dies_at_commit after insert on note deferrable initially deferred
        for each row execute function die_at_commit()`);
      await tx.query(...add(7));
    });
    await expect(work).rejects.toThrow('The database is away');
    expect(called).not.toHaveBeenCalled();
  });
});

describe('what follows a commit', () => {
  it('runs after it, in order, one by one', async () => {
    const seen: unknown[] = [];
    await database.transaction(async (tx) => {
      tx.afterCommit(async () => void seen.push('first', await ids()));
      tx.afterCommit(() => void seen.push('second'));
      await tx.query(...add(1));
      seen.push('work');
    });
    expect(seen).toEqual(['work', 'first', [1], 'second']);
  });

  it('is logged when it fails, and fails nobody', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const next = jest.fn<AfterCommit>();
    const result = await database.transaction(async (tx) => {
      tx.afterCommit(() => Promise.reject(new Error('the socket is gone')));
      tx.afterCommit(next);
      await tx.query(...add(1));
      return 'done';
    });
    expect(result).toBe('done');
    expect(next).toHaveBeenCalledTimes(1);
    expect(log).toHaveBeenCalledWith(expect.any(String), expect.stringContaining('the socket is gone'));
    log.mockRestore();
  });

  it('is forgotten with a transaction that rolls back or starts over', async () => {
    const seen: string[] = [];
    let tries = 0;
    await database.transaction(async (tx) => {
      tries += 1;
      tx.afterCommit(() => void seen.push(`try ${String(tries)}`));
      await tx.query(tries === 1 ? raise('40001') : 'select 1');
    });
    const failed = database.transaction((tx) => {
      tx.afterCommit(() => void seen.push('never'));
      return Promise.reject(new Error('no'));
    });
    await expect(failed).rejects.toThrow('no');
    expect(seen).toEqual(['try 2']);
  });
});

describe('when the connection is cut', () => {
  it('the transaction fails as away, and the next one gets a new connection', async () => {
    const work = database.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.query('select pg_terminate_backend($1, 5000)', [own?.pid]);
      await tx.query(...add(1));
    });
    const error = await work.catch((reason: unknown) => reason);
    expect(isAway(error)).toBe(true);
    await database.transaction((tx) => tx.query(...add(2)));
    expect(await ids()).toEqual([2]);
  });
});

describe('health', () => {
  it('is what the database answers', async () => {
    const other = await openTestDatabase();
    expect(await other.healthy()).toBe(true);
    await database.query(`drop database ${new URL(other.url).pathname.slice(1)} with (force)`);
    expect(await other.healthy()).toBe(false);
    await other.close();
  });
});
