import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql, Statement } from '#channels';
import { Injectable, Logger } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { STATEMENT_TIMEOUT_MS } from './data-source.js';
import { isAway, isConnectionLoss, StorageAway } from './is-away.js';

export { isAway } from './is-away.js';

/** A statement for which somebody waits: without an answer within this time the database counts as away for it. */
export interface PromptStatement extends Statement {
  withinMs: number;
}

/** Work of one transaction. It is over when the work that it was given to has returned; later statements are refused. */
export interface Transaction extends Sql {
  /**
   * Runs the callback once this transaction has committed, after those registered before it. A callback that fails is logged and
   * changes nothing: what was committed stays. Nothing runs when the transaction is rolled back.
   */
  afterCommit(callback: AfterCommit): void;
  /**
   * Runs the callback once this transaction is known to have changed nothing: for what was put aside on disk for its rows. Where
   * nobody knows, because the connection was lost while it committed, nothing runs.
   */
  afterRollback(callback: AfterCommit): void;
}

export type AfterCommit = () => void | Promise<void>;

const RETRIES = 3;
const RETRY_AFTER_MS = 10;
const HEALTH_TIMEOUT_MS = 2000;

/**
 * When a statement's answer is not waited for any longer: the server ends every statement before, so it is frozen, or packets vanish on
 * the way. The connection is dropped then.
 */
const SILENCE_MS = STATEMENT_TIMEOUT_MS + 5000;

/** Serialisation failure and deadlock: the same work may well succeed when it starts over. */
const TRANSIENT = new Set(['40001', '40P01']);

/** The hub's one way to run SQL: single statements, which commit by themselves, and transactions. */
@Injectable()
export class Database implements Sql {
  private readonly logger = new Logger(Database.name);
  /** When the database answered last, as performance.now() tells it. */
  private answeredAt = -Infinity;
  /** Names of what runs alone here, or waits for its turn to; the last turn ends when no connection is held for one. */
  private readonly names = new Set<string>();
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  async query<Row extends object = Record<string, unknown>>(
    statement: string | Statement | PromptStatement,
    values?: unknown[],
  ): Promise<Row[]> {
    try {
      const rows = await rowsOf<Row>(this.pool, statement, values);
      this.answeredAt = performance.now();
      return rows;
    } catch (error) {
      return tell(error);
    }
  }

  /**
   * Runs the work in one READ COMMITTED transaction: commits when it returns, rolls back when it throws. On a deadlock the whole
   * work runs again, at most three times, so it must do nothing outside the transaction except by `afterCommit`. Resolves after
   * the callbacks have run; they should be short and start what is long without waiting for it.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const follows = new Follows();
      try {
        const result = await this.attempt(work, follows);
        await this.runAll(follows.commit);
        return result;
      } catch (error) {
        await this.runAll(follows.rollback);
        if (attempt === RETRIES || !TRANSIENT.has(codeOf(error))) {
          return tell(error);
        }
      }
      await sleep(Math.random() * RETRY_AFTER_MS * 2 ** attempt);
    }
  }

  /**
   * Runs the work while nobody else does so under this name, on any node; null, and it is not run, where somebody does. What the work
   * stores is its own: the lock ends with it, and with the process. It takes a connection for as long, so those who ask beside each
   * other take turns: together they never hold more than one.
   */
  async alone<T>(name: string, work: () => Promise<T>): Promise<{ done: T } | null> {
    if (this.names.has(name)) {
      return null;
    }
    this.names.add(name);
    const turn = this.lastTurn.then(() => this.lockedAlone(name, work)).finally(() => this.names.delete(name));
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Whether the database answers within two seconds: this question, or any other that was asked meanwhile. */
  async healthy(): Promise<boolean> {
    const askedAt = performance.now();
    const timer = new AbortController();
    const late = sleep(HEALTH_TIMEOUT_MS, false, { signal: timer.signal }).then(
      () => this.answeredAt > askedAt,
      () => false,
    );
    const answer = this.query(probe).then(
      () => true,
      () => false,
    );
    const healthy = await Promise.race([answer, late]);
    timer.abort();
    return healthy;
  }

  /** Where the database is, with the password: for a library that keeps connections of its own. */
  get connectionUrl(): string {
    return (this.dataSource.options as { url: string }).url;
  }

  /** TypeORM's own pool: it brings no prepared statements to it, so those go past its query runner. */
  private get pool(): Pool {
    return (this.dataSource.driver as PostgresDriver).master as Pool;
  }

  private async lockedAlone<T>(name: string, work: () => Promise<T>): Promise<{ done: T } | null> {
    let outcome: { done: T } | null = null;
    await this.attempt(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
        [name],
      );
      outcome = lock?.free ? { done: await work() } : null;
    }, new Follows()).catch(tell);
    return outcome;
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>, follows: Follows): Promise<T> {
    const client = await this.pool.connect();
    // The pool listens only while it holds the connection; unheard, the death of the server would end the process.
    client.on('error', ignore);
    const tx = new OpenTransaction(client, follows);
    let broken: Error | undefined;
    try {
      await client.query<never>({ text: 'begin isolation level read committed', ...patience });
      const result = await work(tx);
      tx.end();
      await commit(client, follows);
      return result;
    } catch (error) {
      tx.end();
      broken = isAway(error) ? (error as Error) : await rollback(client);
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  private async runAll(callbacks: AfterCommit[]): Promise<void> {
    for (const callback of callbacks) {
      try {
        await callback();
      } catch (error) {
        this.logger.error(
          'Something that follows a transaction failed.',
          error instanceof Error ? error.stack : String(error),
        );
      }
    }
  }
}

/** What is to be done once it is known how a transaction ended. */
class Follows {
  readonly commit: AfterCommit[] = [];
  rollback: AfterCommit[] = [];
}

class OpenTransaction implements Transaction {
  private isOpen = true;

  constructor(
    private readonly client: PoolClient,
    private readonly follows: Follows,
  ) {}

  async query<Row extends object = Record<string, unknown>>(
    statement: string | Statement,
    values?: unknown[],
  ): Promise<Row[]> {
    this.checkOpen();
    return rowsOf<Row>(this.client, statement, values).catch(tell);
  }

  afterCommit(callback: AfterCommit): void {
    this.checkOpen();
    this.follows.commit.push(callback);
  }

  afterRollback(callback: AfterCommit): void {
    this.checkOpen();
    this.follows.rollback.push(callback);
  }

  end(): void {
    this.isOpen = false;
  }

  private checkOpen(): void {
    if (!this.isOpen) {
      throw new Error('This transaction is over. Something in it was not awaited.');
    }
  }
}

/** How long node-postgres waits for an answer, in milliseconds. */
interface Patience {
  query_timeout: number;
}

const patience: Patience = { query_timeout: SILENCE_MS };
const probe: PromptStatement = { name: 'probe', text: 'select 1', withinMs: HEALTH_TIMEOUT_MS };

function patient({ name, text, ...more }: Statement | PromptStatement, values: unknown[]): QueryConfig & Patience {
  return { name, text, values, query_timeout: 'withinMs' in more ? more.withinMs : SILENCE_MS };
}

async function rowsOf<Row extends object>(
  on: Pool | PoolClient,
  statement: string | Statement,
  values: unknown[] = [],
): Promise<Row[]> {
  const query: QueryConfig & Patience =
    typeof statement === 'string' ? { text: statement, values, ...patience } : patient(statement, values);
  const result = await on.query<Row>(query);
  // A text of several statements answers with a list; its last one is the answer.
  return (Array.isArray(result) ? (result as QueryResult<Row>[]).at(-1)?.rows : result.rows) ?? [];
}

/** After a statement failed, PostgreSQL answers COMMIT with a rollback and no error; the work must hear of it. */
async function commit(client: PoolClient, follows: Follows): Promise<void> {
  const { command } = await client.query<never>({ text: 'commit', ...patience }).catch((error: unknown) => {
    // Without an answer it may have been committed all the same.
    follows.rollback = isConnectionLoss(error) ? [] : follows.rollback;
    throw error;
  });
  if (command !== 'COMMIT') {
    throw new Error('Nothing was committed: a statement of the transaction failed and its error was swallowed.');
  }
}

/** What makes the connection unfit for the pool, if anything does. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query<never>({ text: 'rollback', ...patience });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return String(driverError?.code ?? code);
}

/** Names a lost connection for what it is; every other error stays as it was. */
function tell(error: unknown): never {
  throw isConnectionLoss(error) ? new StorageAway(error) : error;
}

function ignore(): void {}
