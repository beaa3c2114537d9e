import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from './migrations/index.js';

export interface DataSourceWishes {
  /** Connections kept at most. The embedded server takes 60 in all. */
  poolSize?: number;
  /** How the connections call themselves in pg_stat_activity. */
  applicationName?: string;
  entities?: NonNullable<DataSourceOptions['entities']>;
}

/** No statement of a request or a sweep may hold its locks longer; migrations and bulk work set a limit of their own. */
export const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;

/**
 * How columns arrive: bigint as number (seq, rev and counts stay far below 2^53), date as 'YYYY-MM-DD' (a calendar day has no
 * instant), timestamptz as Date, or as Infinity or -Infinity; the rest as node-postgres does it.
 */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    switch (oid) {
      case INT8:
        return Number;
      case INT8_ARRAY:
        return (value) => (pg.types.getTypeParser(INT8_ARRAY)(value) as (string | null)[]).map(numberOrNull);
      case DATE:
        return (value) => value;
      default:
        return pg.types.getTypeParser(oid, format);
    }
  },
};

/** The way to the database, not yet open (`initialize`). Its schema comes from the migrations alone. */
export function createDataSource(url: string, wishes: DataSourceWishes = {}): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: wishes.entities ?? [],
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize: wishes.poolSize ?? 10,
    applicationName: wishes.applicationName ?? 'peyk',
    connectTimeoutMS: 5000,
    extra: {
      types,
      keepAlive: true,
      options:
        `-c TimeZone=UTC -c statement_timeout=${String(STATEMENT_TIMEOUT_MS)} ` +
        `-c idle_in_transaction_session_timeout=${String(IDLE_IN_TRANSACTION_TIMEOUT_MS)}`,
    },
  });
}

function numberOrNull(value: string | null): number | null {
  return value === null ? null : Number(value);
}
