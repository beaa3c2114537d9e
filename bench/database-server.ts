import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../apps/hub/src/database/embedded-postgres.js';
import { closeAtTheEnd, familyOf } from './machine.js';

/** What the server has written so far, to be subtracted. */
export interface Written {
  walBytes: number;
  /** Transactions that wrote. */
  transactions: number;
}

/** Rows of one database that messages make or count up. */
export interface Rows {
  events: number;
  messages: number;
  facts: number;
  /** Sum of the counters, so that updates are seen as well. */
  seqs: number;
  ticketVersions: number;
}

/** The product's own embedded server, durable as it ships; only checkpoints are kept out of the measured stretches. */
export class DatabaseServer {
  readonly folder: string;
  readonly url: string;
  readonly stop: () => Promise<void>;
  private readonly admin: pg.Client;

  private constructor(folder: string, url: string, stopServer: () => Promise<void>) {
    this.folder = folder;
    this.url = url;
    this.admin = new pg.Client({ connectionString: url });
    this.stop = closeAtTheEnd(async () => {
      await this.admin.end();
      await stopServer();
      await rm(folder, { recursive: true, force: true });
    });
  }

  static async start(settings: Record<string, string> = {}): Promise<DatabaseServer> {
    const folder = await mkdtemp(join(tmpdir(), 'peyk-bench-'));
    await chmod(folder, 0o755);
    const postgres = await startEmbeddedPostgres({
      folder: join(folder, 'postgres'),
      log: () => undefined,
      settings: { max_wal_size: '4GB', checkpoint_timeout: '1h', ...settings },
    });
    const server = new DatabaseServer(folder, postgres.url, () => postgres.stop());
    await server.admin.connect();
    return server;
  }

  urlOf(database: string): string {
    return this.url.replace(/\/peyk$/, `/${database}`);
  }

  async create(database: string, template = 'template1'): Promise<void> {
    await this.admin.query(`create database ${database} template ${template}`);
  }

  /** Refuses to measure a server that could lose what it acknowledged. */
  async checkDurable(): Promise<void> {
    const { rows } = await this.admin.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    const off = rows.filter(({ setting }) => setting !== 'on').map(({ name }) => name);
    if (off.length > 0) {
      throw new Error(`Not durable: ${off.join(', ')}.`);
    }
  }

  async checkpoint(): Promise<void> {
    await this.admin.query('checkpoint');
  }

  async written(): Promise<Written> {
    const { rows } = await this.admin.query<{ wal: string; xid: string }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as wal, pg_snapshot_xmax(pg_current_snapshot())::text as xid`,
    );
    return { walBytes: Number(rows[0]?.wal), transactions: Number(rows[0]?.xid) };
  }

  async pids(): Promise<number[]> {
    const file = await readFile(join(this.folder, 'postgres/cluster/postmaster.pid'), 'utf8');
    return familyOf(Number.parseInt(file, 10));
  }

  /** Runs statements in one of its databases, one after the other, and returns the rows of the last. */
  async run<Row extends object = object>(database: string, ...statements: string[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) {
        ({ rows } = await client.query<Row>(statement));
      }
      return rows;
    } finally {
      await client.end();
    }
  }

  async rows(database: string): Promise<Rows> {
    const [row] = await this.run<Record<keyof Rows, string>>(
      database,
      `select (select count(*) from inbound_event) as events, (select count(*) from message) as messages,
              (select count(*) from event_log) as facts, (select sum(last_seq) from conversation) as seqs,
              (select sum(version) from ticket) as "ticketVersions"`,
    );
    return Object.fromEntries(
      Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]),
    ) as unknown as Rows;
  }
}
