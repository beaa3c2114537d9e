import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { Sql, Statement } from '#channels';
import { createDataSource } from '../../database/data-source.js';

/** One connection of a command's own, for as long as it takes. */
export interface OwnConnection {
  runner: QueryRunner;
  client: PoolClient;
  sql: Sql;
}

/** Runs the work on a connection of its own, which is closed after it whatever becomes of it. */
export async function onOwnConnection<T>(
  url: string,
  name: string,
  work: (own: OwnConnection) => Promise<T>,
): Promise<T> {
  const dataSource = await createDataSource(url, { poolSize: 1, applicationName: name }).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    client.on('error', () => undefined);
    return await work({ runner, client, sql: sqlOn(client) });
  } finally {
    await runner.release().catch(() => undefined);
    await dataSource.destroy();
  }
}

function sqlOn(client: PoolClient): Sql {
  return {
    query: async <Row extends object>(statement: string | Statement, values?: unknown[]): Promise<Row[]> => {
      const { text } = typeof statement === 'string' ? { text: statement } : statement;
      const result = await client.query<Row>(text, values);
      return (Array.isArray(result) ? (result as { rows: Row[] }[]).at(-1)?.rows : result.rows) ?? [];
    },
  };
}
