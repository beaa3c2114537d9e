import { AsyncLocalStorage } from 'node:async_hooks';
import { Database, type Transaction } from '../../apps/hub/src/database/database.js';

/** The transaction in which the running code is; it is over for what its work left behind. */
const within = new AsyncLocalStorage<{ isOpen: boolean }>();

/** Ways to a hub's database that are a test's own. */
const besides = new WeakSet<Database>();

/** The same database for a test, which may hold as many connections as it likes. */
export function beside(database: Database): Database {
  const own = Object.create(database) as Database;
  besides.add(own);
  return own;
}

/**
 * From here on a hub that asks for a second connection while it holds one is refused. Had it as many such doings at once as connections,
 * they would wait for each other for ever, which no test sees by chance. So is a second question on a connection that has not answered the
 * first, which its client is going to forbid.
 */
export function refuseSecondConnections(): void {
  // oxlint-disable-next-line typescript/unbound-method -- Called with its own `this` below.
  const { query, transaction } = Database.prototype;
  Database.prototype.query = async function (this: Database, ...asked: Parameters<typeof query>) {
    refuse(this, asked[0]);
    return query.apply(this, asked) as Promise<never>;
  };
  Database.prototype.transaction = async function (this: Database, work) {
    if (besides.has(this)) {
      return transaction.call(this, work) as Promise<never>;
    }
    refuse(this, 'another transaction');
    return transaction.call(this, async (tx) => {
      const state = { isOpen: true };
      try {
        return await within.run(state, () => work(oneByOne(tx)));
      } finally {
        state.isOpen = false;
      }
    }) as Promise<never>;
  };
}

/** The same transaction, which refuses to be asked twice at once. */
function oneByOne(tx: Transaction): Transaction {
  const query = tx.query.bind(tx) as Transaction['query'];
  let isAsked = false;
  tx.query = async (...asked) => {
    if (isAsked) {
      throw new Error(`A transaction was asked two things at once: ${JSON.stringify(asked[0]).slice(0, 300)}`);
    }
    isAsked = true;
    try {
      return (await query(...asked)) as never;
    } finally {
      isAsked = false;
    }
  };
  return tx;
}

function refuse(database: Database, asked: unknown): void {
  if (within.getStore()?.isOpen && !besides.has(database)) {
    throw new Error(
      `A second connection was asked for inside of a transaction: ${JSON.stringify(asked).slice(0, 300)}`,
    );
  }
}
