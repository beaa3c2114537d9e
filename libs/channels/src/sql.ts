/** A statement under a name, so that PostgreSQL plans it once per connection. */
export interface Statement {
  name: string;
  text: string;
}

/**
 * Something that runs SQL: the pool (each statement commits by itself) or one transaction. Libraries take it first and never
 * open a transaction themselves; only the hub's unit of work does.
 */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    statement: string | Statement,
    values?: unknown[],
  ): Promise<Row[]>;
}
