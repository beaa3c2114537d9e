import { AsyncLocalStorage } from 'node:async_hooks';
import { jest } from '@jest/globals';
import { Database } from '../../apps/hub/src/database/database.js';
import { StorageAway } from '../../apps/hub/src/database/is-away.js';

/** A process that dies at its `at`-th use of the database, before it or after it. */
interface Life {
  at: number;
  isBefore: boolean;
  count: number;
}

const within = new AsyncLocalStorage<Life>();

/** As if the process were not there any more: nothing of it sees to what it left. */
async function mortal<Done>(work: () => Promise<Done>): Promise<Done> {
  const life = within.getStore();
  const dies = life !== undefined && ++life.count === life.at;
  if (dies && life.isBefore) {
    throw new StorageAway('died before');
  }
  const done = await work();
  if (dies) {
    throw new StorageAway('died after');
  }
  return done;
}

async function living(life: Life, work: () => Promise<void>): Promise<number> {
  // oxlint-disable-next-line typescript/unbound-method -- Called with its own `this` below.
  const { transaction, query } = Database.prototype;
  jest.spyOn(Database.prototype, 'transaction').mockImplementation(function (this: Database, inside) {
    return mortal(() => transaction.call(this, inside) as Promise<never>);
  });
  jest.spyOn(Database.prototype, 'query').mockImplementation(function (this: Database, ...args) {
    return mortal(() => query.apply(this, args) as Promise<never[]>);
  });
  await within.run(life, work);
  jest.restoreAllMocks();
  return life.count;
}

/** How often the work uses the database. */
export const counted = (work: () => Promise<void>): Promise<number> =>
  living({ at: -1, isBefore: true, count: 0 }, work);

/** Does the work in a process that dies on its way. */
export const dying = (place: Pick<Life, 'at' | 'isBefore'>, work: () => Promise<void>): Promise<number> =>
  living({ ...place, count: 0 }, work);
